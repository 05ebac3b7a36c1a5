import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, LOG_LEVELS, readConfig, usage } from '../../src/config.ts';
import { toolsets } from '../../src/tools/index.ts';

const path = resolve(import.meta.dirname, '../../README.md');
const BEGIN = '<!-- tools:begin -->';
const END = '<!-- tools:end -->';
const BADGE = { read: 'reads', create: 'adds', update: 'changes', delete: 'deletes, after a preview' };

/** The tool tables, from the registry. */
function tables(): string {
  return toolsets
    .map((set) => {
      const rows = Object.entries(set.tools)
        .filter(([, tool]) => tool.listed)
        .map(
          ([name, tool]) =>
            `| \`${name}\` | ${tool.title} | ${BADGE[tool.effect]} | ${tool.roles.map((role) => `\`${role}\``).join(', ')} |`,
        );
      return [
        `### ${set.name}`,
        '',
        set.description,
        '',
        '| tool | what it does | effect | roles |',
        '|---|---|---|---|',
        ...rows,
      ].join('\n');
    })
    .join('\n\n');
}

// `npm test -- -u` writes it, as it does with every snapshot.
test('the README shows the tools of the registry', async () => {
  const readme = readFileSync(path, 'utf8');
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  expect(after, 'the README has lost its markers').toBeDefined();
  await expect(`${before}${BEGIN}\n\n${tables()}\n\n${END}${after}`).toMatchFileSnapshot(path);
});

test('the README names every flag and every variable, and no other', () => {
  const readme = readFileSync(path, 'utf8');
  const known = new Set(usage.match(/--[a-z-]+|ICONIK_[A-Z_]+/g));
  for (const name of known) expect(readme).toContain(name);
  const named = new Set(readme.match(/\bICONIK_[A-Z_]+/g));
  expect([...named].filter((name) => !known.has(name))).toEqual([]);
});

test('the values that the README and the help name are taken', () => {
  for (const level of LOG_LEVELS) {
    expect(readConfig(['--sandbox', '--log-level', level], {}, [])).toMatchObject({ logLevel: level });
  }
  expect(() => readConfig(['--log-level', 'loud', '--sandbox'], {}, [])).toThrow(ConfigError);
});
