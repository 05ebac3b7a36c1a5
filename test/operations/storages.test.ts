import { describe, expect, test } from 'vitest';
import { type Answer, iconik, ids, spoiled, UNKNOWN, watched, world } from '../support/traffic.ts';

const namesIn = ({ objects }: Answer): string[] => objects.map(({ name }: Answer) => name);
const SECRET = /sandbox-secret|AKIA|access_key|secret_key|json_key|private_key|authorization_token|connection_string/;

describe('get_storage', () => {
  test.each([
    [ids.s3Storage, { method: 'S3', default: true, settings: { bucket: 'harbour-originals', path: 'media' } }],
    [ids.gcsStorage, { method: 'GCS', settings: { bucket: 'harbour-aerials', path: 'drone' } }],
    [ids.gatewayStorage, { method: 'FILE', settings: { mount_point: '/mnt/san01/media' } }],
    [ids.archiveStorage, { method: 'AZURE', purpose: 'ARCHIVE' }],
    [ids.b2Storage, { method: 'B2', status: 'FAILING', status_message: expect.stringContaining('refused') }],
  ])('shows where %s is, and none of its secrets', async (storage_id, shown) => {
    const made = await world();
    const result = await made.raw('get_storage', { storage_id });
    expect(result.structuredContent).toMatchObject(shown);
    expect(JSON.stringify(result)).not.toMatch(SECRET);
  });

  test('hides secrets that Iconik does answer', async () => {
    const made = await world();
    expect(JSON.stringify(await iconik(made, `GET files/v1/storages/${ids.s3Storage}/`))).toMatch(SECRET);
    const { settings } = await made.call('get_storage', { storage_id: ids.s3Storage });
    expect(Object.keys(settings).sort()).toEqual(['bucket', 'endpoint', 'path', 'region']);
  });

  test('shows a method and a purpose that it does not know', async () => {
    const fetch = spoiled(/\/storages\//, (storage) => ({
      ...storage,
      method: 'TAPE',
      purpose: 'ATTIC',
      settings: null,
    }));
    const storage = await (await world({ fetch })).call('get_storage', { storage_id: ids.s3Storage });
    expect(storage).toMatchObject({ method: 'TAPE', purpose: 'ATTIC', name: 'Harbour originals' });
    expect(storage).not.toHaveProperty('settings');
  });

  test('says that a storage does not exist', async () => {
    const { refused } = await world();
    expect(await refused('get_storage', { storage_id: UNKNOWN })).toMatch(/404.*Storage .* does not exist/);
  });
});

describe('get_storages', () => {
  test('lists all, without secrets', async () => {
    const { raw, sandbox } = await world();
    const result = await raw('get_storages');
    const answer: Answer = result.structuredContent;
    expect(answer.total).toBe(sandbox.store.storages.size);
    expect(namesIn(answer)).toEqual(sandbox.store.storages.list().map(({ name }) => name));
    expect(JSON.stringify(result)).not.toMatch(SECRET);
  });

  test.each([
    [{ purpose: 'PROXIES' }, ['Harbour proxies']],
    [{ method: 'GCS' }, ['Aerials bucket']],
    [{ status: 'FAILING' }, ['Second copies']],
    [{ query: '*archive*' }, ['Deep archive']],
    [{ ids: [ids.gcsStorage, ids.b2Storage] }, ['Aerials bucket', 'Second copies']],
    [{ method: 'FILE', sort: 'name,desc' }, ['Old Porto NAS', 'Lisbon SAN']],
    [{ method: 'SFTP' }, []],
  ])('filters by %j', async (args, names) => {
    const { call, last } = await watched();
    expect(namesIn(await call('get_storages', args))).toEqual(names);
    const query = Object.entries(args).map(([name, value]) => [name, String(value)]);
    expect(last().query).toEqual(Object.fromEntries(query));
  });

  test('walks through pages', async () => {
    const { call } = await world();
    const first = await call('get_storages', { per_page: 5 });
    const second = await call('get_storages', { per_page: 5, page: 2 });
    expect(first).toMatchObject({ page: 1, pages: 2, per_page: 5, total: 8 });
    expect(new Set([...namesIn(first), ...namesIn(second)]).size).toBe(8);
  });

  test('refuses pages that are too large, and names the role that is missing', async () => {
    const { refused, requests, sandbox } = await world();
    expect(await refused('get_storages', { per_page: 101 })).toContain('per_page');
    expect(requests).toEqual([]);
    sandbox.deny('can_read_storages');
    expect(await refused('get_storages')).toMatch(/403.*can_read_storages/);
  });
});
