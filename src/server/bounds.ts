import { shortenToTokens, tokensIn, truncate } from '../text/tokens.ts';

/** Tokens of one answer, in each of its two forms. Hosts cut at 25,000, and what is read is paid for. */
const LIMIT = 9_300;
/** Characters of a text where an answer is too long. */
const LONG = 2_000;
/** Lists that are told one by one as cut. */
const LISTS_NAMED = 3;

type Document = Readonly<Record<string, unknown>>;

interface Cuts {
  /** `objects` → `57 of 1000`. */
  readonly lists: Map<string, string>;
  texts: boolean;
}

/**
 * An answer that fits: long texts are shortened, then lists end where there is no more room, and `cut_to_fit` says so.
 * What a hit has as `_sort`, where the next page begins, stays on the last one that is shown, and on no other.
 */
export function bounded(value: Document): Document {
  const objects: readonly unknown[] = Array.isArray(value.objects) ? value.objects : [];
  const cursors = objects.map((one) => (isDocument(one) ? one._sort : undefined));
  if (!cursors.some(Boolean)) return fitted(value, LIMIT);
  const bare = objects.map((one) => (isDocument(one) ? without(one, '_sort') : one));
  const room = LIMIT - Math.max(...cursors.map(weigh));
  const answer = fitted({ ...value, objects: bare }, room);
  const shown = answer.objects as readonly unknown[];
  const last = shown.length - 1;
  const marked = shown.map((one, index) => (index === last ? { ...Object(one), _sort: cursors[last] } : one));
  return { ...answer, objects: marked };
}

function fitted(value: Document, room: number): Document {
  // A sign costs three tokens at the most, an escaped one included: nearly every answer is that short.
  if (signsOf(value) * 3 <= room || weigh(value) <= room) return value;
  const cuts: Cuts = { lists: new Map(), texts: false };
  const answer = fitInto(shortened(value, cuts), room - ROOM_TO_SAY, '', cuts) as Record<string, unknown>;
  return { ...answer, cut_to_fit: cutsLine(answer, cuts) };
}

const ROOM_TO_SAY = 100;

function cutsLine({ objects }: Document, { lists, texts }: Cuts): string {
  const names = [...lists].map(([name, counts]) => `${name}: ${counts} shown`);
  const more = names.length > LISTS_NAMED ? `${names.length - LISTS_NAMED} more lists are cut` : '';
  const what = [...names.slice(0, LISTS_NAMED), more, texts && 'long texts were shortened'].filter(Boolean).join('; ');
  if (!lists.has('objects') || !Array.isArray(objects)) return `${what}. Ask for fewer fields to see the rest.`;
  return `${what}. For the rest go on behind the last one shown, or ask again with per_page: ${round(objects.length)}.`;
}

/** A page size that is easy to go on with. */
const round = (count: number): number => {
  const step = count < 10 ? 1 : count < 100 ? 5 : 50;
  return Math.floor(count / step) * step;
};

function shortened(value: unknown, cuts: Cuts): unknown {
  if (typeof value === 'string') {
    if (value.length <= LONG) return value;
    cuts.texts = true;
    return `${truncate(value, LONG)}… (${value.length} characters)`;
  }
  if (Array.isArray(value)) return value.map((item) => shortened(item, cuts));
  if (!isDocument(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortened(item, cuts)]));
}

/** What of a value fits into so many tokens. A list keeps its beginning, a document all its keys as far as they fit. */
function fitInto(value: unknown, room: number, name: string, cuts: Cuts): unknown {
  if (weigh(value) <= room) return value;
  if (Array.isArray(value)) return fitList(value, room, name, cuts);
  if (isDocument(value)) return fitDocument(value, room, name, cuts);
  if (typeof value !== 'string') return value;
  cuts.texts = true;
  return shortenToTokens(value, Math.max(0, room));
}

function fitList(list: readonly unknown[], room: number, name: string, cuts: Cuts): unknown[] {
  let left = room;
  const end = list.findIndex((item) => {
    left -= weigh(item) + 1;
    return left < 0;
  });
  const kept = end === 0 ? [fitInto(list[0], room - 1, name, cuts)] : list.slice(0, end === -1 ? list.length : end);
  if (kept.length < list.length) cuts.lists.set(name, `${kept.length} of ${list.length}`);
  return kept;
}

/** The light ones stay whole, and the heavy ones share what is left. */
function fitDocument(value: Document, room: number, name: string, cuts: Cuts): Record<string, unknown> {
  const all = Object.entries(value).map(([key, item]) => ({ key, item, own: weigh(key) + 1, whole: weigh(item) }));
  let keys = 0;
  const end = all.findIndex(({ own }) => {
    keys += own;
    return keys > room / 2;
  });
  const kept = end > 0 ? all.slice(0, end) : all;
  if (kept.length < all.length) cuts.lists.set(name, `${kept.length} of ${all.length}`);
  let left = room;
  const shares = kept
    .toSorted((a, b) => a.own + a.whole - b.own - b.whole)
    .map(({ key, item, own, whole }, index) => {
      const share = Math.floor(left / (kept.length - index)) - own;
      const shown = fitInto(item, share, name ? `${name}.${key}` : key, cuts);
      left -= own + (shown === item ? whole : weigh(shown));
      return [key, shown] as const;
    });
  const fitted = new Map(shares);
  return Object.fromEntries(kept.map(({ key }) => [key, fitted.get(key)]));
}

const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const without = (value: Document, name: string): Document =>
  Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));

/** Signs of a value as JSON, at the most; an escaped sign counts as one. */
function signsOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 3;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + signsOf(item), 3);
  if (!isDocument(value)) return MAX_NUMBER;
  let signs = 3;
  for (const [key, item] of Object.entries(value)) signs += key.length + 3 + signsOf(item);
  return signs;
}

/** Signs of the longest number, and of what is shorter: true, false, null. */
const MAX_NUMBER = 25;

const weigh = (value: unknown): number => tokensIn(JSON.stringify(value) ?? '');
