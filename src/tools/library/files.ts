import { formatBytes } from '../../media/units.ts';
import type { CacheKind } from '../cache.ts';
import { files } from '../operations/files.ts';
import { formats } from '../operations/formats.ts';
import { storages } from '../operations/storages.ts';
import { allOf, pagesByLastId, pagesByNumber } from '../run/pages.ts';
import type { Report } from '../run/report.ts';
import type { Context, OutputOf } from '../types.ts';

type Format = OutputOf<typeof formats.tools.list_version_formats.output.shape>['objects'][number];
type FileSet = OutputOf<typeof files.tools.list_version_filesets.output.shape>['objects'][number];
export type File = OutputOf<typeof files.tools.list_version_files.output.shape>['objects'][number];
export type Storage = OutputOf<typeof storages.tools.get_storages.output.shape>['objects'][number];

interface VersionIds {
  readonly asset_id: string;
  readonly version_id: string;
}

/** The files of one format on one storage. */
export interface Copy {
  readonly format: string;
  /** `Harbour originals (S3)`. */
  readonly storage: string;
  /** `s3://bucket/key`, or the path on the storage. */
  readonly place: string;
  /** The name of the file; absent where there are many. */
  readonly file?: string;
  /** Whether one can work with it now, and why not. */
  readonly state: string;
  /** Bytes; absent where no file tells them. */
  readonly size?: number;
  readonly checksum?: string;
  /** Iconik's own word for its state: CLOSED is complete. */
  readonly status?: string;
}

/** The copies of a version, the original first. */
export interface Copies {
  readonly copies: readonly Copy[];
  /** Whether formats, file sets and files could all be read: without them there may be more copies. */
  readonly isComplete: boolean;
}

/** Where the media of a version are: one copy per file, or per file set that holds many files. */
export async function copiesOf(context: Context, report: Report, version: VersionIds): Promise<Copies> {
  const { list_version_formats } = formats.tools;
  const { list_version_filesets } = files.tools;
  const [formatRows, sets, listed, stores = []] = await Promise.all([
    report.part(
      'formats',
      allOf(pagesByLastId((paging) => context.use(list_version_formats, { ...version, ...paging }))),
    ),
    report.part(
      'file sets',
      allOf(pagesByLastId((paging) => context.use(list_version_filesets, { ...version, ...paging }))),
    ),
    report.part('files', filesOf(context, version)),
    report.part('names of storages', storagesOf(context)),
  ]);
  const live = (sets ?? []).filter(({ status }) => status !== 'DELETED');
  const inSets = live.flatMap((set) => ofSet(set, listed, formatOf(formatRows, set.format_id), stores));
  const loose = (listed ?? []).filter(({ file_set_id }) => !sets?.some(({ id }) => id === file_set_id));
  const others = loose.map((file) => copyOf(file, undefined, formatOf(formatRows, file.format_id), stores));
  return {
    copies: [...inSets, ...others].sort((a, b) => rank(a) - rank(b)),
    isComplete: Boolean(formatRows && sets && listed),
  };
}

/** The files of a version (`GET /files/v1/assets/{id}/versions/{id}/files/`), folders and deleted ones left out. */
export async function filesOf(context: Context, version: VersionIds): Promise<File[]> {
  const all = await allOf(
    pagesByLastId((paging) => context.use(files.tools.list_version_files, { ...version, ...paging })),
  );
  return all.filter(({ type, status }) => type !== 'DIRECTORY' && status !== 'DELETED');
}

/** Storages change rarely. */
const STORAGES: CacheKind<Promise<Storage[]>> = {
  name: 'storages',
  max: 1,
  ttl: 60_000,
  changedBy: /^\w+ \/files\/v1\/storages\//,
};

export const storagesOf = (context: Context): Promise<Storage[]> =>
  context.cache.remember(STORAGES, '', () =>
    allOf(pagesByNumber((paging) => context.use(storages.tools.get_storages, paging), { size: 100 })),
  );

const rank = ({ format, state }: Copy): number =>
  (format === 'ORIGINAL' ? 0 : 2) + (state.startsWith('online') ? 0 : 1);

const formatOf = (list: readonly Format[] | undefined, id: string | undefined): Format | undefined =>
  list?.find((one) => one.id === id);

/** Files of a set that are told one by one; more are an image sequence or a card, and told as one folder. */
const FILES_SHOWN_ONE_BY_ONE = 3;

function ofSet(
  set: FileSet,
  listed: readonly File[] | undefined,
  format: Format | undefined,
  stores: readonly Storage[],
): Copy[] {
  const own = (listed ?? []).filter(({ file_set_id }) => file_set_id === set.id);
  if (own.length > 0 && own.length <= FILES_SHOWN_ONE_BY_ONE)
    return own.map((file) => copyOf(file, set, format, stores));
  const storage = stores.find(({ id }) => id === set.storage_id);
  const sizes = own.map(({ size }) => size ?? 0);
  const states = [...new Set(own.map((file) => stateOf(file, set, format, storage)))];
  return [
    {
      format: format?.name ?? 'unknown format',
      storage: storageLabel(storage, set.storage_id, own[0]?.storage_method),
      place: `${address(storage, set.base_dir ?? '', own.length > 0 ? '' : (set.name ?? ''))}${own.length > 0 ? ` (${own.length} files)` : ''}`,
      state: states.join(', ') || (set.status === 'ARCHIVED' ? AWAY : listed ? 'no file is listed' : 'not known'),
      ...(own.length > 0 && { size: sizes.reduce((sum, one) => sum + one, 0) }),
    },
  ];
}

function copyOf(file: File, set: FileSet | undefined, format: Format | undefined, stores: readonly Storage[]): Copy {
  const storage = stores.find(({ id }) => id === file.storage_id);
  const name = file.name ?? file.original_name ?? '';
  return {
    format: format?.name ?? 'unknown format',
    storage: storageLabel(storage, file.storage_id, file.storage_method),
    place: address(storage, file.directory_path ?? '', name),
    ...(name && { file: name }),
    state: stateOf(file, set, format, storage),
    ...(file.size !== undefined && { size: file.size }),
    ...(file.checksum && { checksum: file.checksum }),
    ...(file.status && { status: file.status }),
  };
}

/** `Harbour originals (S3)`. */
export const storageLabel = (
  storage: Storage | undefined,
  id: string | undefined,
  method: string | undefined,
): string => `${storage?.name ?? `storage ${id ?? 'unknown'}`} (${storage?.method ?? method ?? 'unknown method'})`;

const SCHEMES: ReadonlyMap<string, string> = new Map(Object.entries({ S3: 's3', GCS: 'gs', B2: 'b2', AZURE: 'azure' }));

/** `s3://bucket/path/folder/name`, or the path below the mount point. */
export function address(storage: Storage | undefined, folder: string, name: string): string {
  const { bucket, bucket_name, container, path, mount_point, hostname } = storage?.settings ?? {};
  const scheme = SCHEMES.get(storage?.method ?? '');
  const root = bucket ?? bucket_name ?? container;
  const below = [path, folder, name].flatMap((part) => (part ?? '').split('/')).filter(Boolean);
  if (scheme && root) return `${scheme}://${[root, ...below].join('/')}`;
  const rest = below.join('/');
  if (mount_point) return `${mount_point.replace(/\/$/, '')}/${rest}`;
  return hostname ? `${hostname}:/${rest}` : rest;
}

const AWAY = 'archived away: no longer here';

function stateOf({ status }: File, set: FileSet | undefined, format: Format | undefined, storage?: Storage): string {
  if (status === 'MISSING') return 'missing';
  if (status === 'ARCHIVED' || set?.status === 'ARCHIVED') return AWAY;
  if (set?.is_archive) return 'archived: the archive copy';
  if (status && ['OPEN', 'GROWING', 'AWAITED'].includes(status)) return 'not complete yet';
  if (status === 'FAILED') return 'failed';
  if (storage?.status && storage.status !== 'ACTIVE') return `doubtful: its storage is ${storage.status.toLowerCase()}`;
  return format?.is_online === false ? 'offline' : 'online';
}

/** `35.9 GB (35880019910 bytes)`. */
export const sizeLine = (bytes: number | undefined): string =>
  bytes === undefined ? 'size not known' : `${formatBytes(bytes)} (${bytes} bytes)`;
