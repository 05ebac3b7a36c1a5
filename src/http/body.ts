import type { IncomingMessage } from 'node:http';

/** Bytes of one request body. */
export const MAX_BODY = 8_000_000;

/**
 * The body of a request, read only as far as it may be long. A length that is announced counts before anything is read.
 * Rejects where the connection ends before the body does.
 */
export function readBody(request: IncomingMessage, limit: number = MAX_BODY): Promise<Buffer | 'too long'> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve('too long');
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('the connection ended'));
    // A connection that ended while the caller was looked up emits no event any more.
    if (request.destroyed) return ended();
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= limit) chunks.push(chunk);
      else {
        request.pause();
        resolve('too long');
      }
    });
    request.once('end', () => {
      // Every connection closes some time: to make an error for each takes longer than to read the body.
      request.off('close', ended);
      resolve(Buffer.concat(chunks));
    });
    request.once('error', reject);
    request.once('close', ended);
  });
}
