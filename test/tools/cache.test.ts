import { expect, test } from 'vitest';
import { type CacheKind, createCache } from '../../src/tools/cache.ts';

const KIND: CacheKind<Promise<string>> = { name: 'words', max: 5, ttl: 60_000 };

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((...both) => {
    [resolve, reject] = both;
  });
  return { promise, resolve, reject };
}

const ended = Object.assign(new Error('The call was cancelled.'), { code: 'cancelled' });

test('two calls that ask at once share one answer', async () => {
  const cache = createCache();
  const work = deferred<string>();
  const both = [1, 2].map(() => cache.remember(KIND, 'a', () => work.promise));
  work.resolve('once');
  expect(await Promise.all(both)).toEqual(['once', 'once']);
});

test('a call that waits for the work of a cancelled one does it itself, once for all who wait', async () => {
  const cache = createCache();
  const work = deferred<string>();
  let made = 0;
  const make = async () => {
    made += 1;
    return 'mine';
  };
  const first = cache.remember(KIND, 'a', () => work.promise);
  const others = [1, 2, 3].map(() => cache.remember(KIND, 'a', make));
  work.reject(ended);
  await expect(first).rejects.toBe(ended);
  expect(await Promise.all(others)).toEqual(['mine', 'mine', 'mine']);
  expect(made).toBe(1);
});

test('any other failure is that of all who wait, and is not kept', async () => {
  const cache = createCache();
  const work = deferred<string>();
  const both = [1, 2].map(() => cache.remember(KIND, 'a', () => work.promise));
  work.reject(new Error('HTTP 403'));
  for (const one of both) await expect(one).rejects.toThrow('HTTP 403');
  expect(await cache.remember(KIND, 'a', async () => 'later')).toBe('later');
});
