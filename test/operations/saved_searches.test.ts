import { describe, expect, test } from 'vitest';
import { type Answer, ids, UNKNOWN, watched } from '../support/traffic.ts';

const made = () => watched({ toolsets: ['search'] });
const idsOf = (objects: readonly Answer[]): string[] => objects.map(({ id }) => id);

describe('saved searches', () => {
  test('are found by name, and run', async () => {
    const { call } = await made();
    const { objects } = await call('list_saved_searches', { query: 'pending' });
    expect(objects).toMatchObject([{ id: ids.savedSearch, name: 'Clearance pending', favoured: true }]);
    const found = await call('get_saved_search', { search_id: ids.savedSearch, per_page: 100 });
    const { criteria } = found.search_criteria_document;
    const same = await call('search', { ...criteria, per_page: 100 });
    expect(idsOf(found.objects)).toEqual(idsOf(same.objects));
    expect(found).toMatchObject({ name: 'Clearance pending', total: same.total });
    expect(await call('list_saved_searches', { favorites: true })).toMatchObject({ total: 1 });
  });

  test('are kept with what they search for', async () => {
    const { call, last } = await made();
    const criteria = {
      doc_types: ['assets'],
      query: 'harbour',
      filter: { operator: 'AND', terms: [{ name: 'media_type', value_in: ['video'] }] },
      sort: [{ name: 'title', order: 'asc' }],
    };
    const { id } = await call('create_saved_search', { name: 'Harbour videos', criteria, favoured: true });
    expect(last()).toMatchObject({ route: 'POST /API/search/v1/search/saved/', query: {} });
    expect(last().body).toEqual({ name: 'Harbour videos', criteria, favoured: true });
    const found = await call('get_saved_search', { search_id: id });
    expect(idsOf(found.objects)).toEqual(idsOf((await call('search', criteria)).objects));
    const bare = await call('get_saved_search', { search_id: id, include_results: false });
    expect(bare.objects).toEqual([]);
    expect(bare.search_criteria_document.criteria).toEqual(criteria);
  });

  test('are refused without a name or criteria, unknown ones, and without the role', async () => {
    const { refused, sandbox, requests } = await made();
    expect(await refused('create_saved_search', { name: 'Nothing' })).toContain('criteria is missing');
    expect(await refused('create_saved_search', { name: 'X', criteria: { words: 'x' } })).toContain('words');
    expect(requests).toEqual([]);
    expect(await refused('get_saved_search', { search_id: UNKNOWN })).toMatch(/404.*Saved search .* does not exist/);
    sandbox.deny('can_write_saved_searches');
    const given = { name: 'X', criteria: { query: 'x' } };
    expect(await refused('create_saved_search', given)).toMatch(/403.*can_write_saved_searches/);
  });
});
