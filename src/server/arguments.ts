import type * as z from 'zod';
import { closestTo } from '../text/nearest.ts';
import { unquoted } from '../text/trim.ts';
import { faultOfId } from '../tools/library/ids.ts';
import { ID_PATTERN } from '../tools/params.ts';
import { argumentsMeant } from './argument_names.ts';
import type { Confirmations, Given } from './confirm.ts';
import { isNothing, isObject, mend } from './mend.ts';

/** Arguments that a tool does not take as they are. The message names the field, the value and what is allowed. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

/** Names that hosts put beside the arguments of a tool for their own use, without case, `_` and `-`. */
const HOST_NAMES = new Set(
  [
    'tool toolname toolcallid callid requestid sessionid threadid messageid conversationid chatid traceid agentid',
    'explanation randomstring toolaction toolsummary waitforprevioustools',
  ].flatMap((names) => names.split(' ')),
);

const isHostName = (name: string): boolean =>
  name.startsWith('_') || HOST_NAMES.has(name.toLowerCase().replace(/[_-]/g, ''));

/** Takes out the arguments that a host added: neither the model nor the person can. `__proto__` is nobody's name. */
export function withoutHostArguments(input: z.ZodObject, given: unknown): { given: unknown; ignored: string[] } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return { given, ignored: [] };
  const isIgnored = (name: string) => !Object.hasOwn(input.shape, name) && isHostName(name) && name !== '__proto__';
  const ignored = Object.keys(given).filter(isIgnored);
  if (ignored.length === 0) return { given, ignored };
  return { given: Object.fromEntries(Object.entries(given).filter(([name]) => !isIgnored(name))), ignored };
}

/**
 * Arguments without the confirm token, and with those that the token was issued for where the host leaves them out: the
 * token alone is enough. Throws `ArgumentError` where the token is all there is, and stands for nothing.
 */
export function withoutToken(tool: string, given: unknown, confirmations: Confirmations) {
  if (!isObject(given)) return { given };
  const { confirm, ...args } = given;
  // Some hosts send "" for what is not given. While a plan waits, it may be meant to approve it, which it does not.
  const own = Object.entries(args).filter(([, value]) => !isNothing(value));
  if (typeof confirm === 'string' && confirm.trim() === '' && confirmations.isOpen(tool)) {
    if (own.length === 0)
      throw new ArgumentError('confirm was empty: send the token of the plan. Nothing was changed.');
    return { given: args, confirm: '' };
  }
  if (isNothing(confirm ?? null)) return { given };
  const token = unquoted(String(confirm).trim());
  const known = confirmations.givenFor(token, tool);
  if (known) return { given: { ...known, ...Object.fromEntries(own) } as Given, confirm: token };
  if (own.length > 0) return { given: args, confirm: token };
  throw goneToken(tool, confirmations.isUsed(token));
}

/** The error for a token that stands for nothing here. */
export function goneToken(tool: string, isUsed: boolean): ArgumentError {
  const cause = isUsed
    ? 'this token was used before, and what it stood for was carried out or declined then'
    : 'this token is unknown here, or is of another tool';
  return new ArgumentError(
    `confirm: ${cause}. Nothing was changed by this call. Call ${tool} without confirm to see what it would do.`,
  );
}

/**
 * The forgiving door: mends what hosts do to arguments (an object as a JSON string, `"42"`, null or an empty text, list
 * or object for "not given", one value where a list is meant), then parses. Throws `ArgumentError`, which names what is
 * missing or wrong, and unknown names with the nearest known one.
 */
export function parseArguments<T>(input: z.ZodObject, given: unknown, offers: Offers = () => false): T {
  requireSound(input, given);
  const args = given === null || given === undefined ? {} : mend(input, wellFormed(given));
  // A host may have sent an object as a JSON string.
  requireSound(input, args);
  if (typeof args !== 'object' || args === null || Array.isArray(args)) {
    throw new ArgumentError(`The arguments have to be an object with ${list(Object.keys(input.shape))}.`);
  }
  const parsed = input.safeParse(args);
  if (parsed.success) return parsed.data as T;
  const known = Object.keys(input.shape);
  const unknown = Object.keys(args).filter((name) => !known.includes(name));
  const wrong = parsed.error.issues.filter(({ code, path }) => code !== 'unrecognized_keys' || path.length > 0);
  const faults = [
    ...wrong.slice(0, MAX_FAULTS).map((issue) => describe(issue as Issue, args, offers)),
    ...unknown.slice(0, MAX_FAULTS).map((name) => unknownName(name, argumentsMeant(name, input, Object.keys(args)))),
  ];
  const rest = wrong.length + unknown.length - faults.length;
  const names = unknown.length > 0 ? ` Known: ${list(known)}.` : '';
  throw new ArgumentError(faults.join(' ') + (rest > 0 ? ` And ${rest} more.` : '') + names);
}

/** Levels of lists and objects in arguments. A filter of a search, which nests deepest, needs fewer than twenty. */
const MAX_DEPTH = 50;

/**
 * Throws `ArgumentError` for an argument nested so deep that walking through it would fail, and for a number that is no
 * longer the one that was meant: JSON readers round what a double does not hold.
 */
function requireSound({ shape }: z.ZodObject, given: unknown): void {
  if (!isNested(given)) return;
  for (const [name, value] of Object.entries(given)) {
    // An unknown name is the first thing to say.
    const limit = Object.hasOwn(shape, name) ? Number.MAX_SAFE_INTEGER : Number.POSITIVE_INFINITY;
    requireSoundAt({ path: name.slice(0, 60), depth: 0, limit }, value);
  }
}

interface Place {
  readonly path: string;
  readonly depth: number;
  /** The largest number that is taken there. */
  readonly limit: number;
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

function requireSoundAt({ path, depth, limit }: Place, value: unknown): void {
  if (typeof value === 'number' && Math.abs(value) > limit)
    throw new ArgumentError(
      `${path}: the number ${value} is beyond ${limit}, where digits get lost on the way. Send it as text, in quotes.`,
    );
  if (!isNested(value)) return;
  const [argument = path] = path.split('.', 1);
  if (depth > MAX_DEPTH) throw new ArgumentError(`${argument} is nested deeper than ${MAX_DEPTH} levels.`);
  for (const [name, inner] of Object.entries(value))
    requireSoundAt({ path: `${path}.${name.slice(0, 60)}`, depth: depth + 1, limit }, inner);
}

/** Faults of a kind that one error names: what is missing or wrong, and what is unknown. */
const MAX_FAULTS = 5;

/** Half a surrogate pair, which no UTF-8 can carry, becomes U+FFFD as everywhere else. */
function wellFormed(value: unknown): unknown {
  if (isWellFormed(value)) return value;
  return JSON.parse(
    JSON.stringify(value, (_, item: unknown) => {
      if (typeof item === 'string') return item.toWellFormed();
      if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
      return Object.fromEntries(Object.entries(item).map(([name, inner]) => [name.toWellFormed(), inner]));
    }),
  );
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  return !isNested(value) || Object.entries(value).every((entry) => entry.every(isWellFormed));
}

function unknownName(name: string, meant: readonly string[]): string {
  const hint = meant.length > 0 ? ` Did you mean ${meant.map((one) => `"${one}"`).join(' or ')}?` : '';
  return `Unknown argument "${name.slice(0, 60)}".${hint}`;
}

interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly values?: readonly unknown[];
  readonly keys?: readonly string[];
  readonly expected?: string;
  readonly pattern?: string;
}

/** Whether the host sees a tool. */
type Offers = (tool: string) => boolean;

/** The name of an argument, also where the value is one of a list. */
const argumentAt = (path: readonly PropertyKey[]): string =>
  String(path.findLast((key) => typeof key === 'string') ?? '');

function describe(issue: Issue, args: unknown, offers: Offers): string {
  const field = issue.path.map(String).join('.') || 'The arguments';
  const value = at(args, issue.path);
  if (issue.code === 'unrecognized_keys') return `${field}: unknown ${list((issue.keys ?? []).map(shown))}.`;
  if (value === undefined && issue.code === 'custom') return `${field} is missing.`;
  if (value === undefined && issue.code === 'invalid_type') return `${field} is missing (${issue.expected}).`;
  if (value === undefined && issue.values) return `${field} is missing. Allowed: ${list(issue.values.map(String))}.`;
  if (issue.code === 'invalid_value' && issue.values) {
    const near = typeof value === 'string' ? closestTo(value, issue.values.map(String)) : undefined;
    const hint = near ? ` Nearest: ${near}.` : '';
    return `${field}: ${shown(value)} is not allowed. Allowed: ${list(issue.values.map(String))}.${hint}`;
  }
  if (issue.code === 'too_small' && value === '') return `${field}: "" is empty.`;
  if (issue.pattern === ID_PATTERN && typeof value === 'string')
    return `${field}: ${shown(value)} ${faultOfId(argumentAt(issue.path), value, offers)}`;
  if (issue.code === 'invalid_type') return `${field}: ${shown(value)} is not ${article(issue.expected ?? 'valid')}.`;
  return `${field}: ${shown(value)} ${issue.message.startsWith('must') ? '' : 'does not fit: '}${issue.message}.`;
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);
const list = (names: readonly string[]): string => names.join(', ') || 'nothing';
const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};
