import { MediaError } from '../../../media/errors.ts';
import { MAX_CPU, MAX_MEMORY } from '../../../programs/limits.ts';
import type { Ending } from '../../../programs/messages.ts';
import { reasonOf, statusOf, ToolError } from '../../errors.ts';
import type { Budget } from './budget.ts';

/** Why a read failed, for the program that asked. What is a bug of ours keeps its words to itself. */
export function messageOf(error: unknown, budget: Pick<Budget, 'isSpent'>): string {
  if (error instanceof ToolError || error instanceof MediaError) return error.message;
  if (budget.isSpent()) return 'the time of this call is over';
  const { name, code } = Object(error) as { readonly name?: unknown; readonly code?: unknown };
  const isForeseen = statusOf(error) !== undefined || typeof code === 'string' || name === 'UnsafePathError';
  return isForeseen ? reasonOf(error) : 'it failed because of a bug in this server';
}

type Fault = Extract<Ending, { readonly ok: false }>['fault'];

const LIMITS = {
  cpu: `it computed for more than ${MAX_CPU / 1_000} s. Ask for fewer objects or fields, and look things up in a Map instead of in nested loops`,
  memory: `it used more than ${MAX_MEMORY} MB. Choose fields, and keep sums instead of objects`,
  stack: 'it calls itself too deeply',
  result: 'its result is too long. Return sums or the first rows',
  stuck: 'it waits for a promise that nothing settles',
} as const;

/** Keys that an error names of what the program has read. */
const MAX_SEEN = 3;

/** The one sentence on why there is no result, with what helps to mend the program. */
export function failureOf(fault: Fault, budget: Budget, seen: ReadonlyMap<string, readonly string[]>): ToolError {
  if (fault.kind === 'time')
    return new ToolError(
      `the time of this call was over after ${budget.requests} requests, and nothing was returned. Ask for less, or choose fields`,
    );
  if (fault.kind !== 'error') return new ToolError(`the program was ended: ${LIMITS[fault.kind]}`);
  const { name, message, line, column } = fault;
  const place = line === undefined ? '' : `line ${line}, column ${column}: `;
  return new ToolError(
    [`${place}${name === 'Error' ? '' : `${name}: `}${message.replace(/\.$/, '')}.`, hint(name, message, seen)]
      .filter(Boolean)
      .join(' '),
  );
}

function hint(name: string, message: string, seen: ReadonlyMap<string, readonly string[]>): string {
  if (name === 'ReferenceError') return 'A program has read, pages, find, table and now besides the language itself.';
  if (/^HTTP \d/.test(message)) return 'To go on without what a read does not get: await read(…).catch(() => null).';
  if (name !== 'TypeError') return '';
  return [...seen]
    .slice(0, MAX_SEEN)
    .map(([operation, keys]) => `${operation} gave: ${keys.join(', ')}.`)
    .join(' ');
}
