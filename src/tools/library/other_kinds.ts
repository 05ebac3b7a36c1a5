import { inQuotes } from '../../text/quote.ts';
import type { CacheKind } from '../cache.ts';
import { search } from '../operations/search.ts';
import type { Context } from '../types.ts';
import { idMeant, nounOf, sourceOfIds, withArticle } from './ids.ts';
import { isUuid } from './names.ts';
import type { Doc } from './search.ts';

/** What an id stands for. */
interface Known {
  readonly noun: string;
  /** `the collection "Season 2025"`. */
  readonly words: string;
  /** The asset of a version or a segment. */
  readonly asset_id?: string | undefined;
}

const FIELDS = ['id', 'object_type', 'title', 'asset_id', 'segment_type', 'versions.id'];

/**
 * What ids stand for in the search index, by id: assets, collections, segments and versions. One search; undefined where
 * the index cannot be asked.
 */
async function lookUp(context: Context, ids: readonly string[]): Promise<ReadonlyMap<string, Known> | undefined> {
  const terms = ['id', 'versions.id'].map((name) => ({ name, value_in: [...ids] }));
  try {
    const { objects } = await context.use(search.tools.search_documents, {
      doc_types: ['assets', 'collections', 'segments'],
      filter: { operator: 'OR', terms },
      include_fields: FIELDS,
      per_page: 2 * ids.length,
    });
    return new Map(objects.flatMap(knownBy));
  } catch {
    return undefined;
  }
}

/** A document under its own id, and an asset under those of its versions. */
function knownBy({ id, object_type, title = '', asset_id, segment_type, versions = [] }: Doc): [string, Known][] {
  if (!id) return [];
  if (object_type === 'collections') return [[id, { noun: 'collection', words: `the collection ${inQuotes(title)}` }]];
  if (object_type === 'segments') {
    const words = `${withArticle(segment_type?.toLowerCase() ?? 'segment')} on the asset ${asset_id}`;
    return [[id, { noun: 'segment', words, asset_id }]];
  }
  const version = { noun: 'version', words: `a version of the asset ${inQuotes(title)} (${id})`, asset_id: id };
  return [
    ...versions.flatMap((one): [string, Known][] => (one.id ? [[one.id, version]] : [])),
    [id, { noun: 'asset', words: `the asset ${inQuotes(title)}` }],
  ];
}

/**
 * What an id stands for that was given as another kind of object: `the collection "Season 2025"`; undefined where the
 * index has nothing with it, or cannot be asked.
 */
export const objectWithId = async (context: Context, id: string): Promise<string | undefined> =>
  (await lookUp(context, [id]))?.get(id)?.words;

/** An answer of this session: its ids may come back as something else. */
interface Answered {
  readonly tool: string;
  readonly answer: unknown;
}

const ANSWERED: CacheKind<Answered> = { name: 'answers', max: 50, ttl: 24 * 3_600_000 };

/** Remembers an answer as it went to the host. */
export const keepAnswer = ({ cache }: Pick<Context, 'cache'>, tool: string, answer: unknown): void =>
  cache.set(ANSWERED, `${tool} ${performance.now()}`, { tool, answer });

/** Where an id stood in the latest answer that had it: `check_jobs, under jobs`. */
function placeOf(id: string, { cache }: Context): string | undefined {
  for (const { tool, answer } of [...cache.values(ANSWERED)].reverse()) {
    const keys = keysTo(id, answer);
    if (keys) return `${tool}, under ${keys.join('.')}`;
  }
  return undefined;
}

function keysTo(id: string, value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return value.includes(id) ? [] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const keys = keysTo(id, inner);
    if (keys) return Array.isArray(value) ? keys : [key, ...keys];
  }
  return undefined;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * What Iconik does not say with a 404: what the ids of a path stand for, and which tool has the right ones. At most one
 * search; undefined where the path has no id.
 */
export async function whatIsMissing(context: Context, path: Values): Promise<string | undefined> {
  const given = Object.entries(path).flatMap(([argument, value]) => {
    const id = argument.endsWith('_id') ? idMeant(argument, String(value)).toLowerCase() : '';
    return isUuid(id) ? [{ argument, id }] : [];
  });
  if (given.length === 0) return undefined;
  const index = await lookUp(
    context,
    given.map(({ id }) => id),
  );
  const of = given.map(({ argument, id }) => ({ argument, id, noun: nounIn(path, argument), known: index?.get(id) }));
  const wrong = of.filter(({ noun, known }) => known && (known.noun !== noun || isOfAnother(known, path)));
  if (wrong.length > 0) {
    const lines = wrong.map(({ argument, id, noun, known }) => {
      const other =
        known?.noun === noun ? `and not on the asset ${path.asset_id}` : `and ${withArticle(noun)} is needed here`;
      return `${argument}: ${id} is ${known?.words}, ${other}.`;
    });
    return [...lines, sourceOfIds(wrong[0]?.noun ?? '', context.offers)].filter(Boolean).join(' ');
  }
  const unknown = of.find(({ known }) => !known);
  if (!unknown) {
    const there = of.map(({ argument, known }) => `${argument} is ${known?.words}`).join(', ');
    return `${there}: what is asked for below it does not exist.`;
  }
  const place = placeOf(unknown.id, context);
  return [
    `${unknown.argument}: ${unknown.id} does not exist as ${withArticle(unknown.noun)}, or this user cannot see it. Check the id.`,
    place && `The id is from an answer of ${place}.`,
    sourceOfIds(unknown.noun, context.offers),
  ]
    .filter(Boolean)
    .join(' ');
}

const isOfAnother = ({ asset_id }: Known, path: Values): boolean =>
  asset_id !== undefined &&
  path.asset_id !== undefined &&
  asset_id !== idMeant('asset_id', String(path.asset_id)).toLowerCase();

/** `collection` for the `object_id` of `object_type: collections`. */
function nounIn({ object_type: type }: Values, argument: string): string {
  if (argument !== 'object_id' || typeof type !== 'string') return nounOf(argument);
  return type.replaceAll('_', ' ').replace(/(?<=search)es$|s$/, '');
}
