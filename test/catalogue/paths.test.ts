import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/index.ts';

const catalogue = await loadCatalogue();
const { rows } = catalogue;
const ID = '6f9c2c3e-1f6b-11ee-8f2a-0a58a9feac02';
const SEGMENTS = 'GET /assets/v1/assets/{asset_id}/segments/';

const filledWith = (path: string, name: string, value: string): string =>
  path.replace(/\{(\w+)\}/g, (_, one: string) => (one === name ? value : ID));

describe('the catalogue', () => {
  test('finds each operation by its own name', () => {
    for (const row of rows) expect(catalogue.row(row.operation)).toBe(row);
  });

  test.each([
    'GET /API/assets/v1/assets/{asset_id}/segments/',
    'get assets/v1/assets/{id}/segments',
    'GET https://app.iconik.io/API/assets/v1/assets/:asset_id/segments/?per_page=10',
    '/assets/v1/assets/<asset_id>/segments/',
    `GET /assets/v1/assets/${ID}/segments/`,
  ])('understands %s', (written) => {
    expect(catalogue.row(written)?.operation).toBe(SEGMENTS);
  });

  test('offers what is written most like an operation that there is not', () => {
    expect(catalogue.row('GET /assets/v1/assets/{asset_id}/segment/')?.operation).not.toBe(SEGMENTS);
    expect(catalogue.row('GET /assets/v1/asset/{asset_id}/segments/')).toBeUndefined();
    expect(catalogue.nearest('GET /assets/v1/asset/{asset_id}/segments/')[0]).toBe(SEGMENTS);
  });

  test('leads each path with its arguments filled in back to its row', () => {
    const astray = rows.filter(({ method, path }) => catalogue.resolve(method, filledWith(path, '', '')) === undefined);
    expect(astray).toEqual([]);
    for (const row of rows) expect(catalogue.resolve(row.method, `/API${filledWith(row.path, '', '')}`)).toBe(row);
  });

  test("takes no word of Iconik's paths for an id", () => {
    const tricks = rows.flatMap((row) =>
      row.pathNames
        .filter((name) => name.endsWith('_id'))
        .flatMap((name) =>
          wordsBeside(row.path, name).map((word) => ({ row, word, filled: filledWith(row.path, name, word) })),
        ),
    );
    expect(tricks.length).toBeGreaterThan(500);
    const fooled = tricks.filter(({ row, filled }) => catalogue.resolve(row.method, filled) === row);
    expect(fooled.map(({ filled }) => filled)).toEqual([]);
  });

  test('takes a word for an object type only where it leads to nothing else', () => {
    const at = (filled: string) => catalogue.resolve('PUT', filled)?.path;
    expect(at(`/metadata/v1/assets/${ID}/views/${ID}/`)).toBe(
      '/metadata/v1/{object_type}/{object_id}/views/{view_id}/',
    );
    expect(at(`/metadata/v1/views/${ID}/`)).toBe('/metadata/v1/views/{view_id}/');
    expect(at(`/metadata/v1/fields/${ID}/`)).toBe('/metadata/v1/fields/{field_name}/');
  });

  test('refuses a word of another method as an argument, in any case', () => {
    expect(catalogue.resolve('GET', '/assets/v1/assets/recent/')?.operation).toBe('GET /assets/v1/assets/recent/');
    expect(catalogue.resolve('DELETE', '/assets/v1/assets/recent/')).toBeUndefined();
    expect(catalogue.resolve('DELETE', '/assets/v1/assets/Recent/')).toBeUndefined();
  });

  test('says what an operation takes and answers', () => {
    const search = catalogue.row('POST /search/v1/search/');
    expect(search?.body?.fields.query?.type).toBe('string');
    expect(search?.answers).toContain('objects[].id');
    const partial = catalogue.row('PATCH /assets/v1/assets/{asset_id}/');
    expect(Object.values(partial?.body?.fields ?? {}).filter(({ required }) => required)).toEqual([]);
    expect(partial?.body?.fields.date_created?.readOnly).toBeUndefined();
    expect(catalogue.row('POST /files/v2/assets/bulk/archive/')?.since).toBe(2026);
    expect(catalogue.row('GET /assets/v1/assets/{asset_id}/segments/vtt/')?.media).toBe('text/vtt');
  });
});

/** Words that stand in some path where the argument stands in this one. */
function wordsBeside(path: string, name: string): readonly string[] {
  const before = shape(path.slice(0, path.indexOf(`{${name}}`)));
  const depth = before.split('/').length - 1;
  const words = rows.filter((one) => shape(one.path).startsWith(before)).map((one) => one.path.split('/')[depth] ?? '');
  return [...new Set(words)].filter((word) => word !== '' && !word.startsWith('{'));
}

/** The path without the names of its arguments. */
const shape = (path: string): string => path.replace(/\{\w+\}/g, '{}');
