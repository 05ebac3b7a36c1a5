import type { Account, Env, HostName } from '../config/index.ts';
import { HOST_NAMES } from '../config/index.ts';
import { entryIn, isOurs, startOf } from '../connect/change.ts';
import { isOpen, readConfiguration } from '../connect/files.ts';
import { FileRefused } from '../connect/form.ts';
import { HOSTS, type Host } from '../connect/hosts.ts';
import { isInstalled } from '../connect/installed.ts';
import type { Place } from '../connect/place.ts';
import type { Start } from './start.ts';

/** One host of this machine and how it would start this server. */
export interface HostEntry {
  readonly name: HostName;
  readonly title: string;
  readonly file: string;
  /** Why its file cannot be read, as a part of a sentence. */
  readonly refused?: string;
  readonly state: 'ours' | 'foreign' | 'none' | 'unreadable';
  readonly start?: Start;
  /** Variables that it refers to and that are not set here. */
  readonly missing: readonly string[];
  /** It has a credential in its file, which others may read. */
  readonly isExposed: boolean;
  /** The host asks for the credentials itself. */
  readonly asks: boolean;
}

/** Every host that is installed or has a configuration. */
export function hostEntries(place: Place, stand: Account): HostEntry[] {
  return HOST_NAMES.flatMap((name): HostEntry[] => {
    const host = HOSTS[name];
    const file = host.file(place);
    if (!place.exists(file) && !isInstalled(place, host)) return [];
    const common = { name, title: host.title, file, missing: [], isExposed: false, asks: false };
    try {
      const { text = '', mode } = readConfiguration(file);
      const entry = entryIn(host, text);
      if (entry === undefined) return [{ ...common, state: 'none' }];
      if (!isOurs(entry)) return [{ ...common, state: 'foreign' }];
      return [{ ...common, state: 'ours', ...resolved(host, entry, place.env, stand, mode) }];
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      return [{ ...common, state: 'unreadable' as const, refused: error.message }];
    }
  });
}

const REFERENCE = /^(?:\$\{env:(\w+)\}|\{env:(\w+)\}|\$\{(\w+)(?::-([^}]*))?\}|\$(\w+))$/;
const SECRET_NAMES: readonly string[] = ['ICONIK_APP_ID', 'ICONIK_AUTH_TOKEN'];

/** The start with every reference replaced as the host would do it; `stand` is what it would ask a person for. */
function resolved(host: Host, entry: unknown, env: Env, stand: Account, mode: number) {
  const { command = '', args = [], env: own = {} } = startOf(entry) ?? {};
  const missing: string[] = [];
  const inherited = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('ICONIK_')));
  const take = (variable: string, otherwise?: string): string => {
    const value = env[variable] || otherwise;
    if (value === undefined) missing.push(variable);
    return value ?? '';
  };
  let isLiteral = false;
  const values = Object.entries(own).map(([name, value]) => {
    if (host.inputs && value.startsWith('${input:'))
      return [name, name === 'ICONIK_APP_ID' ? stand.appId : stand.authToken];
    const [, ofEditor, ofOpencode, ofShell, otherwise, bare] = (host.reference && REFERENCE.exec(value)) || [];
    const variable = ofEditor ?? ofOpencode ?? ofShell ?? bare;
    if (variable) return [name, take(variable, otherwise)];
    isLiteral ||= SECRET_NAMES.includes(name);
    return [name, value];
  });
  const { env_vars: forwarded = [] } = entry as { readonly env_vars?: readonly string[] };
  const handedOn = host.forwards ? [...forwarded].map((name) => [name, take(String(name))]) : [];
  return {
    start: { command, args, env: { ...inherited, ...Object.fromEntries([...values, ...handedOn]) } },
    missing,
    isExposed: isLiteral && isOpen(mode),
    asks: Object.values(own).some((value) => value.startsWith('${input:')),
  };
}
