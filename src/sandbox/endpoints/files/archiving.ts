import { may } from '../../permissions.ts';
import { type Call, Refusal, type Row, type Store } from '../../types.ts';
import { rowsOf, textsOf } from '../../values.ts';
import { accepted, addHistoryEntry, latestVersion, rowOr404, startJob } from '../common.ts';
import { storageFor } from './storages.ts';

/** A move of one format into the archive or back. */
export interface Move {
  readonly asset: Row;
  readonly format: Row;
  /** Archive: whether the media leaves its storage. */
  readonly deleteOriginal?: boolean;
  /** Where the media goes; without it to the archive, or back to where it was. */
  readonly storage?: Row;
  readonly directory?: unknown;
  /** Id of the storage to take it from, where it is on several. */
  readonly from?: unknown;
}

/** The storage of that id, or a Refusal (400) where it is none, of another purpose, or does not work. */
export function destinationOf({ store }: Call, id: unknown, purpose: 'ARCHIVE' | 'FILES'): Row | undefined {
  if (id == null) return purpose === 'ARCHIVE' ? storageFor(store, purpose) : undefined;
  const storage = store.storages.get(String(id));
  if (!storage) throw new Refusal(400, { destination_storage_id: 'No such storage.' });
  if (storage.purpose !== purpose)
    throw new Refusal(400, { destination_storage_id: `The storage is for ${storage.purpose}, not for ${purpose}.` });
  if (storage.status !== 'ACTIVE')
    throw new Refusal(400, { destination_storage_id: `The storage is ${storage.status}.` });
  return storage;
}

const isArchived = ({ archive_status: status }: Row): boolean => status === 'ARCHIVED';
const isMoving = ({ archive_status: status }: Row): boolean => status === 'ARCHIVING';

/** A Refusal (400) where the format is not in the state that the move starts from. */
export function checkState(format: Row, isRestore: boolean): void {
  if (isMoving(format)) throw new Refusal(400, `Format ${format.id} is being archived`);
  if (isArchived(format) !== isRestore)
    throw new Refusal(400, `Format ${format.id} is ${isRestore ? 'not' : 'already'} archived`);
}

/** The formats of an asset by name, of its latest version or of those that are named or of all. */
export function formatsNamed(
  store: Store,
  asset: Row,
  names: readonly string[],
  versions: { readonly all?: boolean; readonly ids?: readonly string[] } = {},
): Row[] {
  const wanted = versions.ids?.length ? versions.ids : [String(latestVersion(asset)?.id)];
  return store.formats
    .where('asset_id', asset.id)
    .filter(
      (format) =>
        format.status !== 'DELETED' &&
        names.includes(String(format.name)) &&
        (versions.all === true || wanted.includes(String(format.version_id))),
    );
}

/** What the caller may write of the moves of a bulk request, and what is in the state to be moved. */
export const possible = (call: Call, moves: readonly Move[], isRestore: boolean): Move[] =>
  moves.filter(
    ({ asset, format }) =>
      may(call.store, 'write', 'assets', asset.id) && !isMoving(format) && isArchived(format) === isRestore,
  );

/** Archives or restores in the background; the answer is the job. */
export function start(call: Call, moves: readonly Move[], isRestore: boolean) {
  const { store } = call;
  const [first] = moves;
  const title = moves.length === 1 && first ? String(first.asset.title) : `${moves.length} formats`;
  if (!isRestore) for (const move of moves) mark(store, move, { archive_status: 'ARCHIVING' });
  const problems: string[] = [];
  const work = (piece: number): Row => {
    const move = moves[piece];
    const problem = move && (isRestore ? restore(call, move) : archive(call, move));
    if (problem) problems.push(problem);
    return outcome(problems, moves.length);
  };
  const type = isRestore ? 'RESTORE' : 'ARCHIVE';
  const job = startJob(
    call,
    type,
    `${isRestore ? 'Restore' : 'Archive'} ${title}`,
    moves.length,
    work,
    Math.max(1, moves.length),
  );
  if (moves.length === 1 && first)
    store.jobs.update(String(job.id), { object_type: 'assets', object_id: first.asset.id });
  return accepted(job);
}

const outcome = (problems: readonly string[], of: number): Row =>
  problems.length === 0
    ? {}
    : {
        status: problems.length === of ? 'FAILED' : 'FINISHED_WITH_WARNING',
        error_message: problems.join('; '),
      };

/** Copies the media into the archive; answers why it can't. */
function archive(call: Call, move: Move): string | undefined {
  const { store } = call;
  const { asset, format, storage, deleteOriginal = false } = move;
  const sets = fileSetsOf(store, format).filter((set) => set.is_archive !== true);
  const source =
    sets.find((set) => set.storage_id === move.from && isWhole(store, set)) ?? sets.find((set) => isWhole(store, set));
  const problem = problemOf(store, format, source ?? sets[0]);
  if (problem || !source || !storage) {
    mark(store, move, { archive_status: 'FAILED_TO_ARCHIVE' });
    return problem;
  }
  const cold = copySet(store, source, { storage, directory: move.directory, is_archive: true });
  for (const set of sets) {
    store.file_sets.update(String(set.id), {
      archive_file_set_id: cold,
      ...(deleteOriginal && { status: 'ARCHIVED' }),
    });
    if (!deleteOriginal) continue;
    for (const file of filesOf(store, set)) store.files.update(String(file.id), { status: 'ARCHIVED' });
  }
  const methods = deleteOriginal
    ? [storage.method]
    : [...new Set([...textsOf(format.storage_methods), storage.method])];
  mark(store, move, { archive_status: 'ARCHIVED', is_online: !deleteOriginal }, { storage_methods: methods });
  addHistoryEntry(call, asset, 'ARCHIVE', `Format ${format.name} archived`);
  return undefined;
}

const isWhole = (store: Store, set: Row): boolean => {
  const files = filesOf(store, set);
  return files.length > 0 && files.every(({ status }) => status === 'CLOSED');
};

function problemOf(store: Store, format: Row, set: Row | undefined): string | undefined {
  const files = set ? filesOf(store, set) : [];
  if (files.length === 0) return `Format ${format.name} has no files`;
  const missing = files.find(({ status }) => status !== 'CLOSED');
  if (missing) return `File ${missing.name} is ${missing.status}`;
  const known = new Set(rowsOf(format.components).map(({ id }) => id));
  const isStrange = textsOf(set?.component_ids).some((id) => !known.has(id));
  return isStrange ? 'File set and format have different components' : undefined;
}

/** Brings the media back from the archive; answers why it can't. */
function restore(call: Call, move: Move): string | undefined {
  const { store } = call;
  const { asset, format, storage } = move;
  const cold = fileSetsOf(store, format).filter((set) => set.is_archive === true);
  if (cold.length === 0) return `Format ${format.name} has no copy in the archive`;
  for (const set of cold) bringBack(store, set, move);
  const methods = storage ? [storage.method] : homeMethods(store, format);
  mark(store, move, { archive_status: 'NOT_ARCHIVED', is_online: true }, { storage_methods: methods });
  store.assets.update(String(asset.id), { last_archive_restore_date: store.now() });
  addHistoryEntry(call, asset, 'RESTORE_ARCHIVE', `Format ${format.name} restored`);
  return undefined;
}

function bringBack(store: Store, cold: Row, { storage, directory }: Move): void {
  const homes = fileSetsOf(store, { id: cold.format_id, asset_id: cold.asset_id }).filter(
    (set) => set.archive_file_set_id === cold.id,
  );
  const home = homes.find((set) => set.storage_id === (storage?.id ?? cold.original_storage_id)) ?? homes[0];
  const target = storage ?? store.storages.get(String(cold.original_storage_id ?? home?.storage_id));
  if (!target) return;
  if (!home || (storage && storage.id !== home.storage_id)) {
    copySet(store, cold, { storage: target, directory, is_archive: false });
    return;
  }
  store.file_sets.update(String(home.id), { status: 'ACTIVE' });
  for (const file of filesOf(store, home)) store.files.update(String(file.id), { status: 'CLOSED' });
}

interface CopyTo {
  readonly storage: Row;
  readonly directory: unknown;
  readonly is_archive: boolean;
}

/** Copies a file set with its files to a storage; answers the id of the copy. */
function copySet(store: Store, set: Row, { storage, directory, is_archive }: CopyTo): string {
  const id = store.newId();
  const date = store.now();
  const place = typeof directory === 'string' ? directory : set.base_dir;
  const { archive_file_set_id: _, ...own } = set;
  const origin = is_archive ? { original_storage_id: set.storage_id } : { original_storage_id: null };
  const made = { storage_id: storage.id, date_created: date, date_modified: date };
  store.file_sets.insert({ ...own, ...made, ...origin, id, status: 'ACTIVE', is_archive, base_dir: place });
  for (const file of filesOf(store, set)) {
    const at = { file_set_id: id, directory_path: place, storage_method: storage.method, status: 'CLOSED' };
    store.files.insert({ ...file, ...made, ...at, id: store.newId() });
  }
  return id;
}

const fileSetsOf = (store: Store, format: Row): Row[] =>
  store.file_sets
    .where('asset_id', format.asset_id)
    .filter((set) => set.format_id === format.id && set.status !== 'DELETED');
const filesOf = (store: Store, set: Row): Row[] =>
  store.files
    .where('asset_id', set.asset_id)
    .filter((file) => file.file_set_id === set.id && file.status !== 'DELETED');
const homeMethods = (store: Store, format: Row): unknown[] => [
  ...new Set(
    fileSetsOf(store, format)
      .filter((set) => set.is_archive !== true)
      .map((set) => store.storages.get(String(set.storage_id))?.method),
  ),
];

/** Writes the state to the format; the original's is that of its version and, if that is the latest, of the asset. */
function mark(store: Store, { asset, format }: Move, state: Row, more: Row = {}): void {
  store.formats.update(String(format.id), { ...state, ...more });
  const now = store.assets.get(String(asset.id));
  if (format.name !== 'ORIGINAL' || !now) return;
  const versions = rowsOf(now.versions).map((one) => (one.id === format.version_id ? { ...one, ...state } : one));
  const isLatest = latestVersion(now)?.id === format.version_id;
  store.assets.update(String(now.id), { versions, ...(isLatest && state) });
}

/** The assets that a bulk request names: by id, or those in collections. */
export function assetsNamed(call: Call, type: unknown, ids: readonly string[], inside: (id: string) => Row[]): Row[] {
  if (type === 'assets') return ids.map((id) => rowOr404(call.store.assets, id, 'Asset'));
  if (type !== 'collections') throw new Refusal(400, `sandbox: ${type} cannot be archived or restored`);
  return ids.flatMap((id) => {
    rowOr404(call.store.collections, id, 'Collection');
    return inside(id);
  });
}
