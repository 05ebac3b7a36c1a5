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
