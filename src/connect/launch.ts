import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import type { Account } from '../config/index.ts';
import type { Host, Launch } from './hosts.ts';
import { type Place, programOnPath } from './place.ts';

/** How this program was started. */
export interface Program {
  /** Node.js. */
  readonly node: string;
  /** The launcher of this server. */
  readonly file: string;
}

/** Where a host takes the credentials from. */
export type Keeping = 'nothing' | 'asks' | 'environment' | 'file';

/** How a host keeps credentials best: those of the environment stay there where it can refer to them. */
export function keepingOf(host: Host, sandbox: boolean, inEnvironment: boolean): Keeping {
  if (sandbox) return 'nothing';
  if (host.inputs) return 'asks';
  return inEnvironment && (host.reference || host.forwards) ? 'environment' : 'file';
}

const VARIABLES = ['ICONIK_APP_ID', 'ICONIK_AUTH_TOKEN'] as const;
const DEFAULT_BASE_URL = 'https://app.iconik.io';

/** What a host starts. `account` is what is written where it keeps credentials in its file. */
export function launchOf(
  host: Host,
  keeping: Keeping,
  start: Pick<Launch, 'command' | 'args'>,
  account: Account,
): Launch {
  const base =
    keeping === 'nothing' || account.baseUrl === DEFAULT_BASE_URL ? {} : { ICONIK_BASE_URL: account.baseUrl };
  const variables = (of: (variable: (typeof VARIABLES)[number]) => string) =>
    Object.fromEntries(VARIABLES.map((variable) => [variable, of(variable)]));
  const [appId = '', authToken = ''] = Object.keys(host.inputs ?? {}).map((id) => `\${input:${id}}`);
  const { reference } = host;
  const isForwarded = keeping === 'environment' && !reference;
  const env = {
    nothing: {},
    asks: { ICONIK_APP_ID: appId, ICONIK_AUTH_TOKEN: authToken },
    environment: reference ? variables(reference) : {},
    file: { ICONIK_APP_ID: account.appId, ICONIK_AUTH_TOKEN: account.authToken },
  }[keeping];
  return { ...start, env: { ...env, ...base }, forwarded: isForwarded ? VARIABLES : [] };
}

/** The command line of this server: full paths, since a host that was not started in a shell knows no others. */
export function startOfProgram(place: Place, { node, file }: Program, flags: readonly string[]) {
  const lasting = programOnPath(place, 'node');
  // Version managers and package managers put Node.js into a folder that an update removes, and a link to it on the PATH.
  const isSame =
    lasting !== undefined && real(lasting) === real(node) && !lasting.includes(`${sep}fnm_multishells${sep}`);
  return { command: isSame ? lasting : node, args: [real(file), ...flags] };
}

const real = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
};

/** What a person types to start this program again. */
export function commandOf(place: Place, { file }: Program): string {
  if (programOnPath(place, 'iconik-mcp') !== undefined) return 'iconik-mcp';
  return `node ${/[^\w./:\\-]/.test(file) ? `"${file}"` : file}`;
}
