import { describe, expect, test } from 'vitest';
import { type Answer, ids, spoiled, UNKNOWN, unstamped, type World, watched, world } from '../support/traffic.ts';

const editorial = { asset_id: ids.interview, view_id: ids.editorialView };
const rights = { asset_id: ids.interview, view_id: ids.rightsView };

/** What Iconik has: `{ field: [values] }`. */
function valuesOf({ sandbox }: World, id: string = ids.interview): Record<string, unknown[]> {
  const stored: Answer = sandbox.store.values.get(`assets/${id}`)?.metadata_values ?? {};
  const pairs = Object.entries<Answer>(stored);
  return Object.fromEntries(pairs.map(([name, entry]) => [name, entry.field_values.map(({ value }: Answer) => value)]));
}

describe('get_asset_metadata', () => {
  test('reads the values of one view by field name', async () => {
    const { call } = await world();
    const { metadata_values: values, ...rest } = await call('get_asset_metadata', editorial);
    expect(rest).toMatchObject({ object_type: 'assets', object_id: ids.interview });
    expect(values.editor_rating).toMatchObject({ field_values: [{ value: 5 }] });
    expect(values.spoken_language).toMatchObject({ field_values: [{ value: 'en' }, { value: 'pt' }] });
    expect(values.is_exclusive).toMatchObject({ field_values: [{ value: true }] });
    expect(values).not.toHaveProperty('rights_clearance');
  });

  test('reads all as text on request', async () => {
    const { call, last } = await watched();
    const answer = await call('get_asset_metadata', { ...editorial, reencode_values_to_string: true });
    expect(last().query).toEqual({ reencode_values_to_string: 'true' });
    expect(answer.metadata_values.editor_rating).toMatchObject({ field_values: [{ value: '5' }] });
  });

  test('is empty for an asset without values in the view', async () => {
    const { call } = await world();
    expect(await call('get_asset_metadata', { ...editorial, asset_id: ids.placeholder })).toEqual({
      object_type: 'assets',
      object_id: ids.placeholder,
      view_id: ids.editorialView,
      metadata_values: {},
    });
  });

  test('tells a missing asset and a missing view apart', async () => {
    const { refused } = await world();
    const noAsset = await refused('get_asset_metadata', { ...editorial, asset_id: UNKNOWN });
    expect(noAsset).toMatch(new RegExp(`404.*Asset ${UNKNOWN} does not exist`));
    const noView = await refused('get_asset_metadata', { ...editorial, view_id: UNKNOWN });
    expect(noView).toMatch(new RegExp(`404.*Metadata view ${UNKNOWN} does not exist`));
  });

  test('keeps values of any type, and fields that are new', async () => {
    const fetch = spoiled(/^GET .*\/views\//, () => ({
      metadata_values: {
        brand_new: { field_values: [{ value: { nested: [1, 2] } }, { value: null, label: 'None' }], mode: 'x' },
        empty: { field_values: null },
        odd: 7,
      },
    }));
    const { metadata_values: values } = await (await world({ fetch })).call('get_asset_metadata', editorial);
    expect(values.brand_new).toEqual({ field_values: [{ value: { nested: [1, 2] } }, { label: 'None' }] });
    expect(values.odd).toEqual({ field_values: [{ value: 7 }] });
    expect(Object.keys(values)).toEqual(['brand_new', 'odd']);
  });
});

describe('update_asset_metadata', () => {
  const write = async (metadata_values: Record<string, unknown>) => {
    const made = await watched();
    const before = valuesOf(made);
    const answer = await made.call('update_asset_metadata', { ...editorial, metadata_values });
    return { made, before, answer, after: valuesOf(made), body: made.last().body };
  };

  test('appends to the values of a field and leaves the other fields', async () => {
    const given = { keywords: { field_values: [{ value: 'pier' }], mode: 'append' } };
    const { before, after, body, answer } = await write(given);
    expect(body).toEqual({ metadata_values: given });
    expect(after).toEqual({ ...before, keywords: ['Reyes', 'harbour', 'climate', 'football', 'storm', 'pier'] });
    expect(answer.metadata_values.keywords.field_values.at(-1)).toEqual({ value: 'pier' });
  });

  test('deletes given values', async () => {
    const given = { keywords: { field_values: [{ value: 'storm' }, { value: 'Reyes' }], mode: 'delete' } };
    const { before, after } = await write(given);
    expect(after).toEqual({ ...before, keywords: ['harbour', 'climate', 'football'] });
  });

  test.each(['overwrite', undefined])('replaces all values of a field with mode %s', async (mode) => {
    const given = { keywords: { field_values: [{ value: 'fog' }], ...(mode && { mode }) } };
    const { before, after, body } = await write(given);
    expect(body).toEqual({ metadata_values: given });
    expect(after).toEqual({ ...before, keywords: ['fog'] });
  });

  test('empties a field with an empty list', async () => {
    const { after, body } = await write({ keywords: { field_values: [] } });
    expect(body).toEqual({ metadata_values: { keywords: { field_values: [] } } });
    expect(after).not.toHaveProperty('keywords');
  });

  test.each([
    ['Porto', [{ value: 'Porto' }], 'location_name'],
    [['fog', 'pier'], [{ value: 'fog' }, { value: 'pier' }], 'keywords'],
    [3, [{ value: 3 }], 'editor_rating'],
    [false, [{ value: false }], 'is_exclusive'],
    [{ field_values: 'fog' }, [{ value: 'fog' }], 'keywords'],
    [{ field_values: ['fog', { value: 'pier' }] }, [{ value: 'fog' }, { value: 'pier' }], 'keywords'],
    [[{ value: 'fog' }], [{ value: 'fog' }], 'keywords'],
  ])('takes the shorthand %j', async (short, field_values, name) => {
    const { after, body } = await write({ [name]: short });
    expect(body).toEqual({ metadata_values: { [name]: { field_values } } });
    expect(after[name]).toEqual(field_values.map(({ value }) => value));
  });

  test('takes a shorthand together with a mode', async () => {
    const { body, after } = await write({ keywords: { field_values: 'pier', mode: 'append' } });
    expect(body.metadata_values.keywords).toEqual({ field_values: [{ value: 'pier' }], mode: 'append' });
    expect(after.keywords).toContain('storm');
  });

  test('takes back what get_asset_metadata answered', async () => {
    const made = await watched();
    await made.call('update_asset_metadata', { ...editorial, metadata_values: { location_name: 'Porto' } });
    const before = valuesOf(made);
    const { metadata_values } = await made.call('get_asset_metadata', editorial);
    await made.call('update_asset_metadata', { ...editorial, metadata_values });
    expect(valuesOf(made)).toEqual(before);
  });

  test('brings the first values of an asset that had none', async () => {
    const made = await world();
    const place = { ...editorial, asset_id: ids.placeholder };
    await made.call('update_asset_metadata', { ...place, metadata_values: { keywords: 'coach' } });
    expect(valuesOf(made, ids.placeholder)).toEqual({ keywords: ['coach'] });
    const { metadata_values: values } = await made.call('get_asset_metadata', place);
    expect(values.keywords).toMatchObject({ field_values: [{ value: 'coach' }] });
  });

  test.each([
    ['an unknown field', editorial, { keyword: 'fog' }, /keyword: Not a field of this view/],
    ['a label in place of the name', rights, { Clearance: 'cleared' }, /Clearance: Not a field of this view/],
    [
      'an unknown option',
      rights,
      { rights_clearance: 'maybe' },
      /rights_clearance: "maybe" is not one of the options: pending, cleared, restricted, refused/,
    ],
    ['a word for a date', rights, { rights_expiry_date: 'soon' }, /rights_expiry_date: "soon" is not a date/],
    ['two values for one', editorial, { location_name: ['Porto', 'Faro'] }, /location_name: .*one value only/],
    ['too large a number', editorial, { editor_rating: 6 }, /editor_rating: At most 5/],
  ])('passes on that Iconik refuses %s, and writes nothing', async (_, place, metadata_values, expected) => {
    const made = await world({ sandbox: { hard: { dropsUnknownFields: false } } });
    const before = unstamped(made.sandbox.store.values.get(`assets/${ids.interview}`));
    const values = { keywords: 'fog', ...metadata_values };
    const text = await made.refused('update_asset_metadata', { ...place, metadata_values: values });
    expect(text).toMatch(/^update_asset_metadata failed.*400/);
    expect(text).toMatch(expected);
    expect(unstamped(made.sandbox.store.values.get(`assets/${ids.interview}`))).toEqual(before);
  });

  test.each([
    [{}, 'metadata_values is missing'],
    [{ metadata_values: [] }, 'metadata_values'],
    [{ metadata_values: { keywords: { field_values: ['a'], mode: 'replace' } } }, 'Allowed: append, delete, overwrite'],
    [{ metadata_values: { keywords: { field_values: ['a'], ignore: true } } }, '"ignore"'],
    [{ metadata_values: { keywords: null } }, 'metadata_values.keywords'],
    [{ values: { keywords: 'a' } }, 'Unknown argument "values"'],
  ])('refuses %j and sends nothing', async (args, expected) => {
    const { refused, requests } = await world();
    expect(await refused('update_asset_metadata', { ...editorial, ...args })).toContain(expected);
    expect(requests).toEqual([]);
  });

  test('puts the subclip switch into the query', async () => {
    const { call, last } = await watched();
    const metadata_values = { location_name: 'Porto' };
    await call('update_asset_metadata', { ...editorial, metadata_values, check_if_subclip: true });
    expect(last().query).toEqual({ check_if_subclip: 'true' });
    expect(Object.keys(last().body)).toEqual(['metadata_values']);
  });

  test('names the role that is missing', async () => {
    const { refused, sandbox } = await world();
    sandbox.deny('can_write_metadata_values');
    const text = await refused('update_asset_metadata', { ...editorial, metadata_values: { keywords: 'fog' } });
    expect(text).toMatch(/403.*can_write_metadata_values/);
  });
});

describe('ignore_unchanged', () => {
  const dateOf = ({ sandbox }: World): string => {
    const stored: Answer = sandbox.store.values.get(`assets/${ids.interview}`)?.metadata_values;
    return stored.editor_rating.date_created;
  };

  test.each([
    [{ ignore_unchanged: true }, 5, true],
    [{ ignore_unchanged: true }, 4, false],
    [{}, 5, false],
  ])('with %j, rating %i: the date of the value stays: %s', async (given, rating, stays) => {
    const made = await watched();
    const before = dateOf(made);
    await made.call('update_asset_metadata', { ...editorial, metadata_values: { editor_rating: rating }, ...given });
    expect(made.last().query).toEqual('ignore_unchanged' in given ? { ignore_unchanged: 'true' } : {});
    expect(dateOf(made) === before).toBe(stays);
  });
});
