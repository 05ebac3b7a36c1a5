import type { Row } from '../types.ts';
import { isRow } from '../values.ts';
import { fold } from './text.ts';

export type Primitive = string | number | boolean;

/** The values of a document under one path. */
export interface Content {
  readonly values: readonly Primitive[];
  /** The values as folded text, in the same order. */
  readonly folded: readonly string[];
}

const ALIASES: Readonly<Record<string, readonly string[]>> = {
  file_names: ['files.name', 'files.original_name'],
  'files.path': ['files.directory_path'],
  format: ['formats.name'],
};
const DEFAULT_FIELDS = [
  'title',
  'description',
  'segment_text',
  'file_names',
  'metadata',
  'transcription_text',
  'external_id',
];

/** The paths that a field name stands for. */
export const pathsOf = (field: string): readonly string[] => ALIASES[field] ?? [field];

/** The paths to search for words that name no field. */
export const searchPaths = (fields: readonly string[]): string[] =>
  (fields.length > 0 ? fields : DEFAULT_FIELDS).flatMap(pathsOf);

function leaves(value: unknown, into: Primitive[]): void {
  if (Array.isArray(value)) for (const item of value) leaves(item, into);
  else if (isRow(value)) for (const item of Object.values(value)) leaves(item, into);
  else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') into.push(value);
}

function reach(value: unknown, path: string, into: Primitive[]): void {
  if (Array.isArray(value)) {
    for (const item of value) reach(item, path, into);
    return;
  }
  if (!isRow(value)) return;
  if (Object.hasOwn(value, path)) {
    leaves(value[path], into);
    return;
  }
  const dot = path.indexOf('.');
  const head = path.slice(0, dot);
  if (dot > 0 && Object.hasOwn(value, head)) reach(value[head], path.slice(dot + 1), into);
}

function read(document: Row, path: string): Content {
  const values: Primitive[] = [];
  reach(document, path, values);
  // A metadata field may be named without `metadata.` in front.
  if (values.length === 0 && !Object.hasOwn(document, path)) reach(document.metadata, path, values);
  return { values, folded: values.map((value) => fold(String(value))) };
}

// Documents are never edited, only replaced, so their contents can be remembered.
const known = new WeakMap<Row, Map<string, Content>>();

function knownOf(document: Row): Map<string, Content> {
  const contents = known.get(document) ?? new Map<string, Content>();
  if (contents.size === 0) known.set(document, contents);
  return contents;
}

/** The contents under a dotted path, through arrays. */
export function contentOf(document: Row, path: string): Content {
  const contents = knownOf(document);
  const content = contents.get(path) ?? read(document, path);
  contents.set(path, content);
  return content;
}

/** The values under a field name. */
export const valuesOf = (document: Row, field: string): Primitive[] =>
  pathsOf(field).flatMap((path) => [...contentOf(document, path).values]);
