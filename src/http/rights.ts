import { execFile } from 'node:child_process';
import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import * as z from 'zod';
import { ConfigError } from '../config/checks.ts';
import type { Account } from '../config/index.ts';
import type { Log } from '../server/log.ts';
import { type Caller, NotAllowed } from './callers/index.ts';
import { watchedFile } from './watched_file.ts';

/** With whose Iconik rights a caller works. Throws `NotAllowed`. */
export type Rights = (caller: Caller, headers: IncomingHttpHeaders) => Promise<Account>;

export const oneAccount =
  (account: Account): Rights =>
  async () =>
    account;

const secret = z
  .string()
  .min(8)
  .max(8_192)
  .regex(/^[\x21-\x7e]+$/);
const credentials = z.object({ app_id: secret, auth_token: secret });
type Credentials = z.infer<typeof credentials>;

const accountOf = (baseUrl: string, { app_id, auth_token }: Credentials): Account => ({
  appId: app_id,
  authToken: auth_token,
  baseUrl,
});

/** Each request brings its own, which are never those that the caller signs in with. */
export const fromHeaders =
  (baseUrl: string): Rights =>
  async (_, headers) => {
    const given = { app_id: headers['x-iconik-app-id'], auth_token: headers['x-iconik-auth-token'] };
    const { data } = credentials.safeParse(given);
    if (data) return accountOf(baseUrl, data);
    throw new NotAllowed(401, 'Send your Iconik application token in X-Iconik-App-Id and X-Iconik-Auth-Token.');
  };

/** From a JSON file: `{"ann@example.com": {"app_id": "…", "auth_token": "…"}}`. Throws `ConfigError`. */
export function fromFile(path: string, baseUrl: string, log: Log): Rights {
  const file = watchedFile('--credentials-file', path, parseAccounts, log);
  return async ({ subject }) => {
    const found = file.get().get(subject);
    if (found) return accountOf(baseUrl, found);
    throw new NotAllowed(403, 'Nobody has given you Iconik credentials on this server. Ask whoever runs it.');
  };
}

function parseAccounts(text: string): ReadonlyMap<string, Credentials> {
  try {
    return new Map(Object.entries(z.record(z.string(), credentials).parse(JSON.parse(text))));
  } catch {
    // The error would show what the file holds.
    throw new ConfigError('--credentials-file: it has to be {"name": {"app_id": "…", "auth_token": "…"}}.');
  }
}

/** Milliseconds that what the command printed is used. */
const COMMAND_LIFETIME = 300_000;
const COMMAND_LIMITS = { timeout: 10_000, maxBuffer: 65_536, windowsHide: true };
const SUBJECT = '{subject}';
/** What may go to a command as one of its words: nothing that it could take for an option. */
const SAFE_SUBJECT = /^[\p{L}\p{N}][\p{L}\p{N}._@|:+-]{0,255}$/u;

/** From a command that prints `{"app_id": "…", "auth_token": "…"}`; there is no shell between. Throws `ConfigError`. */
export function fromCommand(command: string, baseUrl: string, log: Log): Rights {
  const [program = '', ...words] = command.trim().split(/\s+/);
  if (!words.some((word) => word.includes(SUBJECT)))
    throw new ConfigError(`--credentials-command: ${SUBJECT} is missing, where the name of the caller goes.`);
  const known = new LRUCache<string, Promise<Credentials>>({ max: 1_000, ttl: COMMAND_LIFETIME });
  const ask = (subject: string): Promise<Credentials> => {
    const own = words.map((word) => word.replaceAll(SUBJECT, subject));
    const asked = run(program, own);
    known.set(subject, asked);
    asked.catch(() => known.delete(subject));
    return asked;
  };
  return async ({ subject }) => {
    if (!SAFE_SUBJECT.test(subject)) throw new NotAllowed(403, 'Your name cannot be given to a command.');
    try {
      return accountOf(baseUrl, await (known.get(subject) ?? ask(subject)));
    } catch (error) {
      log.error('--credentials-command failed', { subject, code: (error as NodeJS.ErrnoException).code ?? 'output' });
      throw new NotAllowed(
        503,
        'Your Iconik credentials cannot be read now. Try again, or ask whoever runs this server.',
      );
    }
  };
}

const run = (program: string, words: readonly string[]): Promise<Credentials> =>
  new Promise((resolve, reject) => {
    execFile(program, words, COMMAND_LIMITS, (error, stdout) => {
      // The error would hold what the command printed.
      if (error) return reject(Object.assign(new Error('the command failed'), { code: error.code ?? error.signal }));
      try {
        resolve(credentials.parse(JSON.parse(stdout)));
      } catch {
        reject(new Error('the command printed something else'));
      }
    });
  });
