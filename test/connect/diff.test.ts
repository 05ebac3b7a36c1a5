import { expect, test } from 'vitest';
import { diffOf } from '../../src/connect/diff.ts';

const shown = (before: string, after: string) => diffOf(before, after, new Set(['visible']));

test('a diff shows names and what is visible, and no other value', () => {
  const before = '{\n  "key": "secret-1",\n  "list": ["secret-2", "visible"],\n  "last": "secret-3"\n}\n';
  const diff = shown(before, before.replace('"secret-3"', '"secret-3",\n  "new": "visible", "more": "secret-4"'));
  expect(diff).not.toContain('secret');
  expect(diff).toContain('+  "new": "visible", "more": "…"');
  expect(diff).toContain('   "list": ["…", "visible"],');
});

test.each([
  'key = "secret \\" secret" # x\n',
  "key = 'secret'\n",
  'key = ["a", "secret"]\n',
  'key = """secret\n',
  '"a.b" = "secret"\n',
  '{"a":"secret","b":{"c":"secret"}}\n',
])('no value is taken for a name: %j', (line) => {
  expect(shown('', line)).not.toContain('secret');
});
