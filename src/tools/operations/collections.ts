import * as z from 'zod';
import { operation, task, toolset } from '../define.ts';
import { flag, free, integer, listOf, page, paged, perPage, strings, text, uuid, uuids } from '../params.ts';
import { documentAnswer } from './documents.ts';
import { startedAnswer } from './jobs.ts';
import { collectionsIn, contentsOf, rememberWrite } from './own_writes.ts';

const collection_id = uuid('Collection id.');
const content = {
  collection_id,
  object_type: z.enum(['assets', 'collections']).describe('Kind of object.'),
  object_id: uuid('Object.'),
};
const sort = z.string().optional().describe('e.g. title,asc;date_created,desc.');

/** `custom_order_status` is DISABLED, ENABLING or ENABLED (the contents have a custom order). */
export const collectionAnswer = {
  id: text,
  title: text,
  status: text,
  category: text,
  external_id: text,
  object_type: text,
  is_root: flag,
  parent_id: text,
  parents: strings,
  in_collections: strings,
  custom_order_status: text,
  position: integer,
  storage_id: text,
  keyframe_asset_ids: strings,
  permissions: strings,
  metadata: free,
  created_by_user: text,
  date_created: text,
  date_modified: text,
  date_deleted: text,
};

const collection = z.looseObject(collectionAnswer);

const get_collection = operation({
  title: 'Get a collection',
  description: 'One collection.',
  effect: 'read',
  listed: false,
  roles: ['can_read_collections'],
  route: 'GET /assets/v1/collections/{collection_id}/',
  input: { collection_id },
  output: collectionAnswer,
});

const list_collection_ancestors = operation({
  title: 'List ancestors of a collection',
  description: 'The collections above a collection, in no guaranteed order.',
  effect: 'read',
  listed: false,
  roles: ['can_read_collections'],
  route: 'GET /assets/v1/collections/{collection_id}/ancestors/',
  input: { collection_id },
  output: paged(collection),
});

export const collections = toolset({
  name: 'collections',
  description: 'Collections: the folders of the library.',
  tools: {
    get_collection,
    list_collection_ancestors,

    /** Not `…/full/path/`: that returns one string without ids, ambiguous for titles that contain a slash. */
    get_collection_path: task({
      title: 'Get the path of a collection',
      description: 'A collection and the collections above it, the root first.',
      effect: 'read',
      listed: false,
      roles: ['can_read_collections'],
      input: { collection_id },
      output: { objects: listOf(z.looseObject({ id: text, title: text })) },
      run: async (args, { use }) => {
        const [own, { objects }] = await Promise.all([use(get_collection, args), use(list_collection_ancestors, args)]);
        const path: { id?: string | undefined; title?: string | undefined; parent_id?: string | undefined }[] = [own];
        for (;;) {
          const above = objects.find(({ id }) => id !== undefined && id === path[0]?.parent_id);
          if (!above || path.includes(above)) break;
          path.unshift(above);
        }
        return { objects: path.map(({ id, title }) => ({ id, title })) };
      },
    }),

    list_collections: operation({
      title: 'List collections',
      description: 'All collections, or only the top-level ones.',
      effect: 'read',
      listed: false,
      roles: ['can_read_collections'],
      route: 'GET /assets/v1/collections/',
      input: {
        is_root: z.string().optional().describe('true: only top-level collections.'),
        status: z.string().optional().describe('e.g. ACTIVE.'),
        sort,
        page,
        per_page: perPage(10, 1000),
      },
      output: paged(collection),
    }),

    list_collection_contents: operation({
      title: 'List contents of a collection',
      description: 'The direct contents of a collection, with their positions if it has a custom order.',
      effect: 'read',
      listed: false,
      roles: ['can_read_collections'],
      route: 'GET /assets/v1/collections/{collection_id}/contents/',
      input: {
        collection_id,
        object_types: z.array(z.string()).optional().describe('assets, collections.'),
        object_ids: uuids('Only these.').optional(),
        external_id: z.string().optional().describe('Id in another system.'),
        filter: z.string().optional().describe('e.g. status,eq,ACTIVE;media_type,eq,video.'),
        sort,
        page,
        per_page: perPage(10, 1000),
      },
      output: paged(z.looseObject(documentAnswer)),
    }),

    get_collection_content_info: operation({
      title: 'Count contents of a collection',
      description: 'Number of assets and collections, bytes and milliseconds, in total and by storage.',
      effect: 'read',
      listed: false,
      roles: ['can_read_collections'],
      route: 'GET /assets/v1/collections/{collection_id}/content/info/',
      input: {
        collection_id,
        include_subcollections: z.boolean().optional().describe('Default true.'),
        only_active: z.boolean().optional().describe('Default true.'),
        by_storage_id: z.boolean().optional().describe('Default true.'),
        format_name: z.string().optional().describe('Default ORIGINAL.'),
      },
      output: {
        title: text,
        assets_count: integer,
        collections_count: integer,
        total_size: integer,
        total_duration_milliseconds: integer,
        storage_info: z
          .array(
            z.looseObject({
              storage_id: text,
              assets_count: integer,
              file_count: integer,
              total_size: integer,
              total_duration_milliseconds: integer,
            }),
          )
          .optional(),
      },
    }),

    create_collection: operation({
      title: 'Create a collection',
      description: 'Add a collection, at the top level or in another one.',
      effect: 'create',
      listed: false,
      roles: ['can_create_collections'],
      route: 'POST /assets/v1/collections/{?apply_default_acls,apply_collection_acls}',
      input: {
        title: z.string().min(1).describe('Title.'),
        parent_id: uuid('Collection to put it in.').optional(),
        external_id: z.string().optional().describe('Id in another system.'),
        apply_default_acls: z.boolean().optional().describe("Apply the user's default access rights. Default true."),
        apply_collection_acls: z.boolean().optional().describe("Apply the parent's access rights. Default false."),
      },
      output: collectionAnswer,
      remember: (answer, { title, parent_id }, context) => {
        const { id } = (answer ?? {}) as { readonly id?: unknown };
        if (typeof id === 'string') rememberWrite(context, collectionsIn(parent_id), id, { id, title });
      },
    }),

    add_to_collection: operation({
      title: 'Add to a collection',
      description: 'Add one asset or collection to a collection; it stays in its other collections.',
      effect: 'create',
      listed: false,
      roles: ['can_write_collections'],
      route: 'POST /assets/v1/collections/{collection_id}/contents/',
      input: content,
      output: { collection_id: text, object_type: text, object_id: text, date_created: text },
      remember: (_, { collection_id, object_id: id }, context) =>
        rememberWrite(context, contentsOf(collection_id), id, { id }),
    }),

    /** Iconik answers 202 and sets `custom_order_status` to ENABLED when it has sorted the contents. */
    enable_collection_order: operation({
      title: 'Enable the custom order',
      description: 'Enable the custom order of a collection.',
      effect: 'update',
      listed: false,
      roles: ['can_write_collections'],
      route: 'POST /assets/v1/collections/{collection_id}/contents/ordering/custom/',
      input: {
        collection_id,
        custom_order_sort: z.string().optional().describe('Initial order, e.g. date_created,asc.'),
      },
      output: startedAnswer,
    }),

    move_in_collection: operation({
      title: 'Move within a collection',
      description: 'Change the position of one object in the custom order of a collection.',
      effect: 'update',
      listed: false,
      roles: ['can_write_collections'],
      route: 'PUT /assets/v1/collections/{collection_id}/contents/{object_type}/{object_id}/',
      input: {
        ...content,
        position: z.int().min(-1).optional().describe('-1 for the end.'),
        after_object_id: uuid('Object to follow.').optional(),
        before_object_id: uuid('Object to precede.').optional(),
      },
      output: { position: integer },
    }),
  },
});
