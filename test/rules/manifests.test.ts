import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { initialized } from '../support/binary.ts';
import { APP_ID, TOKEN } from '../support/upstream.ts';

const root = resolve(import.meta.dirname, '../..');
const elsewhere = mkdtempSync(join(tmpdir(), 'manifests-'));
const json = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));
const own = json('package.json');

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'scripts/manifests.mjs'), elsewhere]);
});
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

// `npm test -- -u` writes them, as it does with every snapshot.
test.each(['server.json', '.claude-plugin/plugin.json', 'gemini-extension.json'])(
  '%s is what scripts/manifests.mjs writes',
  async (name) => {
    await expect(readFileSync(join(elsewhere, name), 'utf8')).toMatchFileSnapshot(join(root, name));
  },
);

const version = z
  .string()
  .max(255)
  .regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
const transport = z.strictObject({ type: z.literal('stdio') });
const variable = z.strictObject({
  name: z.string(),
  description: z.string(),
  format: z.enum(['string', 'number', 'boolean', 'filepath']),
  isRequired: z.boolean(),
  isSecret: z.boolean(),
  default: z.string().optional(),
});

/** The rules of the MCP registry for what we use of its schema of 2025-12-11. */
const registryEntry = z.strictObject({
  $schema: z.literal('https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'),
  name: z
    .string()
    .min(3)
    .max(200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  version,
  websiteUrl: z.url(),
  repository: z.strictObject({ url: z.url(), source: z.string() }),
  packages: z.tuple([
    z.strictObject({
      registryType: z.literal('npm'),
      identifier: z.string(),
      version,
      runtimeHint: z.literal('npx'),
      transport,
      environmentVariables: z.array(variable),
    }),
    z.strictObject({
      registryType: z.literal('mcpb'),
      identifier: z.url().regex(/mcp/),
      fileSha256: z.string().regex(/^[a-f0-9]{64}$/),
      transport,
    }),
  ]),
});

describe('server.json', () => {
  const entry = registryEntry.parse(json('server.json'));

  test('has the version and the names of package.json', () => {
    const [npm, bundle] = entry.packages;
    expect(entry).toMatchObject({ name: own.mcpName, version: own.version });
    expect(npm).toMatchObject({ identifier: own.name, version: own.version });
    expect(bundle.identifier).toMatch(new RegExp(`/v${own.version}/${own.name}-${own.version}\\.mcpb$`));
  });

  test('asks for what the server needs, the credentials as secrets', () => {
    const { env } = json('mcp.json').mcpServers.iconik;
    const asked = entry.packages[0].environmentVariables;
    expect(asked.map(({ name }) => name)).toEqual(Object.keys(env));
    expect(asked.filter(({ isSecret }) => isSecret).map(({ name }) => name)).toEqual([
      'ICONIK_APP_ID',
      'ICONIK_AUTH_TOKEN',
    ]);
  });
});

test.each([
  ['.claude-plugin/plugin.json', 'CLAUDE_PLUGIN_ROOT'],
  ['gemini-extension.json', 'extensionPath'],
])('%s starts the server from a clone that is built', async (name, folder) => {
  const { command, args, env } = json(name).mcpServers.iconik;
  const filled = Object.keys(env).map((key) => [key, key === 'ICONIK_APP_ID' ? APP_ID : TOKEN]);
  const host = await initialized({
    command,
    args: args.map((arg: string) => arg.replace(`\${${folder}}`, root)),
    env: { ...Object.fromEntries(filled), ICONIK_BASE_URL: '' },
  });
  expect(host.hello.result.serverInfo.version).toBe(own.version);
  host.child.stdin.end();
  expect(await host.exit).toBe(0);
});
