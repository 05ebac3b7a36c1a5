import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './connection.ts';
import { BURST } from './schedule.ts';

/** Milliseconds for which a process keeps to its part of the rate once Redis is back: others may still miss it. */
const ALONE_MS = 2_000;

/** The turns of one user of Iconik, in this process. */
export interface Turns {
  /** Resolves when the turn has come, or `signal` fires. Never rejects. */
  take(rate: number, signal: AbortSignal): Promise<void>;
  /** No turn comes for this many milliseconds. Never rejects. */
  pause(ms: number): Promise<void>;
}

/**
 * Turns among all replicas. While Redis is away this process keeps to its part of the rate.
 *
 * They are taken one after the other: what this process does not use in time, because it is busy or Redis goes, is one turn
 * and not one for each request that waits. Many late at once would be more than Iconik allows.
 */
export function createTurns({ ask }: Connection, key: string, replicas: number): Turns {
  let last: Promise<unknown> = Promise.resolve();
  /** When this process alone would have its next turn, and until when it keeps to that. */
  let next = 0;
  let alone = 0;
  const wait = async (rate: number): Promise<number> => {
    const step = 1_000_000 / rate;
    const slack = (BURST - 1) * step;
    const share = (1_000 / rate) * replicas;
    const ms = await ask((redis) => redis.takeTurn(key, Math.round(step), Math.round(slack))).catch(() => {
      alone = performance.now() + ALONE_MS;
      return 0;
    });
    const time = performance.now();
    const due = time < alone ? Math.max(time + ms, next) : time + ms;
    next = due + share;
    return Math.ceil(due - time);
  };
  return {
    take(rate, signal) {
      const turn = last.then(async () => {
        if (signal.aborted) return;
        const ms = await wait(rate);
        if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
      });
      last = turn;
      return turn;
    },
    async pause(ms) {
      await ask((redis) => redis.pauseTurns(key, Math.round(ms * 1_000))).catch(() => undefined);
    },
  };
}
