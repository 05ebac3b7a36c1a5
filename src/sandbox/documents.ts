import { isRow } from './check.ts';
import type { Row, Store } from './types.ts';

/** The rows of a table that belong to an asset; a builder may prepare them for many assets at once. */
export type Parts = (table: PartTable, assetId: string) => readonly Row[];
type PartTable = 'formats' | 'file_sets' | 'files' | 'proxies' | 'keyframes' | 'segments';

/** Reads each table anew: right for one document. */
export const readParts =
  (store: Store): Parts =>
  (table, assetId) =>
    store[table].list((row) => row.asset_id === assetId);

/** Groups each table once: right for many documents. */
export function groupParts(store: Store): Parts {
  const grouped = new Map<PartTable, Map<unknown, Row[]>>();
  return (table, assetId) => {
    const groups = grouped.get(table) ?? groupBy(store[table].list(), 'asset_id');
    grouped.set(table, groups);
    return groups.get(assetId) ?? [];
  };
}

/** Rows by the value of a key. */
export function groupBy(rows: readonly Row[], key: string): Map<unknown, Row[]> {
  const groups = new Map<unknown, Row[]>();
  for (const row of rows) {
    const group = groups.get(row[key]);
    if (group) group.push(row);
    else groups.set(row[key], [row]);
  }
  return groups;
}

/** Where the objects lie: their collections, and all collections above those. */
export type Places = (objectId: string) => { direct: string[]; all: string[] };

export function placesIn(store: Store): Places {
  const parents = groupBy(store.contents.list(), 'object_id');
  const direct = (id: string): string[] => (parents.get(id) ?? []).map((content) => String(content.collection_id));
  return (objectId) => {
    const all = new Set<string>();
    const climb = (id: string): void => {
      for (const parent of direct(id)) {
        if (all.has(parent)) continue;
        all.add(parent);
        climb(parent);
      }
    };
    climb(objectId);
    return { direct: direct(objectId), all: [...all] };
  };
}

const rows = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRow) : []);
const pick = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(names.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]));
const texts = (values: readonly unknown[]): string[] =>
  values.filter((value) => typeof value === 'string' && value !== '').map(String);

/** How long an asset plays, in milliseconds, as its formats tell. */
export function durationOf(store: Store, asset: Row, parts: Parts = readParts(store)): number | undefined {
  if (typeof asset.duration_milliseconds === 'number') return asset.duration_milliseconds;
  const duration = technical(parts('formats', String(asset.id)), 'duration');
  return duration === undefined ? undefined : Math.round(Number(duration));
}

function technical(formats: readonly Row[], name: string): unknown {
  for (const format of formats.toReversed()) {
    const blocks = [...rows(format.metadata), ...rows(format.components).map((component) => component.metadata)];
    const block = blocks.filter(isRow).find((one) => one[name] !== undefined);
    if (block) return block[name];
  }
  return undefined;
}

function mediaType(asset: Row, formats: readonly Row[], files: readonly Row[]): unknown {
  if (asset.media_type !== undefined) return asset.media_type;
  const types = formats.flatMap((format) => rows(format.components)).map((component) => component.type);
  const known = ['VIDEO', 'AUDIO', 'IMAGE'].find((type) => types.includes(type));
  if (known) return known.toLowerCase();
  return files.length > 0 ? 'other' : null;
}

/** `{ field: [values] }`, as search has it. */
function flatMetadata(store: Store, key: string): Row {
  const values = store.values.get(key)?.metadata_values;
  if (!isRow(values)) return {};
  const entries = Object.entries(values).map(([name, entry]) => [
    name,
    isRow(entry) ? rows(entry.field_values).map(({ value }) => value) : [],
  ]);
  return Object.fromEntries(entries);
}

const PERMISSIONS = ['read', 'write', 'delete', 'change-acl'];
const FILE =
  'id name original_name directory_path storage_id size status type format_id file_set_id version_id checksum';
const PROXY =
  'id name status format codec resolution frame_rate is_drop_frame start_time_code storage_id storage_method version_id url';
const KEYFRAME =
  'id type status format resolution rotation storage_id storage_method is_custom_keyframe is_poster version_id url time_code';
const FORMAT = 'id name status archive_status is_online storage_methods version_id';

/** What search knows of an asset. */
export function assetDocument(store: Store, asset: Row, parts: Parts, places: Places): Row {
  const id = String(asset.id);
  const [formats, files, segments] = [parts('formats', id), parts('files', id), parts('segments', id)];
  const live = segments.filter((segment) => segment.status !== 'DELETED');
  const spoken = live.filter((segment) => segment.segment_type === 'TRANSCRIPTION');
  const said = live.filter((segment) => segment.segment_type !== 'TRANSCRIPTION');
  const versions = rows(asset.versions);
  const { direct, all } = places(id);
  return {
    ...asset,
    object_type: 'assets',
    media_type: mediaType(asset, formats, files),
    duration_milliseconds: durationOf(store, asset, parts) ?? null,
    in_collections: direct,
    ancestor_collections: all,
    metadata: flatMetadata(store, `assets/${id}`),
    format: formats[0]?.name ?? null,
    formats: formats.map((row) => pick(row, FORMAT.split(' '))),
    files: files.map((row) => pick(row, FILE.split(' '))),
    proxies: parts('proxies', id).map((row) => pick(row, PROXY.split(' '))),
    keyframes: parts('keyframes', id).map((row) => pick(row, KEYFRAME.split(' '))),
    versions,
    versions_number: versions.length,
    segment_text: texts(said.map((segment) => segment.segment_text)),
    transcription_text: texts(spoken.map(spokenText)),
    transcribed_languages: [...new Set(versions.flatMap((version) => texts(listOf(version.transcribed_languages))))],
    person_ids: asset.person_ids ?? [],
    approval_status: asset.approval_status ?? 'N/A',
    permissions: PERMISSIONS,
  };
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function spokenText(segment: Row): unknown {
  if (typeof segment.segment_text === 'string') return segment.segment_text;
  const words = isRow(segment.transcription) ? rows(segment.transcription.words) : [];
  return words.map((word) => word.value).join(' ');
}

/** What search knows of a collection. */
export function collectionDocument(store: Store, collection: Row, places: Places): Row {
  const id = String(collection.id);
  const { direct, all } = places(id);
  return {
    ...collection,
    object_type: 'collections',
    in_collections: direct,
    ancestor_collections: all,
    metadata: flatMetadata(store, `collections/${id}`),
    permissions: PERMISSIONS,
  };
}

/** What search knows of a segment. */
export function segmentDocument(store: Store, segment: Row): Row {
  return {
    ...segment,
    object_type: 'segments',
    metadata: { ...(isRow(segment.metadata) && segment.metadata), ...flatMetadata(store, `segments/${segment.id}`) },
  };
}
