import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { team } from '../support/team.ts';
import { json, upstream } from '../support/upstream.ts';
import { ids } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'rights-'));
const path = (): string => join(folder, crypto.randomUUID());
const SECRET = 'secret-of-ann-0123456789';
const ann = { authorization: `Bearer ${SECRET}` };

function secrets(text = `# who may call\nann ${SECRET} iconik:read, iconik:write\n`): string {
  const file = path();
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** An Iconik that remembers with whose credentials it was asked. */
const recorder = () => upstream((_, response) => json(response, 200, { id: ids.match, title: 'A match' }));
const asked = ({ seen }: Awaited<ReturnType<typeof recorder>>) =>
  seen.map(({ headers }) => `${headers['app-id']} ${headers['auth-token']} ${headers.authorization}`);

const get = { name: 'get_asset', args: { asset_id: ids.match } } as const;

describe('the Iconik rights of a call', () => {
  test('are those that the request brings', async () => {
    await using up = await recorder();
    await using served = await team({ baseUrl: up.url });
    const own = { 'x-iconik-app-id': 'app-of-ann', 'x-iconik-auth-token': 'token-of-ann' };
    await served.call(get.name, get.args, own);
    expect(asked(up)).toEqual(['app-of-ann token-of-ann undefined']);
    const without = await served.post({ method: 'tools/list' });
    expect(without.status).toBe(401);
    expect(await without.text()).toContain('X-Iconik-App-Id');
  });

  test('are those of a file, which may change while the server runs', async () => {
    await using up = await recorder();
    const file = path();
    const write = (token: string) =>
      writeFileSync(file, JSON.stringify({ ann: { app_id: 'app-of-ann', auth_token: token } }));
    write('first-token');
    await using served = await team({
      baseUrl: up.url,
      argv: ['--bearer-file', secrets(), '--credentials-file', file],
    });
    await served.call(get.name, get.args, ann);
    write('second-token-is-longer');
    await expect
      .poll(
        async () => {
          await served.call(get.name, get.args, ann);
          return asked(up).at(-1);
        },
        { timeout: 5_000, interval: 300 },
      )
      .toBe('app-of-ann second-token-is-longer undefined');
    expect(asked(up)[0]).toBe('app-of-ann first-token undefined');
  });

  test('are nobody’s for whom the file has none', async () => {
    const file = path();
    writeFileSync(file, JSON.stringify({ bob: { app_id: 'app-of-bob', auth_token: 'token-of-bob' } }));
    await using up = await recorder();
    await using served = await team({
      baseUrl: up.url,
      argv: ['--bearer-file', secrets(), '--credentials-file', file],
    });
    expect((await served.post({ method: 'tools/list' }, ann)).status).toBe(403);
    expect(up.seen).toEqual([]);
  });

  test('are what a command prints for the caller, without a shell and once for many calls', async () => {
    await using up = await recorder();
    const [command, count] = [path(), path()];
    writeFileSync(
      command,
      `#!/bin/sh\necho "$1" >> ${count}\nprintf '{"app_id":"app-of-%s","auth_token":"token-of-%s"}' "$1" "$1"\n`,
    );
    chmodSync(command, 0o700);
    await using served = await team({
      baseUrl: up.url,
      argv: ['--bearer-file', secrets(), '--credentials-command', `${command} {subject}`],
    });
    await Promise.all([1, 2, 3].map(() => served.call(get.name, get.args, ann)));
    expect(new Set(asked(up))).toEqual(new Set(['app-of-ann token-of-ann undefined']));
    expect(readFileSync(count, 'utf8')).toBe('ann\n');
  });

  test.each([
    ['fails', '#!/bin/sh\necho token-of-nobody\nexit 3\n'],
    ['prints something else', '#!/bin/sh\necho token-of-nobody\n'],
  ])('are unknown where the command %s, and what it printed is not shown', async (_, text) => {
    await using up = await recorder();
    const command = path();
    writeFileSync(command, text);
    chmodSync(command, 0o700);
    await using served = await team({
      baseUrl: up.url,
      argv: ['--bearer-file', secrets(), '--credentials-command', `${command} {subject}`],
    });
    const response = await served.post({ method: 'tools/list' }, ann);
    expect(response.status).toBe(503);
    expect((await response.text()) + served.lines.join()).not.toContain('token-of-nobody');
  });

  test('are one service account for all where nothing can be changed', async () => {
    await using up = await recorder();
    const env = { ICONIK_APP_ID: 'app-of-service', ICONIK_AUTH_TOKEN: 'token-of-service' };
    await using served = await team({ baseUrl: up.url, env, argv: ['--bearer-file', secrets(), '--read-only'] });
    await served.call(get.name, get.args, ann);
    expect(asked(up)).toEqual(['app-of-service token-of-service undefined']);
    const change = await served.call('set_metadata', {}, ann);
    expect(change).toMatchObject({ isError: true, text: expect.stringContaining('read-only') });
  });
});

describe('a secret of the file', () => {
  test('lets its owner in, and nobody with another', async () => {
    await using served = await team({ argv: ['--bearer-file', secrets()] });
    expect((await served.post({ method: 'tools/list' }, ann)).status).toBe(200);
    for (const token of ['', 'x', `${SECRET}x`, SECRET.slice(1)]) {
      const response = await served.post({ method: 'tools/list' }, { authorization: `Bearer ${token}` });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    expect((await served.post({ method: 'tools/list' }, { authorization: `Basic ${SECRET}` })).status).toBe(401);
  });

  test('is read from a file of Windows, with a byte order mark', async () => {
    const file = secrets();
    writeFileSync(file, `\ufeff${readFileSync(file, 'utf8').trimEnd().replaceAll('\n', '\r\n')}\r\n\r\n`);
    await using served = await team({ argv: ['--bearer-file', file] });
    expect((await served.post({ method: 'tools/list' }, ann)).status).toBe(200);
  });

  test('stops when it is taken out, without a restart; a file that is broken by then changes nothing', async () => {
    const file = secrets();
    await using served = await team({ argv: ['--bearer-file', file] });
    const status = async () => (await served.post({ method: 'tools/list' }, ann)).status;
    expect(await status()).toBe(200);
    writeFileSync(file, 'ann short');
    await expect.poll(() => served.lines.join(), { timeout: 5_000, interval: 200 }).toBeDefined();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await status()).toBe(200);
    expect(served.lines.join()).toContain('was not read again');
    writeFileSync(file, 'bob another-secret-0123456789 iconik:read');
    await expect.poll(status, { timeout: 5_000, interval: 300 }).toBe(401);
  });
});

describe('a file of secrets that others on the machine can read', () => {
  test.each(['--bearer-file', '--credentials-file'])('is warned of where it is given with %s', async (flag) => {
    const files = { '--bearer-file': secrets(), '--credentials-file': path() };
    writeFileSync(files['--credentials-file'], '{}', { mode: 0o600 });
    chmodSync(files[flag as keyof typeof files], 0o644);
    // Nothing is asked of this Iconik.
    await using served = await team({ argv: Object.entries(files).flat(), baseUrl: 'https://iconik.example.com' });
    expect(served.lines).toEqual([expect.stringContaining(`${flag} can be read by others`)]);
  });
});
