import type { Connection } from './connection.ts';
import { REMEMBERED } from './ownership.ts';
import type { Seal } from './seal.ts';
import type { SharedState } from './types.ts';

/** What one call of all replicas has to itself. */
export function createClaims({ ask }: Connection, seal: Seal): Pick<SharedState, 'claim' | 'release'> {
  const keysOf = (names: readonly string[]): string[] => names.map((name) => seal.keyOf(`claim ${name}`));
  return {
    async claim({ names, owner, lifetime }) {
      const left = await ask((redis) => redis.claim(names.length, ...keysOf(names), owner, lifetime));
      if (left < 0) return undefined;
      return left === 0 ? Number.POSITIVE_INFINITY : REMEMBERED - left;
    },
    async release({ names, owner }) {
      await ask((redis) => redis.release(names.length, ...keysOf(names), owner));
    },
  };
}
