import { describe, expect, test } from 'vitest';
import { type Answer, ids, spoiled, type World, watched, world } from '../support/traffic.ts';

const editorial = { asset_id: ids.interview, view_id: ids.editorialView };

/** What Iconik has: `{ field: [values] }`. */
function valuesOf({ sandbox }: World, id: string = ids.interview): Record<string, unknown[]> {
  const stored: Answer = sandbox.store.values.get(`assets/${id}`)?.metadata_values ?? {};
  const pairs = Object.entries<Answer>(stored);
  return Object.fromEntries(pairs.map(([name, entry]) => [name, entry.field_values.map(({ value }: Answer) => value)]));
}

describe('what is read from a view', () => {
  test('has the filled fields alone, whether Iconik lists the empty ones and separators or not', async () => {
    const technical = { asset_id: ids.interview, view_id: ids.technicalView };
    const read = async (wholeViews: boolean) =>
      (await world({ sandbox: { hard: { wholeViews } } })).call('get_asset_metadata', technical);
    const [whole, filled] = [await read(true), await read(false)];
    expect(whole.metadata_values).toEqual(filled.metadata_values);
    expect(JSON.stringify(whole)).not.toContain('__separator__');
  });

  test.each([
    [{ metadata_values: { keywords: { values: ['fog', { value: 'pier', label: 'Pier' }] }, rating: { values: [] } } }],
    [{ keywords: { values: ['fog', { value: 'pier', label: 'Pier' }] }, rating: { values: [] } }],
    [{ metadata_values: { keywords: { field_values: ['fog', { value: 'pier', label: 'Pier' }] }, rating: null } }],
    [{ metadata_values: { keywords: ['fog', { value: 'pier', label: 'Pier' }], rating: [] } }],
  ])('is read from the older shape %j', async (body) => {
    const fetch = spoiled(/^GET .*\/views\/[^/]+\/$/, () => ({ object_type: 'assets', ...body }));
    const { call } = await world({ fetch });
    const answer = await call('get_asset_metadata', editorial);
    expect(answer).toEqual({
      object_type: 'assets',
      metadata_values: { keywords: { field_values: [{ value: 'fog' }, { value: 'pier', label: 'Pier' }] } },
    });
  });
});

describe('what is written to a view', () => {
  describe('says what Iconik dropped with 200', () => {
    test.each([true, false])('beside what it wrote (whole views: %s)', async (wholeViews) => {
      const made = await world({ sandbox: { hard: { dropsUnknownFields: true, wholeViews } } });
      const metadata_values = { keywords: 'fog', Clearance: 'cleared', location_name: [] };
      const answer = await made.call('update_asset_metadata', { ...editorial, metadata_values });
      expect(answer.dropped).toEqual(['Clearance']);
      expect(answer.note).toContain('Not everything was written: Iconik dropped Clearance');
      expect(answer.stored_differently).toBeUndefined();
      expect(valuesOf(made).keywords).toEqual(['fog']);
    });

    test('when it dropped all of it', async () => {
      const made = await world({ sandbox: { hard: { dropsUnknownFields: true, wholeViews: true } } });
      const before = valuesOf(made);
      const metadata_values = { Keywords: 'fog', nothing: [] };
      const answer = await made.call('update_asset_metadata', { ...editorial, metadata_values });
      expect(answer.dropped).toEqual(['Keywords', 'nothing']);
      expect(answer.note).toContain('Nothing was written');
      expect(valuesOf(made)).toEqual(before);
    });

    test('and nothing where all was stored, in whatever form it comes back', async () => {
      const { call } = await world({ sandbox: { hard: { wholeViews: true } } });
      const metadata_values = {
        editor_rating: '4',
        is_exclusive: 'true',
        keywords: { field_values: ['pier'], mode: 'append' },
        spoken_language: { field_values: ['pt'], mode: 'delete' },
        location_name: [],
      };
      const answer = await call('update_asset_metadata', { ...editorial, metadata_values });
      expect(answer).not.toHaveProperty('dropped');
      expect(answer).not.toHaveProperty('stored_differently');
      expect(answer).not.toHaveProperty('note');
    });

    test('and what it stored otherwise than sent', async () => {
      const fetch = spoiled(/^PUT .*\/views\//, () => ({
        metadata_values: { location_name: { field_values: [{ value: 'PORTO' }] }, keywords: { field_values: [] } },
      }));
      const { call } = await world({ fetch });
      const metadata_values = { location_name: 'Porto', keywords: [] };
      const answer = await call('update_asset_metadata', { ...editorial, metadata_values });
      expect(answer.stored_differently).toEqual(['location_name']);
    });
  });

  test('never sends the separators of a view back', async () => {
    const { call, last } = await watched();
    const metadata_values = { location_name: 'Porto', __separator__: { field_values: [] } };
    expect(await call('update_asset_metadata', { ...editorial, metadata_values })).not.toHaveProperty('dropped');
    expect(last().body).toEqual({ metadata_values: { location_name: { field_values: [{ value: 'Porto' }] } } });
  });

  test('by label fails where the view lost the field meanwhile, and says so', async () => {
    const made = await world({ sandbox: { hard: { dropsUnknownFields: true } } });
    const change = { assets: [ids.interview], values: { editor_rating: 4 } };
    await made.call('read_metadata', { assets: [ids.interview] });
    for (const view of made.sandbox.store.views.list()) {
      const view_fields = (view.view_fields as Answer[]).filter(({ name }) => name !== 'editor_rating');
      made.sandbox.store.views.update(String(view.id), { view_fields });
    }
    const answer = await made.call('set_metadata', change);
    expect(answer.changed).toBe(0);
    expect(answer.failed[0]).toContain('Iconik dropped');
  });

  test('is read back where Iconik answers without values', async () => {
    const fetch = spoiled(/^PUT .*\/views\//, () => ({ object_id: ids.interview }));
    const { call } = await world({ fetch });
    const answer = await call('update_asset_metadata', { ...editorial, metadata_values: { location_name: 'Porto' } });
    expect(answer.note).toContain('read back with get_asset_metadata');
    expect(answer.dropped).toBeUndefined();
  });
});
