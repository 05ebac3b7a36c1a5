import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { SOURCES } from '../../src/tools/library/ids.ts';
import { examples } from '../operations/examples.ts';
import { calls, PLAIN } from '../support/calls_of_tasks.ts';
import { allToolsets, ids, world } from '../support/world.ts';

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

describe('what was pasted for the id of an operation', () => {
  const [, season] = ids.twinCollections;
  test.each([
    `https://app.iconik.io/asset/${ids.match}`,
    `https://app.iconik.io/asset/${ids.match}/?version=1#t=3`,
    `“https://preview.iconik.cloud/asset/${ids.match}”`,
  ])('%s: the address of such an object stands for it', async (asset_id) => {
    const { call } = await world();
    expect(await call('get_asset', { asset_id })).toMatchObject({ id: ids.match });
    const operation = 'GET /assets/v1/assets/{asset_id}/';
    expect((await call('read_operation', { operation, path: { asset_id } })).answer).toMatchObject({ id: ids.match });
  });

  test('the address of another kind of object is refused, and nothing is sent', async () => {
    const { refused, requests } = await world();
    const asset_id = `https://app.iconik.io/collection/${season}`;
    expect(await refused('get_asset', { asset_id })).toMatch(
      /asset_id: "https:.*" is the address of a collection, and the id of an asset is needed here\. find_assets/,
    );
    expect(requests).toEqual([]);
  });

  test('a handle where an object is to be named is said to be one', async () => {
    const { call, refused } = await world();
    const { selection, total } = await call('find_assets', { words: 'harbour', limit: 1 });
    expect(await refused('show_asset', { asset: selection })).toContain(
      `${selection} is a selection, not the name of an asset, and show_asset takes no selection: give an id, web address or title. read_metadata {"selection": "${selection}"} lists what is in it.`,
    );
    expect((await call('read_metadata', { selection })).total).toBe(total);
    expect(await refused('find_people', { collection: selection })).toContain('not the name of a collection');
  });

  test('a selection where assets are to be named goes into the argument that every tool with assets has for it', async () => {
    const { call, refused } = await world();
    const { selection } = await call('find_assets', { words: 'harbour', limit: 1 });
    const wrong: string[] = [];
    // It reads the notes of a selection, named in the same place.
    const others = calls.filter(([name]) => name !== 'read_notes');
    for (const [name, args, known] of others.filter(([, args]) => 'assets' in args || 'asset' in args))
      for (const handle of [selection, 'sel_zzzzzz']) {
        const given = 'assets' in args ? { ...args, assets: [handle] } : { ...args, asset: handle };
        const text = await refused(name, given);
        const says = known.includes('selection')
          ? ` Give it as selection: "${handle}", in place of that.`
          : `, and ${name} takes no selection: give an id, web address or title.`;
        if (!text.includes(says) || !text.includes(`${handle} is a selection`)) wrong.push(`${name}: ${text}`);
      }
    expect(wrong).toEqual([]);
  });

  test('a title where a handle is needed is said to be none', async () => {
    const { refused } = await world();
    expect(await refused('read_metadata', { selection: 'Old Harbour' })).toContain(
      'selection: "Old Harbour" is no handle such as sel_k3x9p2. Call find_assets again',
    );
  });

  test('a title is refused with the tool that has ids, where the host sees it', async () => {
    const asset_id = 'Matchday 12';
    const { refused, requests } = await world({ toolsets: allToolsets });
    expect(await refused('get_asset', { asset_id })).toMatch(
      /asset_id: "Matchday 12" is not the id of an asset: that is a UUID .* find_assets answers ids of assets/,
    );
    expect(await refused('archive_formats_bulk', { object_ids: [ids.match, 'Old Harbour'] })).toMatch(
      /object_ids\.1: "Old Harbour" is not the id of an object.*find_assets/,
    );
    expect(requests).toEqual([]);
    const few = await world({ toolsets: ['assets'] });
    expect(await few.refused('get_asset', { asset_id })).not.toContain('find_assets');
  });
});

test('tools that are said to answer ids do', async () => {
  const { raw } = await world({ toolsets: allToolsets });
  const tools = [...new Set(Object.values(SOURCES).flat())];
  const without: string[] = [];
  for (const name of tools) {
    const example = examples[name]?.args;
    const args = typeof example === 'object' ? example : PLAIN[name]?.[0];
    const { content, isError } = await raw(name, { ...args });
    if (isError || !/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.test(JSON.stringify(content))) without.push(name);
  }
  expect(without).toEqual([]);
});

describe('a title in quotes of its own', () => {
  const own = '“Olé”';
  test.each([own, `"${own}"`, 'Olé'])('is found as %s', async (asset) => {
    const { call } = await world({ toolsets: allToolsets });
    await call('partial_update_asset', { asset_id: ids.match, title: own });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await call('show_asset', { asset })).asset).toContain(ids.match);
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

  const NOBODY = '00000000-5b1c-11ef-9c3a-0a580a3db916';
  const [, season] = ids.twinCollections;
  const asAsset =
    /asset_id: \S{36} is the collection "[^"]+", and an asset is needed here\. find_assets answers ids of assets\./;
  test.each([
    ['get_asset', { asset_id: season }, asAsset],
    ['partial_update_asset', { asset_id: season, title: 'x' }, asAsset],
    ['delete_asset', { asset_id: season }, asAsset],
    ['get_asset_proxies', { asset_id: season }, asAsset],
    ['read_operation', { operation: 'GET /assets/v1/assets/{asset_id}/', path: { asset_id: season } }, asAsset],
    [
      'change_operation',
      { operation: 'PATCH /assets/v1/assets/{asset_id}/', path: { asset_id: season }, body: { title: 'x' } },
      asAsset,
    ],
    [
      'get_asset',
      { asset_id: ids.interviewVersions[1] },
      /is a version of the asset "Interview[^"]+" \([0-9a-f-]{36}\)/,
    ],
    ['get_asset', { asset_id: ids.comment }, /is a comment on the asset [0-9a-f-]{36}, and an asset is needed/],
    [
      'list_object_shares',
      { object_type: 'assets', object_id: season },
      /object_id: \S{36} is the collection "[^"]+", and an asset is needed here/,
    ],
    ['get_collection_size', { collection_id: ids.match }, /is the asset "[^"]+", and a collection is needed here/],
    [
      'update_version',
      { asset_id: ids.match, version_id: ids.interviewVersions[1], status: 'ACTIVE' },
      /version_id: \S{36} is a version of the asset "Interview[^"]+".*and not on the asset/,
    ],
    [
      'partial_update_segment',
      { asset_id: ids.match, segment_id: ids.comment, segment_text: 'x' },
      /segment_id: \S{36} is a comment on the asset \S{36}, and not on the asset/,
    ],
  ])('given to the operation %s as %j is named for what it is, with one search', async (tool, args, expected) => {
    const { refused, requests } = await world({ toolsets: allToolsets });
    expect(await refused(tool, args)).toMatch(expected);
    expect(requests.filter((one) => one.includes('/search/'))).toHaveLength(1);
  });

  test('given to an operation is traced to the answer that had it', async () => {
    const { refused, call } = await world({ toolsets: allToolsets });
    await call('get_storages');
    const text = await refused('get_asset', { asset_id: ids.s3Storage });
    expect(text).toContain('does not exist as an asset, or this user cannot see it');
    expect(text).toContain('The id is from an answer of get_storages, under objects.id.');
  });

  test('is not looked up where the operation succeeds, or fails for another reason', async () => {
    const { refused, call, requests, sandbox } = await world({ toolsets: allToolsets });
    await call('get_asset', { asset_id: ids.match });
    sandbox.deny('can_read_assets');
    await refused('get_asset', { asset_id: ids.match });
    expect(requests).toHaveLength(2);
  });

  test('that nothing has is said to be missing as what it was given for', async () => {
    const { refused } = await world({ toolsets: allToolsets });
    expect(await refused('get_asset', { asset_id: NOBODY })).toContain(
      `asset_id: ${NOBODY} does not exist as an asset`,
    );
    const format = { asset_id: ids.match, format_id: NOBODY };
    expect(await refused('get_asset_format', format)).toMatch(
      /format_id: \S+ does not exist as a format.*get_asset_formats/,
    );
  });

  test('keeps the first error of an operation where search is not allowed', async () => {
    const { refused, sandbox } = await world();
    sandbox.deny('can_search');
    expect(await refused('get_asset', { asset_id: season })).toMatch(/404.*does not exist as an asset/);
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
