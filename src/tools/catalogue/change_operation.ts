import * as z from 'zod';
import { loadCatalogue } from '../../catalogue/index.ts';
import type { Parts } from '../../client/route.ts';
import { task } from '../define.ts';
import { forgetDeleted, rememberDeleted } from '../operations/own_writes.ts';
import { strings } from '../params.ts';
import type { Context } from '../types.ts';
import { shownAnswer } from './answer.ts';
import { type ChangePlan, planOf } from './change_plan.ts';
import { requestInput } from './params.ts';
import { operationRow, withMissing, withRolesOf } from './request.ts';

export const change_operation = task({
  title: 'Change with any operation',
  description:
    'Call an operation of Iconik that changes something and that no other tool covers; find_operations finds it. Deleting, sharing, exporting, mailing and changing access first return a preview and a confirm token. Purging and sign-in are refused.',
  effect: 'update',
  outbound: true,
  idempotent: false,
  roles: ['can_write_assets'],
  input: requestInput,
  output: { answer: z.any().optional(), notes: strings },
  preview: async ({ operation, ...given }, context) => planOf(context, await loadCatalogue(), operation, given),
  run: async (_, context, { parts, operation, capability }: ChangePlan) => {
    const row = operationRow(await loadCatalogue(), operation);
    const { body, status } = await context
      .call(parts, { signal: context.signal })
      .catch(withMissing(context, parts))
      .catch(withRolesOf(row));
    rememberBin(context, parts);
    const answer = shownAnswer(body, { urls: capability, uploads: true });
    return { answer: answer ?? `Iconik took it (HTTP ${status}) and answered with nothing.` };
  },
});

/** Remembers what went to the recycle bin or came back: search is behind. */
function rememberBin(context: Context, { route, path, body }: Parts): void {
  const [, method = '', kind = ''] = /^(\w+) \/assets\/v1\/(\w+)\//.exec(route) ?? [];
  const { status, object_type, object_ids } = Object(body) as Readonly<Record<string, unknown>>;
  const ids = Object.values(path).map(String);
  const isOne = ids.length === 1 && /^(assets|collections)$/.test(kind) && /\{\w+\}\/$/.test(route);
  if (isOne && (method === 'DELETE' || status === 'DELETED')) rememberDeleted(context, ids);
  if ((isOne && status === 'ACTIVE') || /\{\w+\}\/restore\/$/.test(route))
    for (const id of ids) forgetDeleted(context, id);
  if (method === 'POST' && kind === 'delete_queue' && Array.isArray(object_ids))
    rememberDeleted(
      context,
      object_ids.map(String),
      object_type === 'collections' ? { contents: true } : { object: true },
    );
}
