import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/index.ts';
import { CATALOGUE, ConfigError, HOST_NAMES, LOG_LEVELS, PROGRAMS, readConfig, usage } from '../../src/config/index.ts';
import { HOSTS } from '../../src/connect/hosts.ts';
import type { Place } from '../../src/connect/place.ts';
import { toolsets } from '../../src/tools/index.ts';
import type { Tool, Toolset } from '../../src/tools/types.ts';
import { clientRow } from '../catalogue/old_client.ts';
import { PYTHON_CLIENT } from '../contract/python_client.ts';
import { filled } from '../support/markers.ts';

const root = resolve(import.meta.dirname, '../..');
const path = join(root, 'README.md');
const json = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));
const BADGE = { read: 'reads', create: 'adds', update: 'changes', delete: 'deletes, after a preview' };

/** The tables of tools, from the registry. */
function toolTables(): string {
  return toolsets
    .filter(({ tools }) => Object.values(tools).some(({ listed }) => listed))
    .map(({ name, description, tools, groups = {} }) => {
      const tables = Object.entries(groups).map(([group, names]) => `#### ${group}\n\n${toolTable(tools, names)}`);
      return [`### ${name}`, description, ...(tables.length > 0 ? tables : [toolTable(tools)])].join('\n\n');
    })
    .join('\n\n');
}

function toolTable(tools: Toolset['tools'], names: readonly string[] = Object.keys(tools)): string {
  const rows = names.flatMap((name) => {
    const { listed, title, effect, roles } = tools[name] as Tool;
    if (!listed) return [];
    const needed = roles.map((role) => `\`${role}\``).join(', ');
    return [`| \`${name}\`${listed === 'chosen' ? ' \\*' : ''} | ${title} | ${BADGE[effect]} | ${needed} |`];
  });
  return ['| tool | what it does | effect | roles |', '|---|---|---|---|', ...rows].join('\n');
}

/** The table of bundled packages, from package.json and what is installed. */
function bundledTable(): string {
  const { bundled, devDependencies } = json('package.json');
  const rows = bundled.map((name: string) => {
    const { license } = json(`node_modules/${name}/package.json`);
    return `| [\`${name}\`](https://www.npmjs.com/package/${name}) | ${devDependencies[name]} | ${license} |`;
  });
  return ['| package | version | licence |', '|---|---|---|', ...rows].join('\n');
}

/** The hosts that `connect` knows: their files on all systems, and where they keep credentials. */
function hostTable(): string {
  const cell = (texts: readonly string[]): string => [...new Set(texts)].map((text) => `\`${text}\``).join(', ');
  const placeOn = (platform: NodeJS.Platform): Place => ({
    platform,
    home: '~',
    env: platform === 'win32' ? { APPDATA: '%APPDATA%' } : {},
    exists: () => false,
  });
  const rows = HOST_NAMES.map((name) => {
    const host = HOSTS[name];
    const files = (['darwin', 'win32', 'linux'] as const).map((platform) => host.file(placeOn(platform)));
    const refers = host.reference || host.forwards;
    const kept = host.inputs ? 'asks for them, encrypted' : refers ? 'environment, or its file' : 'its file';
    return `| \`${name}\` | ${host.title} | ${cell(files)} | ${kept} |`;
  });
  return [
    '| `--host` | host | configuration on macOS, Windows, Linux | credentials |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** What does the work of each method of the old Python client. */
async function clientTable(): Promise<string> {
  const catalogue = await loadCatalogue();
  return ['| method | tool |', '|---|---|', ...PYTHON_CLIENT.map((one) => clientRow(catalogue, one))].join('\n');
}

// `npm test -- -u` writes it, as it does with every snapshot.
test('the README shows the tools of the registry, what is bundled, and what does the work of the old client', async () => {
  const readme = readFileSync(path, 'utf8');
  const tables = { tools: toolTables(), bundled: bundledTable(), client: await clientTable(), hosts: hostTable() };
  const written = Object.entries(tables).reduce((text, [name, table]) => filled(text, name, table), readme);
  await expect(written).toMatchFileSnapshot(path);
});

test('the README names every flag and every variable, and no other', () => {
  const readme = readFileSync(path, 'utf8');
  const known = new Set(usage.match(/--[a-z-]+|ICONIK_[A-Z_]+/g));
  expect([...known].filter((name) => !readme.includes(name))).toEqual([]);
  const named = new Set(readme.match(/\bICONIK_[A-Z_]+/g));
  expect([...named].filter((name) => !known.has(name))).toEqual([]);
});

test('the values that the README and the help name are taken', () => {
  for (const level of LOG_LEVELS) {
    expect(readConfig(['--sandbox', '--log-level', level], {}, [])).toMatchObject({ logLevel: level });
  }
  for (const catalogue of CATALOGUE)
    expect(readConfig(['--sandbox', '--catalogue', catalogue], {}, [])).toMatchObject({ catalogue });
  for (const programs of PROGRAMS)
    expect(readConfig(['--sandbox', '--programs', programs], {}, [])).toMatchObject({ programs });
  for (const flag of ['--catalogue', '--programs'])
    expect(() => readConfig([flag, 'some', '--sandbox'], {}, [])).toThrow(ConfigError);
  expect(() => readConfig(['--log-level', 'loud', '--sandbox'], {}, [])).toThrow(ConfigError);
});

test('the README and CONTRIBUTING name the scripts of package.json, and no other', () => {
  const scripts = Object.keys(json('package.json').scripts).filter((name) => name !== 'prepare');
  const commands = (name: string) => [
    ...readFileSync(join(root, name), 'utf8').matchAll(/npm (?:run )?((?<=run )[\w:-]+|test)/g),
  ];
  const named = ['README.md', 'CONTRIBUTING.md'].flatMap((name) => commands(name).map(([, script]) => script));
  expect([...new Set(named)].sort()).toEqual(scripts.sort());
});

describe('what people copy from the README', () => {
  const readme = readFileSync(path, 'utf8');
  const blocks = [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text = '']) => ({
    language,
    text,
  }));
  const textOf = (wanted: string) => blocks.filter(({ language }) => language === wanted).map(({ text }) => text);

  test('starts the server as mcp.json does, in every host', () => {
    const { command, args } = json('mcp.json').mcpServers.iconik;
    const configurations = textOf('json').map((text) => JSON.parse(text));
    expect(configurations.length).toBeGreaterThan(3);
    for (const { mcpServers, servers = mcpServers } of configurations) {
      expect(servers.iconik).toMatchObject({ command, args });
    }
    expect(textOf('toml').join()).toContain(`command = "${command}"\nargs = ${JSON.stringify(args)}`);
    const added = textOf('sh').filter((text) => text.includes(' mcp add '));
    expect(added.length).toBeGreaterThan(2);
    for (const line of added) expect(line.trim()).toMatch(new RegExp(` ${command} ${args[0]}$`));
  });

  // Whoever registers the name would be handed the tokens of all who copy such a line.
  test('never starts the package by its name on the registry, which is not ours yet', () => {
    const copied = blocks.map(({ text }) => text).join();
    expect(copied).not.toMatch(/\biconik-mcp(@[\w.]+)?["'\s]/);
    expect(JSON.stringify(json('mcp.json'))).not.toContain('"iconik-mcp"');
  });

  test('names the version and the address of package.json', () => {
    const { name, version, repository } = json('package.json');
    const copied = textOf('sh').join();
    expect(new Set(copied.match(/[\w.-]+\.tgz/g))).toEqual(new Set([`${name}-${version}.tgz`]));
    expect(new Set(readme.match(/[\w.-]+\.mcpb/g))).toEqual(new Set([`${name}-${version}.mcpb`]));
    expect(copied.match(/git\+\S+(?=#)/g)).toEqual([repository.url]);
  });
});

test('what CONTRIBUTING names is there', () => {
  const guide = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const paths = [...guide.matchAll(/`((?:src|test|scripts|\.ci)\/[\w./-]*)`/g)].map(([, name = '']) => name);
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const code = sources.map((name) => readFileSync(join(root, 'src', name), 'utf8')).join();
  const names = [...guide.matchAll(/`([a-z]+[A-Z]\w*)/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(3);
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code) && !(name in json('package.json')))).toEqual(
    [],
  );
});
