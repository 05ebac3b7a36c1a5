import { joined, objectName, type Session } from './objects.ts';
import type { StorageRequest } from './s3.ts';
import { plainUrl } from './signed_url.ts';
import { refusal } from './xml.ts';

/** Starts a resumable upload: the answer's Location is the URL to PUT to. */
export function startSession({ request, address, objects, origin, newId }: StorageRequest): Response {
  if (request.headers.get('x-goog-resumable') !== 'start') {
    return refusal(400, 'MissingSecurityHeader', 'The header x-goog-resumable: start is missing');
  }
  const id = newId();
  objects.sessions.set(id, { address, chunks: [], done: false });
  const location = plainUrl(origin, address);
  location.searchParams.set('upload_id', id);
  return new Response(null, { status: 201, headers: { location: location.href, 'x-guploader-uploadid': id } });
}

/** Receives the bytes of a session, whole or in chunks; session URLs are not signed. */
export async function putToSession({ request, address, objects }: StorageRequest, id: string): Promise<Response> {
  const session = objects.sessions.get(id);
  if (!session || objectName(session.address) !== objectName(address)) {
    return refusal(404, 'NoSuchUpload', 'There is no such upload session');
  }
  const bytes = new Uint8Array(await request.arrayBuffer());
  const range = /^bytes (\*|(\d+)-\d+)\/(\*|\d+)$/.exec(request.headers.get('content-range') ?? '');
  const [, what, first, total] = range ?? [];
  if (session.done) return new Response(null);
  const isQuestion = what === '*';
  if (!isQuestion && range && Number(first) !== received(session)) {
    return refusal(416, 'InvalidRange', `Bytes from ${received(session)} on are wanted`);
  }
  if (!isQuestion) session.chunks.push(bytes);
  if (range && (total === '*' || received(session) < Number(total))) return continueUpload(session);
  objects.bytes.set(objectName(address), joined(session.chunks));
  session.done = true;
  return new Response(null);
}

const received = ({ chunks }: Session): number => chunks.reduce((size, chunk) => size + chunk.byteLength, 0);

function continueUpload(session: Session): Response {
  const size = received(session);
  return new Response(null, { status: 308, ...(size > 0 && { headers: { range: `bytes=0-${size - 1}` } }) });
}
