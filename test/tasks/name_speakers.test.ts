import { describe, expect, test } from 'vitest';
import { type Answer, ids, type World, world } from '../support/world.ts';

const asset = ids.interview;

const records = ({ sandbox: { store } }: World): readonly Answer[] =>
  store.transcriptions.where('asset_id', asset).filter((row) => row.version_id === ids.interviewVersions[2]);

/** Takes the names of all speakers away, as after a transcription. */
function unnamed(made: World): void {
  for (const { id } of records(made)) made.sandbox.store.transcriptions.update(id, { speaker_labels: null });
}

const labels = (made: World): Answer[] => records(made).map(({ speaker_labels }) => speaker_labels);
const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));

describe('name_speakers', () => {
  test('plans several names with what each speaker says first, and keeps to the plan', async () => {
    const made = await world();
    unnamed(made);
    const args = { asset, names: { 'Speaker 1': 'Lena Vogt', 'speaker 2': 'Jordan Reyes' } };
    const plan = await made.call('name_speakers', args);
    expect(plan.summary).toMatch(/^Renames 2 speakers in 1 transcript of "/);
    expect(plan.affected[0]).toMatch(/^\w+: "Speaker 1" \(\d+ lines, first ".+"\) → "Lena Vogt"$/);
    expect(writes(made)).toEqual([]);
    const done = await made.call('name_speakers', { confirm: plan.confirm });
    expect(done).toMatchObject({ status: 'done', renamed: 2 });
    expect(labels(made).filter(Boolean)).toEqual([{ '0': 'Lena Vogt', '1': 'Jordan Reyes' }]);
    const read = await made.call('read_transcript', { asset });
    expect(read.paragraphs.join('\n')).toContain('Jordan Reyes: ');
    expect(await made.refused('name_speakers', args)).toContain('"Speaker 1" is no speaker');
  });

  test('renames one at once, and leaves the others their names', async () => {
    const made = await world();
    const before = labels(made);
    const answer = await made.call('name_speakers', { asset, names: { 'lena vogt': 'Lena Vogt-Almeida' } });
    expect(answer).toMatchObject({ status: 'done', renamed: 1 });
    const after = labels(made);
    const changed = after.filter((one, index) => JSON.stringify(one) !== JSON.stringify(before[index]));
    expect(changed).toEqual([{ '0': 'Lena Vogt-Almeida', '1': 'Jordan Reyes' }]);
    expect(
      await made.call('name_speakers', { asset, names: { 'Lena Vogt-Almeida': 'Lena Vogt-Almeida' } }),
    ).toMatchObject({
      renamed: 0,
    });
    expect(writes(made)).toHaveLength(1);
  });

  test('says which other languages keep their names, and renames them where that is asked for', async () => {
    const made = await world();
    const languages = [...new Set(records(made).map(({ language }) => language))];
    expect(languages.length).toBeGreaterThan(1);
    const names = { 'Lena Vogt': 'Lena V.' };
    const plan = await made.call('name_speakers', { asset, names, all_languages: true });
    expect(plan.summary).toContain(`in ${languages.length} transcripts`);
    for (const language of languages) expect(plan.affected.join('\n')).toContain(`${language}: "Lena Vogt"`);
    expect(plan.notes.join('\n')).toMatch(/need not be the same person/);
    await made.call('name_speakers', { confirm: plan.confirm });
    expect(labels(made).filter((one) => one?.['0'] === 'Lena V.')).toHaveLength(languages.length);
  });

  test('keeps a name that somebody else gave since the plan was made', async () => {
    const made = await world();
    unnamed(made);
    const plan = await made.call('name_speakers', { asset, names: { 'Speaker 1': 'Ana', 'Speaker 2': 'Tom' } });
    for (const { id } of records(made))
      made.sandbox.store.transcriptions.update(id, { speaker_labels: { '7': 'Rui' } });
    await made.call('name_speakers', { confirm: plan.confirm });
    expect(labels(made)).toContainEqual({ '0': 'Ana', '1': 'Tom', '7': 'Rui' });
  });

  test('a speaker who is not there is an error with those who are', async () => {
    const made = await world();
    expect(await made.refused('name_speakers', { asset, names: { 'Speaker 9': 'Ana' } })).toMatch(
      /names: "Speaker 9" is no speaker of the transcript in \w+\. Its speakers: "Lena Vogt" \(\d+ lines?, first ".*"\); "Jordan Reyes"/,
    );
    expect(await made.refused('name_speakers', { asset, names: { 'Lena Vogt': ' ' } })).toMatch(/1 to 100 characters/);
    expect(await made.refused('name_speakers', { asset, names: {} })).toMatch(/name at least one speaker/);
    expect(await made.refused('name_speakers', { asset: ids.drone, names: { 'Speaker 1': 'Ana' } })).toMatch(
      /has no transcript/,
    );
    expect(writes(made)).toEqual([]);
  });

  test('says where two speakers would have one name', async () => {
    const made = await world();
    unnamed(made);
    const { notes } = await made.call('name_speakers', { asset, names: { 'Speaker 1': 'Ana', 'Speaker 2': 'Ana' } });
    expect(notes).toContainEqual('Several speakers will be called "Ana".');
  });

  test('what Iconik refuses is told, with nothing renamed', async () => {
    const made = await world();
    made.sandbox.deny('can_write_transcriptions');
    const { failed, renamed } = await made.call('name_speakers', { asset, names: { 'Lena Vogt': 'Lena V.' } });
    expect(renamed).toBe(0);
    expect(failed[0]).toMatch(/403.*can_write_transcriptions/);
  });
});
