import { beforeAll, describe, expect, test, vi } from 'vitest';
import { readSrt, readVtt } from '../support/caption_reader.ts';
import { type Answer, ids, largeIds, type World } from '../support/world.ts';
import { ASSET, bounded, CURRENT, FIELDS, VIEW, worst, worstWorld } from './worst_library.ts';

vi.setConfig({ testTimeout: 60_000 });

let made: World;
beforeAll(async () => {
  made = await worstWorld();
});

const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const idOf = (line: string): string => ID.exec(line)?.[0] ?? line;

/** All answers of a task, from the first to the one without `next`; each within the bounds, and nothing cut. */
async function walk(
  tool: string,
  args: Record<string, unknown>,
  page: Record<string, unknown> = {},
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let cursor: string | undefined;
  do {
    const { answer, text } = await bounded(made, tool, cursor ? { cursor, ...page } : { ...args, ...page });
    expect(answer, text).toBeDefined();
    expect(answer).not.toHaveProperty('cut_to_fit');
    answers.push(answer);
    cursor = answer.next;
  } while (cursor && answers.length < 1_000);
  expect(cursor).toBeUndefined();
  return answers;
}

/** The same for a task that skips lines: `after` is the number of those seen. */
async function skip(tool: string, args: Record<string, unknown>, key: string): Promise<string[]> {
  const lines: string[] = [];
  for (let total = 1; lines.length < total; ) {
    const { answer } = await bounded(made, tool, { ...args, after: lines.length });
    expect(answer).not.toHaveProperty('cut_to_fit');
    expect(answer[key]).toHaveLength(answer.shown);
    expect(answer.shown).toBeGreaterThan(0);
    lines.push(...answer[key]);
    total = answer.total;
    const remaining = total - lines.length;
    if (remaining > 0) expect(answer.notes.join()).toContain(`after: ${lines.length}`);
  }
  return lines;
}

const once = (found: readonly unknown[], wanted: readonly unknown[]): void => {
  expect(new Set(found).size).toBe(found.length);
  expect([...found].sort()).toEqual([...wanted].sort());
};

/** Ids of the assets in a collection and below it that can be found. */
function under(collection: string): string[] {
  const { contents, assets, acls } = made.sandbox.store;
  return contents.where('collection_id', collection).flatMap(({ object_id, object_type }) => {
    if (object_type === 'collections') return under(String(object_id));
    const closed = acls.get(`assets/${object_id}`)?.permissions as string[] | undefined;
    const there = assets.get(String(object_id))?.status === 'ACTIVE' && (!closed || closed.includes('read'));
    return there ? [String(object_id)] : [];
  });
}

describe('find_assets, page by page', () => {
  test.each([
    [{ sort: 'title' }],
    [{}],
    [{ sort: 'newest', show: ['worst_field_0', 'worst_field_1', 'Keywords'] }],
    [{ sort: 'longest', count_by: ['Keywords', 'worst_field_2'] }],
    [{ sort: 'largest', show: ['codec', 'checksum'] }],
  ])('shows each asset once: %j', async (how) => {
    const answers = await walk('find_assets', { collection: ids.football, ...how }, { limit: 100 });
    const wanted = [...new Set(under(ids.football))];
    expect(wanted.length).toBeGreaterThan(100);
    expect(answers.every(({ total }) => total === wanted.length)).toBe(true);
    once(
      answers.flatMap(({ hits }) => hits.map(idOf)),
      wanted,
    );
  });

  test('shows each collection once', async () => {
    const answers = await walk('find_assets', { kind: 'collections', sort: 'title' }, { limit: 100 });
    const wanted = made.sandbox.store.collections.list(({ status }) => status === 'ACTIVE').map(({ id }) => id);
    once(
      answers.flatMap(({ hits }) => hits.map(idOf)),
      wanted,
    );
  });
});

describe('read_metadata, page by page', () => {
  const rowsOf = (answers: Answer[]) => answers.flatMap(({ rows }) => rows.map(idOf));

  test.each([[{}], [{ labels: ['Keywords', 'worst_field_0', 'Rating'] }]])(
    'reads each asset of a collection once: %j',
    async (how) => {
      once(rowsOf(await walk('read_metadata', { collection: ids.season2025, ...how })), [
        ...new Set(under(ids.season2025)),
      ]);
    },
  );

  test('reads each asset of a selection once', async () => {
    const { selection, total } = await made.call('find_assets', { collection: ids.season2025, sort: 'title' });
    const rows = rowsOf(await walk('read_metadata', { selection }));
    expect(rows).toHaveLength(total);
    once(rows, [...new Set(under(ids.season2025))]);
  });

  test.each([[20], [120]])('reads each of %i named assets once', async (count) => {
    const assets = made.sandbox.store.assets
      .list(({ status, id }) => status === 'ACTIVE' && id !== ids.hidden)
      .slice(0, count);
    once(
      rowsOf(await walk('read_metadata', { assets: assets.map(({ id }) => id) })),
      assets.map(({ id }) => id),
    );
  });

  test('says how many labels a line has no room for, and these can be asked for', async () => {
    const { rows } = await made.call('read_metadata', { assets: [ASSET] });
    expect(rows[0]).toMatch(/and \d+ more labels: give labels or view/);
    const one = await made.call('read_metadata', { assets: [ASSET], labels: ['worst_field_218'] });
    expect(one.rows[0]).toContain(worst(218, 60));
  });
});

describe('read_transcript, page by page', () => {
  test('says every word once, in order', async () => {
    const answers = await walk('read_transcript', { asset: ASSET });
    const lines = answers.flatMap(({ paragraphs }) => paragraphs) as string[];
    expect(lines).toHaveLength(answers[0].total);
    const notes = made.sandbox.store.segments
      .where('asset_id', ASSET)
      .filter(
        (row) =>
          row.segment_type === 'TRANSCRIPTION' &&
          row.version_id === CURRENT &&
          row.transcription_id === largeIds.longTranscription,
      )
      .sort((a, b) => Number(a.time_start_milliseconds) - Number(b.time_start_milliseconds))
      .map(({ segment_text }) => segment_text)
      .join(' ');
    // Behind the timecode and the speaker.
    const speakers = [0, 1, 2].map((n) => worst(n, 90).trim());
    const words = lines.map((line) => {
      const text = line.slice(line.indexOf(' ') + 1);
      const speaker = speakers.find((name) => text.startsWith(`${name}: `)) ?? '';
      return speaker ? text.slice(speaker.length + 2) : text;
    });
    expect(words.join(' ').replace(/\s+/g, ' ')).toBe(notes.replace(/\s+/g, ' '));
  });

  test('finds every place once', async () => {
    const answers = await walk('read_transcript', { asset: ASSET, find: 'harbour', forms: true });
    const found = answers.flatMap((answer) => answer.found);
    expect(found).toHaveLength(answers[0].total);
    expect(found.length).toBeGreaterThan(20);
    expect(new Set(found).size).toBe(found.length);
  });
});

describe('read_notes, page by page', () => {
  test.each([['all'], ['open'], ['done']])('shows each comment and answer once: %s', async (state) => {
    const answers = await walk('read_notes', { asset: ASSET, state });
    const numbers = answers.flatMap(({ items }) => items.map((line: string) => line.split(' · ')[0]));
    const { total, open, done } = answers[0];
    const tops = { all: total, open, done }[state];
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((number: string) => !number.includes('.'))).toHaveLength(tops);
    expect(answers.reduce((sum, { shown }) => sum + shown, 0)).toBe(tops);
    const rows = made.sandbox.store.segments.where('asset_id', ASSET);
    const all = rows.filter((row) => row.segment_type === 'COMMENT' && row.version_id === CURRENT).length;
    if (state === 'all') expect(numbers).toHaveLength(all);
  });

  test('shows each marker and tag once', async () => {
    const kinds = ['MARKER', 'TAG'];
    const answers = await walk('read_notes', { asset: ASSET, kinds });
    const numbers = answers.flatMap(({ items }) => items.map((line: string) => line.split(' · ')[0]));
    const rows = made.sandbox.store.segments
      .where('asset_id', ASSET)
      .filter((row) => kinds.includes(String(row.segment_type)) && row.version_id === CURRENT);
    expect(rows.length).toBeGreaterThan(600);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toHaveLength(rows.length);
  });
});

describe('export_captions, in one document', () => {
  test.each([
    ['srt', readSrt],
    ['vtt', readVtt],
  ])('has every word of the longest transcript once, in order: %s', async (format, read) => {
    const args = { asset: ASSET, format, line_length: 100, lines: 4 };
    const { answer } = await bounded(made, 'export_captions', args);
    const { content } = await made.raw('export_captions', args);
    const document = content.flatMap((one) => ('resource' in one && 'text' in one.resource ? [one.resource.text] : []));
    const cues = read(document.join(''));
    expect(cues).toHaveLength(answer.total);
    const said = made.sandbox.store.segments
      .where('asset_id', ASSET)
      .filter(({ transcription_id }) => transcription_id === largeIds.longTranscription)
      .sort((a, b) => Number(a.time_start_milliseconds) - Number(b.time_start_milliseconds))
      .map(({ segment_text }) => segment_text);
    const words = (texts: readonly unknown[]): string[] => texts.join(' ').split(/\s+/).filter(Boolean);
    expect(words(said).length).toBeGreaterThan(5_000);
    expect(words(cues.map(({ text }) => text))).toEqual(words(said));
  });
});

describe('describe_metadata, line by line', () => {
  test('shows each field of all views once', async () => {
    const lines = await skip('describe_metadata', { view: 'all' }, 'fields');
    const fields = made.sandbox.store.views.list().flatMap(({ view_fields }) => view_fields as readonly unknown[]);
    expect(lines).toHaveLength(fields.length);
    once(
      lines.flatMap((line) => /\(worst_field_\d+\)/.exec(line)?.[0] ?? []),
      Array.from({ length: FIELDS }, (_, n) => `(worst_field_${n})`),
    );
  });

  test('shows each field of a view once', async () => {
    const lines = await skip('describe_metadata', { view: VIEW }, 'fields');
    once(
      lines.map((line) => /worst_field_\d+/.exec(line)?.[0]),
      Array.from({ length: FIELDS }, (_, n) => `worst_field_${n}`),
    );
  });

  test('shows each option of a field once', async () => {
    const lines = await skip('describe_metadata', { field: 'worst_field_1' }, 'options');
    once(
      lines.map((line) => /\(v(\d+)\)$/.exec(line)?.[1]),
      Array.from({ length: 300 }, (_, n) => String(n)),
    );
  });

  test('shows each field with the words once', async () => {
    const lines = await skip('describe_metadata', { find: 'worst_field' }, 'fields');
    expect(new Set(lines).size).toBe(FIELDS);
  });
});

describe('locate_files, line by line', () => {
  test('shows each copy once', async () => {
    const lines = await skip('locate_files', { asset: ASSET }, 'copies');
    const { total } = await made.call('locate_files', { asset: ASSET });
    expect(lines).toHaveLength(total);
    expect(total).toBeGreaterThan(100);
  });
});

describe('check_jobs', () => {
  test('says how many groups of how many it shows', async () => {
    const { groups, notes, total, counts } = await made.call('check_jobs', { state: 'all', days: 365 });
    expect(notes.join()).toMatch(new RegExp(`Showing ${groups.length} of \\d+ groups`));
    expect(Object.values<number>(counts).reduce((sum, one) => sum + one, 0)).toBe(total);
  });
});

describe('find_people, page by page', () => {
  test.each([{}, { asset: ids.interview }])('shows each person once: %j', async (args) => {
    const { persons, appearances } = made.sandbox.store;
    const here = appearances.where('asset_id', ids.interview).map(({ person_id }) => person_id);
    const wanted = 'asset' in args ? here : persons.list().map(({ id }) => id);
    expect(wanted.length).toBeGreaterThan(200);
    const lines: string[] = (await walk('find_people', args)).flatMap(({ people }) => people);
    const ofPerson = /\(([0-9a-f-]{36})\)/;
    once(
      lines.map((line) => ofPerson.exec(line)?.[1]),
      wanted,
    );
  });
});
