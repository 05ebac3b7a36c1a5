import { describe, expect, test } from 'vitest';
import { allToolsets, ids, type World, world } from '../support/world.ts';

const ASSET = 'a55e7002-5b1c-11ef-9c3a-0a580a3db916';

/** The values of a field as the library holds them. */
const stored = ({ sandbox }: World, name: string): unknown[] => {
  const held = sandbox.store.values.get(`assets/${ASSET}`)?.metadata_values as
    | Record<string, { field_values?: { value: unknown }[] }>
    | undefined;
  return (held?.[name]?.field_values ?? []).map(({ value }) => value);
};
const setting = (values: Record<string, unknown>, more = {}) => ({ assets: [ASSET], values, ...more });

describe('an object where a value is meant', () => {
  test.each([
    ['Location', 'location_name', { field_values: [{ value: 'Harbour Arena' }] }, 'Harbour Arena'],
    ['Location', 'location_name', { value: 'Harbour Arena' }, 'Harbour Arena'],
    ['Location', 'location_name', [{ value: 'Harbour Arena', label: 'Arena' }], 'Harbour Arena'],
  ])("%s is taken out of Iconik's own shape", async (label, name, given, value) => {
    const made = await world();
    await made.call('set_metadata', setting({ [label]: given }));
    expect(stored(made, name)).toEqual([value]);
  });

  test('is two keywords for a list of two', async () => {
    const made = await world();
    const before = stored(made, 'keywords');
    await made.call('set_metadata', setting({ Keywords: [{ value: 'quay' }, { value: 'tide' }] }));
    expect(stored(made, 'keywords')).toEqual([...before, 'quay', 'tide']);
  });

  test.each([{ name: 'Harbour' }, { value: { value: 'x' } }, [['x']]])('is refused otherwise: %j', async (given) => {
    const made = await world();
    const before = stored(made, 'location_name');
    expect(await made.refused('set_metadata', setting({ Location: given }))).toContain('is not a value');
    expect(await made.refused('find_assets', { where: { Location: given } })).toContain('is not a value');
    expect(stored(made, 'location_name')).toEqual(before);
  });
});

describe('an empty value', () => {
  test.each(['', '  ', [null], [''], [{ value: null }]])('makes no blank keyword: %j', async (given) => {
    const made = await world();
    const before = stored(made, 'keywords');
    expect(await made.refused('set_metadata', setting({ Keywords: given }))).toContain('null to clear');
    expect(stored(made, 'keywords')).toEqual(before);
  });

  test.each(['append', 'remove'])('with how: %s is refused', async (how) => {
    const made = await world();
    expect(await made.refused('set_metadata', setting({ Keywords: [] }, { how }))).toContain(`no value to ${how}`);
  });

  test.each(['', null, [], [null]])('clears a field of one value: %j', async (given) => {
    const made = await world();
    await made.call('set_metadata', setting({ Location: 'Quay' }));
    await made.call('set_metadata', setting({ Location: given }));
    expect(stored(made, 'location_name')).toEqual([]);
  });

  test.each([['\u200b'], ['\u00a0'], ['\u3164', '\u2800']])(
    'are none where nothing of them is seen: %j',
    async (...given) => {
      const made = await world();
      const before = stored(made, 'keywords');
      expect(await made.refused('set_metadata', setting({ Keywords: given }))).toContain('has no value');
      expect(stored(made, 'keywords')).toEqual(before);
      const shown = await made.call('set_metadata', setting({ Keywords: [...given, 'pier'] }));
      expect(shown.changed).toBe(1);
      expect(stored(made, 'keywords')).toEqual([...before, 'pier']);
      expect(await made.refused('annotate_asset', { asset: ASSET, items: [`1:00 ${given[0]}`] })).toContain('no text');
    },
  );

  test('clears several values with a plan only', async () => {
    const made = await world();
    await made.call('set_metadata', setting({ Keywords: ['quay', 'tide'] }));
    const before = stored(made, 'keywords');
    const plan = await made.call('set_metadata', setting({ Keywords: null }));
    expect(plan).toMatchObject({ status: 'preview', affected: [expect.stringContaining('→ empty')] });
    expect(stored(made, 'keywords')).toEqual(before);
    await made.call('set_metadata', setting({ Keywords: null }, { confirm: plan.confirm }));
    expect(stored(made, 'keywords')).toEqual([]);
  });

  test.each([null, '', []])('is no condition: %j', async (given) => {
    const made = await world();
    expect(await made.refused('find_assets', { where: { Clearance: given } })).toContain('"empty"');
  });
});

describe('an option that reads like an operator', () => {
  test.each(['empty', 'Not cleared', 'not empty', '2024..2025', '>= 5'])(
    'is the value that is meant: %s',
    async (value) => {
      const made = await world({ toolsets: allToolsets });
      const options = [value, 'Cleared', '5'].map((one) => ({ value: one, label: one }));
      const field = { field_name: 'rights_clearance', label: 'Clearance', field_type: 'drop_down', options };
      await made.call('update_metadata_field', field);
      await made.call('set_metadata', setting({ Clearance: value }));
      made.sandbox.settle();
      expect(stored(made, 'rights_clearance')).toEqual([value]);
      const { total, hits } = await made.call('find_assets', { where: { Clearance: value } });
      expect([total, String(hits).includes(ASSET)]).toEqual([1, true]);
    },
  );
});

describe('a web address', () => {
  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'C:\\contracts\\a.pdf',
    'file:///etc/x',
    'ftp://x.example/a',
    'JAVASCRIPT:x',
    'https://example.com/\njavascript:x',
    'https://example.com/\u2028x',
    'https://example.com/" onclick="x',
  ])('is refused without http or https: %s', async (given) => {
    const made = await world();
    expect(await made.refused('set_metadata', setting({ Contract: given }))).toContain('https://');
  });

  test('is refused so as the link of an asset, by the tool and by the operation', async () => {
    const made = await world({ catalogue: 'all' });
    const link = 'javascript:alert(1)';
    const before = made.requests.length;
    expect(await made.refused('create_asset', { title: 'Site', type: 'LINK', external_link: link })).toContain(
      'https://',
    );
    const operation = 'PATCH /assets/v1/assets/{asset_id}/';
    const change = { operation, path: { asset_id: ASSET }, body: { external_link: link } };
    expect(await made.refused('change_operation', change)).toContain('https://');
    expect(made.requests.slice(before)).toEqual([]);
  });

  const RUNNING = [
    'javascript:alert(1)',
    ' JavaScript: alert(document.cookie)',
    'java\nscript:alert(1)',
    '\u200bjavascript:x',
    'vbscript:msgbox(1)',
    'data:text/html,<script>x</script>',
  ];
  const VIEW = { asset_id: ASSET, view_id: ids.rightsView };
  const inView = { path: { object_type: 'assets', object_id: ASSET, view_id: ids.rightsView } };
  const values = (value: string) => ({ contract_url: { field_values: [{ value }] } });
  const many = { object_ids: [ids.springCampaign], view_id: ids.rightsView };
  const WRITING: readonly (readonly [tool: string, args: (value: string) => object])[] = [
    ['update_asset_metadata', (value) => ({ ...VIEW, metadata_values: { contract_url: value } })],
    [
      'update_contents_metadata',
      (value) => ({ ...many, include_assets: true, include_collections: false, metadata_values: values(value) }),
    ],
    [
      'change_operation',
      (value) => ({
        operation: 'PUT /metadata/v1/{object_type}/{object_id}/views/{view_id}/',
        ...inView,
        body: { metadata_values: values(value) },
      }),
    ],
    [
      'change_operation',
      (value) => ({
        operation: 'POST /metadata/v1/{object_type}/views/{view_id}/',
        path: { object_type: 'assets', view_id: ids.rightsView },
        body: {
          object_ids: [ASSET],
          metadata_values_object_id_mapping: [{ id: ASSET, metadata_values: values(value) }],
        },
      }),
    ],
  ];
  test.each(WRITING)('is no script where nobody knows the type of the field: %s', async (tool, args) => {
    const made = await world({ toolsets: allToolsets, catalogue: 'all' });
    for (const value of RUNNING)
      expect(await made.refused(tool, { ...args(value) }), value).toMatch(/reads like a script address.*https:\/\//);
    expect(made.requests.filter((one) => /^(PUT|POST) .*metadata/.test(one))).toEqual([]);
  });

  test('that is a script can still be taken away, and words about one are words', async () => {
    const made = await world({ toolsets: allToolsets });
    const write = (value: string, mode?: string) =>
      made.raw('update_asset_metadata', {
        ...VIEW,
        metadata_values: { contract_url: { field_values: [{ value }], ...(mode && { mode }) } },
      });
    const refusal = /reads like a script/;
    expect(JSON.stringify(await write('javascript:alert(1)', 'delete'))).not.toMatch(refusal);
    for (const text of ['JavaScript: The Good Parts', 'data: see the sheet', 'Javascripts', 'on javascript:void'])
      expect(JSON.stringify(await write(text)), text).not.toMatch(refusal);
  });

  test('is kept with it', async () => {
    const made = await world();
    await made.call('set_metadata', setting({ Contract: 'https://example.com/a' }));
    expect(stored(made, 'contract_url')).toEqual(['https://example.com/a']);
  });
});

test('a number with two readings is refused with both', async () => {
  const made = await world();
  const text = await made.refused('set_metadata', setting({ 'Licence fee (EUR)': '1,250' }));
  expect(text).toContain('1.25');
  expect(text).toContain('1250');
});

test('a range of numbers the wrong way round is refused', async () => {
  const made = await world();
  expect(await made.refused('find_assets', { where: { Rating: '5..3' } })).toContain('3..5');
});
