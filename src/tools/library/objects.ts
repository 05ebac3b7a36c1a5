import { searchKey, withName } from '../../text/compare.ts';
import { inQuotes } from '../../text/quote.ts';
import { unquoted } from '../../text/trim.ts';
import { HandleGiven, NotFound, statusOf, ToolError } from '../errors.ts';
import { isHandle } from '../handles.ts';
import { assets } from '../operations/assets.ts';
import { bin } from '../operations/bin.ts';
import { collections } from '../operations/collections.ts';
import { shares } from '../operations/shares.ts';
import type { Context } from '../types.ts';
import { atPath, fileForms, splitPath } from './file_names.ts';
import { withArticle } from './ids.ts';
import { SELECTION } from './kept_selections.ts';
import { onlyNear, pathParts, quoted, readReference } from './names.ts';
import { objectWithId } from './other_kinds.ts';
import { all, type Doc, page, stillShown } from './search.ts';

/** Characters of a title in a line. */
export const MAX_TITLE_LENGTH = 300;

/** An object that words were found to mean. */
export interface Named {
  readonly id: string;
  readonly title: string;
}

type Kind = 'assets' | 'collections';

const NOUN = { assets: 'asset', collections: 'collection' } as const;
/** Candidates that an error lists. */
const CANDIDATES_SHOWN = 6;

/**
 * The one asset that an id, a web address, a title, a file name or a path means. Throws `ToolError` with candidates where a title fits
 * several or none, and `IconikError` 404 where an id fits nothing.
 */
export const findAsset = (context: Context, words: string): Promise<Named> => find(context, 'assets', words);

/** The same for a collection. A place may stand before the name: `Season 2025 / Matchday 12`. */
export const findCollection = (context: Context, words: string): Promise<Named> => find(context, 'collections', words);

/** The same by its whole name alone: a part of one may be the name of a collection that is to be made. */
export const findCollectionNamed = (context: Context, words: string): Promise<Named> =>
  find({ ...context, takes: () => false }, 'collections', words);

async function find(context: Context, kind: Kind, words: string): Promise<Named> {
  const reference = readReference(words);
  if (reference.by === 'title') return byTitle(context, kind, reference.title);
  if (reference.kind === 'shares') return byShare(context, kind, reference.id);
  if (reference.kind && reference.kind !== kind) {
    throw new ToolError(
      `${inQuotes(words)} is the address of ${withArticle(NOUN[reference.kind])}, and ${withArticle(NOUN[kind])} is needed here.`,
    );
  }
  const { id } = reference;
  try {
    const { title = id } =
      kind === 'assets'
        ? await context.use(assets.tools.get_asset, { asset_id: id })
        : await context.use(collections.tools.get_collection, { collection_id: id });
    return { id, title };
  } catch (error) {
    const other = statusOf(error) === 404 ? await objectWithId(context, id) : undefined;
    throw other ? new NotFound(`${id} is ${other}, and ${withArticle(NOUN[kind])} is needed here.`) : error;
  }
}

async function byShare(context: Context, kind: Kind, id: string): Promise<Named> {
  const share = await context.use(shares.tools.get_share, { share_id: id });
  const { object_id, object_type } = share;
  if (!object_id || object_type !== kind) {
    throw new ToolError(
      `This share is not of one ${NOUN[kind]} (${object_type ?? 'unknown kind'}). Name the ${NOUN[kind]} itself.`,
    );
  }
  return find(context, kind, object_id);
}

async function byTitle(context: Context, kind: Kind, words: string): Promise<Named> {
  const places = kind === 'collections' ? pathParts(words) : [words];
  const title = places.at(-1) ?? '';
  if (!title) throw new ToolError(`${withArticle(NOUN[kind])} has to be named: by id, web address or title.`);
  const active = { name: 'status', value_in: ['ACTIVE'] };
  const criteria = { doc_types: [kind], terms: [active], query: titleQuery(title) };
  const { docs, total } = await page(context, criteria, { per_page: 50 });
  let exact = withName(docs, titlesOf, title);
  if (places.length > 1) exact = await within(context, exact, places.slice(0, -1));
  const [only] = exact;
  if (only?.id && exact.length === 1) return { id: only.id, title: only.title ?? title };
  if (exact.length > 1) {
    throw new ToolError(
      `${exact.length} ${kind} are called ${inQuotes(title)}. Which one? ${await candidatesLine(context, kind, exact)} Call again with the id.`,
    );
  }
  const files = kind === 'assets' ? await byFile(context, title) : [];
  const [file] = files;
  if (file?.id && files.length === 1) return { id: file.id, title: file.title ?? file.id };
  if (files.length > 1) {
    throw new ToolError(
      `${files.length} assets have a file ${inQuotes(title)}. Which one? ${await candidatesLine(context, kind, files)} Call again with the id.`,
    );
  }
  refuseHandle(context, title, withArticle(NOUN[kind]));
  const late = withName((await stillShown(context, criteria)).docs, titlesOf, title);
  const deleted = [
    ...late.map(({ id }) => `deleted a moment ago, ${id}`),
    ...(kind === 'assets' && late.length === 0 ? await inBin(context, title) : []),
  ];
  if (deleted.length > 0) throw new NotFound(`${inQuotes(title)} is in the recycle bin: ${deleted.join('; ')}.`);
  const whole = total > docs.length ? [] : docs;
  const inPlace = places.length > 1 ? await within(context, whole, places.slice(0, -1)) : whole;
  const meant = onlyNear(context, title, inPlace, { noun: `the ${NOUN[kind]}`, ...LABEL });
  if (meant?.id) return { id: meant.id, title: meant.title ?? meant.id };
  const near =
    docs.length > 0
      ? docs
      : (await page(context, { ...criteria, query: loose(title) }, { per_page: CANDIDATES_SHOWN })).docs;
  const hint = near.length > 0 ? `Nearest: ${await candidatesLine(context, kind, near)}` : 'Nothing is near it either.';
  throw new NotFound(
    `No ${NOUN[kind]} is called ${inQuotes(title)}. ${hint} Search looks at an index that is some seconds behind.`,
  );
}

const LABEL = { nameOf: ({ title = '' }: Doc) => title, idOf: ({ id }: Doc) => String(id) };

/** Throws `HandleGiven` for a handle that is given as a name. One of a selection is known as such when it is long gone. */
export function refuseHandle({ handles }: Context, words: string, noun: string): void {
  const handle = unquoted(words);
  const isGone = isHandle(handle) && handle.startsWith(`${SELECTION.prefix}_`);
  const gone = { ...SELECTION, noun: `${SELECTION.noun} that is unknown or expired` };
  const kind = handles.kindOf(handle) ?? (isGone ? gone : undefined);
  if (!kind) return;
  throw new HandleGiven(`${handle} is ${kind.noun}, not the name of ${noun}`, { handle, argument: kind.argument });
}

/** A title as it is, and without quotes of its own: those around a name that was given are taken off. */
const titlesOf = ({ title = '' }: { readonly title?: string | undefined }): string[] => [title, unquoted(title)];

/** Assets with a title among those deleted last: `deleted 2026-11-20, id`. Empty if the bin cannot be read. */
async function inBin(context: Context, title: string): Promise<string[]> {
  try {
    const list = await context.use(bin.tools.list_deleted_assets, { sort: 'date_deleted,desc', per_page: 100 });
    const found = withName(list.objects, titlesOf, title).slice(0, CANDIDATES_SHOWN);
    return found.map(({ id, date_deleted: date }) => `deleted ${date?.slice(0, 10) ?? 'some time ago'}, ${id}`);
  } catch (error) {
    if (context.signal.aborted) throw error;
    return [];
  }
}

/** The assets of a file name, a path or an `s3://` address: those in the same folder, else all with the name. */
async function byFile(context: Context, words: string): Promise<Doc[]> {
  const path = splitPath(words) ?? { folders: [], name: words };
  const active = { name: 'status', value_in: ['ACTIVE'] };
  const fields = ['title', 'media_type', 'date_created', 'files.name', 'files.original_name', 'files.directory_path'];
  const found = await Promise.all(
    ['files.original_name', 'files.name'].map((name) =>
      all(context, { doc_types: ['assets'], terms: [active, { name, value_in: fileForms(path.name) }] }, fields),
    ),
  );
  return atPath([...new Map(found.flat().map((doc) => [doc.id, doc])).values()], path);
}

/** A title in both forms in which accents are encoded: the index may hold either. */
const titleQuery = (title: string): string =>
  [...new Set([title.normalize('NFC'), title.normalize('NFD')])].map((form) => `title:${quoted(form)}`).join(' OR ');

const loose = (title: string): string =>
  title
    .replace(/[^\p{L}\p{N} ]+/gu, ' ')
    .trim()
    .split(/\s+/)
    .join(' OR ');

/** Objects whose titles hold these words, the last of which may be unfinished: for completion while a person types. */
export async function suggest(context: Context, kind: Kind, typed: string, limit: number): Promise<Named[]> {
  const words = typed.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  if (words.length === 0) return [];
  const active = { name: 'status', value_in: ['ACTIVE'] };
  const criteria = {
    doc_types: [kind],
    terms: [active],
    query: `title:(${words
      .map(quoted)
      .slice(0, -1)
      .concat(`${words.at(-1)}*`)
      .join(' AND ')})`,
  };
  const { docs } = await page(context, criteria, { per_page: limit, include_fields: ['id', 'title'] });
  return docs.flatMap(({ id, title }) => (id && title ? [{ id, title }] : []));
}

/** Those whose ancestors have the names that stand before theirs. */
async function within(context: Context, docs: readonly Doc[], places: readonly string[]): Promise<Doc[]> {
  const paths = await Promise.all(docs.map((doc) => pathOf(context, String(doc.id))));
  return docs.filter((_, index) => {
    const above = (paths[index] ?? []).slice(0, -1).map(searchKey);
    let at = above.length;
    return [...places].reverse().every((place) => {
      at = above.lastIndexOf(searchKey(place), at - 1);
      return at >= 0;
    });
  });
}

/** The titles from the root down to a collection (`GET /assets/v1/collections/{id}/full/path/`). */
export async function pathOf(context: Context, collection_id: string): Promise<string[]> {
  const path = await context.use(collections.tools.get_collection_path, { collection_id });
  return (path.objects ?? []).map(({ title }) => title ?? '?');
}

/** What tells candidates apart, and their ids. */
async function candidatesLine(context: Context, kind: Kind, docs: readonly Doc[]): Promise<string> {
  const lines = await Promise.all(
    docs.slice(0, CANDIDATES_SHOWN).map(async (doc) => {
      const title = kind === 'collections' ? (await pathOf(context, String(doc.id))).join(' / ') : (doc.title ?? '');
      const facts = [doc.media_type, doc.date_created?.slice(0, 10), doc.archive_status === 'ARCHIVED' && 'archived'];
      return `${[inQuotes(title), ...facts].filter(Boolean).join(', ')}: ${doc.id}`;
    }),
  );
  const more = docs.length > CANDIDATES_SHOWN ? ` And ${docs.length - CANDIDATES_SHOWN} more.` : '';
  return `${lines.join('; ')}.${more}`;
}
