import { describe, expect, test } from 'vitest';
import { type Answer, iconik, ids, SIGNED, spoiled, UNKNOWN, unstamped, watched, world } from '../support/traffic.ts';

const asset = { asset_id: ids.interview };
const proxy = { ...asset, proxy_id: ids.interviewProxy };
const ADDRESSES = ['url', 'upload_url', 'multipart_upload_url', 'upload_credentials'];

describe('get_asset_proxy', () => {
  test('shows how the proxy plays, and addresses only with include_urls', async () => {
    const { call, sandbox, last } = await watched();
    const plain = await call('get_asset_proxy', proxy);
    expect(plain).toMatchObject({
      id: ids.interviewProxy,
      codec: 'h264',
      resolution: { width: 1280, height: 720 },
      frame_rate: '25',
      is_drop_frame: false,
      start_time_code: '10:00:00:00',
      status: 'CLOSED',
    });
    for (const address of ADDRESSES) expect(plain).not.toHaveProperty(address);

    const { url } = await call('get_asset_proxy', { ...proxy, include_urls: true });
    expect(last().query).toEqual({});
    expect(url).toMatch(SIGNED);
    expect((await sandbox.fetch(url)).status).toBe(200);
    expect(await call('get_asset_proxy', { ...proxy, include_urls: false })).toEqual(plain);
  });

  test('asks for an address that downloads', async () => {
    const { call, sandbox, last } = await watched();
    const { url } = await call('get_asset_proxy', { ...proxy, include_urls: true, content_disposition: 'attachment' });
    expect(last().query).toEqual({ content_disposition: 'attachment' });
    expect((await sandbox.fetch(url)).headers.get('content-disposition')).toMatch(/^attachment/);
  });

  test('says that a proxy does not exist', async () => {
    const { refused } = await world();
    expect(await refused('get_asset_proxy', { ...proxy, proxy_id: UNKNOWN })).toMatch(/404.*does not exist/);
  });
});

describe('get_asset_proxies', () => {
  test('lists the proxies of the latest version, or of all', async () => {
    const { call } = await world();
    expect((await call('get_asset_proxies', asset)).objects.map(({ id }: Answer) => id)).toEqual([ids.interviewProxy]);
    const all = await call('get_asset_proxies', { ...asset, include_all_versions: true });
    expect(all).toMatchObject({ total: 3 });
    expect(new Set(all.objects.map(({ version_id }: Answer) => version_id))).toEqual(new Set(ids.interviewVersions));
  });

  test('asks Iconik for no addresses unless told to', async () => {
    const { call, last } = await watched();
    const plain = await call('get_asset_proxies', asset);
    expect(last().query).toEqual({ generate_signed_url: 'false' });
    expect(JSON.stringify(plain)).not.toMatch(SIGNED);
    const { objects } = await call('get_asset_proxies', { ...asset, generate_signed_url: true });
    expect(last().query).toEqual({ generate_signed_url: 'true' });
    expect(objects[0].url).toMatch(SIGNED);
  });

  test('hides addresses that come although they were not asked for', async () => {
    const url = 'https://bucket.example/a.mp4?X-Amz-Signature=1';
    const fetch = spoiled(/\/proxies\/$/, ({ objects }) => ({ objects: [{ ...objects[0], url, upload_url: url }] }));
    const { raw } = await world({ fetch });
    expect(JSON.stringify(await raw('get_asset_proxies', asset))).not.toMatch(SIGNED);
  });

  test('walks on from the last one seen', async () => {
    const { call, last } = await watched();
    const { objects } = await call('get_asset_proxies', { ...asset, include_all_versions: true, per_page: 2 });
    const next = { ...asset, include_all_versions: true, per_page: 2, last_id: objects[1].id };
    const { objects: rest } = await call('get_asset_proxies', next);
    expect(last().query).toMatchObject({ per_page: '2', last_id: objects[1].id });
    expect(rest).toHaveLength(1);
    expect(objects.map(({ id }: Answer) => id)).not.toContain(rest[0].id);
  });
});

describe('an address to write to', () => {
  const secret = 'X-Amz-Signature=1';
  const ways = {
    url: `https://bucket.example/read.mp4?${secret}`,
    upload_url: `https://bucket.example/write.mp4?${secret}`,
    upload_method: 'PUT',
    multipart_upload_url: `https://bucket.example/write.mp4?uploads&${secret}`,
    upload_credentials: { token: 'write-token' },
  };
  const fetch = spoiled(/\/(proxies|files)\/([^/]+\/)?$/, (answer) =>
    Array.isArray(answer.objects)
      ? { ...answer, objects: answer.objects.map((one: object) => ({ ...one, ...ways })) }
      : { ...answer, ...ways },
  );

  test.each([false, true])('is in no answer of a tool that reads (--read-only: %s)', async (readOnly) => {
    const { raw } = await world({ fetch, readOnly });
    for (const [name, args] of [
      ['get_asset_proxy', { ...proxy, include_urls: true }],
      ['get_asset_proxies', { ...asset, generate_signed_url: true }],
      ['get_asset_files', { ...asset, generate_signed_url: true }],
    ] as const) {
      const answer = JSON.stringify(await raw(name, args));
      expect(answer).toContain('read.mp4');
      expect(answer).not.toMatch(/write/);
    }
  });

  test('is not to be had from a server that only reads', async () => {
    const { host, refused } = await world({ readOnly: true });
    const { tools } = await host.listTools();
    for (const name of ['get_upload_id_for_proxy', 'get_s3_presigned_url', 'get_s3_complete_url']) {
      expect(tools.map((one) => one.name)).not.toContain(name);
      expect(await refused(name, proxy)).toContain('--read-only');
    }
  });

  test('comes with a change of the proxy where it is asked for', async () => {
    const { call } = await world({ fetch });
    const asked = await call('update_asset_proxy', { ...proxy, rotation: 90, include_urls: true });
    expect(asked.upload_url).toBe(ways.upload_url);
    expect(await call('update_asset_proxy', { ...proxy, rotation: 90 })).not.toHaveProperty('upload_url');
  });
});

describe('create_asset_proxy', () => {
  test('registers a proxy with what was given, and says how to upload only when asked', async () => {
    const { call, sandbox, last } = await watched();
    const given = {
      filename: 'interview_1080p.mp4',
      status: 'OPEN',
      resolution: { width: 1920, height: 1080 },
      bit_rate: 6_000_000,
      is_drop_frame: false,
      start_time_code: '10:00:00:00',
    };
    const { id, ...answer } = await call('create_asset_proxy', { ...asset, ...given });
    expect(last().body).toEqual(given);
    expect(answer).toMatchObject({ ...given, storage_id: ids.proxyStorage, storage_method: 'S3' });
    for (const address of ADDRESSES) expect(answer).not.toHaveProperty(address);
    expect(sandbox.store.proxies.get(id)).toMatchObject({ ...given, version_id: ids.interviewVersions[2] });

    const asked = await call('create_asset_proxy', { ...asset, filename: 'b.mp4', include_urls: true });
    expect(last().body).toEqual({ filename: 'b.mp4' });
    expect(asked).toMatchObject({ upload_method: 'PUT', upload_url: expect.stringMatching(SIGNED) });
  });

  test('goes to the storage that is named', async () => {
    const { call, refused } = await world();
    const on = async (storage_id: string) =>
      (await call('create_asset_proxy', { ...asset, storage_id })).storage_method;
    expect(await on(ids.gcsStorage)).toBe('GCS');
    expect(await on(ids.gatewayStorage)).toBe('FILE');
    expect(await refused('create_asset_proxy', { ...asset, storage_id: UNKNOWN })).toMatch(/400.*storage_id/);
  });

  test.each([
    [{ storage_method: 'S3' }, 'Unknown argument "storage_method"'],
    [{ url: 'https://a.example' }, 'Unknown argument "url"'],
    [{ status: 'DONE' }, 'status: "DONE" is not allowed'],
    [{ resolution: '1920x1080' }, 'resolution'],
  ])('refuses %j and sends nothing', async (args, expected) => {
    const { refused, requests } = await world();
    expect(await refused('create_asset_proxy', { ...asset, ...args })).toContain(expected);
    expect(requests).toEqual([]);
  });
});

describe('update_asset_proxy', () => {
  test('changes one field and leaves the others', async () => {
    const made = await watched();
    const before = unstamped(made.sandbox.store.proxies.get(ids.interviewProxy));
    expect(await made.call('update_asset_proxy', { ...proxy, rotation: 90 })).toMatchObject({
      rotation: 90,
      codec: 'h264',
    });
    expect(made.last().body).toEqual({ rotation: 90 });
    expect(unstamped(made.sandbox.store.proxies.get(ids.interviewProxy))).toEqual({ ...before, rotation: 90 });
    expect(await iconik(made, `GET files/v1/assets/${ids.interview}/proxies/${ids.interviewProxy}/`)).toMatchObject({
      rotation: 90,
    });
  });

  test('sends null for the fields to clear', async () => {
    const { call, sandbox, last } = await watched();
    const answer = await call('update_asset_proxy', { ...proxy, clear: ['start_time_code', 'is_drop_frame'] });
    expect(last().body).toEqual({ start_time_code: null, is_drop_frame: null });
    expect(sandbox.store.proxies.get(ids.interviewProxy)).toMatchObject({ start_time_code: null, frame_rate: '25' });
    expect(answer).not.toHaveProperty('start_time_code');
  });

  test('names the role that is missing', async () => {
    const { refused, sandbox } = await world();
    sandbox.deny('can_write_proxies');
    expect(await refused('update_asset_proxy', { ...proxy, status: 'CLOSED' })).toMatch(/403.*can_write_proxies/);
  });
});
