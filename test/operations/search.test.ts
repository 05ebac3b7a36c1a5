import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, SIGNED, spoiled, type World, watched, world } from '../support/traffic.ts';

useJumpingClock();

/** Short hits, so that an answer holds them all. */
const assets = { doc_types: ['assets'], per_page: 100, include_fields: ['id', 'title', 'date_created'] };
const found = async ({ call }: World, args: Record<string, unknown>): Promise<string[]> =>
  (await call('search', { ...assets, ...args })).objects.map(({ id }: Answer) => id);
const titled = async ({ call }: World, args: Record<string, unknown>): Promise<string[]> =>
  (await call('search', { ...assets, ...args })).objects.map(({ title }: Answer) => title);

describe('what search sends', () => {
  test('has the page in the query and the criteria in the body', async () => {
    const { call, last } = await watched();
    const filter = { operator: 'AND', terms: [{ name: 'media_type', value_in: ['video'] }] };
    const body = { query: 'harbour', doc_types: ['assets'], filter, sort: [{ name: 'date_created', order: 'desc' }] };
    await call('search', { ...body, page: 2, per_page: 3 });
    expect(last().query).toEqual({
      page: '2',
      per_page: '3',
      generate_signed_url: 'false',
      save_search_history: 'false',
    });
    expect(last().body).toEqual(body);
  });

  test('asks for no addresses and leaves no history by default', async () => {
    const { call, last } = await watched();
    await call('search', {});
    expect(last().query).toEqual({ generate_signed_url: 'false', save_search_history: 'false' });
    expect(last().body).toEqual({});
  });

  test('asks for both when told to, and shows the addresses', async () => {
    const { call, last, sandbox } = await watched();
    const asked = { generate_signed_url: true, generate_signed_proxy_url: true, save_search_history: true };
    const { objects } = await call('search', { query: 'title:"Matchday 13"', doc_types: ['assets'], ...asked });
    expect(last().query).toMatchObject({
      generate_signed_url: 'true',
      generate_signed_proxy_url: 'true',
      save_search_history: 'true',
    });
    expect(objects[0].keyframes[0].url).toMatch(SIGNED);
    expect((await sandbox.fetch(objects[0].proxies[0].url)).status).toBe(200);
    expect(objects[0].files.some(({ url }: Answer) => url)).toBe(false);
  });

  test('gives whole addresses, also where there are too many to show', async () => {
    const { call, sandbox } = await world();
    const one = { query: `id:"${ids.interview}"`, doc_types: ['assets'], generate_signed_url: true };
    const { objects, cut_to_fit } = await call('search', one);
    const all = sandbox.store.keyframes.list((row) => row.asset_id === ids.interview).length;
    expect(objects[0].keyframes.length).toBeGreaterThan(0);
    expect(Boolean(cut_to_fit)).toBe(objects[0].keyframes.length < all);
    for (const { url } of objects[0].keyframes) expect((await sandbox.fetch(url)).status).toBe(200);
  });

  test.each([
    [{ operator: 'AND', terms: [] }, 'Unknown argument "operator"'],
    [{ filter: { terms: [] } }, 'filter.operator is missing'],
    [{ filter: { operator: 'AND', terms: [{ value: 'x' }] } }, 'filter.terms.0.name is missing'],
    [{ filter: { operator: 'AND', terms: [{ name: 'a', values: ['x'] }] } }, '"values"'],
    [{ doc_types: ['asset'] }, 'Nearest: assets'],
    [{ scroll: true }, 'Unknown argument "scroll"'],
    [{ per_page: 1001 }, 'per_page'],
  ])('is nothing for %j', async (args, expected) => {
    const { refused, requests } = await world();
    expect(await refused('search', args)).toContain(expected);
    expect(requests).toEqual([]);
  });
});

describe('what search finds', () => {
  test('by words, all of which have to be there, in any case', async () => {
    const made = await world();
    expect(await found(made, { query: 'JORDAN lisbon interview' })).toContain(ids.interview);
    expect(await found(made, { query: 'lisbon zeppelin' })).toEqual([]);
    expect(await found(made, { query: 'lisbon OR zeppelin' })).toContain(ids.interview);
  });

  test('by a phrase, whose order counts', async () => {
    const made = await world();
    expect(await found(made, { query: '"old harbour at sunrise"' })).toContain(ids.drone);
    expect(await found(made, { query: '"sunrise at old harbour"' })).not.toContain(ids.drone);
  });

  test('by a field, a value of metadata and what must not be', async () => {
    const made = await world();
    expect(await titled(made, { query: 'title:drone* AND NOT title:copy' })).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/copy/)]),
    );
    expect(await found(made, { query: 'title:drone*' })).toContain(ids.drone);
    const rated = await found(made, { query: 'metadata.editor_rating:5' });
    expect(rated).toEqual(expect.arrayContaining([ids.interview, ids.match]));
    expect(rated).not.toContain(ids.drone);
  });

  test('by a range, in the query or in the filter', async () => {
    const made = await world();
    const day = { min: '2025-06-01', max: '2025-06-30' };
    const inQuery = await found(made, { query: `metadata.shoot_date:[${day.min} TO ${day.max}]` });
    const terms = [{ name: 'metadata.shoot_date', range: day }];
    expect(inQuery).toContain(ids.drone);
    expect(inQuery).not.toContain(ids.interview);
    expect((await found(made, { filter: { operator: 'AND', terms } })).sort()).toEqual(inQuery.sort());
  });

  test('by nested filters', async () => {
    const made = await world();
    const term = (name: string, ...value_in: string[]) => ({ name, value_in });
    const either = [term('metadata.content_kind', 'drone'), term('metadata.editor_rating', '5')];
    const hits = await found(made, {
      filter: {
        operator: 'AND',
        terms: [term('media_type', 'video'), { name: 'metadata.competition', missing: true }],
        filters: [{ operator: 'OR', terms: either }],
      },
    });
    expect(hits).toEqual(expect.arrayContaining([ids.drone, ids.interview]));
    for (const other of [ids.match, ids.master, ids.placeholder]) expect(hits).not.toContain(other);
    const none = await found(made, { filter: { operator: 'AND', terms: either } });
    expect(none).toEqual([]);
  });

  test('segments by what was said, with their place', async () => {
    const { call } = await world();
    const { objects } = await call('search', {
      doc_types: ['segments'],
      query: '"name caption come two seconds later"',
    });
    expect(objects).toMatchObject([
      {
        id: ids.comment,
        object_type: 'segments',
        asset_id: ids.interview,
        segment_type: 'COMMENT',
        segment_text: 'Could the name caption come two seconds later?',
        time_start_milliseconds: 31_000,
      },
    ]);
  });

  test('collections by name', async () => {
    const { call } = await world();
    const { objects } = await call('search', { doc_types: ['collections'], query: '"Matchday 12 highlights"' });
    expect(objects).toMatchObject([{ id: ids.highlights, object_type: 'collections' }]);
  });

  test('in the fields that are named', async () => {
    const made = await world();
    expect(await found(made, { query: 'DJI_0417' })).toContain(ids.drone);
    expect(await found(made, { query: 'DJI_0417', search_fields: ['title'] })).toEqual([]);
  });

  test('nothing new at once, but soon', async () => {
    const made = await world();
    const query = 'title:"Zeppelin over the breakwater"';
    await found(made, { query });
    const { id } = await made.call('create_asset', { title: 'Zeppelin over the breakwater' });
    expect(await found(made, { query })).toEqual([]);
    await expect.poll(() => found(made, { query })).toEqual([id]);
  });
});

describe('how search answers', () => {
  test('counts by facets, and narrows by their values', async () => {
    const { call } = await world();
    const { facets, total } = await call('search', { doc_types: ['assets'], facets: ['media_type'] });
    const counts = Object.fromEntries(facets.media_type.buckets.map(({ key, doc_count }: Answer) => [key, doc_count]));
    expect(counts.video).toBeGreaterThan(counts.audio);
    expect(counts.video).toBeLessThan(total);
    const facets_filters = [{ name: 'media_type', value_in: ['audio'] }];
    expect((await call('search', { doc_types: ['assets'], facets_filters })).total).toBe(counts.audio);
  });

  test('sorts up and down', async () => {
    const { call } = await world();
    const dates = async (order: string): Promise<string[]> =>
      (await call('search', { ...assets, sort: [{ name: 'date_created', order }] })).objects.map(
        ({ date_created }: Answer) => date_created,
      );
    const up = await dates('asc');
    expect(up.length).toBeGreaterThan(10);
    expect(up).toEqual(up.toSorted());
    expect(await dates('desc')).toEqual(up.toReversed());
  });

  test('visits each hit once on a walk with search_after', async () => {
    const { call } = await world();
    const criteria = { doc_types: ['assets'], sort: [{ name: 'title', order: 'asc' }], per_page: 9 };
    const { total } = await call('search', criteria);
    const seen: string[] = [];
    for (let after: unknown; seen.length < total; ) {
      const { objects } = await call('search', { ...criteria, ...(after !== undefined && { search_after: after }) });
      if (objects.length === 0) break;
      seen.push(...objects.map(({ id }: Answer) => id));
      after = objects.at(-1)._sort;
    }
    expect(seen).toHaveLength(total);
    expect(new Set(seen).size).toBe(total);
  });

  test('shows what a hit is about, in few tokens, whatever is asked', async () => {
    const { raw } = await world();
    for (const args of [
      {},
      { query: 'Reyes' },
      { query: 'harbour', doc_types: ['assets'] },
      { query: 'storm OR goal' },
    ]) {
      const { structuredContent: answer, content } = await raw('search', args);
      expect((answer as Answer).objects.length).toBeGreaterThan(0);
      expect(encode(JSON.stringify(answer)).length, JSON.stringify(args)).toBeLessThanOrEqual(4_000);
      expect(encode(JSON.stringify(content)).length, JSON.stringify(args)).toBeLessThanOrEqual(4_400);
    }
  });

  test('shows no texts of segments on an asset as a list in quotes', async () => {
    const { call } = await world();
    const { objects } = await call('search', { query: `id:"${ids.drone}"`, doc_types: ['assets'] });
    expect(objects).toMatchObject([{ id: ids.drone }]);
    expect(JSON.stringify(objects[0].segment_text ?? null)).not.toMatch(/^"\[/);
  });

  test('keeps hits of a kind, status or shape that it does not know', async () => {
    const hit = {
      id: ids.drone,
      object_type: 'holograms',
      status: 'ODD',
      title: null,
      metadata: { a: [1, null] },
      new: {},
    };
    const fetch = spoiled(/\/search\//, () => ({ objects: [hit], total: '1', facets: null, scroll_id: null }));
    const answer = await (await world({ fetch })).call('search', { query: 'x' });
    expect(answer).toMatchObject({ objects: [{ id: ids.drone, object_type: 'holograms', status: 'ODD' }], total: 1 });
    expect(Object.keys(answer).sort()).toEqual(['objects', 'total']);
  });

  test('passes on what is wrong with a query, and which role is missing', async () => {
    const { refused, sandbox } = await world();
    expect(await refused('search', { query: 'title:"open' })).toMatch(/400.*quotation mark is not closed/);
    expect(await refused('search', { page: 10_000 })).toMatch(/too large|does not exist/);
    sandbox.deny('can_search');
    expect(await refused('search', { query: 'a' })).toMatch(/403.*can_search/);
  });
});

test('a filter nested deeper than eight levels is refused before anything is sent, and one of eight is sent', async () => {
  const nested = (depth: number): Record<string, unknown> => ({
    operator: 'AND',
    ...(depth > 1 ? { filters: [nested(depth - 1)] } : { terms: [{ name: 'status', value_in: ['ACTIVE'] }] }),
  });
  const { refused, call, requests } = await world();
  expect(await refused('search', { filter: nested(10) })).toContain('must nest at most 8 deep');
  expect(await refused('search', { filter: JSON.stringify(nested(12)) })).toContain('must nest at most 8 deep');
  expect(requests).toEqual([]);
  expect((await call('search', { filter: nested(8) })).total).toBeGreaterThan(0);
});
