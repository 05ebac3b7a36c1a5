import { parseArgs } from 'node:util';
import { defaults } from '../client/defaults.ts';
import { closestTo } from '../text/nearest.ts';
import { ConfigError } from './checks.ts';

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Of the command `serve`, and read by the room that serves (`http/config.ts`). */
const serving = {
  bind: { type: 'string' },
  'allow-host': { type: 'string' },
  'allow-origin': { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'trust-proxy': { type: 'boolean' },
  'bearer-file': { type: 'string' },
  'jwt-issuer': { type: 'string' },
  'jwt-audience': { type: 'string' },
  jwks: { type: 'string' },
  'credentials-file': { type: 'string' },
  'credentials-command': { type: 'string' },
  'metrics-port': { type: 'string' },
  state: { type: 'string' },
  replicas: { type: 'string' },
} as const;

/** Hosts that `connect` knows. */
export const HOST_NAMES = [
  'claude-desktop',
  'claude-code',
  'cursor',
  'vscode',
  'codex',
  'gemini',
  'opencode',
  'copilot',
] as const;

/** Of the commands that set up, by the flag, and which of them take it. */
const settingUp = {
  host: { type: 'string' },
  print: { type: 'boolean' },
  yes: { type: 'boolean' },
  'no-check': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

const TAKES: Readonly<Record<string, readonly (keyof typeof settingUp)[]>> = {
  connect: ['host', 'print', 'yes', 'no-check'],
  disconnect: ['host', 'print', 'yes'],
  doctor: ['json'],
};

const options = {
  ...serving,
  ...settingUp,
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

export const SECONDS = { timeout: defaults.deadline / 1_000, attempt: defaults.attempt / 1_000 };
export const LOG_LEVEL: LogLevel = 'warn';
/** Of the sandbox. */
export const PORT = 8765;
/** Replicas that share what Iconik allows a second, where they cannot ask each other. */
export const REPLICAS = 4;
/** What a caller may do: read, change, delete. Each includes those before it. */
export const SCOPES = ['iconik:read', 'iconik:write', 'iconik:delete'] as const;

export const usage = `iconik-mcp: an MCP server for Iconik, over stdin and stdout, or over HTTP for a team.

Usage
  iconik-mcp [options]            serve an MCP host
  iconik-mcp serve --port N       serve many over HTTP, each with their own Iconik rights
  iconik-mcp --sandbox            the same with a fictional library, no account needed
  iconik-mcp sandbox --port N     serve that library's HTTP API on loopback, for any Iconik client
  iconik-mcp connect [options]    put this server, with these options, into the configuration of your hosts
  iconik-mcp disconnect           take it out again
  iconik-mcp doctor               check what has to work, and say what to do where it does not

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
  --port N             with the command "sandbox" or "serve": its port (default ${PORT})
  --help, --version

With the command "serve" (the endpoint is /mcp)
  --bind ADDRESS       address to listen on (default 127.0.0.1); any other needs callers that sign in, and TLS
  --allow-host a,b     Host headers that are answered, with the port unless it is that of the scheme
  --allow-origin a,b   origins of web pages that may call, such as https://chat.example.com (default none)
  --tls-cert FILE --tls-key FILE   certificate and key in PEM form
  --trust-proxy        a proxy before this server speaks TLS
  --jwt-issuer URL --jwt-audience NAME --jwks URL   callers sign in with your own provider (OAuth 2.1)
  --bearer-file FILE   or with a secret: a line each of name, secret and scopes (${SCOPES.join(', ')})
  --credentials-file FILE      Iconik credentials as JSON, by the name of the caller; or
  --credentials-command CMD    a command that prints them, {subject} in it being the caller; without both each
                               request brings its own in X-Iconik-App-Id and X-Iconik-Auth-Token
  --metrics-port N     serve /metrics on loopback
  --state URL          share plans, selections and the rate with other replicas through Redis: rediss://…
  --replicas N         replicas that share the rate where Redis is away (default ${REPLICAS})

With the commands "connect" and "disconnect"
  --host a,b           only these hosts, installed or not: ${HOST_NAMES.slice(0, 4).join(', ')},
                       ${HOST_NAMES.slice(4).join(', ')} (default: all that are installed)
  --print              show what would be written, without secrets, and write nothing
  --yes                write without asking
  --no-check           connect without trying the credentials

With the command "doctor"
  --json               for programs

Environment
  ICONIK_APP_ID        App-ID of the application token
  ICONIK_AUTH_TOKEN    the token itself (Admin > Settings > Application Tokens)
  ICONIK_BASE_URL      default https://app.iconik.io
  ICONIK_STATE_KEY     with --state: 32 random bytes in base64, the same for all replicas
`;

export type Values = ReturnType<typeof parse>['values'];
/** What was given for the command `serve`. */
export type ServingFlags = Pick<Values, keyof typeof serving>;

/** Flags and words of the command line. Throws `ConfigError`. */
export function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new ConfigError(`${(error as Error).message.split('. ')[0]}.${nearestFlag(argv)} See iconik-mcp --help.`);
  }
}

/** ` Nearest: --sandbox.` for the first flag that there is not; empty where it is like none. */
function nearestFlag(argv: readonly string[]): string {
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true });
  const [unknown] = tokens.flatMap((one) =>
    one.kind === 'option' && !Object.hasOwn(options, one.name) ? one.name : [],
  );
  const near = unknown && closestTo(unknown, Object.keys(options));
  return near ? ` Nearest: --${near}.` : '';
}

/** The flags of the command `serve` among those that were given. */
export const servingFlags = (values: Values): ServingFlags =>
  Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(serving, name)));

/** The flags of the commands that set up among those that were given, without those that `command` takes. */
export const strangersTo = (command: string | undefined, values: Values): string[] =>
  Object.keys(values).filter(
    (name) => Object.hasOwn(settingUp, name) && !(TAKES[command ?? ''] ?? []).some((taken) => taken === name),
  );

/** The commands that take a flag, for a person: `the command "serve"`. */
export function commandsWith(flag: string): string {
  const [first = '', ...others] = Object.keys(TAKES).filter((one) => TAKES[one]?.some((taken) => taken === flag));
  return others.length === 0
    ? `the command "${first}"`
    : `the commands ${[first, ...others].map((one) => `"${one}"`).join(' and ')}`;
}

const OF_COMMANDS = { ...serving, ...settingUp, sandbox: true, assets: true, port: true, help: true, version: true };

/** The flags of the server itself, as they were given. */
export const serverFlags = (values: Values): string[] =>
  Object.entries(values)
    .filter(([name]) => !Object.hasOwn(OF_COMMANDS, name))
    .flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
