import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AUDIENCE, type Issuer, issuer } from '../support/issuer.ts';
import { type Team, team } from '../support/team.ts';

let provider: Issuer;
let served: Team;

beforeAll(async () => {
  provider = await issuer();
  served = await team({ argv: provider.argv });
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const list = (token: string) => served.post({ method: 'tools/list' }, bearer(token));

const now = (): number => Math.floor(Date.now() / 1_000);
const claims = () => ({ iss: provider.url, aud: AUDIENCE, sub: 'ann', scope: 'iconik:read', exp: now() + 300 });

describe('a token of the provider', () => {
  test('lets its owner in', async () => {
    expect((await list(await provider.token())).status).toBe(200);
  });

  test.each([
    ['none', async () => served.post({ method: 'tools/list' })],
    [
      'one in the address',
      async () => fetch(`${served.url}?access_token=${await provider.token()}`, { method: 'POST' }),
    ],
    ['a word', async () => list('secret')],
    ['one that has expired', async () => list(await provider.token({}, { expires: -60 }))],
    ['one for another server', async () => list(await provider.token({}, { audience: 'https://other.example.com' }))],
    ['one of another issuer', async () => list(await provider.token({ iss: 'https://other.example.com' }))],
    ['one that names nobody', async () => list(await provider.token({ sub: '' }))],
    ['one that names several', async () => list(await provider.token({ sub: ['ann'] as never }))],
    ['one that names a number', async () => list(await provider.token({ sub: 5 as never }))],
    [
      'one for something else than access',
      async () => list(await provider.token({}, { header: { typ: 'logout+jwt' } })),
    ],
    ['one whose kind is no text', async () => list(await provider.token({}, { header: { typ: 5 as never } }))],
    [
      'one with a key that is nowhere',
      async () => list(await provider.token({}, { header: { kid: '../../dev/null' } })),
    ],
    ['one in which another is', async () => list(await provider.token({}, { header: { cty: 'JWT' }, nested: true }))],
    [
      'one that asks for what nobody knows',
      async () => list(await provider.token({}, { header: { crit: ['x'], x: 1 } })),
    ],
    ['one without a signature', async () => list(new UnsecuredJWT(claims()).encode())],
    [
      'one signed with a key that is not the issuer’s',
      async () => {
        const { privateKey } = await generateKeyPair('ES256');
        return list(await new SignJWT(claims()).setProtectedHeader({ alg: 'ES256' }).sign(privateKey));
      },
    ],
    [
      'one signed with what everybody can read',
      async () => {
        const { keys } = (await (await fetch(`${provider.url}/keys`)).json()) as { readonly keys: readonly object[] };
        const secret = new TextEncoder().encode(JSON.stringify(keys[0]));
        return list(await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256' }).sign(secret));
      },
    ],
    [
      'one that was changed on the way',
      async () => {
        const [head, , signature] = (await provider.token()).split('.');
        const body = Buffer.from(JSON.stringify({ ...claims(), scope: 'iconik:delete' })).toString('base64url');
        return list([head, body, signature].join('.'));
      },
    ],
  ])('is needed: %s is answered with 401 and where to get one', async (_, ask) => {
    const response = await ask();
    expect(response.status).toBe(401);
    const metadata = `resource_metadata="${new URL('/.well-known/oauth-protected-resource/mcp', served.url)}"`;
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /);
    expect(response.headers.get('www-authenticate')).toContain(metadata);
    expect(await response.text()).not.toContain('tools');
  });

  test('without a scope of ours is answered with 403, and which one is needed', async () => {
    const response = await list(await provider.token({ scope: 'openid profile' }));
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toMatch(/error="insufficient_scope".*scope="iconik:read"/);
  });

  test('may be a little late: clocks differ', async () => {
    expect((await list(await provider.token({}, { expires: -10 }))).status).toBe(200);
  });

  test.each(['JWT', 'at+jwt', 'application/at+jwt', 'AT+JWT'])('may say that it is %s', async (typ) => {
    expect((await list(await provider.token({}, { header: { typ } }))).status).toBe(200);
  });

  test('may be for several servers, of which this is one', async () => {
    const audience = ['https://other.example.com', AUDIENCE];
    expect((await list(await provider.token({}, { audience }))).status).toBe(200);
  });

  test('may carry its scopes as a list', async () => {
    expect((await list(await provider.token({ scope: undefined, scp: ['iconik:read'] }))).status).toBe(200);
  });

  test('goes on being right when the issuer changes its key, and one with the old key stops', async () => {
    await using other = await issuer();
    await using own = await team({ argv: other.argv });
    const ask = (token: string) => own.post({ method: 'tools/list' }, bearer(token));
    const old = await other.token();
    expect((await ask(old)).status).toBe(200);
    await other.rotate();
    const fresh = await other.token();
    // The keys are not read again more often than every five seconds, so that nobody can make us ask.
    await expect.poll(async () => (await ask(fresh)).status, { timeout: 15_000, interval: 500 }).toBe(200);
    expect((await ask(old)).status).toBe(401);
    expect(other.reads()).toBeLessThan(5);
  });

  test('is not called wrong where the keys of the issuer cannot be read', async () => {
    await using other = await issuer();
    await using own = await team({ argv: other.argv });
    other.isUp = false;
    const response = await own.post({ method: 'tools/list' }, bearer(await other.token()));
    expect(response.status).toBe(503);
    expect(response.headers.get('www-authenticate')).toBeNull();
  });

  test('never goes to Iconik, nor into the log', async () => {
    const token = await provider.token();
    await served.call('find_assets', { words: 'drone', limit: 1 }, bearer(token));
    expect(served.lines.join('\n')).not.toContain(token);
  });
});

describe('the metadata of the resource', () => {
  test.each(['/.well-known/oauth-protected-resource', '/.well-known/oauth-protected-resource/mcp'])(
    'is at %s, for everybody',
    async (path) => {
      const response = await fetch(new URL(path, served.url));
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({
        resource: served.url,
        authorization_servers: [provider.url],
        scopes_supported: ['iconik:read', 'iconik:write', 'iconik:delete'],
        bearer_methods_supported: ['header'],
        resource_name: 'Iconik',
      });
    },
  );
});
