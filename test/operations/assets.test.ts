import { describe, expect, test } from 'vitest';
import { documented } from '../support/documented.ts';
import { type Answer, iconik, ids, spoiled, UNKNOWN, watched, world } from '../support/traffic.ts';

describe('get_asset', () => {
  test('shows title, state and the versions, oldest first', async () => {
    const { call } = await world();
    const { title, type, status, versions } = await call('get_asset', { asset_id: ids.interview });
    expect({ title, type, status }).toEqual({
      title: 'Interview Jordan Reyes, Lisbon',
      type: 'ASSET',
      status: 'ACTIVE',
    });
    expect(versions.map(({ id }: Answer) => id)).toEqual(ids.interviewVersions);
  });

  test('adds collections and users only when asked', async () => {
    const { call, last } = await watched();
    const plain = await call('get_asset', { asset_id: ids.interview });
    expect(last().query).toEqual({});
    expect(plain).not.toHaveProperty('in_collections');
    expect(plain).not.toHaveProperty('created_by_user_info');

    const more = await call('get_asset', { asset_id: ids.interview, include_collections: true, include_users: true });
    expect(last().query).toEqual({ include_collections: 'true', include_users: 'true' });
    expect(more.in_collections).toHaveLength(2);
    expect(more.created_by_user_info).toMatchObject({ first_name: 'Lena', last_name: 'Vogt' });
  });

  test('says that an asset does not exist, in Iconik’s words and with what to try', async () => {
    const { refused } = await world();
    const text = await refused('get_asset', { asset_id: UNKNOWN });
    expect(text).toMatch(/^get_asset failed.*404/);
    expect(text).toContain(`Asset ${UNKNOWN} does not exist`);
    expect(text).toContain('Check the id');
  });

  test.each(['', 'all', '../users', `${ids.interview}/segments`, 'interview'])(
    'sends nothing for the id %j',
    async (id) => {
      const { refused, requests } = await world();
      expect(await refused('get_asset', { asset_id: id })).toContain('asset_id');
      expect(requests).toEqual([]);
    },
  );
});

describe('create_asset', () => {
  test('sends the given fields and no others', async () => {
    const { call, sandbox, last } = await watched();
    const { id, title, versions } = await call('create_asset', { title: 'Fog, 6 am', category: 'Weather' });
    expect(last()).toMatchObject({ query: {}, body: { title: 'Fog, 6 am', category: 'Weather' } });
    expect(Object.keys(last().body)).toEqual(['title', 'category']);
    expect(title).toBe('Fog, 6 am');
    expect(versions).toHaveLength(1);
    expect(sandbox.store.assets.get(id)).toMatchObject({ title: 'Fog, 6 am', type: 'ASSET', created_by_user: ids.me });
  });

  test('puts it into a collection, with the switches in the query', async () => {
    const { call, sandbox, last } = await watched();
    const switches = { assign_to_collection: true, apply_collection_acls: true, apply_default_acls: false };
    const { id } = await call('create_asset', { title: 'Goal', collection_id: ids.highlights, ...switches });
    expect(last().query).toEqual({
      assign_to_collection: 'true',
      apply_collection_acls: 'true',
      apply_default_acls: 'false',
    });
    expect(last().body).toEqual({ title: 'Goal', collection_id: ids.highlights });
    expect(sandbox.store.contents.list((row) => row.object_id === id)).toMatchObject([
      { collection_id: ids.highlights },
    ]);
  });

  test('makes a subclip of a part of another asset', async () => {
    const { call } = await world();
    const part = {
      type: 'SUBCLIP',
      original_asset_id: ids.match,
      time_start_milliseconds: 0,
      time_end_milliseconds: 5_000,
    };
    expect(await call('create_asset', { title: 'Kick-off', ...part })).toMatchObject(part);
  });

  test('names the argument that Iconik refuses', async () => {
    const { refused } = await world();
    const args = { title: 'Goal', collection_id: UNKNOWN, assign_to_collection: true };
    expect(await refused('create_asset', args)).toMatch(/400.*collection_id: An existing collection is needed/);
  });

  test.each([
    [{}, 'title is missing'],
    [{ title: '' }, 'title'],
    [{ title: 'A', type: 'ASSETS' }, 'Nearest: ASSET'],
    [{ title: 'A', date_created: '2026-03-01' }, 'date and time with a zone'],
    [{ title: 'A', favoured: true }, 'Unknown argument "favoured"'],
    [{ title: 'A', versions: [] }, 'Unknown argument "versions"'],
  ])('refuses %j and sends nothing', async (args, expected) => {
    const { refused, requests } = await world();
    expect(await refused('create_asset', args)).toContain(expected);
    expect(requests).toEqual([]);
  });

  test('takes null as not given', async () => {
    const { call, last } = await watched();
    await call('create_asset', { title: 'Fog', type: null, person_ids: null });
    expect(last().body).toEqual({ title: 'Fog' });
  });
});

describe('any call', () => {
  test('survives new enum values, nulls, other types and extra fields in an answer', async () => {
    const fetch = spoiled(/GET .*\/assets\/v1\/assets\//, (asset) => ({
      ...asset,
      status: 'QUARANTINED',
      type: null,
      is_online: 'yes',
      date_created: 1_700_000_000,
      person_ids: null,
      brand_new: { deep: [1] },
      versions: [{ ...asset.versions[0], status: 'DREAMING', transcribed_languages: null }, null, 7],
    }));
    const { call } = await world({ fetch });
    const asset = await call('get_asset', { asset_id: ids.interview });
    expect(asset).toMatchObject({ status: 'QUARANTINED', date_created: '1700000000' });
    expect(asset.versions).toMatchObject([{ id: ids.interviewVersions[0], status: 'DREAMING' }]);
    for (const gone of ['type', 'is_online', 'person_ids', 'brand_new']) expect(asset).not.toHaveProperty(gone);
  });

  test('with a wrong argument name hears the nearest one', async () => {
    const { refused, requests } = await world();
    expect(await refused('get_asset', { assetid: ids.interview })).toMatch(/"assetid".*Did you mean "asset_id"\?/);
    expect(requests).toEqual([]);
  });

  test('with a wrong tool name hears the nearest one', async () => {
    const { refused } = await world();
    expect(await refused('get_assets')).toContain('Did you mean get_asset?');
    expect(await refused('make_coffee_with_milk')).toContain('See tools/list');
  });

  test('with refused credentials hears which settings to check', async () => {
    const { refused, sandbox } = await world({
      fetch: (sandbox) => (input, init) => {
        const request = new Request(input, init);
        request.headers.set('Auth-Token', 'another');
        return sandbox.fetch(request);
      },
    });
    const text = await refused('get_asset', { asset_id: ids.interview });
    expect(text).toMatch(/401.*Token is invalid.*ICONIK_APP_ID and ICONIK_AUTH_TOKEN/);
    expect(text).not.toContain(sandbox.authToken);
  });

  test('without the role hears its name, until it is granted', async () => {
    const { call, refused, sandbox } = await world();
    sandbox.deny('can_read_assets');
    expect(await refused('get_asset', { asset_id: ids.drone })).toMatch(/403.*can_read_assets.*administrator/);
    sandbox.allow('can_read_assets');
    expect(await call('get_asset', { asset_id: ids.drone })).toMatchObject({ id: ids.drone });
  });

  test('sees what Iconik has', async () => {
    const made = await world();
    const { id } = await made.call('create_asset', { title: 'Fog' });
    expect(await iconik(made, `GET assets/v1/assets/${id}/`)).toMatchObject({ title: 'Fog' });
  });
});

describe('the selection of tools', () => {
  const names = async ({ host }: Awaited<ReturnType<typeof world>>) =>
    (await host.listTools()).tools.map(({ name }) => name);

  test('lists every documented tool', async () => {
    expect(await names(await world())).toEqual(expect.arrayContaining([...documented]));
  });

  test('read-only leaves out what changes things, and says so when asked for it', async () => {
    const made = await world({ readOnly: true });
    const { tools } = await made.host.listTools();
    expect(tools.filter(({ annotations }) => !annotations?.readOnlyHint)).toEqual([]);
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['get_asset', 'search', 'get_storages']));
    for (const name of ['create_asset', 'delete_old_versions', 'get_upload_id_for_proxy']) {
      expect(await made.refused(name, { title: 'A' })).toMatch(new RegExp(`${name} is not available.*read-only`));
    }
    expect(await made.refused('search', { query: 'a', save_search_history: true })).toContain('read-only');
    expect(made.requests).toEqual([]);
    expect(await made.call('search', { query: 'harbour' })).toHaveProperty('objects');
  });

  test('shows the chosen toolsets alone', async () => {
    const made = await world({ toolsets: ['search', 'metadata'] });
    const chosen = await names(made);
    expect(chosen).toEqual(expect.arrayContaining(['search', 'get_asset_metadata', 'update_asset_metadata']));
    expect(chosen.filter((name) => /version|_segment$|job|prox|^get_asset$/.test(name))).toEqual([]);
    expect(await made.refused('create_job', {})).toMatch(/create_job is not available.*"jobs".*--toolsets/);
  });

  test('shows and runs some operations only where their toolset is chosen', async () => {
    const asset = { asset_id: ids.interview };
    const [plain, chosen] = [await world(), await world({ toolsets: ['assets'] })];
    expect(await names(plain)).not.toContain('list_asset_history');
    expect(await plain.refused('list_asset_history', asset)).toMatch(/not in the default list.*"assets".*--toolsets/);
    expect(plain.requests).toEqual([]);
    expect(await names(chosen)).toEqual(expect.arrayContaining(['get_asset', 'list_asset_history']));
    const { objects } = await chosen.call('list_asset_history', { ...asset, filter: 'operation_type,eq,DOWNLOAD' });
    expect(objects).toMatchObject([{ operation_description: 'Original downloaded', user_id: expect.any(String) }]);
  });
});
