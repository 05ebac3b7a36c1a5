import { type Call, Refusal, type Row } from '../types.ts';
import { type Address, addressOf } from './address.ts';
import { sizeOf } from './objects.ts';
import { plainUrl, signedUrl } from './signed_url.ts';

/** The row with its size: as registered, else that of the uploaded object. */
export function withSize(row: Row, { store }: Call): Row {
  const size = row.size ?? sizeOf(store, addressOf(store, row));
  return size === undefined ? row : { ...row, size };
}

/** A signed URL of the row's media; undefined on a storage without URLs. */
export function urlOf(row: Row, call: Call): string | undefined {
  const address = addressOf(call.store, row);
  return address && mediaUrl(address, call);
}

/** The row with a URL of its media. */
export function withUrl(row: Row, call: Call): Row {
  const url = urlOf(row, call);
  return { ...withSize(row, call), ...(url !== undefined && { url }) };
}

/** The row with the unsigned URL of its media, which the storage refuses. */
export function withPlaceholder(row: Row, call: Call): Row {
  const address = addressOf(call.store, row);
  return { ...withSize(row, call), ...(address && { url: plainUrl(call.origin, address).href }) };
}

/** The row as a list shows it: with a URL unless the query declines it. */
export const asListed = (row: Row, call: Call): Row =>
  call.query.generate_signed_url === false ? withSize(row, call) : withUrl(row, call);

function mediaUrl(address: Address, { origin, query, store }: Call, attachment = false): string {
  const wanted = attachment || String(query.content_disposition ?? 'inline').startsWith('attachment');
  const name = address.key.split('/').at(-1);
  const grant = { method: 'GET', now: store.now(), fresh: query.bypass_url_cache === true };
  const asFile = { 'response-content-disposition': `attachment; filename="${name}"` };
  return signedUrl(origin, address, { ...grant, ...(wanted && { query: asFile }) });
}

/** A URL that downloads the media as an attachment. */
export function downloadUrl(row: Row, call: Call): string {
  const address = addressOf(call.store, row);
  if (!address) throw new Refusal(404, 'This storage has no download URLs');
  return mediaUrl(address, call, true);
}

/** What an uploader needs: URLs and method by the kind of storage. */
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
  // B2 answers an upload URL only on request.
  if (query.generate_signed_post_url !== true) return { upload_url: '', upload_method: 'POST' };
  const upload_credentials = { authorizationToken: `sandbox-b2-${row.id}` };
  return { upload_url: sign('POST'), upload_method: 'POST', upload_credentials, upload_filename: address.key };
}
