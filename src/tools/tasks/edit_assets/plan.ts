import { identityKey } from '../../../text/compare.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { quoted } from '../../library/names.ts';
import { findCollection, type Named } from '../../library/objects.ts';
import type { EditedAsset, EditedField, Place } from '../../library/plans/edit_runs.ts';
import { type Titled, titleBesideId, titleOf, toldApart } from '../../library/plans/titles.ts';
import { undoCall } from '../../library/plans/undo_call.ts';
import { ACTIVE, page } from '../../library/search.ts';
import { assets } from '../../operations/assets.ts';
import { batches, each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { filled, type Naming, notEmpty, replaced, titleFrom } from './titles.ts';

/** The arguments of edit_assets that say what changes. */
export interface Wanted {
  readonly title?: string | undefined;
  readonly find?: string | undefined;
  readonly replace?: string | undefined;
  readonly category?: string | undefined;
  readonly external_id?: string | undefined;
  readonly clear?: readonly ('category' | 'external_id')[] | undefined;
  readonly number_from?: number | undefined;
}

export const FIELDS: readonly EditedField[] = ['title', 'category', 'external_id'];
type Field = EditedField;

/** One asset and what changes on it. */
export type Item = EditedAsset;

export interface Places {
  readonly add: readonly Place[];
  readonly remove: readonly Place[];
}

/** The collections that are named, each once. Throws `ToolError`. */
export async function placesOf(
  context: Context,
  add: readonly string[] = [],
  remove: readonly string[] = [],
): Promise<Places> {
  const find = async (names: readonly string[]): Promise<Named[]> => {
    const found = await Promise.all(names.map((name) => findCollection(context, name)));
    return [...new Map(found.map((one) => [one.id, one])).values()];
  };
  const [into, out] = await Promise.all([find(add), find(remove)]);
  const both = into.find(({ id }) => out.some((one) => one.id === id));
  if (both)
    throw new ToolError(
      `${inQuotes(both.title)} (${both.id}) is both in add_to and in take_out_of. Nothing was changed.`,
    );
  const apart = new Map(toldApart([...into, ...out]).map((one) => [one.id, one]));
  const known = ({ id, title }: Named): Place => apart.get(id) ?? { id, title };
  return { add: into.map(known), remove: out.map(known) };
}

type Asset = Awaited<ReturnType<typeof read>> & Pick<Titled, 'apart'>;
const read = (context: Context, asset_id: string) =>
  context.use(assets.tools.get_asset, { asset_id, include_collections: true });

/** The assets, each read by its id. Throws the first error. */
export async function readAssets(context: Context, docs: readonly Titled[]): Promise<Asset[]> {
  const readOne = async ({ id = '', apart }: Titled): Promise<Asset> => ({ ...(await read(context, id)), id, apart });
  const { done, failed } = await each(docs, context, readOne, { untimed: true });
  if (failed[0]) throw failed[0].error;
  return done.map(({ result }) => result);
}

/** Sub-clips of one asset by where they start in it; undefined for anything else. */
export function byStart(list: readonly Asset[]): Asset[] | undefined {
  const [first] = list;
  const isOfOne = list.every(
    ({ type, original_asset_id: of, time_start_milliseconds: start }) =>
      type === 'SUBCLIP' && start !== undefined && of === first?.original_asset_id,
  );
  return isOfOne
    ? list.toSorted((a, b) => (a.time_start_milliseconds ?? 0) - (b.time_start_milliseconds ?? 0))
    : undefined;
}

/** Each asset, in this order, with what really changes. */
export const itemsOf = (list: readonly Asset[], wanted: Wanted, places: Places): Item[] =>
  list.map((asset, index) => {
    const { id = '', title = id, apart, date_created = '', in_collections = [] } = asset;
    const naming = { title, n: index + (wanted.number_from ?? 1), date: date_created.slice(0, 10) };
    const made = newValues(wanted, naming);
    const old: Item['old'] = {
      title,
      ...(asset.category && { category: asset.category }),
      ...(asset.external_id && { external_id: asset.external_id }),
    };
    const changed = FIELDS.filter((name) => made[name] !== undefined && made[name] !== (old[name] ?? ''));
    return {
      id,
      title,
      apart,
      old,
      fields: Object.fromEntries(changed.map((name) => [name, made[name] ?? ''])),
      add: places.add.filter((one) => !in_collections.includes(one.id)),
      remove: places.remove.filter((one) => in_collections.includes(one.id)),
    };
  });

/** An external id is made from the new title: made from the old one, a repeat would change it again. */
function newValues({ category, external_id, clear = [], ...wanted }: Wanted, naming: Naming): Item['fields'] {
  const title = newTitle(wanted, naming);
  const named = { ...naming, title: title ?? naming.title };
  return {
    ...(title !== undefined && { title }),
    ...(category !== undefined && { category }),
    ...(external_id !== undefined && { external_id: notEmpty('external_id', filled(external_id, named), naming) }),
    ...Object.fromEntries(clear.map((name) => [name, ''])),
  };
}

function newTitle({ title, find, replace = '' }: Wanted, naming: Naming): string | undefined {
  if (title !== undefined) return titleFrom(title, naming);
  return find === undefined ? undefined : notEmpty('title', replaced(naming.title, find, replace), naming);
}

export const changes = ({ fields, add, remove }: Item): number =>
  Object.keys(fields).length + add.length + remove.length;

const LABELS: Readonly<Record<Field, string>> = { title: 'title', category: 'category', external_id: 'external id' };

/** `"Old title" → "New title" · category empty → "B-roll" · into "Selects" · out of "Rushes" · id` */
export function itemLine({ fields, old, add, remove, ...one }: Item): string {
  const shown = (value: string | undefined): string => (value ? inQuotes(value) : 'empty');
  const values = FIELDS.filter((name) => name !== 'title' && fields[name] !== undefined).map(
    (name) => `${LABELS[name]} ${shown(old[name])} → ${shown(fields[name])}`,
  );
  return [
    fields.title === undefined ? titleBesideId(one) : `${titleBesideId(one)} → ${inQuotes(fields.title)}`,
    ...values,
    ...add.map((place) => `into ${titleOf(place)}`),
    ...remove.map((place) => `out of ${titleOf(place)}`),
    one.id,
  ].join(' · ');
}

/** The call that sets an asset back; none where an old value reads like a pattern. */
export function undoOf({ id, fields, old, add, remove }: Item): string[] {
  const changed = FIELDS.filter((name) => fields[name] !== undefined);
  if (changed.some((name) => old[name]?.includes('{'))) return [];
  const had = changed.filter((name) => old[name]);
  const clear = changed.filter((name) => !old[name]);
  return undoCall('edit_assets', {
    assets: [id],
    ...Object.fromEntries(had.map((name) => [name, old[name]])),
    ...(clear.length > 0 && { clear }),
    ...(remove.length > 0 && { add_to: remove.map((one) => one.id) }),
    ...(add.length > 0 && { take_out_of: add.map((one) => one.id) }),
  });
}

/** Titles that are looked up at once, and hits that are read. */
const TITLES_IN_QUERY = 20;
const MAX_HITS = 200;

/** New titles that several assets get, or that other assets have already. */
export async function twinsOf(context: Context, items: readonly Item[]): Promise<string[]> {
  const renamed = items.flatMap(({ id, fields: { title } }) => (title === undefined ? [] : [{ id, title }]));
  const counted = new Map<string, string[]>();
  for (const { title } of renamed) counted.set(identityKey(title), [...(counted.get(identityKey(title)) ?? []), title]);
  const own = [...counted.values()].flatMap(([one, ...more]) => (one && more.length > 0 ? [one] : []));
  const ids = new Set(renamed.map(({ id }) => id));
  const titles = [...counted.values()].flatMap(([one]) => one ?? []);
  const { done, failed } = await each(
    batches(titles, TITLES_IN_QUERY),
    { ...context, progress: () => undefined },
    async (some) => {
      const query = some.map((title) => `title:${quoted(title)}`).join(' OR ');
      const criteria = { doc_types: ['assets'] as const, terms: [ACTIVE], query };
      const { docs } = await page(context, criteria, { per_page: MAX_HITS, include_fields: ['id', 'title'] });
      const there = docs.filter(({ id }) => !ids.has(String(id))).map(({ title = '' }) => identityKey(title));
      return some.filter((title) => there.includes(identityKey(title)));
    },
    { untimed: true },
  );
  if (failed[0]) throw failed[0].error;
  return [...new Set([...own, ...done.flatMap(({ result }) => result)])];
}
