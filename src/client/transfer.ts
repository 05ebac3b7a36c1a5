import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { causeOf, type Sender } from './attempt.ts';
import { decode, readBytes } from './body.ts';
import { IconikError } from './errors.ts';
import type { TransferAnswer, TransferInit } from './types.ts';

interface Own {
  readonly baseUrl: string;
  readonly userAgent: string;
  /** Hosts, or hosts with a port, that may lie on a private network. */
  readonly storageHosts: readonly string[];
}

/**
 * One call to a storage under a signed address. Iconik's credentials stay here, redirects are not followed, and
 * messages name the host only: the address itself is a secret.
 */
export async function transfer(sender: Sender, address: string, init: TransferInit, own: Own): Promise<TransferAnswer> {
  const url = storageUrl(address, own);
  try {
    const trusted = url.origin === new URL(own.baseUrl).origin || isAllowed(url, own.storageHosts);
    const response = await (trusted ? sender.ky : sender.guarded)(url, {
      method: init.method,
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
    if (cause === PRIVATE_ADDRESS) throw forbidden(`${url.hostname} lies on a private network`);
    throw new IconikError(`The storage at ${url.host} could not be reached (${cause}).`, {
      code: 'network',
      retryable: true,
    });
  }
}

const PRIVATE_NAME = /^(localhost|.*\.localhost|.*\.local|.*\.internal)$/i;
const PRIVATE_V4 =
  /^(0|10|127)\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.168\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
const PRIVATE_V6 = /^(::1?$|f[cd]|fe[89ab])/i;

/** Loopback, link-local (cloud metadata services live there), private and carrier-grade ranges, IPv4 in IPv6 too. */
export function isPrivate(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '');
  const mapped = /^::ffff:(?:0:)?(.+)$/i.exec(bare)?.[1];
  // In a URL the mapped part stands in hexadecimal: not worth decoding, no storage is addressed so.
  if (mapped) return isIP(mapped) === 4 ? PRIVATE_V4.test(mapped) : true;
  if (isIP(bare) === 4) return PRIVATE_V4.test(bare);
  return isIP(bare) === 6 ? PRIVATE_V6.test(bare) : PRIVATE_NAME.test(bare);
}

const PRIVATE_ADDRESS = 'EPRIVATE';

/** Looks a name up and refuses what resolves to a private address: a public name may point anywhere. */
export const publicOnly: LookupFunction = (name, options, done) => {
  resolve(name, options, (error, found, family) => {
    const all = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
    if (!error && all.some(isPrivate)) {
      return done(Object.assign(new Error('private address'), { code: PRIVATE_ADDRESS }), found, family);
    }
    done(error, found, family);
  });
};

/** https to a public host or one that was allowed; or Iconik's own origin where that is http on loopback (the sandbox). */
function storageUrl(address: string, { baseUrl, storageHosts }: Own): URL {
  if (!URL.canParse(address)) throw forbidden('it is not an address');
  const url = new URL(address);
  if (url.origin === new URL(baseUrl).origin) return url;
  if (url.protocol !== 'https:') throw forbidden(`it is ${url.protocol.slice(0, -1)}, not https`);
  if (url.username || url.password) throw forbidden('it holds a user name');
  if (isAllowed(url, storageHosts)) return url;
  if (isPrivate(url.hostname)) throw forbidden(`${url.hostname} is a private address`);
  return url;
}

/** Whether the person who started the server named this storage. */
const isAllowed = ({ host, hostname }: URL, storageHosts: readonly string[]): boolean =>
  storageHosts.includes(host) || storageHosts.includes(hostname);

function forbidden(why: string): IconikError {
  return new IconikError(
    `The storage address that Iconik gave was not called: ${why}. If it is yours, start the server with --storage-hosts.`,
    { code: 'forbidden_url' },
  );
}
