import * as z from 'zod';
import type { Context } from '../types.ts';
import { stillShownNotes } from './bin/still_shown.ts';
import { movedNotes, SELECTION } from './kept_selections.ts';
import { findAsset, findCollection } from './objects.ts';
import { leftOut, leftOutNotes } from './plans/left_out.ts';
import { toldApart } from './plans/titles.ts';
import { byOrder, notIndexed } from './saved/made_lately.ts';
import { all, type Criteria, type Doc, firstFew, MAX_DOCUMENTS, page, type Term, under, unindexed } from './search.ts';

/** One asset, for tasks about one. */
export const oneAsset = z.string().min(1).describe('Id, address, title, file or path.');

/** One of its versions; some hosts send the number as a number. */
export const oneVersion = z.string().min(1).optional().describe('e.g. v3. Default: current.');

/** Several assets, by whatever names them; for tasks over sets. */
export const manyAssets = {
  assets: z.array(z.string().min(1)).optional().describe('Ids or exact titles.'),
  selection: z.string().optional().describe('Handle.'),
  collection: z.string().optional().describe('Name or path; all below.'),
  first: z
    .int()
    .min(1)
    .refine((count) => count <= MAX_DOCUMENTS, `must be at most ${MAX_DOCUMENTS}`)
    .optional()
    .describe('First N.'),
};

/** The same for tasks that change them, some of which a person may want to leave out. */
export const assetsToChange = {
  ...manyAssets,
  except: z.array(z.string().min(1)).optional().describe('Not these.'),
};

/** The assets that a call is about. */
export interface Targets {
  readonly assets?: readonly string[] | undefined;
  readonly selection?: string | undefined;
  readonly collection?: string | undefined;
  /** Left out of them: assets, selections or collections. */
  readonly except?: readonly string[] | undefined;
  /** How many of them, in the order of the selection; those of a collection by title. */
  readonly first?: number | undefined;
  /** All in that order, up to `MAX_ORDERED`: without it they come by id. */
  readonly ordered?: boolean | undefined;
}

/** Assets that are read in the order of a selection. */
const MAX_ORDERED = 1_000;

/** For `check`: exactly one way to name the assets. */
export function oneWay({ assets, selection, collection }: Targets): string | undefined {
  const given = [assets, selection, collection].filter((one) => one !== undefined).length;
  return given === 1 ? undefined : 'Name the assets in exactly one way: assets, selection or collection.';
}

export interface Found {
  readonly docs: readonly Doc[];
  /** How many there are before the conditions. */
  readonly total: number;
  /** How the names were understood, and where the library has moved on since a selection was made. */
  readonly notes: readonly string[];
}

/** More that has to hold, for `where`: terms, and query clauses that must not. */
export interface Only {
  readonly terms: readonly Term[];
  readonly not: readonly string[];
  /** The assets for which it holds, in the note about `first`: `those that are archived`. */
  readonly label?: string;
}

/**
 * For tasks that cannot be done with every asset: `first` counts those alone that can be, as far as search knows. Without it,
 * and of assets that are named, all are read: each that stays is shown with its reason.
 */
export const onlyForFirst = ({ first, assets }: Targets, only: Only): Only | undefined =>
  first === undefined || assets !== undefined ? undefined : only;

const narrowed = (criteria: Criteria, { terms, not }: Only): Criteria => {
  const query = [criteria.query && `(${criteria.query})`, ...not.map((one) => `NOT ${one}`)]
    .filter(Boolean)
    .join(' AND ');
  return { ...criteria, terms: [...criteria.terms, ...terms], ...(query && { query }) };
};

/** The documents of the assets that are meant, told apart, with the fields asked for beside `id`, `title` and `date_created`. */
export async function documentsOf(
  context: Context,
  given: Targets,
  include_fields: readonly string[],
  only?: Only,
): Promise<Found> {
  const found = await read(context, given, include_fields, only);
  return { ...found, docs: toldApart(found.docs) };
}

async function read(
  context: Context,
  given: Targets,
  include_fields: readonly string[],
  only: Only = { terms: [], not: [] },
): Promise<Found> {
  const out = await leftOut(context, given.except);
  const { first, selection } = given;
  // As many more as are left out: the first ten are the first ten of those that stay.
  const asked = { ...given, ...(first !== undefined && { first: Math.min(first + out.ids.size, MAX_DOCUMENTS) }) };
  const {
    docs: read,
    total,
    notes,
    orderedBy,
  } = await documents(context, asked, ['title', 'date_created', ...include_fields], only);
  const all = toldApart(read);
  const kept = all.filter(({ id }) => !out.ids.has(String(id)));
  const docs = kept.slice(0, first);
  const isOrdered = given.assets === undefined;
  return {
    docs,
    total: total - (all.length - kept.length),
    notes: [
      ...notes,
      ...(selection === undefined ? [] : movedNotes(context, selection, total)),
      ...leftOutNotes(out, all, first === undefined),
      ...(isOrdered ? firstNote(first, docs, only, orderedBy) : []),
    ],
  };
}

interface Read extends Found {
  /** What the order is by, where it was asked for. */
  readonly orderedBy?: string | undefined;
}

/** All of them, with those that are left out; `total` is that of the library now. */
async function documents(context: Context, given: Targets, fields: readonly string[], only: Only): Promise<Read> {
  const narrow = only.terms.length + only.not.length > 0;
  const { first, ordered = false } = given;
  const isAll = first === undefined && !ordered;
  const look = (criteria: Criteria) =>
    isAll
      ? all(context, narrowed(criteria, only), fields)
      : firstFew(context, narrowed(criteria, only), first ?? MAX_ORDERED, fields);
  const count = async (criteria: Criteria, docs: readonly Doc[]): Promise<number> =>
    narrow || !isAll ? (await page(context, criteria, { per_page: 1, include_fields: ['id'] })).total : docs.length;
  const gone = (criteria: Criteria) => stillShownNotes(context, narrowed(criteria, only));
  if (given.selection !== undefined) {
    const { criteria, description, order, orderedBy, made = [] } = context.handles.get(SELECTION, given.selection);
    const places = isAll ? undefined : order;
    const few = { order: places ?? [], count: first ?? MAX_ORDERED, narrow };
    const docs = await (places ? firstInOrder(context, narrowed(criteria, only), fields, few) : look(criteria));
    const notes = [`${given.selection} → ${description}`, ...(await gone(criteria))];
    const late = narrow ? [] : await notIndexed(context, made, docs);
    const total = (await count(criteria, docs)) + late.length;
    return { docs: byOrder([...docs, ...late], late.length > 0 ? order : undefined, first), total, notes, orderedBy };
  }
  if (given.collection !== undefined) {
    const { id, title } = await findCollection(context, given.collection);
    const docs = await look({ ...under(id), sort: [{ name: 'title', order: 'asc' }] });
    const notes = [`"${given.collection}" → collection "${title}" (${id}) and everything below it`];
    return { docs, total: await count(under(id), docs), notes: [...notes, ...(await gone(under(id)))] };
  }
  const byId = (criteria: Criteria) => all(context, narrowed(criteria, only), fields);
  return namedDocuments(context, given.assets ?? [], narrow, byId);
}

/** The first documents in an order of ids. */
async function firstInOrder(
  context: Context,
  criteria: Criteria,
  fields: readonly string[],
  { order, count, narrow }: { readonly order: readonly string[]; readonly count: number; readonly narrow: boolean },
): Promise<Doc[]> {
  // Where more has to hold, the first of those that do may come late in the order.
  const ids = narrow ? order : order.slice(0, count);
  const found = await all(context, { ...criteria, terms: [...criteria.terms, { name: 'id', value_in: ids }] }, fields);
  const places = new Map(order.map((id, index) => [id, index]));
  return found.sort((a, b) => (places.get(a.id ?? '') ?? 0) - (places.get(b.id ?? '') ?? 0)).slice(0, count);
}

function firstNote(
  first: number | undefined,
  docs: readonly Doc[],
  { label = 'them' }: Only,
  orderedBy?: string,
): string[] {
  if (first === undefined) return [];
  const from = docs[0] ? `, from "${docs[0].title ?? ''}" on` : '';
  const order = orderedBy === undefined ? '' : `, in the order of ${orderedBy}${MEANT_BY[orderedBy] ?? ''}`;
  return [`first: ${first} → ${docs.length} of ${label}${from}${order}`];
}

/** What an order is by, where that may not be what a task is about. */
const MEANT_BY: Readonly<Record<string, string>> = { size: ': that of all copies and versions of an asset' };

/** The assets that are named, each once and in their order. */
async function namedDocuments(
  context: Context,
  names: readonly string[],
  narrow: boolean,
  read: (criteria: Criteria) => Promise<readonly Doc[]>,
): Promise<Found> {
  const named = await Promise.all(names.map((name) => findAsset(context, name)));
  const ids = [...new Set(named.map(({ id }) => id))];
  const byId: Criteria = { doc_types: ['assets'], terms: [{ name: 'id', value_in: ids }] };
  const known = new Map<unknown, Doc>((ids.length > 0 ? await read(byId) : []).map((doc) => [doc.id, doc]));
  const docs = named
    .filter(({ id }, index) => named.findIndex((one) => one.id === id) === index)
    .flatMap(({ id, title }): readonly Doc[] => {
      const doc = known.get(id);
      return doc ? [doc] : narrow ? [] : [unindexed(id, title)];
    });
  return {
    docs,
    total: ids.length,
    notes: named.flatMap(({ id, title }, index) =>
      names[index] === id || names[index] === title ? [] : [`"${names[index]}" → "${title}" (${id})`],
    ),
  };
}
