import { holdsWords } from '../../text/compare.ts';
import { inQuotes } from '../../text/quote.ts';
import { shorten } from '../../text/tokens.ts';
import { unquoted } from '../../text/trim.ts';
import { ToolError } from '../errors.ts';
import type { Context } from '../types.ts';

/** What a person calls an object by: an id, one of Iconik's web addresses, or a title. */
export type Reference =
  | { readonly by: 'id'; readonly id: string; readonly kind?: 'assets' | 'collections' | 'shares' }
  | { readonly by: 'title'; readonly title: string };

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const ONLY_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const KINDS = { asset: 'assets', collection: 'collections', share: 'shares' } as const;

/** `https://icnk.io/u/<code>/`, and the same below a host of Iconik. */
const SHORT_LINK = /^(?:https?:\/\/)?(?:icnk\.io|[a-z0-9.-]+\.iconik\.(?:io|cloud))\/u\/[^/?#\s]+\/?(?:[?#]\S*)?$/i;
const MAX_LINK_LENGTH = 100;

/** Reads a reference; throws `ToolError` for a short link, which names no object. */
export function readReference(words: string): Reference {
  const text = unquoted(words.trim());
  if (SHORT_LINK.test(text))
    throw new ToolError(
      `${shorten(text, MAX_LINK_LENGTH)} is a short link of a share: it does not name an object. Open it in a browser and give the address of that page, or the title.`,
    );
  if (isUuid(text)) return { by: 'id', id: text.toLowerCase() };
  if (!isAddress(text)) return { by: 'title', title: text };
  const object = objectAt(text);
  if (object) return { by: 'id', id: object.id, kind: KINDS[object.noun] };
  const found = UUID.exec(text)?.[0];
  return found ? { by: 'id', id: found.toLowerCase() } : { by: 'title', title: text };
}

export const isUuid = (text: string): boolean => ONLY_UUID.test(text);
const isAddress = (text: string): boolean => /^https?:\/\//i.test(text);

/** What one of Iconik's web addresses shows: `https://<host>/asset/<id>`, whatever follows. */
export function objectAt(address: string): { readonly noun: keyof typeof KINDS; readonly id: string } | undefined {
  if (!isAddress(address)) return undefined;
  const parts = address.split(/[/?#&=]+/);
  // The link of a share names what it shares: `/share/assets/<id>/?…`. A short one names the share alone.
  for (const noun of ['asset', 'collection', 'share'] as const) {
    const index = parts.findIndex((part) => part.toLowerCase().replace(/s$/, '') === noun);
    const id = index === -1 ? undefined : parts[index + 1];
    if (id && (noun === 'share' || isUuid(id))) return { noun, id: id.toLowerCase() };
  }
  return undefined;
}

/** The names in a path such as `Season 2025 / Matchday 12`; `/`, `>` and `›` separate them. */
export const pathParts = (words: string): string[] =>
  words
    .split(/[/>›]/)
    .map((name) => name.trim())
    .filter(Boolean);

/**
 * The only item whose name holds these words, where the call takes it for what is meant; `noun`: `the storage`. Undefined
 * where none or several do.
 */
export function onlyNear<T>(
  context: Pick<Context, 'takes'>,
  words: string,
  items: readonly T[],
  { noun, nameOf, idOf }: Near<T>,
): T | undefined {
  const plain = words.replace(/^the\s/i, '');
  const [only, ...more] = items.filter((one) => holdsWords(nameOf(one), plain));
  if (only === undefined || more.length > 0) return undefined;
  const id = idOf && ` (${idOf(only)})`;
  return context.takes(inQuotes(words), `${noun} ${inQuotes(nameOf(only))}${id ?? ''}`) ? only : undefined;
}

interface Near<T> {
  readonly noun: string;
  readonly nameOf: (item: T) => string;
  /** For what names do not tell apart. */
  readonly idOf?: (item: T) => string;
}

/** Words for a quoted phrase of the query language. */
export const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** Words that are to be found as they stand, whatever signs of the query language they hold. */
export const escaped = (text: string): string => text.replace(/[+\-&|!(){}[\]^"~*?:\\/]/g, '\\$&');
