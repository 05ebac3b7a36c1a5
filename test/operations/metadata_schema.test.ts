import { describe, expect, test } from 'vitest';
import { ids, UNKNOWN, watched } from '../support/traffic.ts';

const made = () => watched({ toolsets: ['metadata'] });

describe('metadata fields', () => {
  test('are made, and get an option more', async () => {
    const { call, last, sandbox } = await made();
    const calm = { value: 'calm', label: 'Calm' };
    const field = { name: 'mood', label: 'Mood', field_type: 'drop_down', options: [calm] };
    expect(await call('create_metadata_field', field)).toMatchObject(field);
    const options = [calm, { value: 'tense', label: 'Tense' }];
    const given = { label: 'Mood', field_type: 'drop_down', options };
    expect(await call('update_metadata_field', { field_name: 'mood', ...given })).toMatchObject({
      name: 'mood',
      options,
    });
    expect(last()).toMatchObject({ route: 'PUT /API/metadata/v1/fields/mood/', body: given });
    expect(sandbox.store.fields.get('mood')).toMatchObject({ name: 'mood', options });
  });

  test('are refused twice by one name, unknown ones, and without the role', async () => {
    const { refused, sandbox } = await made();
    const field = { name: 'keywords', label: 'Keywords', field_type: 'string' };
    expect(await refused('create_metadata_field', field)).toMatch(/400.*A field of this name exists/);
    const unknown = { field_name: 'no_such', label: 'No', field_type: 'string' };
    expect(await refused('update_metadata_field', unknown)).toMatch(/404.*Metadata field no_such does not exist/);
    sandbox.deny('can_write_metadata_fields');
    expect(await refused('create_metadata_field', { ...field, name: 'mood' })).toMatch(
      /403.*can_write_metadata_fields/,
    );
  });

  test('never become another path', async () => {
    const { refused, requests } = await made();
    const given = { label: 'x', field_type: 'string' };
    for (const field_name of ['../views', 'a/b', '..'])
      expect(await refused('update_metadata_field', { field_name, ...given })).toContain('field_name');
    expect(requests).toEqual([]);
  });
});

describe('update_metadata_view', () => {
  test('puts a field into a view', async () => {
    const { call, sandbox, last } = await made();
    const view_fields = [{ name: 'camera_model' }, { name: 'weather', label: 'Sky', required: true }];
    const view = await call('update_metadata_view', { view_id: ids.technicalView, view_fields });
    expect(last().body).toEqual({ view_fields });
    expect(view).toMatchObject({
      name: 'Technical',
      view_fields: [
        { name: 'camera_model', label: 'Camera' },
        { label: 'Sky', required: true, field_type: 'drop_down' },
      ],
    });
    expect(sandbox.store.views.get(ids.technicalView)?.view_fields).toHaveLength(2);
  });

  test('is refused for fields and views that are not there', async () => {
    const { refused } = await made();
    const view_fields = [{ name: 'no_such_field' }];
    expect(await refused('update_metadata_view', { view_id: ids.technicalView, view_fields })).toMatch(
      /400.*No such fields/,
    );
    expect(await refused('update_metadata_view', { view_id: UNKNOWN, name: 'x' })).toMatch(/404/);
  });
});

describe('metadata of more than assets', () => {
  test('is written on a segment, and read back', async () => {
    const { call, last, sandbox } = await made();
    const marker = { asset_id: ids.match, segment_id: ids.marker, view_id: ids.sportsView };
    const answer = await call('update_segment_metadata', {
      ...marker,
      metadata_values: { editor_rating: '3', no_such: 'x' },
    });
    expect(last().route).toBe(
      `PUT /API/metadata/v1/assets/${ids.match}/segments/${ids.marker}/views/${ids.sportsView}/`,
    );
    expect(answer).toMatchObject({
      dropped: ['no_such'],
      metadata_values: { editor_rating: { field_values: [{ value: 3 }] } },
    });
    expect(sandbox.store.values.get(`segments/${ids.marker}`)?.metadata_values).toMatchObject({
      competition: expect.anything(),
      editor_rating: { field_values: [{ value: 3 }] },
    });
  });

  test('is written on all that is in a collection, after a preview', async () => {
    const { call, sandbox, last } = await made();
    const given = {
      view_id: ids.editorialView,
      object_ids: [ids.deliverables],
      include_assets: true,
      include_collections: false,
      metadata_values: { location_name: 'Lisbon' },
    };
    const shown = await call('update_contents_metadata', given);
    expect(shown.summary).toMatch(/^Writes 1 field \(location_name\) on all assets in 1 collection, at any depth/);
    expect(shown.affected).toMatchObject([{ title: 'Deliverables Q4' }]);
    const stored = () => sandbox.store.values.get(`assets/${ids.master}`)?.metadata_values;
    expect(stored()).not.toHaveProperty('location_name');
    await call('update_contents_metadata', { ...given, confirm: shown.confirm });
    expect(last()).toMatchObject({ route: `PUT /API/metadata/v1/collections/content/views/${ids.editorialView}/` });
    sandbox.settle();
    expect(stored()).toMatchObject({ location_name: { field_values: [{ value: 'Lisbon' }] } });
  });
});
