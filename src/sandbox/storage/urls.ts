import { type Call, Refusal, type Row } from '../types.ts';
import { type Address, addressOf } from './address.ts';
import { sizeOf } from './objects.ts';
import { signedUrl } from './sign.ts';

/** The row with the size of what was uploaded, where no one said it. */
export function measured(row: Row, { store }: Call): Row {
  const size = row.size ?? sizeOf(store, addressOf(store, row));
  return size === undefined ? row : { ...row, size };
}

/** The row with a URL to its media. */
export function withUrl(row: Row, call: Call): Row {
  const address = addressOf(call.store, row);
  return address ? { ...measured(row, call), url: mediaUrl(address, call) } : measured(row, call);
}

/** As a list shows it: with a URL unless that was declined. */
export const asAsked = (row: Row, call: Call): Row =>
  call.query.generate_signed_url === false ? measured(row, call) : withUrl(row, call);

function mediaUrl(address: Address, { origin, query, store }: Call, attachment = false): string {
  const wanted = attachment || String(query.content_disposition ?? 'inline').startsWith('attachment');
  const name = address.key.split('/').at(-1);
  const grant = { method: 'GET', now: store.now(), fresh: query.bypass_url_cache === true };
  const asFile = { 'response-content-disposition': `attachment; filename="${name}"` };
  return signedUrl(origin, address, { ...grant, ...(wanted && { query: asFile }) });
}

/** A URL that saves the media as a file. */
export function downloadUrl(row: Row, call: Call): string {
  const address = addressOf(call.store, row);
  if (!address) throw new Refusal(404, 'This storage has no download URLs');
  return mediaUrl(address, call, true);
}

/** What an uploader needs, by the method of the storage. */
export function uploadOf(row: Row, call: Call): Row {
  const { store, origin, query } = call;
  const address = addressOf(store, row);
  if (!address) return {};
  const sign = (method: string, extra: Record<string, string> = {}): string =>
    signedUrl(origin, address, { method, query: extra, now: store.now() });
  if (address.service === 's3') {
    return { upload_url: sign('PUT'), upload_method: 'PUT', multipart_upload_url: sign('POST', { uploads: '' }) };
  }
  if (address.service === 'gcs') return { upload_url: sign('POST'), upload_method: 'POST' };
  if (address.service === 'azure') return { upload_url: sign('PUT'), upload_method: 'PUT' };
  // B2 hands out an upload URL only when it is asked for.
  if (query.generate_signed_post_url !== true) return { upload_url: '', upload_method: 'POST' };
  const upload_credentials = { authorizationToken: `sandbox-b2-${row.id}` };
  return { upload_url: sign('POST'), upload_method: 'POST', upload_credentials, upload_filename: address.key };
}
