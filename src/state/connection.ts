import { Redis, type Result } from 'ioredis';
import { CLAIM, RELEASE, TAKE } from './ownership.ts';
import { PAUSE, TURN } from './schedule.ts';
import { StateGone } from './types.ts';

/** Milliseconds for a connection, and for the answer to a command. */
const CONNECT_MS = 500;
const COMMAND_MS = 500;
/** Milliseconds between two attempts to connect, at most. */
const MAX_RECONNECT_MS = 1_000;

export interface Log {
  warn(message: string, facts?: object): void;
}

declare module 'ioredis' {
  interface RedisCommander<Context> {
    takeTurn(key: string, step: number, slack: number): Result<number, Context>;
    pauseTurns(key: string, microseconds: number): Result<null, Context>;
    takeKey(key: string, trace: string, value: Buffer, lifetime: number): Result<number, Context>;
    claim(count: number, ...keysThenOwnerAndLifetime: (string | number)[]): Result<number, Context>;
    release(count: number, ...keysThenOwner: (string | number)[]): Result<null, Context>;
  }
}

/** One connection to Redis, renewed in the background for as long as it is not closed. */
export interface Connection {
  /** Rejects with `StateGone` where Redis is away, slow, or refuses the command. */
  ask<T>(command: (redis: Redis) => Promise<T>): Promise<T>;
  ready(): boolean;
  close(): void;
}

/** Connects, or gives up for now after half a second. Throws for an address that is none of Redis. */
export async function connect(url: string, log: Log): Promise<Connection> {
  requireAddress(url);
  const redis = new Redis(url, {
    protocol: 2,
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    retryStrategy: (times) => Math.min(50 * 2 ** times, MAX_RECONNECT_MS),
    // A command that may have been done must not be done later, behind the back of its caller.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    scripts: {
      takeTurn: { lua: TURN, numberOfKeys: 1 },
      pauseTurns: { lua: PAUSE, numberOfKeys: 1 },
      takeKey: { lua: TAKE, numberOfKeys: 2 },
      claim: { lua: CLAIM },
      release: { lua: RELEASE },
    },
  });
  watch(redis, log);
  await Promise.race([redis.connect().catch(() => undefined), later(CONNECT_MS)]);
  return {
    async ask(command) {
      try {
        return await inTime(command(redis));
      } catch (error) {
        // A server that is stuck holds up no second call.
        if (error === LATE) redis.disconnect(true);
        throw new StateGone('The store that the replicas of this server share does not answer.');
      }
    },
    ready: () => redis.status === 'ready',
    close: () => redis.disconnect(),
  };
}

function requireAddress(url: string): void {
  if (URL.canParse(url) && ['redis:', 'rediss:'].includes(new URL(url).protocol)) return;
  // Not shown: it may hold a password.
  throw new Error('the address of a Redis looks like redis://HOST:PORT or rediss://HOST:PORT');
}

/** One line for each time it goes, and one for its return. */
function watch(redis: Redis, log: Log): void {
  let isGone = false;
  redis.on('error', (error) => {
    if (!isGone) log.warn('the shared state is gone', { cause: causeOf(error) });
    isGone = true;
  });
  redis.on('close', () => {
    if (!isGone && redis.status !== 'end') log.warn('the shared state is gone', { cause: 'connection closed' });
    isGone = true;
  });
  redis.on('ready', () => {
    if (isGone) log.warn('the shared state is back');
    isGone = false;
  });
}

/** `ECONNREFUSED`, or the code of Redis: `WRONGPASS`. Messages may hold addresses. */
const causeOf = (error: { readonly code?: string; readonly message: string }): string =>
  error.code ?? /^[A-Z]{3,}/.exec(error.message)?.[0] ?? 'network error';

const later = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });

const LATE = Symbol('late');

/** Rejects with `LATE` where there is no answer. Where this process was busy, an answer that has arrived is read first. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => setImmediate(() => setImmediate(reject, LATE)), COMMAND_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
