import * as z from 'zod';
import { operation, task, toolset } from '../define.ts';
import { assetId, listOf } from '../params.ts';
import { proxies, proxyId } from './proxies.ts';
import {
  completeAnswer,
  completion,
  fromPart,
  part,
  partsAnswer,
  partsNum,
  partUrls,
  startAnswer,
  startUpload,
  uploadId,
} from './upload_steps.ts';

const proxyPath = { asset_id: assetId, proxy_id: proxyId };
const WORDS = { noun: 'proxy', parts: 'get_s3_presigned_url', update: 'update_asset_proxy' } as const;

/** `parts_num` is a count: Iconik returns the parts 1 to `parts_num`, page by page (`…/multipart_url/part/`). */
const get_proxy_part_urls = operation({
  title: 'Get a page of part URLs',
  description: 'One page of the signed URLs of an S3 multipart upload.',
  effect: 'read',
  listed: false,
  roles: ['can_write_proxies'],
  route: 'GET /files/v1/assets/{asset_id}/proxies/{proxy_id}/multipart_url/part/',
  input: {
    ...proxyPath,
    upload_id: uploadId('get_upload_id_for_proxy'),
    parts_num: partsNum,
    per_page: z.int().min(1).optional(),
    page: z.int().min(1).optional(),
  },
  output: { objects: listOf(part) },
});

const completeInput = { ...proxyPath, upload_id: uploadId('get_upload_id_for_proxy'), ...completion };

const get_proxy_complete_urls = operation({
  title: 'Get the URLs that end an upload',
  description: 'The signed URL that completes an S3 multipart upload, or aborts it.',
  effect: 'read',
  listed: false,
  roles: ['can_write_proxies'],
  route: 'GET /files/v1/assets/{asset_id}/proxies/{proxy_id}/multipart_url/',
  input: completeInput,
  output: completeAnswer,
});

export const uploads = toolset({
  name: 'uploads',
  description: 'Upload the media of a proxy to its storage.',
  tools: {
    get_upload_id_for_proxy: task({
      title: 'Start a proxy upload',
      description:
        "Start the upload of a proxy's media to its storage. S3: returns upload_id for get_s3_presigned_url. GCS: returns session_url to PUT the bytes to. Other storages have no such step: the error says what to do instead. Each call starts a new upload.",
      effect: 'create',
      roles: ['can_read_proxies'],
      input: proxyPath,
      output: startAnswer,
      run: async (args, { use, transfer }) =>
        startUpload(await use(proxies.tools.get_proxy_upload, args), WORDS, transfer),
    }),

    get_s3_presigned_url: task({
      title: 'Get S3 part URLs',
      description:
        'Get the signed URLs of all parts of an S3 proxy upload: PUT part n to the URL with number n, without Iconik headers, and keep the ETags. parts_num is how many parts there are, not the number of one part. Then call get_s3_complete_url.',
      // Who has these addresses can write to the storage.
      effect: 'create',
      idempotent: true,
      roles: ['can_write_proxies'],
      input: {
        ...proxyPath,
        upload_id: uploadId('get_upload_id_for_proxy'),
        parts_num: partsNum,
        from_part: fromPart,
      },
      output: partsAnswer,
      run: ({ from_part, ...args }, { use }) =>
        partUrls((paging) => use(get_proxy_part_urls, { ...args, ...paging }), args.parts_num, from_part),
    }),

    get_s3_complete_url: task({
      title: 'Get the S3 complete URL',
      description:
        "Get the signed URL that completes an S3 proxy upload: POST S3's CompleteMultipartUpload XML (part numbers and ETags) to it, without Iconik headers. Then call update_asset_proxy with status CLOSED.",
      effect: 'create',
      idempotent: true,
      roles: ['can_write_proxies'],
      input: completeInput,
      output: completeAnswer,
      run: (args, { use }) => use(get_proxy_complete_urls, args),
    }),

    get_proxy_complete_urls,
    get_proxy_part_urls,
  },
});
