import { describe, expect, test } from 'vitest';
import { REVISION } from '../support/modern.ts';
import { type CallAnswer, team } from '../support/team.ts';
import { type Answer, APPS, allToolsets, ids, type World, world } from '../support/world.ts';

const PAGE_DATA = 'iconik-mcp/page';
const GALLERY = 'ui://iconik/gallery.html';
const OF_PAGES = ['load_pictures', 'keep_choice', 'load_player', 'load_media', 'find_media_origins'];

const namesOf = async ({ host }: World): Promise<string[]> => (await host.listTools()).tools.map(({ name }) => name);

const dataOf = <T>({ _meta = {} }: { readonly _meta?: Record<string, unknown> | undefined }): T =>
  _meta[PAGE_DATA] as T;

/** Calls whose answers have a page. */
const SHOWN: readonly (readonly [string, Record<string, unknown>])[] = [
  ['find_assets', { media_type: ['video'], limit: 5 }],
  ['view_frame', { asset: ids.match, at: ['10s'] }],
  ['view_frame', { asset: ids.match, count: 4 }],
  ['show_asset', { asset: ids.interview }],
  ['read_notes', { asset: ids.interview }],
  ['read_transcript', { asset: ids.interview, find: 'climate' }],
  ['set_metadata', { assets: [ids.interview, ids.match], values: { Rating: 4 } }],
  ['collect_assets', { assets: [ids.match, ids.master], into: 'Season 2025', create_collection: true }],
];

/** Handles, tokens and fences are new each time. */
const settled = (answer: object): unknown =>
  JSON.parse(
    JSON.stringify(answer)
      .replace(/<<(library-data|end) [\w-]+>>/g, '<<$1>>')
      .replace(/\b(sel|cur|cfm|[a-z]{3})_[a-z0-9]{6}\b/g, '$1_')
      .replace(/(confirm(?:"|\\")?: ?"?)[\w-]+/g, '$1'),
  );

describe('a host without MCP Apps', () => {
  test('sees no page, no tool of a page and no metadata', async () => {
    const own = await world({ toolsets: allToolsets });
    const { tools } = await own.host.listTools();
    expect(tools.filter(({ _meta }) => _meta !== undefined)).toEqual([]);
    expect(tools.filter(({ name }) => OF_PAGES.includes(name))).toEqual([]);
    const { resources } = await own.host.listResources();
    expect(resources.filter(({ uri }) => uri.startsWith('ui:'))).toEqual([]);
    await expect(own.host.readResource({ uri: GALLERY })).rejects.toThrow(/There is no resource/);
  });

  test('is told of the tools of pages what it is told of a tool that does not exist', async () => {
    const own = await world();
    for (const name of OF_PAGES) {
      const text = await own.refused(name, { assets: [ids.match] });
      expect(text).toBe(`There is no tool "${name}". See tools/list.`);
    }
    expect(await own.refused('load_picture', {})).not.toContain('load_pictures');
  });

  test.each(SHOWN)('gets the same answer of %s, without data for pages', async (name, args) => {
    const [without, withPages] = await Promise.all([world(), world({ showsPages: true })]);
    const plain = await without.raw(name, args);
    expect(plain._meta).toBeUndefined();
    const { _meta, ...rest } = await withPages.raw(name, args);
    expect(_meta).toHaveProperty([PAGE_DATA, 'kind']);
    expect(settled(rest)).toEqual(settled(plain));
    expect(without.requests.length).toBe(withPages.requests.length);
  });
});

describe('a host with MCP Apps', () => {
  test('sees the same list, with a page each and the tools that pages call', async () => {
    const [without, withPages] = await Promise.all([world(), world({ showsPages: true })]);
    const { tools } = await withPages.host.listTools();
    const known = tools.filter(({ name }) => !OF_PAGES.includes(name));
    expect(known.map(({ _meta, ...one }) => one)).toEqual((await without.host.listTools()).tools);
    const shown = known.filter(
      ({ _meta }) => JSON.stringify(_meta) === JSON.stringify({ ui: { resourceUri: GALLERY } }),
    );
    expect(shown.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['find_assets', 'view_frame', 'collect_assets']),
    );
    for (const name of OF_PAGES)
      expect(tools.find((one) => one.name === name)?._meta).toEqual({ ui: { visibility: ['app'] } });
  });

  test('reads a page that may load nothing from anywhere', async () => {
    const { host } = await world({ showsPages: true });
    expect((await host.listResources()).resources.map(({ uri }) => uri)).toContain(GALLERY);
    const { contents } = await host.readResource({ uri: GALLERY });
    expect(contents).toMatchObject([
      { uri: GALLERY, mimeType: 'text/html;profile=mcp-app', _meta: { ui: { csp: {} } } },
    ]);
    const text = String(contents[0] && 'text' in contents[0] && contents[0].text);
    expect(text).toMatch(/^<!doctype html>/);
    expect(text).not.toMatch(
      /\b(?:src|href)=|https?:\/\/|@import|innerHTML|insertAdjacentHTML|document\.write|\beval\(/,
    );
  });

  test('has no page for what it does not list', async () => {
    const own = await world({ showsPages: true, toolsets: ['versions'] });
    expect((await namesOf(own)).filter((name) => OF_PAGES.includes(name))).toEqual([]);
    await expect(own.host.readResource({ uri: GALLERY })).rejects.toThrow();
  });

  test('gets pictures as data, and a choice as a selection that other tools take', async () => {
    const own = await world({ showsPages: true });
    const loaded = await own.raw('load_pictures', { assets: [ids.match, ids.master] });
    const { pictures } = dataOf<{ readonly pictures: Readonly<Record<string, string>> }>(loaded);
    expect(Object.keys(pictures).sort()).toEqual([ids.match, ids.master].sort());
    for (const address of Object.values(pictures)) expect(address).toMatch(/^data:image\/(jpeg|png);base64,/);
    expect(own.requests.filter((one) => one.includes('/API/')).length, 'one search for all').toBe(1);
    const kept = await own.raw('keep_choice', { assets: [ids.match, ids.master] });
    const { selection } = dataOf<{ readonly selection: string }>(kept);
    expect((await own.call('read_metadata', { selection })).total).toBe(2);
  });
});

describe('over HTTP', () => {
  const initialize = (extensions: object) => ({
    method: 'initialize',
    params: {
      protocolVersion: '2025-11-25',
      capabilities: { extensions },
      clientInfo: { name: 'test', version: '0' },
    },
  });
  const tools = async (answer: Response): Promise<string[]> =>
    ((await answer.json()) as CallAnswer['data']).result.tools.map(({ name }: { name: string }) => name);

  test('a host with MCP Apps is known by its session id, others get none', async () => {
    await using served = await team();
    const hello = await served.post(initialize(APPS));
    const session = hello.headers.get('mcp-session-id') ?? '';
    expect(session).toMatch(/^mcp-apps-[\w-]{36}$/);
    const list = await served.post({ method: 'tools/list' }, { 'mcp-session-id': session });
    expect(await tools(list)).toEqual(expect.arrayContaining(OF_PAGES));
    const other = await served.post(initialize({}));
    expect(other.headers.get('mcp-session-id')).toBeNull();
    expect(await tools(await served.post({ method: 'tools/list' }))).not.toContain('load_pictures');
    expect((await served.post({ method: 'tools/list' }, { 'mcp-session-id': 'another' })).status).toBe(404);
    // One caller may have both kinds of host.
    const params = { name: 'find_assets', arguments: { words: 'drone', limit: 1 } };
    for (const [headers, has] of [
      [{}, false],
      [{ 'mcp-session-id': session }, true],
      [{}, false],
    ] as const) {
      const { result } = (await (await served.post({ method: 'tools/call', params }, headers)).json()) as Answer;
      expect(result._meta !== undefined).toBe(has);
    }
  });

  test('the newer revision says it with each request', async () => {
    await using served = await team();
    const list = (extensions: object) =>
      served.post(
        {
          method: 'tools/list',
          params: {
            _meta: {
              'io.modelcontextprotocol/protocolVersion': REVISION,
              'io.modelcontextprotocol/clientInfo': { name: 'test', version: '0' },
              'io.modelcontextprotocol/clientCapabilities': { extensions },
            },
          },
        },
        { 'mcp-protocol-version': REVISION, 'mcp-method': 'tools/list' },
      );
    expect(await tools(await list(APPS))).toContain('load_pictures');
    expect(await tools(await list({}))).not.toContain('load_pictures');
  });
});
