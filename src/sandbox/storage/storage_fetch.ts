import type { Store } from '../types.ts';
import type { Address } from './address.ts';
import { putToSession, startSession } from './gcs.ts';
import { type Bytes, md5, objectName, objectsOf } from './objects.ts';
import { pictureOf } from './picture.ts';
import { ranged } from './ranges.ts';
import { type StorageRequest, s3 } from './s3.ts';
import { verify } from './signed_url.ts';
import { videoOf } from './video.ts';
import { refusal } from './xml.ts';

const ROOT = '/_storage/';

/** Answers as the storages do: requests below `/_storage/`; undefined for any other. */
export function storageFetch(request: Request, store: Store, origin: string): Promise<Response> | undefined {
  const url = new URL(request.url);
  if (!url.pathname.startsWith(ROOT)) return undefined;
  return answer(request, url, store, origin);
}

async function answer(request: Request, url: URL, store: Store, origin: string): Promise<Response> {
  request.signal.throwIfAborted();
  if (request.headers.has('app-id') || request.headers.has('auth-token')) {
    return refusal(400, 'InvalidRequest', 'sandbox: Iconik credentials were sent to the storage');
  }
  if (request.headers.has('transfer-encoding')) {
    return refusal(411, 'MissingContentLength', 'The header Content-Length is missing');
  }
  const parts = partsOf(url.pathname);
  if (!parts) return refusal(400, 'InvalidURI', 'The path cannot be decoded');
  const [service = '', bucket = '', ...key] = parts;
  const objects = objectsOf(store);
  const address: Address = { service, bucket, key: key.join('/') };
  const asked: StorageRequest = { request, url, address, objects, origin, newId: store.newId };
  const session = url.searchParams.get('upload_id');
  if (service === 'gcs' && request.method === 'PUT' && session !== null) return putToSession(asked, session);
  return denied(request, url, service, store) ?? (await serve(asked, store));
}

function partsOf(pathname: string): string[] | undefined {
  try {
    return pathname.slice(ROOT.length).split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function denied(request: Request, url: URL, service: string, store: Store): Response | undefined {
  const verdict = verify(request.method, url, service, Date.parse(store.now()));
  if (verdict === 'good') return undefined;
  if (verdict === 'unsigned') return refusal(403, 'AccessDenied', 'The request is not signed');
  if (verdict === 'expired') return refusal(403, 'AccessDenied', 'Request has expired');
  return refusal(403, 'SignatureDoesNotMatch', 'The signature is not that of this method and URL');
}

async function serve(asked: StorageRequest, store: Store): Promise<Response> {
  const { address } = asked;
  const { method } = asked.request;
  if (address.service === 's3') {
    const done = await s3(asked);
    if (done) return done;
  }
  if (address.service === 'gcs' && method === 'POST') return startSession(asked);
  if (address.service === 'azure' && method === 'PUT') return putBlob(asked);
  if (address.service === 'b2' && method === 'POST') return postFile(asked);
  if (method === 'GET' || method === 'HEAD') return download(asked, store);
  return refusal(405, 'MethodNotAllowed', `${method} is not done here`);
}

async function putBlob({ request, address, objects }: StorageRequest): Promise<Response> {
  if (request.headers.get('x-ms-blob-type') !== 'BlockBlob') {
    return refusal(400, 'MissingRequiredHeader', 'The header x-ms-blob-type: BlockBlob is missing');
  }
  objects.bytes.set(objectName(address), new Uint8Array(await request.arrayBuffer()));
  return new Response(null, { status: 201 });
}

async function postFile({ request, address, objects }: StorageRequest): Promise<Response> {
  if (!request.headers.get('authorization')?.startsWith('sandbox-b2-')) {
    return Response.json({ status: 401, code: 'bad_auth_token', message: 'Not the upload token' }, { status: 401 });
  }
  const bytes = new Uint8Array(await request.arrayBuffer());
  objects.bytes.set(objectName(address), bytes);
  return Response.json({ fileName: address.key, contentLength: bytes.byteLength, action: 'upload' });
}

function download({ request, url, address, objects }: StorageRequest, store: Store): Response {
  const stored = objects.bytes.get(objectName(address));
  if (stored === null) return refusal(404, 'NoSuchKey', 'There is no such object');
  const { body, type } = stored ? { body: stored, type: typeOf(address) } : madeUp(address, store);
  const disposition = url.searchParams.get('response-content-disposition');
  return ranged(request, body, {
    'content-type': type,
    etag: `"${md5(body)}"`,
    ...(disposition !== null && { 'content-disposition': disposition }),
  });
}

const PICTURE = 'image/jpeg';
const isPicture = ({ key }: Address): boolean => /\.jpe?g$/i.test(key);
const typeOf = (address: Address): string => (isPicture(address) ? PICTURE : 'application/octet-stream');

/**
 * Objects that the archive starts with have no bytes. Pictures and films are drawn when they are downloaded; the content of
 * all others is their own name. The key of a keyframe or proxy is `{asset}/{id}/{name}`.
 */
function madeUp(address: Address, store: Store): { readonly body: Bytes; readonly type: string } {
  const id = address.key.split('/').at(-2) ?? '';
  const proxy = store.proxies.get(id);
  if (isPicture(address)) return { body: pictureOf(store.keyframes.get(id) ?? proxy ?? {}), type: PICTURE };
  if (proxy?.format === 'mp4') return { body: videoOf(proxy, store), type: 'video/mp4' };
  return { body: new TextEncoder().encode(`${objectName(address)}\n`), type: 'text/plain' };
}
