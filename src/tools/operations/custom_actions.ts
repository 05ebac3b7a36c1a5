import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { flag, listOf, text, uuid, uuids } from '../params.ts';
import { linesOfObjects } from './object_lines.ts';

/** Without its address and headers: both may hold keys. */
const actionAnswer = {
  id: text,
  title: text,
  context: text,
  type: text,
  status: text,
  disabled: flag,
  metadata_view: text,
  last_error: text,
  last_error_date: text,
};

const actionPath = {
  context: z
    .enum([
      'ASSET',
      'ASSET_SUBCLIP',
      'BULK',
      'COLLECTION',
      'NONE',
      'SAVED_SEARCH',
      'PLAYLIST',
      'SHARED_ASSET',
      'SHARED_COLLECTION',
      'SHARED_PLAYLIST',
    ])
    .describe('Context of the action, as list_custom_actions has it.'),
  action_id: uuid('Action id.'),
};

const get_custom_action = operation({
  title: 'Get a custom action',
  description: 'One custom action, with its address.',
  effect: 'read',
  listed: false,
  roles: ['can_read_custom_actions'],
  route: 'GET /assets/v1/custom_actions/{context}/{action_id}/',
  input: actionPath,
  output: { ...actionAnswer, url: text },
});

/** The host of an address: the rest may hold keys. */
const hostOf = (url: string | undefined): string =>
  url !== undefined && URL.canParse(url) ? new URL(url).host : 'its address';

export const customActions = toolset({
  name: 'custom_actions',
  description: 'Custom actions: what the library has wired up to other systems.',
  tools: {
    get_custom_action,

    list_custom_actions: operation({
      title: 'List custom actions',
      description:
        'List what people can start from the menus of Iconik in other systems: title, where it is offered (asset, collection, many), whether it is enabled or failing. Addresses and headers, which may hold keys, are left out.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_custom_actions'],
      route: 'GET /assets/v1/custom_actions/',
      input: {},
      output: { objects: listOf(z.looseObject(actionAnswer)) },
    }),

    run_custom_action: operation({
      title: 'Run a custom action',
      description:
        'Start a custom action: Iconik sends the ids of the objects, and who started it, to another system. What happens there is not known here. The first call only shows which action, where to and on what.',
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_read_custom_actions'],
      route: 'POST /assets/v1/custom_actions/{context}/{action_id}/callback/',
      input: {
        ...actionPath,
        asset_ids: uuids('Assets to run it on.').optional(),
        collection_ids: uuids('Collections to run it on.').optional(),
        saved_search_ids: uuids('Saved searches to run it on.').optional(),
        playlist_ids: uuids('Playlists to run it on.').optional(),
        from_collection_id: uuid('Collection in which it is started.').optional(),
        metadata_view_id: uuid('View of the action, if it asks for metadata.').optional(),
      },
      output: { redirect_url: text },
      preview: async ({ context: at, action_id, ...args }, context) => {
        const { title, url, disabled, status } = await context.use(get_custom_action, { context: at, action_id });
        const { asset_ids = [], collection_ids = [], saved_search_ids = [], playlist_ids = [] } = args;
        const counts = [
          asset_ids.length > 0 && plural(asset_ids.length, 'asset'),
          collection_ids.length > 0 && plural(collection_ids.length, 'collection'),
          saved_search_ids.length + playlist_ids.length > 0 &&
            plural(saved_search_ids.length + playlist_ids.length, 'list'),
        ].filter(Boolean);
        const states = [disabled && 'it is disabled', status === 'FAILING' && 'it failed when it last ran'].filter(
          Boolean,
        );
        const objects = await Promise.all([
          asset_ids.length > 0 ? linesOfObjects('assets', asset_ids, context) : [],
          collection_ids.length > 0 ? linesOfObjects('collections', collection_ids, context) : [],
        ]);
        const on = counts.length > 0 ? counts.join(' and ') : 'nothing in particular';
        const summary = `Runs ${title ? inQuotes(title) : action_id} on ${on}: their ids go to ${hostOf(url)}.`;
        const affected = [{ action: action_id, ...(title && { title }) }, ...objects.flat()];
        return { preview: { summary, affected, notes: states.map(String) }, plan: undefined };
      },
    }),
  },
});
