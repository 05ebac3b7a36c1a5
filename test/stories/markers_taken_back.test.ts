import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, type Story, story, within } from './story.ts';

useJumpingClock();

const asset = 'Interview Jordan Reyes, Lisbon';
const WORDS = `Log in ${asset}: 0:05 Boat, 0:10 Foul, 0:20 Harbour. Wrong clip: take those markers back.`;
const items = ['0:05 Boat', '0:10 Foul', '0:20 Harbour'];

/** Logs the three; answers the handle that takes them back. */
async function logged(made: Story): Promise<string> {
  const { confirm } = await made.ask('annotate_asset', { asset, items });
  const { run } = await made.ask('annotate_asset', { asset, items, confirm });
  made.sandbox.settle();
  return run;
}

test('a run of markers on the wrong clip is taken back, and nothing else', async () => {
  const made = await story(WORDS);
  const undo = await logged(made);
  const plan = await made.ask('annotate_asset', { asset, undo });
  expect(plan.affected).toHaveLength(3);
  expect(made.changed().segments).toHaveLength(3);
  const { deleted } = await made.ask('annotate_asset', { asset, undo, confirm: plan.confirm });
  expect(deleted).toBe(3);
  made.sandbox.settle();
  expect(made.changed()).toEqual({});
  within(made.spent());
});

test('a marker that a colleague has reworded meanwhile stays, and is named', async () => {
  const made = await story(WORDS);
  const undo = await logged(made);
  const [foul] = made.sandbox.store.segments.list((row) => row.segment_text === 'Foul');
  made.sandbox.store.segments.update(String(foul?.id), {
    segment_text: 'Foul by Reyes',
    date_modified: '2099-01-01T00:00:00',
  });
  made.sandbox.settle();
  const plan = await made.ask('annotate_asset', { asset, undo });
  expect(plan.notes.join()).toMatch(/changed since: m\d+ 10:00:10:00 "Foul by Reyes" \(text\)/);
  await made.ask('annotate_asset', { asset, undo, confirm: plan.confirm });
  made.sandbox.settle();
  expect(made.changed().segments).toEqual([foul?.id]);
});

test('comments are numbered apart from markers: deleting marker m1 leaves comment 1', async () => {
  const made = await story(`Delete marker m1 of ${asset}. MARKER`);
  const { threads, items: markers } = await made.ask('read_notes', { asset, kinds: ['MARKER'] });
  const args = { asset, delete: ['m1'], threads };
  const { confirm, affected } = await made.ask('annotate_asset', args);
  expect(affected).toEqual([expect.stringContaining(String(markers[0]).split(' · ')[1] ?? '')]);
  await made.ask('annotate_asset', { ...args, confirm });
  made.sandbox.settle();
  expect(made.changed().segments).toHaveLength(1);
  expect(made.sandbox.store.segments.get(ids.comment)).toBeDefined();
});
