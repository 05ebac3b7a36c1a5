import { identityKey } from '../../../text/compare.ts';

export const ROLES = ['file', 'in', 'out', 'duration', 'text'] as const;
export type Role = (typeof ROLES)[number];

/** Headers that reveal the role of a column, without their unit. */
const HEADERS_BY_ROLE: Readonly<Record<Role, readonly string[]>> = {
  file: ['file', 'file name', 'filename', 'file path', 'path', 'clip', 'clip name', 'title', 'asset', 'source file'],
  in: [
    'in',
    'tc in',
    'in tc',
    'start',
    'start time',
    'from',
    'in point',
    'mark in',
    'timecode in',
    'start tc',
    'start timecode',
    'timecode',
    'tc',
    'time',
  ],
  out: [
    'out',
    'tc out',
    'out tc',
    'end',
    'end time',
    'to',
    'out point',
    'mark out',
    'timecode out',
    'end tc',
    'end timecode',
  ],
  duration: ['duration', 'dur', 'length', 'duration tc'],
  text: ['text', 'note', 'notes', 'comment', 'comments', 'remark', 'remarks', 'description of shot'],
};

/** Units of plain numbers in a column of times. */
export type Unit = 'ms' | 's' | 'min' | 'h' | 'frames';
export const MILLISECONDS: Readonly<Record<Exclude<Unit, 'frames'>, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
};

const UNIT_WORDS: ReadonlyMap<string, Unit> = new Map(
  Object.entries({
    ...{ ms: 'ms', msec: 'ms', msecs: 'ms', millis: 'ms', milliseconds: 'ms', millisecond: 'ms' },
    ...{ s: 's', sec: 's', secs: 's', second: 's', seconds: 's' },
    ...{ min: 'min', mins: 'min', minute: 'min', minutes: 'min' },
    ...{ frames: 'frames', frame: 'frames', fr: 'frames', f: 'frames' },
    ...{ h: 'h', hr: 'h', hrs: 'h', hour: 'h', hours: 'h' },
  } as const),
);

/** `Start (s)` → start, s. Other words in brackets, e.g. `(TC)` and `(mm:ss)`, say nothing about plain numbers. */
export function splitHeader(header: string): { readonly name: string; readonly unit?: Unit } {
  const plain = identityKey(header.replaceAll('_', ' '));
  const [, before = '', within = ''] = /^([^()[\]]*)[([]([^()[\]]*)[)\]]$/.exec(plain) ?? [];
  const bracketed = UNIT_WORDS.get(within.trim().replace(/\.$/, '').replace(/^in /, ''));
  if (before) return { name: before.trim(), ...(bracketed && { unit: bracketed }) };
  const space = plain.lastIndexOf(' ');
  const unit = space > 0 ? UNIT_WORDS.get(plain.slice(space + 1)) : undefined;
  return unit ? { name: plain.slice(0, space).replace(/ in$|,$/, ''), unit } : { name: plain };
}

/** The role that a header reveals. */
export const roleOf = (header: string): Role | undefined =>
  ROLES.find((role) => HEADERS_BY_ROLE[role].includes(splitHeader(header).name));

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
