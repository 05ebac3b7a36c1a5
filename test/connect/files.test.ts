import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfiguration, writeConfiguration } from '../../src/connect/files.ts';
import { newHome } from '../support/home.ts';

const WRITING = { isSecret: false, backup: true };

test('a file that another program changed meanwhile is not overwritten', () => {
  using home = newHome();
  home.write('a.json', '{}');
  const read = readConfiguration(home.at('a.json'));
  home.write('a.json', '{"theirs": 1}');
  expect(() => writeConfiguration(read, '{"ours": 1}', WRITING)).toThrow('was changed by another program meanwhile');
  expect(home.read('a.json')).toBe('{"theirs": 1}');
  expect(home.has('a.json.iconik-backup')).toBe(false);
});

test('what cannot be read or written is named by its code, and nothing is left over', () => {
  using home = newHome();
  mkdirSync(home.at('folder/a.json'), { recursive: true });
  expect(() => readConfiguration(home.at('folder/a.json'))).toThrow('cannot be read (EISDIR)');
  home.write('file', '');
  expect(() => readConfiguration(home.at('file/a.json'))).toThrow('cannot be read (ENOTDIR)');
  const read = { path: home.at('file/a.json'), text: undefined, mode: 0o600 };
  expect(() => writeConfiguration(read, '{}', WRITING)).toThrow(/cannot be written \(E\w+\)/);
  expect(readdirSync(home.path).sort()).toEqual(['bin', 'file', 'folder']);
});

test('a link to a file that is not there yet is followed', () => {
  using home = newHome();
  symlinkSync('later/b.json', home.at('a.json'));
  writeConfiguration(readConfiguration(home.at('a.json')), '{}', WRITING);
  expect(home.read('later/b.json')).toBe('{}');
  expect(home.mode('later/b.json')).toBe(0o600);
  writeConfiguration(readConfiguration(home.at('a.json')), '{"x": 1}', WRITING);
  expect(readdirSync(home.at('later')).sort()).toEqual(['b.json', 'b.json.iconik-backup']);
});
