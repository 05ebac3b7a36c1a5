import { identityKey } from '../../../text/compare.ts';
import { closestTo } from '../../../text/nearest.ts';
import { ToolError } from '../../errors.ts';
import { atPath, fileForms, nameForms, splitPath, stem } from '../../library/file_names.ts';
import { readReference } from '../../library/names.ts';
import { ACTIVE, all, type Criteria, type Doc, page, type Term } from '../../library/search.ts';
import { batches } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** What a name in a log sheet matches: one asset, several, or none with the nearest known name. */
export type Match =
  | { readonly doc: Doc }
  | { readonly candidates: readonly Doc[] }
  | { readonly nearest: string | undefined }
  /** Why the name can mean none. */
  | { readonly refusal: string };

/** Extensions to try for a name without one; Iconik's search is exact, so each is tried in both cases. */
const EXTENSIONS = 'mxf mov mp4 m4v avi mts braw r3d wav mp3 aif jpg jpeg png tif dng'
  .split(' ')
  .flatMap((extension) => [`.${extension}`, `.${extension.toUpperCase()}`]);

const fileNames = (name: string): string[] =>
  stem(name) === name
    ? [name, ...EXTENSIONS.map((extension) => name + extension)].flatMap(nameForms)
    : [name, stem(name)].flatMap(fileForms);

/**
 * Finds the assets of many names with a few searches: by path or file name with and without extension, by title, by id. An
 * exact match wins over one that differs in the extension, a file in the same folder over others of its name.
 */
export async function matchNames(
  context: Context,
  given: readonly string[],
  within: Term | undefined,
  include_fields: readonly string[],
): Promise<Map<string, Match>> {
  const matches = new Map<string, Match>(given.flatMap(refusalOf));
  const names = given.filter((name) => !matches.has(name));
  const ids = names.flatMap((name) => idIn(name) ?? []);
  const plain = names.filter((name) => !idIn(name));
  const paths = plain.flatMap((name) => splitPath(name)?.name ?? []);
  const files = [...new Set([...plain, ...paths].flatMap(fileNames))];
  const titles = [...plain, ...paths].flatMap((name) => [name, stem(name)]).flatMap(nameForms);
  const searches: Term[] = [
    ...batches(files).flatMap((value_in) => [
      { name: 'files.original_name', value_in },
      { name: 'files.name', value_in },
    ]),
    ...batches([...new Set(titles)]).map((value_in) => ({ name: 'title', value_in })),
    ...batches(ids).map((value_in) => ({ name: 'id', value_in })),
  ];
  const fields = ['title', 'files.name', 'files.original_name', 'files.directory_path', ...include_fields];
  const found = await Promise.all(searches.map((term) => all(context, criteriaFor(within, [term]), fields)));
  const docs = [...new Map(found.flat().map((doc) => [doc.id, doc])).values()];
  for (const name of names) {
    const found = docsNamed(name, docs);
    const [only] = found;
    if (only && found.length === 1) matches.set(name, { doc: only });
    else if (only) matches.set(name, { candidates: found });
  }
  await nearestFor(
    context,
    names.filter((name) => !matches.has(name)),
    docs,
    within,
    matches,
  );
  return matches;
}

const criteriaFor = (within: Term | undefined, terms: readonly Term[]): Criteria => ({
  doc_types: ['assets'],
  terms: [ACTIVE, ...(within ? [within] : []), ...terms],
});

/** The name with the reason if it can be no asset, as a short link. */
function refusalOf(name: string): [string, Match][] {
  try {
    readReference(name);
    return [];
  } catch (error) {
    if (error instanceof ToolError) return [[name, { refusal: error.message }]];
    throw error;
  }
}

const idIn = (name: string): string | undefined => {
  const reference = readReference(name);
  return reference.by === 'id' ? reference.id : undefined;
};

function docsNamed(name: string, docs: readonly Doc[]): Doc[] {
  const id = idIn(name);
  if (id) return docs.filter((doc) => doc.id === id);
  const whole = docsCalled(name, docs);
  const path = whole.length === 0 ? splitPath(name) : undefined;
  return path ? atPath(docsCalled(path.name, docs), path) : whole;
}

function docsCalled(name: string, docs: readonly Doc[]): Doc[] {
  const wanted = name.normalize('NFC');
  const exact = docs.filter((doc) => namesOf(doc).includes(wanted));
  if (exact.length > 0) return exact;
  const sameButForCase = docs.filter((doc) => namesOf(doc).some((one) => identityKey(one) === identityKey(wanted)));
  if (sameButForCase.length > 0) return sameButForCase;
  const plain = stem(wanted);
  // A name with an extension does not match files with another extension.
  const matches = plain === wanted ? (other: string) => stem(other) === plain : (other: string) => other === plain;
  return docs.filter((doc) => namesOf(doc).some(matches));
}

/** Title and file names, composed: macOS stores decomposed ones. */
const namesOf = ({ title, files = [] }: Doc): string[] =>
  [title, ...files.flatMap(({ name, original_name }) => [name, original_name])]
    .filter((one) => one !== undefined)
    .map((one) => one.normalize('NFC'));

/** Unknown names for which a nearest name is searched. */
const MAX_UNKNOWN_NAMES = 20;

async function nearestFor(
  context: Context,
  unknown: readonly string[],
  docs: readonly Doc[],
  within: Term | undefined,
  matches: Map<string, Match>,
): Promise<void> {
  if (unknown.length === 0) return;
  const beginnings = unknown.slice(0, MAX_UNKNOWN_NAMES).flatMap((name) => {
    const word = /[\p{L}\p{N}]{3,}/u.exec(splitPath(name)?.name ?? name)?.[0];
    return word ? [`${word.slice(0, Math.max(3, Math.floor(word.length / 2)))}*`] : [];
  });
  const words = [...new Set(beginnings)].join(' OR ');
  const query = `file_names:(${words}) OR title:(${words})`;
  const include_fields = ['id', 'title', 'files.name', 'files.original_name'];
  const more = words
    ? (await page(context, { ...criteriaFor(within, []), query }, { per_page: 300, include_fields })).docs
    : [];
  const known = [...new Set([...docs, ...more].flatMap(namesOf))];
  for (const name of unknown) matches.set(name, { nearest: closestTo(splitPath(name)?.name ?? name, known) });
}
