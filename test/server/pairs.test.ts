import { describe, expect, test } from 'vitest';
import { type Answer, ids, world } from '../support/world.ts';

describe('a list of pairs', () => {
  const where = [
    { label: 'Content type', value: ['Interview'] },
    { label: 'Clearance', value: ['Cleared', 'Pending'] },
  ];

  test('finds what the object finds', async () => {
    const { call } = await world();
    const asObject = await call('find_assets', {
      where: { 'Content type': 'Interview', Clearance: ['Cleared', 'Pending'] },
    });
    const asList = await call('find_assets', { where });
    expect(asList.total).toBeGreaterThan(0);
    expect(asList.hits).toEqual(asObject.hits);
    expect((await call('find_assets', { where: JSON.stringify(where) })).hits).toEqual(asObject.hits);
  });

  test('says a range, or that there is no value, in a list of one', async () => {
    const { call } = await world();
    for (const [label, value] of [
      ['Shoot date', '2025'],
      ['Clearance', 'not empty'],
      ['created', '2020..'],
    ] as const) {
      const { total } = await call('find_assets', { where: { [label]: value } });
      expect(total).toBeGreaterThan(0);
      expect((await call('find_assets', { where: [{ label, value: [value] }] })).total).toBe(total);
    }
  });

  test('writes values, and clears a field with an empty list', async () => {
    const { call } = await world();
    const asset = { assets: [ids.interview] };
    const set = async (value: unknown): Promise<Answer> =>
      call('set_metadata', { ...asset, values: [{ label: 'Location', value }], how: 'replace' });
    expect((await set(['Harbour Arena'])).examples.join()).toContain('Harbour Arena');
    expect((await set([])).examples.join()).toMatch(/Harbour Arena" → empty/);
    expect((await set('Pier 4')).examples.join()).toMatch(/empty → "Pier 4"/);
  });

  test.each([
    ['a label twice', [...where, where[0]]],
    ['a label without a value', [{ label: 'Clearance' }]],
    ['a value without a label', [{ value: ['Cleared'] }]],
    ['something else', ['Clearance']],
  ])('is refused with %s, in words that name its form', async (_, given) => {
    const { refused } = await world();
    expect(await refused('find_assets', { where: given })).toMatch(
      /where: .* must be a list of one or more \{label, value\}/,
    );
  });

  test('that is empty, or filled in with nothing, counts as not given', async () => {
    const { call } = await world();
    const { total } = await call('find_assets', { words: 'harbour' });
    for (const nothing of [[], '', {}, null, [{ label: '', value: [] }], [{ label: null, value: null }]])
      expect((await call('find_assets', { words: 'harbour', where: nothing })).total).toBe(total);
  });

  test('gives the columns of a log sheet', async () => {
    const { call } = await world();
    const csv = 'Material;Wert\nInterview Mara Lind, Porto;4\n';
    const columns = { file: 'Material', Rating: 'Wert' };
    const pairs = Object.entries(columns).map(([label, value]) => ({ label, value: [value] }));
    const { summary } = await call('import_log', { csv, columns });
    expect((await call('import_log', { csv, columns: pairs })).summary).toBe(summary);
  });

  test('writes values by field name, with how to write them', async () => {
    const { call } = await world();
    const path = { asset_id: ids.interview, view_id: ids.editorialView };
    const field_values = [{ value: 'quay' }, { value: 'tide' }];
    await call('update_asset_metadata', {
      ...path,
      metadata_values: [
        { name: 'keywords', field_values, mode: null },
        { name: 'location_name', field_values: [{ value: 'Porto' }], mode: 'overwrite' },
      ],
    });
    const { metadata_values } = await call('get_asset_metadata', path);
    expect(metadata_values.keywords.field_values).toMatchObject(field_values);
    expect(metadata_values.location_name.field_values).toMatchObject([{ value: 'Porto' }]);
  });

  test('describes tracks, and the actions of a job', async () => {
    const { call } = await world();
    const { components, metadata } = await call('create_asset_format', {
      asset_id: ids.interview,
      name: 'MEZZANINE',
      components: [{ name: 'V1', type: 'VIDEO', metadata: [{ name: 'codec', value: 'prores' }] }],
      metadata: [[{ name: 'duration', value: '95000' }]],
    });
    expect(components[0].metadata).toEqual({ codec: 'prores' });
    expect(metadata).toEqual([{ duration: '95000' }]);
    const job = await call('create_job', {
      title: 'Deliver',
      type: 'CUSTOM',
      status: 'STARTED',
      metadata: '{"reel": 4, "done": false}',
      action_context: [{ action: 'ABORT', url: 'https://example.com/abort', bulk: null }],
    });
    expect(job.metadata).toEqual({ reel: 4, done: false });
    expect(job.action_context).toEqual({ ABORT: { url: 'https://example.com/abort' } });
  });
});
