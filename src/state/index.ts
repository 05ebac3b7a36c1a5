import { LRUCache } from 'lru-cache';
import { createClaims } from './claims.ts';
import { type Connection, connect, type Log } from './connection.ts';
import { createJournal } from './journal.ts';
import { createSeal, readSecret, type Seal } from './seal.ts';
import { createTurns, type Turns } from './turns.ts';
import type { SharedState } from './types.ts';

export interface StateOptions {
  /** `redis://…` or `rediss://…`. */
  readonly url: string;
  /** 32 bytes in base64. */
  readonly key: string | undefined;
  /** How many servers share it: each keeps to its part of the rate while Redis is away. */
  readonly replicas?: number;
  /** Of this server: another version may keep other values, and does not see these. */
  readonly version?: string;
  readonly log: Log;
}

export interface State {
  /**
   * The state of a tenant. `tenant` and `user` are whatever tells tenants and users of Iconik apart: one user may be
   * behind several tenants, and has one rate.
   */
  forTenant(tenant: string, user?: string): SharedState;
  ready(): boolean;
  close(): void;
}

const REPLICAS = 4;
/** Users of Iconik at a time. */
const MAX_USERS = 10_000;

/** Connects to the Redis that replicas share. Throws for an address or a key that is not usable; not for a Redis that is away. */
export async function connectState({ url, key, log, replicas = REPLICAS, version = '' }: StateOptions): Promise<State> {
  const secret = readSecret(key);
  const connection = await connect(url, log);
  const users = new LRUCache<string, Turns>({ max: MAX_USERS });
  const turnsOf = (key: string): Turns => {
    const turns = users.get(key) ?? createTurns(connection, key, replicas);
    users.set(key, turns);
    return turns;
  };
  return {
    forTenant(tenant, user = tenant) {
      const seal = createSeal(secret, `${version}\0${tenant}`);
      const userKey = createSeal(secret, 'rate').keyOf(user);
      const turn: SharedState['turn'] = (rate, signal) => turnsOf(userKey).take(rate, signal);
      const pause: SharedState['pause'] = (ms) => turnsOf(userKey).pause(ms);
      return {
        ...values(connection, seal),
        ...createClaims(connection, seal),
        ...createJournal(connection, seal),
        turn,
        pause,
      };
    },
    ready: connection.ready,
    close: connection.close,
  };
}

type Values = Pick<SharedState, 'load' | 'touch' | 'store' | 'replace' | 'take'>;

function values({ ask }: Connection, seal: Seal): Values {
  const load = async (name: string, lifetime: number) => {
    const key = seal.keyOf(name);
    const bytes = await ask((redis) => redis.getexBuffer(key, 'PX', lifetime));
    const value = bytes ? await seal.open(key, bytes) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  };
  return {
    load: async (names, lifetime) => new Map((await Promise.all(names.map((name) => load(name, lifetime)))).flat()),
    async touch(names, lifetime) {
      await Promise.all(names.map((name) => ask((redis) => redis.pexpire(seal.keyOf(name), lifetime))));
    },
    async store({ name, value, lifetime }) {
      const key = seal.keyOf(name);
      const bytes = await seal.close(key, value);
      if (bytes) await ask((redis) => redis.set(key, bytes, 'PX', lifetime));
      return bytes !== undefined;
    },
    async replace({ name, value, lifetime }) {
      const key = seal.keyOf(name);
      const bytes = await seal.close(key, value);
      if (bytes) await ask((redis) => redis.set(key, bytes, 'PX', lifetime, 'XX'));
    },
    async take(name, trace) {
      const key = seal.keyOf(trace.name);
      const bytes = (await seal.close(key, trace.value)) ?? Buffer.alloc(0);
      return (await ask((redis) => redis.takeKey(seal.keyOf(name), key, bytes, trace.lifetime))) === 1;
    },
  };
}
