import { expect, test } from 'vitest';
import { readSheet } from '../../src/media/sheet.ts';

test('a sheet of 20,000 rows is read in a moment', () => {
  const text = `a,b,c\n${'x,"y, z",1\n'.repeat(20_000)}`;
  const begin = performance.now();
  expect(readSheet(text).rows).toHaveLength(20_000);
  expect(performance.now() - begin).toBeLessThan(3000);
});
