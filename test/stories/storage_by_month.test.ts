import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { story, within } from './story.ts';

useJumpingClock();

const WORDS =
  'Storage use per storage for the last 3 months, and the 10 biggest collections, as a comma separated sheet, too.';

test('storage by month, and the biggest collections', async () => {
  const made = await story(WORDS);
  const { storages, collections, total, content } = await made.ask('report_storage', {
    months: 3,
    collections: 10,
    delimiter: 'comma',
  });
  const names = made.sandbox.store.storages.list().map(({ name }) => String(name));
  const told = storages.join('\n');
  for (const name of ['Harbour originals', 'Lisbon SAN', 'Deep archive']) {
    expect(names).toContain(name);
    expect(told).toContain(name);
  }
  expect(total).toMatch(/TB/);
  expect(collections).toHaveLength(10);
  expect(content.some(({ type }: { readonly type: string }) => type === 'resource')).toBe(true);
  expect(made.changed()).toEqual({});
  within(made.spent());
});

test('where the person may not see statistics, that is said and nothing is made up', async () => {
  const made = await story(WORDS);
  made.sandbox.deny('can_read_stats');
  const { text, storages, total } = await made.ask('report_storage', { months: 3, collections: 10 });
  expect(storages).toBeUndefined();
  expect(total).toBeUndefined();
  expect(text).toMatch(/can_read_stats/);
});
