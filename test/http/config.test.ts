import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from '../../src/config/flags.ts';
import { ConfigError, readConfig } from '../../src/config/index.ts';
import { readHttpConfig } from '../../src/http/config.ts';
import { team } from '../support/team.ts';

function read(argv: readonly string[], env: Record<string, string> = {}) {
  const config = readConfig(['serve', ...argv], env, ['find']);
  if (config.mode !== 'serve') throw new Error('not the command');
  return readHttpConfig(config);
}

function refusal(argv: readonly string[], env: Record<string, string> = {}): string {
  try {
    read(argv, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('it would start');
}

const folder = mkdtempSync(join(tmpdir(), 'serve-'));
function file(text: string): string {
  const path = join(folder, crypto.randomUUID());
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}
const SECRETS = file('ann 0123456789abcdefghij iconik:read\n');
const BEARER = ['--bearer-file', SECRETS];
const CREDENTIALS = { ICONIK_APP_ID: 'app-id-of-the-test', ICONIK_AUTH_TOKEN: 'token-of-the-test' };

describe('serve', () => {
  test('listens on this machine alone where nothing is said', () => {
    expect(read(['--sandbox'])).toMatchObject({ bind: '127.0.0.1', hosts: [], origins: [] });
  });

  test.each([
    [['--bind', '0.0.0.0', '--sandbox'], 'callers that sign in'],
    [['--bind', '::', '--sandbox'], 'callers that sign in'],
    [['--bind', '192.168.1.5', '--sandbox', '--trust-proxy'], 'callers that sign in'],
    [['--trust-proxy', '--sandbox'], 'callers that sign in'],
    [['--bind', '0.0.0.0', ...BEARER], '--allow-host'],
    [['--bind', '0.0.0.0', ...BEARER, '--allow-host', 'a.example.com'], 'needs TLS'],
    [['--jwt-issuer', 'https://a.example.com'], '--jwt-audience and --jwks is missing'],
    [
      ['--jwt-issuer', 'http://a.example.com', '--jwt-audience', 'x', '--jwks', 'https://a.example.com/keys'],
      'must begin with https://',
    ],
    [['--tls-cert', SECRETS], '--tls-cert and --tls-key go together'],
    [['--tls-cert', SECRETS, '--tls-key', SECRETS], 'are not a certificate in PEM form'],
    [['--allow-origin', 'chat.example.com'], 'is not an origin'],
    [['--allow-origin', '*'], 'is not an origin'],
    [['--allow-host', '*'], 'is not a host name'],
    [['--credentials-file', SECRETS], 'callers that sign in'],
    [['--credentials-file', SECRETS, '--credentials-command', 'x {subject}', ...BEARER], 'exclude each other'],
  ])('does not start with %j, and says why', (argv, why) => {
    expect(refusal(argv)).toContain(why);
  });

  test('does not start where every caller would have the rights of one user, unless they may only read', () => {
    expect(refusal([], CREDENTIALS)).toContain('add --read-only');
    expect(read(['--read-only'], CREDENTIALS).credentials).toEqual({ from: 'environment' });
  });

  test.each([
    ['nobody', '# none\n', 'nobody is in it'],
    ['a short secret', 'ann short iconik:read', 'line 1: the secret has fewer'],
    ['no scope', '\nann 0123456789abcdefghij', 'line 2: there is no scope'],
    ['an unknown scope', 'ann 0123456789abcdefghij iconik:admin', 'a scope that does not exist'],
    ['no secret', 'ann iconik:read iconik:write', 'line 1: the secret has fewer'],
    ['a secret that no header carries', 'ann 0123456789abcdefghijü iconik:read', 'line 1: the secret has a character'],
    ['a secret twice', 'ann 0123456789abcdefghij iconik:read\nbob 0123456789abcdefghij iconik:delete', 'same secret'],
    ['a name twice', 'ann 0123456789abcdefghij iconik:read\nann 1123456789abcdefghij iconik:read', 'twice'],
  ])('does not start with %s in the file of secrets, and shows none of it', async (_, text, why) => {
    const started = team({ argv: ['--bearer-file', file(text)] });
    await expect(started).rejects.toThrow(why);
    await expect(started).rejects.not.toThrow('0123456789');
  });

  test.each(['--bearer-file', '--tls-cert'])('does not start where the file of %s is missing', async (flag) => {
    const argv = [flag, join(folder, 'missing'), ...(flag === '--tls-cert' ? ['--tls-key', SECRETS] : [])];
    await expect(team({ argv })).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });

  test('is reached by the name and the port that the README gives', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
    const [, command = ''] = /(serve --port \d+ --bind[^`]*)/.exec(readme.replaceAll('\\\n', ' ')) ?? [];
    const { values } = parse(command.trim().split(/\s+/));
    expect(values['allow-host']).toMatch(new RegExp(`:${values.port}$`));
    expect(values['jwt-audience']).toBe(`https://${values['allow-host']}/mcp`);
  });

  test('is a command: its flags are refused elsewhere', () => {
    const start = () => readConfig(['--sandbox', '--bind', '0.0.0.0'], {}, ['find']);
    expect(start).toThrow('--bind is for the command "serve"');
  });
});
