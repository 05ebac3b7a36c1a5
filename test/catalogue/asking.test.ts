import { describe, expect, test } from 'vitest';
import { asksFirst, deletes, loadCatalogue, type Row, setFlags } from '../../src/catalogue/index.ts';

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
