import { permissionsOf } from './permissions.ts';
import type { Row, Store } from './types.ts';
import { isRow, rowsOf } from './values.ts';

/** The collections that contain an object, directly and at any depth. */
export function collectionsAround(store: Store, objectId: string): { direct: string[]; all: string[] } {
  const above = (id: string): string[] =>
    store.contents.where('object_id', id).map((content) => String(content.collection_id));
  const all = new Set<string>();
  const climb = (id: string): void => {
    for (const parent of above(id)) {
      if (all.has(parent)) continue;
      all.add(parent);
      climb(parent);
    }
  };
  climb(objectId);
  return { direct: above(objectId), all: [...all] };
}

function pick(row: Row, names: readonly string[]): Row {
  const picked: Row = {};
  for (const name of names) if (row[name] !== undefined) picked[name] = row[name];
  return picked;
}
const texts = (values: readonly unknown[]): string[] =>
  values.filter((value) => typeof value === 'string' && value !== '').map(String);

/** Duration of an asset in milliseconds, from its formats. */
export function durationOf(store: Store, asset: Row): number | undefined {
  if (typeof asset.duration_milliseconds === 'number') return asset.duration_milliseconds;
  const duration = technical(store.formats.where('asset_id', asset.id), 'duration');
  return duration === undefined ? undefined : Math.round(Number(duration));
}

function technical(formats: readonly Row[], name: string): unknown {
  for (const format of formats.toReversed()) {
    const blocks = [...rowsOf(format.metadata), ...rowsOf(format.components).map((component) => component.metadata)];
    const block = blocks.filter(isRow).find((one) => one[name] !== undefined);
    if (block) return block[name];
  }
  return undefined;
}

function mediaType(asset: Row, formats: readonly Row[], files: readonly Row[]): unknown {
  if (asset.media_type !== undefined) return asset.media_type;
  const types = formats.flatMap((format) => rowsOf(format.components)).map((component) => component.type);
  const known = ['VIDEO', 'AUDIO', 'IMAGE'].find((type) => types.includes(type));
  if (known) return known.toLowerCase();
  return files.length > 0 ? 'other' : null;
}

/** Metadata as search shows it: `{ field: [values] }`. */
function flatMetadata(store: Store, key: string): Row {
  const values = store.values.get(key)?.metadata_values;
  if (!isRow(values)) return {};
  const entries = Object.entries(values).map(([name, entry]) => [
    name,
    isRow(entry) ? rowsOf(entry.field_values).map(({ value }) => value) : [],
  ]);
  return Object.fromEntries(entries);
}

const FILE_COLUMNS =
  'id name original_name directory_path storage_id size status type format_id file_set_id version_id checksum'.split(
    ' ',
  );
const PROXY_COLUMNS =
  'id name status format codec resolution frame_rate is_drop_frame start_time_code storage_id storage_method version_id url'.split(
    ' ',
  );
const KEYFRAME_COLUMNS =
  'id type status format resolution rotation storage_id storage_method is_custom_keyframe is_poster version_id url time_code'.split(
    ' ',
  );
const FORMAT_COLUMNS = 'id name status archive_status is_online storage_methods version_id metadata components'.split(
  ' ',
);

type PartTable = 'formats' | 'files' | 'proxies' | 'keyframes' | 'segments';

/** The search document of an asset. */
export function assetDocument(store: Store, asset: Row): Row {
  const parts = (table: PartTable): Row[] => store[table].where('asset_id', asset.id);
  const id = String(asset.id);
  const [formats, files, segments] = [parts('formats'), parts('files'), parts('segments')];
  const live = segments.filter((segment) => segment.status !== 'DELETED');
  const spoken = live.filter((segment) => segment.segment_type === 'TRANSCRIPTION');
  const others = live.filter((segment) => segment.segment_type !== 'TRANSCRIPTION');
  const versions = rowsOf(asset.versions);
  const { direct, all } = collectionsAround(store, id);
  return {
    ...asset,
    object_type: 'assets',
    media_type: mediaType(asset, formats, files),
    duration_milliseconds: durationOf(store, asset) ?? null,
    in_collections: direct,
    ancestor_collections: all,
    metadata: flatMetadata(store, `assets/${id}`),
    format: formats[0]?.name ?? null,
    formats: formats.map((row) => pick(row, FORMAT_COLUMNS)),
    files: files.map((row) => pick(row, FILE_COLUMNS)),
    proxies: parts('proxies').map((row) => pick(row, PROXY_COLUMNS)),
    keyframes: parts('keyframes').map((row) => pick(row, KEYFRAME_COLUMNS)),
    versions,
    versions_number: versions.length,
    comments_count: others.filter((segment) => segment.segment_type === 'COMMENT').length,
    segment_text: texts(others.map((segment) => segment.segment_text)),
    transcription_text: texts(spoken.map(spokenText)),
    transcribed_languages: [...new Set(versions.flatMap((version) => texts(listOf(version.transcribed_languages))))],
    person_ids: asset.person_ids ?? [],
    ...approvalOf(store, id),
    permissions: permissionsOf(store, 'assets', id),
  };
}

/** Hits show `approval`; `approval_status` is for terms and facets. */
function approvalOf(store: Store, assetId: string): Row {
  const approval = store.approvals.get(`assets/${assetId}`);
  if (!approval) return { approval: null, approval_status: 'N/A' };
  const { id: _, date_modified: __, ...shown } = approval;
  return { approval: shown, approval_status: approval.status };
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function spokenText(segment: Row): unknown {
  if (typeof segment.segment_text === 'string') return segment.segment_text;
  const words = isRow(segment.transcription) ? rowsOf(segment.transcription.words) : [];
  return words.map((word) => word.value).join(' ');
}

/** The search document of a collection. */
export function collectionDocument(store: Store, collection: Row): Row {
  const id = String(collection.id);
  const { direct, all } = collectionsAround(store, id);
  return {
    ...collection,
    object_type: 'collections',
    in_collections: direct,
    ancestor_collections: all,
    metadata: flatMetadata(store, `collections/${id}`),
    permissions: permissionsOf(store, 'collections', id),
  };
}

/** The search document of a segment; its title is that of the asset. */
export function segmentDocument(store: Store, segment: Row): Row {
  return {
    ...segment,
    object_type: 'segments',
    title: store.assets.get(String(segment.asset_id))?.title ?? '',
    metadata: { ...(isRow(segment.metadata) && segment.metadata), ...flatMetadata(store, `segments/${segment.id}`) },
  };
}
