import { identityKey } from '../../../text/compare.ts';
import { ToolError } from '../../errors.ts';
import { cursorOf } from '../../handles.ts';
import { SELECTION, selectionNow } from '../../library/kept_selections.ts';
import { type Condition, DATES, readConditions } from '../../library/metadata/conditions.ts';
import { propertyLabel } from '../../library/metadata/properties.ts';
import { findCollection } from '../../library/objects.ts';
import type { Criteria } from '../../library/search.ts';
import { BY_PLACE, ORIGINAL, typeMeant } from '../../library/subclips.ts';
import type { Context } from '../../types.ts';
import { type Column, columnsFor, requireKnownOfCollections, viewHints } from './columns.ts';
import { type CommentState, commentCondition, takeComments, withOpenComments } from './comments.ts';
import { type Counted, countedBy } from './counts.ts';
import { peopleClauses } from './people.ts';
import { type Measure, SHOWN_BY_SORT, sortingBy } from './sorting.ts';
import { filtersOf, type Part, searchFor, stateHints, stateParts } from './states.ts';
import { takeTechnical } from './technical.ts';
import { anywhere as inAnyField, readWords, type WordQuery, WRITES } from './words.ts';

/** What `where` takes beside labels of metadata. */
const IN_WHERE =
  'created, modified, imported, viewed, comments, transcript, storage, category, external id, type (subclip, placeholder …), cut from, size, codec, resolution, frame rate, scan, audio, start timecode, container, checksum';

/** The arguments of find_assets. */
export interface FindArgs {
  readonly words?: string | undefined;
  readonly anywhere?: string | undefined;
  readonly people?: readonly string[] | undefined;
  readonly spoken?: string | undefined;
  readonly comment?: string | undefined;
  readonly where?: Readonly<Record<string, unknown>> | undefined;
  readonly media_type?: readonly string[] | undefined;
  readonly collection?: string | undefined;
  readonly archived?: boolean | undefined;
  readonly online?: boolean | undefined;
  readonly approval?: string | undefined;
  readonly length?: string | undefined;
  readonly sort?: Parameters<typeof sortingBy>[0];
  readonly show?: readonly string[] | undefined;
  readonly count_by?: readonly string[] | undefined;
  readonly kind?: 'assets' | 'collections' | undefined;
  readonly time_zone?: string | undefined;
}

/** The arguments, resolved to a search; `after` is where its next page starts. */
export interface Query {
  readonly criteria: Criteria;
  /** Words to locate in segments. */
  readonly inSegments?: string;
  /** Words to locate in segments as well, for hits that nothing else explains. */
  readonly words?: string;
  /** What is looked for, by the argument that asks for it. */
  readonly lookedFor?: Readonly<Partial<Record<keyof typeof WRITES, string>>>;
  /** What it is narrowed by, part by part, to say of what is not found how much fits each. */
  readonly parts?: readonly Part[];
  /** The search without its words, and where these are looked for: to say how much there is to search. */
  readonly base?: { readonly query: string };
  /** People who are looked for, and the fields that hold people. */
  readonly people?: { readonly names: readonly string[]; readonly fields: readonly string[] };
  readonly inSpeech?: boolean;
  readonly inNotes?: boolean;
  /** Whether what has no media of its own is rarely meant. */
  readonly isAboutMedia?: boolean;
  readonly shown: readonly Column[];
  readonly counted: readonly Counted[];
  readonly notes: readonly string[];
  /** Notes that are no part of the description of a selection. */
  readonly hints: readonly string[];
  /** What else narrows the search, for the description of a selection: `archived: false`. */
  readonly filters: readonly string[];
  readonly selection?: string;
  /** Time zone of the dates. */
  readonly zone: string;
  readonly after?: readonly unknown[];
  /** What is asked for that the index cannot answer; absent where there is nothing, and once it is looked at. */
  readonly measure?: Measure;
  /** Then the hits in their order, and how many of them were shown. */
  readonly hits?: readonly string[];
  /** What their order is by, where the index cannot sort by it. */
  readonly orderedBy?: string;
  readonly shownBefore?: number;
  /** What was looked at for them, where it is not all: the total is a lower bound then. */
  readonly lookedAt?: string;
  /** How far the assets were looked at before; and after these hits, the query that looks at the others. */
  readonly read?: { readonly count: number; readonly after: readonly unknown[] };
  readonly others?: Query;
}

export const CURSOR = cursorOf<Query>('find_assets');

/** Resolves labels, options, collections and dates. Throws `ToolError` for names that do not exist. */
export async function readQuery(context: Context, args: FindArgs): Promise<Query> {
  const { kind = 'assets', time_zone = 'UTC' } = args;
  const { comments, where: given } = takeComments(args.where ?? {});
  const { tests, where, notes, ...known } = await takeTechnical(context, given);
  const [conditions, people, place, shown, counted] = await Promise.all([
    conditionsOf(context, where, comments, time_zone),
    peopleClauses(context, args.people),
    placeOf(context, args),
    columnsFor(context, labelsShown(args)),
    Promise.all((args.count_by ?? []).map((label) => countedBy(context, label))),
  ]);
  const { sort, order } = sortingBy(args.sort, isByPlace(args, conditions));
  if (kind === 'collections') {
    const terms = [...known.parts, ...conditions].flatMap((one) => one.terms);
    requireKnownOfCollections(context, { shown, counted, tests, order, terms });
  }
  const words = wordsOf(args);
  const others = partsBeside(args, { place, people, conditions, known: known.parts });
  const parts = [...wordParts(words), ...others];
  const found = searchFor([kind], parts, sort);
  const open = comments === 'open' ? await withOpenComments(context, found) : { criteria: found, parts: [] };
  const isMeasured = tests.length > 0 || order !== undefined || counted.some(({ fact }) => fact);
  return {
    criteria: open.criteria,
    parts: comments === 'open' && open.parts.length === 0 ? [] : [...parts, ...open.parts],
    base: { query: others.flatMap(({ clauses }) => clauses).join(' AND ') },
    people: { names: args.people ?? [], fields: people.fields },
    ...wantedIn(words),
    ...(isMeasured && { measure: { tests, order } }),
    isAboutMedia: isAboutMedia(args),
    shown,
    counted,
    zone: time_zone,
    filters: filtersOf(args),
    hints: [...people.hints, ...stateHints(args), ...viewHints(shown), ...(sort === BY_PLACE ? [PLACE_HINT] : [])],
    notes: [
      ...Object.values(words).flatMap((one) => one?.notes ?? []),
      ...[people, ...conditions, { notes }, place].flatMap((one) => one.notes),
    ],
  };
}

/** A search for what takes space, and for what is where: with placeholders and sub-clips, unless it says otherwise. */
const isAboutMedia = ({ kind, archived, online, where = {} }: FindArgs): boolean =>
  kind !== 'collections' &&
  (archived !== undefined ||
    online !== undefined ||
    Object.keys(where).some((label) => identityKey(label) === 'viewed'));

/** Where to look: in a collection and below it, or in an earlier selection. */
async function placeOf(context: Context, { collection: words, kind }: FindArgs) {
  if (words === undefined) return { terms: [], clauses: [], notes: [] };
  if (words.trim().startsWith(`${SELECTION.prefix}_`)) {
    const { criteria, notes } = await selectionNow(context, words);
    if (kind === 'collections') throw new ToolError('collection: a selection holds assets, and no collections.');
    const clauses = criteria.query ? [`(${criteria.query})`] : [];
    return { terms: criteria.terms, clauses, notes };
  }
  const { id, title } = await findCollection(context, words);
  const notes = [`"${words}" → collection "${title}" (${id}) and everything below it`];
  return { terms: [{ name: 'ancestor_collections', value_in: [id] }], clauses: [], notes };
}

/** The conditions on metadata and properties, and that on comments. */
async function conditionsOf(
  context: Context,
  where: Readonly<Record<string, unknown>>,
  comments: CommentState | undefined,
  zone: string,
): Promise<readonly Condition[]> {
  const { each } = await readConditions(context, where, zone, IN_WHERE);
  return comments === undefined ? each : [...each, { label: 'comments', ...commentCondition(comments) }];
}

interface Beside {
  readonly place: Omit<Part, 'label'>;
  readonly people: Pick<Part, 'clauses'>;
  readonly conditions: readonly Condition[];
  readonly known: readonly Part[];
}

/** What the search is narrowed by beside words. */
const partsBeside = (args: FindArgs, { place, people, conditions, known }: Beside): Part[] =>
  [
    { ...place, label: 'collection' },
    { label: 'people', terms: [], clauses: people.clauses },
    ...stateParts(args),
    ...conditions.map(({ label, terms, not }) => ({ label, terms, clauses: not.map((one) => `NOT ${one}`) })),
    ...known,
  ].filter(({ terms, clauses }) => terms.length + clauses.length > 0);

/** Whether sub-clips are asked for by what they are cut from, and words have no order of their own. */
const isByPlace = ({ words, anywhere, spoken, comment }: FindArgs, conditions: readonly Condition[]): boolean =>
  (words ?? anywhere ?? spoken ?? comment) === undefined &&
  conditions.some(({ terms }) => terms.some(({ name, missing }) => name === ORIGINAL && !missing));
const PLACE_HINT = 'Sub-clips are in the order of their place in the original.';

/** Whether sub-clips of more than one original may be found. */
function isOfSeveral([label, value]: [string, unknown]): boolean {
  const name = propertyLabel(label);
  const values = [value].flat().map(String);
  if (name === 'type') return values.some((one) => typeMeant(one) === 'SUBCLIP');
  return name === 'cut from' && (values.length > 1 || /^(not empty$|sel_)/i.test(values[0] ?? ''));
}

/** What is asked to be shown, and what is searched or sorted by beside the creation, which each hit has. */
function labelsShown({ show = [], where = {}, sort }: FindArgs): string[] {
  const searched = Object.keys(where)
    .map(identityKey)
    .filter((one) => one !== 'created' && (DATES.has(one) || one === 'size' || one === 'storage'));
  const sorted = SHOWN_BY_SORT[sort ?? ''];
  const known = new Set(show.map(identityKey));
  const originals = Object.entries(where).some(isOfSeveral) ? ['cut from'] : [];
  const more = new Set([...searched, ...originals, ...(sorted ? [sorted] : [])]);
  return [...show, ...[...more].filter((one) => !known.has(one))];
}

type Words = Readonly<Partial<Record<'words' | 'anywhere' | 'spoken' | 'comment', WordQuery>>>;

const wordsOf = ({ words, anywhere, spoken, comment }: FindArgs): Words => ({
  ...(anywhere !== undefined && { anywhere: readWords('anywhere', anywhere, inAnyField) }),
  ...(words !== undefined && { words: readWords('words', words) }),
  ...(spoken !== undefined && { spoken: readWords('spoken', spoken) }),
  ...(comment !== undefined && { comment: readWords('comment', comment) }),
});

/** What the places of hits are found by, and whether that is looked for in speech, in notes or in both. */
function wantedIn(words: Words) {
  const { anywhere, spoken, comment } = words;
  const inSegments = (spoken ?? comment)?.wanted;
  const inAll = (words.words ?? anywhere)?.wanted;
  return {
    ...(inSegments && { inSegments }),
    ...(inAll && { words: inAll }),
    lookedFor: Object.fromEntries(Object.entries(words).map(([name, { wanted }]) => [name, wanted])),
    inSpeech: Boolean(spoken ?? anywhere),
    inNotes: Boolean(comment ?? anywhere),
  };
}

const wordParts = ({ words, anywhere, spoken, comment }: Words): Part[] =>
  Object.entries({
    words: words?.text,
    anywhere: anywhere?.text,
    spoken: spoken && WRITES.spoken(spoken.text),
    comment: comment && WRITES.comment(comment.text),
  }).flatMap(([label, clause]) => (clause ? [{ label, terms: [], clauses: [clause] }] : []));
