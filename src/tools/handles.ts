import { randomInt } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { shorten } from '../text/tokens.ts';
import { unquoted } from '../text/trim.ts';
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
  /** What a word is the handle of. */
  kindOf(word: string): Omit<KeptHandle, 'value'> | undefined;
}

/** Beyond these the handle that was used least recently goes. */
export const MAX_HANDLES = 500;
/** Milliseconds after the last use. */
export const HANDLE_LIFETIME = 24 * 3_600_000;
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** What stands behind a handle. A kind is told by what its handles are called: it may come from another replica. */
export interface KeptHandle {
  readonly prefix: string;
  readonly noun: string;
  readonly argument: string;
  readonly value: unknown;
}

/** Handles that replicas share. */
export interface SharedHandles extends Handles {
  /** `kept` hears of each new handle. */
  watch(kept: (handle: string) => void): void;
  peek(handle: string): KeptHandle | undefined;
  /** Takes in what another replica kept. */
  adopt(handle: string, kept: KeptHandle): void;
}

export function createHandles(now: () => number = () => performance.now()): SharedHandles {
  const known = new LRUCache<string, KeptHandle>({
    max: MAX_HANDLES,
    ttl: HANDLE_LIFETIME,
    updateAgeOnGet: true,
    ttlResolution: 0,
    perf: { now },
  });
  let hear: ((handle: string) => void) | undefined;
  return {
    keep({ prefix, noun, argument }, value) {
      const handle = `${prefix}_${Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
      known.set(handle, { prefix, noun, argument, value });
      hear?.(handle);
      return handle;
    },
    get<T>(kind: HandleKind<T>, given: string, argument = kind.argument): T {
      const handle = unquoted(given.trim());
      const found = known.get(handle);
      if (found?.prefix === kind.prefix && found.noun === kind.noun) return found.value as T;
      const unknown = isHandle(handle) ? 'is unknown or expired' : `is no handle such as ${kind.prefix}_k3x9p2`;
      const problem = found ? `${handle} is ${found.noun}, not ${kind.noun}` : `"${shorten(handle, 80)}" ${unknown}`;
      throw new ToolError(`${argument}: ${problem}. ${kind.renew}`);
    },
    kindOf: (word) => known.peek(unquoted(word.trim())),
    watch(kept) {
      hear = kept;
    },
    peek: (handle) => known.peek(handle),
    adopt: (handle, kept) => void known.set(handle, kept),
  };
}

/** Whether a word has the form of a handle, of whatever kind. */
export const isHandle = (word: string): boolean => /^[a-z]{3}_\w{6}$/.test(unquoted(word));

/** Six of `LETTERS` behind a prefix. */
const HANDLE = /\b[a-z]{3}_[a-hjkmnp-z2-9]{6}\b/g;

/** The handles in a text, each once. */
export const handlesIn = (text: string): string[] => [...new Set(text.match(HANDLE))];
