import type { Row } from '../types.ts';
import { isRow, textsOf } from '../values.ts';

type Paths = (path: string) => boolean;

// The vendor's schema of a hit requires object_type and title.
const ALWAYS_INCLUDED = ['id', 'object_type', 'title'];

/** A test for paths at or under one of the patterns; `*` stands for any characters. */
function under(patterns: readonly string[]): Paths {
  const sources = patterns.map((pattern) => pattern.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '.*'));
  const expression = new RegExp(`^(?:${sources.join('|')})(?:\\.|$)`);
  return (path) => patterns.length > 0 && expression.test(path);
}

/** A test for paths that one of the patterns may go on from. */
function above(patterns: readonly string[]): Paths {
  const starts = patterns.map((pattern) => pattern.split('*', 1)[0] ?? '');
  return (path) =>
    patterns.some((pattern, index) => {
      const start = starts[index] ?? '';
      return start.startsWith(`${path}.`) || (start !== pattern && `${path}.`.startsWith(start));
    });
}

/** What of a path is wanted: all, some of what is in it, or nothing. */
type Wanted = (path: string) => 'all' | 'some' | 'nothing';

/** A page of hits asks for the same paths a hundred times. */
function wantedOf(patterns: readonly string[]): Wanted {
  const [isAll, isSome] = [under(patterns), above(patterns)];
  const known = new Map<string, ReturnType<Wanted>>();
  return (path) => {
    const answer = known.get(path) ?? (isAll(path) ? 'all' : isSome(path) ? 'some' : 'nothing');
    known.set(path, answer);
    return answer;
  };
}

/** The parts of a row whose paths are wanted, or undefined when there are none. */
function only(row: Row, path: string, wanted: Wanted): Row | undefined {
  const kept: Row = {};
  for (const [key, item] of Object.entries(row)) {
    const inner = path === '' ? key : `${path}.${key}`;
    const answer = wanted(inner);
    const part = answer === 'some' ? onlyIn(item, inner, wanted) : answer === 'all' ? item : undefined;
    if (part !== undefined) kept[key] = part;
  }
  return Object.keys(kept).length > 0 ? kept : undefined;
}

function onlyIn(value: unknown, path: string, wanted: Wanted): unknown {
  if (!Array.isArray(value)) return isRow(value) ? only(value, path, wanted) : undefined;
  const items = value.map((item) => onlyIn(item, path, wanted)).filter((item) => item !== undefined);
  return items.length > 0 ? items : undefined;
}

function without(value: unknown, path: string, unwanted: Paths): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, path, unwanted));
  if (!isRow(value)) return value;
  const kept: Row = {};
  for (const [key, item] of Object.entries(value)) {
    const inner = path === '' ? key : `${path}.${key}`;
    if (!unwanted(inner)) kept[key] = without(item, inner, unwanted);
  }
  return kept;
}

/** Trims documents to `include_fields` and `exclude_fields`. */
export function projection(include: unknown, exclude: unknown): (document: Row) => Row {
  const [included, excluded] = [textsOf(include), textsOf(exclude)];
  const wanted = wantedOf([...included, ...ALWAYS_INCLUDED]);
  const listed = under(excluded);
  const unwanted: Paths = (path) => !ALWAYS_INCLUDED.includes(path) && listed(path);
  return (document) => {
    const kept = included.length > 0 ? only(document, '', wanted) : document;
    const left = excluded.length > 0 ? without(kept, '', unwanted) : kept;
    return isRow(left) ? left : {};
  };
}
