import type { Call, Row, Store } from '../types.ts';
import { partsOf } from '../values.ts';
import { assetOf, latestVersion } from './common.ts';

const EXACT_FIELDS = [
  'transcription_id',
  'segment_color',
  'person_id',
  'share_id',
  'project_id',
  'time_start_milliseconds',
  'time_end_milliseconds',
] as const;

/** The segments of the asset that match the query, sorted by start. */
export function segmentsFor(call: Call, store: Store, type?: string): Row[] {
  const asset = assetOf(call);
  const { query } = call;
  const [ids, types, statuses] = [partsOf(query.ids), partsOf(type ?? query.segment_type), partsOf(query.status)];
  const version = query.version_id ?? (query.include_all_versions === true ? undefined : latestVersion(asset)?.id);
  const words = typeof query.query === 'string' ? query.query.toLowerCase() : undefined;
  const from = Number(query.time_start_milliseconds__gte ?? -Infinity);
  const to = Number(query.time_end_milliseconds__lte ?? Infinity);
  const keep = (segment: Row): boolean =>
    (ids.length === 0 || ids.includes(String(segment.id))) &&
    (types.length === 0 || types.includes(String(segment.segment_type))) &&
    (statuses.length === 0 ? segment.status !== 'DELETED' : statuses.includes(String(segment.status))) &&
    (version === undefined || segment.version_id == null || segment.version_id === version) &&
    EXACT_FIELDS.every((name) => query[name] === undefined || segment[name] === query[name]) &&
    Number(segment.time_start_milliseconds ?? 0) >= from &&
    Number(segment.time_end_milliseconds ?? segment.time_start_milliseconds ?? 0) <= to &&
    (words === undefined ||
      String(segment.segment_text ?? '')
        .toLowerCase()
        .includes(words));
  const start = (segment: Row): number => Number(segment.time_start_milliseconds ?? -1);
  return store.segments
    .where('asset_id', asset.id)
    .filter(keep)
    .sort((a, b) => start(a) - start(b));
}
