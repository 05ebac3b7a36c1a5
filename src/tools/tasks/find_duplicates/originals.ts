import { address, type File, type Storage, storageLabel } from '../../library/files.ts';
import type { Doc } from '../../library/search.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import { groupBy } from '../../run/group_by.ts';

/** The original of one version of an asset. Its copies on several storages are one original. */
export interface Original {
  readonly asset: Doc;
  readonly version_id: string | undefined;
  /** `v2, not current`; absent where the asset has one version only. */
  readonly version?: string;
  /** Of all its files, sorted and joined; absent where that of any file is not known. */
  readonly checksum?: string;
  readonly name: string;
  /** Bytes of one copy; absent where no file tells them. */
  readonly size?: number;
  /** Milliseconds; the index knows that of the current version alone. */
  readonly duration?: number;
  /** Where its files take up room now, with their bytes: `s3://bucket/key`. */
  readonly places: ReadonlyMap<string, number>;
  /** `Harbour originals (S3)`, each once. */
  readonly storages: readonly string[];
}

/** Fields of a document that originals are made from. */
export const ORIGINAL_FIELDS = [
  'type',
  'status',
  'date_created',
  'duration_milliseconds',
  'versions',
  'formats',
  'files',
  'in_collections',
  'ancestor_collections',
  'comments_count',
] as const;

/** States of a file that takes up no room. */
const AWAY: readonly string[] = ['ARCHIVED', 'MISSING', 'OPEN', 'AWAITED', 'FAILED'];

/** The originals of the versions that are not deleted. Files without a version are those of the current one. */
export function originalsOf(asset: Doc, files: readonly File[], stores: readonly Storage[]): Original[] {
  const { list, latest } = sortedVersions(asset);
  const formats = new Map((asset.formats ?? []).map(({ id, name }) => [id, name]));
  const originals = files.filter(
    ({ format_id, type, status }) =>
      type !== 'DIRECTORY' && status !== 'DELETED' && (formats.get(format_id) ?? 'ORIGINAL') === 'ORIGINAL',
  );
  const byVersion = groupBy(originals, ({ version_id }) => version_id ?? latest?.id);
  return [...byVersion].flatMap(([id, own]): Original[] => {
    const version = list.find((one) => one.id === id);
    if (list.length > 0 && !version) return [];
    const isCurrent = version === latest;
    return [
      {
        asset,
        version_id: id,
        ...(list.length > 1 && { version: `${version?.name}${isCurrent ? '' : ', not current'}` }),
        ...mediaOf(own, stores),
        ...(isCurrent && asset.duration_milliseconds !== undefined && { duration: asset.duration_milliseconds }),
      },
    ];
  });
}

function mediaOf(files: readonly File[], stores: readonly Storage[]) {
  const copies = [...groupBy(files, ({ file_set_id, id }) => file_set_id ?? id).values()];
  const checksum = copies.map(checksumOf).find((one) => one !== undefined);
  const size = copies.map(sizeOf).find((one) => one !== undefined);
  const stored = files.filter(({ status = 'CLOSED' }) => !AWAY.includes(status));
  return {
    name: files[0]?.original_name ?? files[0]?.name ?? '',
    ...(checksum !== undefined && { checksum }),
    ...(size !== undefined && { size }),
    places: new Map(stored.map((file) => [placeOf(file, stores), file.size ?? 0])),
    storages: [
      ...new Set(stored.map((file) => storageLabel(storageOf(file, stores), file.storage_id, file.storage_method))),
    ],
  };
}

const storageOf = ({ storage_id }: File, stores: readonly Storage[]): Storage | undefined =>
  stores.find(({ id }) => id === storage_id);

/** Unique in the library. */
const placeOf = (file: File, stores: readonly Storage[]): string =>
  `${file.storage_id} ${address(storageOf(file, stores), file.directory_path ?? '', file.name ?? file.original_name ?? file.id ?? '')}`;

function checksumOf(copy: readonly File[]): string | undefined {
  const all = copy.map(({ checksum }) => checksum?.trim().toLowerCase() || undefined);
  return all.includes(undefined) ? undefined : all.toSorted().join(' ');
}

function sizeOf(copy: readonly File[]): number | undefined {
  const all = copy.map(({ size }) => size);
  return all.includes(undefined) ? undefined : all.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}
