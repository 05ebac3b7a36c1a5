import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { integer, page, paged, perPage, text } from '../params.ts';

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

    /** `delete_grace_period`: hours from the deletion to the purge. Its maximum is ten years in hours, its default 24. */
    get_merged_settings: operation({
      title: 'Get the settings of the user',
      description: 'The settings that apply to the current user, among them how long the bin keeps things.',
      effect: 'read',
      listed: false,
      roles: [],
      route: 'GET /settings/v1/merged/current/',
      input: { ignore_logo_url: z.boolean().optional().describe('Without the address of the logo.') },
      output: { delete_grace_period: integer },
    }),
  },
});
