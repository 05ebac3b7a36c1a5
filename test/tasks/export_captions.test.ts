import { describe, expect, test } from 'vitest';
import { type ReadCaption, readSrt, readVtt } from '../support/caption_reader.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

async function captions(made: World, args: Record<string, unknown> = {}) {
  const { content, isError } = await made.raw('export_captions', { asset: ids.interview, ...args });
  expect(isError, JSON.stringify(content)).toBeFalsy();
  const [part] = content.filter(({ type }) => type === 'resource') as Answer[];
  const { text, mimeType, uri } = part.resource;
  const list: ReadCaption[] = uri.endsWith('vtt') ? readVtt(text) : readSrt(text);
  return { list, uri, mimeType, text: content.map((one) => (one as Answer).text ?? '').join('\n') };
}

const bare = (text: string): string => text.replace(/\s+/g, '');

/** What is said, by the library's own segments. */
const spoken = ({ sandbox: { store } }: World, transcription: string): string =>
  store.segments
    .where('asset_id', ids.interview)
    .filter((row) => row.segment_type === 'TRANSCRIPTION' && row.transcription_id === transcription)
    .toSorted((a, b) => Number(a.time_start_milliseconds) - Number(b.time_start_milliseconds))
    .map((row) => row.segment_text)
    .join(' ');

const idIn = ({ sandbox: { store } }: World, language: string): string =>
  String(
    store.transcriptions
      .where('asset_id', ids.interview)
      .find((row) => row.language === language && row.version_id === ids.interviewVersions[2])?.id,
  );

describe('export_captions', () => {
  test('counts the words that are longer than a line', async () => {
    const made = await world();
    const { notes } = await made.call('export_captions', { asset: ids.interview, line_length: 10 });
    expect(notes.join()).toMatch(/\d+ words? longer than a line: cut/);
  });

  test('says how much of the clip they cover, and which language covers more', async () => {
    const made = await world();
    const part = await made.call('export_captions', { asset: ids.interview, language: 'pt' });
    expect(part.coverage).toMatch(/^10:2\d:\d\d:\d\d-10:2\d:\d\d:\d\d of 26:00$/);
    expect(part.notes.join('\n')).toMatch(
      /Not the whole clip: pt covers 10:2.* of 26:00. Of the other transcripts, en covers 10:0\S+-10:2\S+\./,
    );
  });

  test('writes what is said, each word once, in lines that fit and times that do not overlap', async () => {
    const made = await world();
    const language = String(made.sandbox.store.transcriptions.where('asset_id', ids.interview)[0]?.language);
    const { list, mimeType, uri, text } = await captions(made, { language });
    expect(mimeType).toBe('application/x-subrip');
    expect(uri).toBe(`iconik://asset/${ids.interview}/captions.${language}.srt`);
    expect(bare(list.map((one) => one.text).join(' '))).toBe(bare(spoken(made, idIn(made, language))));
    for (const [index, one] of list.entries()) {
      expect(one.start).toBeGreaterThanOrEqual(list[index - 1]?.end ?? 0);
      expect(one.text.split('\n').length).toBeLessThanOrEqual(2);
      for (const line of one.text.split('\n')) expect(line.length).toBeLessThanOrEqual(42);
    }
    expect(text).toContain('times from the first frame');
    expect(text).toContain(`total: ${list.length}`);
  });

  test('keeps to other lengths, and to one line', async () => {
    const made = await world();
    const { list } = await captions(made, { line_length: 30, lines: 1, longest: 4 });
    for (const { text, start, end } of list) {
      expect(text.length).toBeLessThanOrEqual(30);
      expect(text).not.toContain('\n');
      expect(end - start).toBeLessThanOrEqual(4_000);
    }
  });

  test('counts from the start timecode where that is asked for', async () => {
    const made = await world();
    const media = await captions(made);
    const timecode = await captions(made, { times: 'timecode' });
    expect(timecode.list[0]?.start).toBe((media.list[0]?.start ?? 0) + 36_000_000);
    expect(timecode.text).toMatch(/the first frame is 10:00:00\.000, its start timecode/);
  });

  test('names who speaks: as the voice in WebVTT, at a turn in SubRip', async () => {
    const made = await world();
    const vtt = await captions(made, { format: 'vtt', speakers: true });
    expect(vtt.mimeType).toBe('text/vtt');
    expect(vtt.list.map(({ voice }) => voice)).toContain('Jordan Reyes');
    const srt = await captions(made, { speakers: true });
    const turns = vtt.list.filter(({ voice }, index) => voice !== vtt.list[index - 1]?.voice).length;
    expect(srt.list.filter(({ text }) => /^[\p{L} ]+: /u.test(text)).length).toBeGreaterThanOrEqual(turns);
    expect((await captions(made)).list.some(({ text }) => text.startsWith('Jordan Reyes:'))).toBe(false);
  });

  test('says what other languages there are, and refuses one that there is not', async () => {
    const made = await world();
    expect(await made.refused('export_captions', { asset: ids.interview, language: 'Finnish' })).toMatch(
      /has no transcript in "Finnish"\. Languages of this version: .* does not translate/,
    );
    expect(await made.refused('export_captions', { asset: ids.drone })).toMatch(/has no transcript/);
    expect(await made.refused('export_captions', { asset: ids.interview, shortest: 5, longest: 2 })).toMatch(
      /shortest: 5 s is more than longest/,
    );
  });

  test('says how many are faster than they can be read', async () => {
    const made = await world();
    const { text } = await captions(made, { reading_speed: 5 });
    expect(text).toMatch(/\d+ of \d+ are faster than 5 characters a second/);
  });
});
