import { defaults } from '../client/defaults.ts';
import { ConfigError, credential, domains, HOST, list, names, oneOf, originOf, TRY, whole } from './checks.ts';
import {
  LOG_LEVEL,
  LOG_LEVELS,
  type LogLevel,
  PORT,
  parse,
  SECONDS,
  type ServingFlags,
  servingFlags,
} from './flags.ts';

export { ConfigError } from './checks.ts';
export { LOG_LEVELS, type LogLevel, usage } from './flags.ts';

export const CATALOGUE = ['all', 'read', 'off'] as const;
export const PROGRAMS = ['on', 'off'] as const;

export interface Common {
  /** What is unsafe about the environment, a sentence each. */
  readonly warnings: readonly string[];
  readonly readOnly: boolean;
  readonly toolsets: readonly string[];
  /** How much of the toolset `catalogue` is offered. */
  readonly catalogue: (typeof CATALOGUE)[number];
  /** Whether a model may run programs of its own that read. */
  readonly programs: (typeof PROGRAMS)[number];
  /** Milliseconds for one call. */
  readonly deadline: number;
  /** Milliseconds for one attempt. */
  readonly attempt: number;
  /** Requests per second; 0 for no limit. */
  readonly rate: number;
  /** Maximum of concurrent requests. */
  readonly inFlight: number;
  /** Who agrees to a change that was shown: the person, asked by the host, or whoever sends the token back. */
  readonly confirm: 'host' | 'token';
  /** Storage hosts on a private network that transfers may go to. */
  readonly storageHosts: readonly string[];
  /** Domains of the people that may be let in by shares and requests to approve; empty for all. */
  readonly shareDomains: readonly string[];
  readonly logLevel: LogLevel;
}

/** What one user of Iconik is held to. */
export const limitsOf = ({ rate, inFlight }: Common) => ({ ...defaults.limits, rate, inFlight });

/** One Iconik and whoever asks it. */
export interface Account {
  readonly appId: string;
  readonly authToken: string;
  readonly baseUrl: string;
}

export type Config =
  | { readonly mode: 'help' | 'version' }
  | { readonly mode: 'serve-sandbox'; readonly port: number; readonly assets: number | undefined }
  | (Common & { readonly mode: 'sandbox'; readonly assets: number | undefined })
  | (Common & Account & { readonly mode: 'iconik' })
  | ServeConfig;

/** The command `serve`, before its own flags are read. */
export interface ServeConfig extends Common {
  readonly mode: 'serve';
  readonly port: number;
  readonly sandbox: boolean;
  readonly assets: number | undefined;
  readonly baseUrl: string;
  /** From the environment: one account for all callers. */
  readonly account: Account | undefined;
  readonly flags: ServingFlags;
  readonly env: Env;
}

export type Env = Readonly<Record<string, string | undefined>>;

/** Reads argv and the environment, once. Throws `ConfigError` with one line that names the mistake. */
export function readConfig(argv: readonly string[], env: Env, toolsets: readonly string[]): Config {
  const { values, positionals } = parse(argv);
  if (values.help) return { mode: 'help' };
  if (values.version) return { mode: 'version' };
  const assets = values.assets === undefined ? undefined : whole('--assets', values.assets, 1, 100_000);
  const command = positionals.length === 1 ? positionals[0] : undefined;
  const port = whole('--port', values.port ?? String(PORT), 0, 65_535);
  if (command === 'sandbox') return { mode: 'serve-sandbox', port, assets };
  if (positionals.length > 0 && command !== 'serve')
    throw new ConfigError(`"${positionals[0]}" is not a command. See iconik-mcp --help.`);
  const common = commonOf(values, env, toolsets);
  const sandbox = values.sandbox ?? false;
  if (assets !== undefined && !sandbox)
    throw new ConfigError('--assets is for the sandbox: use it with --sandbox or the command "sandbox".');
  const flags = servingFlags(values);
  if (command === 'serve') {
    const account = !sandbox && credentialsIn(env) ? accountIn(env) : undefined;
    return { mode: 'serve', ...common, port, sandbox, assets, baseUrl: baseUrlIn(env), account, flags, env };
  }
  const [other] = Object.keys(flags);
  if (other) throw new ConfigError(`--${other} is for the command "serve": iconik-mcp serve --port N.`);
  if (values.port !== undefined)
    throw new ConfigError('--port is for the commands "sandbox" and "serve": iconik-mcp sandbox --port N.');
  return sandbox ? { mode: 'sandbox', assets, ...common } : { mode: 'iconik', ...common, ...accountIn(env) };
}

type Values = ReturnType<typeof parse>['values'];

const commonOf = (values: Values, env: Env, toolsets: readonly string[]): Common => ({
  readOnly: values['read-only'] ?? false,
  toolsets: names(values.toolsets, toolsets),
  catalogue: oneOf('--catalogue', values.catalogue ?? 'all', CATALOGUE),
  programs: oneOf('--programs', values.programs ?? 'on', PROGRAMS),
  confirm: oneOf('--confirm', values.confirm ?? 'host', ['host', 'token'] as const),
  deadline: whole('--timeout', values.timeout ?? String(SECONDS.timeout), 1, 600) * 1_000,
  attempt: whole('--attempt', values.attempt ?? String(SECONDS.attempt), 1, 600) * 1_000,
  rate: whole('--rate', values.rate ?? String(defaults.limits.rate), 0, 10_000),
  inFlight: whole('--in-flight', values['in-flight'] ?? String(defaults.limits.inFlight), 1, 64),
  storageHosts: list('--storage-hosts', values['storage-hosts'], HOST, 'a host name, with or without a port'),
  shareDomains: domains(values['share-domains']),
  warnings:
    env.NODE_TLS_REJECT_UNAUTHORIZED === '0'
      ? [
          'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: certificates are not checked, so anyone on the network can read the token. Use NODE_EXTRA_CA_CERTS for a certificate of your own.',
        ]
      : [],
  logLevel: oneOf('--log-level', values['log-level'] ?? LOG_LEVEL, LOG_LEVELS),
});

const credentialsIn = (env: Env): boolean => Boolean(env.ICONIK_APP_ID?.trim() || env.ICONIK_AUTH_TOKEN?.trim());

const baseUrlIn = (env: Env): string =>
  originOf(
    'ICONIK_BASE_URL',
    env.ICONIK_BASE_URL?.trim() || 'https://app.iconik.io',
    `give scheme and host, e.g. https://app.iconik.io. ${TRY}`,
  );

function accountIn(env: Env): Account {
  const missing = ['ICONIK_APP_ID', 'ICONIK_AUTH_TOKEN'].filter((name) => !env[name]?.trim());
  if (missing.length > 0) {
    throw new ConfigError(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set. Create a token in Iconik (Admin > Settings > Application Tokens). ${TRY}`,
    );
  }
  return {
    appId: credential('ICONIK_APP_ID', env.ICONIK_APP_ID),
    authToken: credential('ICONIK_AUTH_TOKEN', env.ICONIK_AUTH_TOKEN),
    baseUrl: baseUrlIn(env),
  };
}
