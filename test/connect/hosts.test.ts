import { readFileSync } from 'node:fs';
import { parse as parseJson } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { HOST_NAMES } from '../../src/config/index.ts';
import { newHome } from '../support/home.ts';
import { TOKEN } from '../support/upstream.ts';
import { isToml, PUBLISHED, VALUES, valuesIn } from './published.ts';

const JSON_TEXT = (servers: string) =>
  `{\n  // mine\n  "theme": "dark", // at night\n  "${servers}": {\n    "other": { "command": "npx", "env": { "KEY": "secret-of-another" } } // keep me\n  }\n}\n`;
const TOML_TEXT =
  '# mine\nmodel = "x" # best\n\n[mcp_servers.other]\ncommand = "npx" # keep me\n[mcp_servers.other.env]\nKEY = "secret-of-another"\n';

const textFor = ({ file, place: [servers] }: { readonly file: string; readonly place: readonly string[] }): string =>
  isToml(file) ? TOML_TEXT : JSON_TEXT(servers ?? '');

describe.each(HOST_NAMES)('%s', (name) => {
  const published = PUBLISHED[name];
  const { file, place, entry } = published;

  test('gets the server in its own form, and all else stays as it was, to the byte', async () => {
    using home = newHome();
    const before = textFor(published);
    home.write(file, before);
    const { code, text } = await home.run(['connect', '--yes', '--no-check'], { env: VALUES });
    expect({ code, text }).toMatchObject({ code: 0 });
    const after = home.read(file);
    const values = valuesIn(file, after);
    expect(JSON.parse(JSON.stringify(values[place[0]].iconik))).toEqual(entry);
    for (const line of before.split('\n')) expect(after).toContain(line.replace(/ \/\/.*/, ''));
    for (const comment of before.match(/(\/\/|#).*/g) ?? []) expect(after).toContain(comment);
    expect(text).not.toContain('secret-of-another');
    expect(text).not.toContain(TOKEN);
    expect(after.includes(TOKEN)).toBe(JSON.stringify(entry).includes(TOKEN));
    if (after.includes(TOKEN)) expect(home.mode(file)).toBe(0o600);
    else expect(home.mode(file)).toBe(0o644);
    expect(home.read(`${file}.iconik-backup`)).toBe(before);

    const again = await home.run(['connect', '--yes', '--no-check'], { env: VALUES });
    expect(again).toMatchObject({ code: 0, text: expect.stringContaining('nothing to do') });
    expect(home.read(file)).toBe(after);

    expect(await home.run(['disconnect', '--yes'])).toMatchObject({ code: 0 });
    expect(home.read(file)).toBe(before);
    expect(home.has(`${file}.iconik-backup`)).toBe(false);
  });
});

test('VS Code asks for both values itself, and keeps other questions', async () => {
  using home = newHome();
  const { file } = PUBLISHED.vscode;
  const before = '{\n\t"inputs": [\n\t\t{ "id": "a", "type": "promptString" } // theirs\n\t],\n\t"servers": {}\n}\n';
  home.write(file, before);
  expect(await home.run(['connect', '--yes'])).toMatchObject({ code: 0 });
  const { inputs } = parseJson(home.read(file));
  expect(inputs).toEqual([
    { id: 'a', type: 'promptString' },
    { id: 'iconik-app-id', type: 'promptString', description: 'Iconik App ID' },
    { id: 'iconik-auth-token', type: 'promptString', description: 'Iconik token', password: true },
  ]);
  // Changed since, so that the backup says no more what it was: only what is ours goes.
  home.write(file, home.read(file).replace('theirs', 'still theirs'));
  expect(await home.run(['disconnect', '--yes'])).toMatchObject({ code: 0 });
  expect(parseJson(home.read(file))).toEqual({ inputs: [{ id: 'a', type: 'promptString' }], servers: {} });
  expect(home.read(file)).toContain('// still theirs');
});

test('the README shows the same forms', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const blocks = [...readme.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, text = '']) => JSON.parse(text));
  const envs = blocks.map(({ mcpServers, servers = mcpServers }) => servers.iconik.env);
  for (const name of ['cursor', 'gemini', 'vscode'] as const) expect(envs).toContainEqual(PUBLISHED[name].entry.env);
});
