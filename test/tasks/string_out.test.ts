import { describe, expect, test } from 'vitest';
import { type ReadEdl, readEdl } from '../support/edl_reader.ts';
import { type Answer, answerOf, ids, type World, world } from '../support/world.ts';

/** A list with its document, read as an editing system reads it. */
async function strung({ raw }: World, args: Record<string, unknown>, nominal = 25) {
  const result = await raw('export_markers', args);
  const answer = answerOf('export_markers', result);
  const [document] = result.content.flatMap((one) => (one.type === 'resource' ? [one.resource as Answer] : []));
  const { total, preview, notes } = answer as { total: number; preview: string[]; notes: string[] };
  const edl: ReadEdl | undefined = document && readEdl(document.text, nominal);
  return { total, preview, notes: notes.join('\n'), text: document?.text, edl };
}

/** The frame of a timecode without drop frame. */
const at = (hours: number, minutes: number, seconds: number, frame = 0, nominal = 25) =>
  ((hours * 60 + minutes) * 60 + seconds) * nominal + frame;

async function subclips(made: World, args: Record<string, unknown>): Promise<string[]> {
  const { confirm } = await made.call('make_subclips', args);
  const { subclips: lines } = await made.call('make_subclips', { confirm });
  return lines.map((line: string) => /\(([0-9a-f-]{36})\)$/.exec(line)?.[1]);
}

describe('a string-out', () => {
  test('has ranges of one asset in the order in which they are given', async () => {
    const made = await world();
    const answer = await strung(made, {
      asset: ids.interview,
      cut: ['12:04-12:31', '1:00 to 1:02', '10:05:00:10-10:05:02:00'],
    });
    expect(answer.edl?.edits.map(({ source }) => source)).toEqual([
      [at(10, 12, 4), at(10, 12, 31)],
      [at(10, 1, 0), at(10, 1, 2)],
      [at(10, 5, 0, 10), at(10, 5, 2)],
    ]);
    expect(answer.edl?.edits[0]?.record[0]).toBe(at(1, 0, 0));
    expect(answer.edl?.drop).toBe(false);
    expect(new Set(answer.edl?.edits.map(({ reel }) => reel)).size).toBe(1);
    expect(answer.edl?.edits[0]?.clip).toMatch(/\.(mov|mxf|mp4)$/);
    expect(answer.total).toBe(3);
    expect(answer.notes).toContain('EDL (CMX 3600) at 25 fps: 3 cuts, 0:31 in all, record from 01:00:00:00 on');
    expect(answer.preview[0]).toContain('1: 10:12:04:00-10:12:31:00 "Interview Jordan Reyes, Lisbon" → 01:00:00:00');
  });

  test('has sub-clips of a drop-frame match, and of a collection', async () => {
    const made = await world();
    const clips = await subclips(made, {
      asset: ids.match,
      ranges: ['14:04-14:31', '47:10-47:52'],
      names: ['Stringed {n}'],
      collection: 'Stringed',
      create_collection: true,
    });
    await made.sandbox.reindex();
    const named = await strung(made, { cut: [clips[1], clips[0]] }, 30);
    expect(named.text).toContain('FCM: DROP FRAME');
    expect(named.text).toContain('01:47:10;01 01:47:51;29 01:00:00;00 01:00:41;28');
    expect(named.edl?.edits.map(({ comments }) => comments)).toEqual([
      ['COMMENT: Stringed 2'],
      ['COMMENT: Stringed 1'],
    ]);
    const whole = await strung(made, { cut: ['Stringed'] }, 30);
    expect(whole.edl?.edits.map(({ source }) => source)).toEqual(
      named.edl?.edits.map(({ source }) => source).reverse(),
    );
    expect(whole.notes).toContain('"Stringed" → collection "Stringed", in the order of titles');
  });

  test('has the places where words are said, and notes with a range by their numbers', async () => {
    const made = await world();
    const { places, total } = await made.call('read_transcript', { asset: ids.interview, find: 'swimming' });
    const said = await strung(made, { cut: [places] });
    expect(said.total).toBe(total ?? said.total);
    expect(said.edl?.edits.length).toBeGreaterThan(0);
    await made
      .call('annotate_asset', { asset: ids.interview, items: ['2:00-2:10 Boats', '3:00 A point'], kind: 'GENERIC' })
      .then(({ confirm }) => made.call('annotate_asset', { confirm }));
    const { threads } = await made.call('read_notes', { asset: ids.interview, kinds: ['GENERIC'] });
    const byHandle = await strung(made, { cut: [threads] });
    expect(byHandle.edl?.edits.map(({ source }) => source)).toContainEqual([at(10, 2, 0), at(10, 2, 10)]);
    expect(byHandle.notes).toMatch(/Left out 1: .*A point.*a point without a range/);
    const number = /^(g\d+) · 10:02:00:00/m.exec(
      (await made.call('read_notes', { asset: ids.interview, kinds: ['GENERIC'] })).items.join('\n'),
    )?.[1];
    const byNumber = await strung(made, { asset: ids.interview, cut: [number, `${threads} ${number}`] });
    expect(byNumber.edl?.edits.map(({ source }) => source)).toEqual(Array(2).fill([at(10, 2, 0), at(10, 2, 10)]));
  });

  test('goes over several assets, each under its own reel, and leaves other frame rates out with the call for them', async () => {
    const made = await world();
    const mixed = await strung(made, {
      cut: [`${ids.interview} 1:00-1:05`, 'Interview Jordan Reyes, Lisbon 2:00-2:05', `${ids.match} 14:04-14:31`],
    });
    expect(mixed.total).toBe(2);
    expect(mixed.notes).toMatch(/Left out, since a list has one frame rate: 1 at 29.97 fps drop frame/);
    const [, call = ''] = /A list of them: export_markers (\{.*\})\./.exec(mixed.notes) ?? [];
    const rest = await strung(made, JSON.parse(call), 30);
    expect(rest.total).toBe(1);
    expect(rest.edl?.drop).toBe(true);
  });

  test('shows what is open on a range, and the rights of what is cut', async () => {
    const made = await world();
    await made.call('create_segment', {
      asset_id: ids.interview,
      segment_type: 'COMMENT',
      time_start_milliseconds: 61_000,
      time_end_milliseconds: 62_000,
      segment_text: 'Do not use, release missing',
    });
    const { preview, notes } = await strung(made, { asset: ids.interview, cut: ['1:00-1:05', '20:00-20:01'] });
    expect(preview[0]).toMatch(/, open \d+ \([^)]+\): "Do not use, release missing"/);
    expect(preview[1]).not.toContain('open');
    expect(notes).toContain('Open comments lie on cuts: 1.');
    expect(notes).toMatch(/Rights, Clearance \(of 1\): /);
  });

  test.each([
    ['m2, m4-m6', 4],
    ['#m2', 1],
    ['markers', 8],
    ['Markers', 8],
  ])('takes the numbers of notes as people write them: %s', async (element, count) => {
    const { total } = await strung(await world(), { asset: ids.match, cut: [element] }, 30);
    expect(total).toBe(count);
  });

  test('takes a range before or behind the title, a name behind a range, and seconds more on both sides', async () => {
    const made = await world();
    const title = 'Interview Jordan Reyes, Lisbon';
    const both = await strung(made, { cut: [`1:00-1:05 ${title}`, `${title}, 1:00 - 1:05`, `${title} 25:00-end`] });
    const wanted = [at(10, 1, 0), at(10, 1, 5)];
    expect(both.edl?.edits.map(({ source }) => source)).toEqual([wanted, wanted, [at(10, 25, 0), at(10, 26, 0)]]);
    const named = await strung(made, {
      asset: ids.interview,
      cut: ['1:00-1:05 Opening', '1:00-1:05 +2s', '0:01-0:05 ±0:02'],
    });
    expect(named.edl?.edits[0]?.comments).toEqual(['COMMENT: Opening']);
    expect(named.edl?.edits.map(({ source }) => source)).toEqual([
      wanted,
      [at(10, 0, 58), at(10, 1, 7)],
      [at(10, 0, 0), at(10, 0, 7)],
    ]);
    const { places } = await made.call('read_transcript', { asset: ids.interview, find: 'harbour' });
    const short = await strung(made, { cut: [places] });
    expect(short.notes).toContain(`"${places} +2s" adds 2 s before and after each`);
    const long = await strung(made, { cut: [`${places} +2s`] });
    expect(long.edl?.edits.map(({ source: [from, to] }) => to - from)).toEqual(
      short.edl?.edits.map(({ source: [from, to] }) => to - from + 100),
    );
    expect(long.notes).not.toContain('adds 2 s');
    const some = await strung(made, { cut: [`${places} 2, 1`, `${places} not 1 +2s`] });
    const [first, second, ...others] = short.edl?.edits.map(({ source }) => source) ?? [];
    const wide = [second, ...others].map(([from = 0, to = 0] = [0, 0]) => [from - 50, to + 50]);
    expect(some.edl?.edits.map(({ source }) => source)).toEqual([first, second, ...wide]);
    expect(await made.refused('export_markers', { cut: [`${places} 99`] })).toContain('99');
  });

  test.each(['+2', '+2.0', '± 2', '+/-2'])(
    'takes a number without a unit as seconds, where it can be nothing else: %s',
    async (sign) => {
      const made = await world();
      const { places } = await made.call('read_transcript', { asset: ids.interview, find: 'harbour' });
      const wide = await strung(made, { cut: [`${places} +2s`] });
      const bare = await strung(made, { cut: [`${places} ${sign}`] });
      expect(bare.edl?.edits).toEqual(wide.edl?.edits);
      expect(bare.notes).toContain(`"${sign}" → 2 s before and after`);
      expect((await strung(made, { asset: ids.interview, cut: [`1:00-1:05 ${sign}`] })).edl?.edits[0]?.source).toEqual([
        at(10, 0, 58),
        at(10, 1, 7),
      ]);
    },
  );

  test('takes a margin for all, as make_subclips has it, and keeps it in the call for other rates', async () => {
    const made = await world();
    const { places } = await made.call('read_transcript', { asset: ids.interview, find: 'harbour' });
    const wide = await strung(made, { cut: [`${places} +2s`] });
    const args = { cut: [places, `${ids.match} 14:04-14:31`] };
    for (const margin of ['2', '2s', '0:02'])
      expect((await strung(made, { cut: [places], margin })).edl?.edits).toEqual(wide.edl?.edits);
    const mixed = await strung(made, { ...args, margin: '2s' });
    expect(mixed.notes).toContain('"margin":"2s"');
    expect(mixed.notes).not.toContain('adds 2 s');
    expect(await made.refused('export_markers', { ...args, margin: 'long' })).toContain('margin: "long"');
    expect(await made.refused('export_markers', { asset: ids.interview, margin: '2s' })).toContain('margin: ');
  });

  test('widens places to the sentences that they are in', async () => {
    const made = await world();
    const { places } = await made.call('read_transcript', { asset: ids.interview, find: 'harbour' });
    const short = await strung(made, { cut: [places] });
    expect(short.notes).toContain(`"${places} sentence" takes the sentence each is in`);
    const long = await strung(made, { cut: [`${places} sentence`] });
    const [first] = long.edl?.edits ?? [];
    expect(first?.comments[0]).toMatch(/^COMMENT: .*harbour.*[.!?]$/i);
    const [from = 0, to = 0] = first?.source ?? [];
    const [word = 0, end = 0] = short.edl?.edits[0]?.source ?? [];
    expect(from).toBeLessThanOrEqual(word);
    expect(to - from).toBeGreaterThan(end - word);
    const some = await strung(made, { cut: [`${places} 1 +sentence +1s`] });
    expect(some.edl?.edits.map(({ source }) => source)).toEqual([[from - 25, to + 25]]);
  });

  test('has whole clips, and says whose original is away and what has no frames', async () => {
    const made = await world();
    const { selection } = await made.call('find_assets', { words: 'Jordan Reyes, signing day' });
    expect(await made.refused('export_markers', { cut: [`${selection} 1, 2`] })).toContain(
      'a selection is taken whole',
    );
    const answer = await strung(made, { cut: [selection, ids.placeholder] });
    expect(answer.edl?.edits[0]?.source[0]).toBe(at(10, 0, 0));
    expect(answer.notes).toMatch(/Originals that are not online: "Jordan Reyes, signing day" \(.*archived/);
    expect(answer.notes).toMatch(/Left out 1: "To come: .*": its frame rate is not known/);
  });

  test('says which words mean no range', async () => {
    const { refused } = await world();
    expect(await refused('export_markers', { cut: ['12:04-12:31'] })).toMatch(/cut: .*of no asset: give asset/);
    expect(await refused('export_markers', { cut: ['No such clip'] })).toMatch(/cut: .*No asset is called/);
    expect(await refused('export_markers', { cut: ['plc_abcdef'] })).toMatch(/cut: .*unknown or expired/);
    expect(await refused('export_markers', { asset: ids.interview, cut: ['5:00-4:00'] })).toContain(
      'ends before it starts',
    );
    expect(await refused('export_markers', { asset: ids.interview, cut: ['1:00-2:00'], format: 'csv' })).toContain(
      'as edl alone',
    );
    expect(await refused('export_markers', { asset: ids.interview, cut: ['1:00-2:00'], kinds: ['TAG'] })).toContain(
      'kinds: it is for markers',
    );
    expect(await refused('export_markers', {})).toContain('asset is missing');
  });

  test('changes nothing', async () => {
    const made = await world();
    await strung(made, { asset: ids.interview, cut: ['1:00-1:05'] });
    expect(made.requests.filter((one) => !/^GET |^POST \/API\/search/.test(one))).toEqual([]);
  });
});
