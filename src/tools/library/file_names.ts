import type { Doc } from './search.ts';

/** The folders and the name in a path: `/mnt/a/x.mov`, `D:\a\x.mov`, `\\server\a\x.mov`, `s3://bucket/a/x.mov`. */
export interface FilePath {
  readonly folders: readonly string[];
  readonly name: string;
}

/** Splits a path or a `scheme://` address of a file; undefined for a text without a slash. */
export function splitPath(text: string): FilePath | undefined {
  const [, scheme = '', path = text] = /^([a-z][a-z0-9+.-]{1,20}):\/\/(.*)$/is.exec(text.trim()) ?? [];
  const isWeb = /^https?$/i.test(scheme);
  // A signed address of a storage names a file; another page names none.
  if (isWeb && !/\.\w{2,5}(?:[?#]|$)/.test(path)) return undefined;
  const bare = isWeb ? path.replace(/[?#].*$/s, '') : path;
  const parts = (isWeb || scheme.toLowerCase() === 'file' ? decoded(bare) : bare)
    .split(/[\\/]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const name = parts.pop();
  return name === undefined || (scheme === '' && parts.length === 0 && !/[\\/]/.test(text))
    ? undefined
    : { folders: parts, name };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A name in both forms in which accents are encoded: search is exact, and macOS stores names decomposed. */
export const nameForms = (name: string): string[] => [...new Set([name, name.normalize('NFC'), name.normalize('NFD')])];

/** A name without its extension. */
export const stem = (name: string): string => name.replace(/\.[a-z0-9]{2,4}$/i, '');

/** A file name as it may be stored: search is exact, and devices write `.MOV` where people write `.mov`. */
export function fileForms(name: string): string[] {
  const plain = stem(name);
  const extension = name.slice(plain.length);
  const names = [name, plain + extension.toLowerCase(), plain + extension.toUpperCase()];
  return [...new Set(names)].flatMap(nameForms);
}

/** Documents whose file is at the path as far as its folders tell; all of them if no folder tells. */
export function atPath(docs: readonly Doc[], { folders, name }: FilePath): Doc[] {
  const scores = docs.map((doc) => Math.max(0, ...(doc.files ?? []).map((file) => sharedFolders(file, folders, name))));
  const best = Math.max(0, ...scores);
  return docs.filter((_, index) => scores[index] === best);
}

type FileOfDoc = NonNullable<Doc['files']>[number];

/** How many folders directly above the file are the same. */
function sharedFolders(file: FileOfDoc, folders: readonly string[], name: string): number {
  const { directory_path = '', name: stored, original_name } = file;
  if (![stored, original_name].some((one) => one?.normalize('NFC') === name.normalize('NFC'))) return 0;
  const own = directory_path.split(/[\\/]/).filter(Boolean).reverse();
  const wanted = [...folders].reverse();
  const different = own.findIndex((folder, index) => folder.normalize('NFC') !== wanted[index]?.normalize('NFC'));
  return different === -1 ? own.length : different;
}
