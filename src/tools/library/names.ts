import { trimEnds } from '../../text/trim.ts';

/** What a person calls an object by: an id, one of Iconik's web addresses, or a title. */
export type Reference =
  | { readonly by: 'id'; readonly id: string; readonly kind?: 'assets' | 'collections' | 'shares' }
  | { readonly by: 'title'; readonly title: string };

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const ONLY_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const KINDS = { asset: 'assets', collection: 'collections', share: 'shares' } as const;

/** Reads a reference; the web address of an asset is `https://<host>/asset/<id>`, whatever follows. */
export function readReference(words: string): Reference {
  const text = trimEnds(words.trim(), /["'“”]/);
  if (ONLY_UUID.test(text)) return { by: 'id', id: text.toLowerCase() };
  if (!/^https?:\/\//i.test(text)) return { by: 'title', title: text };
  const parts = text.split(/[/?#&=]+/);
  // The link of a share names what it shares: `/share/assets/<id>/?…`. A short one names the share alone.
  for (const wanted of ['asset', 'collection', 'share'] as const) {
    const index = parts.findIndex((part) => part.toLowerCase().replace(/s$/, '') === wanted);
    const id = index === -1 ? undefined : parts[index + 1];
    if (id && (wanted === 'share' || ONLY_UUID.test(id)))
      return { by: 'id', id: id.toLowerCase(), kind: KINDS[wanted] };
  }
  const found = UUID.exec(text)?.[0];
  return found ? { by: 'id', id: found.toLowerCase() } : { by: 'title', title: text };
}

/** The names in a path such as `Season 2025 / Matchday 12`; `/`, `>` and `›` separate them. */
export const pathParts = (words: string): string[] =>
  words
    .split(/[/>›]/)
    .map((name) => name.trim())
    .filter(Boolean);

/** Words for a quoted phrase of the query language. */
export const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** Words that are to be found as they stand, whatever signs of the query language they hold. */
export const escaped = (text: string): string => text.replace(/[+\-&|!(){}[\]^"~*?:\\/]/g, '\\$&');
