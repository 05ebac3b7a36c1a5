import { describe, expect, test } from 'vitest';
import { ASSET, against, everything, json, OTHER, preload, TRACE } from './host.ts';
import { againstRunning } from './running.ts';

const read = { asset_id: ASSET };
const DEBUG = ['--log-level', 'debug'];

describe.concurrent('secrets', () => {
  const signature = 'c0ffee00c0ffee00c0ffee00c0ffee00';
  const credential = 'AKIAIOSFODNN7EXAMPLE';
  const signed = `https://bucket.s3.example/key.mp4?X-Amz-Credential=${credential}%2F20260301&X-Amz-Signature=${signature}`;

  test('signed addresses come only where asked for; errors and logs keep no signature', () =>
    againstRunning(
      ({ method }, response) => {
        if (method !== 'GET') return json(response, 400, { errors: [`Could not write ${signed}`] });
        return json(response, 200, {
          objects: [{ id: ASSET, name: 'a.mp4', url: signed, upload_url: signed }],
          total: 1,
        });
      },
      async (host) => {
        const plain = await host.call('get_asset_proxies', read);
        expect(JSON.stringify(plain.message)).not.toContain(signature);
        expect(plain.text).not.toContain('s3.example');
        const failed = await host.call('create_asset_proxy', { ...read, filename: 'x.mp4', include_urls: true });
        expect(failed.isError).toBe(true);
        expect(failed.text).toContain('s3.example');
        for (const secret of [signature, credential]) expect(everything(host)).not.toContain(secret);
        const asked = await host.call('get_asset_proxies', { ...read, generate_signed_url: true });
        expect(asked.structured.objects[0].url).toBe(signed);
        for (const secret of [signature, credential]) expect(host.stderr()).not.toContain(secret);
      },
      { flags: DEBUG },
    ));

  test('keys and passwords in the settings of a storage are in no result', () =>
    againstRunning(
      ({ path }, response) => {
        const keys = [
          'secret_key',
          'password',
          'private_key',
          'access_key',
          'sas_token',
          'service_account',
          'new_kind_of_key',
        ];
        const settings = {
          bucket: 'b',
          region: 'eu',
          ...Object.fromEntries(keys.map((key) => [key, `GEHEIM-${key}`])),
          credentials: { secret: 'GEHEIM-deep' },
        };
        const storage = { id: ASSET, name: 'S', method: 'S3', settings };
        return json(response, 200, path.endsWith('/storages/') ? { objects: [storage], total: 1 } : storage);
      },
      async (host) => {
        expect((await host.call('get_storage', { storage_id: ASSET })).structured.settings).toEqual({
          bucket: 'b',
          region: 'eu',
        });
        expect((await host.call('get_storages')).structured.objects).toHaveLength(1);
        expect(everything(host)).not.toContain('GEHEIM');
      },
      { flags: DEBUG },
    ));

  test('the text of an error that nobody foresaw holds no path of this machine and nothing of its environment', () =>
    against(
      (_, response) => json(response, 200, {}),
      async (host) => {
        const { isError, text } = await host.call('get_asset', { asset_id: OTHER });
        expect(isError).toBe(true);
        expect(text).toMatch(/get_asset/);
        expect(text).not.toMatch(TRACE);
        expect(text).not.toContain('geheim99');
        expect(host.stderr()).not.toMatch(/^\s+at /m);
        expect((await host.call('get_asset', read)).isError).toBe(false);
      },
      {
        env: {
          SOME_PASSWORD: 'geheim99',
          ...preload(`const own = globalThis.encodeURIComponent;
            globalThis.encodeURIComponent = (value) => {
              if (value !== '${OTHER}') return own(value);
              throw new Error("ENOENT: no such file, open '/home/alice/secret.pem' with " + process.env.SOME_PASSWORD);
            };`),
        },
      },
    ));
});
