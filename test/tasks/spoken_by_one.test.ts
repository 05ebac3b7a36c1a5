import { describe, expect, test } from 'vitest';
import { ids, type World, world } from '../support/world.ts';
import { agree, idsOf, since } from './segment_rows.ts';

const asset = ids.interview;
const find = 'harbour OR storm OR people';

/** The lines of found places without their numbers. */
const bare = (found: readonly string[]): string[] => found.map((line) => line.replace(/^\d+ /, ''));

const placesOf = async ({ call }: World): Promise<{ places: string; found: string[] }> =>
  call('read_transcript', { asset, find });

const starts = (made: World) =>
  made.sandbox.store.assets
    .list((row) => row.original_asset_id === asset && row.type === 'SUBCLIP' && row.status !== 'DELETED')
    .map((row) => Number(row.time_start_milliseconds))
    .sort((a, b) => a - b);

const millisecondsOf = (line: string): number => Number(/\((\d+) ms\)/.exec(line)?.[1]);

describe('what one speaker says', () => {
  test.each(['Jordan Reyes', 'Reyes', 'jordan', 'REYES'])('is found by a name: %s', async (speaker) => {
    const { call } = await world();
    const all = await call('read_transcript', { asset, find });
    const own = await call('read_transcript', { asset, find, speaker });
    const wanted = bare(all.found).filter((line) => line.includes(' Jordan Reyes: '));
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(all.found.length);
    expect(bare(own.found)).toEqual(wanted);
    expect(own.notes.join()).toContain(`speaker → "Jordan Reyes"; of others, left out: ${all.total - own.total}.`);
  });

  test('is read alone', async () => {
    const { call } = await world();
    const { paragraphs } = await call('read_transcript', { asset });
    const own = await call('read_transcript', { asset, speaker: 'Vogt' });
    expect(own.paragraphs).toEqual(paragraphs.filter((line: string) => line.includes(' Lena Vogt: ')));
    expect(own.paragraphs.length).toBeGreaterThan(1);
  });

  test('goes on with the next page', async () => {
    const { call } = await world();
    const pages = [await call('read_transcript', { asset, find: 'the', speaker: 'Reyes' })];
    while (pages.at(-1)?.next) pages.push(await call('read_transcript', { cursor: pages.at(-1)?.next }));
    expect(pages.length).toBeGreaterThan(1);
    const found = pages.flatMap((page) => page.found as string[]);
    expect(found).toHaveLength(pages[0]?.total);
    for (const [index, line] of found.entries()) expect(line).toMatch(new RegExp(`^${index + 1} .* Jordan Reyes: `));
  });

  test('of an unknown name is answered with those there are', async () => {
    const { refused } = await world();
    expect(await refused('read_transcript', { asset, find, speaker: 'Grace' })).toContain(
      'speaker: nobody in the transcript in en is called "Grace". Its speakers: "Jordan Reyes", "Lena Vogt".',
    );
  });

  test('of a name that fits several is answered with these', async () => {
    const { refused } = await world();
    expect(
      await refused('read_transcript', { asset: 'Conferência de imprensa, Alvorada FC', speaker: 'Speaker' }),
    ).toMatch(/speaker: "Speaker" fits \d+ speakers: "Speaker 1", "Speaker 2"/);
  });

  test('is not known where nobody is told apart', async () => {
    const made = await world();
    for (const row of made.sandbox.store.segments.where('asset_id', asset))
      if (row.segment_type === 'TRANSCRIPTION')
        made.sandbox.store.segments.update(String(row.id), { transcription: { words: [] } });
    made.sandbox.reindex();
    expect(await made.refused('read_transcript', { asset, speaker: 'Reyes' })).toContain(
      'speaker: the transcript in en does not tell speakers apart. Leave it out.',
    );
  });

  test('is counted of others where this one says nothing of it', async () => {
    const { call, refused } = await world();
    const { found, notes, places } = await call('read_transcript', {
      asset,
      find: 'thank you for getting up',
      speaker: 'Reyes',
    });
    expect(found).toEqual([]);
    expect(places).toBeUndefined();
    expect(notes.join()).toContain('of others, left out: 1.');
    expect(await refused('read_transcript', { asset, from: '0:20', to: '0:36', speaker: 'Reyes' })).toContain(
      '"Jordan Reyes" says nothing there',
    );
  });
});

describe('places by their numbers', () => {
  test('are those that were shown', async () => {
    const made = await world();
    const { found } = await placesOf(made);
    expect(found.length).toBeGreaterThan(5);
    expect(found.map((line) => line.split(' ')[0])).toEqual(found.map((_, index) => String(index + 1)));
  });

  test.each<[string, (count: number) => number[]]>([
    ['1, 3', () => [1, 3]],
    ['1 3', () => [1, 3]],
    [': 3 and 1', () => [1, 3]],
    ['2-4', () => [2, 3, 4]],
    ['#1, #3', () => [1, 3]],
    ['(1, 3)', () => [1, 3]],
    ['[1,3]', () => [1, 3]],
    ['only places 1 and 3', () => [1, 3]],
    ['all but numbers 1 & 2', (count) => Array.from({ length: count - 2 }, (_, n) => n + 3)],
    ['not 1, 3-4', (count) => [2, ...Array.from({ length: count - 4 }, (_, n) => n + 5)]],
    ['without 2', (count) => [1, ...Array.from({ length: count - 2 }, (_, n) => n + 3)]],
  ])('are cut, and no others: %s', async (some, wanted) => {
    const made = await world();
    const { places, found } = await placesOf(made);
    const before = starts(made);
    const args = { asset, at_places: `${places} ${some}`, margin: 1, names: ['{said} {n}'] };
    const plan = await made.call('make_subclips', args);
    const times = wanted(found.length).map((number) => millisecondsOf(found[number - 1] ?? '') - 1_000);
    expect(plan.affected).toHaveLength(times.length);
    await made.call('make_subclips', { ...args, confirm: plan.confirm });
    expect(starts(made).filter((start) => !before.includes(start))).toEqual(times);
  });

  test('are marked, and no others', async () => {
    const made = await world();
    const { places, found } = await placesOf(made);
    const before = idsOf(made.sandbox, asset);
    await agree(made, { asset, at_places: `${places} 2, 4`, text: '{n} {speaker}' });
    const rows = since(made.sandbox, asset, before);
    expect(rows.map(([, start]) => start)).toEqual([found[1], found[3]].map((line) => millisecondsOf(line ?? '')));
    expect(rows.map(([, , , text]) => String(text).split(' ')[0])).toEqual(['1', '2']);
  });

  test.each([
    ['99', 'at_places: there is no place 99. Places: 1 to '],
    ['0', 'at_places: there is no place 0. Places: 1 to '],
    ['4-2', 'at_places: "4-2" ends before it begins'],
    ['the first', 'at_places: "the first" is no number of a place. Allowed: '],
    ['not', 'at_places: "not" is no number of a place. Allowed: '],
    ['1 not 2', 'at_places: "1 not 2" is no number of a place. Allowed: '],
  ])('are named where they are wrong: %s', async (some, message) => {
    const made = await world();
    const { places } = await placesOf(made);
    for (const tool of ['make_subclips', 'annotate_asset'])
      expect(await made.refused(tool, { asset, at_places: `${places} ${some}` })).toContain(message);
  });

  test('can be left out until none is left, which is refused', async () => {
    const made = await world();
    const { places, found } = await placesOf(made);
    expect(await made.refused('make_subclips', { asset, at_places: `${places} not 1-${found.length}` })).toContain(
      'at_places: no place is left.',
    );
  });
});

describe('a pattern with a word in braces that there is not', () => {
  test.each(['{foo} {n}', '{Said}', '{speaker name} {n}', '{n:x}'])('is refused by name: %s', async (name) => {
    const made = await world();
    const { places } = await placesOf(made);
    const [unknown = ''] = name.match(/\{(?!n\})[^}]*\}/) ?? [];
    const cut = { asset, at_places: places, names: [name] };
    expect(await made.refused('make_subclips', cut)).toContain(
      `names: ${unknown} is not known. Placeholders: {n}, {n:3} (001), {said}, {speaker}.`,
    );
    expect(await made.refused('make_subclips', { asset, ranges: ['1:00-2:00'], names: [name] })).toContain(
      `names: ${unknown} is not known. Placeholders: {n}, {n:3} (001).`,
    );
    expect(await made.refused('annotate_asset', { asset, at_places: places, text: name })).toContain(
      `text: ${unknown} is not known. Placeholders: {n}, {n:3} (001), {said}, {speaker}.`,
    );
  });

  test('is not filled in where no place is', async () => {
    const { refused } = await world();
    expect(await refused('annotate_asset', { asset, items: ['1:00', '2:00'], text: '{said} {n}' })).toContain(
      'text: {said} is known of at_places alone.',
    );
    expect(await refused('annotate_asset', { asset, items: ['1:00 Quote: {speaker}'] })).toContain(
      'items: {speaker} is known of at_places alone.',
    );
  });

  test('is a number with as many digits as are asked for', async () => {
    const { call } = await world();
    const { affected } = await call('make_subclips', {
      asset,
      ranges: ['1:00-2:00', '3:00-4:00'],
      names: ['Take {n:3}'],
      first_number: 9,
    });
    expect(affected.map((line: string) => line.slice(0, 10))).toEqual(['"Take 009"', '"Take 010"']);
  });
});
