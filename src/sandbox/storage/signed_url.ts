import { createHmac } from 'node:crypto';
import type { Address } from './address.ts';

const PREFIXES: Readonly<Record<string, string>> = { gcs: 'X-Goog', azure: 'X-Ms', b2: 'X-Bz' };
const HOUR_MS = 3_600_000;
const LIFETIME_SECONDS = 7200;

/** What a signed URL allows. */
export interface Grant {
  readonly method: string;
  readonly query?: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly now: string;
  /** Signed now; otherwise at the full hour, as if the URL came from a cache. */
  readonly fresh?: boolean;
}

/** The URL of an object that allows one method, for two hours from its date. */
export function signedUrl(origin: string, address: Address, { method, query = {}, now, fresh = false }: Grant): string {
  const url = plainUrl(origin, address);
  const prefix = prefixOf(address.service);
  const at = Date.parse(now);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const date = stamp(fresh ? at : at - (at % HOUR_MS));
  url.searchParams.set(`${prefix}-Algorithm`, address.service === 'gcs' ? 'GOOG4-RSA-SHA256' : 'AWS4-HMAC-SHA256');
  url.searchParams.set(`${prefix}-Credential`, `SANDBOX/${date.slice(0, 8)}`);
  url.searchParams.set(`${prefix}-Date`, date);
  url.searchParams.set(`${prefix}-Expires`, String(LIFETIME_SECONDS));
  url.searchParams.set(`${prefix}-SignedHeaders`, 'host');
  url.searchParams.set(`${prefix}-Signature`, signature(method, url, prefix));
  return url.href;
}

export type Verdict = 'good' | 'unsigned' | 'wrong' | 'expired';

/** Whether the URL is signed for this method and has not expired; `now` in milliseconds since 1970. */
export function verify(method: string, url: URL, service: string, now: number): Verdict {
  const prefix = prefixOf(service);
  const given = url.searchParams.get(`${prefix}-Signature`);
  if (given === null) return 'unsigned';
  if (given !== signature(method, url, prefix)) return 'wrong';
  const seconds = Number(url.searchParams.get(`${prefix}-Expires`));
  return now > momentOf(url.searchParams.get(`${prefix}-Date`) ?? '') + seconds * 1000 ? 'expired' : 'good';
}

/** The unsigned URL of an object. */
export function plainUrl(origin: string, { service, bucket, key }: Address): URL {
  return new URL(`${origin}/_storage/${service}/${[bucket, ...key.split('/')].map(encodeURIComponent).join('/')}`);
}

const prefixOf = (service: string): string => PREFIXES[service] ?? 'X-Amz';

function signature(method: string, url: URL, prefix: string): string {
  const signed = [...url.searchParams].filter(([name]) => name !== `${prefix}-Signature`).sort();
  return createHmac('sha256', 'sandbox')
    .update(JSON.stringify([method, url.pathname, signed]))
    .digest('hex');
}

const stamp = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

function momentOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
