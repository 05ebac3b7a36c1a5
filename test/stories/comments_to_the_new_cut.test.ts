import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, type Story, story, within } from './story.ts';

useJumpingClock();

const asset = 'Interview Jordan Reyes, Lisbon';
const WORDS = `Carry the comments of v2 of ${asset} over to v3, the new cut, 2s later: it has a new opening. from_version v2 offset 2s`;
const args = { asset, from_version: 'v2', offset: '2s' };
const [, second, third] = ids.interviewVersions;

/** Two open comments on v2, one of them answered. */
function commented({ sandbox }: Story): void {
  const { store } = sandbox;
  const add = (row: Record<string, unknown>): string => {
    const id = store.newId();
    const common = { asset_id: ids.interview, version_id: second, segment_type: 'COMMENT', status: 'ACTIVE' };
    store.segments.insert({
      ...common,
      id,
      segment_checked: false,
      user_id: ids.me,
      date_created: store.now(),
      ...row,
    });
    return id;
  };
  const parent_id = add({ segment_text: 'Too loud', time_start_milliseconds: 4_000, time_end_milliseconds: 4_000 });
  add({ segment_text: 'Agreed', parent_id });
  sandbox.settle();
}

const carry = async (made: Story) => {
  const { confirm } = await made.ask('copy_notes', args);
  if (confirm) await made.ask('copy_notes', { ...args, confirm });
  made.sandbox.settle();
};

test('comments of the last cut are on the new one, replies below them, at their new times', async () => {
  const made = await story(WORDS);
  commented(made);
  await carry(made);
  const { store } = made.sandbox;
  const top = store.segments.list((row) => row.segment_text === 'Too loud' && row.version_id === third)[0];
  expect(top).toMatchObject({ time_start_milliseconds: 6_000, segment_checked: false });
  expect(store.segments.list((row) => row.parent_id === top?.id)).toMatchObject([{ segment_text: 'Agreed' }]);
  expect(Object.keys(made.changed())).toEqual(['segments']);
  within(made.spent());
});

test('asked for twice, nothing is there twice', async () => {
  const made = await story(WORDS);
  commented(made);
  await carry(made);
  const once = made.changed().segments;
  await carry(made);
  expect(made.changed().segments).toEqual(once);
});
