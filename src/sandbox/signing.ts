import { createHash } from 'node:crypto';

const LIFETIME_SECONDS = 3_600;

const digest = (path: string, query: URLSearchParams): string =>
  createHash('sha256').update(`${path}?${query}`).digest('hex');

/** A signed address of the sandbox's storage: `path` begins with `/_storage/`; the query is part of what is signed. */
export function signedUrl(origin: string, path: string, query: Readonly<Record<string, string>> = {}): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const params = new URLSearchParams({
    ...query,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Expires': String(LIFETIME_SECONDS),
  });
  params.append('X-Amz-Signature', digest(encoded, params));
  return `${origin}${encoded}?${params}`;
}

/** Whether an address is signed, and for exactly this path and query. */
export function isSigned(url: URL): boolean {
  const query = new URLSearchParams(url.search);
  const signature = query.get('X-Amz-Signature');
  query.delete('X-Amz-Signature');
  return signature === digest(url.pathname, query);
}
