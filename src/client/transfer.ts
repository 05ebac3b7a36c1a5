import { isPrivate } from './addresses.ts';
import { causeOf } from './attempt.ts';
import { decode, readBytes } from './body.ts';
import { IconikError, PRIVATE_ADDRESS } from './errors.ts';
import type { Sender } from './sender.ts';
import type { TransferAnswer, TransferInit } from './types.ts';

interface Own extends Pick<Sender, 'send' | 'sendPublic'> {
  readonly baseUrl: string;
  readonly userAgent: string;
  /** Hosts, or hosts with a port, that may be on a private network. */
  readonly storageHosts: readonly string[];
}

/**
 * One call to a storage under a signed address. Iconik's credentials stay here, redirects are not followed, and
 * messages name the host only: the address itself is a secret.
 */
export async function transfer(address: string, init: TransferInit, own: Own): Promise<TransferAnswer> {
  const url = storageUrl(address, own);
  try {
    const trusted = url.origin === new URL(own.baseUrl).origin || isAllowed(url, own.storageHosts);
    const response = await (trusted ? own.send : own.sendPublic)(url, init.method, {
      headers: { 'User-Agent': own.userAgent, ...init.headers },
      ...(init.signal && { signal: init.signal }),
    });
    const bytes = await readBytes(response, init.limit ?? 1_000_000);
    return { status: response.status, headers: response.headers, bytes, text: decode(bytes) };
  } catch (error) {
    if (error instanceof IconikError) throw error;
    if (init.signal?.aborted) {
      throw new IconikError(`The storage at ${url.host} did not answer in time, or the call was cancelled.`, {
        code: typeof init.signal.reason === 'symbol' ? 'timeout' : 'cancelled',
        outcomeUnknown: init.method !== 'GET',
      });
    }
    const cause = causeOf(error);
    if (cause === PRIVATE_ADDRESS) throw privateHost(url);
    throw new IconikError(`The storage at ${url.host} could not be reached (${cause}).`, {
      code: 'network',
      retryable: true,
    });
  }
}

/** https to a public host or one that was allowed; or Iconik's own origin where that is http on loopback (the sandbox). */
function storageUrl(address: string, { baseUrl, storageHosts }: Own): URL {
  if (!URL.canParse(address)) throw forbidden('The storage address that Iconik gave is not a URL, and was not called.');
  const url = new URL(address);
  if (url.origin === new URL(baseUrl).origin) return url;
  if (url.protocol !== 'https:') throw refused(url, `it is ${url.protocol.slice(0, -1)}, not https`);
  if (url.username || url.password) throw refused(url, 'it holds a user name');
  if (!isAllowed(url, storageHosts) && isPrivate(url.hostname)) throw privateHost(url);
  return url;
}

/** Whether the person who started the server named this storage. */
const isAllowed = ({ host, hostname }: URL, storageHosts: readonly string[]): boolean =>
  storageHosts.includes(host) || storageHosts.includes(hostname);

const privateHost = (url: URL): IconikError =>
  refused(url, `this host is on a private network. If it is yours, start the server with --storage-hosts ${url.host}`);

const refused = ({ host }: URL, why: string): IconikError =>
  forbidden(`The storage address that Iconik gave${host && `, at ${host},`} was not called: ${why}.`);

const forbidden = (message: string): IconikError => new IconikError(message, { code: 'forbidden_url' });
