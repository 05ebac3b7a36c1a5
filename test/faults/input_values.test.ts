import { expect, test } from 'vitest';
import { ASSET, json, type Outcome, obliging, outcome, SEGMENT, until } from './host.ts';
import { againstRunning } from './running.ts';

const segment = { asset_id: ASSET, segment_type: 'COMMENT' };

test('an unknown argument is named with the nearest known one', () =>
  againstRunning(obliging, async (host, up) => {
    for (const [given, meant] of [
      ['asset_Id', 'asset_id'],
      ['assetId', 'asset_id'],
      ['include_colections', 'include_collections'],
    ] as const) {
      const { isError, text } = await host.call('get_asset', { asset_id: ASSET, [given]: 'x' });
      expect(isError).toBe(true);
      expect(text).toContain(`"${given}"`);
      expect(text).toContain(`Did you mean "${meant}"`);
    }
    expect(up.seen).toHaveLength(0);
  }));

test('__proto__, constructor and prototype as keys pollute nothing', () =>
  againstRunning(
    ({ method }, response) => {
      const evil = '{"id":"x","title":"T","metadata":{"__proto__":{"isError":true}},"__proto__":{"isError":true}}';
      if (method === 'GET') return json(response, 200, { id: ASSET });
      return response.writeHead(200, { 'content-type': 'application/json' }).end(evil);
    },
    async (host, up) => {
      const evil = '{"isError":true,"title":"polluted","segment_text":"polluted","admin":true}';
      const keys = `"__proto__":${evil},"constructor":{"prototype":${evil}},"prototype":${evil}`;
      const calls = [
        ['create_segment', `{"asset_id":"${ASSET}","segment_type":"COMMENT","metadata":{${keys}}}`],
        ['create_segment', `{"asset_id":"${ASSET}","segment_type":"COMMENT",${keys}}`],
        ['update_asset_metadata', `{"asset_id":"${ASSET}","view_id":"${ASSET}","metadata_values":{${keys}}}`],
        ['search', `{"query":"x","filter":{"operator":"AND",${keys}}}`],
        ['search', `{"query":"x","filter":"{\\"operator\\":\\"AND\\",\\"__proto__\\":{\\"x\\":1}}"}`],
        ['create_job', `{"title":"t","type":"CUSTOM","status":"READY","job_context":{"a":{${keys}}}}`],
      ];
      for (const [index, [name, args]] of calls.entries()) {
        host.write(
          `{"jsonrpc":"2.0","id":${900 + index},"method":"tools/call","params":{"name":"${name}","arguments":${args}}}`,
        );
      }
      await until(() => host.messages().filter(({ id }) => id >= 900).length === calls.length);
      for (const message of host.messages().filter(({ id }) => id >= 900)) expect(message).not.toHaveProperty('error');
      for (const { body } of up.seen) {
        const sent = JSON.parse(body);
        for (const key of ['admin', 'isError']) expect(Object.keys(sent)).not.toContain(key);
        expect(sent.title).not.toBe('polluted');
      }
      const plain = await host.call('get_asset', { asset_id: ASSET });
      expect(plain.message.result.isError).toBeUndefined();
      expect(plain.structured).toEqual({ id: ASSET });
    },
  ));

test('per_page out of range is refused with the range, "10" and null are mended', () =>
  againstRunning(obliging, async (host, up) => {
    for (const [per_page, limit] of [
      [0, '1'],
      [-1, '1'],
      [1e9, '100'],
      [101, '100'],
      [1.5, 'int'],
      ['ten', 'number'],
      ['NaN', 'number'],
      [true, 'number'],
    ] as const) {
      const { isError, text } = await host.call('get_storages', { per_page });
      expect(isError, String(per_page)).toBe(true);
      expect(text).toMatch(/per_page/);
      expect(text).toContain(limit);
    }
    expect(up.seen).toHaveLength(0);
    await host.call('get_storages', { per_page: '10' });
    await host.call('get_storages', { per_page: null });
    expect(up.seen.map(({ path }) => path)).toEqual(['/API/files/v1/storages/?per_page=10', '/API/files/v1/storages/']);
  }));

test('an end before its start, negative and too large times send nothing', () =>
  againstRunning(obliging, async (host, up) => {
    const times = [
      { time_start_milliseconds: 5_000, time_end_milliseconds: 4_000 },
      { time_start_milliseconds: -1, time_end_milliseconds: 4_000 },
      { time_start_milliseconds: 0, time_end_milliseconds: 2 ** 53 + 2 },
      { time_start_milliseconds: 0, time_end_milliseconds: 1e300 },
    ];
    for (const one of times) {
      for (const [name, extra] of [
        ['create_segment', {}],
        ['update_segment', { segment_id: SEGMENT }],
        ['partial_update_segment', { segment_id: SEGMENT }],
      ] as const) {
        const { isError, text } = await host.call(name, { ...segment, ...extra, ...one });
        expect(
          { isError, named: /time_(start|end)_milliseconds/.test(text) },
          `${name} ${JSON.stringify(one)}`,
        ).toEqual({ isError: true, named: true });
      }
    }
    expect(up.seen).toHaveLength(0);
  }));

test('10,000 ids arrive whole or are refused, never cut', () =>
  againstRunning(obliging, async (host, up) => {
    const ids = Array.from(
      { length: 10_000 },
      (_, n) => `${n.toString(16).padStart(8, '0')}-5b1c-11ef-9c3a-0a580a3db916`,
    );
    const created = await host.call('create_asset', { title: 'x', person_ids: ids });
    const sent = up.seen.map(({ body }) => JSON.parse(body).person_ids.length);
    expect(sent).toEqual(created.isError ? [] : [10_000]);
    const before = up.seen.length;
    const listed = await host.call('get_storages', { ids });
    for (const { path } of up.seen.slice(before)) expect(decodeURIComponent(path).split(',')).toHaveLength(10_000);
    if (listed.isError) expect(listed.text.length).toBeLessThan(2_000);
    expect((await host.call('get_asset', { asset_id: ASSET })).isError).toBe(false);
  }));

test('a filter nested 100 deep and one of 5,000 terms are refused with the limit', () =>
  againstRunning(obliging, async (host, up) => {
    const nested = (depth: number): object =>
      depth === 0
        ? { operator: 'AND', terms: [{ name: 'a', value: 'b' }] }
        : { operator: 'AND', filters: [nested(depth - 1)] };
    const deep = await host.call('search', { filter: nested(100) });
    expect(deep.isError, '100 deep').toBe(true);
    expect(deep.text).toContain('filter');
    expect(deep.text.length).toBeLessThan(2_000);
    const terms = Array.from({ length: 5_000 }, (_, n) => ({ name: `field_${n}`, value: 'x' }));
    const wide = await host.call('search', { filter: { operator: 'OR', terms } });
    expect(wide.isError, '5,000 terms').toBe(true);
    expect(wide.text).toMatch(/filter\.terms.*\d/);
    expect(wide.text.length).toBeLessThan(2_000);
    expect(up.seen).toHaveLength(0);
  }));

test('free data nested 20,000 deep overflows no stack', () =>
  againstRunning(obliging, async (host) => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const params = `{"name":"create_segment","arguments":{"asset_id":"${ASSET}","segment_type":"COMMENT","metadata":${deep}}}`;
    host.write(`{"jsonrpc":"2.0","id":901,"method":"tools/call","params":${params}}`);
    await until(() => host.messages().some(({ id }) => id === 901));
    const answer = outcome(host.messages().find(({ id }) => id === 901));
    if (answer.isError) expect(answer.text).not.toMatch(/call stack|RangeError/);
    expect((await host.call('get_asset', { asset_id: ASSET })).isError).toBe(false);
  }));

test('unknown values: a closed set is refused with the list, a free one passes', () =>
  againstRunning(obliging, async (host, up) => {
    const closed = await host.call('create_segment', { ...segment, segment_type: 'COMENT' });
    expect(closed.isError).toBe(true);
    expect(closed.text).toMatch(/segment_type.*MARKER.*COMMENT/);
    expect(up.seen).toHaveLength(0);
    const free = await host.call('get_storages', { purpose: 'BRAND_NEW' });
    expect(free.isError).toBe(false);
    expect(up.seen.at(-1)?.path).toContain('purpose=BRAND_NEW');
  }));

test('dates without sense or zone are refused with the format', () =>
  againstRunning(obliging, async (host, up) => {
    const outcomes: Outcome[] = [];
    for (const date_created of [
      'yesterday',
      '2024-02-30T00:00:00Z',
      '2024-02-03T10:00:00',
      '2024-02-03',
      '1709251200',
    ]) {
      outcomes.push(await host.call('create_asset', { title: 'x', date_created }));
    }
    for (const { isError, text } of outcomes) {
      expect({ isError, text }).toMatchObject({
        isError: true,
        text: expect.stringMatching(/date_created.*such as 20\d\d-/),
      });
    }
    expect(up.seen).toHaveLength(0);
    expect((await host.call('create_asset', { title: 'x', date_created: '2024-02-29T10:00:00+02:00' })).isError).toBe(
      false,
    );
  }));
