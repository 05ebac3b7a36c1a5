import { afterEach, expect } from 'vitest';
import { takeUnexplained } from './checked.ts';

// A test fails by every answer of the sandbox that it provokes and that is not as Iconik describes it.
afterEach(() => {
  expect(takeUnexplained()).toEqual([]);
});
