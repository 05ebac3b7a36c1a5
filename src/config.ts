import { parseArgs } from 'node:util';
import * as z from 'zod';
import { defaults } from './client/defaults.ts';

/** The server cannot start; the message is one line for a person. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const CATALOGUE = ['all', 'read', 'off'] as const;
export const PROGRAMS = ['on', 'off'] as const;

interface Common {
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

export type Config =
  | { readonly mode: 'help' | 'version' }
  | { readonly mode: 'serve-sandbox'; readonly port: number; readonly assets: number | undefined }
  | (Common & { readonly mode: 'sandbox'; readonly assets: number | undefined })
  | (Common & {
      readonly mode: 'iconik';
      readonly appId: string;
      readonly authToken: string;
      readonly baseUrl: string;
    });

const options = {
  sandbox: { type: 'boolean' },
  'read-only': { type: 'boolean' },
  toolsets: { type: 'string' },
  catalogue: { type: 'string' },
  programs: { type: 'string' },
  confirm: { type: 'string' },
  timeout: { type: 'string' },
  attempt: { type: 'string' },
  rate: { type: 'string' },
  'in-flight': { type: 'string' },
  'storage-hosts': { type: 'string' },
  'share-domains': { type: 'string' },
  'log-level': { type: 'string' },
  port: { type: 'string' },
  assets: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

const SECONDS = { timeout: defaults.deadline / 1_000, attempt: defaults.attempt / 1_000 };
const LOG_LEVEL: LogLevel = 'warn';
/** Of the sandbox. */
const PORT = 8765;

export const usage = `iconik-mcp: an MCP server for Iconik, over stdin and stdout.

Usage
  iconik-mcp [options]            serve an MCP host
  iconik-mcp --sandbox            the same with a fictional library, no account needed
  iconik-mcp sandbox --port N     serve that library's HTTP API on loopback, for any Iconik client

Options
  --sandbox            use the built-in sandbox instead of an Iconik account
  --read-only          only tools that change nothing
  --toolsets a,b       only these toolsets, each with all its tools (TOOLSETS)
  --catalogue WHICH    tools for any operation of Iconik: all (default), read (none that changes things) or off
  --programs off       no run_query: the model runs no programs of its own
  --confirm WHO        host: after the plan the person must also agree, if the host can ask (default);
                       token: returning the token is enough, for automation
  --timeout SECONDS    time for one call, 1 to 600 (default ${SECONDS.timeout})
  --attempt SECONDS    time for one attempt within a call, 1 to 600 (default ${SECONDS.attempt})
  --rate N             requests per second to Iconik, 0 for no limit (default ${defaults.limits.rate})
  --in-flight N        concurrent requests, 1 to 64 (default ${defaults.limits.inFlight})
  --storage-hosts a,b  storage hosts on a private network that uploads may go to
  --share-domains a,b  share with e-mail addresses of these domains only, and never by link
  --log-level LEVEL    ${LOG_LEVELS.slice(0, -1).join(', ')} or ${LOG_LEVELS.at(-1)}, on stderr (default ${LOG_LEVEL})
  --assets N           number of assets in the sandbox
  --port N             with the command "sandbox": its port (default ${PORT})
  --help, --version

Environment
  ICONIK_APP_ID        App-ID of the application token
  ICONIK_AUTH_TOKEN    the token itself (Admin > Settings > Application Tokens)
  ICONIK_BASE_URL      default https://app.iconik.io
`;

/** Reads argv and the environment, once. Throws `ConfigError` with one line that names the mistake. */
export function readConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  toolsets: readonly string[],
): Config {
  const { values, positionals } = parse(argv);
  if (values.help) return { mode: 'help' };
  if (values.version) return { mode: 'version' };
  const assets = values.assets === undefined ? undefined : whole('--assets', values.assets, 1, 100_000);
  if (positionals[0] === 'sandbox' && positionals.length === 1) {
    const port = whole('--port', values.port ?? String(PORT), 0, 65_535);
    return { mode: 'serve-sandbox', port, assets };
  }
  if (positionals.length > 0) throw new ConfigError(`"${positionals[0]}" is not a command. See iconik-mcp --help.`);
  if (values.port !== undefined)
    throw new ConfigError('--port is for the command "sandbox": iconik-mcp sandbox --port N.');
  const common: Common = {
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
  };
  if (values.sandbox) return { mode: 'sandbox', assets, ...common };
  if (assets !== undefined)
    throw new ConfigError('--assets is for the sandbox: use it with --sandbox or the command "sandbox".');
  return { mode: 'iconik', ...common, ...credentials(env) };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new ConfigError(`${(error as Error).message.split('. ')[0]}. See iconik-mcp --help.`);
  }
}

const HOST = /^[a-z0-9.-]+(:\d+)?$/;
const TRY = 'Or start with --sandbox to try it without an account.';

function credentials(env: Readonly<Record<string, string | undefined>>) {
  const missing = ['ICONIK_APP_ID', 'ICONIK_AUTH_TOKEN'].filter((name) => !env[name]?.trim());
  if (missing.length > 0) {
    throw new ConfigError(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set. Create a token in Iconik (Admin > Settings > Application Tokens). ${TRY}`,
    );
  }
  return {
    appId: token('ICONIK_APP_ID', env.ICONIK_APP_ID),
    authToken: token('ICONIK_AUTH_TOKEN', env.ICONIK_AUTH_TOKEN),
    baseUrl: baseUrl(env.ICONIK_BASE_URL?.trim() || 'https://app.iconik.io'),
  };
}

const headerValue = z
  .string()
  .trim()
  .min(8)
  .max(8_192)
  .regex(/^[\x21-\x7e]+$/);

/** A credential. Its value never appears in the message. */
function token(name: string, value: string | undefined): string {
  const parsed = headerValue.safeParse(value);
  if (parsed.success && !parsed.data.startsWith('${')) return parsed.data;
  throw new ConfigError(
    `${name} is not a token: it is a placeholder, or contains spaces, line breaks or other invalid characters. ${TRY}`,
  );
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function baseUrl(value: string): string {
  const wrong = (why: string): never => {
    throw new ConfigError(`ICONIK_BASE_URL ${why}: give scheme and host, e.g. https://app.iconik.io. ${TRY}`);
  };
  if (!URL.canParse(value)) return wrong('is not a URL');
  const url = new URL(value);
  if (url.username || url.password) return wrong('contains a user name or password');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) {
    return wrong('must begin with https:// (http:// only on loopback)');
  }
  if (url.pathname !== '/' || url.search || url.hash) return wrong('has a path');
  return url.origin;
}

function names(value: string | undefined, known: readonly string[]): string[] {
  const given = (value ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = given.find((name) => !known.includes(name));
  if (unknown) throw new ConfigError(`--toolsets: "${unknown}" is not a toolset. Known: ${known.join(', ')}.`);
  if (value !== undefined && given.length === 0)
    throw new ConfigError(`--toolsets is empty. Known: ${known.join(', ')}.`);
  return given;
}

/** A list of hosts or domains; empty where the flag is not given. */
function list(flag: string, value: string | undefined, form: RegExp, noun: string): string[] {
  const given = (value ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const wrong = given.find((name) => !form.test(name));
  if (wrong !== undefined) throw new ConfigError(`${flag}: "${wrong}" is not ${noun}.`);
  return given;
}

/** An empty list would let everybody in, which nobody means who gives one. */
function domains(value: string | undefined): string[] {
  const given = list('--share-domains', value, /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, 'a domain such as client.com');
  if (value === undefined || given.length > 0) return given;
  throw new ConfigError('--share-domains is empty: give domains such as client.com, or leave it out.');
}

function whole(flag: string, value: string, low: number, high: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= low && number <= high) return number;
  throw new ConfigError(`${flag}: "${value}" is not a whole number from ${low} to ${high}.`);
}

function oneOf<const T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === value);
  if (found) return found;
  throw new ConfigError(`${flag}: "${value}" is not allowed. Allowed: ${allowed.join(', ')}.`);
}
