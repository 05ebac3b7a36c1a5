import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import { ConfigError } from '../config/checks.ts';
import { type Account, limitsOf, type ServeConfig } from '../config/index.ts';
import type { Log } from '../server/log.ts';
import { createMask } from '../server/mask.ts';
import type { State } from '../state/index.ts';
import type { SignIn } from './callers/index.ts';
import { secretsIn } from './callers/secrets.ts';
import { tokensOf } from './callers/tokens.ts';
import { type HttpConfig, readHttpConfig } from './config.ts';
import { createEndpoint } from './endpoint.ts';
import { hostsOn } from './guards.ts';
import { type Listening, type ListenOptions, listen } from './listen.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { metricsEndpoint } from './metrics_endpoint.ts';
import { fromCommand, fromFile, fromHeaders, oneAccount, type Rights } from './rights.ts';
import { createTenant, logOf, type TenantOptions } from './tenant.ts';
import { createTenants } from './tenants.ts';
import { createUsers } from './users.ts';

export interface HttpOptions extends Pick<TenantOptions, 'serverOptions' | 'clientFor' | 'write'> {
  readonly config: ServeConfig;
  /** The account of the sandbox, where that is served. */
  readonly sandbox: Account | undefined;
}

export interface Served {
  readonly url: string;
  readonly metricsUrl: string | undefined;
  readonly log: Log;
  /** Finishes what is under way; new requests get 503. */
  close(): Promise<void>;
}

/** Serves Streamable HTTP until it is closed. Throws `ConfigError`. */
export async function serveHttp(options: HttpOptions): Promise<Served> {
  const { config } = options;
  const http = readHttpConfig(config);
  const requestFacts = new AsyncLocalStorage<object>();
  const facts = (): object => requestFacts.getStore() ?? {};
  const { account } = config;
  const log = logOf({ ...options, facts }, createMask(account ? [account.authToken, account.appId] : []));
  const metrics = createMetrics();
  const state = await stateOf(http, options, log);
  const users = createUsers(limitsOf(config));
  const own = { ...options, metrics, facts, users, state };
  const tenants = createTenants((caller, iconik, key) => createTenant(own, caller, iconik, key));
  let leaving = false;
  let port = config.port;
  const answer = createEndpoint({
    guards: () => ({ hosts: hostsOn(port, http.hosts), origins: new Set(http.origins) }),
    signIns: signInsOf(http, log),
    rights: rightsOf(http, options, log),
    tenants,
    resource: () => http.issuer && { url: publicUrl(http, port), issuer: http.issuer.issuer },
    isSecure: (request) => !http.behindProxy || isForwardedSecurely(request),
    isReady: () => !leaving,
    logged: (own, work) => requestFacts.run(own, work),
  });
  const failed = (error: unknown): void => log.error('a request failed', { error: (error as Error).name });
  const main = await listen({ ...http, port, answer: counting(metrics, answer), failed });
  port = main.port;
  const watched = await serveMetrics(http, failed, () =>
    metrics.text({
      tenants: tenants.size,
      queue: users.waiting,
      ...(state && { state_ready: state.ready() ? 1 : 0 }),
    }),
  );
  return {
    url: localUrl(http, port),
    metricsUrl: watched && `http://127.0.0.1:${watched.port}/metrics`,
    log,
    async close() {
      leaving = true;
      await main.close(config.deadline);
      await Promise.all([watched?.close(0), tenants.close()]);
      state?.close();
    },
  };
}

const counting =
  (metrics: Metrics, answer: ListenOptions['answer']): ListenOptions['answer'] =>
  async (request, signal) => {
    const reply = await answer(request, signal);
    metrics.answered(reply.status);
    return reply;
  };

async function serveMetrics(
  { metricsPort }: HttpConfig,
  failed: ListenOptions['failed'],
  text: () => string,
): Promise<Listening | undefined> {
  if (metricsPort === undefined) return undefined;
  return listen({ bind: '127.0.0.1', port: metricsPort, answer: metricsEndpoint(text), failed });
}

function signInsOf({ issuer, bearerFile }: HttpConfig, log: Log): SignIn[] {
  return [
    ...(bearerFile === undefined ? [] : [secretsIn(bearerFile, log)]),
    ...(issuer === undefined ? [] : [tokensOf(issuer, log)]),
  ];
}

function rightsOf({ credentials }: HttpConfig, { config, sandbox }: HttpOptions, log: Log): Rights {
  const one = sandbox ?? config.account;
  switch (credentials.from) {
    case 'file':
      return fromFile(credentials.value, config.baseUrl, log);
    case 'command':
      return fromCommand(credentials.value, config.baseUrl, log);
    default:
      return one ? oneAccount(one) : fromHeaders(config.baseUrl);
  }
}

/** Replicas of another version may keep other values under the same names: they do not see each other's. */
async function stateOf({ state }: HttpConfig, { serverOptions }: HttpOptions, log: Log): Promise<State | undefined> {
  if (!state) return undefined;
  const { connectState } = await import('../state/index.ts');
  try {
    return await connectState({ ...state, version: serverOptions.version, log });
  } catch (error) {
    throw new ConfigError(`--state: ${(error as Error).message}.`);
  }
}

/**
 * A proxy that says nothing is taken at the operator's word (`--trust-proxy`). Of several values the first may be the
 * caller's own, where a proxy adds to it.
 */
const isForwardedSecurely = ({ headers }: IncomingMessage): boolean =>
  (headers['x-forwarded-proto'] ?? 'https')
    .toString()
    .split(',')
    .every((one) => one.trim().toLowerCase() === 'https');

/** The address that is listened on. */
function localUrl({ tls, bind }: HttpConfig, port: number): string {
  return `${tls ? 'https' : 'http'}://${bind.includes(':') ? `[${bind}]` : bind}:${port}/mcp`;
}

/** The address of the endpoint as callers know it. */
const publicUrl = (http: HttpConfig, port: number): string =>
  http.hosts[0] === undefined
    ? localUrl(http, port)
    : `${http.tls || http.behindProxy ? 'https' : 'http'}://${http.hosts[0]}/mcp`;
