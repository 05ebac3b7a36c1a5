import { reasonOf } from '../errors.ts';
import type { Context } from '../types.ts';

/** Collects an answer of many parts, some of which may be unreadable, and notes on it. */
export interface Report {
  /** Reads one part. A part that fails is `undefined` and leaves a note, and the others still come. */
  part<T>(name: string, work: Promise<T>): Promise<T | undefined>;
  note(line: string): void;
  /** Each note once. */
  readonly notes: readonly string[];
}

/** A report of one call; cancelling the call ends it. */
export function createReport({ signal }: Pick<Context, 'signal'>): Report {
  const notes = new Set<string>();
  return {
    async part(name, work) {
      try {
        return await work;
      } catch (error) {
        if (signal.aborted) throw error;
        notes.add(`${name}: not known, ${reasonOf(error)}.`);
        return undefined;
      }
    },
    note: (line) => void notes.add(line),
    get notes() {
      return [...notes];
    },
  };
}
