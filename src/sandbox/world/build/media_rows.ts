import type { Row } from '../../types.ts';
import { STORAGES, type StorageName } from '../data/storages.ts';
import { componentsOf, type Profile, sizeOf } from './media.ts';
import { addPreview } from './preview_rows.ts';
import type { Archive, AssetSpec, FixedIds } from './types.ts';

/** The version that media is added to: version `number` of `of`; `asset`, `version` and `user` are ids. */
export interface VersionMedia {
  readonly asset: string;
  readonly version: string;
  readonly number: number;
  readonly of: number;
  readonly date: string;
  readonly user: string;
  readonly fixed?: FixedIds;
}

/** What the rows of one version have in common. */
interface Media {
  readonly archive: Archive;
  readonly spec: AssetSpec;
  readonly profile: Profile;
  readonly at: VersionMedia;
  /** Columns of every row. */
  readonly of: Row;
  readonly name: string;
  readonly size: number;
  readonly checksum: string;
  readonly components: readonly Row[];
}

const plain = (title: string): string =>
  title
    .normalize('NFD')
    .replace(/[^\w ]/g, '')
    .trim()
    .replace(/ +/g, '_');

/** Adds the formats, file sets, files, proxy and keyframes of a version. */
export function addMedia(archive: Archive, spec: AssetSpec, profile: Profile, at: VersionMedia): void {
  const { random } = archive;
  const stem = spec.fileName ?? `${plain(spec.title)}${at.of > 1 ? `_v${at.number}` : ''}`;
  const name = stem.includes('.') ? stem : `${stem}.${profile.extension}`;
  const size = sizeOf(profile, spec.duration ?? 0, random, spec.checksum);
  const of = { asset_id: at.asset, version_id: at.version, date_created: at.date, date_modified: at.date };
  const components = componentsOf(profile, spec.duration ?? 0, name, size, random);
  const checksum = spec.checksum ?? random.hex(32);
  const media: Media = { archive, spec, profile, at, of, name, size, checksum, components };
  addOriginal(media);
  if (spec.edit) {
    const edit = `${stem}_ppro.mov`;
    const file = { name: edit, original_name: edit, size: Math.round(size / 12), checksum: random.hex(32) };
    const format = addFormat(media, 'PPRO_PROXY', 'gateway', true);
    addFile(media, format, 'gateway', file, { name: edit, component_ids: [] });
  }
  if (profile.picture || profile.sound) addPreview(archive, profile, spec, at.fixed?.proxy, stem, of);
}

/** Adds the ORIGINAL format: on its storage, on the archive storage if it is archived, and its copies. */
function addOriginal(media: Media): void {
  const { spec, at } = media;
  const home = spec.storage ?? 's3';
  const archived = spec.archived === true;
  const original = addFormat(media, 'ORIGINAL', archived ? 'archive' : home, !archived, at.fixed?.format);
  const cold = archived
    ? addFile(media, original, 'archive', {}, { is_archive: true, original_storage_id: STORAGES[home].id })
    : undefined;
  addFile(
    media,
    original,
    home,
    { status: archived ? 'ARCHIVED' : spec.missing ? 'MISSING' : 'CLOSED', ...(at.fixed && { id: at.fixed.file }) },
    cold === undefined ? {} : { status: 'ARCHIVED', archive_file_set_id: cold },
    at.fixed?.fileSet,
  );
  for (const copy of spec.copies ?? []) addFile(media, original, copy, {});
}

function addFormat(
  { archive: { world, random }, spec, profile, at, of, components }: Media,
  format: string,
  storage: StorageName,
  online: boolean,
  id = random.id(),
): string {
  const duration = spec.duration ?? 0;
  world.formats.push({
    id,
    name: format,
    ...of,
    user_id: at.user,
    status: 'ACTIVE',
    archive_status: online ? 'NOT_ARCHIVED' : 'ARCHIVED',
    is_online: online && !spec.offline,
    storage_methods: [STORAGES[storage].method],
    metadata: [{ internet_media_type: profile.mime, ...(duration > 0 && { duration: String(duration) }) }],
    components: format === 'ORIGINAL' ? components : [],
    warnings: [],
  });
  return id;
}

/** Adds a file set with one file; answers the id of the file set. */
function addFile(
  { archive: { world, random }, spec, at, of, name, size, checksum, components }: Media,
  format: string,
  storage: StorageName,
  file: Row,
  set: Row = {},
  setId = random.id(),
): string {
  const directory = spec.shot.slice(0, 7).replace('-', '/');
  const base = { ...of, format_id: format, storage_id: STORAGES[storage].id };
  world.file_sets.push({
    id: setId,
    name,
    ...base,
    base_dir: directory,
    component_ids: components.map((component) => component.id),
    status: 'ACTIVE',
    is_archive: false,
    file_count: 1,
    ...set,
  });
  world.files.push({
    id: random.id(),
    name,
    original_name: name,
    directory_path: directory,
    ...base,
    ...{ file_set_id: setId, type: 'FILE', status: 'CLOSED', size, checksum },
    storage_method: STORAGES[storage].method,
    user_id: at.user,
    parent_id: null,
    file_date_created: at.date,
    file_date_modified: at.date,
    ...file,
  });
  return setId;
}
