import type { IncomingMessage } from 'node:http';
import type { Hold } from './shares.ts';

/** Bytes of one request body. */
const MAX_BODY = 8_000_000;

/**
 * The body of a request, read only as far as it may be long, and `hold` lets it: `too much`. A length that is announced counts
 * before anything is read. Rejects where the connection ends before the body does.
 */
export function readBody(request: IncomingMessage, hold: Hold): Promise<Buffer | 'too long' | 'too much'> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY) return Promise.resolve('too long');
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('the connection ended'));
    // A connection that ended while the caller was looked up emits no event any more.
    if (request.destroyed) return ended();
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.byteLength;
      if (size <= MAX_BODY && hold(chunk.byteLength)) {
        chunks.push(chunk);
        return;
      }
      request.off('data', take).pause();
      resolve(size > MAX_BODY ? 'too long' : 'too much');
    };
    request.on('data', take);
    request.once('end', () => {
      // Every connection closes some time: to make an error for each takes longer than to read the body.
      request.off('close', ended);
      resolve(Buffer.concat(chunks));
    });
    request.once('error', reject);
    request.once('close', ended);
  });
}
