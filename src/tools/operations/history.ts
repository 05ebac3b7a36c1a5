import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { assetId, page, paged, perPage, text } from '../params.ts';

/** What one person or job did to an asset. */
const historyEntry = z.looseObject({
  id: text,
  operation_type: text,
  operation_description: text,
  user_id: text,
  version_id: text,
  job_id: text,
  date_created: text,
});

export const history = toolset({
  name: 'history',
  description: 'What was done to assets.',
  tools: {
    list_asset_history: operation({
      title: 'List the history of an asset',
      description:
        'List what was done to an asset, by whom and when, newest first: transcoded, approved, downloaded, archived … For its state today use get_asset.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_assets_history'],
      route: 'GET /assets/v1/assets/{asset_id}/history/',
      input: {
        asset_id: assetId,
        filter: z.string().optional().describe('field,operator,value, e.g. operation_type,eq,ARCHIVE.'),
        sort: z.string().optional().describe('e.g. date_created,asc.'),
        page,
        per_page: perPage(10, 100),
      },
      output: paged(historyEntry),
    }),
  },
});
