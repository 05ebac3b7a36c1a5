import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HOST_NAMES } from '../../src/config/index.ts';
import { connected } from '../../src/connect/change.ts';
import { HOSTS } from '../../src/connect/hosts.ts';
import { keepingOf, launchOf } from '../../src/connect/launch.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'docs/hosts');
const { indexOf, pageOf } = await import(join(root, 'scripts/docs/page.mjs'));
const { INSPECTOR } = await import(join(root, 'scripts/docs/hosts.mjs'));
const connect = { HOSTS, keepingOf, launchOf, connected };
const SERVER = '/path/to/iconik-mcp/dist/iconik-mcp.cjs';

const pages: Readonly<Record<string, string>> = {
  ...Object.fromEntries(HOST_NAMES.map((name) => [`${name}.md`, pageOf(name, connect)])),
  'inspector.md': INSPECTOR,
  'README.md': indexOf(connect),
};

// `npm test -- -u` writes them, as it does with every snapshot.
test.each(Object.keys(pages))('docs/hosts/%s is made of what connect writes', async (file) => {
  await expect(pages[file]).toMatchFileSnapshot(join(folder, file));
});

test('there is a page for each host, and no other', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(pages).sort());
});

describe.each(HOST_NAMES)('the page of %s', (name) => {
  const page = pages[`${name}.md`] ?? '';

  test('says how to connect, where secrets are, how to check, and how to undo', () => {
    const titles = [...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual(
      expect.arrayContaining(['In one step', 'By hand', 'Where the secrets are', 'Check', 'Undo']),
    );
    for (const words of [`connect --host ${name}`, `disconnect --host ${name}`, 'doctor'])
      expect(page).toContain(`\nnode ${SERVER} ${words}\n`);
  });

  test('has configurations that start the server, as the host reads them', () => {
    const blocks = [...page.matchAll(/^```(?:json|toml)\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
    expect(blocks.length).toBeGreaterThan(0);
    for (const text of blocks) {
      const { [HOSTS[name].servers]: servers } = HOSTS[name].form.parse(text);
      expect(JSON.stringify(servers)).toContain(SERVER);
    }
  });

  // Whoever registers the name would be handed the tokens of all who copy such a line.
  test('never starts the package by its name on the registry, which is not ours yet', () => {
    const commands = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text]) => text).join();
    expect(commands).not.toMatch(/npx (-y )?iconik-mcp/);
  });
});

test('links lead somewhere', () => {
  for (const [file, text] of Object.entries(pages)) {
    for (const [, to = ''] of text.matchAll(/\]\(([^)#]+)/g))
      expect(existsSync(resolve(dirname(join(folder, file)), to)), `${file}: ${to}`).toBe(true);
  }
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('](docs/hosts/');
});
