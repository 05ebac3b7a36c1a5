import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import {
  integer,
  listOf,
  milliseconds,
  page,
  paged,
  perPage,
  startsBeforeEnd,
  text,
  textId,
  uuid,
  uuids,
} from '../params.ts';

const playlist_id = uuid('Playlist id.');
const paging = {
  sort: z.string().optional().describe('e.g. date_created,desc.'),
  status: z.string().optional().describe('State.'),
  page,
  per_page: perPage(10, 100),
};

const playlist = z.looseObject({
  id: text,
  name: text,
  item_count: integer,
  project_id: text,
  created_by_user: text,
  date_created: text,
  date_modified: text,
});

const project = z.looseObject({
  id: text,
  name: text,
  status: text,
  collection_id: text,
  storage_id: text,
  created_by_user: text,
  date_created: text,
  date_modified: text,
});

/** An asset as a playlist has it. */
const listedItem = z.looseObject({
  id: text,
  title: text,
  object_type: text,
  status: text,
  position: integer,
  duration_milliseconds: integer,
  time_start_milliseconds: integer,
  time_end_milliseconds: integer,
});

export const playlists = toolset({
  name: 'playlists',
  description: 'Playlists and projects.',
  tools: {
    list_playlists: operation({
      title: 'List playlists',
      description:
        'List playlists: name, number of items, who made them and when. For what is in one use list_playlist_items.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_playlists'],
      route: 'GET /assets/v1/playlists/',
      input: { ids: uuids('Only these.').optional(), ...paging },
      output: paged(playlist),
    }),

    list_playlist_items: operation({
      title: 'List items of a playlist',
      description: 'List the assets of a playlist in their order, with the part that plays where it is not all.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_playlists'],
      route: 'GET /assets/v1/playlists/{playlist_id}/items/',
      input: { playlist_id, ids: uuids('Only these.').optional(), page, per_page: perPage(10, 100) },
      output: { objects: listOf(listedItem) },
    }),

    add_to_playlist: operation({
      title: 'Add to a playlist',
      description:
        'Add an asset, or a part of it by start and end, to the end of a playlist; returns the item. A second call adds it a second time.',
      effect: 'create',
      listed: 'chosen',
      roles: ['can_add_playlist_items'],
      route: 'POST /assets/v1/playlists/{playlist_id}/items/',
      input: {
        playlist_id,
        object_type: z.enum(['assets', 'sequences']).describe('Kind of object.'),
        object_id: uuid('What to add.'),
        version_id: textId('Version. Default the latest.').optional(),
        time_start_milliseconds: milliseconds('Start of the part, ms.').optional(),
        time_end_milliseconds: milliseconds('End of the part, ms.').optional(),
      },
      output: {
        id: text,
        object_type: text,
        object_id: text,
        version_id: text,
        time_start_milliseconds: integer,
        time_end_milliseconds: integer,
      },
      validate: startsBeforeEnd,
    }),

    list_projects: operation({
      title: 'List projects',
      description: 'List projects: name, the collection that holds their media, who made them and when.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_projects'],
      route: 'GET /assets/v1/projects/',
      input: paging,
      output: paged(project),
    }),
  },
});
