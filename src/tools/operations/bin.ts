import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { page, paged, perPage, text } from '../params.ts';

/** An asset in the recycle bin. */
const deletedAsset = z.looseObject({
  id: text,
  title: text,
  type: text,
  status: text,
  archive_status: text,
  date_created: text,
  date_deleted: text,
  deleted_by_user: text,
});

export const bin = toolset({
  name: 'bin',
  description: 'The recycle bin.',
  tools: {
    list_deleted_assets: operation({
      title: 'List assets in the recycle bin',
      description:
        'List the assets in the recycle bin, with who deleted them and when; the library empties the bin after its own number of days. restore_asset brings one back.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_assets'],
      route: 'GET /assets/v1/delete_queue/assets/',
      input: {
        filter: z.string().optional().describe('field,operator,value, e.g. date_deleted,gte,2026-11-01.'),
        sort: z.string().optional().describe('e.g. date_deleted,desc.'),
        page,
        per_page: perPage(10, 100),
      },
      output: paged(deletedAsset),
    }),
  },
});
