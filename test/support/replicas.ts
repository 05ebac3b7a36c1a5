import { randomBytes } from 'node:crypto';
import { connectState, type State, type StateOptions } from '../../src/state/index.ts';
import type { RedisServer } from './redis.ts';
import { type World, type WorldOptions, world } from './world.ts';

/** The key of all replicas of a test. */
export const STATE_KEY = randomBytes(32).toString('base64');

const open: State[] = [];

/** A connection of one replica; `closeStates` closes it. */
export async function state(redis: RedisServer, options: Partial<StateOptions> = {}): Promise<State> {
  const own = await connectState({ url: redis.url, key: STATE_KEY, log: { warn: () => undefined }, ...options });
  open.push(own);
  return own;
}

export function closeStates(): void {
  for (const one of open.splice(0)) one.close();
}

/** Servers for one user with one library, each with a connection of its own to the Redis that they share. */
export async function replicas(
  redis: RedisServer,
  count: number,
  { tenant = 'tenant', ...options }: WorldOptions & { readonly tenant?: string } = {},
): Promise<World[]> {
  const worlds: World[] = [];
  for (let n = 0; n < count; n += 1) {
    const [first] = worlds;
    const shared = (await state(redis)).forTenant(tenant);
    worlds.push(await world({ ...options, ...(first && { library: first.sandbox }), state: shared }));
  }
  return worlds;
}

/** Worlds, counted from 0 in the order in which they are made, of which each can be held. */
export function holding() {
  const gates: Gate[] = [];
  const fetch: NonNullable<WorldOptions['fetch']> = (sandbox) => {
    const own = gates.push(OPEN) - 1;
    return async (...request) => {
      const gate = gates[own] ?? OPEN;
      const isHeld = gate.passes() === 0;
      if (isHeld && gate.what === 'request') await gate.released;
      const answer = await sandbox.fetch(...request);
      if (isHeld && gate.what === 'answer') await gate.released;
      return answer;
    };
  };
  /** The one request after so many waits for its release on its way to the library, or the answer to it on its way back. */
  const hold = (world: number, what: Gate['what'], after: number): (() => void) => {
    let left = after + 1;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    gates[world] = {
      what,
      released,
      passes() {
        left -= 1;
        return left;
      },
    };
    return release;
  };
  return { fetch, hold };
}

interface Gate {
  readonly what: 'request' | 'answer';
  readonly released: Promise<void>;
  /** Counts one more request; 0: it is the one that is held. */
  passes(): number;
}

const OPEN: Gate = { what: 'request', released: Promise.resolve(), passes: () => 1 };
