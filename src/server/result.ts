import { randomBytes } from 'node:crypto';
import { clean } from '../text/clean.ts';
import { truncate } from '../text/tokens.ts';
import type { PageData } from '../tools/page_data.ts';
import type { Attachment } from '../tools/types.ts';
import { bounded } from './bounds.ts';
import type { Mask } from './mask.ts';
import { define } from './mend.ts';

/** What a tool call ends with, before it becomes an MCP message. */
export interface Result {
  readonly text: string;
  readonly structured?: Readonly<Record<string, unknown>>;
  readonly isError?: boolean;
  readonly attached?: readonly Attachment[];
  /** For the page of the answer, cleaned and masked. */
  readonly page?: PageData;
}

/** Keys that hold our own words alone, never a text of the library: they come before the fence. */
const OWN_KEYS = ['note', 'operations', 'cut_to_fit', 'confirm', 'expires_in_seconds'];

/** `status` is also a field of Iconik's, in capitals. */
const STATUSES: readonly unknown[] = ['preview', 'done', 'nothing_written'];

const isOurs = ([key, value]: [string, unknown]): boolean =>
  OWN_KEYS.includes(key) || (key === 'status' && STATUSES.includes(value));

/**
 * A projected answer as both channels: the same facts as JSON and as lines, cleaned and masked. The lines stand in a
 * fence whose boundary is new each time, so that no text of the library can close it; in JSON the quotes do that.
 */
export function toResult(value: Record<string, unknown>, mask: Mask): Result {
  const isLong = (text: string): boolean => text.length > MAX_TEXT;
  const found = { long: false };
  const cleaned = mapTexts(value, (text) => {
    found.long ||= isLong(text);
    return mask(isLong(text) ? cleanStart(text) : clean(text));
  });
  const fitted = bounded(cleaned as Record<string, unknown>);
  const structured = found.long ? { cut_to_fit: 'long texts were shortened.', ...fitted } : fitted;
  const [ours, theirs]: [string[], string[]] = [[], []];
  for (const entry of Object.entries(structured)) (isOurs(entry) ? ours : theirs).push(field(...entry, ''));
  return { text: [...ours, ...fenced(theirs)].join('\n') || NOTHING, structured };
}

/** Some hosts take an empty text for a fault. */
const NOTHING = 'Iconik answered, with nothing in it that this tool shows.';

/** Characters of a text that has room in an answer, and of the beginning that is shown of a longer one. */
const [MAX_TEXT, MAX_START] = [50_000, 2_000];

/** The beginning of a text that no answer has room for. The limit comes before the work. */
const cleanStart = (text: string): string =>
  `${truncate(clean(truncate(text, MAX_TEXT)), MAX_START)}… (${text.length} characters)`;

function fenced(lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const boundary = drawBoundary();
  return [`<<library-data ${boundary}>>`, ...lines, `<<end ${boundary}>>`];
}

let [drawn, used] = [Buffer.alloc(0), 0];

/** 48 random bits. To draw those of many answers takes as long as to draw those of one. */
function drawBoundary(): string {
  if (used === drawn.length) [drawn, used] = [randomBytes(768), 0];
  used += 6;
  return drawn.toString('base64url', used - 6, used);
}

/** Pictures and media, which are long and no texts. */
const DATA_ADDRESS = /^data:(?:image|video|audio)\/[\w.+-]+;base64,[\w+/=]*$/;

/** What a page gets: texts of the library are cleaned and masked as in an answer; pictures and media stay as they are. */
export const pageData = (data: PageData, mask: Mask): PageData =>
  mapTexts(data, (text) => (DATA_ADDRESS.test(text) ? text : mask(clean(truncate(text, MAX_TEXT))))) as PageData;

function mapTexts(value: unknown, change: Mask): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const changed: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) define(changed, change(key), mapTexts(item, change));
  return changed;
}

/** The same facts for hosts that show text: a line a field, a line an object in a list. */
export function lines(value: Readonly<Record<string, unknown>>, indent = ''): string {
  return Object.entries(value)
    .map(([key, item]) => field(key, item, indent))
    .join('\n');
}

function field(key: string, value: unknown, indent: string): string {
  if (isScalar(value)) return `${indent}${key}: ${scalar(value)}`;
  if (Array.isArray(value)) {
    if (value.length === 0) return `${indent}${key}: none`;
    if (value.every(isWord)) return `${indent}${key}: ${value.map(scalar).join(', ')}`;
    return [`${indent}${key}:`, ...value.map((item) => `${indent}- ${inline(item)}`)].join('\n');
  }
  const inner = value as Record<string, unknown>;
  if (Object.keys(inner).length === 0) return `${indent}${key}: none`;
  return `${indent}${key}:\n${lines(inner, `${indent}  `)}`;
}

function inline(value: unknown): string {
  if (isScalar(value)) return scalar(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  const parts = Object.entries(value as Record<string, unknown>).map(([key, item]) =>
    isScalar(item) || Array.isArray(item) ? `${key}: ${inline(item)}` : `${key}: {${inline(item)}}`,
  );
  return parts.join(' · ');
}

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;
const isWord = (value: unknown): boolean =>
  typeof value === 'string' ? value.length < 50 && !/[,;·] |[.!?]$/.test(value) : isScalar(value);

/** One line: a line break inside a text is shown, not made. */
const scalar = (value: unknown): string =>
  typeof value === 'string' ? value.replace(/\r?\n/g, '\\n') || '""' : String(value);
