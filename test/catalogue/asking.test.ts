import { describe, expect, test } from 'vitest';
import { asksFirst, deletes, loadCatalogue, placedInto, type Row, setFlags } from '../../src/catalogue/index.ts';

const { rows, row } = await loadCatalogue();
const at = (operation: string): Row => row(operation) ?? expect.unreachable(operation);

/** `{ [path]: value }`, nested as the path says. */
const nested = (path: string, value: unknown): unknown =>
  path.split('.').reduceRight<unknown>((inner, part) => {
    const name = part.replace('[]', '');
    return { [name]: part.endsWith('[]') ? [inner] : inner };
  }, value);

describe('a call asks first', () => {
  test('with each value that deletes, wherever the body has it', () => {
    const deleting = rows.filter(({ deletingBody }) => deletingBody.length > 0);
    expect(deleting.length).toBeGreaterThan(40);
    for (const one of deleting) {
      for (const { field, values } of one.deletingBody) {
        for (const value of values) {
          expect(deletes(one, { body: nested(field, value) }), `${one.operation} ${field}`).toBe(true);
          expect(asksFirst(one, { body: nested(field, value.toLowerCase()) })).toBe(true);
        }
        expect(deletes(one, { body: nested(field, 'ACTIVE') })).toBe(false);
      }
    }
  });

  test('with each flag that keeps nothing, in the query and in the body', () => {
    for (const one of rows) {
      for (const { name, value } of one.finalFlags) {
        expect(setFlags(one, { body: nested(name, value) })).toEqual([name]);
        expect(asksFirst(one, { query: { [name]: String(value) } })).toBe(true);
        expect(setFlags(one, { body: nested(name, !value) })).toEqual([]);
      }
    }
  });

  test('not for a harmless change, nor for anything that reads', () => {
    const rename = at('PATCH /assets/v1/assets/{asset_id}/');
    expect(asksFirst(rename, { body: { title: 'DELETED' } })).toBe(false);
    expect(asksFirst(rename, { body: { status: 'ACTIVE' } })).toBe(false);
    expect(asksFirst(rename, {})).toBe(false);
    const reading = rows.filter(({ effect }) => effect === 'read');
    expect(reading.filter((one) => asksFirst(one, {})).map(({ operation }) => operation)).toEqual([]);
  });
});

describe('what comes into a collection', () => {
  /** It names a collection, and puts nothing into it. */
  const PLACES_NOTHING: readonly RegExp[] = [
    /\/reindex\/|^(POST|PUT|PATCH) \/jobs\/|\/callback\/$/,
    // The parent is a segment, a directory.
    /\/segments\/|\/files\/(\{file_id\}\/)?$/,
    // Pictures of the collection itself, and the collection that a project has already.
    /\/keyframes\/(\{keyframe_id\}\/)?$|^(PUT|PATCH) .*\/projects\/\{project_id\}\/$/,
    // Takes no JSON; hands the id to a transcoder.
    /\/files\/upload\/$|^POST \/transcode\/v1\/transcode\/$/,
  ];

  test('is known of each operation that names a collection', () => {
    const naming = rows.filter(
      ({ effect, refuse, method, path, body }) =>
        (effect === 'create' || effect === 'update') &&
        !refuse &&
        (Object.keys(body?.fields ?? {}).some((name) => /^(collection_|collection_parent_|parent_)id$/.test(name)) ||
          (method === 'POST' && /\/collections\/\{collection_id\}\/(contents|subcollections)\/$/.test(path))),
    );
    expect(naming.length).toBeGreaterThan(20);
    const unjudged = naming.filter(
      ({ operation, places }) => places.length === 0 && !PLACES_NOTHING.some((one) => one.test(operation)),
    );
    expect(unjudged.map(({ operation }) => operation)).toEqual([]);
  });

  test('is read from the path and the body', () => {
    const move = at('PATCH /assets/v1/collections/{collection_id}/');
    const sent = (body: object) => placedInto(move, { path: { collection_id: 'own' }, body });
    expect(sent({ title: 'New' })).toEqual([]);
    expect(sent({ parent_id: 'above' })).toEqual(['above']);
    expect(sent({ keyframe_asset_ids: ['other'] })).toEqual(['own']);
    const add = at('POST /assets/v1/collections/{collection_id}/contents/');
    expect(placedInto(add, { path: { collection_id: 'own' }, body: { object_id: 'x' } })).toEqual(['own']);
  });
});
