import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { assetId, bareUuid, text, uuid } from '../params.ts';
import type { Context, Preview } from '../types.ts';
import { deletionOf } from './one_segment.ts';
import { rememberWrite, segmentsOn } from './own_writes.ts';
import { MAX_SEGMENTS, segments } from './segments.ts';

/** Segments that a preview names; the rest is counted. */
const MAX_LINES = 50;

/** What deleting several segments takes away: the first of them, and how many the asset has. */
async function deletionOfAll(asset_id: string, ids: readonly string[], { use }: Context): Promise<Preview> {
  const shown = ids.slice(0, MAX_LINES);
  const { objects } = await use(segments.tools.list_segments, { asset_id, ids: shown, per_page: MAX_LINES });
  const found = new Map(objects.map((one) => [one.id, one]));
  const rows = shown.map((id) => {
    const { segment_type, segment_text, author } = found.get(id) ?? {};
    return {
      id,
      ...(segment_type && { segment_type: segment_type.toLowerCase() }),
      ...(segment_text && { text: inQuotes(segment_text) }),
      ...(author && { author }),
      ...(!found.has(id) && { note: 'not in the list of the asset' }),
    };
  });
  const more = ids.length - shown.length;
  return {
    summary: `Removes ${plural(ids.length, 'segment')} of asset ${asset_id} for good, with the replies to them.`,
    affected: more > 0 ? [...rows, `and ${more} more`] : rows,
  };
}

/** Lists come from the search index, which goes on to show what is gone. */
function rememberDeletion(context: Context, asset_id: string, ids: readonly string[]): void {
  for (const id of ids) rememberWrite(context, segmentsOn(asset_id), id, { id, status: 'DELETED' });
}

export const segmentDeletions = toolset({
  name: 'segment_deletions',
  description: 'Deleting segments.',
  tools: {
    delete_segment: operation({
      title: 'Delete a segment',
      description:
        'Delete one comment, marker or other segment of an asset, with the replies to it: for good, unless soft_delete only marks it. The first call only shows what will go. To tick off a comment use annotate_asset.',
      effect: 'delete',
      listed: 'chosen',
      roles: ['can_delete_segments'],
      route: 'DELETE /assets/v1/assets/{asset_id}/segments/{segment_id}/',
      input: {
        asset_id: assetId,
        segment_id: uuid('Segment id.'),
        soft_delete: z.boolean().optional().describe('true: mark it as deleted. Default false: for good.'),
      },
      output: { asset_id: text, segment_id: text },
      preview: async ({ soft_delete = false, ...path }, context) => ({
        preview: await deletionOf({ ...path, for_good: !soft_delete }, context),
        plan: undefined,
      }),
      shape: (_, { asset_id, segment_id }) => ({ asset_id, segment_id }),
      remember: (_, { asset_id, segment_id }, context) => rememberDeletion(context, asset_id, [segment_id]),
    }),

    delete_segments_bulk: operation({
      title: 'Delete several segments',
      description:
        'Delete up to 500 segments of one asset for good, by their ids, e.g. the markers of a wrong import. The first call only shows which. For one use delete_segment.',
      effect: 'delete',
      listed: 'chosen',
      roles: ['can_delete_segments'],
      route: 'DELETE /assets/v1/assets/{asset_id}/segments/bulk/{?ignore_reindexing,immediately}',
      input: {
        asset_id: assetId,
        segment_ids: z.array(bareUuid).min(1).max(MAX_SEGMENTS).describe('Ids of the segments.'),
        immediately: z.boolean().optional().describe('Wait until they are gone. Default true.'),
        ignore_reindexing: z.boolean().optional().describe('Leave the search index as it is. Default true.'),
      },
      output: { asset_id: text },
      preview: async ({ asset_id, segment_ids }, context) => ({
        preview: await deletionOfAll(asset_id, segment_ids, context),
        plan: undefined,
      }),
      shape: (_, { asset_id }) => ({ asset_id }),
      remember: (_, { asset_id, segment_ids }, context) => rememberDeletion(context, asset_id, segment_ids),
    }),
  },
});
