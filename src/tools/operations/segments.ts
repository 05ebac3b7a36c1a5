import { z } from 'zod';
import { operation, toolset } from '../define.ts';
import {
  anything,
  assetId,
  clear,
  flag,
  free,
  inOrder,
  integer,
  listedFlat,
  milliseconds,
  text,
  uuid,
} from '../params.ts';

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

/** Says who wrote a segment: a guest of a share stands outside the company. */
export function withAuthor(body: unknown): unknown {
  const { user_first_name, user_last_name, share_id, share_user_email, ...rest } = (body ?? {}) as Record<
    string,
    unknown
  >;
  const guest = Boolean(share_id ?? share_user_email);
  const name = [user_first_name, user_last_name].filter(Boolean).join(' ');
  const author = guest ? `guest of a share: ${share_user_email ?? 'no address'}` : name;
  return body && { ...rest, share_id, share_user_email, ...(author && { author }) };
}

const segmentType = z
  .enum(['MARKER', 'QC', 'GENERIC', 'COMMENT', 'TAG', 'TRANSCRIPTION', 'SCENE', 'PERSON'])
  .describe('COMMENT: note to answer; MARKER: logged moment.');

const drawing = z.strictObject({
  primitives: z
    .array(
      z.strictObject({
        type: z.enum(['LINE', 'RECTANGLE', 'ARROW', 'ELLIPSE', 'PENCIL', 'TEXT']),
        color: z.string().optional(),
        opacity: z.number().optional(),
        width: z.number().optional(),
        text: z.string().optional(),
        points: z.array(z.strictObject({ x: z.int(), y: z.int() })).optional(),
      }),
    )
    .optional(),
});

const transcription = z.strictObject({
  words: z
    .array(
      z.strictObject({
        start_ms: milliseconds('Start.'),
        end_ms: milliseconds('End.'),
        value: z.string(),
        score: z.number().optional(),
      }),
    )
    .min(1),
  speaker: z.int().optional(),
});

const faceBox = z.strictObject({
  face_id: uuid('Face id.'),
  bounding_box: z.array(z.number()).optional(),
  timestamp_ms: z.int().optional(),
});

/** What all three ways of writing a segment take. */
const written = {
  segment_text: z.string().optional().describe('Its words, e.g. Sound drops here.'),
  time_start_milliseconds: milliseconds('Start, ms from the first frame. Without times: whole asset.').optional(),
  time_end_milliseconds: milliseconds('End, ms; a point: same as start.').optional(),
  segment_checked: z.boolean().optional().describe('Done (ticked).'),
  segment_color: z.string().optional().describe('Colour.'),
  segment_track: z.string().optional().describe('Track.'),
  version_id: uuid('Default: latest version.').optional(),
  transcription: listedFlat(transcription).optional().describe('{words: [{start_ms, end_ms, value, score}], speaker}.'),
  transcription_id: uuid('Transcript it belongs to.').optional(),
  drawing: listedFlat(drawing)
    .optional()
    .describe(
      '{primitives: [{type: LINE|RECTANGLE|ARROW|ELLIPSE|PENCIL|TEXT, color, opacity, width, text, points: [{x, y}]}]}.',
    ),
  person_id: uuid('Person.').optional(),
  face_bounding_boxes: z
    .array(listedFlat(faceBox))
    .optional()
    .describe('[{face_id, bounding_box: [numbers], timestamp_ms}].'),
  metadata_view_id: uuid('Its view.').optional(),
  metadata: anything.optional().describe('Own metadata.'),
  keyframe_id: uuid('Keyframe.').optional(),
  project_id: uuid('Project.').optional(),
  share_id: uuid('Share.').optional(),
  share_user_email: z.email().optional().describe('Share guest.'),
  external_id: z.string().optional().describe('Foreign id.'),
  status: z.enum(['ACTIVE', 'DELETED']).optional().describe('Default ACTIVE.'),
};

const changed = {
  asset_id: assetId,
  segment_id: uuid('Segment id.'),
  generate_subclip_keyframes: z.boolean().optional().describe('For subclips. Default true.'),
};

const cleared = clear(
  'segment_text',
  'time_start_milliseconds',
  'time_end_milliseconds',
  'segment_track',
  'transcription_id',
  'drawing',
  'person_id',
  'face_bounding_boxes',
  'metadata_view_id',
  'keyframe_id',
  'project_id',
  'share_id',
  'share_user_email',
  'external_id',
);

export const segments = toolset({
  name: 'segments',
  description: 'Time-based comments, markers, tags and transcript lines on an asset.',
  tools: {
    create_segment: operation({
      title: 'Create a segment',
      description:
        'Add one comment, marker, tag or transcript line to an asset, at a time range or for the whole asset; returns the segment with its id. With parent_id it is a reply.',
      effect: 'create',
      roles: ['can_create_segments'],
      route: 'POST /assets/v1/assets/{asset_id}/segments/',
      input: {
        asset_id: assetId,
        segment_type: segmentType,
        ...written,
        parent_id: uuid('Comment it answers.').optional(),
        top_level: z.boolean().optional().describe('Not a reply.'),
        path: z.string().optional().describe('Thread path.'),
        user_id: uuid('Author. Default you.').optional(),
      },
      output: segmentAnswer,
      check: inOrder,
      read: withAuthor,
    }),

    update_segment: operation({
      title: 'Replace a segment',
      description:
        'Write a whole segment anew and return it: give every field that is to stay, since fields left out may be lost. To change single fields use partial_update_segment.',
      effect: 'update',
      roles: ['can_write_segments'],
      route: 'PUT /assets/v1/assets/{asset_id}/segments/{segment_id}/{?generate_subclip_keyframes}',
      input: { ...changed, segment_type: segmentType, ...written, clear: cleared },
      output: segmentAnswer,
      check: inOrder,
      read: withAuthor,
    }),

    partial_update_segment: operation({
      title: 'Change a segment',
      description:
        'Change single fields of a segment, such as its text, its times or the tick of a comment (segment_checked); the other fields stay. Returns the whole segment.',
      effect: 'update',
      roles: ['can_write_segments'],
      route: 'PATCH /assets/v1/assets/{asset_id}/segments/{segment_id}/{?generate_subclip_keyframes}',
      input: { ...changed, segment_type: segmentType.optional(), ...written, clear: cleared },
      output: segmentAnswer,
      check: inOrder,
      read: withAuthor,
    }),
  },
});
