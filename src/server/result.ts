import { randomBytes } from 'node:crypto';
import type { Attachment } from '../tools/context.ts';
import { clean } from './clean.ts';
import type { Mask } from './mask.ts';

/** What a tool call ends with, before it becomes an MCP message. */
export interface Result {
  readonly text: string;
  readonly structured?: Readonly<Record<string, unknown>>;
  readonly isError?: boolean;
  readonly attached?: readonly Attachment[];
}

/** Tokens of one answer, in each of its two forms. Hosts cut at 25,000, and what is read is paid for. */
const LIMIT = 9_500;
const LIMIT_CHARACTERS = 38_000;

/** Our own words: they stand before the fence. */
const OWN = ['note', 'cut_to_fit'];

/**
 * A projected answer as both channels: the same facts as JSON and as lines, cleaned and masked. The lines stand in a
 * fence whose boundary is new each time, so that no text of the library can close it; in JSON the quotes do that.
 */
export function toResult(value: Record<string, unknown>, mask: Mask): Result {
  const structured = bounded(mapTexts(value, (text) => mask(clean(text))) as Record<string, unknown>);
  const entries = Object.entries(structured);
  const ours = lines(Object.fromEntries(entries.filter(([key]) => OWN.includes(key))));
  const theirs = lines(Object.fromEntries(entries.filter(([key]) => !OWN.includes(key))));
  return { text: [ours, fenced(theirs)].filter(Boolean).join('\n'), structured };
}

function fenced(text: string): string {
  if (!text) return '';
  const boundary = randomBytes(6).toString('base64url');
  return `<<library-data ${boundary}>>\n${text}\n<<end ${boundary}>>`;
}

/** Shortens long texts, then the longest lists, until the answer fits, and says so in the answer. */
function bounded(value: Record<string, unknown>): Record<string, unknown> {
  if (size(value) <= LIMIT) return value;
  const copy = shorten(value, 2_000) as Record<string, unknown>;
  const cuts = new Map<string, string>();
  for (let round = 0; round < 200 && size(copy) > LIMIT; round += 1) {
    const longest = longestList(copy, []);
    if (!longest || longest.items.length < 2) break;
    const all = longest.all ?? longest.items.length;
    longest.items.length = Math.floor(longest.items.length * 0.7);
    const first = cuts.get(longest.name)?.split(' of ')[1] ?? String(all);
    cuts.set(longest.name, `${longest.items.length} of ${first}`);
  }
  const final = size(copy) > LIMIT ? (shorten(copy, 200) as Record<string, unknown>) : copy;
  const what = [...cuts].map(([name, counts]) => `${name}: ${counts} shown`).join('; ') || 'long texts were shortened';
  return { ...final, cut_to_fit: `${what}. Ask for a smaller page (per_page) or for fewer fields to see the rest.` };
}

function mapTexts(value: unknown, change: Mask): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]));
}

interface Found {
  readonly name: string;
  readonly items: unknown[];
  readonly all?: number;
}

function longestList(value: unknown, path: readonly string[]): Found | undefined {
  let best: (Found & { readonly weight: number }) | undefined;
  const visit = (inner: unknown, at: readonly string[]): void => {
    if (typeof inner !== 'object' || inner === null) return;
    if (Array.isArray(inner)) {
      const weight = size(inner);
      if (inner.length < 2) visit(inner[0], at);
      else if (weight > (best?.weight ?? 0)) best = { name: at.join('.'), items: inner, weight };
      return;
    }
    for (const [key, item] of Object.entries(inner)) visit(item, [...at, key]);
  };
  visit(value, path);
  return best;
}

const shorten = (value: unknown, limit: number): unknown =>
  mapTexts(value, (text) => (text.length > limit ? `${text.slice(0, limit)}… (${text.length} characters)` : text));

/**
 * The weight of a value against `LIMIT`: its tokens, estimated from above the way tokenizers split (an id costs almost
 * a token a character, prose a quarter), or its characters where those are nearer to their own limit.
 */
function size(value: unknown): number {
  const json = JSON.stringify(value) ?? '';
  if (json.length < LIMIT) return json.length;
  const tokens = json.match(/[A-Za-z]{1,7}|\d{1,3}|[^A-Za-z\d\s]{1,2}/g)?.length ?? 0;
  return Math.max(tokens, (json.length * LIMIT) / LIMIT_CHARACTERS);
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
const isWord = (value: unknown): boolean => isScalar(value) && !/[,;·] |.{50}/.test(String(value));

/** One line: a line break inside a text is shown, not made. */
const scalar = (value: unknown): string =>
  typeof value === 'string' ? value.replace(/\r?\n/g, '\\n') || '""' : String(value);
