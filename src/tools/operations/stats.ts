import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { integer, paged, text } from '../params.ts';

export const stats = toolset({
  name: 'stats',
  description: 'Statistics of the library.',
  tools: {
    get_storage_usage: operation({
      title: 'Get storage usage by period',
      description:
        'How many bytes each storage held at the end of each day, month or year; storages are named by their bucket. For the size of one collection use its content info, for single files get_asset_files.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_stats'],
      route: 'GET /stats/v1/storage/usage/by/{period}/',
      input: {
        period: z.enum(['day', 'month', 'year']).describe('Length of a period, e.g. month.'),
        from_date: z.string().optional().describe('First day, e.g. 2026-01-01. Default a year ago.'),
        to_date: z.string().optional().describe('Last day, e.g. 2026-11-30. Default today.'),
      },
      output: paged(z.looseObject({ bucket_name: text, bytes_stored: integer, date: text })),
    }),
  },
});
