import { firstOf } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { ToolError } from '../errors.ts';
import { batches, each } from '../run/each.ts';
import { groupBy } from '../run/group_by.ts';
import type { Context } from '../types.ts';
import { idsOf, keepNoted, SELECTION, selectionNow } from './kept_selections.ts';
import { findAsset } from './objects.ts';
import { ACTIVE, all, type Criteria, type Doc, MAX_IDS, page, type Term } from './search.ts';

/** The asset that a sub-clip is cut from, in its document. */
export const ORIGINAL = 'original_asset_id';

/** Their original by original, in the order of their place in it. */
export const BY_PLACE = [
  { name: ORIGINAL, order: 'asc' },
  { name: 'time_start_milliseconds', order: 'asc' },
  { name: 'id', order: 'asc' },
] as const satisfies Criteria['sort'];

const cutFromAny = (ids: readonly string[]): Term => ({ name: ORIGINAL, value_in: ids.length > 0 ? ids : ['none'] });

/** How many there are of one asset. */
export async function countOfSubclips(context: Context, id: string): Promise<number> {
  const criteria: Criteria = { doc_types: ['assets'], terms: [ACTIVE, cutFromAny([id])] };
  return (await page(context, criteria, { per_page: 1, include_fields: ['id'] })).total;
}

/** A condition on what sub-clips are cut from: ids, addresses, titles, or a selection of originals. */
export async function cutFrom(context: Context, label: string, values: readonly string[]) {
  const { isNot, words } = withoutNot(values);
  const found = await Promise.all(words.map((words) => originalsOf(context, label, words)));
  const ids = [...new Set(found.flatMap((one) => one.ids))];
  const notes = found.map(({ words, meant }) => `${label} ${isNot ? 'not ' : ''}${inQuotes(words)} → ${meant}`);
  if (isNot) return { terms: [], not: ids.map((id) => `${ORIGINAL}:"${id}"`), notes };
  return { terms: [cutFromAny(ids)], not: [], notes };
}

/** Values without the `not` in front, where all have one. */
function withoutNot(values: readonly string[]): { readonly isNot: boolean; readonly words: readonly string[] } {
  const isNot = values.every((one) => /^not /i.test(one));
  return { isNot, words: values.map((one) => (isNot ? one.slice('not '.length) : one).trim()) };
}

async function originalsOf(context: Context, label: string, words: string) {
  if (!words.startsWith(`${SELECTION.prefix}_`)) {
    const { id, title } = await findAsset(context, words);
    return { words, ids: [id], meant: `${inQuotes(title)} (${id})` };
  }
  const { criteria, notes } = await selectionNow(context, words);
  const { total } = await page(context, criteria, { per_page: 1, include_fields: ['id'] });
  if (total > MAX_IDS)
    throw new ToolError(`${label}: ${words} holds ${total} assets, and at most ${MAX_IDS} can be looked for at once.`);
  const ids = (await all(context, criteria, [])).map(({ id = '' }) => id);
  return { words, ids, meant: notes.join(' ') };
}

/** What an asset may be (`AssetSchema.type`), as people write it. */
const TYPES = ['asset', 'subclip', 'placeholder', 'sequence', 'nle project', 'link', 'custom'];
const TYPE_ALIASES: Readonly<Record<string, string>> = { 'sub clip': 'subclip', project: 'nle project' };

/** `sub-clips` → `SUBCLIP`; undefined for what is no type. */
export function typeMeant(words: string): string | undefined {
  const plain = words.toLowerCase().replace(/[_-]/g, ' ').trim().replace(/s$/, '');
  const name = Object.hasOwn(TYPE_ALIASES, plain) ? (TYPE_ALIASES[plain] ?? '') : plain;
  return TYPES.includes(name) ? name.toUpperCase().replace(' ', '_') : undefined;
}

/** A condition on the type of assets. Throws `ToolError` for what is none. */
export function ofType(label: string, values: readonly string[]) {
  const { isNot, words } = withoutNot(values);
  const types = words.map((one) => {
    const type = typeMeant(one);
    if (type) return type;
    const media = /^(video|audio|image|document)s?$/i.test(one) ? ' For that use media_type.' : '';
    throw new ToolError(
      `${label}: ${inQuotes(one)} is no type of asset. Allowed: ${TYPES.join(', ')}; also "not …".${media}`,
    );
  });
  const notes = [`${label} → ${isNot ? 'not ' : ''}${types.join(' or ')}`];
  if (isNot) return { terms: [], not: types.map((type) => `type:"${type}"`), notes };
  return { terms: [{ name: 'type', value_in: types }], not: [], notes };
}

/** Sub-clips in the library that are cut from these assets, by the id of the original. */
export async function subclipsOf(context: Context, ids: readonly string[]): Promise<Map<string, Doc[]>> {
  const { done, failed } = await each(
    batches(ids),
    { ...context, progress: () => undefined },
    (some) => {
      const originals = cutFromAny(some);
      return all(context, { doc_types: ['assets'], terms: [ACTIVE, originals] }, ['title', ORIGINAL]);
    },
    { untimed: true },
  );
  if (failed[0]) throw failed[0].error;
  return groupBy(
    done.flatMap(({ result }) => result),
    ({ original_asset_id }) => String(original_asset_id),
  );
}

/** Originals that a note names. */
const MAX_ORIGINALS = 5;

/** How many there are, and whose: `They are of "A" 3, "B" 2.`, of more than a note names with a handle. */
export function countSubclips(
  context: Context,
  docs: readonly Doc[],
  subclips: ReadonlyMap<string, readonly Doc[]>,
): { readonly count: number; readonly whose: string } {
  const cut = docs
    .map(({ id, title }) => ({
      id: String(id),
      title: title ?? String(id),
      count: subclips.get(String(id))?.length ?? 0,
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const names = firstOf(cut, MAX_ORIGINALS, ({ title, count }) => `${inQuotes(title)} ${count}`);
  const handle = cut.length > MAX_ORIGINALS ? ` (${keepNoted(context, idsOf(cut), 'originals of sub-clips')})` : '';
  return {
    count: cut.reduce((sum, { count }) => sum + count, 0),
    whose: `Sub-clips are cut from: ${names}${handle}.`,
  };
}
