import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const { notesOf, problemsOf, registryName } = await import(join(root, 'scripts/release/check.mjs'));
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** A package that can be released as v1.2.0. */
const ready = {
  ...own,
  version: '1.2.0',
  mcpName: 'io.github.acme/iconik-mcp',
  homepage: 'https://github.com/acme/iconik-mcp#readme',
  repository: { type: 'git', url: 'git+https://github.com/acme/iconik-mcp.git' },
  bugs: { url: 'https://github.com/acme/iconik-mcp/issues' },
};
const changelog =
  '# Changelog\n\n## [Unreleased]\n\n- later\n\n## [1.2.0] - 2027-01-31\n\n### Added\n\n- this\n\n## [1.1.0]\n\n- that\n';

test('a release with tag, date, addresses and name in step has no problem', () => {
  expect(problemsOf({ own: ready, changelog, tag: 'v1.2.0' })).toEqual([]);
  expect(notesOf(changelog, '1.2.0')).toBe('### Added\n\n- this');
});

test.each([
  ['another tag', { own: ready, changelog, tag: 'v1.3.0' }, /^The tag is v1\.3\.0/],
  ['a version without a date', { own: { ...ready, version: '1.1.0' }, changelog, tag: 'v1.1.0' }, /CHANGELOG\.md/],
  [
    'a name of others in the registry',
    { own: { ...ready, mcpName: own.mcpName }, changelog, tag: 'v1.2.0' },
    /mcpName/,
  ],
  ['an address that is a placeholder', { own: { ...ready, bugs: own.bugs }, changelog, tag: 'v1.2.0' }, /placeholder/],
  ['a private package', { own: { ...ready, private: true }, changelog, tag: 'v1.2.0' }, /private/],
])('%s is a problem', (_, release, sentence) => {
  expect(problemsOf(release)).toEqual([expect.stringMatching(sentence)]);
});

test('mcpName in package.json belongs to the address of the repository', () => {
  expect(own.mcpName).toBe(registryName(own));
});
