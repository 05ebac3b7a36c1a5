import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { ids, world } from '../support/world.ts';

/** An Iconik that refuses everything with a status. */
const refusing =
  (status: number) =>
  (_: Sandbox): typeof fetch =>
  async () =>
    Response.json({ errors: ['No'] }, { status });

describe('a refusal', () => {
  test.each([401, 403])('with %s names credentials and rights, which Iconik does not tell apart', async (status) => {
    const { refused } = await world({ fetch: refusing(status) });
    const text = await refused('get_asset', { asset_id: ids.match });
    expect(text).toContain('ICONIK_APP_ID and ICONIK_AUTH_TOKEN');
    expect(text).toContain('lacks a role (this needs can_read_assets)');
  });

  test('with 401 names a proxy that adds a header', async () => {
    const { refused } = await world({ fetch: refusing(401) });
    expect(await refused('get_asset', { asset_id: ids.match })).toContain('no proxy adds an Authorization header');
  });

  test.each(['get_asset', 'partial_update_version'])(
    'with 501 of %s says that no id helps, and that nothing was done',
    async (tool) => {
      const { refused, requests } = await world({ fetch: refusing(501) });
      const args = { asset_id: ids.match, ...(tool !== 'get_asset' && { version_id: ids.match, status: 'ACTIVE' }) };
      const text = await refused(tool, args);
      expect(text).toContain('does not have the operation');
      expect(text).not.toMatch(/Check the id|Outcome unknown|temporary/);
      expect(requests).toHaveLength(1);
    },
  );

  test('is a warning in the log, with its status', async () => {
    const { refused, log } = await world({ fetch: refusing(403) });
    await refused('get_asset', { asset_id: ids.match });
    const lines = log.map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: 'a request failed', tool: 'get_asset', status: 403 }),
    );
  });
});

describe('a short link of a share', () => {
  test.each([
    'https://icnk.io/u/Ab3dEf9/',
    'icnk.io/u/Ab3dEf9',
    'https://app.iconik.io/u/Ab3dEf9',
    'https://preview.iconik.cloud/u/Ab3dEf9?x=1',
  ])('%s is told to name no object, without a search', async (asset) => {
    const { refused, requests } = await world();
    expect(await refused('show_asset', { asset })).toContain('is a short link of a share');
    expect(await refused('collect_assets', { assets: [asset], into: 'Training' })).toContain('short link of a share');
    expect(requests.filter((one) => one.includes('/assets/'))).toEqual([]);
  });

  test('is no other address below /u/', async () => {
    const { call } = await world();
    const { asset } = await call('show_asset', { asset: `https://app.iconik.io/asset/${ids.match}?u=/u/x` });
    expect(asset).toContain(ids.match);
  });
});
