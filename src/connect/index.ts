import { type Account, type ConnectConfig, HOST_NAMES, type HostName } from '../config/index.ts';
import { connected, disconnected, entryIn, isOurs, isOursIn, visibleIn } from './change.ts';
import { askForAccount } from './credentials.ts';
import { diffOf } from './diff.ts';
import { backupOf, type Read, readConfiguration, removeFile, writeConfiguration } from './files.ts';
import { FileRefused } from './form.ts';
import { HOSTS, type Host } from './hosts.ts';
import { isInstalled } from './installed.ts';
import { type Keeping, keepingOf, launchOf, type Program, startOfProgram } from './launch.ts';
import type { Place } from './place.ts';
import { Cancelled, type Terminal } from './terminal.ts';

export { commandOf } from './launch.ts';
export { placeOf } from './place.ts';
export { terminalOf } from './terminal.ts';

export interface Setting {
  readonly place: Place;
  readonly terminal: Terminal;
  readonly program: Program;
  /** What is wrong with an account, in a sentence or two; `undefined` where Iconik takes it. */
  check(account: Account): Promise<string | undefined>;
}

/** The command `connect` or `disconnect`. Resolves to its exit code: 0 where nothing is left to do. */
export async function setUp(config: ConnectConfig, setting: Setting): Promise<number> {
  try {
    return config.mode === 'connect' ? await connect(config, setting) : await disconnect(config, setting);
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    setting.terminal.write('\nStopped. What was not written before stays as it was.\n');
    return 1;
  }
}

async function connect(config: ConnectConfig, setting: Setting): Promise<number> {
  const { place, terminal, program } = setting;
  const names = config.hosts.length > 0 ? config.hosts : HOST_NAMES.filter((name) => isInstalled(place, HOSTS[name]));
  if (names.length === 0) {
    terminal.write(`No host was found. Name one, installed or not: --host ${HOST_NAMES.join(', ')}.\n`);
    return 1;
  }
  const keeping = new Map(names.map((name) => [name, keepingOf(HOSTS[name], config.sandbox, Boolean(config.account))]));
  const account = await accountFor(config, setting, [...keeping.values()]);
  if (!account) return 1;
  const start = startOfProgram(place, program, config.flags);
  let isDone = true;
  for (const name of names) {
    const keeps = keeping.get(name) ?? 'nothing';
    const launch = launchOf(HOSTS[name], keeps, start, account);
    const change = (host: Host, { text = '' }: Read) => connected(host, text, launch);
    isDone = (await changed(config, setting, name, change, keeps)) && isDone;
  }
  if (start.args[0]?.includes('_npx'))
    terminal.write('The server is in a cache of npm, which npm may empty: install it for good, and connect again.\n');
  return isDone ? 0 : 1;
}

const NO_ACCOUNT = { appId: '', authToken: '' };
/** In place of credentials that nobody asked for, where nothing is written. */
const MASKED = { appId: '[your App ID]', authToken: '[your token]' };

/** The credentials that are needed, tried with Iconik; `undefined` where there are none to go on with. */
async function accountFor(config: ConnectConfig, { terminal, check }: Setting, keeping: readonly Keeping[]) {
  const { account: known, baseUrl } = config;
  if (keeping.every((one) => one === 'nothing' || one === 'asks')) return { ...NO_ACCOUNT, baseUrl };
  if (config.printOnly) return known ?? { ...MASKED, baseUrl };
  if (!known && !terminal.isThere) {
    terminal.write(
      'ICONIK_APP_ID and ICONIK_AUTH_TOKEN are not set, and there is no terminal to ask for them in. Set both, or connect with --sandbox. Nothing was written.\n',
    );
    return undefined;
  }
  const account = known ?? (await askForAccount(terminal, baseUrl));
  const problem = config.check ? await check(account) : undefined;
  if (problem === undefined) return account;
  terminal.write(`${problem} Nothing was written. To write without this check, add --no-check.\n`);
  return undefined;
}

async function disconnect(config: ConnectConfig, setting: Setting): Promise<number> {
  const change = (host: Host, { path, text = '' }: Read) => {
    const entry = entryIn(host, text);
    if (entry !== undefined && !isOurs(entry))
      throw new FileRefused('has another server under the name "iconik", which stays');
    return entry === undefined ? text : disconnected(host, text, readConfiguration(backupOf(path)).text);
  };
  const names = config.hosts.length > 0 ? config.hosts : HOST_NAMES;
  let isDone = true;
  let isFound = false;
  for (const name of names) {
    const isThere = setting.place.exists(HOSTS[name].file(setting.place));
    if (!isThere && config.hosts.length === 0) continue;
    isFound = true;
    isDone = (await changed(config, setting, name, change, 'nothing')) && isDone;
  }
  if (!isFound) setting.terminal.write('No host on this machine has a configuration: there is nothing to undo.\n');
  return isDone ? 0 : 1;
}

const KEEPING: Readonly<Record<Keeping, string>> = {
  nothing: '',
  asks: 'It asks for App ID and token when it starts the server, and keeps them encrypted.\n',
  environment:
    'It takes ICONIK_APP_ID and ICONIK_AUTH_TOKEN from the environment that it is started in: set them for good, e.g. in the profile of your shell.\n',
  file: 'App ID and token are in this file, which only you can read (mode 0600).\n',
};

/** Changes the configuration of one host as far as the person agrees. Resolves to whether it is as it should be. */
async function changed(
  config: ConnectConfig,
  { place, terminal }: Setting,
  name: HostName,
  change: (host: Host, read: Read) => string | undefined,
  keeping: Keeping,
): Promise<boolean> {
  const host = HOSTS[name];
  const file = host.file(place);
  try {
    const read = readConfiguration(file);
    const after = change(host, read);
    if (after === (read.text ?? '')) {
      const state = config.mode === 'connect' ? 'is connected' : 'is not connected';
      terminal.write(`${host.title} ${state}: nothing to do (${file}).\n`);
      return true;
    }
    const visible = new Set([read.text ?? '', after ?? ''].flatMap((text) => visibleIn(host, text)));
    terminal.write(`\n${host.title}: ${file}\n${diffOf(read.text ?? '', after ?? '', visible)}\n`);
    if (!(await mayWrite(config, terminal))) return config.printOnly;
    const isConnecting = config.mode === 'connect';
    writeConfiguration(read, after, { isSecret: keeping === 'file', backup: isConnecting });
    if (!isConnecting) removeSpentBackup(host, read.path, after);
    terminal.write(written(host, read, keeping, isConnecting));
    return true;
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    terminal.write(`${host.title}: ${file} ${error.message}. It was not changed.\n`);
    return false;
  }
}

/** A backup that says nothing more, or that still has the token. */
function removeSpentBackup(host: Host, path: string, after: string | undefined): void {
  const { text } = readConfiguration(backupOf(path));
  if (text !== undefined && (text === after || isOursIn(host, text))) removeFile(backupOf(path));
}

async function mayWrite({ printOnly, yes }: ConnectConfig, terminal: Terminal): Promise<boolean> {
  if (printOnly) return false;
  if (yes) return true;
  if (!terminal.isThere) {
    terminal.write('There is no terminal to ask in, so nothing was written. Add --yes to write this.\n');
    return false;
  }
  const answer = await terminal.ask('Write this? [y/N] ');
  if (/^\s*y(es)?\s*$/i.test(answer)) return true;
  terminal.write('Not written.\n');
  return false;
}

const written = (host: Host, { path, text }: Read, keeping: Keeping, isConnecting: boolean): string =>
  isConnecting
    ? `Written.${text === undefined ? '' : ` As it was before: ${backupOf(path)}`}\n${KEEPING[keeping]}${host.restart}\n`
    : `Written. ${host.title} goes on without the server once it is started again.\n`;
