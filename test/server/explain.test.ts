import { expect, test } from 'vitest';
import { explain } from '../../src/server/explain.ts';
import type { Tool } from '../../src/tools/types.ts';

const tool = { effect: 'read' } as Tool;

test('a part that an update took away is no bug, and a path is not told', () => {
  const error = Object.assign(new Error('in /home/somebody'), { code: 'ERR_MODULE_NOT_FOUND' });
  const text = explain('find_operations', tool, error);
  expect(text).toContain('restart it');
  expect(text).not.toMatch(/bug|home/);
  expect(explain('find_operations', tool, new TypeError('x'))).toContain('a bug in this server');
});
