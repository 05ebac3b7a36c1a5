import * as z from 'zod';

/** The server cannot start; the message is one line for a person. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export const TRY = 'Or start with --sandbox to try it without an account.';

/** A host name in lower case, with or without a port. */
export const HOST = /^[a-z0-9.-]+(:\d+)?$/;

const headerValue = z
  .string()
  .trim()
  .min(8)
  .max(8_192)
  .regex(/^[\x21-\x7e]+$/);

/** A credential. Its value never appears in the message. */
export function credential(name: string, value: string | undefined): string {
  const parsed = headerValue.safeParse(value);
  if (parsed.success && !parsed.data.startsWith('${')) return parsed.data;
  throw new ConfigError(
    `${name} is not a token: it is a placeholder, or contains spaces, line breaks or other invalid characters. ${TRY}`,
  );
}

/** Host names that reach nothing but this machine. */
export const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The origin of a web address that secrets are sent to. */
export function originOf(flag: string, value: string, example: string): string {
  const url = secureUrl(flag, value, example);
  if (url.pathname !== '/' || url.search || url.hash) throw wrongUrl(flag, 'has a path', example);
  return url.origin;
}

/** A web address that secrets or keys come from: `https:`, or `http:` on this machine. */
export function secureUrl(flag: string, value: string, example: string): URL {
  if (!URL.canParse(value)) throw wrongUrl(flag, 'is not a URL', example);
  const url = new URL(value);
  if (url.username || url.password) throw wrongUrl(flag, 'contains a user name or password', example);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname)))
    throw wrongUrl(flag, 'must begin with https:// (http:// only on loopback)', example);
  return url;
}

const wrongUrl = (flag: string, why: string, example: string): ConfigError =>
  new ConfigError(`${flag} ${why}: ${example}`);

export function names(value: string | undefined, known: readonly string[]): string[] {
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
export function list(flag: string, value: string | undefined, form: RegExp, noun: string): string[] {
  const given = (value ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const wrong = given.find((name) => !form.test(name));
  if (wrong !== undefined) throw new ConfigError(`${flag}: "${wrong}" is not ${noun}.`);
  return given;
}

/** An empty list would let everybody in, which nobody means who gives one. */
export function domains(value: string | undefined): string[] {
  const given = list('--share-domains', value, /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, 'a domain such as client.com');
  if (value === undefined || given.length > 0) return given;
  throw new ConfigError('--share-domains is empty: give domains such as client.com, or leave it out.');
}

export function whole(flag: string, value: string, low: number, high: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= low && number <= high) return number;
  throw new ConfigError(`${flag}: "${value}" is not a whole number from ${low} to ${high}.`);
}

export function oneOf<const T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === value);
  if (found) return found;
  throw new ConfigError(`${flag}: "${value}" is not allowed. Allowed: ${allowed.join(', ')}.`);
}
