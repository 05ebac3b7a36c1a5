import { describe, expect, test } from 'vitest';
import { registry } from '../../src/tools/index.ts';
import { binary } from '../support/binary.ts';
import { newHome, type RunOptions } from '../support/home.ts';
import { APP_ID, json, type Script, TOKEN, upstream } from '../support/upstream.ts';

const USER = { id: 'u', first_name: 'Ines', last_name: 'Carvalho', email: 'ines@example.com' };
const ALL_ROLES = [...new Set([...registry.values()].flatMap(({ tool }) => tool.roles))];
const VALUES = { ICONIK_APP_ID: APP_ID, ICONIK_AUTH_TOKEN: TOKEN };

/** An Iconik whose user has these roles. */
const iconik =
  (roles: readonly string[] = ALL_ROLES, headers: Record<string, string> = {}): Script =>
  ({ path }, response) =>
    json(response, 200, path.includes('/roles/') ? { objects: roles } : USER, headers);

interface Line {
  readonly check: string;
  readonly ok?: boolean;
  readonly found: string;
  readonly advice?: string;
}

async function examined(options: RunOptions = {}, args: readonly string[] = [], home = newHome()) {
  using own = home;
  const { code, text } = await own.run(['doctor', '--json', ...args], options);
  expect(text).not.toContain(TOKEN);
  expect(text).not.toContain(APP_ID);
  const { ok, findings }: { ok: boolean; findings: Line[] } = JSON.parse(text);
  expect(code).toBe(ok ? 0 : 1);
  return { ok, of: (check: string) => findings.filter((one) => one.check === check), findings };
}

const wrongIn = (findings: readonly Line[]): string[] =>
  findings.filter(({ ok }) => ok === false).map(({ check }) => check);

describe('the doctor', () => {
  test('finds nothing wrong where nothing is, and asks Iconik for nothing but the user and the roles', async () => {
    await using up = await upstream(iconik(ALL_ROLES, { 'ratelimit-remaining': '42' }));
    const { ok, of, findings } = await examined({ env: { ...VALUES, ICONIK_BASE_URL: up.url } });
    expect({ ok, findings }).toMatchObject({ ok: true });
    expect(of('Credentials')).toMatchObject([{ ok: true, found: expect.stringContaining('Ines Carvalho') }]);
    expect(of('Rate')).toMatchObject([{ ok: true, found: expect.stringContaining('42') }]);
    expect(of('Node.js')).toMatchObject([{ ok: true, found: expect.stringContaining(process.versions.node) }]);
    expect(up.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /API/users/v1/users/current/',
      'GET /API/users/v1/users/current/roles/',
    ]);
  });

  test('no token: says how to get one, and how to do without', async () => {
    const { of, findings } = await examined();
    expect(wrongIn(findings)).toEqual(['Configuration']);
    expect(of('Configuration')).toMatchObject([
      {
        found: expect.stringContaining('not set'),
        advice: expect.stringMatching(/Application Tokens.*: node \S+iconik-mcp\.cjs connect.*--sandbox/s),
      },
    ]);
  });

  test('half of the credentials: names what is missing', async () => {
    const { of } = await examined({ env: { ICONIK_APP_ID: APP_ID } });
    expect(of('Configuration')).toMatchObject([
      { ok: false, found: expect.stringContaining('ICONIK_AUTH_TOKEN is not set') },
    ]);
  });

  test('wrong token: says that it may be of another App ID, and where to make a new one', async () => {
    await using up = await upstream((_, response) => json(response, 401, { errors: ['no'] }));
    const { of, findings } = await examined({ env: { ...VALUES, ICONIK_BASE_URL: up.url } });
    expect(wrongIn(findings)).toEqual(['Credentials']);
    expect(of('Iconik')).toMatchObject([{ ok: true }]);
    expect(of('Credentials')).toMatchObject([
      { found: expect.stringContaining('HTTP 401'), advice: expect.stringContaining('Application Tokens') },
    ]);
  });

  test('missing role: names it with the tools that need it, in each toolset', async () => {
    const role = 'can_write_segments';
    await using up = await upstream(iconik(ALL_ROLES.filter((one) => one !== role)));
    const env = { ...VALUES, ICONIK_BASE_URL: up.url };
    const { of, findings } = await examined({ env });
    expect(new Set(wrongIn(findings))).toEqual(new Set(['Roles']));
    const segments = of('Roles').find(({ found }) => found.startsWith('In segments,'));
    expect(segments).toMatchObject({
      ok: false,
      found: expect.stringContaining('update_segment'),
      advice: expect.stringContaining(role),
    });
    // What is not offered needs no role.
    expect(await examined({ env }, ['--read-only'])).toMatchObject({ ok: true });
    expect(await examined({ env }, ['--toolsets', 'search'])).toMatchObject({ ok: true });
  });

  test('no network: names the host and the cause, and what to look at', async () => {
    const up = await upstream(iconik());
    await up[Symbol.asyncDispose]();
    const { of, findings } = await examined({ env: { ...VALUES, ICONIK_BASE_URL: up.url } });
    expect(wrongIn(findings)).toEqual(['Iconik']);
    expect(of('Iconik')).toMatchObject([
      {
        found: expect.stringMatching(/127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/),
        advice: expect.stringContaining('firewall'),
      },
    ]);
    expect(of('Credentials')).toMatchObject([{ found: expect.stringContaining('Not checked') }]);
    expect(of('Credentials')[0]).not.toHaveProperty('ok');
  });

  test('no network behind a proxy: says that the server does not use it', async () => {
    const up = await upstream(iconik());
    await up[Symbol.asyncDispose]();
    const env = { ...VALUES, ICONIK_BASE_URL: up.url, HTTPS_PROXY: 'http://user:hunter2@proxy.example.com:3128' };
    const { of, findings } = await examined({ env });
    expect(of('Proxy')).toMatchObject([{ ok: false, found: expect.stringContaining('HTTPS_PROXY') }]);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  test.each<[string, Script]>([
    ['a page', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')],
    ['another API', (_, response) => json(response, 404, { error: 'no such route' })],
    ['a redirect', (_, response) => response.writeHead(302, { location: 'https://login.example.com' }).end()],
  ])('wrong host: %s is not Iconik, and ICONIK_BASE_URL is named', async (_, script) => {
    await using up = await upstream(script);
    const { of, findings } = await examined({ env: { ...VALUES, ICONIK_BASE_URL: up.url } });
    expect(wrongIn(findings)).toEqual(['Iconik']);
    expect(of('Iconik')).toMatchObject([{ advice: expect.stringContaining('ICONIK_BASE_URL') }]);
  });

  test('wrong host: an address that is none, or that does not exist', async () => {
    const none = await examined({ env: { ...VALUES, ICONIK_BASE_URL: 'app.iconik.io' } });
    expect(none.of('Configuration')).toMatchObject([{ ok: false, found: expect.stringContaining('ICONIK_BASE_URL') }]);
    const nowhere = await examined({ env: { ...VALUES, ICONIK_BASE_URL: 'https://iconik.invalid' } });
    expect(nowhere.of('Iconik')).toMatchObject([{ ok: false, found: expect.stringContaining('iconik.invalid') }]);
  });

  test.each([
    ['late', 3 * 3_600_000, '3 hours behind'],
    ['early', -10 * 60_000, '10 minutes ahead'],
  ])('%s clock: says by how much', async (_, difference, words) => {
    await using up = await upstream((request, response) =>
      iconik(ALL_ROLES, { date: new Date(Date.now() + difference).toUTCString() })(request, response, 1),
    );
    const { of, findings } = await examined({ env: { ...VALUES, ICONIK_BASE_URL: up.url } });
    expect(wrongIn(findings)).toEqual(['Clock']);
    expect(of('Clock')).toMatchObject([
      { found: expect.stringContaining(words), advice: expect.stringContaining('automatic time') },
    ]);
  });

  test('used-up rate: says so', async () => {
    await using up = await upstream((_, response) =>
      json(response, 429, { errors: ['slow down'] }, { 'retry-after': '1' }),
    );
    const { of, findings } = await examined({ env: { ...VALUES, ICONIK_BASE_URL: up.url } });
    expect(wrongIn(findings)).toEqual(['Rate']);
    expect(of('Rate')).toMatchObject([{ advice: expect.stringContaining('--rate') }]);
    expect(up.seen).toHaveLength(1);
  });

  test('old Node: the launcher says which is needed, which this is, and where to get one', async () => {
    using home = newHome();
    home.write('old.cjs', "Object.defineProperty(process.versions, 'node', { value: '18.20.0' });");
    const { code, text } = await home.run(['doctor'], { node: ['-r', home.at('old.cjs')] });
    expect(code).toBe(1);
    expect(text.trim().split('\n')).toHaveLength(1);
    expect(text).toMatch(/20\.19 or newer.*18\.20\.0.*nodejs\.org.*full path/);
  });

  test('sandbox: needs no account, and all of it works', async () => {
    const { ok, of, findings } = await examined({}, ['--sandbox']);
    expect({ ok, findings }).toMatchObject({ ok: true });
    expect(of('Configuration')).toMatchObject([{ ok: true, found: expect.stringContaining('no account is needed') }]);
    expect(of('Credentials')).toMatchObject([{ ok: true }]);
  });
});

describe('the doctor looks at hosts', () => {
  test('starts what they start, with the credentials they have', async () => {
    const home = newHome();
    await using up = await upstream(iconik());
    const env = { ...VALUES, ICONIK_BASE_URL: up.url };
    await home.run(['connect', '--yes', '--host', 'claude-desktop,vscode'], { env });
    await home.run(['connect', '--yes', '--host', 'opencode', '--sandbox']);
    home.write('.gemini/settings.json', '{}');
    const { ok, of, findings } = await examined({}, [], home);
    expect({ ok, findings }).toMatchObject({ ok: true });
    for (const title of ['Claude Desktop', 'VS Code', 'opencode'])
      expect(of(title)).toMatchObject([{ ok: true, found: expect.stringMatching(/starts and lists \d\d tools/) }]);
    expect(of('Gemini CLI')).toMatchObject([{ advice: expect.stringContaining('connect --host gemini') }]);
    expect(of('Configuration')).toMatchObject([{ found: expect.stringContaining('Claude Desktop') }]);
    expect(of('Credentials')).toMatchObject([{ ok: true }]);
  });

  test('says what keeps them from starting', async () => {
    const home = newHome();
    const server = (command: string, args: readonly string[], env = {}) =>
      JSON.stringify({ mcpServers: { iconik: { command, args, env } } });
    home.write('.config/Claude/claude_desktop_config.json', server(process.execPath, ['/gone/iconik-mcp.cjs']));
    home.write('.claude.json', server('/gone/node', ['/gone/iconik-mcp.cjs']));
    home.write('.cursor/mcp.json', server('node', ['iconik-mcp.cjs'], { ICONIK_APP_ID: `\${env:ICONIK_APP_ID}` }));
    home.write('.gemini/settings.json', server('other', []));
    home.write('.copilot/mcp-config.json', '{ "mcpServers": }');
    const { of } = await examined({}, [], home);
    expect(of('Claude Desktop')).toMatchObject([
      { ok: false, advice: expect.stringContaining('connect --host claude-desktop') },
    ]);
    expect(of('Claude Code')).toMatchObject([{ ok: false, found: expect.stringContaining('ENOENT') }]);
    expect(of('Cursor')).toMatchObject([{ ok: false, found: expect.stringContaining('ICONIK_APP_ID') }]);
    expect(of('Gemini CLI')).toMatchObject([{ found: expect.stringContaining('another one: not started') }]);
    expect(of('GitHub Copilot CLI')).toMatchObject([{ ok: false, found: expect.stringContaining('line 1, column') }]);
  });

  test('takes a variable where the host would, and its default where there is one', async () => {
    const home = newHome();
    const env = {
      ICONIK_APP_ID: `\${APP}`,
      ICONIK_AUTH_TOKEN: `\${TOKEN}`,
      ICONIK_BASE_URL: `\${BASE:-http://127.0.0.1:1}`,
    };
    const iconikEntry = { type: 'local', command: process.execPath, args: [binary], env, tools: ['*'] };
    home.write('.copilot/mcp-config.json', JSON.stringify({ mcpServers: { iconik: iconikEntry } }));
    home.write('bin/iconik-mcp', '#!/bin/sh\n', 0o755);
    const { of } = await examined({ env: { APP: APP_ID, TOKEN } }, [], home);
    expect(of('GitHub Copilot CLI')).toMatchObject([{ ok: true, found: expect.stringContaining('starts') }]);
    expect(of('Iconik')).toMatchObject([{ ok: false, found: expect.stringContaining('127.0.0.1:1 ') }]);
  });

  test('says that others can read a token, and writes nothing', async () => {
    const home = newHome();
    await home.run(['connect', '--yes', '--no-check', '--host', 'claude-code'], { env: VALUES });
    const text = home.read('.claude.json');
    home.write('.claude.json', text, 0o644);
    await using up = await upstream(iconik());
    using _ = home;
    const result = await home.run(['doctor'], { env: { ...VALUES, ICONIK_BASE_URL: up.url } });
    expect(result).toMatchObject({
      code: 1,
      text: expect.stringMatching(/^not Claude Code .*others.*\n +→ .*chmod 600/m),
    });
    expect(result.text).not.toContain(TOKEN);
    expect(home.read('.claude.json')).toBe(text);
    expect(home.mode('.claude.json')).toBe(0o644);
  });
});
