import {
  between,
  dateTime,
  decimal,
  defaulting,
  email,
  flag,
  freeObject,
  listOf,
  nullable,
  objectOf,
  oneOf,
  readOnly,
  required,
  scrollQuery,
  text,
  uuid,
  whole,
} from '../fields.ts';
import type { Fields } from '../types.ts';

export const segmentTypes = ['MARKER', 'QC', 'GENERIC', 'COMMENT', 'TAG', 'TRANSCRIPTION', 'SCENE', 'PERSON'] as const;
export const segmentType = oneOf(...segmentTypes);

const point = objectOf({ x: required(decimal), y: required(decimal) });
const drawing = objectOf({
  version: nullable(whole),
  primitives: listOf(
    objectOf({
      type: required(oneOf('LINE', 'RECTANGLE', 'ARROW', 'ELLIPSE', 'PENCIL', 'TEXT')),
      color: text,
      opacity: decimal,
      points: listOf(point),
      text,
      width: decimal,
    }),
  ),
});
const transcription = objectOf({
  speaker: nullable(whole),
  words: required(
    listOf(objectOf({ start_ms: required(whole), end_ms: required(whole), value: required(text), score: decimal }), {
      minItems: 1,
    }),
  ),
});
const face = objectOf({
  person_version_face_id: required(uuid),
  bounding_box: listOf(decimal),
  landmarks: nullable(listOf(point)),
  timestamp_ms: whole,
});

/** The editable fields of a segment. */
export const editable: Fields = {
  drawing: nullable(drawing),
  external_id: nullable(text),
  face_bounding_boxes: nullable(listOf(face)),
  is_internal: nullable(flag),
  keyframe_id: nullable(uuid),
  metadata: freeObject,
  metadata_view_id: nullable(uuid),
  person_id: nullable(uuid),
  project_id: nullable(uuid),
  segment_checked: flag,
  segment_color: text,
  segment_text: nullable(text),
  segment_track: nullable(text),
  segment_type: required(segmentType),
  share_id: nullable(uuid),
  share_user_email: nullable(email),
  status: oneOf('ACTIVE', 'DELETED'),
  time_end_milliseconds: nullable(whole),
  time_start_milliseconds: nullable(whole),
  transcription,
  transcription_id: nullable(uuid),
  version_id: uuid,
};
const stamped: Fields = {
  asset_id: readOnly(uuid),
  date_created: readOnly(dateTime),
  date_modified: readOnly(dateTime),
  subclip_id: readOnly(uuid),
  user_first_name: readOnly(text),
  user_last_name: readOnly(text),
  user_photo: readOnly(text),
};

export const createBody: Fields = {
  ...editable,
  ...stamped,
  id: readOnly(uuid),
  has_drawing: readOnly(flag),
  parent_id: uuid,
  path: text,
  top_level: flag,
  user_id: uuid,
};
export const editBody: Fields = {
  ...editable,
  ...stamped,
  id: readOnly(uuid),
  parent_id: readOnly(uuid),
  path: readOnly(text),
  top_level: readOnly(flag),
  user_id: readOnly(uuid),
};
const upTo500 = { minItems: 1, maxItems: 500 };
export const bulkCreateBody: Fields = { objects: required(listOf(objectOf(createBody), upTo500)) };
export const bulkEditBody: Fields = {
  objects: required(listOf(objectOf({ ...editBody, id: required(uuid) }), upTo500)),
};
export const bulkDeleteBody: Fields = {
  segment_ids: listOf(uuid, upTo500),
  segment_type: segmentType,
  version_id: nullable(uuid),
};

const page: Fields = {
  page: defaulting(between(1, 10000), 1),
  per_page: defaulting(between(1, 1000), 10),
  ...scrollQuery,
};
/** Query parameters of a list of segments of one type. */
export const typedQuery: Fields = {
  ...page,
  sort: text,
  ids: text,
  query: text,
  includes: text,
  time_start_milliseconds: whole,
  time_end_milliseconds: whole,
  time_start_milliseconds__gte: whole,
  time_end_milliseconds__lte: whole,
};
export const listQuery: Fields = {
  ...typedQuery,
  transcription_id: text,
  version_id: text,
  segment_type: text,
  segment_color: text,
  status: text,
  person_id: text,
  share_id: text,
  project_id: text,
  include_users: flag,
  include_all_versions: flag,
};
export const exportQuery: Fields = {
  ids: text,
  query: text,
  transcription_id: text,
  version_id: text,
  segment_type: text,
  segment_color: text,
};
