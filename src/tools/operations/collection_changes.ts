import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { clear, dateTime, integer, text, uuid, uuids } from '../params.ts';
import type { Context, Planned } from '../types.ts';
import { collectionAnswer, collections } from './collections.ts';
import { startedAnswer } from './jobs.ts';
import { contentsOf, forgetWrite, rememberDeleted } from './own_writes.ts';

const collection_id = uuid('Collection id.');

/** What moving a collection to the recycle bin takes away. */
async function deletionOf(
  { collection_id: id }: { readonly collection_id: string },
  { use }: Context,
): Promise<Planned> {
  const { get_collection, get_collection_content_info } = collections.tools;
  const [{ title, status }, { assets_count, collections_count }] = await Promise.all([
    use(get_collection, { collection_id: id }),
    use(get_collection_content_info, { collection_id: id, by_storage_id: false }),
  ]);
  const name = title ? inQuotes(title) : id;
  const holds = `${plural(assets_count ?? 0, 'asset')} and ${plural(collections_count ?? 0, 'collection')}`;
  const isGone = status === 'DELETED';
  const summary = isGone
    ? `The collection ${name} is in the recycle bin already.`
    : `Moves the collection ${name} to the recycle bin. It holds ${holds}, at any depth.`;
  const affected = [{ id, ...(title && { title }), holds }];
  return { preview: { summary, affected }, plan: undefined, goes: isGone ? [] : [id] };
}

export const collectionChanges = toolset({
  name: 'collection_changes',
  description: 'Changes, contents and size of collections.',
  tools: {
    get_collection_size: operation({
      title: 'Get the size of a collection',
      description:
        'Add up the bytes of the files of all assets in a collection, e.g. before it is archived. include_subcollections: true counts the collections inside as well.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_collections'],
      route: 'GET /assets/v1/collections/{collection_id}/size/',
      input: {
        collection_id,
        include_subcollections: z.boolean().optional().describe('Default false.'),
        format_name: z.string().optional().describe('Only files of this format, e.g. ORIGINAL.'),
      },
      output: { id: text, title: text, size: integer },
    }),

    partial_update_collection: operation({
      title: 'Change a collection',
      description:
        'Change single fields of a collection: rename it, move it into another one with parent_id, give it a category. The other fields keep their values. Returns the collection.',
      prefer: ['move_in_collections', 'By names, with a plan'],
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_collections'],
      route: 'PATCH /assets/v1/collections/{collection_id}/{?change_parent_mode}',
      input: {
        collection_id,
        title: z.string().min(1).optional().describe('Title.'),
        parent_id: uuid('Collection to put it in.').optional(),
        change_parent_mode: z.string().optional().describe('What a new parent_id does. Default move.'),
        is_root: z.boolean().optional().describe('It is at the top level.'),
        category: z.string().optional().describe('Category, free text.'),
        external_id: z.string().optional().describe('Id in another system.'),
        status: z.enum(['ACTIVE', 'HIDDEN', 'DELETED']).optional().describe('DELETED: recycle bin.'),
        storage_id: uuid('Storage that it mirrors.').optional(),
        custom_keyframe: uuid('Keyframe shown for it.').optional(),
        custom_poster: uuid('Poster shown for it.').optional(),
        keyframe_asset_ids: uuids('Assets whose pictures are shown for it.').optional(),
        date_created: dateTime('Date in another system.').optional(),
        clear: clear('category', 'custom_keyframe', 'custom_poster', 'external_id', 'parent_id', 'storage_id'),
      },
      output: collectionAnswer,
      deletion: deletionOf,
      placing: ({ collection_id, parent_id, keyframe_asset_ids, custom_keyframe, custom_poster }) => ({
        summary: `Changes ${parent_id ? 'the place' : 'the cover'} of the collection ${collection_id}.`,
        into: [parent_id, (keyframe_asset_ids ?? custom_keyframe ?? custom_poster) && collection_id],
        brings: [parent_id && collection_id, ...(keyframe_asset_ids ?? [])],
      }),
    }),

    remove_from_collection: operation({
      title: 'Take out of a collection',
      description:
        'Take one asset or collection out of a collection; nothing is deleted, and it stays in its other collections. To put things into a collection use collect_assets.',
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_collections'],
      route: 'DELETE /assets/v1/collections/{collection_id}/contents/{object_type}/{object_id}/',
      input: {
        collection_id,
        object_type: z.enum(['assets', 'collections']).describe('Kind of object.'),
        object_id: uuid('Object to take out.'),
      },
      output: {},
      remember: (_, { collection_id: from, object_id }, context) => forgetWrite(context, contentsOf(from), object_id),
    }),

    delete_collection: operation({
      title: 'Delete a collection',
      description:
        'Move a collection to the recycle bin, with a job. The first call only shows what it holds. To empty a collection use delete_objects_bulk, to take one thing out remove_from_collection.',
      effect: 'delete',
      listed: 'chosen',
      roles: ['can_delete_collections'],
      route: 'DELETE /assets/v1/collections/{collection_id}/',
      input: { collection_id },
      output: startedAnswer,
      preview: deletionOf,
      remember: (_, { collection_id }, context) => rememberDeleted(context, [collection_id]),
    }),
  },
});
