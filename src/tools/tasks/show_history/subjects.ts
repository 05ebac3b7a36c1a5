import { timeIn } from '../../../media/dates.ts';
import { inQuotes } from '../../../text/quote.ts';
import { binContents } from '../../library/bin/contents.ts';
import { findCollection } from '../../library/objects.ts';
import { namesOf } from '../../library/people.ts';
import { ACTIVE, firstFew, type Term } from '../../library/search.ts';
import { documentsOf } from '../../library/selection.ts';
import { everyShare } from '../../library/shares/shares.ts';
import { collections } from '../../operations/collections.ts';
import { instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { isIn, type Range } from './entries.ts';

/** Assets of which the history is read in one call. */
export const MAX_ASSETS = 150;

interface Targets {
  readonly assets?: readonly string[] | undefined;
  readonly selection?: string | undefined;
  readonly collection?: string | undefined;
  readonly first?: number | undefined;
}

interface Asked {
  readonly range: Range;
  readonly zone: string;
  /** Words of `KINDS`. */
  readonly what: readonly string[] | undefined;
}

export interface Subjects {
  readonly ids: readonly string[];
  readonly notes: readonly string[];
}

/** The assets whose history is asked for: those that are named, or those that were changed or deleted since a day. */
export async function subjectsOf(context: Context, targets: Targets, { range, zone, what }: Asked): Promise<Subjects> {
  const isNamed = targets.assets ?? targets.selection ?? targets.collection;
  if (isNamed === undefined) return happenedIn(context, range, what);
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

/** Kinds of entries that do not change the date of an asset, and that nothing else lists across assets. */
const UNDATED = ['metadata', 'downloaded', 'exported'];

/**
 * Assets that were changed, deleted or shared in a range, or that have a request for approval: Iconik lists no history across
 * assets, and a review or a share does not count as a change of the asset.
 */
async function happenedIn(context: Context, range: Range, what: readonly string[] | undefined): Promise<Subjects> {
  const wants = (kind: string): boolean => what === undefined || what.includes(kind);
  const [changed, bin, reviewed, shared] = await Promise.all([
    lastChanged(context, range.from ? [{ name: 'date_modified', range: { min: range.from } }] : []),
    binContents(context, deletedIn(range)).catch(instead(context, undefined)),
    wants('reviewed') ? lastChanged(context, [{ name: 'approval_status', value_in: REVIEWED }]) : [],
    wants('shared') ? sharedIn(context, range) : { ids: [], notes: [] },
  ]);
  const deleted = bin?.entries.map(({ id }) => id) ?? [];
  // What may hold the entries that are asked for comes first.
  const sure = [...(wants('deleted') ? deleted : []), ...shared.ids];
  const rest = what?.includes('reviewed') ? [...reviewed, ...changed] : [...changed, ...reviewed];
  const ids = [...new Set([...sure, ...rest, ...deleted])];
  const isCut = ids.length > MAX_ASSETS || changed.length >= MAX_ASSETS;
  const kinds = [
    'were changed since then',
    'are in the recycle bin',
    ...(wants('reviewed') ? ['have a request for approval'] : []),
    ...(wants('shared') ? ['were shared in these days'] : []),
  ];
  const undated = UNDATED.filter(wants);
  return {
    ids: ids.slice(0, MAX_ASSETS),
    notes: [
      `Iconik lists no history across assets: looked at ${Math.min(ids.length, MAX_ASSETS)} assets that ${kinds.join(', ')}${isCut ? ', not at all of them. Give fewer days, or name assets, to see all' : ''}.`,
      ...(undated.length > 0
        ? [
            `Not searched: ${undated.join(', ')} on other assets, which need not count as a change. The history of the asset has it: name assets, a selection or a collection.`,
          ]
        : []),
      ...shared.notes,
      ...(bin ? [] : ['The recycle bin could not be read.']),
    ],
  };
}

const REVIEWED = ['REQUESTED', 'MIXED', 'APPROVED', 'NOT_APPROVED'];

const deletedIn = ({ from, to }: Range): string =>
  [from && `date_deleted,gte,${from}`, to && `date_deleted,lt,${to}`].filter(Boolean).join(';');

/** Ids of the assets for which a term holds, those that were changed last. */
async function lastChanged(context: Context, terms: readonly Term[]): Promise<string[]> {
  const sort = [{ name: 'date_modified', order: 'desc' as const }];
  const docs = await firstFew(context, { doc_types: ['assets'], terms: [ACTIVE, ...terms], sort }, MAX_ASSETS, []);
  return docs.flatMap(({ id }) => id ?? []);
}

/** Assets that were shared in a range, as far as their shares are there and may be seen. */
async function sharedIn(context: Context, range: Range): Promise<Subjects> {
  const found = await everyShare(context).catch(instead(context, undefined));
  if (!found)
    return { ids: [], notes: ['The list of shares could not be read: list_shares of an asset may say more.'] };
  const ids = found.list.flatMap(({ of, date_created: date }) =>
    of.object_type === 'assets' && date && isIn(range, date) ? [of.object_id] : [],
  );
  return { ids, notes: found.isWhole ? [] : ['Of shares only those that you made or got were looked at.'] };
}
