import { closestTo } from '../../../text/nearest.ts';
import { readReference } from '../../library/names.ts';
import { all, type Criteria, type Doc, page, type Term } from '../../library/search.ts';
import { ACTIVE } from '../../library/selection.ts';
import { batches } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** What the names of a log sheet mean: one asset, several, or none with the name that is nearest. */
export type Meant =
  | { readonly doc: Doc }
  | { readonly candidates: readonly Doc[] }
  | { readonly nearest: string | undefined };

/** Extensions that a name without one may have; Iconik compares letter for letter. */
const ENDINGS = 'mxf mov mp4 m4v avi mts braw r3d wav mp3 aif jpg jpeg png tif dng'
  .split(' ')
  .flatMap((end) => [`.${end}`, `.${end.toUpperCase()}`]);

const stem = (name: string): string => name.replace(/\.[a-z0-9]{2,4}$/i, '');
const fileNames = (name: string): string[] => [
  ...new Set([name, stem(name), ...(stem(name) === name ? ENDINGS.map((end) => name + end) : [])]),
];

/**
 * The assets of many names in a few searches: by the names of their files, with and without extension, by title, by id.
 * An exact name goes before one that differs in its extension.
 */
export async function matchNames(
  context: Context,
  names: readonly string[],
  place: Term | undefined,
  include_fields: readonly string[],
): Promise<Map<string, Meant>> {
  const ids = names.flatMap((name) => idIn(name) ?? []);
  const files = names.filter((name) => !idIn(name)).flatMap(fileNames);
  const titles = names.filter((name) => !idIn(name)).flatMap((name) => [name, stem(name)]);
  const searches: Term[] = [
    ...batches(files).flatMap((value_in) => [
      { name: 'files.original_name', value_in },
      { name: 'files.name', value_in },
    ]),
    ...batches([...new Set(titles)]).map((value_in) => ({ name: 'title', value_in })),
    ...batches(ids).map((value_in) => ({ name: 'id', value_in })),
  ];
  const fields = ['title', 'files.name', 'files.original_name', ...include_fields];
  const found = await Promise.all(searches.map((term) => all(context, within(place, [term]), fields)));
  const docs = [...new Map(found.flat().map((doc) => [doc.id, doc])).values()];
  const meant = new Map<string, Meant>();
  for (const name of names) {
    const fitting = fittingOf(name, docs);
    const [only] = fitting;
    if (only && fitting.length === 1) meant.set(name, { doc: only });
    else if (only) meant.set(name, { candidates: fitting });
  }
  await nearestFor(
    context,
    names.filter((name) => !meant.has(name)),
    docs,
    place,
    meant,
  );
  return meant;
}

const within = (place: Term | undefined, terms: readonly Term[]): Criteria => ({
  doc_types: ['assets'],
  terms: [ACTIVE, ...(place ? [place] : []), ...terms],
});

const idIn = (name: string): string | undefined => {
  const reference = readReference(name);
  return reference.by === 'id' ? reference.id : undefined;
};

function fittingOf(name: string, docs: readonly Doc[]): Doc[] {
  const id = idIn(name);
  if (id) return docs.filter((doc) => doc.id === id);
  const exact = docs.filter((doc) => namesOf(doc).includes(name));
  if (exact.length > 0) return exact;
  const plain = stem(name);
  // With an extension of its own, a name means no file of another one.
  const ends = plain === name ? (other: string) => stem(other) === plain : (other: string) => other === plain;
  return docs.filter((doc) => namesOf(doc).some(ends));
}

const namesOf = ({ title, files = [] }: Doc): string[] =>
  [title, ...files.flatMap(({ name, original_name }) => [name, original_name])].filter((one) => one !== undefined);

/** Names looked up for one that is not there. */
const LOOKED = 20;

async function nearestFor(
  context: Context,
  unknown: readonly string[],
  docs: readonly Doc[],
  place: Term | undefined,
  meant: Map<string, Meant>,
): Promise<void> {
  if (unknown.length === 0) return;
  const beginnings = unknown.slice(0, LOOKED).flatMap((name) => {
    const word = /[\p{L}\p{N}]{3,}/u.exec(name)?.[0];
    return word ? [`${word.slice(0, Math.max(3, Math.floor(word.length / 2)))}*`] : [];
  });
  const words = [...new Set(beginnings)].join(' OR ');
  const query = `file_names:(${words}) OR title:(${words})`;
  const include_fields = ['id', 'title', 'files.name', 'files.original_name'];
  const more = words
    ? (await page(context, { ...within(place, []), query }, { per_page: 300, include_fields })).docs
    : [];
  const known = [...new Set([...docs, ...more].flatMap(namesOf))];
  for (const name of unknown) meant.set(name, { nearest: closestTo(name, known) });
}
