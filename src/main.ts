import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { createClient, defaults } from './client/index.ts';
import type { Client } from './client/types.ts';
import {
  type Common,
  type Config,
  ConfigError,
  type ConnectConfig,
  limitsOf,
  readConfig,
  type ServeConfig,
  usage,
} from './config/index.ts';
import { createCore } from './server/core.ts';
import type { Listed, Listing, ToolEntry } from './server/listing.ts';
import { createLog, type Log } from './server/log.ts';
import { createMask, type Mask } from './server/mask.ts';
import { serveStdio } from './server/protocol/serve_stdio.ts';

/**
 * Put in by the build: the version of the package, `toolEntries` of all tools as JSON, and the file with what `listingOf` says
 * of them, a line a tool in the same order.
 */
declare const __VERSION__: string;
declare const __TOOL_ENTRIES__: string;
declare const __TOOL_LISTING__: string;

const version = __VERSION__;
const entries: readonly ToolEntry[] = JSON.parse(__TOOL_ENTRIES__);

/** The door: arguments and environment → client → server → stdin and stdout. */
async function main(): Promise<void> {
  const names = [
    ...new Set(entries.flatMap(({ toolset, group = toolset, forPages }) => (forPages ? [] : [toolset, group]))),
  ];
  const config = readConfig(process.argv.slice(2), process.env, names);
  switch (config.mode) {
    case 'help':
      process.stdout.write(usage.replace('TOOLSETS', names.join(', ')));
      return;
    case 'version':
      process.stdout.write(`${version}\n`);
      return;
    case 'serve-sandbox':
      return serveSandbox(config.port, config.assets);
    case 'serve':
      return serveTeam(config);
    case 'connect':
    case 'disconnect':
      return setUpHosts(config);
    case 'doctor':
      return runDoctor(config);
    default:
      return serveHost(config);
  }
}

type Host = Extract<Config, { mode: 'sandbox' | 'iconik' }>;

async function serveHost(config: Host): Promise<void> {
  // stdout belongs to the protocol, whoever prints.
  for (const name of ['log', 'info', 'debug'] as const) console[name] = console.error;
  const mask = createMask(config.mode === 'iconik' ? [config.authToken, config.appId] : []);
  const log = createLog({ level: config.logLevel, mask, write: (line) => process.stderr.write(`${line}\n`) });
  watchOver(log);
  for (const warning of config.warnings) log.warn(warning);
  const client = await clientFor(config, mask);
  const core = coreFor(config, client, mask, log);
  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    const exit = (): void => {
      log.leave();
      process.exit(0);
    };
    // Warm connections would keep the process alive after the host has gone.
    setTimeout(exit, 500);
    // What is written last is called back last: a pipe takes 64 kB at a time.
    client.close().finally(() => setImmediate(() => process.stdout.write('', exit)));
  };
  process.stdin.once('end', leave);
  process.stdin.once('close', leave);
  process.stdout.on('error', leave);
  process.once('SIGTERM', leave);
  process.once('SIGINT', leave);
  await serveStdio(core, log);
}

function watchOver(log: Log): void {
  process.on('unhandledRejection', (error) => log.error('unhandled rejection', { error: brief(error) }));
  process.on('uncaughtException', (error) => {
    // A host that has closed stdout is gone, and so are we; anything else leaves a state that nobody knows.
    const gone = (error as NodeJS.ErrnoException).code === 'EPIPE';
    if (!gone) log.error('uncaught error', { error: brief(error) });
    process.exit(gone ? 0 : 1);
  });
}

const coreFor = (config: Host, client: Client, mask: Mask, log: Log) =>
  createCore({
    entries,
    readListing,
    loadTools,
    selection: config,
    client,
    version,
    deadline: config.deadline,
    shareDomains: config.shareDomains,
    confirm: config.confirm,
    sandbox: config.mode === 'sandbox',
    mask,
    log,
  });

/** One line without paths of this machine, for the log. */
const brief = (error: unknown): string =>
  (String(error).split('\n')[0] ?? '').replace(/(?:[A-Za-z]:\\|\/)[^\s'"]+/g, '[path]');

let lines: readonly string[] | undefined;

/** It is most of what is known of the tools before they are loaded, and nothing that `initialize` needs. */
function readListing(offered: readonly string[]): Listing {
  lines ??= readFileSync(new URL(__TOOL_LISTING__, import.meta.url), 'utf8').split('\n');
  const known = new Map(entries.map(({ name }, index) => [name, lines?.[index] ?? '']));
  return Object.fromEntries(offered.map((name) => [name, JSON.parse(known.get(name) ?? '') as Listed]));
}

async function loadTools() {
  const [{ toolsets }, { setFlagsFromString }] = await Promise.all([import('./tools/index.ts'), import('node:v8')]);
  // The room that loading took is enough for calls. V8 would go on to double it and keep it: 20 MB that gain nothing.
  setFlagsFromString('--semi-space-growth-factor=1');
  // Nor is garbage to grow to several times what is in use before it is collected: 40 MB after some thousand calls.
  setFlagsFromString('--heap-growing-percent=150');
  return toolsets;
}

/** What clients have in common, whatever their account. */
const clientOptions = (config: Common) => ({
  ...defaults,
  deadline: config.deadline,
  attempt: config.attempt,
  limits: limitsOf(config),
  storageHosts: config.storageHosts,
  userAgent: `iconik-mcp/${version}`,
});

/** The sandbox on a port of its own: the upload addresses that it hands out have to work for the host, too. */
async function sandboxFor(assets: number | undefined) {
  const { serveSandbox: serve } = await import('./sandbox/serve.ts');
  const { url, appId, authToken, sandbox } = await serve({ port: 0, ...(assets !== undefined && { assets }) });
  return { baseUrl: url, appId, authToken, fetch: sandbox.fetch };
}

async function clientFor(config: Host, mask: Mask): Promise<Client> {
  const account = config.mode === 'iconik' ? config : await sandboxFor(config.assets);
  return createClient({ ...clientOptions(config), ...account, mask });
}

/** Serves many callers over HTTP until it is told to stop. */
async function serveTeam(config: ServeConfig): Promise<void> {
  const { serveHttp } = await import('./http/index.ts');
  const sandbox = config.sandbox ? await sandboxFor(config.assets) : undefined;
  const served = await serveHttp({
    config,
    serverOptions: { entries, readListing, loadTools, version },
    sandbox,
    clientFor: (account, own) =>
      createClient({ ...clientOptions(config), ...account, ...own, ...(sandbox && { fetch: sandbox.fetch }) }),
    write: (line) => process.stderr.write(`${line}\n`),
  });
  for (const warning of config.warnings) served.log.warn(warning);
  watchOver(served.log);
  process.stdout.write(`iconik-mcp serves ${served.url}\n`);
  if (served.metricsUrl) process.stdout.write(`iconik-mcp counts at ${served.metricsUrl}\n`);
  const leave = (): void => void served.close().finally(() => process.exit(0));
  process.once('SIGTERM', leave);
  process.once('SIGINT', leave);
}

async function serveSandbox(port: number, assets: number | undefined): Promise<void> {
  const { serveSandbox: serve } = await import('./sandbox/serve.ts');
  const sandbox = await serve({ port, ...(assets !== undefined && { assets }) });
  process.stdout.write(
    [
      `A made-up Iconik answers on ${sandbox.url} until you stop it (Ctrl-C).`,
      `ICONIK_BASE_URL=${sandbox.url}`,
      `ICONIK_APP_ID=${sandbox.appId}`,
      `ICONIK_AUTH_TOKEN=${sandbox.authToken}`,
      '',
    ].join('\n'),
  );
}

/** Puts this server into the hosts of this machine, or takes it out. */
async function setUpHosts(config: ConnectConfig): Promise<void> {
  const { commandOf, placeOf, setUp, terminalOf } = await import('./connect/index.ts');
  const place = placeOf(homedir(), config.env);
  const code = await setUp(config, {
    place,
    terminal: terminalOf(process.stdin, process.stdout),
    program,
    async check(account) {
      const { problemOf } = await import('./doctor/account.ts');
      return problemOf(account, `iconik-mcp/${version}`, commandOf(place, program));
    },
  });
  end(code);
}

/** How this program was started. */
const program = { node: process.execPath, file: process.argv[1] ?? '' };

async function runDoctor(config: Extract<Config, { mode: 'doctor' }>): Promise<void> {
  const [{ examine, reportOf }, { commandOf, placeOf }] = await Promise.all([
    import('./doctor/index.ts'),
    import('./connect/index.ts'),
  ]);
  const place = placeOf(homedir(), config.env);
  const examined = await examine(config, {
    place,
    node: { version: process.versions.node, path: process.execPath },
    version,
    program: commandOf(place, program),
    entries,
    loadTools,
    startSandbox: () => sandboxFor(config.assets),
  });
  process.stdout.write(config.json ? `${JSON.stringify(examined, undefined, 2)}\n` : reportOf(examined));
  end(examined.ok ? 0 : 1);
}

/** Once all is written, whatever is still open. */
const end = (code: number): void => void process.stdout.write('', () => process.exit(code));

main().catch((error: unknown) => {
  const text = error instanceof ConfigError ? error.message : `could not start: ${(error as Error).message}`;
  process.stderr.write(`iconik-mcp: ${text}\n`);
  process.exit(1);
});
