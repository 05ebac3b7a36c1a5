import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { createLimiter, type Limiter, type Limits } from '../client/limiter.ts';
import type { Account } from '../config/index.ts';

/** A user of Iconik. */
export interface User {
  /** Tells users apart, and tells nothing of their credentials. */
  readonly key: string;
  /** One user has one rate, whoever of the team works with their token. */
  readonly limiter: Limiter;
}

export interface Users {
  of(account: Account): User;
  /** Counts as asked for now. */
  keep(user: User): void;
  /** Requests that wait for their turn. */
  readonly waiting: number;
}

/** Beyond these, the one asked for least recently is forgotten. */
const MAX_USERS = 1_000;

export function createUsers(limits: Limits): Users {
  const known = new LRUCache<string, User>({ max: MAX_USERS });
  return {
    of({ baseUrl, appId, authToken }) {
      const text = JSON.stringify([baseUrl, appId, authToken]);
      const key = createHash('sha256').update(text).digest('base64url');
      const user = known.get(key) ?? { key, limiter: createLimiter(limits) };
      known.set(key, user);
      return user;
    },
    keep: (user) => void known.set(user.key, user),
    get waiting() {
      return [...known.values()].reduce((sum, { limiter }) => sum + limiter.waiting, 0);
    },
  };
}
