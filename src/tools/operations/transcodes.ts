import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { assetId, integer, lastId, listOf, page, paged, perPage, text, uuid } from '../params.ts';

const queuedAnswer = {
  id: text,
  job_id: text,
  type: text,
  status: text,
  priority: integer,
  retry_count: integer,
  user_id: text,
  date_created: text,
  date_updated: text,
};

const recordAnswer = {
  ...queuedAnswer,
  object_type: text,
  object_id: text,
  version_id: text,
  storage_id: text,
  queue: text,
};

export const transcodes = toolset({
  name: 'transcodes',
  description: 'The transcode queue and the transcoders.',
  tools: {
    list_transcode_queue: operation({
      title: 'List the transcode queue',
      description: 'All transcodes that are waiting or running.',
      effect: 'read',
      listed: false,
      roles: ['can_read_transcode_jobs'],
      route: 'GET /transcode/v1/transcode/queue/',
      input: {
        sort: z.string().optional().describe('e.g. priority,status.'),
        page,
        per_page: z.int().min(1).max(1000).optional().describe('Objects per page.'),
      },
      output: paged(z.looseObject(queuedAnswer)),
    }),

    list_asset_transcodes: operation({
      title: 'List transcodes of an asset',
      description: 'The transcodes of one asset in the queue.',
      effect: 'read',
      listed: false,
      roles: ['can_read_transcode_jobs'],
      route: 'GET /transcode/v1/transcode/assets/{asset_id}/',
      input: { asset_id: assetId },
      output: { objects: listOf(z.looseObject(recordAnswer)) },
    }),

    // Their settings may hold keys and are left out.
    list_storage_transcoders: operation({
      title: 'List transcoders of a storage',
      description: 'The transcoders of a storage; without any, nothing on it can be transcoded.',
      effect: 'read',
      listed: false,
      roles: ['can_read_storages', 'can_read_transcoders'],
      route: 'GET /files/v1/storages/{storage_id}/transcoders/',
      input: { storage_id: uuid('Storage id.'), per_page: perPage(10, 1000), last_id: lastId('transcoder') },
      output: paged(z.looseObject({ id: text, name: text, type: text, storage_id: text })),
    }),
  },
});
