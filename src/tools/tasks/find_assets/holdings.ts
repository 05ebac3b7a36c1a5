import { storagesOf } from '../../library/files.ts';
import type { Master } from '../../library/masters/masters.ts';
import { type Doc, firstFew } from '../../library/search.ts';
import type { Context } from '../../types.ts';

/** What is known of the hits of a page beside their documents. */
export interface Known {
  /** Names of storages and titles of collections, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly masters: ReadonlyMap<string, Master>;
  readonly zone: string;
  /** Ids of the storages that were searched for. */
  readonly storages?: readonly string[];
}

/** Fields of the documents of assets that say how large their files are and where. */
export const FILE_FIELDS = ['files.size', 'files.status', 'files.storage_id'] as const;

/** States of a file that is on its storage no longer. */
const GONE: readonly string[] = ['DELETED', 'ARCHIVED'];

/** The files of an asset where they are now: of an archived one, what the archive holds. */
export const storedFiles = ({ files = [] }: Doc) => files.filter(({ status = 'CLOSED' }) => !GONE.includes(status));

/** Files that are gone from storages that were searched for, which the index finds all the same: `gone from Lisbon SAN: archived`. */
export function goneFrom(doc: Doc, { names, storages = [] }: Known): string {
  const there = new Set(storedFiles(doc).map(({ storage_id }) => storage_id));
  const gone = storages
    .filter((id) => !there.has(id))
    .flatMap((id) => {
      const status = (doc.files ?? []).find((file) => file.storage_id === id)?.status?.toLowerCase();
      return status ? [`${names.get(id) ?? id}: ${status}`] : [];
    });
  return gone.length > 0 ? `(gone from ${gone.join(', ')})` : '';
}

/** Of hits, how many have no files. */
export function withoutMediaNote(docs: readonly Doc[]): string[] {
  const count = docs.filter(({ files = [] }) => files.length === 0).length;
  const have = count === 1 ? 'has no media of its' : 'have no media of their';
  return count === 0
    ? []
    : [`${count} of the hits shown ${have} own (placeholders, sub-clips): where size "not empty" leaves them out.`];
}

/** Bytes of the files of an asset, all or those on one storage. */
export const bytesOf = (doc: Doc, storage?: string): number =>
  storedFiles(doc)
    .filter(({ storage_id }) => storage === undefined || storage_id === storage)
    .reduce((sum, { size = 0 }) => sum + size, 0);

/** Names of storages and titles of the collections that the documents are in, by id, where these are wanted. */
export async function placeNames(
  context: Context,
  wanted: ReadonlySet<string | undefined>,
  docs: readonly Doc[],
): Promise<Map<string, string>> {
  const [stores, collections, originals] = await Promise.all([
    wanted.has('storage') && docs.length > 0 ? storagesOf(context) : [],
    wanted.has('collection') ? collectionsWith(context, idsIn(docs, 'in_collections')) : [],
    wanted.has('cut_from')
      ? titled(
          context,
          'assets',
          docs.flatMap(({ original_asset_id: id }) => id ?? []),
        )
      : [],
  ]);
  return new Map([...stores, ...collections, ...originals].flatMap(nameOf));
}

const nameOf = ({
  id,
  name,
  title,
}: {
  id?: string | undefined;
  name?: string | undefined;
  title?: string | undefined;
}) => {
  const known = title ?? name;
  return id && known ? [[id, known] as const] : [];
};

const idsIn = (docs: readonly Doc[], field: 'in_collections' | 'ancestor_collections'): string[] => [
  ...new Set(docs.flatMap((doc) => doc[field] ?? [])),
];

/** Objects that are read in one request. */
const MAX_TITLED = 1_000;

/** The collections with these ids. */
export const collectionsWith = (context: Context, ids: readonly string[]): Promise<readonly Doc[]> =>
  titled(context, 'collections', ids);

async function titled(context: Context, kind: 'assets' | 'collections', all: readonly string[]): Promise<Doc[]> {
  const value_in = [...new Set(all)].slice(0, MAX_TITLED);
  if (value_in.length === 0) return [];
  const criteria = { doc_types: [kind], terms: [{ name: 'id', value_in }] };
  return firstFew(context, criteria, MAX_TITLED, ['title', 'in_collections']);
}

/** Where collections are, by id: `Football / Season 2025`; of one that is in several, one of the ways. */
export async function collectionPaths(context: Context, docs: readonly Doc[]): Promise<Map<string, string>> {
  const above = new Map(
    (await collectionsWith(context, idsIn(docs, 'ancestor_collections'))).map((doc) => [doc.id, doc]),
  );
  return new Map(
    docs.flatMap((doc): [string, string][] => {
      const titles: string[] = [];
      const seen = new Set<string | undefined>([doc.id]);
      let at = parentOf(doc, above);
      while (at && !seen.has(at.id)) {
        seen.add(at.id);
        titles.unshift(at.title ?? 'untitled');
        at = parentOf(at, above);
      }
      return titles.length > 0 ? [[String(doc.id), titles.join(' / ')]] : [];
    }),
  );
}

const parentOf = ({ in_collections = [] }: Doc, known: ReadonlyMap<string | undefined, Doc>): Doc | undefined =>
  in_collections.map((id) => known.get(id)).find((one) => one !== undefined);
