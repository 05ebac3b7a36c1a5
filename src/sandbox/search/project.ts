import type { Row } from '../types.ts';
import { isRow, textsOf } from '../values.ts';

type Paths = (path: string) => boolean;

// The vendor's schema of a hit requires object_type and title.
const ALWAYS_INCLUDED = ['id', 'object_type', 'title'];

/** A test for paths at or under one of the patterns; `*` stands for any characters. */
function under(patterns: readonly string[]): Paths {
  const sources = patterns.map((pattern) => pattern.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '.*'));
  const expression = new RegExp(`^(?:${sources.join('|')})(?:\\.|$)`);
  // A page of hits asks for the same paths a hundred times.
  const known = new Map<string, boolean>();
  return (path) => {
    const answer = known.get(path) ?? (patterns.length > 0 && expression.test(path));
    known.set(path, answer);
    return answer;
  };
}

/** The parts of a value whose paths are wanted, or undefined when there are none. */
function only(value: unknown, path: string, wanted: Paths): unknown {
  if (wanted(path)) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => only(item, path, wanted)).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (!isRow(value)) return undefined;
  const kept: Row = {};
  for (const [key, item] of Object.entries(value)) {
    const part = only(item, path === '' ? key : `${path}.${key}`, wanted);
    if (part !== undefined) kept[key] = part;
  }
  return Object.keys(kept).length > 0 ? kept : undefined;
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
  const wanted = under([...included, ...ALWAYS_INCLUDED]);
  const listed = under(excluded);
  const unwanted: Paths = (path) => !ALWAYS_INCLUDED.includes(path) && listed(path);
  return (document) => {
    const kept = included.length > 0 ? only(document, '', wanted) : document;
    const left = excluded.length > 0 ? without(kept, '', unwanted) : kept;
    return isRow(left) ? left : {};
  };
}
