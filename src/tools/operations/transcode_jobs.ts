import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { assetId, text, uuid, uuids } from '../params.ts';
import { fileId } from './file_lists.ts';
import { startedAnswer } from './jobs.ts';

const priority = z.int().min(1).max(10).optional().describe('1 to 10; higher runs first. Default 5.');

/** What both transcodes of one file take. */
const ofFile = {
  asset_id: assetId,
  file_id: fileId,
  priority,
  use_storage_transcode_ignore_pattern: z.boolean().optional().describe('Pass over files that the storage ignores.'),
};

export const transcodeJobs = toolset({
  name: 'transcode_jobs',
  description: 'Make proxies, keyframes and technical metadata.',
  tools: {
    create_transcode_job: operation({
      title: 'Make the proxy of a file',
      description:
        'Let Iconik make a proxy and keyframes from one file of an asset, where they are missing or bad. Runs in the background: get_asset_proxies shows the result. For many assets use create_transcode_jobs.',
      effect: 'create',
      listed: 'chosen',
      roles: ['can_create_transcode_jobs'],
      route: 'POST /files/v1/assets/{asset_id}/files/{file_id}/keyframes/',
      input: {
        ...ofFile,
        set_as_custom_keyframe: z.boolean().optional().describe('Show the new keyframe for the asset.'),
        update_proxy_mediainfo: z.boolean().optional().describe('Read the technical data of the proxy anew.'),
      },
      output: { job_id: text },
    }),

    create_transcode_jobs: operation({
      title: 'Make the proxies of many assets',
      description:
        'Let Iconik make proxies and keyframes for up to 500 assets, collections or saved searches, from one format. Runs in the background and can take hours: check the jobs.',
      effect: 'create',
      listed: 'chosen',
      roles: ['can_create_transcode_jobs'],
      route: 'POST /files/v1/assets/bulk/keyframes/',
      input: {
        object_type: z.enum(['assets', 'collections', 'saved_searches']).describe('Kind of the objects.'),
        object_ids: uuids('Ids of the objects, 1 to 500.').min(1).max(500),
        format_name: z.string().optional().describe('Format to make them from. Default ORIGINAL.'),
        preferred_storage_id: uuid('Take the files from this storage if they are there.').optional(),
        preferred_storage_method: z
          .enum(['FILE', 'HTTP', 'FTP', 'SFTP', 'S3', 'B2', 'GCS', 'PORTAL', 'CUSTOM', 'AZURE'])
          .optional()
          .describe('Take files from storages of this method, e.g. S3.'),
        prefer_any_cloud: z.boolean().optional().describe('Take files from the cloud rather than from a gateway.'),
        priority,
      },
      output: startedAnswer,
    }),

    create_mediainfo_job: operation({
      title: 'Read the technical data of a file',
      description:
        'Let Iconik read codec, resolution, frame rate, tracks and duration from one file of an asset into its format. Runs in the background: get_asset_format shows the result.',
      effect: 'create',
      listed: 'chosen',
      roles: ['can_create_transcode_jobs'],
      route: 'POST /files/v1/assets/{asset_id}/files/{file_id}/mediainfo/',
      input: ofFile,
      output: { job_id: text },
    }),
  },
});
