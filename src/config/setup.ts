import { type Account, accountIn, baseUrlIn, credentialsIn, type Env } from './account.ts';
import { ConfigError, oneOf } from './checks.ts';
import { HOST_NAMES, serverFlags, type Values } from './flags.ts';

export type HostName = (typeof HOST_NAMES)[number];

/** The commands `connect` and `disconnect`. */
export interface ConnectConfig {
  readonly mode: 'connect' | 'disconnect';
  /** Empty: all that are installed. */
  readonly hosts: readonly HostName[];
  readonly sandbox: boolean;
  /** Shows, and writes nothing. */
  readonly printOnly: boolean;
  /** Writes without a question. */
  readonly yes: boolean;
  /** Whether the credentials are tried before they are written. */
  readonly check: boolean;
  /** Flags that hosts start the server with. */
  readonly flags: readonly string[];
  /** From the environment, where both credentials are set. */
  readonly account: Account | undefined;
  readonly baseUrl: string;
  readonly env: Env;
}

/** The command `doctor`. */
export interface DoctorConfig {
  readonly mode: 'doctor';
  readonly json: boolean;
  readonly sandbox: boolean;
  readonly assets: number | undefined;
  /** From the environment: an account, a sentence on what is wrong with it, or none. */
  readonly account: Account | undefined;
  readonly problem: string | undefined;
  readonly env: Env;
}

/** Throws `ConfigError`. */
export const readConnect = (mode: ConnectConfig['mode'], values: Values, env: Env): ConnectConfig => ({
  mode,
  hosts: hostsIn(values.host),
  sandbox: values.sandbox ?? false,
  printOnly: values.print ?? false,
  yes: values.yes ?? false,
  check: !values['no-check'],
  flags: [
    ...(values.sandbox ? ['--sandbox'] : []),
    ...(values.assets === undefined ? [] : ['--assets', values.assets]),
    ...serverFlags(values),
  ],
  account: mode === 'connect' && !values.sandbox && credentialsIn(env) ? accountIn(env) : undefined,
  baseUrl: baseUrlIn(env),
  env,
});

function hostsIn(value: string | undefined): HostName[] {
  if (value === undefined) return [];
  return [...new Set(value.split(',').map((name) => oneOf('--host', name.trim().toLowerCase(), HOST_NAMES)))];
}

/** What is wrong with the environment is for the doctor to say: it throws nothing. */
export function readDoctor(values: Values, env: Env, assets: number | undefined): DoctorConfig {
  const sandbox = values.sandbox ?? false;
  const common = { mode: 'doctor', json: values.json ?? false, sandbox, assets, env } as const;
  try {
    const account = !sandbox && credentialsIn(env) ? accountIn(env) : undefined;
    if (!sandbox) baseUrlIn(env);
    return { ...common, account, problem: undefined };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { ...common, account: undefined, problem: error.message };
  }
}
