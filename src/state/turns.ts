import type { LRUCache } from 'lru-cache';
import type { Connection } from './connection.ts';
import { BURST, createSchedule, type Schedule } from './schedule.ts';
import type { SharedState } from './types.ts';

interface Alone {
  /** The schedules of this process, by key: for as long as Redis is away. */
  readonly alone: LRUCache<string, Schedule>;
  /** How many servers keep one rate together. */
  readonly replicas: number;
}

/** Turns of one user of Iconik over all replicas. While Redis is away this process keeps to its part of the rate. */
export function turnsOf({ ask }: Connection, key: string, { alone, replicas }: Alone): SharedState['turn'] {
  return async (rate) => {
    const step = Math.round(1_000_000 / rate);
    try {
      return await ask((redis) => redis.takeTurn(key, step, (BURST - 1) * step));
    } catch {
      const own = alone.get(key) ?? createSchedule(1);
      alone.set(key, own);
      return own.turn(performance.now(), rate / replicas);
    }
  };
}
