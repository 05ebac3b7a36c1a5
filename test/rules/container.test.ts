import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/index.ts';
import { readHttpConfig } from '../../src/http/config.ts';
import { initialized } from '../support/binary.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

/** The lists of words after `command:`, by the first of them. */
const commands = (): Map<string, string[]> =>
  new Map(
    [...read('compose.yaml').matchAll(/^ *command:\s*(\[[^\]]*\])$/gm)].map(([, list]) => {
      const words = JSON.parse((list as string).replace(/,\s*\]$/, ']')) as string[];
      return [words[0] ?? '', words];
    }),
  );

describe('the container', () => {
  test('is given only files that are there, and only the built program', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(
      ([, names]) => names?.split(' ') ?? [],
    );
    for (const name of copied) expect(existsSync(join(root, name)), name).toBe(true);
    const allowed = [...read('.dockerignore').matchAll(/^!(.*)$/gm)].map(([, name]) => name ?? '');
    for (const name of allowed) expect(existsSync(join(root, name)), name).toBe(true);
    for (const name of copied.filter((one) => one !== '.')) expect(allowed).toContain(name);
    expect(read('Dockerfile')).toContain('ENTRYPOINT ["node", "/app/dist/iconik-mcp.cjs"]');
  });

  test('serves one host over stdin and stdout with what is in it, as its first line says', async () => {
    const image = mkdtempSync(join(tmpdir(), 'image-'));
    for (const [, from = '', to = ''] of read('Dockerfile').matchAll(/^COPY --from=build \/src\/(\S+) (\S+)$/gm))
      cpSync(join(root, from), join(image, to.endsWith('/') ? join(to, from) : to), { recursive: true });
    const [, list = '[]'] = /^ENTRYPOINT (.*)$/m.exec(read('Dockerfile')) ?? [];
    const [, given = ''] = /docker run -i --rm --no-healthcheck iconik-mcp (.*)$/m.exec(read('Dockerfile')) ?? [];
    const [command = '', ...args] = JSON.parse(list) as string[];
    const host = await initialized({
      command,
      args: [...args.map((arg) => arg.replace('/app', image)), ...given.split(' ')],
      cwd: image,
      env: { NODE_ENV: 'production' },
    });
    expect((await host.request('tools/list')).result.tools).not.toEqual([]);
    host.child.stdin.end();
    expect(await host.exit).toBe(0);
  });

  test('runs without root, on a file system that it cannot write', () => {
    expect(read('Dockerfile').indexOf('\nUSER node\n')).toBeGreaterThan(0);
    expect(read('compose.yaml').match(/read_only: true/g)).toHaveLength(2);
  });

  test('is started by flags that the server takes, with everything that it asks for', () => {
    const callers = join(mkdtempSync(join(tmpdir(), 'container-')), 'callers');
    writeFileSync(callers, 'ann 0123456789abcdefghij iconik:read\n');
    const argv = commands()
      .get('serve')
      ?.map((word) => word.replace(/^\$\{SERVER_NAME:-(.*)\}$/, '$1').replace('/run/secrets/callers', callers));
    const config = readConfig(argv ?? [], { ICONIK_STATE_KEY: 'key' }, ['find']);
    if (config.mode !== 'serve') throw new Error('another command');
    expect(readHttpConfig(config)).toMatchObject({ bind: '0.0.0.0', hosts: ['localhost'], behindProxy: true });
    expect(read('Dockerfile')).toContain(`EXPOSE ${config.port}`);
    expect(read('Dockerfile')).toContain(`127.0.0.1:${config.port}/healthz`);
    expect(read('docker/Caddyfile')).toContain(`first:${config.port} second:${config.port}`);
  });
});
