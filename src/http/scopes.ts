import { deletes, loadCatalogue } from '../catalogue/index.ts';
import { SCOPES } from '../config/flags.ts';
import type { Granted } from '../server/select.ts';
import { ToolError } from '../tools/errors.ts';

/** The widest of the scopes that are ours; each includes those before it. `undefined`: none is. */
export function grantedBy(scopes: readonly string[]): Granted | undefined {
  const widest = SCOPES.findLast((scope) => scopes.includes(scope));
  return widest?.slice(widest.indexOf(':') + 1) as Granted | undefined;
}

/** A write that is about to be sent, as the client expanded it. */
interface Write {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Lets nothing through that deletes, whichever tool sends it: judged by the operation and its body. Throws `ToolError`. */
export async function refuseDeletes({ method, path, body }: Write): Promise<void> {
  const row = (await loadCatalogue()).resolve(method, path);
  const keeps = row
    ? row.effect === 'create' || (row.effect === 'update' && !deletes(row, { body }))
    : method !== 'DELETE';
  if (!keeps) throw new ToolError('Nothing was sent: this deletes, and your access lacks the scope iconik:delete.');
}
