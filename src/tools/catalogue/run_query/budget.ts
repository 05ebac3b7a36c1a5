import { MAX_REQUESTS } from '../../../programs/limits.ts';
import { ToolError } from '../../errors.ts';
import type { Context } from '../../types.ts';

/** What a program may still do, and what there is to say of it. */
export interface Budget {
  /** For the reads of the program: each counts, and all end while there is time for an answer. */
  readonly context: Context;
  readonly requests: number;
  /** No more time or no more requests: what is there has to do. */
  isSpent(): boolean;
  note(line: string): void;
  readonly notes: readonly string[];
}

/** Share of the time of a call that the program has for its reads; then it ends with what it has. */
const SHARE = 0.85;

export function createBudget(context: Context): Budget {
  const time = AbortSignal.timeout(Math.max(1, Math.floor(context.timeLeft() * SHARE)));
  const notes = new Set<string>();
  let requests = 0;
  let refused = false;
  const own = context.readingOnly(AbortSignal.any([context.signal, time]), () => {
    refused ||= requests >= MAX_REQUESTS;
    if (refused) throw new ToolError(`a program may send ${MAX_REQUESTS} requests`);
    requests += 1;
  });
  return {
    context: own,
    get requests() {
      return requests;
    },
    isSpent: () => refused || (time.aborted && !context.signal.aborted),
    note: (line) => void notes.add(line),
    get notes() {
      return [...notes];
    },
  };
}
