import { identityKey } from '../../../text/compare.ts';
import { ROLES, type Role, roleOfName, type Unit, unitOfWord } from './header_words.ts';

export { ROLES, type Role, type Unit } from './header_words.ts';

/** Milliseconds of each unit that needs no clock. */
export const MILLISECONDS: Readonly<Record<Exclude<Unit, 'frames'>, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
};

/** `Start (s)` → start, s. Other words in brackets, e.g. `(TC)` and `(mm:ss)`, say nothing about plain numbers. */
export function splitHeader(header: string): { readonly name: string; readonly unit?: Unit } {
  const plain = identityKey(header.replace(/[_-]/g, ' '));
  const [, before = '', within = ''] = /^([^()[\]]*)[([]([^()[\]]*)[)\]]$/.exec(plain) ?? [];
  const bracketed = unitOfWord(within.trim().replace(/^(in|en|em) /, ''));
  if (before) return { name: before.trim(), ...(bracketed && { unit: bracketed }) };
  const space = plain.lastIndexOf(' ');
  const unit = space > 0 ? unitOfWord(plain.slice(space + 1)) : undefined;
  return unit ? { name: plain.slice(0, space).replace(/ (in|en|em)$|,$/, ''), unit } : { name: plain };
}

/** The role that a header reveals. */
export const roleOf = (header: string): Role | undefined => roleOfName(splitHeader(header).name);

/** The columns whose headers reveal a role that is not `taken`. A length needs a start. */
export function rolesByHeader(headers: readonly string[], taken: ReadonlySet<Role>): Map<Role, string[]> {
  const found = new Map<Role, string[]>();
  const hasStart = taken.has('in') || headers.some((header) => roleOf(header) === 'in');
  for (const role of ROLES) {
    if (taken.has(role) || (role === 'duration' && !hasStart)) continue;
    const own =
      role === 'text' ? textHeaders(headers) : headers.filter((header) => roleOf(header) === role).slice(0, 1);
    if (own.length > 0) found.set(role, own);
  }
  return found;
}

/** In Premiere's marker list, a description is that of the marker, not of the asset. */
function textHeaders(headers: readonly string[]): string[] {
  const named = (name: string) => headers.filter((header) => identityKey(header) === name);
  const marker = named('marker name');
  return marker.length > 0
    ? [...marker, ...named('description')]
    : headers.filter((header) => roleOf(header) === 'text').slice(0, 1);
}

/** How many cells of a row are headers of a log sheet. `mapped`: the columns that the caller names. */
export const knownHeaders =
  (mapping: Readonly<Record<string, unknown>>) =>
  (cells: readonly string[]): number => {
    const mapped = new Set(
      Object.values(mapping).flatMap((names) => [names].flat().map((name) => identityKey(String(name)))),
    );
    const known = cells.filter((cell) => mapped.has(identityKey(cell)) || roleOf(cell) !== undefined);
    // One word alone may be that of a title line.
    return cells.filter(Boolean).length > 1 && (known.length > 1 || known.some(isFileHeader)) ? known.length : 0;
  };

const isFileHeader = (header: string): boolean => roleOf(header) === 'file';
