import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { archiveStatus, assetId, bareUuid, clear, dateTime, uuid } from '../params.ts';
import type { Context, Preview } from '../types.ts';
import { assetFields, assetType } from './asset_fields.ts';
import { assetAnswer, assets } from './assets.ts';
import { startedAnswer } from './jobs.ts';
import { linesOfObjects } from './object_lines.ts';
import { forgetDeleted, rememberDeleted } from './own_writes.ts';

const fields = {
  title: z.string().min(1).optional().describe('Title people see.'),
  type: assetType.optional().describe('Kind of asset.'),
  ...assetFields,
  archive_status: archiveStatus.optional().describe('A label only: it archives nothing.'),
  last_archive_restore_date: dateTime('Last restore from the archive.').optional(),
};

/** What moving one asset to the recycle bin takes away. */
async function deletionOf({ asset_id }: { readonly asset_id: string }, { use }: Context): Promise<Preview> {
  const {
    title,
    status,
    versions = [],
    in_collections = [],
  } = await use(assets.tools.get_asset, {
    asset_id,
    include_collections: true,
  });
  const name = title ? inQuotes(title) : asset_id;
  const held = [
    plural(versions.length, 'version'),
    in_collections.length > 0 && `in ${plural(in_collections.length, 'collection')}`,
  ];
  return {
    summary:
      status === 'DELETED'
        ? `${name} is in the recycle bin already.`
        : `Moves ${name} to the recycle bin, with all its versions, files and comments. restore_asset brings it back.`,
    affected: [{ id: asset_id, ...(title && { title }), holds: held.filter(Boolean).join(', ') }],
  };
}

/** Most objects in a bulk change: Iconik's maximum for deletions; for edits it names none. */
const MAX_OBJECTS = 500;

export const assetChanges = toolset({
  name: 'asset_changes',
  description: 'Changes and the recycle bin of assets.',
  tools: {
    partial_update_asset: operation({
      title: 'Change an asset',
      description:
        'Change single fields of an asset, such as its title, category, external id or warning; the other fields keep their values. Returns the asset. For metadata use update_asset_metadata.',
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_assets'],
      route: 'PATCH /assets/v1/assets/{asset_id}/{?generate_subclip_keyframes}',
      input: {
        asset_id: assetId,
        ...fields,
        status: z.enum(['ACTIVE', 'DELETED']).optional().describe('DELETED: recycle bin.'),
        date_created: dateTime('Date in another system.').optional(),
        generate_subclip_keyframes: z.boolean().optional().describe('SUBCLIP: create keyframes. Default true.'),
        clear: clear(
          'category',
          'custom_keyframe',
          'custom_poster',
          'external_id',
          'external_link',
          'person_ids',
          'site_name',
          'warning',
        ),
      },
      output: assetAnswer,
      deletion: deletionOf,
      remember: (_, { asset_id, status }, context) => {
        if (status === 'DELETED') rememberDeleted(context, [asset_id]);
        if (status === 'ACTIVE') forgetDeleted(context, asset_id);
      },
    }),

    update_assets_bulk: operation({
      title: 'Change several assets',
      description:
        'Change fields of up to 500 assets with one job, e.g. their titles or categories; fields left out keep their values. For one asset use partial_update_asset, for metadata set_metadata.',
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_assets'],
      route: 'PUT /assets/v1/assets/',
      input: {
        objects: z
          .array(z.strictObject({ id: bareUuid, ...fields, created_by_user: uuid('Author.').optional() }))
          .min(1)
          .max(MAX_OBJECTS)
          .describe('The assets: id and what changes.'),
      },
      output: startedAnswer,
    }),

    delete_asset: operation({
      title: 'Delete an asset',
      description:
        'Move one asset to the recycle bin, with all its versions; restore_asset brings it back until the bin is emptied. The first call only shows what will go. For several use delete_objects_bulk.',
      effect: 'delete',
      listed: 'chosen',
      roles: ['can_delete_assets'],
      route: 'DELETE /assets/v1/assets/{asset_id}/',
      input: { asset_id: assetId },
      output: {},
      preview: async (args, context) => ({ preview: await deletionOf(args, context), plan: undefined }),
      remember: (_, { asset_id }, context) => rememberDeleted(context, [asset_id]),
    }),

    restore_asset: operation({
      title: 'Restore an asset from the bin',
      description:
        'Bring one asset back from the recycle bin. For what is in the bin use list_deleted_assets; to bring media back from the archive use restore_format.',
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_assets'],
      route: 'PUT /assets/v1/assets/{asset_id}/restore/',
      input: { asset_id: assetId },
      output: {},
      preview: async ({ asset_id }, { use }) => {
        const { title = asset_id } = await use(assets.tools.get_asset, { asset_id });
        const preview = {
          summary: `Brings ${inQuotes(title)} back from the recycle bin.`,
          affected: [{ id: asset_id, title }],
        };
        return { preview, plan: undefined, returns: { of: 'assets', ids: [asset_id] }, skipConfirm: true };
      },
      remember: (_, { asset_id }, context) => forgetDeleted(context, asset_id),
    }),

    delete_objects_bulk: operation({
      title: 'Delete several assets or collections',
      description:
        'Move up to 500 assets, or all that collections hold or saved searches find, to the recycle bin with one job. The first call only shows what will go.',
      effect: 'delete',
      listed: 'chosen',
      roles: ['can_delete_assets'],
      route: 'POST /assets/v1/delete_queue/bulk/',
      input: {
        object_type: z.enum(['assets', 'collections', 'saved_searches']).describe('Kind of object.'),
        object_ids: z.array(bareUuid).min(1).max(MAX_OBJECTS).describe('Which ones.'),
        content_only: z
          .boolean()
          .optional()
          .describe('false: the collections or saved searches themselves go too. Default true: only what they hold.'),
      },
      output: startedAnswer,
      preview: async ({ object_type, object_ids, content_only = true }, context) => ({
        preview: {
          summary: bulkDeletion(object_type, object_ids.length, content_only),
          affected: await linesOfObjects(object_type, object_ids, context),
        },
        plan: undefined,
        goes: object_type === 'collections' ? object_ids : [],
      }),
      remember: (_, { object_type, object_ids, content_only = true }, context) => {
        if (object_type === 'assets') rememberDeleted(context, object_ids);
        if (object_type === 'collections')
          rememberDeleted(context, object_ids, { contents: true, object: !content_only });
      },
    }),
  },
});

const NOUNS = {
  collections: ['collection', 'collections'],
  saved_searches: ['saved search', 'saved searches'],
} as const;

function bulkDeletion(type: 'assets' | keyof typeof NOUNS, count: number, contentOnly: boolean): string {
  if (type === 'assets') return `Moves ${plural(count, 'asset')} to the recycle bin.`;
  const [one, many] = NOUNS[type];
  const holders = count === 1 ? `one ${one}` : `${count} ${many}`;
  const themselves = `${contentOnly ? 'not' : 'and'} the ${count === 1 ? one : many} ${count === 1 ? 'itself' : 'themselves'}`;
  return `Moves everything in ${holders}, at any depth, to the recycle bin, ${themselves}.`;
}
