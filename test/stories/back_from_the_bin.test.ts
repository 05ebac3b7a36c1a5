import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock();

const WORDS = 'What did Rui delete in November 2026 (2026-11)? Bring it back. Then delete "Season trailer 2025".';

test('what a person deleted is found and brought back, another goes to the bin', async () => {
  const made = await story(WORDS);
  const bin = await made.ask('list_bin', { by: 'Rui', deleted: '2026-11' });
  expect(bin.total).toBe(1);
  const back = await made.ask('restore_assets', { bin: bin.bin });
  expect(back.restored).toBe(1);
  const plan = await made.ask('delete_assets', { assets: ['Season trailer 2025'] });
  expect(plan.text).toMatch(/5 versions.*comments: 4 open, 2 done/);
  expect(made.changed()).toEqual({ assets: [ids.deleted] });
  const gone = await made.ask('delete_assets', { confirm: plan.confirm });
  expect(gone.deleted).toBe(1);
  expect(Object.keys(made.changed())).toEqual(['assets']);
  expect(made.changed().assets?.sort()).toEqual([ids.deleted, ids.trailer].sort());
  within(made.spent());
});

test('the mean twin: a title that is in the bin twice is asked about; nothing comes back, nothing is purged', async () => {
  const words = 'Bring back "Spring teaser, rejected music edit", and purge the rest.';
  const made = await story(words, {
    fill: function twins(sandbox) {
      sandbox.store.assets.update(ids.deleted, { title: 'Spring teaser, rejected music edit' });
    },
  });
  const text = await made.fail('restore_assets', { assets: ['Spring teaser, rejected music edit'] });
  expect(text).toMatch(/2 assets in the bin are called.*Call again with the ids/s);
  expect(made.changed()).toEqual({});
  const { tools } = await made.host.listTools();
  expect(
    tools.filter(({ name, annotations }) => /purge/.test(name) || /purges? (all|the)/.test(String(annotations?.title))),
  ).toEqual([]);
  expect(made.requests.join()).not.toContain('purge');
});
