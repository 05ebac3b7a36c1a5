import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filled } from '../support/markers.ts';

const root = resolve(import.meta.dirname, '../..');
const src = join(root, 'src');

interface Room {
  /** A file, a folder with all below it, or (`tools/*`) the files of a folder alone. */
  readonly path: string;
  readonly holds: string;
  /** Rooms and packages; `types:` means `import type` only. */
  readonly mayImport: readonly string[];
}

const TOOLS = ['tools/*', 'text', 'zod'];

/** A file belongs to the first room whose path it has. */
const rooms: readonly Room[] = [
  {
    path: 'main.ts',
    holds: 'the start: arguments → configuration → client → server → stdin and stdout',
    mayImport: [
      ...['config', 'client', 'server', 'http', 'tools', 'sandbox', 'connect', 'doctor'],
      ...['node:fs', 'node:os', 'node:v8'],
    ],
  },
  {
    path: 'config',
    holds: 'flags and environment variables, and nobody else reads them',
    mayImport: ['config', 'client/defaults.ts', 'text', 'zod', 'node:util'],
  },
  {
    path: 'http',
    holds: 'Streamable HTTP for a team: who calls, with whose Iconik rights, and what is kept for each',
    mayImport: [
      ...[
        'http',
        'config',
        'server',
        'state',
        'catalogue',
        'tools/errors.ts',
        'types:client',
        'client/limiter.ts',
        'jose',
        'lru-cache',
        'zod',
      ],
      ...['node:async_hooks', 'node:child_process', 'node:crypto', 'node:fs', 'node:http', 'node:https', 'node:net'],
      ...['node:timers/promises', 'node:tls'],
    ],
  },
  {
    path: 'connect',
    holds: 'the configurations of hosts: which there are, and this server put into them and taken out again',
    mayImport: [
      ...['connect', 'config', 'diff', 'jsonc-parser', 'smol-toml'],
      ...['node:fs', 'node:path', 'node:readline', 'node:stream', 'node:util'],
    ],
  },
  {
    path: 'doctor',
    holds: 'what has to work for a server, one check a line, with what to do where it does not',
    mayImport: ['doctor', 'connect', 'config', 'client', 'server', 'types:tools', 'node:child_process'],
  },
  {
    path: 'client',
    holds: 'HTTP to Iconik: credentials, routes, limits, retries, deadlines, signed storage URLs',
    mayImport: [
      ...['client', 'ky', 'node:dns', 'node:http', 'node:https', 'node:net', 'node:stream'],
      ...['node:timers/promises', 'node:zlib'],
    ],
  },
  {
    path: 'text',
    holds: 'what is done to any text: cleaning, weighing in tokens, comparing, shortening',
    mayImport: ['text', 'fastest-levenshtein'],
  },
  {
    path: 'media',
    holds: 'what people of this trade know: timecode, dates, transcripts, marker files, tables, pictures',
    mayImport: ['media', 'csv-parse/sync', 'image-dimensions', 'jpeg-js', 'sax'],
  },
  {
    path: 'programs',
    holds:
      'a small program of a model, run in an interpreter in a thread of its own, with nothing but what it is given',
    mayImport: [
      ...['programs', 'node:fs', 'node:worker_threads'],
      ...['quickjs-emscripten-core', '@jitl/quickjs-wasmfile-release-sync'],
    ],
  },
  {
    path: 'catalogue',
    holds: "Iconik's whole API as data: every operation, what it takes and what it does",
    mayImport: ['catalogue', 'text', 'node:fs'],
  },
  {
    path: 'tools/index.ts',
    holds: 'the registry of all tools',
    mayImport: ['tools/*', 'tools/operations', 'tools/tasks', 'tools/catalogue', 'tools/pages'],
  },
  {
    path: 'tools/*',
    holds: 'what a tool is: types, literals, shared arguments, handles, cache, errors',
    mayImport: [...TOOLS, 'types:client', 'lru-cache', 'node:crypto'],
  },
  {
    path: 'tools/operations',
    holds: "Iconik's operations: one file a toolset, one literal an operation",
    mayImport: [...TOOLS, 'tools/operations', 'tools/run', 'types:client'],
  },
  {
    path: 'tools/run',
    holds: 'many things at once: concurrency, pages, partial answers',
    mayImport: ['tools/*', 'tools/run'],
  },
  {
    path: 'tools/library',
    holds: 'words → things: assets, collections, people, versions, selections, files, metadata, segments',
    mayImport: [...TOOLS, 'tools/library', 'tools/operations', 'tools/run', 'media', 'node:timers/promises'],
  },
  {
    path: 'tools/tasks',
    holds: 'what a person asks for in one sentence: one file a task, or a folder where it has parts',
    mayImport: [
      ...[...TOOLS, 'tools/tasks', 'tools/library', 'tools/operations', 'tools/run', 'media'],
      'node:timers/promises',
    ],
  },
  {
    path: 'tools/pages',
    holds: 'what pages call for themselves: tools that no model sees',
    mayImport: [...TOOLS, 'tools/pages', 'tools/library', 'tools/operations', 'tools/run', 'media'],
  },
  {
    path: 'tools/catalogue',
    holds: "any operation of Iconik's, found, described and called; programs that read",
    mayImport: [
      ...[...TOOLS, 'tools/catalogue', 'tools/tasks', 'tools/library', 'tools/operations', 'tools/run', 'media'],
      ...['catalogue', 'programs', 'client/route.ts', 'types:client', 'node:crypto'],
    ],
  },
  {
    path: 'server/protocol/modern.ts',
    holds: 'the MCP protocol from its revision 2026-07-28 on, loaded when a host speaks it',
    mayImport: ['server', '@modelcontextprotocol/server'],
  },
  {
    path: 'server/protocol',
    holds: 'the MCP protocol; it alone imports the SDKs',
    mayImport: ['server', 'tools/*', 'text', 'types:client', '@modelcontextprotocol/sdk'],
  },
  {
    path: 'server',
    holds: 'a call: arguments → plan → run → projection → budget → answer',
    mayImport: [
      ...['server', 'tools', 'media', 'text', 'config', 'client/errors.ts', 'client/route.ts', 'types:client'],
      'state/types.ts',
      ...['zod', 'lru-cache', 'node:crypto', 'node:events', 'node:fs/promises', 'node:stream', 'node:timers/promises'],
    ],
  },
  {
    path: 'state',
    holds: 'what several servers share on Redis: handles, confirm tokens, recent writes, turns and claims',
    mayImport: [
      'state',
      'ioredis',
      'lru-cache',
      'node:crypto',
      'node:timers/promises',
      'node:util',
      'node:v8',
      'node:zlib',
    ],
  },
  {
    path: 'apps',
    holds:
      'pages that hosts with MCP Apps show beside an answer: they run in a browser, and the build makes one HTML of each',
    mayImport: ['apps', 'media', 'types:tools/page_data.ts'],
  },
  {
    path: 'sandbox',
    holds: 'a small, believable Iconik behind a `fetch` function and on a port',
    mayImport: ['sandbox', 'node:'],
  },
];

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)).split(sep).join('/'));

const textOf = (file: string): string => readFileSync(join(src, file), 'utf8');

function importsOf(file: string): Import[] {
  const found = textOf(file).matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s)?([^'"`;]*?)from\s+'([^']+)'|import\('([^']+)'\)/g,
  );
  return [...found].map(([, , type, names, from, dynamic]) => {
    const specifier = (from ?? dynamic) as string;
    const inline = names?.match(/^\{([^}]*)\}\s*$/)?.[1]?.split(',') ?? [];
    const words = inline.map((name) => name.trim()).filter(Boolean);
    return {
      file,
      target: specifier.startsWith('.')
        ? relative(src, resolve(src, dirname(file), specifier))
            .split(sep)
            .join('/')
        : specifier,
      typeOnly: Boolean(type) || (words.length > 0 && words.every((name) => name.startsWith('type '))),
    };
  });
}

const imports: ReadonlyMap<string, readonly Import[]> = new Map(files.map((file) => [file, importsOf(file)]));

function inside(target: string, room: string): boolean {
  if (room.endsWith('/*')) return dirname(target) === room.slice(0, -2);
  return room.endsWith(':') ? target.startsWith(room) : target === room || target.startsWith(`${room}/`);
}

const roomOf = (file: string): Room | undefined => rooms.find(({ path }) => inside(file, path));

function allows(rule: string, { target, typeOnly }: Import): boolean {
  return rule.startsWith('types:') ? typeOnly && inside(target, rule.slice('types:'.length)) : inside(target, rule);
}

/** The name of the task that a file is a part of. */
const taskOf = (file: string): string | undefined => /^tools\/tasks\/(\w+)/.exec(file)?.[1];

describe('the rooms', () => {
  test.each(files)('%s imports only what its room may', (file) => {
    const room = roomOf(file);
    expect(room, `${file} is in no room`).toBeDefined();
    const strangers = (imports.get(file) ?? []).filter((one) => !room?.mayImport.some((rule) => allows(rule, one)));
    expect(strangers.map(({ target, typeOnly }) => (typeOnly ? `type ${target}` : target))).toEqual([]);
  });

  test('no task imports another task', () => {
    const strangers = [...imports.values()].flat().filter(({ file, target }) => {
      const [own, other] = [taskOf(file), taskOf(target)];
      return own !== undefined && own !== 'index' && other !== undefined && other !== own;
    });
    expect(strangers.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('what one task alone uses is in the folder of that task', () => {
    const usersOf = (file: string) =>
      files.filter((other) => imports.get(other)?.some(({ target }) => target === file));
    const shared = files.filter((file) => file.startsWith('tools/library/') || file.startsWith('tools/run/'));
    /** Tasks that reach a shared file, by way of other shared files too; other users count by their path. */
    const reach = (file: string, seen = new Set<string>()): string[] =>
      usersOf(file).flatMap((user) => {
        if (seen.has(user)) return [];
        seen.add(user);
        return shared.includes(user) ? reach(user, seen) : [taskOf(user) ?? user];
      });
    const lonely = shared.map((file) => [file, [...new Set(reach(file))]] as const);
    expect(lonely.filter(([, users]) => users.length < 2)).toEqual([]);
  });

  test('imports run in no circle, types included', () => {
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (done.has(file) || path.includes(file)) return;
      for (const { target } of imports.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  // `npx vitest run test/rules/rooms.test.ts -u` writes it.
  test('CONTRIBUTING shows them', async () => {
    const path = join(root, 'CONTRIBUTING.md');
    const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
    const rows = rooms.map(({ path: room, holds, mayImport }) => {
      const ours = mayImport.filter((name) => inside(name.replace(/^types:/, ''), 'tools/*') || isOurs(name));
      const packages = mayImport.filter((name) => !ours.includes(name) && !name.startsWith('node:'));
      const types = ours.filter((name) => name.startsWith('types:')).map((name) => name.slice('types:'.length));
      const values = ours.filter((name) => !name.startsWith('types:') && name !== room);
      const cells = [code(values), types.length > 0 && `types of ${code(types)}`, code(packages)].filter(Boolean);
      return `| \`${room}\` | ${holds} | ${cells.join('; ')} |`;
    });
    const table = ['| room in `src` | what it holds | may import |', '|---|---|---|', ...rows].join('\n');
    await expect(filled(readFileSync(path, 'utf8'), 'rooms', table)).toMatchFileSnapshot(path);
  });
});

const isOurs = (name: string): boolean => {
  const path = name.replace(/^types:/, '').replace(/\/\*$/, '');
  return files.some((file) => inside(file, path));
};

describe('the source', () => {
  test('has no file of more than 250 lines', () => {
    expect(files.filter((file) => textOf(file).split('\n').length > 251)).toEqual([]);
  });

  test('has at most 16 files in a folder of tools; operations and tasks, one a subject, are apart', () => {
    const counts = new Map<string, number>();
    for (const folder of files.map(dirname)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
    const own = [...counts].filter(([folder]) => /^tools/.test(folder) && !/(operations|tasks)$/.test(folder));
    expect(own.filter(([, count]) => count > 16)).toEqual([]);
  });

  test('reads the environment and argv in main.ts, and nowhere else', () => {
    expect(files.filter((file) => /process\.(env|argv)/.test(textOf(file)))).toEqual(['main.ts']);
  });

  test('loads the sandbox only when it is asked for', () => {
    const loaders = [...imports.values()].flat().filter((one) => !inside(one.file, 'sandbox'));
    const own = loaders.filter(({ target }) => inside(target, 'sandbox'));
    expect([...new Set(own.map(({ file }) => file))]).toEqual(['main.ts']);
    expect(textOf('main.ts')).not.toMatch(/^import .*sandbox/m);
  });

  test('makes paths with the route expander alone', () => {
    const builders = files
      .filter((file) => !file.startsWith('sandbox/') && file !== 'client/route.ts')
      .filter((file) => /['"`]\/?API\/|\/v1\/[^'"`]*\$\{/.test(textOf(file)));
    expect(builders).toEqual([]);
  });
});
