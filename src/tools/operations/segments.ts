import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { assetId, clear, inOrder, milliseconds, page, paged, perPage, uuid, uuids } from '../params.ts';
import { noneOfAsset } from './files.ts';
import { startedAnswer } from './jobs.ts';
import { segmentAnswer, segmentType, withAuthor, written } from './segment_fields.ts';

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

/** What a new segment takes beside that. */
const placed = {
  parent_id: uuid('Comment it answers.').optional(),
  top_level: z.boolean().optional().describe('Not a reply.'),
  path: z.string().optional().describe('Thread path.'),
  user_id: uuid('Author. Default you.').optional(),
};

const MOST = 500;

export const segments = toolset({
  name: 'segments',
  description: 'Time-based comments, markers, tags and transcript lines on an asset.',
  tools: {
    create_segment: operation({
      title: 'Create a segment',
      description:
        'Add one comment, marker, tag or transcript line to an asset, at a time range or for the whole asset; returns the segment with its id. With parent_id it is a reply.',
      prefer: ['annotate_asset', 'By timecode, or many'],
      effect: 'create',
      roles: ['can_create_segments'],
      route: 'POST /assets/v1/assets/{asset_id}/segments/',
      input: {
        asset_id: assetId,
        segment_type: segmentType,
        ...written,
        ...placed,
      },
      output: segmentAnswer,
      validate: inOrder,
      shape: withAuthor,
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
      validate: inOrder,
      shape: withAuthor,
    }),

    partial_update_segment: operation({
      title: 'Change a segment',
      description:
        'Change single fields of a segment, such as its text, its times or the tick of a comment (segment_checked); the other fields stay. Returns the whole segment.',
      prefer: ['annotate_asset', 'To tick off comments by number'],
      effect: 'update',
      roles: ['can_write_segments'],
      route: 'PATCH /assets/v1/assets/{asset_id}/segments/{segment_id}/{?generate_subclip_keyframes}',
      input: { ...changed, segment_type: segmentType.optional(), ...written, clear: cleared },
      output: segmentAnswer,
      validate: inOrder,
      shape: withAuthor,
    }),

    list_segments: operation({
      title: 'List segments',
      description: 'The segments of an asset, of its latest version unless another or all are asked for.',
      effect: 'read',
      listed: false,
      roles: ['can_read_segments'],
      route: 'GET /assets/v1/assets/{asset_id}/segments/',
      input: {
        asset_id: assetId,
        ids: uuids('Only these.').optional(),
        segment_type: z.string().optional().describe('One of the types.'),
        version_id: uuid('Version.').optional(),
        include_all_versions: z.boolean().optional().describe('Old versions too.'),
        include_users: z.boolean().optional().describe('Authors by name.'),
        transcription_id: uuid('Transcript.').optional(),
        query: z.string().optional().describe('Words.'),
        time_start_milliseconds: milliseconds('Start, exactly.').optional(),
        time_end_milliseconds: milliseconds('End, exactly.').optional(),
        time_start_milliseconds__gte: milliseconds('Earliest start.').optional(),
        time_end_milliseconds__lte: milliseconds('Latest end.').optional(),
        segment_color: z.string().optional().describe('Colour.'),
        status: z.string().optional().describe('ACTIVE or DELETED.'),
        person_id: uuid('Person.').optional(),
        share_id: uuid('Share.').optional(),
        project_id: uuid('Project.').optional(),
        includes: z.array(z.string()).optional().describe('Only these fields.'),
        sort: z.string().optional().describe('e.g. time_start_milliseconds,asc.'),
        page,
        per_page: perPage(10, 1000),
      },
      output: paged(z.looseObject(segmentAnswer)),
      onNotFound: noneOfAsset,
      shape: eachWithAuthor,
    }),

    /** Iconik works on it in the background and names a job; it tells no ids of what it makes. */
    create_segments_bulk: operation({
      title: 'Create many segments',
      description: 'Add up to 500 segments to an asset.',
      effect: 'create',
      listed: false,
      roles: ['can_create_segments'],
      route: 'POST /assets/v1/assets/{asset_id}/segments/bulk/',
      input: {
        asset_id: assetId,
        objects: z
          .array(z.strictObject({ segment_type: segmentType, ...written, ...placed }))
          .min(1)
          .max(MOST),
      },
      output: startedAnswer,
    }),

    update_segments_bulk: operation({
      title: 'Change many segments',
      description: 'Edit up to 500 segments of an asset.',
      effect: 'update',
      listed: false,
      roles: ['can_write_segments'],
      route: 'PUT /assets/v1/assets/{asset_id}/segments/bulk/{?generate_subclip_keyframes}',
      input: {
        asset_id: assetId,
        generate_subclip_keyframes: changed.generate_subclip_keyframes,
        objects: z
          .array(z.strictObject({ id: changed.segment_id, segment_type: segmentType, ...written }))
          .min(1)
          .max(MOST),
      },
      output: startedAnswer,
    }),
  },
});

function eachWithAuthor(body: unknown): unknown {
  const { objects, ...rest } = (body ?? {}) as { readonly objects?: unknown };
  return Array.isArray(objects) ? { ...rest, objects: objects.map(withAuthor) } : body;
}
