import type { Row } from '../../types.ts';
import { STORAGES, type StorageName } from '../data/storages.ts';
import type { Archive, AssetSpec } from './archive.ts';
import { componentsOf, type Profile, sizeOf } from './media.ts';

export interface FixedIds {
  readonly format: string;
  readonly fileSet: string;
  readonly file: string;
  readonly proxy: string;
}
/** One version of an asset that gets its media. */
export interface VersionMedia {
  readonly asset: string;
  readonly version: string;
  readonly number: number;
  readonly of: number;
  readonly date: string;
  readonly user: string;
  readonly fixed?: FixedIds;
}

const plain = (title: string): string =>
  title
    .normalize('NFD')
    .replace(/[^\w ]/g, '')
    .trim()
    .replace(/ +/g, '_');

/** Gives a version its formats, file sets, files, proxy and keyframes. */
export function addMedia(archive: Archive, spec: AssetSpec, profile: Profile, at: VersionMedia): void {
  const { world, random } = archive;
  const stem = spec.fileName ?? `${plain(spec.title)}${at.of > 1 ? `_v${at.number}` : ''}`;
  const name = stem.includes('.') ? stem : `${stem}.${profile.extension}`;
  const duration = spec.duration ?? 0;
  const size = sizeOf(profile, duration, random);
  const of = { asset_id: at.asset, version_id: at.version, date_created: at.date, date_modified: at.date };
  const components = componentsOf(profile, duration, name, size, random);
  const home = spec.storage ?? 's3';

  const addFormat = (format: string, storage: StorageName, online: boolean, id = random.id()): string => {
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
  };
  const addFile = (format: string, storage: StorageName, file: Row, set: Row = {}, setId = random.id()): string => {
    const directory = `${spec.shot.slice(0, 7).replace('-', '/')}`;
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
      file_set_id: setId,
      type: 'FILE',
      status: 'CLOSED',
      size,
      checksum,
      storage_method: STORAGES[storage].method,
      user_id: at.user,
      parent_id: null,
      file_date_created: at.date,
      file_date_modified: at.date,
      ...file,
    });
    return setId;
  };

  const checksum = spec.checksum ?? random.hex(32);
  const archived = spec.archived === true;
  const original = addFormat('ORIGINAL', archived ? 'archive' : home, !archived, at.fixed?.format);
  const cold = archived
    ? addFile(original, 'archive', {}, { is_archive: true, original_storage_id: STORAGES[home].id })
    : undefined;
  addFile(
    original,
    home,
    {
      status: archived ? 'ARCHIVED' : spec.missing ? 'MISSING' : 'CLOSED',
      ...(at.fixed && { id: at.fixed.file }),
    },
    cold === undefined ? {} : { status: 'ARCHIVED', archive_file_set_id: cold },
    at.fixed?.fileSet,
  );
  for (const copy of spec.copies ?? []) addFile(original, copy, {});
  if (spec.edit) {
    const edit = `${stem}_ppro.mov`;
    const file = { name: edit, original_name: edit, size: Math.round(size / 12), checksum: random.hex(32) };
    addFile(addFormat('PPRO_PROXY', 'gateway', true), 'gateway', file, { name: edit, component_ids: [] });
  }
  if (profile.picture || profile.sound) addPreview(archive, profile, spec, at, stem, of);
}

function addPreview(
  { world, random }: Archive,
  profile: Profile,
  { duration = 0, keyframesEvery: every }: AssetSpec,
  at: VersionMedia,
  stem: string,
  of: Row,
): void {
  const { picture, rate, sound } = profile;
  const portrait = picture && picture.height > picture.width;
  const shape =
    picture && (portrait ? 9 / 16 : picture.width / picture.height > 1.6 ? 16 / 9 : picture.width / picture.height);
  const height = portrait ? 1280 : 720;
  const resolution = shape ? { width: 2 * Math.round((height * shape) / 2), height } : undefined;
  world.proxies.push({
    id: at.fixed?.proxy ?? random.id(),
    ...of,
    name: `${stem}_proxy`,
    filename: rate ? `${stem}.mp4` : picture ? `${stem}.jpg` : `${stem}.mp3`,
    format: rate ? 'mp4' : picture ? 'jpg' : 'mp3',
    codec: rate ? 'h264' : picture ? 'jpeg' : 'mp3',
    status: 'CLOSED',
    storage_id: STORAGES.proxies.id,
    storage_method: STORAGES.proxies.method,
    size: duration > 0 ? Math.round(duration * (rate ? 500 : 24)) : 640_000,
    is_public: false,
    ...(resolution && { resolution, rotation: 0 }),
    ...(rate && {
      bit_rate: 4_000_000,
      frame_rate: rate.name,
      is_drop_frame: rate.isDropFrame,
      start_time_code: rate.start,
    }),
    ...(sound && { audio_bitrate: 192_000 }),
  });
  if (!resolution) return;
  const addKeyframe = (type: string, second: number): void => {
    world.keyframes.push({
      id: random.id(),
      ...of,
      type,
      name: `${stem}_${type.toLowerCase()}_${second}`,
      filename: `${stem}_${second}.jpg`,
      format: 'jpg',
      status: 'CLOSED',
      storage_id: STORAGES.keyframes.id,
      storage_method: STORAGES.keyframes.method,
      size: 61_440,
      is_public: false,
      is_custom_keyframe: type === 'POSTER',
      resolution: type === 'KEYFRAME_MAP' ? { width: 1920, height: 1080 } : resolution,
      rotation: 0,
      ...(rate && {
        time_code: {
          frames_number: Math.floor((second * rate.denominator) / rate.numerator),
          is_drop_frame: rate.isDropFrame,
          time_base: { numerator: rate.numerator, denominator: rate.denominator },
        },
      }),
    });
  };
  const seconds = Math.floor(duration / 1000);
  addKeyframe('KEYFRAME', Math.min(2, seconds));
  if (!rate || !every) return;
  addKeyframe('KEYFRAME_MAP', 0);
  addKeyframe('POSTER', Math.floor(seconds / 3));
  for (let second = every; second < seconds; second += every) addKeyframe('KEYFRAME', second);
}
