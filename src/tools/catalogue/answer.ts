import { tokensIn } from '../../text/tokens.ts';

type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Addresses of the other pages of a list: their numbers are there, too. */
const PAGE_URLS = /^(first|last|next|prev)_url$/;
/** Where and with what one may upload. */
const UPLOADS =
  /(^|_)(upload_(urls?|credentials|method)|resumable_urls?|(pre)?signed_post(_urls?)?|presigned_urls?)$|^((abort|complete|delete|compose|list_parts)_url|authorization_token)$/;
/** What a program signs in with. */
const SECRETS =
  /password|passwd|secret|(private|access|api|account|application|encryption|kms|storage|shared)_key|apikey|credential|connection_(uri|string)|passphrase|(^|_)(sas|jwt|dsn)(_|$)|(^|_)(token|otp|pwd|pin|cookie|nonce|signature|hmac|bearer|authorization|magic_link)$|^reset_hash$/i;
/** Facts about such things, which are none themselves. */
const NO_SECRETS = /^(has|require|is|can)_|_(checks|changed|ttl)$/i;
/** Texts in the free settings of a storage and the like that say where it is; any other may be a key. */
const PLACES =
  /bucket|region|path|dir|host|prefix|endpoint|container|drive|name|type|method|language|model|format|class|tier/i;
const KEYS = /key|pass|secret|token|cred/i;
export const MASKED = '[masked]';
const SIGNING = /(signature|sig|token|credential|expires|policy|key-pair-id|authorization|upload_id|hdnts|hdnea)$/i;

/** A web address with a parameter that signs it. */
function isSigned(text: string): boolean {
  const at = /^https?:\/\//i.test(text) ? text.indexOf('?') : -1;
  const names =
    at === -1
      ? []
      : text
          .slice(at + 1)
          .split('&')
          .map((part) => part.split('=', 1)[0] ?? '');
  return names.some((name) => SIGNING.test(name));
}

/** What works as a key inside of an address that stands in a text, such as the message of a failed job. */
const SIGNATURE_IN_TEXT =
  /([?&][\w-]*(?:signature|sig|token|credential|key-pair-id|authorization|upload_id|hdnts|hdnea)=)[^&\s"'<>]+/gi;
/** A name and password before the host of an address. */
const CREDENTIALS_IN_URL = /(\b[a-z][a-z\d+.-]{1,20}:\/\/)[^\s/:@]{0,200}:[^\s/@]{1,500}@/gi;

export interface Shown {
  /** Keeps signed addresses. */
  readonly urls: boolean;
  /** Keeps what an upload needs, which comes with the act that makes room for it and with no reading. */
  readonly uploads?: boolean;
}

/** An answer of Iconik's without nulls, without the addresses of other pages, and without what would let others in. */
export function shownAnswer(value: unknown, options: Shown): unknown {
  const { urls, uploads = false } = options;
  // In a list a null keeps its place: `_sort` is what the next page begins behind.
  if (Array.isArray(value))
    return value.map((one) => (one === null ? null : shownAnswer(one, options))).filter((one) => one !== undefined);
  if (typeof value === 'string') return shownText(value, urls);
  if (!isObject(value)) return value ?? undefined;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const name = snakeCased(key);
    if (PAGE_URLS.test(name) || (SECRETS.test(name) && !NO_SECRETS.test(name)) || (!uploads && UPLOADS.test(name)))
      return [];
    const shown = shownAnswer(guarded(name, item), UPLOADS.test(name) ? { ...options, urls: true } : options);
    return shown === undefined ? [] : [[key, shown] as const];
  });
  return Object.fromEntries(entries);
}

/** `apiKey` and `x-api-key` as Iconik writes names. */
const snakeCased = (key: string): string =>
  key
    .slice(0, 200)
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();

function shownText(text: string, urls: boolean): string | undefined {
  if (!text.includes('://')) return text;
  if (!urls && isSigned(text)) return undefined;
  const shown = text.replace(CREDENTIALS_IN_URL, `$1${MASKED}@`);
  return urls ? shown : shown.replace(SIGNATURE_IN_TEXT, `$1${MASKED}`);
}

/** Settings and headers have free names, and may hold what lets a program in under any of them. */
function guarded(key: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  if (/(^|_)headers$/.test(key)) return mapped(value, () => MASKED);
  if (key !== 'settings') return value;
  const setting = (item: unknown, name: string): unknown => {
    if (Array.isArray(item)) return item.map((one) => setting(one, name));
    if (typeof item === 'string') return PLACES.test(name) && !KEYS.test(name) ? item : MASKED;
    return isObject(item) ? guarded('settings', item) : item;
  };
  return mapped(value, setting);
}

const mapped = (value: Values, change: (item: unknown, name: string) => unknown): Values =>
  Object.fromEntries(Object.entries(value).map(([name, item]) => [name, change(item, name)]));

/** The rows of a page; undefined for any other answer. */
export const rowsOf = (answer: unknown): readonly unknown[] | undefined =>
  isObject(answer) && Array.isArray(answer.objects) ? answer.objects : undefined;

interface Tree {
  readonly [name: string]: Tree;
}

function treeOf(fields: readonly string[]): Tree {
  // A field may be called __proto__.
  const tree: Record<string, Tree> = Object.create(null);
  for (const field of fields) {
    let at = tree as Record<string, Record<string, Tree>>;
    for (const part of field.split('.')) {
      at[part] ??= Object.create(null) as Record<string, Tree>;
      at = at[part] as Record<string, Record<string, Tree>>;
    }
  }
  return tree;
}

function pick(value: unknown, tree: Tree): unknown {
  const names = Object.keys(tree);
  if (names.length === 0) return value;
  if (Array.isArray(value)) return value.map((one) => pick(one, tree)).filter((one) => one !== undefined);
  if (!isObject(value)) return undefined;
  const kept: Record<string, unknown> = {};
  for (const name of names) {
    const item = Object.hasOwn(value, name) ? pick(value[name], tree[name] as Tree) : undefined;
    if (item !== undefined) kept[name] = item;
  }
  return kept;
}

/** Only these fields, as dotted paths that lead through lists; in a page they are those of its rows. */
export function chosen(answer: unknown, fields: readonly string[] | undefined): unknown {
  if (!fields || fields.length === 0) return answer;
  const tree = treeOf(fields.map((field) => field.replace(/^objects(\[\])?\./, '').replaceAll('[]', '')));
  const rows = rowsOf(answer);
  return rows ? { ...(answer as Values), objects: pick(rows, tree) } : pick(answer, tree);
}

/** Fields of which nothing came, perhaps because they are empty everywhere. */
export function missing(answer: unknown, fields: readonly string[] = []): string[] {
  const rows = rowsOf(answer) ?? [answer];
  if (rows.length === 0) return [];
  return fields.filter((field) => {
    const tree = treeOf([field.replace(/^objects(\[\])?\./, '').replaceAll('[]', '')]);
    return rows.every((one) => isEmpty(pick(one, tree)));
  });
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.values(value).every(isEmpty));

/** Tokens of an answer. */
const MAX_TOKENS = 4_000;

/** As many rows of a page as fit, with a sentence on how to get the others. */
export function fitted(answer: unknown, hasPages: boolean): { readonly answer: unknown; readonly note?: string } {
  const rows = rowsOf(answer);
  if (!rows) return { answer };
  let left = MAX_TOKENS;
  const end = rows.findIndex((row) => {
    left -= tokensIn(JSON.stringify(row) ?? '');
    return left < 0;
  });
  if (end === -1) return { answer };
  const count = Math.max(1, end);
  const rest = hasPages ? `ask for per_page: ${count}` : 'narrow the request';
  const note = `Rows shown: ${count} of the ${rows.length} of this page. Choose fields, or ${rest}.`;
  return { answer: { ...(answer as Values), objects: rows.slice(0, count) }, note };
}
