import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { ConfigError, HOST, list, secureUrl, whole } from '../config/checks.ts';
import { REPLICAS, type ServingFlags } from '../config/flags.ts';
import type { ServeConfig } from '../config/index.ts';
import type { Issuer } from './callers/tokens.ts';

export interface HttpConfig {
  readonly bind: string;
  /** Values of `Host` besides those of this machine. */
  readonly hosts: readonly string[];
  readonly origins: readonly string[];
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  /** A proxy before this server speaks TLS. */
  readonly behindProxy: boolean;
  readonly issuer: Issuer | undefined;
  readonly bearerFile: string | undefined;
  readonly credentials: Credentials;
  readonly metricsPort: number | undefined;
  readonly state: Shared | undefined;
}

/** The Redis that several replicas share. */
export interface Shared {
  readonly url: string;
  readonly key: string | undefined;
  readonly replicas: number;
}

/** Where the Iconik credentials of a caller come from. */
export type Credentials =
  | { readonly from: 'sandbox' | 'environment' | 'headers' }
  | { readonly from: 'file' | 'command'; readonly value: string };

/**
 * How to serve over HTTP. What would let anybody in who reaches the address does not start. Throws `ConfigError` with one
 * line that says what is missing.
 */
export function readHttpConfig(config: ServeConfig): HttpConfig {
  const { flags } = config;
  const bind = flags.bind ?? '127.0.0.1';
  const issuer = issuerIn(flags);
  const bearerFile = flags['bearer-file'];
  const signsIn = issuer !== undefined || bearerFile !== undefined;
  const tls = tlsIn(flags);
  const behindProxy = flags['trust-proxy'] ?? false;
  const hosts = list('--allow-host', flags['allow-host'], HOST, 'a host name, with or without a port');
  const isOpen = !isLoopback(bind) || behindProxy;
  if (isOpen && !signsIn) throw new ConfigError(`${openBy(flags)} needs callers that sign in: ${SIGN_IN}.`);
  if (isOpen && hosts.length === 0)
    throw new ConfigError(`${openBy(flags)} needs --allow-host: the names that callers reach this server by.`);
  if (!isLoopback(bind) && !tls && !behindProxy)
    throw new ConfigError(
      `--bind ${bind} needs TLS, or secrets would be readable on the way: --tls-cert and --tls-key, or --trust-proxy where a proxy speaks TLS.`,
    );
  return {
    bind,
    hosts,
    origins: originsIn(flags),
    tls,
    behindProxy,
    issuer,
    bearerFile,
    credentials: credentialsIn(config, signsIn),
    metricsPort:
      flags['metrics-port'] === undefined ? undefined : whole('--metrics-port', flags['metrics-port'], 0, 65_535),
    state: stateIn(config),
  };
}

const SIGN_IN = '--jwt-issuer, --jwt-audience and --jwks, or --bearer-file';

const openBy = ({ bind, 'trust-proxy': proxy }: ServingFlags): string =>
  bind !== undefined && !isLoopback(bind) ? `--bind ${bind}` : proxy ? '--trust-proxy' : '--bind';

const isLoopback = (address: string): boolean => /^(127(\.\d{1,3}){3}|::1|localhost)$/.test(address);

function issuerIn({ 'jwt-issuer': issuer, 'jwt-audience': audience, jwks }: ServingFlags): Issuer | undefined {
  const given = { '--jwt-issuer': issuer, '--jwt-audience': audience, '--jwks': jwks };
  const missing = Object.entries(given).flatMap(([flag, value]) => (value?.trim() ? [] : [flag]));
  if (missing.length === 3) return undefined;
  if (missing.length > 0) throw new ConfigError(`${missing.join(' and ')} is missing: the three go together.`);
  return {
    issuer: secureUrl('--jwt-issuer', issuer ?? '', 'the "iss" of its tokens').href && (issuer ?? ''),
    audience: audience ?? '',
    jwks: secureUrl('--jwks', jwks ?? '', 'where the public keys of the issuer are'),
  };
}

function originsIn({ 'allow-origin': given = '' }: ServingFlags): string[] {
  const origins = given
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  const wrong = origins.find((one) => !URL.canParse(one) || new URL(one).origin !== one);
  if (wrong === undefined) return origins;
  throw new ConfigError(`--allow-origin: "${wrong}" is not an origin such as https://chat.example.com.`);
}

function stateIn({ flags, env }: ServeConfig): Shared | undefined {
  if (flags.replicas !== undefined && flags.state === undefined) throw new ConfigError('--replicas goes with --state.');
  if (flags.state === undefined) return undefined;
  const replicas = whole('--replicas', flags.replicas ?? String(REPLICAS), 1, 1_000);
  return { url: flags.state, key: env.ICONIK_STATE_KEY, replicas };
}

function tlsIn({ 'tls-cert': cert, 'tls-key': key }: ServingFlags): HttpConfig['tls'] {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw new ConfigError('--tls-cert and --tls-key go together.');
  const tls = { cert: fileAt('--tls-cert', cert), key: fileAt('--tls-key', key) };
  try {
    createSecureContext(tls);
  } catch {
    throw new ConfigError('--tls-cert and --tls-key are not a certificate in PEM form and the key that belongs to it.');
  }
  return tls;
}

function fileAt(flag: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ConfigError(`${flag}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function credentialsIn({ flags, sandbox, account, readOnly }: ServeConfig, signsIn: boolean): Credentials {
  const { 'credentials-file': file, 'credentials-command': command } = flags;
  if (file !== undefined && command !== undefined)
    throw new ConfigError('--credentials-file and --credentials-command exclude each other.');
  if (sandbox) return { from: 'sandbox' };
  const value = file ?? command;
  if (value === undefined && account === undefined) return { from: 'headers' };
  if (value === undefined) {
    if (readOnly) return { from: 'environment' };
    throw new ConfigError(
      'ICONIK_APP_ID and ICONIK_AUTH_TOKEN would give every caller the rights of one user: add --read-only, or leave them out and let each caller bring their own.',
    );
  }
  if (!signsIn)
    throw new ConfigError(`--credentials-file and --credentials-command need callers that sign in: ${SIGN_IN}.`);
  return file === undefined ? { from: 'command', value } : { from: 'file', value };
}
