import { urlOf } from '../storage/urls.ts';
import type { Call, Row } from '../types.ts';
import { rowsOf } from '../values.ts';

/** Gives the keyframes, proxies and files of hits the signed URLs that the request asks for. */
export function signer(call: Call): (document: Row) => Row {
  const { query, store } = call;
  if (query.generate_signed_url === false) return (document) => document;
  const kinds = [
    'keyframes' as const,
    ...(query.generate_signed_proxy_url === true ? (['proxies'] as const) : []),
    ...(query.generate_signed_download_url === true ? (['files'] as const) : []),
  ];
  const signed = (kind: (typeof kinds)[number], item: Row): Row => {
    const row = store[kind].get(String(item.id));
    const url = row && urlOf(row, call);
    return url === undefined ? item : { ...item, url };
  };
  return (document) => {
    const lists = kinds.filter((kind) => document[kind] !== undefined);
    const urls = lists.map((kind) => [kind, rowsOf(document[kind]).map((item) => signed(kind, item))]);
    return { ...document, ...Object.fromEntries(urls) };
  };
}
