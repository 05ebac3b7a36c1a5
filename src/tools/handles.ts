import { randomInt } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { ToolError } from './errors.ts';

declare const held: unique symbol;

/** A kind of handle, for things of type `T`. */
export interface HandleKind<T> {
  readonly [held]?: T;
  /** How its handles begin: `sel` for `sel_k3x9p2`. */
  readonly prefix: string;
  /** What errors call it: `a selection`, `a cursor of find_assets`. */
  readonly noun: string;
  /** The argument that takes it. */
  readonly argument: string;
  /** What to do without it: `Call find_assets again.` */
  readonly renew: string;
}

/** The kind of a tool's `next`, which its argument `cursor` takes. */
export const cursorOf = <T>(tool: string): HandleKind<T> => ({
  prefix: 'cur',
  noun: `a cursor of ${tool}`,
  argument: 'cursor',
  renew: `Call ${tool} again without it.`,
});

/** Short names for things that do not have to travel through the model, kept between the calls of one server. */
export interface Handles {
  /** Keeps a value under a new handle. */
  keep<T>(kind: HandleKind<T>, value: T): string;
  /**
   * The value behind a handle. Throws `ToolError` where the handle is of another kind, unknown or expired, with the
   * argument that it was given in: default that of the kind.
   */
  get<T>(kind: HandleKind<T>, handle: string, argument?: string): T;
}

/** Beyond these the handle that was used least recently goes. */
const MAX_HANDLES = 500;
/** Milliseconds after the last use. */
const HANDLE_LIFETIME = 24 * 3_600_000;
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

interface Kept {
  readonly kind: HandleKind<unknown>;
  readonly value: unknown;
}

export function createHandles(now: () => number = () => performance.now()): Handles {
  const kept = new LRUCache<string, Kept>({
    max: MAX_HANDLES,
    ttl: HANDLE_LIFETIME,
    updateAgeOnGet: true,
    ttlResolution: 0,
    perf: { now },
  });
  return {
    keep(kind, value) {
      const handle = `${kind.prefix}_${Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
      kept.set(handle, { kind, value });
      return handle;
    },
    get<T>(kind: HandleKind<T>, given: string, argument = kind.argument): T {
      const handle = given.trim();
      const found = kept.get(handle);
      if (found?.kind === kind) return found.value as T;
      const problem = found ? `${handle} is ${found.kind.noun}, not ${kind.noun}` : `"${handle}" is unknown or expired`;
      throw new ToolError(`${argument}: ${problem}. ${kind.renew}`);
    },
  };
}

/** Whether a word has the form of a handle, of whatever kind. */
export const isHandle = (word: string): boolean => /^[a-z]{3}_\w{6}$/.test(word.trim());
