import { createHash, timingSafeEqual } from 'node:crypto';
import { ConfigError } from '../../config/checks.ts';
import { SCOPES } from '../../config/flags.ts';
import type { Log } from '../../server/log.ts';
import { grantedBy } from '../scopes.ts';
import { watchedFile } from '../watched_file.ts';
import type { Caller, SignIn } from './types.ts';

/** Characters of a secret. */
const MIN_SECRET = 20;

interface Known {
  readonly digest: Buffer;
  readonly caller: Caller;
}

/**
 * Callers with a secret of their own, from a file: a line each of name, secret and scopes, with spaces or commas between.
 * Throws `ConfigError` where it is not that, with the line and never the secret.
 */
export function secretsIn(path: string, log: Log): SignIn {
  const file = watchedFile('--bearer-file', path, parseSecrets, log);
  return async (token) => {
    const digest = digestOf(token);
    // Every one of them is compared: the time tells nothing about which is nearest.
    return file.get().filter((known) => timingSafeEqual(known.digest, digest))[0]?.caller;
  };
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Throws `ConfigError`. */
function parseSecrets(text: string): readonly Known[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const known = lines.filter(({ line }) => line !== '' && !line.startsWith('#')).map(knownFrom);
  if (known.length === 0) throw new ConfigError('--bearer-file: nobody is in it.');
  const names = known.map(({ caller }) => caller.subject);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new ConfigError(`--bearer-file: "${twice}" is in it twice.`);
  const shared = known.find(({ digest }, index) => known.findIndex((one) => one.digest.equals(digest)) !== index);
  if (shared) throw new ConfigError(`--bearer-file: "${shared.caller.subject}" has the same secret as another.`);
  return known;
}

function knownFrom({ line, number }: { readonly line: string; readonly number: number }): Known {
  const [name = '', secret = '', ...scopes] = line.split(/[\s,]+/).filter(Boolean);
  const wrong = (why: string): ConfigError =>
    new ConfigError(`--bearer-file, line ${number}: ${why}. A line is: name secret scopes (${SCOPES.join(' ')}).`);
  if (secret.length < MIN_SECRET) throw wrong(`the secret has fewer than ${MIN_SECRET} characters`);
  if (!/^[\x21-\x7e]+$/.test(secret)) throw wrong('the secret has a character that no header carries');
  if (scopes.some((scope) => !SCOPES.some((one) => one === scope))) throw wrong('there is a scope that does not exist');
  const granted = grantedBy(scopes);
  if (!granted) throw wrong('there is no scope');
  return { digest: digestOf(secret), caller: { subject: name, granted } };
}
