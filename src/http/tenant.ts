import type { Client, ClientOptions } from '../client/types.ts';
import type { Account, Common } from '../config/index.ts';
import type { Calls } from '../server/calls.ts';
import { createCore, type ServerOptions } from '../server/core.ts';
import { createLog } from '../server/log.ts';
import { createMask, type Mask } from '../server/mask.ts';
import type { State } from '../state/index.ts';
import type { Caller } from './callers/index.ts';
import type { Metrics } from './metrics.ts';
import { refuseDeletes } from './scopes.ts';
import type { Tenant } from './tenants.ts';
import type { Users } from './users.ts';

/** A client with the limits of the command line, for one account. */
export type ClientFor = (
  account: Account,
  own: Pick<ClientOptions, 'limiter' | 'mask' | 'pause' | 'permit' | 'throttled' | 'turn'>,
) => Client;

export interface TenantOptions {
  readonly config: Common & { readonly sandbox: boolean };
  readonly serverOptions: Pick<ServerOptions, 'entries' | 'readListing' | 'loadTools' | 'version'>;
  readonly clientFor: ClientFor;
  readonly metrics: Metrics;
  readonly users: Users;
  /** What other replicas share with this one. */
  readonly state: State | undefined;
  /** Takes one line of the log. */
  readonly write: (line: string) => void;
  /** What the lines of a request tell beside their own. */
  readonly facts: () => object;
}

/** Client, tools and everything that is remembered, for one caller with one account. */
export function createTenant(options: TenantOptions, caller: Caller, account: Account, key: string): Tenant {
  const { config, serverOptions, metrics } = options;
  const user = options.users.of(account);
  const state = options.state?.forTenant(key, user.key);
  const mask = createMask([account.authToken, account.appId]);
  const client = options.clientFor(account, {
    mask,
    limiter: user.limiter,
    throttled: metrics.throttled,
    ...(state && { turn: state.turn, pause: state.pause }),
    ...(caller.granted === 'write' && { permit: refuseDeletes }),
  });
  const core = createCore({
    ...serverOptions,
    selection: { ...config, granted: caller.granted },
    client,
    ...(state && { state }),
    deadline: config.deadline,
    shareDomains: config.shareDomains,
    confirm: config.confirm,
    sandbox: config.sandbox,
    mask,
    log: logOf({ ...options, facts: () => ({ subject: caller.subject, ...options.facts() }) }, mask),
  });
  return {
    core: { ...core, calls: async () => counted(await core.calls(), metrics, core.names) },
    // Whose tenant is kept, their rate is kept: there are fewer tenants than users.
    used: () => options.users.keep(user),
    close: () => client.close(),
  };
}

export const logOf = ({ config, write, facts }: Pick<TenantOptions, 'config' | 'write' | 'facts'>, mask: Mask) =>
  createLog({ level: config.logLevel, mask, write, facts });

/** Names that no tool has are counted as one: anybody can make up more of them. */
const counted = (calls: Calls, metrics: Metrics, known: ReadonlySet<string>): Calls => ({
  ...calls,
  async call(name, args, host) {
    const began = performance.now();
    const result = await calls.call(name, args, host);
    const seconds = (performance.now() - began) / 1_000;
    metrics.called(known.has(name) ? name : 'unknown', result.isError ? 'error' : 'ok', seconds);
    return result;
  },
});
