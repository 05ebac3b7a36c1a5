import { createHash } from 'node:crypto';
import type { Call, Row } from '../types.ts';
import { rowsIn } from './document.ts';

function signed(origin: string, kind: string, document: Row, item: Row): string {
  const path = `${kind}/${encodeURIComponent(String(document.id))}/${encodeURIComponent(String(item.id ?? item.name))}`;
  const signature = createHash('sha256').update(path).digest('hex');
  const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=3600&X-Amz-Signature=${signature}`;
  return `${origin}/_storage/signed/${path}?${query}`;
}

/** Gives the hits' keyframes, proxies and files the URLs that the request asks for. */
export function signer({ query, origin }: Call): (document: Row) => Row {
  if (query.generate_signed_url === false) return (document) => document;
  const kinds = ['keyframes'];
  if (query.generate_signed_proxy_url === true) kinds.push('proxies');
  if (query.generate_signed_download_url === true) kinds.push('files');
  return (document) => {
    const urls: Row = {};
    for (const kind of kinds)
      if (document[kind] !== undefined)
        urls[kind] = rowsIn(document[kind]).map((item) => ({ ...item, url: signed(origin, kind, document, item) }));
    return { ...document, ...urls };
  };
}
