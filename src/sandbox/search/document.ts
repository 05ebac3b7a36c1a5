import type { Row } from '../types.ts';
import { isRow } from '../values.ts';
import { fold } from './text.ts';

export type Primitive = string | number | boolean;

/** The values of a document under one path. */
export class Content {
  readonly values: readonly Primitive[];
  #folded: readonly string[] | undefined;

  constructor(values: readonly Primitive[]) {
    this.values = values;
  }

  /** The values as folded text, in the same order; made when somebody asks, as ranges and ids never do. */
  get folded(): readonly string[] {
    this.#folded ??= this.values.map((value) => fold(String(value)));
    return this.#folded;
  }
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
  return new Content(values);
}

// Documents are never edited, only replaced, so their contents can be remembered: with the document, for a map of tens
// of thousands that are held weakly is walked with every collection of garbage.
const KNOWN = Symbol('contents');

function knownOf(document: Row): Map<string, Content> {
  const { [KNOWN]: known } = document as { [KNOWN]?: Map<string, Content> };
  if (known) return known;
  const contents = new Map<string, Content>();
  Object.defineProperty(document, KNOWN, { value: contents });
  return contents;
}

/** The contents under a dotted path, through arrays. */
export function contentOf(document: Row, path: string): Content {
  const contents = knownOf(document);
  const found = contents.get(path);
  if (found) return found;
  const content = read(document, path);
  contents.set(path, content);
  return content;
}

/** The values under a field name. */
export function valuesOf(document: Row, field: string): readonly Primitive[] {
  const paths = pathsOf(field);
  const [path = field] = paths;
  return paths.length > 1 ? paths.flatMap((one) => contentOf(document, one).values) : contentOf(document, path).values;
}
