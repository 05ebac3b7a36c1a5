import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Connection } from '../../src/state/connection.ts';
import { createJournal } from '../../src/state/journal.ts';
import { createSeal } from '../../src/state/seal.ts';
import { StateGone } from '../../src/state/types.ts';

type Entry = [id: Buffer, fields: [Buffer, Buffer]];

/** The stream commands of a Redis that answers a read only where `mayRead` allows it. */
function connection(mayRead: () => boolean): Connection {
  const streams = new Map<string, Entry[]>();
  const redis = {
    async xadd(key: string, ...args: readonly unknown[]) {
      const entries = streams.get(key) ?? [];
      const id = `${Date.now()}-${entries.length + 1}`;
      streams.set(key, [...entries, [Buffer.from(id), [Buffer.from('page'), args.at(-1) as Buffer]]]);
    },
    xtrim: async () => 0,
    pexpire: async () => 1,
    async xreadBuffer(...[, count, , key, last]: [string, number, string, string, string]) {
      if (!mayRead()) throw new StateGone('away');
      const entries = streams.get(key) ?? [];
      const from = entries.findIndex(([id]) => id.toString() === last) + 1;
      return [[key, entries.slice(from, from + count)]];
    },
  };
  return {
    ask: (command) => command(redis as unknown as Parameters<typeof command>[0]),
    ready: () => true,
    close: () => undefined,
  };
}

test('news that were read before Redis went away in the middle come with the next read, each once', async () => {
  let reads = 0;
  // The first stream answers, the second does not.
  const shared = connection(() => {
    reads += 1;
    return reads !== 2;
  });
  const seal = createSeal(randomBytes(32), 'tenant');
  const [a, b] = [createJournal(shared, seal), createJournal(shared, seal)];
  const all = Array.from({ length: 700 }, (_, n) => n);
  for (const value of all) await a.publish([{ value, lifetime: 60_000 }]);
  const [first, second] = await Promise.allSettled([b.news(), b.news()]);
  expect(first).toMatchObject({ status: 'rejected', reason: { name: 'StateGone' } });
  expect(second.status === 'fulfilled' && second.value.map(({ value }) => value)).toEqual(all);
  expect(await b.news()).toEqual([]);
});
