import { lstatSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { newHome } from '../support/home.ts';
import { APP_ID, json, TOKEN, upstream } from '../support/upstream.ts';
import { START, VALUES } from './published.ts';

const FILE = '.claude.json';
const CLAUDE = ['connect', '--host', 'claude-code'];
const entryIn = (text: string) => JSON.parse(text).mcpServers.iconik;
const USER = { id: 'u', first_name: 'Ines', last_name: 'Carvalho' };

describe('connect asks for credentials', () => {
  test('without showing them, tries them once with Iconik, and keeps them where only the user reads them', async () => {
    using home = newHome();
    await using up = await upstream((_, response) => json(response, 200, USER));
    home.write(FILE, '{}\n');
    const { code, text } = await home.inTerminal(
      CLAUDE,
      [
        ['App ID:', APP_ID],
        ['Token:', TOKEN],
        ['Write this?', 'y'],
      ],
      { env: { ICONIK_BASE_URL: up.url } },
    );
    expect({ code, text }).toMatchObject({ code: 0 });
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain(APP_ID);
    expect(text).toContain('0600');
    expect(up.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /API/users/v1/users/current/']);
    expect(up.seen[0]?.headers).toMatchObject({ 'app-id': APP_ID, 'auth-token': TOKEN });
    expect(entryIn(home.read(FILE))).toEqual({
      type: 'stdio',
      ...START,
      env: { ...VALUES, ICONIK_BASE_URL: up.url },
    });
    expect(home.mode(FILE)).toBe(0o600);
  });

  test('and writes nothing where Iconik refuses them', async () => {
    using home = newHome();
    await using up = await upstream((_, response) => json(response, 401, { errors: ['Invalid token'] }));
    home.write(FILE, '{}\n');
    const { code, text } = await home.run([...CLAUDE, '--yes'], { env: { ...VALUES, ICONIK_BASE_URL: up.url } });
    expect(code).toBe(1);
    expect(text).toMatch(/refuses the credentials.*Application Tokens.*Nothing was written/s);
    expect(text).not.toContain(TOKEN);
    expect(home.read(FILE)).toBe('{}\n');
    const unchecked = await home.run([...CLAUDE, '--yes', '--no-check'], {
      env: { ...VALUES, ICONIK_BASE_URL: up.url },
    });
    expect(unchecked.code).toBe(0);
    expect(up.seen).toHaveLength(1);
  });

  test('again where what was typed is no token', async () => {
    using home = newHome();
    const { code, text } = await home.inTerminal(
      [...CLAUDE, '--no-check', '--yes'],
      [
        ['App ID:', 'short'],
        ['App ID:', APP_ID],
        ['Token:', TOKEN],
      ],
    );
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('at least 8 characters') });
    expect(entryIn(home.read(FILE)).env).toEqual(VALUES);
  });

  test('and stops where the person leaves', async () => {
    using home = newHome();
    const { code, text } = await home.inTerminal([...CLAUDE], [['App ID:', '\u0003']]);
    expect({ code, text }).toMatchObject({ code: 1, text: expect.stringContaining('Stopped') });
    expect(home.has(FILE)).toBe(false);
  });

  test('in a terminal alone', async () => {
    using home = newHome();
    const { code, text } = await home.run([...CLAUDE, '--yes']);
    expect({ code, text }).toMatchObject({ code: 1, text: expect.stringMatching(/no terminal.*--sandbox/) });
    expect(home.has(FILE)).toBe(false);
  });
});

describe('connect writes', () => {
  test('after a yes', async () => {
    using home = newHome();
    const args = [...CLAUDE, '--sandbox'];
    const refused = await home.inTerminal(args, [['Write this?', 'n']]);
    expect(refused).toMatchObject({ code: 1, text: expect.stringContaining('Not written') });
    expect(home.has(FILE)).toBe(false);
    const agreed = await home.inTerminal(args, [['Write this?', 'yes']]);
    expect(agreed).toMatchObject({ code: 0, text: expect.stringContaining('+    "iconik": {') });
    expect(entryIn(home.read(FILE)).args).toEqual([...START.args, '--sandbox']);
  });

  test('nothing where nobody can say yes, and says so', async () => {
    using home = newHome();
    const { code, text } = await home.run([...CLAUDE, '--sandbox']);
    expect({ code, text }).toMatchObject({ code: 1, text: expect.stringMatching(/nothing was written.*--yes/) });
    expect(home.has(FILE)).toBe(false);
  });

  test('nothing with --print, which shows it without secrets and asks nobody', async () => {
    using home = newHome();
    const bare = await home.run([...CLAUDE, '--print']);
    expect(bare).toMatchObject({ code: 0, text: expect.stringContaining('"ICONIK_AUTH_TOKEN": "…"') });
    const full = await home.run([...CLAUDE, '--print'], { env: VALUES });
    expect(full).toMatchObject({ code: 0, text: expect.stringContaining('"ICONIK_AUTH_TOKEN": "…"') });
    expect(full.text).not.toContain(TOKEN);
    expect(home.has(FILE)).toBe(false);
  });

  test('the flags of the server, once they are known to be right', async () => {
    using home = newHome();
    const args = [...CLAUDE, '--sandbox', '--yes', '--read-only', '--toolsets', 'search,assets'];
    expect(await home.run(args)).toMatchObject({ code: 0 });
    expect(entryIn(home.read(FILE)).args).toEqual([
      ...START.args,
      ...['--sandbox', '--read-only', '--toolsets', 'search,assets'],
    ]);
    const wrong = await home.run([...CLAUDE, '--sandbox', '--yes', '--toolsets', 'serch']);
    expect(wrong).toMatchObject({ code: 1, text: expect.stringContaining('is not a toolset') });
  });
});

describe('a configuration', () => {
  test('that does not parse is left alone, with line and column, and the others are done', async () => {
    using home = newHome();
    home.write('.cursor/mcp.json', '{\n  "mcpServers": {,}\n}\n');
    home.write('.codex/config.toml', 'model = "x"\nbroken = yes\n');
    home.write('.gemini/settings.json', '{}\n');
    const { code, text } = await home.run(['connect', '--sandbox', '--yes']);
    expect(code).toBe(1);
    expect(text).toMatch(/Cursor: .*mcp\.json does not parse: line 2, column 18\. It was not changed/);
    expect(text).toMatch(/Codex: .*config\.toml does not parse: line 2, column \d+\. It was not changed/);
    expect(home.read('.cursor/mcp.json')).toBe('{\n  "mcpServers": {,}\n}\n');
    expect(home.read('.codex/config.toml')).toBe('model = "x"\nbroken = yes\n');
    expect(JSON.parse(home.read('.gemini/settings.json'))).toHaveProperty('mcpServers.iconik');
  });

  test.each([
    ['.cursor/mcp.json', '{"mcpServers": ["a list"]}\n'],
    ['.codex/config.toml', 'mcp_servers = { iconik = { command = "iconik-mcp" } }\n'],
  ])('in which there is no room in %s is left alone', async (file, before) => {
    using home = newHome();
    home.write(file, before);
    const { code, text } = await home.run(['connect', '--sandbox', '--yes']);
    expect({ code, text }).toMatchObject({ code: 1, text: expect.stringContaining('It was not changed') });
    expect(home.read(file)).toBe(before);
  });

  test('behind a symbolic link is written where it is, with its mode, and the link stays', async () => {
    using home = newHome();
    home.write('dotfiles/claude.json', '{}\n', 0o640);
    symlinkSync(home.at('dotfiles/claude.json'), home.at(FILE));
    expect(await home.run([...CLAUDE, '--sandbox', '--yes'])).toMatchObject({ code: 0 });
    expect(entryIn(home.read('dotfiles/claude.json'))).toMatchObject({ command: START.command });
    expect(lstatSync(home.at(FILE)).isSymbolicLink()).toBe(true);
    expect(home.mode('dotfiles/claude.json')).toBe(0o640);
    expect(home.read('dotfiles/claude.json.iconik-backup')).toBe('{}\n');
  });

  test('with another server under the name shows what goes, and disconnect leaves such a one alone', async () => {
    using home = newHome();
    const other =
      '{\n  "mcpServers": {\n    "iconik": { "command": "other-server", "args": ["--key", "a-secret"] }\n  }\n}\n';
    home.write(FILE, other);
    const left = await home.run(['disconnect', '--yes']);
    expect(left.text).toMatch(/another server under the name "iconik", which stays/);
    expect(home.read(FILE)).toBe(other);
    const { code, text } = await home.run([...CLAUDE, '--sandbox', '--yes']);
    expect(code).toBe(0);
    expect(text).toMatch(/^- .*"other-server"/m);
    expect(text).not.toContain('a-secret');
    expect(entryIn(home.read(FILE))).toEqual({ type: 'stdio', ...START, args: [...START.args, '--sandbox'] });
    expect(await home.run(['disconnect', '--yes'])).toMatchObject({ code: 0 });
    expect(home.read(FILE)).toBe(other);
  });

  test('keeps what the user added to the entry of this server', async () => {
    using home = newHome();
    const file = '.codex/config.toml';
    home.write(file, 'model = "x"\n');
    expect(await home.run(['connect', '--sandbox', '--yes'])).toMatchObject({ code: 0 });
    home.write(
      file,
      `${home.read(file)}startup_timeout_sec = 30\n\n[mcp_servers.iconik.tools.set_metadata]\napproval_mode = "approve"\n\n# theirs\n[profiles.a]\nmodel = "y"\n`,
    );
    expect(await home.run(['connect', '--yes', '--no-check'], { env: VALUES })).toMatchObject({ code: 0 });
    const after = home.read(file);
    expect(after).toContain('startup_timeout_sec = 30');
    expect(after).toContain('[mcp_servers.iconik.tools.set_metadata]\napproval_mode = "approve"');
    expect(after).toContain('env_vars = [ "ICONIK_APP_ID", "ICONIK_AUTH_TOKEN" ]');
    expect(after).toContain('# theirs\n[profiles.a]\nmodel = "y"\n');
    expect(after).not.toContain('--sandbox');
    expect(await home.run(['disconnect', '--yes'])).toMatchObject({ code: 0 });
    expect(home.read(file)).toContain('# theirs\n[profiles.a]\nmodel = "y"\n');
    expect(home.read(file)).not.toContain('iconik');
  });
});

describe('hosts are found', () => {
  test('by their folders and by their programs, and by nothing else', async () => {
    using home = newHome();
    const none = await home.run(['connect', '--sandbox', '--yes']);
    expect(none).toMatchObject({ code: 1, text: expect.stringContaining('No host was found') });
    home.write('bin/codex', '#!/bin/sh\n', 0o755);
    home.write('.gemini/GEMINI.md', '');
    const { text } = await home.run(['connect', '--sandbox', '--print']);
    expect([...text.matchAll(/^(\w[\w ]*): \//gm)].map(([, title]) => title)).toEqual(['Codex', 'Gemini CLI']);
    const named = await home.run(['connect', '--host', 'Cursor', '--sandbox', '--print']);
    expect(named).toMatchObject({ code: 0, text: expect.stringContaining('Cursor: /') });
  });

  test('nowhere is nothing to undo', async () => {
    using home = newHome();
    const { code, text } = await home.run(['disconnect']);
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('nothing to undo') });
  });
});

test.each([
  [['connect', '--host', 'word'], '--host: "word" is not allowed'],
  [['--sandbox', '--print'], '--print is for the commands "connect" and "disconnect"'],
  [['connect', '--json'], '--json is for the command "doctor"'],
  [['doctor', '--yes'], '--yes is for the commands "connect" and "disconnect"'],
  [
    ['connect', 'cursor'],
    'The command "connect" takes flags alone, not "cursor". For one host: connect --host cursor.',
  ],
  [['doctor', 'cursor'], 'The command "doctor" takes flags alone, not "cursor". See'],
  [['--sanbox'], "Unknown option '--sanbox'. Nearest: --sandbox. See"],
  [['connect', '--sandbox', '--prnt'], 'Nearest: --print.'],
  [['conect'], '"conect" is not a command. Nearest: connect.'],
])('%j is refused with one line', async (args, line) => {
  using home = newHome();
  const { code, text } = await home.run(args);
  expect({ code, text }).toMatchObject({ code: 1, text: expect.stringContaining(line) });
  expect(text.trim().split('\n')).toHaveLength(1);
});
