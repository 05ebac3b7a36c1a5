import { describe, expect, test } from 'vitest';
import {
  type Answer,
  ids,
  SIGNED,
  spoiled,
  UNKNOWN,
  unstamped,
  type World,
  watched,
  world,
} from '../support/traffic.ts';

const asset = { asset_id: ids.interview };
const LISTS = ['get_asset_files', 'get_asset_filesets', 'get_asset_formats', 'get_asset_proxies'];
const idsIn = ({ objects }: Answer): string[] => objects.map(({ id }: Answer) => id);

describe.each(LISTS)('%s', (name) => {
  test('is an empty list for an asset that has none', async () => {
    const { call } = await world();
    expect(await call(name, { asset_id: ids.placeholder })).toMatchObject({ objects: [], total: 0 });
  });

  test('is an error for an asset that does not exist', async () => {
    const { refused } = await world();
    const text = await refused(name, { asset_id: UNKNOWN });
    expect(text).toMatch(new RegExp(`^${name} failed.*404.*Asset ${UNKNOWN} does not exist`));
  });

  test('needs no more than one request where there is something', async () => {
    const { call, requests } = await world();
    expect((await call(name, asset)).objects).not.toEqual([]);
    expect(requests).toHaveLength(1);
  });

  test('keeps objects whose fields are new, null or of another type', async () => {
    const fetch = spoiled(/^GET .*\/files\/v1\//, ({ objects }) => ({
      objects: [{ ...objects[0], status: 'TELEPORTED', name: null, version_id: 7, brand_new: [{}] }],
      total: null,
      facets: {},
    }));
    const answer = await (await world({ fetch })).call(name, asset);
    expect(answer.objects).toMatchObject([{ status: 'TELEPORTED', version_id: '7' }]);
    expect(answer.objects[0]).not.toHaveProperty('name');
    expect(answer.objects[0]).not.toHaveProperty('brand_new');
    expect(Object.keys(answer)).toEqual(['objects']);
  });

  test('walks through pages with last_id and visits each once', async () => {
    const { call } = await world();
    const every = name === 'get_asset_formats' || name === 'get_asset_proxies' ? { include_all_versions: true } : {};
    const whole = idsIn(await call(name, { ...asset, ...every }));
    const walked: string[] = [];
    for (let more = whole.length; more > 0; more -= 1) {
      const last_id = walked.at(-1);
      walked.push(...idsIn(await call(name, { ...asset, ...every, per_page: 1, ...(last_id && { last_id }) })));
    }
    expect(whole.length).toBeGreaterThan(1);
    expect(walked).toEqual(whole);
  });
});

describe('formats', () => {
  test('shows the tracks of the original with their technical facts', async () => {
    const { call } = await world();
    const format = await call('get_asset_format', { ...asset, format_id: ids.interviewFormat });
    expect(format).toMatchObject({ name: 'ORIGINAL', is_online: true, storage_methods: ['S3'] });
    expect(format.components).toContainEqual(
      expect.objectContaining({ type: 'VIDEO', metadata: expect.objectContaining({ width: '1920', height: '1080' }) }),
    );
  });

  test('says that a format does not exist', async () => {
    const { refused } = await world();
    expect(await refused('get_asset_format', { ...asset, format_id: UNKNOWN })).toMatch(/404.*does not exist/);
  });

  test('takes tracks and facts, and also what looks like a default', async () => {
    const { call, sandbox, last } = await watched();
    const given = {
      name: 'MEZZANINE',
      is_online: false,
      storage_methods: ['FILE'],
      status: 'ACTIVE',
      metadata: [{ bit_rate: '50000000' }],
      components: [{ name: 'Video 1', type: 'VIDEO', metadata: { width: '1920' } }],
    };
    const { id } = await call('create_asset_format', { ...asset, ...given });
    expect(last().body).toEqual(given);
    expect(sandbox.store.formats.get(id)).toMatchObject(given);
  });

  test('refuses a track of unknown type before anything is sent', async () => {
    const { refused, requests } = await world();
    const args = { ...asset, name: 'A', components: [{ name: 'V', type: 'FILM' }] };
    expect(await refused('create_asset_format', args)).toContain('components.0.type');
    expect(requests).toEqual([]);
  });
});

describe('file sets and files', () => {
  test('sends the empty folder and the empty list of components', async () => {
    const { call, sandbox, last } = await watched();
    const given = { name: 'a.mov', format_id: ids.interviewFormat, base_dir: '', component_ids: [] };
    const { id } = await call('create_asset_filesets', { ...asset, ...given });
    expect(last().body).toEqual(given);
    expect(sandbox.store.file_sets.get(id)).toMatchObject(given);
  });

  test('is a file at the root of the storage where nothing else is said', async () => {
    const { call, last } = await watched();
    const answer = await call('create_asset_file', { ...asset, original_name: 'a.mov' });
    expect(last().body).toEqual({ original_name: 'a.mov', directory_path: '', type: 'FILE' });
    expect(answer).toMatchObject({ original_name: 'a.mov', type: 'FILE' });
  });

  test('sends the empty directory', async () => {
    const { call, sandbox, last } = await watched();
    const given = { original_name: 'a.mov', directory_path: '', type: 'FILE', size: 0 };
    const { id } = await call('create_asset_file', { ...asset, ...given });
    expect(last().body).toEqual(given);
    expect(sandbox.store.files.get(id)).toMatchObject(given);
  });

  test.each([
    [
      'create_asset_filesets',
      { name: 'a', format_id: ids.interviewFormat },
      /base_dir is missing.*component_ids is missing/,
    ],
    ['create_asset_file', { original_name: 'a', directory_path: '', type: 'SEQUENCE' }, /type: "SEQUENCE"/],
    [
      'create_asset_file',
      { original_name: 'a', directory_path: '', type: 'FILE', upload_url: 'x' },
      /Unknown argument/,
    ],
  ])('%s refuses %j and sends nothing', async (name, args, expected) => {
    const { refused, requests } = await world();
    expect(await refused(name, { ...asset, ...args })).toMatch(expected);
    expect(requests).toEqual([]);
  });

  test('registers an original in the documented order, so that its lists show it', async () => {
    const { call } = await world();
    const place = { asset_id: ids.placeholder };
    const format = await call('create_asset_format', { ...place, name: 'ORIGINAL' });
    const set = { name: 'coach.mov', format_id: format.id, base_dir: '2026/11', component_ids: [] };
    const fileSet = await call('create_asset_filesets', { ...place, ...set, storage_id: ids.s3Storage });
    const file = await call('create_asset_file', {
      ...place,
      original_name: 'coach.mov',
      directory_path: '2026/11',
      type: 'FILE',
      format_id: format.id,
      file_set_id: fileSet.id,
    });
    expect(file).toMatchObject({ storage_id: ids.s3Storage, storage_method: 'S3', status: 'OPEN' });
    expect(idsIn(await call('get_asset_formats', place))).toEqual([format.id]);
    expect(idsIn(await call('get_asset_files', place))).toEqual([file.id]);
    expect(await call('get_asset_filesets', { ...place, file_count: true })).toMatchObject({
      objects: [{ id: fileSet.id, file_count: 1 }],
    });
  });

  test('passes on that a format is not of this asset', async () => {
    const { refused } = await world();
    const args = { name: 'a', format_id: ids.interviewFormat, base_dir: '', component_ids: [] };
    const text = await refused('create_asset_filesets', { asset_id: ids.match, ...args });
    expect(text).toMatch(/400.*format_id: Not of this asset/);
  });

  test('gives an address to upload to only when asked', async () => {
    const { call, sandbox, last } = await watched();
    const given = { original_name: 'a.mov', directory_path: '', type: 'FILE' };
    expect(JSON.stringify(await call('create_asset_file', { ...asset, ...given }))).not.toMatch(SIGNED);
    const { upload_url, upload_method } = await call('create_asset_file', { ...asset, ...given, include_urls: true });
    expect(last().body).toEqual(given);
    const put = await sandbox.fetch(upload_url, { method: upload_method, body: 'frames' });
    expect(put.status).toBe(200);
  });

  test('lists files with addresses only when asked', async () => {
    const { call, last } = await watched();
    expect(JSON.stringify(await call('get_asset_files', asset))).not.toMatch(SIGNED);
    expect(last().query).toEqual({ generate_signed_url: 'false' });
    const { objects } = await call('get_asset_files', { ...asset, generate_signed_url: true });
    expect(objects[0].url).toMatch(SIGNED);
  });

  test('counts the files of a file set only when asked', async () => {
    const { call } = await world();
    const [plain] = (await call('get_asset_filesets', asset)).objects;
    const [counted] = (await call('get_asset_filesets', { ...asset, file_count: true })).objects;
    expect(plain).not.toHaveProperty('file_count');
    expect(counted).toMatchObject({ ...plain, file_count: 1 });
  });

  test('changes nothing without the role, which it names', async () => {
    const made: World = await world();
    made.sandbox.deny('can_write_files');
    const before = unstamped(made.sandbox.store.files.list());
    const args = { ...asset, original_name: 'a.mov', directory_path: '', type: 'FILE' };
    expect(await made.refused('create_asset_file', args)).toMatch(/403.*can_write_files/);
    expect(unstamped(made.sandbox.store.files.list())).toEqual(before);
  });
});
