import { sharedKind } from '../../cache.ts';
import { ToolError } from '../../errors.ts';
import { HANDLE_LIFETIME, type HandleKind } from '../../handles.ts';
import type { Context } from '../../types.ts';
import { undoCall } from './undo_call.ts';

/** A call that can be taken back, under its handle. */
export interface OwnRun<T> {
  readonly handle: string;
  readonly run: T;
}

/** Runs of a kind that are remembered in their order, and those that one undo takes. */
const MAX_RUNS = 200;
const MAX_AT_ONCE = 20;

/** The handles of a caller's runs, in their order, by what they are called. */
const MADE = sharedKind<readonly string[]>({ name: 'runs made', max: 50, ttl: HANDLE_LIFETIME });

/** Keeps what a call wrote, so that it can be taken back; those that come after it are told from those before. */
export function keepRun<T>({ handles, cache }: Context, kind: HandleKind<T>, value: T): string {
  const handle = handles.keep(kind, value);
  cache.set(MADE, kind.noun, [...(cache.get(MADE, kind.noun) ?? []), handle].slice(-MAX_RUNS));
  return handle;
}

/** The runs that `undo` names, `run_k3x9p2, run_m4y8q3`, the latest first. Throws `ToolError`. */
export function runsNamed<T>({ handles, cache }: Context, kind: HandleKind<T>, given: string): OwnRun<T>[] {
  const words = given.split(/[\s,;+&]+|\band\b/).filter(Boolean);
  if (words.length > MAX_AT_ONCE) throw new ToolError(`undo: ${words.length} runs: give at most ${MAX_AT_ONCE}.`);
  const made = cache.get(MADE, kind.noun) ?? [];
  const named = [...new Set(words.length > 0 ? words : [given])].map((handle) => ({
    handle,
    run: handles.get(kind, handle),
  }));
  return named.toSorted((a, b) => made.indexOf(b.handle) - made.indexOf(a.handle));
}

/** What the caller did after the earliest of some runs and beside them, the latest first. */
export function runsSince<T>(
  { handles, cache }: Context,
  kind: HandleKind<T>,
  runs: readonly OwnRun<T>[],
): OwnRun<T>[] {
  const made = cache.get(MADE, kind.noun) ?? [];
  const named = runs.map(({ handle }) => handle);
  const earliest = Math.min(...named.map((handle) => made.indexOf(handle)));
  return made
    .slice(earliest + 1)
    .filter((handle) => !named.includes(handle) && handles.kindOf(handle) !== undefined)
    .map((handle) => ({ handle, run: handles.get(kind, handle) }))
    .reverse();
}

/** How runs are taken back together with those after them: `undo: "run_k3x9p2, run_m4y8q3"`. */
export function undoOfAll(
  tool: string,
  args: Readonly<Record<string, unknown>>,
  runs: readonly { readonly handle: string }[],
  later: readonly string[],
): string[] {
  const undo = [...runs.map(({ handle }) => handle), ...later].join(', ');
  return undoCall(tool, { ...args, undo }, 'To take them back together, the latest first');
}
