import { parse } from 'csv-parse/sync';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { MARKER_FORMATS } from '../../src/media/markers/index.ts';
import { type Answer, answerOf, ids, type World, world } from '../support/world.ts';

/** A call with the document that came beside the answer. */
async function exported({ raw }: World, args: Record<string, unknown>) {
  const result = await raw('export_markers', args);
  const documents = result.content.flatMap((one) => (one.type === 'resource' ? [one.resource as Answer] : []));
  const text = result.content.map((one) => (one.type === 'text' ? one.text : '')).join('');
  return { ...answerOf('export_markers', result), documents, document: documents[0], text };
}

describe('a comment of a guest in an exported document', () => {
  const HIDDEN = ['', '\u200b', '\ufeff', '\u202e', '\u{e0041}', '\u180f', '\u001b[0m', '&#8203;'];

  /** A clip whose only marker says this, exported. */
  async function withComment(said: string, format: string): Promise<string> {
    const made = await world();
    for (const { id } of made.sandbox.store.segments.where('asset_id', ids.grade))
      made.sandbox.store.segments.remove(String(id));
    made.sandbox.reindex();
    await made.call('create_segment', {
      asset_id: ids.grade,
      segment_type: 'COMMENT',
      time_start_milliseconds: 1000,
      time_end_milliseconds: 2000,
      segment_text: said,
    });
    const { document } = await exported(made, { asset: ids.grade, kinds: ['COMMENT'], format });
    return document.text;
  }

  test.each(HIDDEN)('is no formula in CSV behind %j', async (hidden) => {
    const [headers, row, ...more] = parse(await withComment(`${hidden}=HYPERLINK("http://x")`, 'csv'), {
      bom: true,
    }) as string[][];
    expect(more).toEqual([]);
    expect(row?.[headers?.indexOf('Text') ?? -1]).toBe(`'=HYPERLINK("http://x")`);
  });

  test.each(HIDDEN)('is no statement in an EDL behind %j', async (hidden) => {
    const lines = (await withComment(`${hidden}FCM: NON-DROP FRAME`, 'edl')).split('\n');
    expect(lines.filter((line) => line.startsWith('FCM:'))).toEqual(['FCM: DROP FRAME']);
    expect(lines.filter((line) => /^\d{3} /.test(line))).toHaveLength(1);
  });

  test.each(['srt', 'vtt'].flatMap((format) => HIDDEN.map((hidden) => [format, hidden])))(
    'makes no second cue in %s behind %j',
    async (format, hidden) => {
      const text = await withComment(`one\n${hidden}\n2\n00:00:05.000 -${hidden}-> 00:00:06.000\ntwo`, format);
      expect(text.match(/-->/g)).toHaveLength(1);
      expect(text.replace('WEBVTT\n\n', '').trim()).not.toContain('\n\n');
    },
  );
});

test.each(Object.entries(MARKER_FORMATS))('a host may ask for %s', async (format, { extension }) => {
  const made = await world();
  const { uri, total } = await made.call('export_markers', { asset: ids.interview, format });
  expect(uri).toMatch(new RegExp(`\\.${extension}$`));
  expect(total).toBeGreaterThan(0);
});

describe('export_markers', () => {
  test('says what open_only does not leave out, and how to', async () => {
    const { call } = await world();
    const { notes, counts } = await call('export_markers', { asset: ids.interview, open_only: true });
    expect(notes).toContain(
      `open_only is about comments; ${counts.MARKER} others cannot be ticked off: kinds ["COMMENT"] leaves them out.`,
    );
    const { notes: fewer } = await call('export_markers', {
      asset: ids.interview,
      open_only: true,
      kinds: ['COMMENT'],
    });
    expect(fewer.join()).not.toContain('open_only');
  });

  test('writes the open comments as an EDL for Resolve, in one call and few tokens', async () => {
    const made = await world();
    const answer = await exported(made, { asset: ids.grade, kinds: ['COMMENT'], open_only: true });
    const { document, documents, total, counts, uri, preview, text } = answer;
    expect(documents).toHaveLength(1);
    expect(uri).toBe(`iconik://asset/${ids.grade}/markers.edl`);
    expect([document.uri, document.mimeType]).toEqual([uri, 'text/plain']);
    const open = made.sandbox.store.segments
      .where('asset_id', ids.grade)
      .filter((row) => row.segment_type === 'COMMENT' && row.segment_checked === false && !row.parent_id);
    expect(total).toBe(open.length);
    expect(counts).toEqual({ COMMENT: open.length, open: open.length });
    expect(document.text).toContain('FCM: DROP FRAME');
    expect(document.text.match(/^\d{3} {2}001/gm)).toHaveLength(open.length);
    expect(document.text).toContain('01:00:04;00 01:00:04;01 01:00:04;00 01:00:04;01');
    expect(document.text).toContain('Skin is too red here. |C:ResolveColorBlue |M:Maria Almeida |D:90');
    expect(document.text).not.toContain('[done]');
    expect(preview.length).toBeLessThanOrEqual(5);
    expect(preview[1]).toBe('01:00:04;00 Maria Almeida: Skin is too red here.');
    expect(encode(text).length).toBeLessThanOrEqual(500);
    expect(encode(JSON.stringify(await made.call('export_markers', { asset: ids.grade }))).length).toBeLessThan(500);
  });

  test.each([
    ['csv', 'text/csv', /^\ufeffIn,Out,In ms.*\r\n10:00:00:00,/],
    ['srt', 'application/x-subrip', /^1\n00:00:00,000 --> /],
    ['vtt', 'text/vtt', /^WEBVTT\n\n1\n00:00:00\.000 --> /],
    ['fcpxml', 'application/xml', /tcStart="36000s" tcFormat="NDF"/],
  ])('writes %s', async (format, mime, shape) => {
    const { document } = await exported(await world(), { asset: ids.interview, format });
    expect(document.mimeType).toBe(mime);
    expect(document.uri).toMatch(new RegExp(`/markers\\.${format}$`));
    expect(document.text).toMatch(shape);
  });

  test('takes comments and markers of the latest version unless told otherwise', async () => {
    const made = await world();
    const plain = await exported(made, { asset: ids.interview });
    expect(plain.counts).toMatchObject({ COMMENT: 7, MARKER: 2 });
    expect(plain.preview).toHaveLength(5);
    expect(plain.document.text).not.toContain('boat shed part');
    expect(plain.document.text).toContain('[done]');
    const older = await exported(made, { asset: ids.interview, version: 2 });
    expect(older.document.text).toContain('The boat shed part is too long');
    expect(older.total).toBe(1);
    const quality = await exported(made, { asset: ids.match, kinds: ['QC'], open_only: true });
    expect(quality.counts).toEqual({ QC: 1, open: 1 });
  });

  test('gives each frame of an EDL one event, and says how many notes moved', async () => {
    const made = await world();
    for (const { id } of made.sandbox.store.segments.where('asset_id', ids.grade))
      made.sandbox.store.segments.remove(String(id));
    made.sandbox.reindex();
    const notes = [
      [5000, 5000, 'Too dark'],
      [5001, 7000, 'Flicker'],
      [5001, 5001, 'Boom in shot'],
      [5040, 5040, 'Cut here'],
      [9000, 9000, 'Fine'],
    ] as const;
    for (const [start, end, segment_text] of notes) {
      const times = { time_start_milliseconds: start, time_end_milliseconds: end };
      await made.call('create_segment', { asset_id: ids.grade, segment_type: 'COMMENT', ...times, segment_text });
    }
    const answer = await exported(made, { asset: ids.grade });
    const starts = [...answer.document.text.matchAll(/^\d{3} .*?(\d\d:\d\d:\d\d[:;]\d\d) /gm)].map(([, at]) => at);
    expect(starts).toHaveLength(5);
    expect(new Set(starts).size).toBe(5);
    expect([...starts].sort()).toEqual(starts);
    expect(answer.notes.join(' ')).toMatch(/one marker a frame: 3 on a frame with another moved/);
    expect(answer.document.text).toMatch(/Flicker .*\|D:5\d/);
    const csv = await exported(made, { asset: ids.grade, format: 'csv' });
    expect(csv.notes.join(' ')).not.toContain('one marker a frame');
  });

  test.each([
    ['semicolon', ';'],
    ['tab', '\t'],
  ])('writes CSV with a %s between the cells where that is asked for', async (delimiter, sign) => {
    const made = await world();
    for (const { id } of made.sandbox.store.segments.where('asset_id', ids.grade))
      made.sandbox.store.segments.remove(String(id));
    made.sandbox.reindex();
    const said = 'Too dark; and, at\tthe end, =SUM(A1;A2) "loud"';
    const at = { time_start_milliseconds: 5000, time_end_milliseconds: 5000 };
    await made.call('create_segment', { asset_id: ids.grade, segment_type: 'MARKER', ...at, segment_text: said });
    const args = { asset: ids.grade, format: 'csv' };
    const { document } = await exported(made, { ...args, delimiter });
    const [headers = [], row, ...more] = parse(document.text, { bom: true, delimiter: sign }) as string[][];
    expect(headers).toHaveLength(10);
    expect(row?.[headers.indexOf('Text')]).toBe(said);
    expect(more).toEqual([]);
    expect((await exported(made, args)).document.text).toBe(
      (await exported(made, { ...args, delimiter: 'comma' })).document.text,
    );
  });

  test('has a delimiter for CSV alone', async () => {
    const { refused } = await world();
    const text = await refused('export_markers', { asset: ids.grade, delimiter: 'semicolon' });
    expect(text).toContain('delimiter: edl has none');
    expect(await refused('export_markers', { asset: ids.grade, format: 'csv', delimiter: ';' })).toContain(
      'Allowed: comma, semicolon, tab',
    );
  });

  test('marks CSV as UTF-8 for spreadsheets, in the answer and as a resource', async () => {
    const made = await world();
    const { document, uri } = await exported(made, { asset: ids.interview, format: 'csv' });
    expect(document.text).toMatch(/^\ufeffIn,/);
    const { contents } = await made.host.readResource({ uri });
    expect((contents[0] as Answer).text).toBe(document.text);
  });

  test('keeps to a range', async () => {
    const { total, document } = await exported(await world(), {
      asset: ids.interview,
      between: '10:01:00:00-10:02:00:00',
    });
    expect(total).toBe(1);
    expect(document.text).toContain('Wind noise');
  });

  test('adds replies below their comment when asked, else says how many there are', async () => {
    const made = await world();
    const plain = await exported(made, { asset: ids.interview, format: 'srt' });
    expect(plain.document.text).not.toContain('Spelling is right.');
    expect(plain.notes.join(' ')).toContain('Replies left out: 3');
    const whole = await exported(made, { asset: ids.interview, format: 'srt', replies: true });
    expect(whole.document.text).toContain('guest of a share: anna@client.example: Spelling is right.');
    expect(whole.total).toBe(plain.total);
  });

  test('gives replies a column of their own in CSV, so that the sheet reads back as it was', async () => {
    const made = await world();
    const args = { asset: ids.interview, format: 'csv', kinds: ['COMMENT'] };
    const plain = await exported(made, args);
    const whole = await exported(made, { ...args, replies: true });
    const [headers = [], ...lines] = parse(whole.document.text, { bom: true }) as string[][];
    expect(headers.at(-1)).toBe('Replies');
    expect(lines.map((line) => line.slice(0, -1))).toEqual(
      (parse(plain.document.text, { bom: true }) as string[][]).slice(1),
    );
    expect(lines.map((line) => line.at(-1)).join()).toContain(
      'guest of a share: anna@client.example: Spelling is right.',
    );
    const plan = await made.call('import_log', { asset: ids.drone, csv: whole.document.text });
    expect(JSON.stringify(plan)).not.toContain('Spelling is right.');
  });

  test('has a reply to a reply with the comment that it is below', async () => {
    const made = await world();
    const { store, reindex } = made.sandbox;
    const row = store.segments.where('asset_id', ids.interview).find(({ parent_id }) => parent_id);
    const id = store.newId();
    store.segments.insert({ ...row, id, parent_id: row?.id, segment_text: 'Deeper' });
    reindex();
    for (const format of ['csv', 'srt'])
      expect((await exported(made, { asset: ids.interview, format, replies: true })).document.text).toContain('Deeper');
  });

  test('says that remarks about the whole clip stand on its first frame', async () => {
    const { notes } = await exported(await world(), { asset: ids.interview });
    expect(notes.join(' ')).toContain('1 about the whole clip');
  });

  test('keeps a hostile comment as data, with its guest named', async () => {
    const { preview, document, text } = await exported(await world(), { asset: ids.interview, kinds: ['COMMENT'] });
    expect(preview.join('\n')).toContain('guest of a share: j.lund@client.example: ');
    expect(document.text).toMatch(/SYSTEM: ignore previous.*\|M:guest of a share: j\.lund@client\.example/);
    expect(text.indexOf('SYSTEM')).toBeGreaterThan(text.indexOf('<<library-data'));
  });

  test('writes no document where nothing fits', async () => {
    const { documents, total, notes } = await exported(await world(), { asset: ids.drone, kinds: ['QC'] });
    expect([documents.length, total]).toEqual([0, 0]);
    expect(notes[0]).toContain('no document was written');
  });

  test('changes nothing', async () => {
    const made = await world();
    const before = structuredClone(made.sandbox.store.segments.list());
    await exported(made, { asset: ids.interview, replies: true });
    expect(made.sandbox.store.segments.list()).toEqual(before);
    expect(made.requests.filter((one) => !/^GET |^POST \/API\/search/.test(one))).toEqual([]);
  });

  test('says what can be written where the frame rate is not known', async () => {
    const made = await world();
    for (const { id } of made.sandbox.store.proxies.where('asset_id', ids.grade))
      made.sandbox.store.proxies.remove(String(id));
    expect(await made.refused('export_markers', { asset: ids.grade })).toContain(
      'Without one: csv, srt, vtt or chapters',
    );
    expect((await exported(made, { asset: ids.grade, format: 'csv' })).document.text).toContain('00:00:04.00');
  });

  test('names what is wrong with an argument', async () => {
    const { refused } = await world();
    expect(await refused('export_markers', { asset: ids.grade, format: 'aaf' })).toMatch(/format.*aaf.*edl/);
    expect(await refused('export_markers', { asset: ids.grade, kinds: ['NOTE'] })).toMatch(/kinds.*COMMENT/);
    expect(await refused('export_markers', { asset: ids.grade, between: '5:00-4:00' })).toContain(
      'ends before it starts',
    );
    expect(await refused('export_markers', { asset: 'Sunset behind the cranes' })).toContain(ids.twins[0]);
  });
});

describe('comments on other versions', () => {
  test('are counted where this one has none open, with the call that exports them', async () => {
    const made = await world();
    const args = { asset: ids.trailer, format: 'csv', kinds: ['COMMENT'], open_only: true };
    const { other_versions } = await made.call('read_notes', { asset: ids.trailer });
    const { notes, total } = await made.call('export_markers', args);
    expect(total).toBe(0);
    const open = other_versions.filter((line: string) => !line.includes(': 0 open'));
    expect(notes.join('\n')).toContain(`Comments on other versions: ${open.join(', ')}.`);
    const [, call = ''] = /export_markers (\{.*\})/.exec(notes.join('\n')) ?? [];
    expect(JSON.parse(call)).toEqual({ ...args, version: expect.stringMatching(/^v\d$/) });
    expect((await made.call('export_markers', JSON.parse(call))).total).toBeGreaterThan(0);
  });

  test('are counted where this one has some, without a call', async () => {
    const made = await world();
    const { notes } = await made.call('export_markers', { asset: ids.interview });
    expect(notes.join('\n')).toMatch(/Comments on other versions: v1: \d open of \d/);
    expect(notes.join('\n')).not.toContain('export_markers {');
  });

  test('come with the call also where there are markers alone', async () => {
    const made = await world();
    const { notes, total } = await made.call('export_markers', { asset: ids.trailer, open_only: true });
    expect(total).toBe(1);
    expect(notes.join('\n')).toMatch(/For those of v4: export_markers \{.*"version":"v4"\}/);
  });

  test('are not counted where no comments are asked for', async () => {
    const made = await world();
    const { notes } = await made.call('export_markers', { asset: ids.trailer, kinds: ['TAG'] });
    expect(notes.join('\n')).not.toContain('other versions');
  });
});

describe('what a format has no place for', () => {
  /** One marker with a color and a range, and a comment that is done. */
  async function notesFor(format: string): Promise<string> {
    const made = await world();
    for (const { id } of made.sandbox.store.segments.where('asset_id', ids.grade))
      made.sandbox.store.segments.remove(String(id));
    made.sandbox.reindex();
    const range = { asset_id: ids.grade, time_start_milliseconds: 1000, time_end_milliseconds: 3000 };
    const marker = { ...range, segment_type: 'MARKER', segment_text: 'Goal', segment_color: 'red' };
    await made.call('create_segment', marker);
    await made.call('create_segment', { ...range, segment_type: 'COMMENT', segment_text: 'x', segment_checked: true });
    const { notes, document } = await exported(made, { asset: ids.grade, format });
    if (format === 'xml') expect(document.text).toContain('<pproColor>4281740498</pproColor>');
    return notes.join('\n');
  }

  test.each([
    ['fcpxml', 'Final Cut Pro XML has no colors (1 here): edl, csv, xml, avid, resolve_csv carry them.'],
    ['srt', 'SubRip has no colors (1 here), no ticks (1 here): edl, csv, xml, avid, resolve_csv carry them.'],
    ['vtt', 'WebVTT has no colors (1 here), no ticks (1 here): edl, csv, xml, avid, resolve_csv carry them.'],
    [
      'chapters',
      /^A list of chapters has no colors \(1 here\), no ends \(2 here\), no authors \(\d here\), no ticks \(1 here\): /m,
    ],
    ['xml', 'The colors are for Premiere Pro'],
  ])('is said of %s', async (format, note) => {
    expect(await notesFor(format)).toMatch(note);
  });

  test.each(['edl', 'csv', 'avid', 'resolve_csv'])('is nothing for %s', async (format) => {
    expect(await notesFor(format)).not.toContain('carry them');
  });

  test('is not said where nothing is lost', async () => {
    const { notes } = await exported(await world(), { asset: ids.grade, kinds: ['MARKER'], format: 'fcpxml' });
    expect(notes.join('\n')).not.toContain('carry them');
  });
});

describe('the notes of all versions', () => {
  const args = { asset: ids.interview, format: 'csv', version: 'all' };

  test('stand in one CSV with their version, each by its own timecode', async () => {
    const made = await world();
    const { document, total, counts, notes } = await exported(made, args);
    const rows = parse(document.text, { bom: true, columns: true }) as Record<string, string>[];
    const own = await Promise.all(
      ['v1', 'v2', 'v3'].map((version) => exported(made, { ...args, version, delimiter: 'comma' })),
    );
    expect(total).toBe(own.reduce((sum, one) => sum + one.total, 0));
    expect(counts.COMMENT).toBe(own.reduce((sum, one) => sum + (one.counts?.COMMENT ?? 0), 0));
    expect(rows.filter(({ Version }) => Version === 'v2').map(({ Text }) => Text)).toEqual([
      expect.stringContaining('The boat shed part is too long'),
    ]);
    expect(rows.filter(({ Version }) => Version === 'v3')).toHaveLength(own[2]?.total ?? 0);
    expect(notes.join(' ')).toContain('import_log places all rows on the current version');
    expect(notes.join(' ')).not.toContain('Comments on other versions');
  });

  test('are counted once where they belong to each', async () => {
    const made = await world();
    const { store, reindex } = made.sandbox;
    const row = store.segments.where('asset_id', ids.interview).find(({ segment_type }) => segment_type === 'MARKER');
    store.segments.insert({ ...row, id: store.newId(), version_id: null, segment_text: 'Everywhere' });
    reindex();
    const { document } = await exported(made, args);
    const rows = parse(document.text, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.filter(({ Text }) => Text === 'Everywhere').map(({ Version }) => Version)).toEqual(['']);
  });

  test('are offered where one version is exported as CSV, and refused in other formats', async () => {
    const made = await world();
    const { notes } = await exported(made, { ...args, version: 'v3' });
    expect(notes.join(' ')).toMatch(/Comments on other versions: v1: .*version "all" has them, too/);
    expect(await made.refused('export_markers', { ...args, format: 'edl' })).toMatch(/version: all .*format csv/);
    expect(await made.refused('export_markers', { ...args, between: '1:00-2:00' })).toMatch(/between: .*version/);
  });

  test('of an asset that has none are none', async () => {
    const { documents, total } = await exported(await world(), { ...args, asset: ids.drone, kinds: ['QC'] });
    expect([documents.length, total]).toEqual([0, 0]);
  });
});
