import { createHash } from 'node:crypto';
import { isSigned, signedUrl } from '../signing.ts';
import type { Store } from '../types.ts';

interface Upload {
  readonly key: string;
  readonly parts: Map<number, { readonly etag: string; readonly bytes: Uint8Array }>;
}

/** What lies in the cloud: objects by key, S3 uploads by id, GCS sessions by id. */
interface Cloud {
  readonly objects: Map<string, Uint8Array>;
  readonly uploads: Map<string, Upload>;
  readonly sessions: Map<string, string>;
}

const clouds = new WeakMap<Store, Cloud>();

function cloudOf(store: Store): Cloud {
  const known = clouds.get(store) ?? { objects: new Map(), uploads: new Map(), sessions: new Map() };
  clouds.set(store, known);
  return known;
}

const xml = (status: number, body: string, headers: Record<string, string> = {}): Response =>
  new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`, {
    status,
    headers: { 'content-type': 'application/xml', ...headers },
  });
const failure = (status: number, code: string, message: string): Response =>
  xml(status, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Answers what is addressed to the storages behind the sandbox; `undefined` for everything else. */
export function storageFetch(request: Request, store: Store, origin: string): Promise<Response> | undefined {
  const url = new URL(request.url);
  if (url.origin !== origin || !url.pathname.startsWith('/_storage/')) return undefined;
  return answer(request, url, cloudOf(store), store, origin);
}

async function answer(request: Request, url: URL, cloud: Cloud, store: Store, origin: string): Promise<Response> {
  if (request.headers.has('app-id') || request.headers.has('auth-token')) {
    return failure(400, 'CredentialsLeaked', 'sandbox: Iconik credentials were sent to a storage');
  }
  if (!isSigned(url))
    return failure(403, 'SignatureDoesNotMatch', 'sandbox: the address is not signed for this request');
  const [, , kind, ...rest] = url.pathname.split('/').map(decodeURIComponent);
  const key = rest.join('/');
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (request.method === 'GET' && !url.searchParams.has('uploadId')) return download(cloud, key);
  if (kind === 's3') return s3(request, url, cloud, store, key, bytes);
  if (kind === 'gcs') return gcs(request, url, cloud, store, origin, key, bytes);
  return failure(405, 'MethodNotAllowed', 'sandbox: this address can only be read');
}

function download(cloud: Cloud, key: string): Response {
  const stored = cloud.objects.get(key);
  // Seeded media have no bytes of their own: a line that says what they stand for.
  const body = stored ? Uint8Array.from(stored) : `sandbox media: ${key}\n`;
  return new Response(body, { headers: { 'content-type': stored ? 'application/octet-stream' : 'text/plain' } });
}

/** The S3 protocol as far as an upload in parts needs it (CreateMultipartUpload … CompleteMultipartUpload). */
function s3(request: Request, url: URL, cloud: Cloud, store: Store, key: string, bytes: Uint8Array): Response {
  const { searchParams: query } = url;
  if (request.method === 'POST' && query.has('uploads')) {
    const id = store.newId();
    cloud.uploads.set(id, { key, parts: new Map() });
    const inner = `<Key>${escaped(key)}</Key><UploadId>${id}</UploadId>`;
    return xml(200, `<InitiateMultipartUploadResult>${inner}</InitiateMultipartUploadResult>`);
  }
  const id = query.get('uploadId') ?? '';
  const upload = cloud.uploads.get(id);
  if (!upload || upload.key !== key) return failure(404, 'NoSuchUpload', 'The upload does not exist');
  switch (request.method) {
    case 'PUT':
      return putPart(upload, Number(query.get('partNumber')), bytes);
    case 'POST':
      return complete(cloud, id, upload, new TextDecoder().decode(bytes));
    case 'DELETE':
      cloud.uploads.delete(id);
      return new Response(null, { status: 204 });
    default:
      return xml(200, `<ListPartsResult>${[...upload.parts].map(partXml).join('')}</ListPartsResult>`);
  }
}

const partXml = ([number, { etag }]: readonly [number, { readonly etag: string }]): string =>
  `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`;

function putPart(upload: Upload, number: number, bytes: Uint8Array): Response {
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    return failure(400, 'InvalidArgument', 'Part number must be from 1 to 10000');
  }
  const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
  upload.parts.set(number, { etag, bytes });
  return new Response(null, { status: 200, headers: { etag } });
}

function complete(cloud: Cloud, id: string, upload: Upload, document: string): Response {
  const listed = [...document.matchAll(/<Part>([\s\S]*?)<\/Part>/g)].map(([, part = '']) => ({
    number: Number(/<PartNumber>\s*(\d+)\s*<\/PartNumber>/.exec(part)?.[1]),
    etag: /<ETag>\s*(.*?)\s*<\/ETag>/.exec(part)?.[1]?.replaceAll('&quot;', '"') ?? '',
  }));
  if (listed.length === 0) return failure(400, 'MalformedXML', 'The list of parts is empty or can not be read');
  if (listed.some(({ number }, index) => index > 0 && number <= (listed[index - 1]?.number ?? 0))) {
    return failure(400, 'InvalidPartOrder', 'The parts are not in ascending order');
  }
  const unquoted = (etag: string | undefined): string => (etag ?? '').replaceAll('"', '');
  const wrong = listed.find(({ number, etag }) => {
    const part = upload.parts.get(number);
    return !part || unquoted(part.etag) !== unquoted(etag);
  });
  if (wrong) return failure(400, 'InvalidPart', `Part ${wrong.number} was not uploaded with that ETag`);
  const bytes = Buffer.concat(listed.map(({ number }) => upload.parts.get(number)?.bytes ?? new Uint8Array()));
  cloud.objects.set(upload.key, bytes);
  cloud.uploads.delete(id);
  const etag = `"${createHash('md5').update(bytes).digest('hex')}-${listed.length}"`;
  const inner = `<Key>${escaped(upload.key)}</Key><ETag>${etag}</ETag>`;
  return xml(200, `<CompleteMultipartUploadResult>${inner}</CompleteMultipartUploadResult>`);
}

/** The resumable uploads of Google Cloud Storage: POST opens a session, PUT to its address brings the bytes. */
function gcs(
  request: Request,
  url: URL,
  cloud: Cloud,
  store: Store,
  origin: string,
  key: string,
  bytes: Uint8Array,
): Response {
  if (request.method === 'POST') {
    if (request.headers.get('x-goog-resumable') !== 'start') {
      return failure(400, 'InvalidArgument', 'The header x-goog-resumable: start is missing');
    }
    const session = store.newId();
    cloud.sessions.set(session, key);
    const location = signedUrl(origin, url.pathname.split('/').map(decodeURIComponent).join('/'), {
      upload_id: session,
    });
    return new Response(null, { status: 201, headers: { location, 'x-guploader-uploadid': session } });
  }
  const session = url.searchParams.get('upload_id') ?? '';
  if (request.method !== 'PUT' || cloud.sessions.get(session) !== key) {
    return failure(404, 'NoSuchUpload', 'The upload session does not exist');
  }
  cloud.objects.set(key, bytes);
  cloud.sessions.delete(session);
  return new Response(null, { status: 200 });
}
