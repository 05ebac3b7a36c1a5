import type { Address } from './address.ts';
import { joined, md5, type Objects, objectName, type Part, type Upload } from './objects.ts';
import { plainUrl } from './signed_url.ts';
import { contentsOf, element, refusal, textIn, xml } from './xml.ts';

/** A request to a storage with a valid signature. */
export interface StorageRequest {
  readonly request: Request;
  readonly url: URL;
  readonly address: Address;
  readonly objects: Objects;
  readonly origin: string;
  newId(): string;
}

/** Answers S3 multipart requests and PUT of whole objects; undefined for any other. */
export async function s3(asked: StorageRequest): Promise<Response | undefined> {
  const { request, url, objects } = asked;
  if (request.method === 'POST' && url.searchParams.has('uploads')) return initiate(asked);
  const uploadId = url.searchParams.get('uploadId');
  if (uploadId === null) return request.method === 'PUT' ? putObject(asked) : undefined;
  const upload = objects.uploads.get(uploadId);
  if (!upload || objectName(upload.address) !== objectName(asked.address)) {
    return refusal(404, 'NoSuchUpload', 'There is no such upload: it is unknown, aborted or completed');
  }
  if (request.method === 'PUT') return putPart(asked, upload);
  if (request.method === 'POST') return complete(asked, upload, uploadId);
  if (request.method === 'GET') return listParts(asked, upload, uploadId);
  objects.uploads.delete(uploadId);
  return new Response(null, { status: 204 });
}

function initiate({ address, objects, newId }: StorageRequest): Response {
  const uploadId = Buffer.from(newId()).toString('base64');
  objects.uploads.set(uploadId, { address, parts: new Map() });
  return xml(200, 'InitiateMultipartUploadResult', [
    element('Bucket', address.bucket),
    element('Key', address.key),
    element('UploadId', uploadId),
  ]);
}

async function putObject({ request, address, objects }: StorageRequest): Promise<Response> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  objects.bytes.set(objectName(address), bytes);
  return new Response(null, { headers: { etag: `"${md5(bytes)}"` } });
}

async function putPart({ request, url }: StorageRequest, upload: Upload): Promise<Response> {
  const number = Number(url.searchParams.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    return refusal(400, 'InvalidArgument', 'partNumber must be from 1 to 10000');
  }
  const bytes = new Uint8Array(await request.arrayBuffer());
  const etag = `"${md5(bytes)}"`;
  upload.parts.set(number, { bytes, etag });
  return new Response(null, { headers: { etag } });
}

function listParts({ url, address }: StorageRequest, upload: Upload, uploadId: string): Response {
  const after = Number(url.searchParams.get('part-number-marker') ?? 0);
  const most = Number(url.searchParams.get('max-parts') ?? 1000);
  const rest = [...upload.parts].filter(([number]) => number > after).sort(([a], [b]) => a - b);
  const shown = rest.slice(0, most);
  return xml(200, 'ListPartsResult', [
    element('Bucket', address.bucket),
    element('Key', address.key),
    element('UploadId', uploadId),
    element('PartNumberMarker', after),
    element('NextPartNumberMarker', shown.at(-1)?.[0] ?? after),
    element('MaxParts', most),
    element('IsTruncated', String(rest.length > shown.length)),
    ...shown.map(([number, { bytes, etag }]) =>
      element('Part', [element('PartNumber', number), element('ETag', etag), element('Size', bytes.byteLength)]),
    ),
  ]);
}

async function complete(asked: StorageRequest, upload: Upload, uploadId: string): Promise<Response> {
  const { request, address, objects, origin } = asked;
  const listed = listedParts(await request.text());
  if (!listed) return refusal(400, 'MalformedXML', 'The body is not a CompleteMultipartUpload with parts');
  if (listed.some(([number], index) => number <= (listed[index - 1]?.[0] ?? 0))) {
    return refusal(400, 'InvalidPartOrder', 'The parts are not listed in ascending order');
  }
  const parts = listed.map(([number, etag]) => partOf(upload, number, etag));
  if (!parts.every((part) => part !== undefined)) {
    return refusal(400, 'InvalidPart', 'A listed part was not uploaded, or its ETag is another');
  }
  // S3 requires 5 MiB in every part but the last; the sandbox accepts small parts for small tests.
  objects.bytes.set(objectName(address), joined(parts.map(({ bytes }) => bytes)));
  objects.uploads.delete(uploadId);
  const digests = Buffer.from(parts.map(({ etag }) => bare(etag)).join(''), 'hex');
  return xml(200, 'CompleteMultipartUploadResult', [
    element('Location', plainUrl(origin, address).href),
    element('Bucket', address.bucket),
    element('Key', address.key),
    element('ETag', `"${md5(digests)}-${parts.length}"`),
  ]);
}

function listedParts(body: string): [number: number, etag: string][] | undefined {
  const [root] = contentsOf(body, 'CompleteMultipartUpload');
  const listed = contentsOf(root ?? '', 'Part').map((part): [number, string] => [
    Number(textIn(part, 'PartNumber') ?? Number.NaN),
    textIn(part, 'ETag') ?? '',
  ]);
  const sound = listed.length > 0 && listed.every(([number, etag]) => Number.isInteger(number) && etag !== '');
  return sound ? listed : undefined;
}

const bare = (etag: string): string => etag.replaceAll('"', '');

function partOf({ parts }: Upload, number: number, etag: string): Part | undefined {
  const part = parts.get(number);
  return part && bare(part.etag) === bare(etag) ? part : undefined;
}
