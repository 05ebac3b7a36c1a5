import { createHash, randomBytes } from 'node:crypto';
import { same } from './host.mjs';

/** The smallest part that S3 accepts; only the last one may be smaller. */
const PART = 5 * 1024 * 1024;

/** Stands in for a proxy's media; long enough for two parts. */
export const media = () => randomBytes(PART + 512 * 1024);

export const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * The host's side of a multipart upload to S3: the bytes go to the storage directly, not through the model or the
 * server. Returns the number of parts.
 */
export async function uploadProxy({ call }, { asset_id, proxy_id, bytes }) {
  const place = { asset_id, proxy_id };
  const { upload_id } = await call('get_upload_id_for_proxy', place);
  const parts_num = Math.ceil(bytes.length / PART);
  const { parts } = await call('get_s3_presigned_url', { ...place, upload_id, parts_num });
  same('one URL per part', parts.length, parts_num);
  const sent = [];
  for (const { number, url } of parts) {
    const body = bytes.subarray((number - 1) * PART, number * PART);
    const { headers } = await ok(await fetch(url, { method: 'PUT', body }), `part ${number}`);
    sent.push(`<Part><PartNumber>${number}</PartNumber><ETag>${headers.get('etag')}</ETag></Part>`);
  }
  const { complete_url } = await call('get_s3_complete_url', { ...place, upload_id });
  const body = `<CompleteMultipartUpload>${sent.join('')}</CompleteMultipartUpload>`;
  const completed = await ok(await fetch(complete_url, { method: 'POST', body }), 'completing');
  same('the storage joins the parts', /<CompleteMultipartUploadResult/.test(await completed.text()), true);
  return parts_num;
}

export async function download(url) {
  const response = await ok(await fetch(url), 'reading the proxy back');
  return Buffer.from(await response.arrayBuffer());
}

async function ok(response, what) {
  if (response.ok) return response;
  throw new Error(`${what}: the storage answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
}
