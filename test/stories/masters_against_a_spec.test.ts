import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, largeIds, story, within } from './story.ts';

useJumpingClock();

const WORDS =
  "Which masters in 'Programme masters' break our spec: ProRes 422 HQ, 1920x1080, 23.98, 24-bit 48 kHz, start 00:00:00:00? Set QC status to Failed for those.";
const SPEC = {
  codec: 'ProRes 422 HQ',
  resolution: '1920x1080',
  frame_rate: '23.98',
  audio: '24-bit 48 kHz',
  start_timecode: '00:00:00:00',
};

type Made = Awaited<ReturnType<typeof story>>;

/** The masters that differ from the specification, by the library's own tables. */
function broken({ sandbox: { store } }: Made): string[] {
  const inside = store.contents.where('collection_id', largeIds.masters).map(({ object_id }) => String(object_id));
  return inside.filter((id) => {
    const [format] = store.formats.where('asset_id', id).filter(({ name }) => name === 'ORIGINAL');
    const facts = (type: string): Answer =>
      ((format?.components ?? []) as Answer[]).find((one) => one.type === type)?.metadata ?? {};
    const [general, video, audio] = ['GENERAL', 'VIDEO', 'AUDIO'].map(facts);
    return !(
      `${video.format} ${video.format_profile}` === 'ProRes 422 HQ' &&
      video.width === '1920' &&
      video.frame_rate === '23.976' &&
      audio.bit_depth === '24' &&
      general.time_code_of_first_frame === '00:00:00:00'
    );
  });
}

test('the masters that break a specification, found against wanted', async () => {
  const made = await story(WORDS);
  const wanted = broken(made);
  expect(wanted.length).toBeGreaterThan(5);
  const answer = await made.ask('check_masters', { collection: 'Programme masters', ...SPEC });
  expect(answer).toMatchObject({ failed: wanted.length, not_known: 0 });
  for (const id of wanted) expect(answer.lines.join('\n')).toContain(id);
  expect(answer.lines.join('\n')).toMatch(/frame rate: 25\.000, wanted 23\.98/);
  expect(answer.selection).toMatch(/^sel_/);
  expect(made.changed()).toEqual({});
  within(made.spent());
});

test('a master that nobody has looked into does not pass', async () => {
  const made = await story(WORDS);
  const [id] = made.sandbox.store.contents
    .where('collection_id', largeIds.masters)
    .map(({ object_id }) => String(object_id));
  for (const row of made.sandbox.store.formats.where('asset_id', id))
    made.sandbox.store.formats.update(String(row.id), { components: [] });
  made.sandbox.settle();
  const { passed, failed, not_known, assets, lines } = await made.ask('check_masters', {
    collection: 'Programme masters',
    ...SPEC,
  });
  expect(not_known).toBe(1);
  expect(passed + failed + not_known).toBe(assets);
  expect(lines.at(-1)).toContain(`(${id}) · not known: `);
});
