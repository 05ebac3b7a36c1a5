import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { assetId, clear, milliseconds, page, paged, perPage, startsBeforeEnd, uuid, uuids } from '../params.ts';
import { startedAnswer } from './jobs.ts';
import { noneOfAsset } from './not_found.ts';
import { deletionOf, exposureBy, get_segment, segmentId } from './one_segment.ts';
import { rememberSegment } from './own_writes.ts';
import { newFields, replacedFields, segmentAnswer, segmentType, withAuthor, writableFields } from './segment_fields.ts';

/** Arguments of both ways to change a segment. */
const segmentPath = {
  asset_id: assetId,
  segment_id: segmentId,
  generate_subclip_keyframes: z.boolean().optional().describe('Default true.'),
};

const clearableFields = clear(
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
  'is_internal',
);

/** The list of those that can be cleared is longer than that of the others. */
const asTexts = { listed: z.array(z.string()) };
const clearableByText = clearableFields
  .describe(
    'Fields to set to null, but not segment_type, segment_checked, segment_color, version_id, transcription, metadata or status.',
  )
  .meta(asTexts);

/** Further fields of a new segment. */
const creationFields = {
  parent_id: uuid('Comment to reply to.').optional(),
  top_level: z.boolean().optional().describe('Whether it is not a reply.'),
  path: z.string().optional().describe('Path of its thread.'),
  user_id: uuid('Author. Default you.').optional(),
};

/** Segments per bulk request: Iconik's maximum. */
export const MAX_SEGMENTS = 500;

export const segments = toolset({
  name: 'segments',
  description: 'Time-based comments, markers, tags and transcript lines on an asset.',
  tools: {
    create_segment: operation({
      title: 'Create a segment',
      description:
        'Add one comment, marker, tag or transcript line to an asset, for a time range or the whole asset; returns the segment with its id. With parent_id it is a reply. A repeat adds a second one.',
      prefer: ['annotate_asset', 'For timecodes or several items'],
      effect: 'create',
      roles: ['can_create_segments'],
      route: 'POST /assets/v1/assets/{asset_id}/segments/',
      input: {
        asset_id: assetId,
        segment_type: segmentType,
        ...newFields,
        ...creationFields,
      },
      output: segmentAnswer,
      validate: startsBeforeEnd,
      shape: withAuthor,
      remember: rememberSegment,
    }),

    update_segment: operation({
      title: 'Replace a segment',
      description:
        'Replace all fields of a segment and return it; fields left out may be lost, so give every field. To change single fields use partial_update_segment.',
      effect: 'update',
      roles: ['can_write_segments'],
      route: 'PUT /assets/v1/assets/{asset_id}/segments/{segment_id}/{?generate_subclip_keyframes}',
      input: {
        ...segmentPath,
        segment_type: segmentType,
        ...replacedFields,
        clear: clearableFields.meta(asTexts),
      },
      output: segmentAnswer,
      deletion: deletionOf,
      exposure: exposureBy({ replaces: true }),
      validate: startsBeforeEnd,
      shape: withAuthor,
      remember: rememberSegment,
    }),

    partial_update_segment: operation({
      title: 'Change a segment',
      description:
        'Change single fields of a segment, such as text, times or whether a comment is ticked off (segment_checked); the other fields keep their values. Returns the segment.',
      prefer: ['annotate_asset', 'To tick off comments by number'],
      effect: 'update',
      roles: ['can_write_segments'],
      route: 'PATCH /assets/v1/assets/{asset_id}/segments/{segment_id}/{?generate_subclip_keyframes}',
      input: { ...segmentPath, segment_type: segmentType.optional(), ...writableFields, clear: clearableByText },
      output: segmentAnswer,
      deletion: deletionOf,
      exposure: exposureBy({ replaces: false }),
      validate: startsBeforeEnd,
      shape: withAuthor,
      remember: rememberSegment,
    }),

    get_segment,

    list_segments: operation({
      title: 'List segments',
      description: 'The segments of an asset; by default those of its latest version.',
      effect: 'read',
      listed: false,
      roles: ['can_read_segments'],
      route: 'GET /assets/v1/assets/{asset_id}/segments/',
      input: {
        asset_id: assetId,
        ids: uuids('Only these.').optional(),
        segment_type: z.string().optional().describe('Segment type.'),
        version_id: uuid('Version id.').optional(),
        include_all_versions: z.boolean().optional().describe('Include older versions.'),
        include_users: z.boolean().optional().describe('Add the names of authors.'),
        transcription_id: uuid('Transcript.').optional(),
        query: z.string().optional().describe('Text to search for.'),
        time_start_milliseconds: milliseconds('Exact start.').optional(),
        time_end_milliseconds: milliseconds('Exact end.').optional(),
        time_start_milliseconds__gte: milliseconds('Earliest start.').optional(),
        time_end_milliseconds__lte: milliseconds('Latest end.').optional(),
        segment_color: z.string().optional().describe('Color.'),
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
      shape: withAuthors,
    }),

    /** Iconik creates them in the background and returns a job, but not the ids of the new segments. */
    create_segments_bulk: operation({
      title: 'Create several segments',
      description: 'Add up to 500 segments to an asset.',
      effect: 'create',
      listed: false,
      roles: ['can_create_segments'],
      route: 'POST /assets/v1/assets/{asset_id}/segments/bulk/',
      input: {
        asset_id: assetId,
        objects: z
          .array(z.strictObject({ segment_type: segmentType, ...newFields, ...creationFields }))
          .min(1)
          .max(MAX_SEGMENTS),
      },
      output: startedAnswer,
    }),

    update_segments_bulk: operation({
      title: 'Change several segments',
      description: 'Change up to 500 segments of an asset.',
      effect: 'update',
      listed: false,
      roles: ['can_write_segments'],
      route: 'PUT /assets/v1/assets/{asset_id}/segments/bulk/{?generate_subclip_keyframes}',
      input: {
        asset_id: assetId,
        generate_subclip_keyframes: segmentPath.generate_subclip_keyframes,
        objects: z
          .array(z.strictObject({ id: segmentPath.segment_id, segment_type: segmentType, ...newFields }))
          .min(1)
          .max(MAX_SEGMENTS),
      },
      output: startedAnswer,
    }),
  },
});

function withAuthors(body: unknown): unknown {
  const { objects, ...rest } = (body ?? {}) as { readonly objects?: unknown };
  return Array.isArray(objects) ? { ...rest, objects: objects.map(withAuthor) } : body;
}
