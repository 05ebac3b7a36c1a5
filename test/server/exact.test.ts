import { describe, expect, test } from 'vitest';
import { ids, type WorldOptions, world } from '../support/world.ts';

const JSON_TYPE = { headers: { 'content-type': 'application/json' } };

/** Iconik answers everything with this text. */
const answering = (body: string): WorldOptions => ({ fetch: () => async () => new Response(body, JSON_TYPE) });

const asset = { asset_id: ids.interview };
const values = { ...asset, view_id: ids.editorialView };

describe('a number that no double holds', () => {
  test.each([
    '12345678901234567890',
    '-9007199254740993',
    '1e400',
    '-1e999',
    '1e-400',
    '123456789.123456789012',
    '0.1234567890123456789',
  ])('%s is answered with these digits, as text, wherever it is', async (digits) => {
    const { call, raw } = await world(answering(`{"objects":[{"id":"a","size":${digits}}],"total":${digits}}`));
    const answer = await call('get_asset_files', asset);
    expect(answer).toEqual({ objects: [{ id: 'a', size: digits }], total: digits });
    expect(JSON.stringify((await raw('get_asset_files', asset)).content)).toContain(`size: ${digits}`);
  });

  test('keeps its digits as a value of metadata, and in an object of free names', async () => {
    const field_values = '[{"value":12345678901234567890},{"value":1e400},{"value":4}]';
    const { call } = await world(answering(`{"metadata_values":{"n":{"field_values":${field_values}}}}`));
    expect((await call('get_asset_metadata', values)).metadata_values.n.field_values).toEqual([
      { value: '12345678901234567890' },
      { value: '1e400' },
      { value: 4 },
    ]);
  });

  test.each([
    ['4', 4],
    ['"42"', 42],
    ['9007199254740991', 9_007_199_254_740_991],
    ['1e3', 1_000],
  ])('is none of those that a double holds: %s', async (written, number) => {
    const { call } = await world(answering(`{"objects":[],"total":${written}}`));
    expect((await call('get_asset_files', asset)).total).toBe(number);
  });

  const big = Number('12345678901234567890');
  test.each([
    ['set_metadata', { assets: [ids.interview], values: { Rating: big } }, 'values.Rating'],
    ['set_metadata', { assets: [ids.interview], values: [{ label: 'Rating', value: [big] }] }, 'values.0.value.0'],
    ['find_assets', { where: { Rating: big } }, 'where.Rating'],
    ['find_assets', { words: big }, 'words'],
    ['update_asset_metadata', { ...values, metadata_values: { editor_rating: big } }, 'metadata_values.editor_rating'],
    [
      'create_segment',
      { ...asset, segment_type: 'MARKER', time_start_milliseconds: 2 ** 53 },
      'time_start_milliseconds',
    ],
    ['create_segment', { ...asset, segment_type: 'MARKER', external_id: -(2 ** 53) }, 'external_id'],
    [
      'create_job',
      { title: 'x', type: 'CUSTOM', status: 'READY', metadata: '{"n":{"m":[9007199254740993]}}' },
      'metadata.n.m.0',
    ],
    ['search', { search_after: '[12345678901234567890]' }, 'search_after.0'],
    ['search', { page: Number.POSITIVE_INFINITY }, 'page'],
  ])('is not taken from a host, which has rounded it: %s %j', async (tool, args, place) => {
    const { refused, requests } = await world();
    const text = await refused(tool, args);
    expect(text).toContain(`${place}: the number `);
    expect(text).toContain('Send it as text');
    expect(requests).toEqual([]);
  });

  test('is taken as text, with its digits', async () => {
    const { call, sandbox } = await world();
    const segment = { ...asset, segment_type: 'MARKER', external_id: '12345678901234567890' };
    const { id } = await call('create_segment', segment);
    expect(sandbox.store.segments.get(id)?.external_id).toBe('12345678901234567890');
    // The largest one that a double holds is a number as any.
    const last = await call('create_segment', { ...segment, external_id: Number.MAX_SAFE_INTEGER });
    expect(sandbox.store.segments.get(last.id)?.external_id).toBe('9007199254740991');
  });

  test('is refused as text where a number is needed', async () => {
    const { refused } = await world();
    expect(
      await refused('create_segment', {
        ...asset,
        segment_type: 'MARKER',
        time_start_milliseconds: '12345678901234567890',
      }),
    ).toMatch(/time_start_milliseconds: .*(9007199254740991|safe)/);
  });
});

describe('a field called like a part of every object', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  const written = JSON.parse(`{${names.map((name) => `"${name}":{"field_values":[{"value":"of ${name}"}]}`).join()}}`);

  test('is in the answer', async () => {
    const { call, raw } = await world(answering(JSON.stringify({ metadata_values: written })));
    expect(JSON.stringify((await call('get_asset_metadata', values)).metadata_values)).toBe(JSON.stringify(written));
    const text = JSON.stringify((await raw('get_asset_metadata', values)).content);
    for (const name of names) expect(text).toContain(`of ${name}`);
  });

  const sentWith = async (metadata_values: unknown): Promise<string> => {
    const bodies: string[] = [];
    const fetch: WorldOptions['fetch'] = () => async (input, init) => {
      bodies.push(await new Request(input, init).text());
      return new Response('{}', JSON_TYPE);
    };
    const { raw } = await world({ fetch });
    await raw('update_asset_metadata', { ...values, metadata_values });
    return bodies.find((body) => body.includes('metadata_values')) ?? '';
  };

  test('is written, given as an object, as its text, or as a list', async () => {
    const whole = JSON.stringify({ metadata_values: written });
    expect(await sentWith(written)).toBe(whole);
    expect(await sentWith(JSON.stringify(written))).toBe(whole);
    const list = names.map((name) => ({ name, field_values: [{ value: `of ${name}` }] }));
    expect(await sentWith(list)).toBe(whole);
  });

  test.each(names)('is asked for by its name: %s', async (name) => {
    const { refused } = await world();
    const where = JSON.parse(`{"${name}":"x"}`);
    expect(await refused('find_assets', { where })).toContain(`no field "${name}"`);
    const given = { assets: [ids.interview], values: JSON.parse(`{"${name}":"x"}`) };
    expect(await refused('set_metadata', given)).toContain(`no field "${name}"`);
  });

  test('is filtered by, counted by and sorted by as it is', async () => {
    const bodies: string[] = [];
    const fetch: WorldOptions['fetch'] = (sandbox) => async (input, init) => {
      const request = new Request(input, init);
      bodies.push(await request.clone().text());
      return sandbox.fetch(request);
    };
    const { call } = await world({ fetch });
    const terms = names.map((name) => ({ name: `metadata.${name}`, value: 'x' }));
    const criteria = { filter: { operator: 'AND', terms }, facets: names, include_fields: names };
    expect((await call('search', criteria)).total).toBe(0);
    expect(JSON.parse(bodies.at(-1) ?? '')).toMatchObject(criteria);
  });
});

describe('the metadata of a job', () => {
  test('keeps every name', async () => {
    const { call } = await world();
    const metadata = JSON.parse('{"__proto__":{"a":1},"constructor":"x"}');
    const job = await call('create_job', { title: 'x', type: 'CUSTOM', status: 'READY', metadata });
    expect(JSON.stringify(job.metadata)).toBe(JSON.stringify(metadata));
  });
});
