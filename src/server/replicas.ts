import { type Entry, type SharedState, StateGone } from '../state/types.ts';
import type { CacheChange, SharedCache } from '../tools/cache.ts';
import { HANDLE_LIFETIME, handlesIn, type KeptHandle, type SharedHandles } from '../tools/handles.ts';
import { CONFIRM_SECONDS, type Issued, type SharedConfirmations } from './confirm.ts';
import type { Document, Documents } from './documents.ts';
import type { Log } from './log.ts';
import { isObject } from './mend.ts';
import { createOutbox } from './outbox.ts';

/**
 * What a server and its replicas know together, so that a person's next call may reach any of them. Tools see nothing of
 * it: what a call may need is here before it runs, and what it leaves is stored before its answer goes out.
 */
export interface Replicas {
  /**
   * Takes in what the arguments name and what other replicas wrote. Throws `StateGone` where that cannot be had, unless the
   * call only reads and everything that it names is here.
   */
  enter(given: unknown, call: { readonly reads: boolean }): Promise<void>;
  /** Stores what is new. Never rejects: what cannot be stored now is stored later. */
  save(): Promise<void>;
  /** Stores a confirm token, before anybody hears of it. Throws `StateGone`: it would hold nowhere. */
  issued(token: string): Promise<void>;
  /** The time of a token began anew. */
  renewed(token: string): Promise<void>;
  /** Takes in what all replicas know of a token by now. Throws `StateGone` where that cannot be had. */
  reread(token: string): Promise<void>;
  /** Whether this call, of all on all replicas, uses the token up. Throws `StateGone` where nobody can tell. */
  take(token: string): Promise<boolean>;
  /** A document that another replica attached. */
  document(uri: string): Promise<Document | undefined>;
}

interface Memory {
  readonly handles: SharedHandles;
  readonly cache: SharedCache;
  readonly confirmations: SharedConfirmations;
  readonly documents: Documents;
  readonly log: Log;
}

/** Milliseconds. A token outlives its time by as long as a person may think about the question. */
const TOKEN_LIFETIME = CONFIRM_SECONDS * 1_000 + 600_000;
const DOCUMENT_LIFETIME = 3_600_000;
/** Handles among the arguments of one call. */
const MAX_NAMED = 100;

export function createReplicas(state: SharedState, memory: Memory): Replicas {
  const { handles, cache, confirmations, documents, log } = memory;
  const outbox = createOutbox(state, log);
  handles.watch((handle) => outbox.keep(handle, () => handles.peek(handle), HANDLE_LIFETIME));
  documents.watch(({ uri }) => outbox.keep(documentName(uri), () => documents.get(uri), DOCUMENT_LIFETIME));
  cache.watch(outbox.tell);
  const stored = (token: string): Entry => ({
    name: token,
    value: confirmations.peek(token),
    lifetime: TOKEN_LIFETIME,
  });
  return {
    async enter(given, { reads }) {
      const named = namedIn(given);
      try {
        await takeIn(state, memory, named, tokenIn(given));
      } catch (error) {
        if (!(error instanceof StateGone)) throw error;
        const missing = named.find((handle) => !handles.peek(handle));
        if (reads && !missing) return;
        throw gone(error, missing ? `${missing} can only be there` : 'no change is made without it');
      }
    },
    save: outbox.send,
    async issued(token) {
      const isKept = await state.store(stored(token)).catch(because('no confirm token can be kept'));
      if (!isKept) throw new StateGone('The change is too large to be confirmed. Nothing was changed. Ask for less.');
    },
    async renewed(token) {
      // Where this fails, the token is not used either.
      if (confirmations.peek(token)) await state.replace(stored(token)).catch(() => undefined);
    },
    async reread(token) {
      await takeToken(state, memory, token);
    },
    take(token) {
      // For the error of whoever sends it again.
      const trace = { name: usedName(token), value: true, lifetime: TOKEN_LIFETIME };
      return state.take(token, trace).catch(because('whether the confirm token was used before cannot be told'));
    },
    async document(uri) {
      const name = documentName(uri);
      return (await state.load([name], DOCUMENT_LIFETIME)).get(name) as Document | undefined;
    },
  };
}

/** Takes in the handles and the token that a call names, and the news. */
async function takeIn(
  state: SharedState,
  memory: Memory,
  named: readonly string[],
  token: string | undefined,
): Promise<void> {
  const takeNews = async (): Promise<void> => {
    for (const { value, lifetime } of await state.news()) memory.cache.adopt(value as CacheChange, lifetime);
  };
  const takeNamed = async (confirm: string): Promise<void> => {
    const issued = await takeToken(state, memory, confirm);
    // The token alone is enough: what it was issued for may name handles.
    if (issued) await takeHandles(state, memory, namedIn(issued.given));
  };
  await Promise.all([takeNews(), takeHandles(state, memory, named), token && takeNamed(token)]);
}

async function takeHandles(state: SharedState, { handles }: Memory, all: readonly string[]): Promise<void> {
  const known = all.filter((handle) => handles.peek(handle));
  const unknown = all.filter((handle) => !handles.peek(handle));
  const [found] = await Promise.all([state.load(unknown, HANDLE_LIFETIME), state.touch(known, HANDLE_LIFETIME)]);
  for (const [handle, kept] of found) handles.adopt(handle, kept as KeptHandle);
}

async function takeToken(state: SharedState, { confirmations }: Memory, token: string): Promise<Issued | undefined> {
  const found = await state.load([token, usedName(token)], TOKEN_LIFETIME);
  const issued = found.get(token) as Issued | undefined;
  confirmations.adopt(token, issued ?? (found.has(usedName(token)) ? 'used' : undefined));
  return issued;
}

const usedName = (token: string): string => `used ${token}`;
const documentName = (uri: string): string => `document ${uri}`;

function namedIn(given: unknown): string[] {
  try {
    // Hosts send objects as JSON strings, too.
    return handlesIn(JSON.stringify(given ?? null)).slice(0, MAX_NAMED);
  } catch {
    // They are nested too deep, which they are told where they are read.
    return [];
  }
}

const tokenIn = (given: unknown): string | undefined =>
  isObject(given) && typeof given.confirm === 'string' ? given.confirm.trim() || undefined : undefined;

/** Says of a store that is gone what that means for the call. */
export const because = (what: string) => (error: unknown) => {
  throw error instanceof StateGone ? gone(error, what) : error;
};

const gone = ({ message }: StateGone, what: string): StateGone =>
  new StateGone(`${message.replace(/\.$/, '')}, and ${what}. Nothing was changed. Try again in a moment.`);
