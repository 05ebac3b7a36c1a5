import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble, expand, type Parts, UnsafePathError } from '../../src/client/route.ts';

const SEGMENT = 'PATCH /assets/v1/assets/{asset_id}/segments/{segment_id}/{?generate_subclip_keyframes}';
const id = 'a55e7001-5b1c-11ef-9c3a-0a580a3db916';

describe('a route', () => {
  test('puts path, query and body arguments where they belong', () => {
    expect(
      expand(SEGMENT, { asset_id: id, segment_id: 's1', generate_subclip_keyframes: false, segment_text: 'x' }),
    ).toEqual({
      method: 'PATCH',
      path: `/API/assets/v1/assets/${id}/segments/s1/?generate_subclip_keyframes=false`,
      body: { segment_text: 'x' },
    });
  });

  test('sends empty texts, empty lists, null and zero, and leaves out what was not given', () => {
    const { body } = expand('POST /files/v1/assets/{asset_id}/file_sets/', {
      asset_id: id,
      base_dir: '',
      component_ids: [],
      storage_id: undefined,
      size: 0,
      checksum: null,
    });
    expect(body).toEqual({ base_dir: '', component_ids: [], size: 0, checksum: null });
  });

  test('encodes the query and joins lists', () => {
    expect(expand('GET /files/v1/storages/', { name: 'a&b=c', ids: ['1', '2'] }).path).toBe(
      '/API/files/v1/storages/?name=a%26b%3Dc&ids=1%2C2',
    );
  });

  test('takes a context from its closed set, also where it is a word of paths', () => {
    const args = { context: 'BULK', action_id: 'a1' };
    const { path } = expand('GET /assets/v1/custom_actions/{context}/{action_id}/', args);
    expect(path).toBe('/API/assets/v1/custom_actions/BULK/a1/');
    expect(() =>
      expand('GET /assets/v1/custom_actions/{context}/{action_id}/', { ...args, action_id: 'bulk' }),
    ).toThrow(UnsafePathError);
  });

  test('gives a DELETE a body where its route names its query', () => {
    const args = { asset_id: 'a1', segment_ids: ['s1', 's2'], immediately: true };
    expect(expand('DELETE /assets/v1/assets/{asset_id}/segments/bulk/{?immediately}', args)).toEqual({
      method: 'DELETE',
      path: '/API/assets/v1/assets/a1/segments/bulk/?immediately=true',
      body: { segment_ids: ['s1', 's2'] },
    });
    expect(expand('DELETE /assets/v1/assets/{asset_id}/', { asset_id: 'a1', immediately: true })).toEqual({
      method: 'DELETE',
      path: '/API/assets/v1/assets/a1/?immediately=true',
    });
  });

  test.each([
    '',
    ' ',
    '.',
    '..',
    '../../../users/v1/users/current',
    '%2e%2e/%2e%2e/x',
    '%252e%252e',
    '..%2f..',
    'a?x=1',
    'a#b',
    'a;b',
    'a\\..\\b',
    'a\r\nb',
    'a\0b',
    'a\tb',
    'old',
    'All',
    'bulk',
    'x'.repeat(100_000),
  ])('refuses %j as a path argument', (asset_id) => {
    expect(() => expand('GET /assets/v1/assets/{asset_id}/', { asset_id })).toThrow(UnsafePathError);
  });

  test('never leaves its own path, whatever the argument is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webPath(), fc.string({ unit: 'binary' })), (asset_id) => {
        try {
          const { path } = expand('GET /assets/v1/assets/{asset_id}/', { asset_id });
          const url = new URL(path, 'https://app.iconik.io');
          expect(url.pathname).toBe(`/API/assets/v1/assets/${asset_id}/`);
          expect(url.search).toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(UnsafePathError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a request in parts', () => {
  const parts = (own: Partial<Parts>): Parts => ({
    route: 'PUT /metadata/v1/{object_type}/{object_id}/',
    path: { object_type: 'assets', object_id: id },
    query: {},
    leadsThere: () => true,
    ...own,
  });

  test('keeps path, query and body apart', () => {
    const body = { object_id: 'another', values: [1] };
    expect(assemble(parts({ query: { object_id: 'x y', ids: [1, 2], none: undefined }, body }))).toEqual({
      method: 'PUT',
      path: `/API/metadata/v1/assets/${id}/?object_id=x+y&ids=1%2C2`,
      body,
    });
    expect(assemble(parts({ route: 'DELETE /x/v1/y/', path: {} }))).toEqual({ method: 'DELETE', path: '/API/x/v1/y/' });
  });

  test('takes a word of a path where it leads to the same operation, and nothing that is no id', () => {
    const seen: string[] = [];
    const leadsThere = (method: string, path: string): boolean => {
      seen.push(`${method} ${path}`);
      return !path.includes('/fields/');
    };
    assemble(parts({ path: { object_type: 'assets', object_id: 'all' }, leadsThere }));
    expect(seen).toEqual(['PUT /API/metadata/v1/assets/all/']);
    const other = { object_type: 'fields', object_id: 'x' };
    expect(() => assemble(parts({ path: other, leadsThere }))).toThrow(UnsafePathError);
    for (const object_id of ['', '.', '..', 'a/b', 'a%2fb', '?', 5, undefined, null, '-x', 'x'.repeat(200)])
      expect(() => assemble(parts({ path: { object_type: 'assets', object_id } }))).toThrow(UnsafePathError);
  });
});
