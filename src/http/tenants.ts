import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Account } from '../config/index.ts';
import type { Core } from '../server/core.ts';
import type { Caller } from './callers/index.ts';

/** What one caller with one set of Iconik credentials has to themselves: connections, handles, tokens, caches. */
export interface Tenant {
  readonly core: Core;
  /** Hears of each request but the first. */
  readonly used: () => void;
  readonly close: () => Promise<void>;
}

export interface Tenants {
  of(caller: Caller, account: Account): Tenant;
  readonly size: number;
  close(): Promise<void>;
}

/** Beyond these, the one that called least recently is forgotten. */
const MAX_TENANTS = 500;
/** Milliseconds after the last call. */
const TENANT_LIFETIME = 3_600_000;
const PURGE_INTERVAL = 60_000;

export function createTenants(make: (caller: Caller, account: Account, key: string) => Tenant): Tenants {
  const known = new LRUCache<string, Tenant>({
    max: MAX_TENANTS,
    ttl: TENANT_LIFETIME,
    updateAgeOnGet: true,
    // A call that is under way ends first: closing waits for its requests.
    dispose: (tenant) => void tenant.close(),
  });
  const purging = setInterval(() => known.purgeStale(), PURGE_INTERVAL).unref();
  return {
    of(caller, account) {
      const key = keyOf(caller, account);
      const found = known.get(key);
      if (found) {
        found.used();
        return found;
      }
      const made = make(caller, account, createHash('sha256').update(key).digest('base64url'));
      known.set(key, made);
      return made;
    },
    get size() {
      return known.size;
    },
    async close() {
      clearInterval(purging);
      await Promise.all([...known.values()].map((tenant) => tenant.close()));
    },
  };
}

/** Another right or another token is another tenant: nothing that the one was shown is in reach of the other. */
const keyOf = ({ subject, granted }: Caller, { appId, authToken, baseUrl }: Account): string =>
  JSON.stringify([subject, granted, baseUrl, appId, authToken]);
