import { signedUrl } from '../signing.ts';
import type { Call, Row } from '../types.ts';
import { rowsIn } from './document.ts';

function signed(origin: string, kind: string, document: Row, item: Row): string {
  return signedUrl(origin, `/_storage/signed/${kind}/${document.id}/${item.id ?? item.name}`);
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
