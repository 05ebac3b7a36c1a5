import type { Parts } from '../../client/route.ts';
import type { Returned } from '../types.ts';

type Values = Readonly<Record<string, unknown>>;

const RESTORE = /^PUT \/assets\/v1\/(assets|collections)\/\{\w+\}\/restore\/$/;
const EDIT = /^(?:PUT|PATCH) \/assets\/v1\/(assets|collections)\/\{\w+\}\/$/;
const QUEUE = /^DELETE \/assets\/v1\/delete_queue\/(assets|collections)\/$/;
const ARCHIVE = /^POST \/files\/v[12]\/.*\/restore\/(bulk\/)?$|^POST \/files\/v2\/assets\/bulk\/restore\/$/;

/** What a request brings back from the recycle bin, or the assets whose media it brings back from the archive. */
export function returned({ route, path, body }: Parts): Returned | undefined {
  const { status, ids, object_type, object_ids, objects } = Object(body) as Values;
  const one =
    RESTORE.exec(route)?.[1] ?? (String(status).toUpperCase() === 'ACTIVE' ? EDIT.exec(route)?.[1] : undefined);
  if (one) return back(one, Object.values(path));
  const queued = QUEUE.exec(route)?.[1];
  if (queued) return back(queued, ids);
  if (!ARCHIVE.test(route)) return undefined;
  const rows = [objects].flat().map((row) => (Object(row) as Values).id);
  const given = path.asset_id ?? (object_type === 'assets' ? object_ids : rows);
  return back('originals', given);
}

function back(of: string, given: unknown): Returned | undefined {
  const ids = [given].flat().filter((id) => typeof id === 'string');
  return ids.length > 0 ? { of: of as Returned['of'], ids } : undefined;
}
