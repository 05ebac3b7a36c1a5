import { describe, expect, test } from 'vitest';
import { ids, oddIds } from '../../src/sandbox/world/build/ids.ts';
import { type Answer, type World, world } from '../support/world.ts';

const relative = { sandbox: { hard: { relativeWords: true } } };
const absolute = { sandbox: { hard: { relativeWords: false } } };
const odd = { sandbox: { hard: { oddAssets: true } } };

/** What a reader sees, whatever the words are timed from. */
const seen = ({ places: _, next: __, notes: ___, ...rest }: Answer) => rest;

describe('words of a transcript', () => {
  test.each([{}, { find: 'climate' }, { from: '3:00', to: '4:00' }, { language: 'pt', find: 'mãe' }])(
    'are at the same times, whether they are timed from their segment or from the asset: %o',
    async (asked) => {
      const read = async ({ call }: World) => call('read_transcript', { asset: ids.interview, ...asked });
      const [bySegment, byAsset] = [await read(await world(relative)), await read(await world(absolute))];
      expect(bySegment.total).toBeGreaterThan(0);
      expect(seen(bySegment)).toEqual(seen(byAsset));
      // All lines agree, which nobody has to be told.
      expect(bySegment.notes).toEqual(byAsset.notes);
      expect((bySegment.notes ?? []).join()).not.toContain('Word times');
    },
  );

  test('become markers at the same times', async () => {
    const starts = async ({ call, sandbox }: World): Promise<unknown[]> => {
      const { places } = await call('read_transcript', { asset: ids.interview, find: 'storm' });
      const mark = { asset: ids.interview, at_places: places, kind: 'MARKER', text: 'Storm' };
      const { confirm } = await call('annotate_asset', mark);
      await call('annotate_asset', { ...mark, confirm });
      return sandbox.store.segments
        .where('asset_id', ids.interview)
        .filter(({ segment_type, segment_text }) => segment_type === 'MARKER' && segment_text === 'Storm')
        .map(({ time_start_milliseconds }) => time_start_milliseconds);
    };
    const found = await starts(await world(relative));
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(await starts(await world(absolute)));
  });

  test('that fit the other reading in some lines are counted, and the transcription is read in one way', async () => {
    const made = await world(relative);
    const [line] = made.sandbox.store.segments
      .where('asset_id', ids.interview)
      .filter(({ transcription_id }) => transcription_id === ids.transcription)
      .toSorted((a, b) => Number(b.time_start_milliseconds) - Number(a.time_start_milliseconds));
    const start = Number(line?.time_start_milliseconds);
    const words = [{ start_ms: start, end_ms: Number(line?.time_end_milliseconds), value: 'odd', score: 1 }];
    made.sandbox.store.segments.update(String(line?.id), { transcription: { speaker: 0, words } });
    made.sandbox.reindex();
    const { notes } = await made.call('read_transcript', { asset: ids.interview });
    expect(notes.join(' ')).toMatch(/from the start of their line; 1 of \d+ lines fit the other reading better\./);
  });
});

describe('a transcript', () => {
  test('says how much of the asset it covers, in every answer', async () => {
    const { call } = await world();
    const asset = ids.interview;
    const { coverage } = await call('read_transcript', { asset });
    expect(coverage).toBe('10:00:26:00-10:20:40:02 of 26:00');
    const found = await call('read_transcript', { asset, find: 'the' });
    expect(found.coverage).toBe(coverage);
    expect((await call('read_transcript', { cursor: found.next })).coverage).toBe(coverage);
    expect((await call('read_transcript', { asset, from: '3:00', to: '4:00' })).coverage).toBe(coverage);
  });

  test('that was made twice in one language is read once, from the newer run, and the other is named', async () => {
    const { call } = await world(odd);
    const answer = await call('read_transcript', { asset: oddIds.transcribedTwice });
    expect(answer.paragraphs.join(' ')).toContain('You wait for the ladder, and then you go on the rise.');
    expect(answer.paragraphs.join(' ')).not.toContain('latter');
    expect(answer.other_languages).toBeUndefined();
    expect(answer.notes).toContain(
      `2 transcripts in en: this is the newest, of 2025-09-09. Older: 2025-09-02 (language: ${oddIds.transcriptions[0]}).`,
    );
    const found = await call('read_transcript', { asset: oddIds.transcribedTwice, find: 'board a ship' });
    expect(found.total).toBe(1);
  });

  test('of the older run is read by its id', async () => {
    const { call } = await world(odd);
    const [older] = oddIds.transcriptions;
    const answer = await call('read_transcript', { asset: oddIds.transcribedTwice, language: older });
    expect(answer.paragraphs.join(' ')).toContain('You weight for the latter');
  });

  test('without a record is read from the newest lines alone', async () => {
    const { call, sandbox } = await world(odd);
    for (const id of oddIds.transcriptions) sandbox.store.transcriptions.remove(id);
    const answer = await call('read_transcript', { asset: oddIds.transcribedTwice, find: 'board a ship' });
    expect(answer).toMatchObject({ total: 1, language: 'unknown' });
    expect(answer.notes[0]).toContain('2 transcripts without a language: this is the newest, of 2025-09-09.');
  });

  test('whose newer run has no lines yet is read from the older one', async () => {
    const { call, sandbox } = await world(odd);
    const [, newer] = oddIds.transcriptions;
    const lines = sandbox.store.segments.where('asset_id', oddIds.transcribedTwice);
    for (const { id } of lines.filter(({ transcription_id }) => transcription_id === newer))
      sandbox.store.segments.remove(String(id));
    sandbox.reindex();
    const answer = await call('read_transcript', { asset: oddIds.transcribedTwice });
    expect(answer.paragraphs.join(' ')).toContain('You weight for the latter');
  });

  test('that was made twice is one line of show_asset', async () => {
    const { call } = await world(odd);
    const { transcripts } = await call('show_asset', { asset: oddIds.transcribedTwice });
    expect(transcripts).toEqual(['en · transcribed 2 times']);
  });
});
