import * as z from 'zod';
import type { TransferAnswer } from '../../client/types.ts';
import { shorten } from '../../text/tokens.ts';
import { textOfElement } from '../../text/xml.ts';
import { operation, task, toolset } from '../define.ts';
import { ToolError } from '../errors.ts';
import { assetId, integer, listOf, strings, text } from '../params.ts';
import { pagesByNumber } from '../run/pages.ts';
import { proxies, proxyId } from './proxies.ts';

const proxyPath = { asset_id: assetId, proxy_id: proxyId };
const uploadId = z.string().min(1).describe('From get_upload_id_for_proxy.');
const partsNum = z.int().min(1).max(10_000).describe('Number of parts, each 5 MiB or more.');

const part = z.looseObject({ number: integer, url: text });

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
    upload_id: uploadId,
    parts_num: partsNum,
    per_page: z.int().min(1).optional(),
    page: z.int().min(1).optional(),
  },
  output: { objects: listOf(part) },
});

const completeInput = {
  ...proxyPath,
  upload_id: uploadId,
  type: z.string().default('complete_url').describe('Or abort_url or list_parts_url.'),
  max_part_number: z.int().min(1).optional().describe('Highest part number uploaded.'),
};
const completeAnswer = { complete_url: text, abort_url: text, list_parts_url: strings };

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
      output: { storage_method: text, upload_id: text, session_url: text, note: text },
      run: async (args, { use, transfer }) => {
        const proxy = await use(proxies.tools.get_proxy_upload, args);
        const method = proxy.storage_method ?? 'unknown';
        if (method === 'S3') {
          const url = required(proxy.multipart_upload_url, 'multipart_upload_url', proxy.status);
          const { text: xml } = accepted(await transfer(url, { method: 'POST' }), method);
          const upload_id = textOfElement(xml, 'UploadId');
          if (!upload_id) throw new ToolError('The S3 storage accepted the request, but its answer has no UploadId.');
          const note = 'Next call get_s3_presigned_url with this upload_id and the number of parts.';
          return { storage_method: method, upload_id, note };
        }
        if (method === 'GCS') {
          const url = required(proxy.upload_url, 'upload_url', proxy.status);
          const headers = { 'x-goog-resumable': 'start' };
          const { headers: answered } = accepted(await transfer(url, { method: 'POST', headers }), method);
          const session_url = answered.get('location');
          if (!session_url)
            throw new ToolError('The GCS storage accepted the request, but its answer has no session URL (Location).');
          const note =
            'PUT the bytes to session_url, without Iconik headers. Then call update_asset_proxy with status CLOSED.';
          return { storage_method: method, session_url, note };
        }
        throw new ToolError(`Only S3 and GCS storages have upload ids; this proxy is on ${method}. ${OTHER_STORAGES}`);
      },
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
        upload_id: uploadId,
        parts_num: partsNum,
        from_part: z
          .int()
          .min(1)
          .optional()
          .describe('First part to return: next_part of the previous call.')
          .meta({ local: true }),
      },
      output: { parts_num: integer, parts: z.array(part), next_part: integer },
      run: async ({ from_part = 1, ...args }, { use }) => {
        const parts = new Map<number, string>();
        const ask = (paging: { page: number; per_page: number }) => use(get_proxy_part_urls, { ...args, ...paging });
        for await (const { objects } of pagesByNumber(ask, { size: 100, keyOf: ({ number }) => number })) {
          for (const { number, url } of objects) if (number !== undefined && url) parts.set(Number(number), url);
          if (parts.size >= args.parts_num) break;
        }
        if (parts.size < args.parts_num)
          throw new ToolError(`Iconik returned URLs for only ${parts.size} of ${args.parts_num} parts.`);
        const wanted = [...parts].filter(([number]) => number >= from_part).sort(([a], [b]) => a - b);
        const count = Math.max(1, countWithin(MAX_URL_LENGTH, wanted));
        const next_part = wanted[count]?.[0];
        return {
          parts_num: args.parts_num,
          parts: wanted.slice(0, count).map(([number, url]) => ({ number, url })),
          ...(next_part !== undefined && { next_part }),
        };
      },
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

/** Characters of all URLs in one answer; `from_part` returns the rest. */
const MAX_URL_LENGTH = 14_000;

/** How many of the URLs fit into `limit` characters. */
function countWithin(limit: number, parts: readonly (readonly [number, string])[]): number {
  let used = 0;
  const over = parts.findIndex(([, url]) => {
    used += url.length;
    return used > limit;
  });
  return over === -1 ? parts.length : over;
}

const OTHER_STORAGES =
  'Call update_asset_proxy with status OPEN and include_urls. AZURE: PUT the bytes to upload_url with the header x-ms-blob-type: BlockBlob. B2: POST them to upload_url with the token from upload_credentials. FILE: the storage gateway transfers the file itself, nothing is uploaded. Then call update_asset_proxy with status CLOSED.';

function required(url: string | undefined, field: string, status = 'unknown'): string {
  if (url) return url;
  throw new ToolError(
    `Iconik returned no ${field} for this proxy (status ${status}). Create a new proxy and upload to that.`,
  );
}

/** Characters of a storage's own words. */
const MAX_MESSAGE = 200;

/** The storage's answer if it is a 2xx. The error leaves out the URL, which is a secret. */
function accepted(answer: TransferAnswer, method: string): TransferAnswer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  const message = textOfElement(answer.text, 'Message');
  const detail = message ? `: "${shorten(message, MAX_MESSAGE)}"` : '';
  if (answer.status >= 500) throw new ToolError(`The ${method} storage failed (HTTP ${answer.status})${detail}.`);
  throw new ToolError(
    `The ${method} storage refused to start the upload (HTTP ${answer.status})${detail}. No upload was started.`,
  );
}
