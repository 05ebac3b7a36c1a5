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

describe('an id of another kind', () => {
  const SEASON = /is the collection "[^"]+", and an asset is needed here/;
  test.each([
    ['show_asset', { asset: ids.twinCollections[0] }, SEASON],
    ['read_notes', { asset: ids.twinCollections[0] }, SEASON],
    ['set_metadata', { assets: [ids.twinCollections[0]], values: { Rating: 3 } }, SEASON],
    [
      'annotate_asset',
      { asset: ids.comment, items: ['0:05 Note'] },
      /is a comment on the asset [0-9a-f-]{36}, and an asset/,
    ],
    ['show_asset', { asset: ids.interviewVersions[1] }, /is a version of the asset "Interview[^"]+" \([0-9a-f-]{36}\)/],
    ['find_assets', { collection: ids.match }, /is the asset "[^"]+", and a collection is needed here/],
  ])('given to %s as %j is named for what it is', async (tool, args, expected) => {
    const { refused } = await world();
    expect(await refused(tool, args)).toMatch(expected);
  });

  test('that nothing has stays not found', async () => {
    const { refused } = await world();
    const text = await refused('show_asset', { asset: '00000000-5b1c-11ef-9c3a-0a580a3db916' });
    expect(text).toMatch(/404.*does not exist/);
  });

  test('is not asked about where search is not allowed: the first error stays', async () => {
    const { refused, sandbox } = await world();
    sandbox.deny('can_search');
    expect(await refused('show_asset', { asset: ids.twinCollections[0] })).toContain('404');
  });
});

test('a tool that does not exist is answered with the nearest, but none that deletes other things', async () => {
  const { refused } = await world();
  expect(await refused('find_asset', {})).toContain('Did you mean find_assets?');
  expect(await refused('delete_asets', {})).toContain('Did you mean delete_assets');
  expect(await refused('delete_comments', {})).toBe('There is no tool "delete_comments". See tools/list.');
});
