import { type Call, Refusal, type Reply, type Row, type Store, type Table, type TableName } from '../types.ts';
import { isRow, rowsOf } from '../values.ts';

/** How long background work takes; `backgroundMs` of the sandbox scales it. */
export const BACKGROUND_MS = 400;

export const noContent: Reply = { status: 204 };
export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const accepted = (body: unknown): Reply => ({ status: 202, body });

/** The row of that id, or a Refusal (404). */
export function rowOr404(table: Table, id: string | undefined, what: string): Row {
  const row = id === undefined ? undefined : table.get(id);
  if (!row) throw new Refusal(404, `${what} ${id} does not exist`);
  return row;
}

/** The asset or collection that a path with `{object_type}/{object_id}` names, or a Refusal (404). */
export function objectInPath({ store, path }: Call): Row {
  const { object_type: type, object_id: id } = path;
  if (type === 'assets') return rowOr404(store.assets, id, 'Asset');
  if (type === 'collections') return rowOr404(store.collections, id, 'Collection');
  throw new Refusal(404, `sandbox: no objects of type ${type}`);
}

/** The asset that the path names, or a Refusal (404). */
export const assetOf = ({ store, path }: Call): Row => rowOr404(store.assets, path.asset_id, 'Asset');

const byDate = (a: Row, b: Row): number => Date.parse(String(a.date_created)) - Date.parse(String(b.date_created));

/** The versions of an asset without the deleted ones, oldest first. */
export function liveVersions(asset: Row): Row[] {
  const live = rowsOf(asset.versions).filter((version) => version.status !== 'DELETED');
  return live.toSorted((a, b) => {
    const [x, y] = [a.version_number, b.version_number];
    return typeof x === 'number' && typeof y === 'number' ? x - y : byDate(a, b);
  });
}

export const latestVersion = (asset: Row): Row | undefined => liveVersions(asset).at(-1);

/** What a change of status keeps: who put the object into the recycle bin and when, until it is active again. */
export function binDates({ store, user }: Pick<Call, 'store' | 'user'>, status: unknown): Row {
  if (status === 'DELETED') return { status, date_deleted: store.now(), deleted_by_user: user.id };
  return status === 'ACTIVE' ? { status, date_deleted: null, deleted_by_user: null } : {};
}

/** The tables whose rows belong to one version of an asset. */
export const VERSIONED = ['formats', 'file_sets', 'files', 'proxies', 'keyframes', 'segments'] as const;

/** Removes the parts of an asset, or of one of its versions. */
export function removeParts(store: Store, assetId: string, versionId?: string): void {
  const tables: readonly TableName[] = versionId ? VERSIONED : [...VERSIONED, 'history'];
  for (const name of tables) {
    for (const part of store[name].where('asset_id', assetId)) {
      if (versionId === undefined || part.version_id === versionId) store[name].remove(String(part.id));
    }
  }
}

/** Adds an entry to the asset's history. */
export function addHistoryEntry({ store, user }: Call, asset: Row, operation: string, description: string): void {
  const date = store.now();
  store.history.insert({
    id: store.newId(),
    asset_id: asset.id,
    version_id: latestVersion(asset)?.id ?? null,
    user_id: user.id,
    operation_type: operation,
    operation_description: description,
    job_id: null,
    share_id: null,
    share_user_id: null,
    date_created: date,
    date_modified: date,
  });
}

/**
 * Starts a job that runs `work` in the background, once for each of `pieces`, and answers its id and status. A row that
 * the last piece answers is what the job ends with, where that is not FINISHED.
 */
export function startJob(
  { store, user }: Call,
  type: string,
  title: string,
  total: number,
  work: (piece: number) => unknown,
  pieces = 1,
): Row {
  const date = store.now();
  const job = store.jobs.insert({
    id: store.newId(),
    type,
    title,
    status: 'STARTED',
    priority: 5,
    progress: 0,
    progress_processed: 0,
    progress_total: total,
    created_by: user.id,
    ...blankJob,
    has_children: false,
    related_objects: [],
    steps: [],
    date_created: date,
    date_modified: date,
    started_at: date,
  });
  for (let piece = 0; piece < pieces; piece += 1)
    store.later(BACKGROUND_MS * (1 + piece / 4), () => {
      if (ABORTED_STATUSES.includes(String(store.jobs.get(String(job.id))?.status))) return;
      const outcome = work(piece);
      const processed = Math.floor((total * (piece + 1)) / pieces);
      const done =
        piece === pieces - 1 ? { ...FINISHED, completed_at: store.now(), ...(isRow(outcome) && outcome) } : {};
      store.jobs.update(String(job.id), { progress_processed: processed, ...done });
    });
  return { id: job.id, status: job.status };
}

/** What the answer of a job has beside its work. */
export const blankJob: Row = {
  action_context: null,
  children_progress: {},
  custom_type: null,
  error_message: null,
  job_context: {},
  message: null,
  metadata: {},
  object_id: null,
  object_type: null,
  parent_id: null,
};

const FINISHED: Row = { status: 'FINISHED', progress: 100 };
const ABORTED_STATUSES = ['ABORT_PENDING', 'ABORTED'];
