import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { binary, start } from '../support/binary.ts';
import { ASSET, against, everything, json, OTHER } from './host.ts';
import { againstRunning } from './running.ts';

const read = { asset_id: ASSET };
const DEBUG = ['--log-level', 'debug'];

/** A token as Iconik's are: a JWT, longer than what our limits leave of a message. */
const JWT = [
  { alg: 'RS256', typ: 'JWT' },
  { sub: 'mara.lind@example.com', iat: 1_700_000_000, scope: 'x'.repeat(240) },
  'signature of the token'.repeat(8),
]
  .map((part) => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url'))
  .join('.');
const env = { ICONIK_AUTH_TOKEN: JWT };

/** Any twelve characters in a row of the token, past its header, which every JWT has; or its first eight. */
function leak(text: string, secret = JWT): string | undefined {
  for (let at = 0; at + 12 <= secret.length; at += 1) {
    const piece = secret.slice(at, at + 12);
    if (text.includes(piece)) return `…${piece}… at ${at} in ${text.slice(0, 300)}`;
  }
  return text.includes(secret.slice(0, 8)) ? `the first characters in ${text.slice(0, 300)}` : undefined;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const forms: Record<string, string> = {
  plain: JWT,
  'in a header': `Auth-Token: ${JWT}\r\n`,
  'percent-encoded': encodeURIComponent(JWT).replaceAll('.', '%2E').replaceAll('-', '%2D').replaceAll('_', '%5F'),
  'in upper and lower case': JWT.toUpperCase(),
};
const encoded: Record<string, string> = {
  base64: base64(JWT),
  'base64 behind a name': base64(`u:${JWT}`),
  'base64 behind another name': base64(`us:${JWT}:x`),
  base64url: Buffer.from(`x${JWT}`).toString('base64url'),
};

describe.concurrent('the token', () => {
  test.each(Object.entries(forms))('a wrong token that Iconik echoes (%s) is in no result and no log', (_, echo) =>
    againstRunning(
      (_request, response) => json(response, 401, { errors: [`Token is invalid: ${echo}`] }),
      async (host) => {
        const { isError, text } = await host.call('get_asset', read);
        expect(isError).toBe(true);
        expect(text).toMatch(/401.*ICONIK_AUTH_TOKEN/s);
        await host.call('create_asset', { title: 'x' });
        expect(leak(everything(host), JWT)).toBeUndefined();
        expect(leak(everything(host), JWT.toUpperCase())).toBeUndefined();
        expect(leak(decodeURIComponent(everything(host).replace(/%(?![\da-f]{2})/gi, '%25')))).toBeUndefined();
      },
      { env, flags: DEBUG },
    ),
  );

  test.each(Object.entries(encoded))('a wrong token that Iconik echoes as %s is in no result and no log', (_, echo) =>
    againstRunning(
      (_request, response) => json(response, 401, { errors: [`Token is invalid: ${echo}`] }),
      async (host) => {
        await host.call('get_asset', read);
        await host.call('create_asset', { title: 'x' });
        for (const word of everything(host).match(/[A-Za-z0-9+/_-]{24,}/g) ?? []) {
          expect(leak(Buffer.from(word, 'base64').toString('latin1'))).toBeUndefined();
        }
      },
      { env, flags: DEBUG },
    ),
  );

  test('a token that a limit cuts in two leaves no piece behind', () =>
    againstRunning(
      (request, response) => {
        const echo = request.path.includes(ASSET);
        const headers = { 'x-request-id': JWT };
        if (echo) return json(response, 400, { errors: [`${'x'.repeat(1_800)} ${JWT}`] }, headers);
        return response.writeHead(403, { 'content-type': 'text/html', ...headers }).end(`<h1>Forbidden</h1> ${JWT}`);
      },
      async (host) => {
        for (const asset_id of [ASSET, OTHER]) expect((await host.call('get_asset', { asset_id })).isError).toBe(true);
        for (const asset_id of [ASSET, OTHER]) await host.call('create_segment', { asset_id, segment_type: 'COMMENT' });
        expect(leak(everything(host))).toBeUndefined();
      },
      { env, flags: DEBUG },
    ));

  test('a token inside an answer that succeeds is masked, too', () =>
    againstRunning(
      (_, response) =>
        json(response, 200, {
          id: ASSET,
          title: `Token ${JWT}`,
          external_id: `${'x'.repeat(1_900)}${JWT}`,
          warning: base64(JWT),
          versions: [{ id: JWT, status: encodeURIComponent(JWT) }],
        }),
      async (host) => {
        await host.call('get_asset', read);
        await host.call('search', { query: 'x' });
        expect(leak(everything(host))).toBeUndefined();
        expect(everything(host)).not.toContain(base64(JWT).slice(12, 40));
      },
      { env, flags: DEBUG },
    ));

  test('the token comes from the environment alone: not in the process list, not from a .env, not an argument', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'faults-'));
    writeFileSync(join(cwd, '.env'), `ICONIK_APP_ID=an-app-id-of-someone\nICONIK_AUTH_TOKEN=${JWT}\n`);
    const run = start({ args: [binary], cwd });
    expect(await run.exit).toBe(1);
    expect(run.stderr()).toContain('not set');
    for (const flag of ['--token', '--auth-token', '--app-id']) {
      const refused = start({ args: [binary, flag, JWT] });
      expect(await refused.exit).toBe(1);
      expect(leak(refused.stderr())).toBeUndefined();
    }
    await against(
      (_, response) => json(response, 200, {}),
      async (host) => {
        await host.call('get_asset', read);
        if (process.platform !== 'linux') return;
        expect(leak(readFileSync(`/proc/${host.child.pid}/cmdline`, 'utf8'))).toBeUndefined();
        expect(JSON.stringify((await host.request('tools/list')).result)).not.toMatch(/auth[_-]?token"/i);
      },
      { env },
    );
  });
});
