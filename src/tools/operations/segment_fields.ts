import * as z from 'zod';
import { bareUuid, flag, free, integer, jsonObject, milliseconds, text, uuid } from '../params.ts';

export const segmentAnswer = {
  id: text,
  asset_id: text,
  version_id: text,
  segment_type: text,
  segment_text: text,
  time_start_milliseconds: integer,
  time_end_milliseconds: integer,
  segment_checked: flag,
  segment_color: text,
  segment_track: text,
  status: text,
  parent_id: text,
  top_level: flag,
  path: text,
  user_id: text,
  author: text,
  share_user_email: text,
  share_id: text,
  is_internal: flag,
  project_id: text,
  external_id: text,
  keyframe_id: text,
  subclip_id: text,
  person_id: text,
  has_drawing: flag,
  drawing: free,
  face_bounding_boxes: z.array(z.looseObject({})).optional(),
  transcription_id: text,
  transcription: free,
  metadata_view_id: text,
  metadata: free,
  date_created: text,
  date_modified: text,
};

/** Adds `author`: the user's name, or `guest of a share: address` for someone outside the company. */
export function withAuthor(body: unknown): unknown {
  const { user_first_name, user_last_name, user_info, share_id, share_user_email, ...rest } = (body ?? {}) as Record<
    string,
    unknown
  >;
  const info = (user_info ?? {}) as { readonly first_name?: unknown; readonly last_name?: unknown };
  const guest = Boolean(share_id ?? share_user_email);
  const name = [user_first_name ?? info.first_name, user_last_name ?? info.last_name].filter(Boolean).join(' ');
  const author = guest ? `guest of a share: ${share_user_email ?? 'no address'}` : name;
  return body && { ...rest, share_id, share_user_email, ...(author && { author }) };
}

export const segmentType = z
  .enum(['MARKER', 'QC', 'GENERIC', 'COMMENT', 'TAG', 'TRANSCRIPTION', 'SCENE', 'PERSON'])
  .describe('COMMENT: note to reply to; MARKER: logged moment.');

const drawing = z.strictObject({
  primitives: z
    .array(
      z.strictObject({
        type: z.enum(['LINE', 'RECTANGLE', 'ARROW', 'ELLIPSE', 'PENCIL', 'TEXT']),
        color: z.string().optional(),
        opacity: z.number().optional(),
        width: z.number().optional(),
        text: z.string().optional(),
        points: z.array(z.strictObject({ x: z.number(), y: z.number() })).optional(),
      }),
    )
    .optional(),
});

const transcription = z.strictObject({
  words: z
    .array(
      z.strictObject({
        start_ms: z.int().min(0),
        end_ms: z.int().min(0),
        value: z.string(),
        score: z.number().optional(),
      }),
    )
    .min(1),
  speaker: z.int().optional(),
});

const faceBox = z.strictObject({
  person_version_face_id: bareUuid,
  bounding_box: z.array(z.number()).optional(),
  timestamp_ms: z.int().optional(),
});

/** Fields that every way of writing a segment accepts. */
export const writableFields = {
  segment_text: z.string().optional().describe('Text, e.g. Sound drops here.'),
  time_start_milliseconds: milliseconds('Start in ms from the first frame. Without times: whole asset.').optional(),
  time_end_milliseconds: milliseconds('End in ms; same as start for a point.').optional(),
  segment_checked: z.boolean().optional().describe('Ticked off.'),
  segment_color: z.string().optional().describe('Color.'),
  segment_track: z.string().optional().describe('Track name.'),
  version_id: uuid('Default: latest version.').optional(),
  transcription: transcription.optional().describe('Words of a transcript line; ms in the segment.'),
  transcription_id: uuid('Transcript.').optional(),
  drawing: drawing.optional().describe('Drawing on the frame.'),
  person_id: uuid('Person shown.').optional(),
  face_bounding_boxes: z.array(faceBox).optional().describe('Faces.'),
  metadata_view_id: uuid('Metadata view.').optional(),
  metadata: jsonObject.optional().describe('JSON object.'),
  keyframe_id: uuid('Keyframe.').optional(),
  project_id: uuid('Project.').optional(),
  share_id: uuid('Share.').optional(),
  share_user_email: z.email().optional().describe('Share guest.'),
  external_id: z.string().optional().describe('Id in another system.'),
  is_internal: z.boolean().optional().describe('Hidden from share guests.'),
  status: z.enum(['ACTIVE', 'DELETED']).optional().describe('Default ACTIVE.'),
};

/** A replacement needs every field, and few replace: what is long is listed as its JSON text. */
const asText = <T extends z.ZodType>(schema: T) => schema.meta({ listed: z.string() });
export const replacedFields = {
  ...writableFields,
  drawing: asText(drawing).optional().describe('JSON, as in create_segment.'),
  transcription: asText(transcription).optional().describe('JSON, as in create_segment.'),
  face_bounding_boxes: asText(z.array(faceBox)).optional().describe('JSON, as in create_segment.'),
};

/** Those of a new segment: only an update deletes. */
export const newFields = { ...writableFields, status: z.enum(['ACTIVE']).optional().describe('Default ACTIVE.') };
