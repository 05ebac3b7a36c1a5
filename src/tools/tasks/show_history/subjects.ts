import { timeIn } from '../../../media/dates.ts';
import { inQuotes } from '../../../text/quote.ts';
import { binContents } from '../../library/bin/contents.ts';
import { findCollection } from '../../library/objects.ts';
import { namesOf } from '../../library/people.ts';
import { firstFew } from '../../library/search.ts';
import { ACTIVE, documentsOf } from '../../library/selection.ts';
import { collections } from '../../operations/collections.ts';
import { instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Range } from './entries.ts';

/** Assets of which the history is read in one call. */
export const MAX_ASSETS = 150;

interface Targets {
  readonly assets?: readonly string[] | undefined;
  readonly selection?: string | undefined;
  readonly collection?: string | undefined;
  readonly first?: number | undefined;
}

export interface Subjects {
  readonly ids: readonly string[];
  readonly notes: readonly string[];
}

/** The assets whose history is asked for: those that are named, or those that were changed or deleted since a day. */
export async function subjectsOf(context: Context, targets: Targets, range: Range, zone: string): Promise<Subjects> {
  const isNamed = targets.assets ?? targets.selection ?? targets.collection;
  if (isNamed === undefined) return changedSince(context, range);
  const [found, about] = await Promise.all([
    documentsOf(context, { ...targets, ordered: true }, []),
    targets.collection === undefined ? [] : collectionNotes(context, targets.collection, zone),
  ]);
  const ids = found.docs.flatMap(({ id }) => id ?? []);
  const notes = [...about, ...found.notes];
  return ids.length <= MAX_ASSETS
    ? { ids, notes }
    : {
        ids: ids.slice(0, MAX_ASSETS),
        notes: [...notes, `Looked at the first ${MAX_ASSETS} of ${found.total} assets. Name fewer to see the others.`],
      };
}

/** What Iconik keeps of a collection: no history, but who created it and when it was changed. */
async function collectionNotes(context: Context, words: string, zone: string): Promise<string[]> {
  const { id } = await findCollection(context, words);
  const {
    title = id,
    date_created,
    date_modified,
    created_by_user: author,
  } = await context.use(collections.tools.get_collection, { collection_id: id });
  const names = await namesOf(context, [author]).catch(instead(context, new Map<string, string>()));
  const by = author ? ` by ${names.get(author) ?? author}` : '';
  return [
    `Iconik keeps no history of collections. ${inQuotes(title)}: created ${date_created ? timeIn(date_created, zone) : 'at an unknown time'}${by}${date_modified ? `, last changed ${timeIn(date_modified, zone)}` : ''}. What follows is the history of the assets in it.`,
  ];
}

/** Assets that were changed or deleted since the beginning of a range: Iconik lists no history across assets. */
async function changedSince(context: Context, { from, to }: Range): Promise<Subjects> {
  const terms = [ACTIVE, ...(from ? [{ name: 'date_modified', range: { min: from } }] : [])];
  const sort = [{ name: 'date_modified', order: 'desc' as const }];
  const filter = [from && `date_deleted,gte,${from}`, to && `date_deleted,lt,${to}`].filter(Boolean).join(';');
  const [changed, bin] = await Promise.all([
    firstFew(context, { doc_types: ['assets'], terms, sort }, MAX_ASSETS, []),
    binContents(context, filter).catch(instead(context, undefined)),
  ]);
  const deleted = bin?.entries.map(({ id }) => id) ?? [];
  const ids = [...new Set([...deleted, ...changed.flatMap(({ id }) => id ?? [])])];
  return {
    ids: ids.slice(0, MAX_ASSETS),
    notes: [
      `Iconik lists no history across assets: looked at ${Math.min(ids.length, MAX_ASSETS)} assets that were changed since then or are in the recycle bin${ids.length > MAX_ASSETS || changed.length >= MAX_ASSETS ? ', the last changed ones of more. Give fewer days, or name assets, to see all' : ''}.`,
      ...(bin ? [] : ['The recycle bin could not be read.']),
    ],
  };
}
