import { isRow } from '../check.ts';
import { type Call, Refusal, type Reply, type Row, type Store, type Table, type TableName } from '../types.ts';

/** How long background work takes before the sandbox's own pace is applied. */
export const BACKGROUND_MS = 400;

export const noContent: Reply = { status: 204 };
export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const accepted = (body: unknown): Reply => ({ status: 202, body });

export const rowsOf = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRow) : []);
export const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
/** The parts of a comma separated query value. */
export const partsOf = (value: unknown): string[] => (typeof value === 'string' ? value.split(',') : []);

/** The row of that id, or a Refusal (404). */
export function found(table: Table, id: string | undefined, what: string): Row {
  const row = id === undefined ? undefined : table.get(id);
  if (!row) throw new Refusal(404, `${what} ${id} does not exist`);
  return row;
}

export const assetOf = ({ store, path }: Call): Row => found(store.assets, path.asset_id, 'Asset');

/** The versions of an asset that were not deleted, oldest first. */
export function liveVersions(asset: Row): Row[] {
  const live = rowsOf(asset.versions).filter((version) => version.status !== 'DELETED');
  return live.toSorted((a, b) => Number(a.version_number) - Number(b.version_number));
}

export const latestVersion = (asset: Row): Row | undefined => liveVersions(asset).at(-1);

/** The tables whose rows belong to one version of an asset. */
export const VERSIONED = ['formats', 'file_sets', 'files', 'proxies', 'keyframes', 'segments'] as const;

/** Removes every row that names the asset (and the version, if one is given). */
export function removeParts(store: Store, assetId: string, versionId?: string): void {
  const tables: readonly TableName[] = versionId ? VERSIONED : [...VERSIONED, 'history'];
  for (const name of tables) {
    for (const part of store[name].where('asset_id', assetId)) {
      if (versionId === undefined || part.version_id === versionId) store[name].remove(String(part.id));
    }
  }
}

/** Adds an entry to the asset's history. */
export function remember({ store, user }: Call, asset: Row, operation: string, description: string): void {
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

/** Starts a job that does `work` in the background, in one go or piece by piece, and answers it. */
export function startJob(
  { store, user }: Call,
  type: string,
  title: string,
  total: number,
  work: (piece: number) => void,
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
    has_children: false,
    related_objects: [],
    steps: [],
    date_created: date,
    date_modified: date,
    started_at: date,
  });
  for (let piece = 0; piece < pieces; piece += 1)
    store.later(BACKGROUND_MS * (1 + piece / 4), () => {
      if (STOPPED.includes(String(job.status))) return;
      work(piece);
      const processed = Math.floor((total * (piece + 1)) / pieces);
      const done = piece === pieces - 1 ? { status: 'FINISHED', progress: 100, completed_at: store.now() } : {};
      store.jobs.update(String(job.id), { progress_processed: processed, ...done });
    });
  return { id: job.id, status: job.status };
}

const STOPPED = ['ABORT_PENDING', 'ABORTED'];
