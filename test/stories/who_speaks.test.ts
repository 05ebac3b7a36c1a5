import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock();

const ADDRESS = `https://app.iconik.io/asset/${ids.interview}`;
const WORDS = `In the English transcript of ${ADDRESS}, Speaker 1 is Lena Vogt and Speaker 2 is Jordan Reyes. Name them.`;
const ARGS = {
  asset: ADDRESS,
  language: 'English',
  names: { 'Speaker 1': 'Lena Vogt', 'Speaker 2': 'Jordan Reyes' },
};

async function unnamed(words: string) {
  const made = await story(words, {
    fill: function withoutNames({ store }) {
      for (const { id } of store.transcriptions.list())
        store.transcriptions.update(String(id), { speaker_labels: null });
    },
  });
  return made;
}

test('the speakers of a transcript get their names, in one language', async () => {
  const made = await unnamed(WORDS);
  const plan = await made.ask('name_speakers', ARGS);
  expect(plan.text).toMatch(/"Speaker 1" \(\d+ lines, first /);
  expect(made.changed()).toEqual({});
  const done = await made.ask('name_speakers', { ...ARGS, confirm: plan.confirm });
  expect(done.renamed).toBe(2);
  const { transcriptions = [], ...rest } = made.changed();
  expect(rest).toEqual({});
  expect(transcriptions).toHaveLength(1);
  expect(made.sandbox.store.transcriptions.get(transcriptions[0] ?? '')).toMatchObject({
    language: 'en',
    speaker_labels: { '0': 'Lena Vogt', '1': 'Jordan Reyes' },
  });
  within(made.spent());
});

test('a speaker whom nobody hears is an error with those there are, and nothing changes', async () => {
  const made = await unnamed(`${WORDS} Speaker 5 is Tom.`);
  const text = await made.fail('name_speakers', { ...ARGS, names: { 'Speaker 5': 'Tom' } });
  expect(text).toMatch(/no speaker.*"Speaker 1"/);
  expect(made.changed()).toEqual({});
});
