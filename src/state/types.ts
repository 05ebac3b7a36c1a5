/** A value that replicas share, by a name that only they know. */
export interface Entry {
  readonly name: string;
  /** Whatever `v8.serialize` takes: no functions, no promises. */
  readonly value: unknown;
  /** Milliseconds. */
  readonly lifetime: number;
}

/** Something that the other replicas should know for a while. */
export interface News {
  readonly value: unknown;
  /** Milliseconds; a day at most. */
  readonly lifetime: number;
}

/** Names that one owner, whom nobody else can guess, has to itself. */
export interface Claim {
  readonly names: readonly string[];
  readonly owner: string;
}

/**
 * What the replicas of this server share for one tenant. A server that runs alone has none. Everything but `turn` and `pause`
 * rejects with `StateGone` where the store does not answer.
 */
export interface SharedState {
  /** The values of those names that have one; each starts its lifetime anew. */
  load(names: readonly string[], lifetime: number): Promise<ReadonlyMap<string, unknown>>;
  /** Starts the lifetime of names anew. */
  touch(names: readonly string[], lifetime: number): Promise<void>;
  /** False: the value is too large, and is not stored. */
  store(entry: Entry): Promise<boolean>;
  /** Replaces a value that is still there. */
  replace(entry: Entry): Promise<void>;
  /**
   * Removes a name, and stores in the same moment what says so. True for one caller alone, of all replicas, and only if it
   * was there.
   */
  take(name: string, trace: Entry): Promise<boolean>;
  /**
   * Gives all of these names to one owner for a while, or none of them. Answers how many milliseconds ago the last one of them was
   * given back, `Infinity` where none was for long; `undefined`: another owner has one.
   */
  claim(claim: Claim & { readonly lifetime: number }): Promise<number | undefined>;
  /** Gives back those that the owner still has. */
  release(claim: Claim): Promise<void>;
  publish(news: readonly News[]): Promise<void>;
  /** What other replicas have published since the last time, oldest first, with what is left of its lifetime. */
  news(): Promise<readonly News[]>;
  /** Waits for a turn at `rate` requests a second, which all replicas take together, or until `signal` fires. Never rejects. */
  turn(rate: number, signal: AbortSignal): Promise<void>;
  /** No turn comes for this many milliseconds. Never rejects. */
  pause(ms: number): Promise<void>;
}

/** The store that replicas share does not answer. The message says what that means for the call. */
export class StateGone extends Error {
  override readonly name = 'StateGone';
}
