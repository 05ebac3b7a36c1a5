import { defaults } from '../client/defaults.ts';
import { closestTo } from '../text/nearest.ts';
import { type Account, accountIn, baseUrlIn, credentialsIn, type Env } from './account.ts';
import { ConfigError, domains, HOST, list, names, oneOf, whole } from './checks.ts';
import {
  commandsWith,
  LOG_LEVEL,
  LOG_LEVELS,
  type LogLevel,
  PORT,
  parse,
  SECONDS,
  type ServingFlags,
  servingFlags,
  strangersTo,
  type Values,
} from './flags.ts';
import { type ConnectConfig, type DoctorConfig, readConnect, readDoctor } from './setup.ts';

export type { Account, Env } from './account.ts';
export { ConfigError, credential } from './checks.ts';
export { HOST_NAMES, LOG_LEVELS, type LogLevel, usage } from './flags.ts';
export type { ConnectConfig, DoctorConfig, HostName } from './setup.ts';

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

export type Config =
  | { readonly mode: 'help' | 'version' }
  | { readonly mode: 'serve-sandbox'; readonly port: number; readonly assets: number | undefined }
  | (Common & { readonly mode: 'sandbox'; readonly assets: number | undefined })
  | (Common & Account & { readonly mode: 'iconik' })
  | ServeConfig
  | ConnectConfig
  | (Common & DoctorConfig);

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

/** Reads argv and the environment, once. Throws `ConfigError` with one line that names the mistake. */
export function readConfig(argv: readonly string[], env: Env, toolsets: readonly string[]): Config {
  const { values, positionals } = parse(argv);
  if (values.help) return { mode: 'help' };
  if (values.version) return { mode: 'version' };
  const assets = values.assets === undefined ? undefined : whole('--assets', values.assets, 1, 100_000);
  const command = positionals.length === 1 ? positionals[0] : undefined;
  const port = whole('--port', values.port ?? String(PORT), 0, 65_535);
  if (command === 'sandbox') return { mode: 'serve-sandbox', port, assets };
  requireCommand(positionals);
  const [stranger] = strangersTo(command, values);
  if (stranger) throw new ConfigError(`--${stranger} is for ${commandsWith(stranger)}.`);
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
  if (command === 'connect' || command === 'disconnect') return readConnect(command, values, env);
  if (command === 'doctor') return { ...common, ...readDoctor(values, env, assets) };
  return sandbox ? { mode: 'sandbox', assets, ...common } : { mode: 'iconik', ...common, ...accountIn(env) };
}

const COMMANDS: readonly string[] = ['sandbox', 'serve', 'connect', 'disconnect', 'doctor'];

/** Throws `ConfigError` for words that are no command, and for those behind one: commands take flags only. */
function requireCommand([command, word]: readonly string[]): void {
  if (command === undefined || (COMMANDS.includes(command) && word === undefined)) return;
  if (word === undefined || !COMMANDS.includes(command)) {
    const near = closestTo(command, COMMANDS);
    throw new ConfigError(`"${command}" is not a command.${near ? ` Nearest: ${near}.` : ''} See iconik-mcp --help.`);
  }
  const host = command.endsWith('connect') ? ` For one host: ${command} --host ${word}.` : '';
  throw new ConfigError(`The command "${command}" takes flags alone, not "${word}".${host} See iconik-mcp --help.`);
}

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
