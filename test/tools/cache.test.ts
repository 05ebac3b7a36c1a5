import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { type CacheKind, createCache } from '../../src/tools/cache.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('what nobody asks for again is let go once its time is over', async () => {
  let now = 1;
  const cache = createCache(() => now);
  const old: CacheKind<object> = { name: 'old', max: 1_000, ttl: 1_000 };
  const other: CacheKind<object> = { name: 'other', max: 1_000, ttl: 1_000 };
  const kept = (() => {
    const value = { large: 'x'.repeat(1_000) };
    cache.set(old, 'key', value);
    return new WeakRef(value);
  })();
  now = 100_000;
  cache.set(other, 'key', {});
  await expect
    .poll(() => {
      collectGarbage();
      return kept.deref() === undefined;
    })
    .toBe(true);
});

test('what is asked for in its time stays', () => {
  let now = 1;
  const cache = createCache(() => now);
  const kind: CacheKind<object> = { name: 'kind', max: 1_000, ttl: 200_000 };
  const value = {};
  cache.set(kind, 'key', value);
  now = 199_000;
  expect(cache.get(kind, 'key')).toBe(value);
});
