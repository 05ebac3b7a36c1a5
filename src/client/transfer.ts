import { causeOf, type Sender } from './attempt.ts';
import { decode, readBytes } from './body.ts';
import { IconikError } from './errors.ts';
import type { TransferAnswer, TransferInit } from './types.ts';

interface Own {
  readonly baseUrl: string;
  readonly userAgent: string;
}

/**
 * One call to a storage under a signed address. Iconik's credentials stay here, redirects are not followed, and
 * messages name the host only: the address itself is a secret.
 */
export async function transfer(sender: Sender, address: string, init: TransferInit, own: Own): Promise<TransferAnswer> {
  const url = storageUrl(address, own.baseUrl);
  try {
    const response = await sender.ky(url, {
      method: init.method,
      headers: { 'User-Agent': own.userAgent, ...init.headers },
      ...(init.signal && { signal: init.signal }),
    });
    const text = decode(await readBytes(response, 1_000_000));
    return { status: response.status, headers: response.headers, text };
  } catch (error) {
    if (error instanceof IconikError) throw error;
    if (init.signal?.aborted) {
      throw new IconikError(`The storage at ${url.host} did not answer in time, or the call was cancelled.`, {
        code: typeof init.signal.reason === 'symbol' ? 'timeout' : 'cancelled',
        outcomeUnknown: true,
      });
    }
    throw new IconikError(`The storage at ${url.host} could not be reached (${causeOf(error)}).`, {
      code: 'network',
      retryable: true,
    });
  }
}

const PRIVATE =
  /^(localhost|.*\.localhost|.*\.local|.*\.internal|0\.|10\.|127\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[)/i;

/** https to a public host; or the very origin of Iconik where that is plain http on loopback (the sandbox). */
function storageUrl(address: string, baseUrl: string): URL {
  if (!URL.canParse(address)) throw forbidden('it is not an address');
  const url = new URL(address);
  const base = new URL(baseUrl);
  if (url.origin === base.origin) return url;
  if (url.protocol !== 'https:') throw forbidden(`it is ${url.protocol.slice(0, -1)}, not https`);
  if (url.username || url.password) throw forbidden('it holds a user name');
  if (PRIVATE.test(url.hostname)) throw forbidden(`${url.hostname} is a private address`);
  return url;
}

function forbidden(why: string): IconikError {
  return new IconikError(`The storage address that Iconik gave was not called: ${why}.`, { code: 'forbidden_url' });
}
