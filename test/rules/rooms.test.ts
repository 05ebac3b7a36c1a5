import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');

/** What each room may import: packages, and rooms of ours. `types:` means `import type` only. */
const rooms: Record<string, readonly string[]> = {
  'config.ts': ['zod', 'node:util', 'client/defaults.ts'],
  client: [
    'client',
    'ky',
    'node:dns',
    'node:http',
    'node:https',
    'node:net',
    'node:stream',
    'node:timers/promises',
    'node:zlib',
  ],
  media: ['media', 'csv-parse/sync', 'image-dimensions'],
  text: ['text', 'fastest-levenshtein'],
  tools: ['tools', 'media', 'text', 'zod', 'types:client', 'lru-cache', 'node:crypto', 'node:timers/promises'],
  server: [
    'server',
    'tools',
    'media',
    'text',
    'zod',
    'types:client',
    'config.ts',
    'client/errors.ts',
    'client/route.ts',
    'node:crypto',
    'node:events',
    'node:stream',
    'lru-cache',
  ],
  'server/mcp.ts': ['server', 'tools', 'text', 'types:client', '@modelcontextprotocol/sdk'],
  sandbox: ['sandbox', 'node:'],
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)).split(sep).join('/'));

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  const found = text.matchAll(/(?:^|\n)\s*(import|export)\s+(type\s)?([^'"`;]*?)from\s+'([^']+)'|import\('([^']+)'\)/g);
  return [...found].map(([, , type, names, from, dynamic]) => {
    const specifier = (from ?? dynamic) as string;
    const target = specifier.startsWith('.')
      ? relative(src, resolve(src, dirname(file), specifier))
          .split(sep)
          .join('/')
      : specifier;
    const inline =
      names
        ?.match(/^\{([^}]*)\}\s*$/)?.[1]
        ?.split(',')
        .map((name) => name.trim())
        .filter(Boolean) ?? [];
    return {
      file,
      target,
      typeOnly: Boolean(type) || (inline.length > 0 && inline.every((name) => name.startsWith('type '))),
    };
  });
}

function rulesFor(file: string): readonly string[] | undefined {
  return rooms[file] ?? rooms[file.split('/')[0] as string];
}

function allows(rule: string, { target, typeOnly }: Import): boolean {
  if (rule.startsWith('types:')) return typeOnly && inside(target, rule.slice('types:'.length));
  return rule.endsWith(':') ? target.startsWith(rule) : inside(target, rule);
}

const inside = (target: string, room: string): boolean => target === room || target.startsWith(`${room}/`);

describe('the rooms', () => {
  test.each(files.filter((file) => file !== 'main.ts'))('%s imports only what its room may', (file) => {
    const rules = rulesFor(file);
    expect(rules, `${file} stands in no room`).toBeDefined();
    const strangers = importsOf(file).filter((one) => !rules?.some((rule) => allows(rule, one)));
    expect(strangers.map(({ target, typeOnly }) => (typeOnly ? `type ${target}` : target))).toEqual([]);
  });

  test('the environment and argv are read in main.ts, and nowhere else', () => {
    const readers = files.filter((file) => /process\.(env|argv)/.test(readFileSync(join(src, file), 'utf8')));
    expect(readers).toEqual(['main.ts']);
  });

  test('the sandbox is loaded only when asked for', () => {
    const loaders = files
      .filter((file) => !file.startsWith('sandbox/'))
      .flatMap(importsOf)
      .filter(({ target }) => inside(target, 'sandbox'));
    expect(loaders.map(({ file }) => file).every((file) => file === 'main.ts')).toBe(true);
    expect(readFileSync(join(src, 'main.ts'), 'utf8')).not.toMatch(/^import .*sandbox/m);
  });

  test('no file is longer than 250 lines', () => {
    const long = files.filter((file) => readFileSync(join(src, file), 'utf8').split('\n').length > 251);
    expect(long).toEqual([]);
  });

  test('paths are made by the route expander alone', () => {
    const builders = files
      .filter((file) => !file.startsWith('sandbox/') && file !== 'client/route.ts')
      .filter((file) => /['"`]\/?API\/|\/v1\/[^'"`]*\$\{/.test(readFileSync(join(src, file), 'utf8')));
    expect(builders).toEqual([]);
  });
});
