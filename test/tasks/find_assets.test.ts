import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { beforeAll, describe, expect, test } from 'vitest';
import { quoteAround } from '../../src/tools/tasks/find_assets/hit.ts';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, largeIds, type World, world } from '../support/world.ts';

useJumpingClock();

const ID = /[0-9a-f]{8}-[0-9a-f-]{27}$/;
const idsOf = ({ hits }: Answer): string[] => hits.map((line: string) => ID.exec(line)?.[0]);

let made: World;
beforeAll(async () => {
  made = await world({ assets: 3_000, sandbox: { indexLagMs: 0 } });
});

const find = (args: Record<string, unknown> = {}): Promise<Answer> => made.call('find_assets', args);

interface Asset {
  readonly id: string;
  readonly title: string;
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  readonly archive_status: string;
  readonly is_online: boolean;
}

/** Every asset that is not deleted and may be read, as the tables of the sandbox have it. */
function assets(): Asset[] {
  const { store } = made.sandbox;
  return store.assets
    .list(({ id, status }) => status === 'ACTIVE' && id !== ids.hidden)
    .map((row: Answer) => {
      const held: Answer = store.values.get(`assets/${row.id}`)?.metadata_values ?? {};
      const values = Object.entries(held).map(([name, entry]: [string, Answer]) => [
        name,
        (entry?.field_values ?? []).map(({ value }: Answer) => value),
      ]);
      return { ...row, values: Object.fromEntries(values) };
    });
}

async function walk(args: Record<string, unknown>): Promise<string[]> {
  const found: string[] = [];
  let answer = await find({ ...args, limit: 100 });
  found.push(...idsOf(answer));
  while (answer.next) {
    answer = await find({ cursor: answer.next, limit: 100 });
    found.push(...idsOf(answer));
  }
  expect(new Set(found).size).toBe(found.length);
  return found.sort();
}

const wanted = (fits: (asset: Asset) => boolean): string[] =>
  assets()
    .filter(fits)
    .map(({ id }) => id)
    .sort();

describe('assets are found', () => {
  const has = (asset: Asset, name: string): readonly unknown[] => asset.values[name] ?? [];
  const year = (asset: Asset, start: string): boolean =>
    has(asset, 'shoot_date').some((day) => String(day).startsWith(start));

  test.each<[string, Record<string, unknown>, (asset: Asset) => boolean]>([
    [
      'an option by its label',
      { where: { Clearance: 'Pending' } },
      (one) => has(one, 'rights_clearance')[0] === 'pending',
    ],
    [
      'one of several options',
      { where: { Clearance: ['Pending', 'Refused'] } },
      (one) => ['pending', 'refused'].includes(String(has(one, 'rights_clearance')[0])),
    ],
    ['any but one', { where: { Clearance: 'not Cleared' } }, (one) => has(one, 'rights_clearance')[0] !== 'cleared'],
    ['a year', { where: { 'Shoot date': '2025' } }, (one) => year(one, '2025')],
    [
      'a range of months, both included',
      { where: { 'Shoot date': '2025-03..2025-04' } },
      (one) => year(one, '2025-03') || year(one, '2025-04'),
    ],
    ['a range of numbers', { where: { Rating: '4..5' } }, (one) => Number(has(one, 'editor_rating')[0] ?? 0) >= 4],
    ['an empty field', { where: { Rating: 'empty' } }, (one) => has(one, 'editor_rating').length === 0],
    ['a field that is filled', { where: { Rating: 'not empty' } }, (one) => has(one, 'editor_rating').length > 0],
    ['what is archived', { archived: true }, ({ archive_status }) => archive_status === 'ARCHIVED'],
    ['what is offline', { online: false }, ({ is_online }) => is_online === false],
    [
      'several conditions together',
      { where: { Clearance: 'Cleared', Rating: '5..' }, archived: false },
      (one) =>
        has(one, 'rights_clearance')[0] === 'cleared' &&
        Number(has(one, 'editor_rating')[0] ?? 0) >= 5 &&
        one.archive_status === 'NOT_ARCHIVED',
    ],
  ])('by %s', async (_, args, fits) => {
    const expected = wanted(fits);
    expect(expected.length).toBeGreaterThan(0);
    expect((await find(args)).total).toBe(expected.length);
    expect(await walk(args)).toEqual(expected);
  });

  test('in a collection and all below it, by its name', async () => {
    const answer = await find({ collection: 'Spring Campaign', limit: 100 });
    expect(answer.notes).toEqual([
      `"Spring Campaign" → collection "Spring Campaign" (${ids.springCampaign}) and everything below it`,
    ]);
    const { store } = made.sandbox;
    const inside = (id: unknown): string[] =>
      store.contents
        .list((row) => row.collection_id === id)
        .flatMap((row) => (row.object_type === 'assets' ? [String(row.object_id)] : inside(row.object_id)));
    expect(await walk({ collection: 'Spring Campaign' })).toEqual([...new Set(inside(ids.springCampaign))].sort());
  });

  test('by length and kind of media', async () => {
    const { hits } = await find({ length: '..0:30', media_type: ['video'], sort: 'longest', limit: 100 });
    expect(hits.length).toBeGreaterThan(0);
    for (const line of hits) expect(line).toMatch(/ · video 0:[0-3]\d · /);
    expect(hits[0]).toMatch(/video 0:(30|2\d)/);
    const { hits: long } = await find({ length: '1:00:00..', limit: 100 });
    for (const line of long) expect(line).toMatch(/ \d+:\d\d:\d\d · /);
  });

  test('by words that are all needed, phrases and beginnings', async () => {
    const both = await find({ words: 'Jordan Lisbon' });
    expect(idsOf(both)).toContain(ids.interview);
    expect((await find({ words: '"Lisbon Jordan"' })).total).toBe(0);
    expect(idsOf(await find({ words: 'Jord* "Reyes, Lisbon"' }))).toContain(ids.interview);
    // Signs that mean something to a search engine are just signs.
    for (const words of ['AND OR', '(', 'a:b', '"', 'title:[1 TO', '\\', '~5^2', '!']) {
      expect((await find({ words })).total).toBeGreaterThanOrEqual(0);
    }
  });

  test('by who is in them, not by who is mentioned, and that is said', async () => {
    const isIn = (one: Answer, who: string) =>
      ['people_on_camera', 'players_seen'].some((field) => has(one, field).includes(who));
    const expected = wanted((one) => isIn(one, 'Jordan Reyes'));
    expect(await walk({ people: ['Jordan Reyes'] })).toEqual(expected);
    const { notes } = await find({ people: ['jordan reyes', 'Milo Hartmann'], limit: 1 });
    expect(notes).toEqual([
      'people → People (people_on_camera), Players (players_seen)',
      'To find mentions of people use words.',
    ]);
    expect(await walk({ people: ['jordan reyes', 'Milo Hartmann'] })).toEqual(
      wanted((one) => ['Jordan Reyes', 'Milo Hartmann'].every((who) => isIn(one, who))),
    );
  });

  test('by dates in a time zone, which is named', async () => {
    const utc = await find({ where: { created: '2025-06-01' }, limit: 100 });
    const lisbon = await find({ where: { created: '2025-06-01' }, time_zone: 'Pacific/Auckland', limit: 100 });
    const others = /^Without the condition on created there are \d+ hits, from 20\S+ to 20\S+\.$/;
    expect(utc.total).toBe(0);
    expect(utc.notes).toEqual(['created → date_created (UTC)', expect.stringMatching(others)]);
    expect(lisbon.notes).toEqual(['created → date_created (Pacific/Auckland)', expect.stringMatching(others)]);
    const made_ = (from: string, to: string) =>
      assets()
        .filter((one) => String((one as Answer).date_created) >= from && String((one as Answer).date_created) < to)
        .map(({ id }) => id)
        .sort();
    expect(idsOf(utc).sort()).toEqual(made_('2025-06-01', '2025-06-02'));
    expect(idsOf(lisbon).sort()).toEqual(made_('2025-05-31T12:00', '2025-06-01T12:00'));
  });
});

describe('what Iconik is asked', () => {
  test('puts the id last in every order, so that pages keep apart what is equal', async () => {
    const bodies: Answer[] = [];
    const spied = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        const body: Answer = request.url.includes('/search/') ? await request.clone().json() : {};
        if (body.doc_types?.includes('assets')) bodies.push(body);
        return sandbox.fetch(request);
      },
    });
    for (const sort of ['newest', 'oldest', 'changed', 'title', 'longest', 'shortest'])
      await spied.call('find_assets', { sort });
    expect(bodies).toHaveLength(6);
    for (const { sort } of bodies) expect(sort).toEqual([expect.anything(), { name: 'id', order: 'asc' }]);
  });

  test('ends a day before the next one begins', async () => {
    const late = await world({ sandbox: { indexLagMs: 0 } });
    const { store } = late.sandbox;
    store.assets.update(ids.drone, { date_created: '2019-03-02T00:00:00.000000+00:00' });
    store.assets.update(ids.match, { date_created: '2019-03-01T23:59:59.999000+00:00' });
    late.sandbox.reindex();
    const found = await late.call('find_assets', { where: { created: '2019-03-01' } });
    expect(idsOf(found)).toEqual([ids.match]);
  });
});

describe('a hit', () => {
  test('is one line with its title, kind, length, date, what is unusual, and its id', async () => {
    const { hits } = await find({ words: '"Interview Jordan Reyes, Lisbon"' });
    expect(hits[0]).toBe(
      `"Interview Jordan Reyes, Lisbon" · video 26:00 · 2025-05-15 · 3 versions · 6 open comments · ${ids.interview}`,
    );
  });

  test('says why it matched where its title does not', async () => {
    const { hits } = await find({ words: 'climate', limit: 100 });
    expect(hits).toHaveLength(100);
    for (const line of hits) expect(line).toMatch(/ · (in \w+|at [\d:]+.*): ".*climate.*" · /i);
    const { hits: named } = await find({ words: 'Lisbon' });
    for (const line of named)
      if (/"[^"]*Lisbon[^"]*" · (video|audio|image)/.test(line)) expect(line).not.toContain(' · in ');
  });

  test('of people says nothing that was asked for', async () => {
    const { hits } = await find({ people: ['Jordan Reyes'], limit: 100 });
    expect(hits.filter((line: string) => / · in \w+: /.test(line))).toEqual([]);
  });

  test('of spoken words says when they fall, and how often', async () => {
    const { hits } = await find({ spoken: 'climate' });
    const line = hits.find((one: string) => one.endsWith(largeIds.longInterview));
    expect(line).toMatch(/ · at 2:02 and 14 more: ".*climate.*" · /);
    // And where words turn out to be spoken.
    const { hits: any } = await find({ words: '"word climate" connection' });
    expect(any).toEqual([expect.stringMatching(/ · at 2:02 and 1 more: ".*word climate.*" · /)]);
  });

  test('shows the values that are asked for, by label', async () => {
    const { hits } = await find({ show: ['Clearance'], where: { Clearance: 'Pending' } });
    for (const line of hits) expect(line).toContain(' · Clearance: Pending · ');
  });

  test.each([
    {},
    { words: 'harbour' },
    { people: ['Jordan Reyes'] },
    { spoken: 'climate' },
    { comment: 'the' },
    { where: { 'Shoot date': '2025' }, show: ['Clearance', 'Rating'] },
    { kind: 'collections' },
  ])('costs at most 100 tokens in the mean, in both channels: %o', async (args) => {
    const result = await made.raw('find_assets', { ...args, limit: 20 });
    const { hits } = result.structuredContent as Answer;
    const [block] = result.content;
    const text = block?.type === 'text' ? block.text : '';
    const lines = text.split('\n').filter((line) => line.startsWith('- ') && ID.test(line));
    expect(hits.length).toBeGreaterThan(0);
    expect(lines).toHaveLength(hits.length);
    expect(encode(JSON.stringify(hits)).length / hits.length).toBeLessThanOrEqual(100);
    expect(encode(lines.join('\n')).length / hits.length).toBeLessThanOrEqual(100);
    if (hits.length < 20) return;
    // On a page of the usual length with all that stands around the hits.
    expect(encode(JSON.stringify(result.structuredContent)).length / hits.length).toBeLessThanOrEqual(100);
    expect(encode(text).length / hits.length).toBeLessThanOrEqual(100);
  });
});

describe('the place of a word', () => {
  test.each([
    ['in prose', `${'word after word '.repeat(9)}<em>harbour</em> ${'and more '.repeat(9)}`, 'harbour'],
    ['in a script without spaces', `${'港の夕暮れ嵐の翌朝'.repeat(9)}<em>灯台</em>${'の物語'.repeat(30)}`, '灯台'],
    ['behind a long word', `${'a'.repeat(80)}<em>harbour</em> ${'b '.repeat(60)}`, 'harbour'],
    ['behind emoji', `${'🎬'.repeat(60)}<em>harbour</em>${'🌊'.repeat(60)}`, 'harbour'],
  ])('is in sight %s', (_, marked, word) => {
    const shown = quoteAround(marked);
    expect(shown).toContain(word);
    expect(shown.length).toBeLessThanOrEqual(52);
    expect(shown.isWellFormed()).toBe(true);
  });
});

describe('a result', () => {
  test('is counted by label', async () => {
    const { counts, total } = await find({ count_by: ['Clearance', 'media_type'], limit: 1 });
    const all = assets();
    const cleared = all.filter((one) => one.values.rights_clearance?.[0] === 'cleared').length;
    expect(counts.Clearance.Cleared).toBe(cleared);
    expect(total).toBe(all.length);
    expect(Object.keys(counts.media_type)).toContain('video');
  });

  test('is a selection of exactly this, which other tasks take', async () => {
    const { selection, total } = await find({ where: { Clearance: 'Refused' } });
    const table = await made.call('read_metadata', { selection, labels: ['Clearance'] });
    expect(table.total).toBe(total);
  });

  test('is described by everything that narrows it', async () => {
    const { selection } = await find({ archived: false, media_type: ['video'], length: '5m..' });
    const { notes } = await made.call('read_metadata', { selection, labels: ['Clearance'] });
    expect(notes.join()).toContain(`${selection} → media_type: video; archived: false; length: 5m..`);
  });

  test.each([{ words: 'flash interview Matchday 12' }, { spoken: 'harbour' }])(
    '%j has no next page where all are shown, also where they just fill one',
    async (args) => {
      const { total } = await find(args);
      const whole = await find({ ...args, limit: total });
      expect(whole).toMatchObject({ total, shown: total });
      expect(whole).not.toHaveProperty('next');
      if (total < 2) return;
      const rest = await find({ cursor: (await find({ ...args, limit: total - 1 })).next, limit: 1 });
      expect(rest.shown).toBe(1);
      expect(rest).not.toHaveProperty('next');
    },
  );

  test('that is empty says what was understood and has no selection', async () => {
    const answer = await find({ words: 'xyzzyx', where: { Clearance: 'Pending' } });
    const alone = /^Hits of each condition alone: words 0, Clearance [1-9]\d*\.$/;
    const notes = [expect.stringContaining('rights_clearance'), expect.stringMatching(alone)];
    expect(answer).toMatchObject({ total: 0, hits: [], notes });
    expect(answer).not.toHaveProperty('selection');
    expect(answer).not.toHaveProperty('next');
  });

  test.each([
    [{ where: { Clearence: 'Pending' } }, /"Clearence".*Clearance/],
    [{ where: { Clearance: 'Pendin' } }, /"Pendin".*Nearest: Pending/],
    [{ where: { 'Shoot date': 'last harvest' } }, /last harvest.*20\d\d/],
    [{ collection: 'Training' }, /Training.*Season 2025.*2023 Season/s],
    [{ length: '30' }, /length: "30" is not a range/],
    [{ time_zone: 'Mars/Base', where: { created: '2025' } }, /Mars\/Base/],
    [{ cursor: 'cur_1', words: 'x' }, /leave out words/],
  ])('is refused with what is allowed: %o', async (args, text) => {
    expect(await made.refused('find_assets', args)).toMatch(text);
  });
});
