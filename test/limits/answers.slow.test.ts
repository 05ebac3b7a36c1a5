import { beforeAll, describe, expect, test, vi } from 'vitest';
import { toolsets } from '../../src/tools/index.ts';
import { examples } from '../operations/examples.ts';
import { ids, type World } from '../support/world.ts';
import { ASSET, bounded, CURRENT, DRAFT, VIEW, WORST, worstWorld } from './worst_library.ts';

vi.setConfig({ testTimeout: 60_000 });

let made: World;
beforeAll(async () => {
  made = await worstWorld();
});

type Args = Readonly<Record<string, unknown>>;
const asset = { asset_id: ASSET };
const first = (table: 'proxies' | 'formats' | 'files' | 'file_sets' | 'storages', world: World): string =>
  String(world.sandbox.store[table].list().at(-1)?.id);

const fileOf = (world: World): Args => ({ ...asset, file_id: first('files', world) });
/** With all files of the asset, more than any file set has. */
function fileSetOf({ sandbox: { store } }: World): Args {
  const [set] = store.file_sets.where('asset_id', ASSET);
  for (const { id } of store.files.where('asset_id', ASSET)) store.files.update(String(id), { file_set_id: set?.id });
  return { ...asset, file_set_id: set?.id };
}

/** What reading tools are asked, beside the largest page that their own schemas allow. */
const asked: Readonly<Record<string, (world: World) => readonly Args[] | Promise<readonly Args[]>>> = {
  // What the AI proposes is for the version that it looked at.
  list_metadata_proposals: () => [{ asset_id: ids.interview, version_id: ids.interviewVersions[2] }],
  find_assets: () => [
    {},
    { sort: 'title' },
    { sort: 'newest', show: ['worst_field_0', 'worst_field_1', 'Keywords', 'worst_field_2'] },
    { count_by: ['Keywords', 'worst_field_0', 'worst_field_2', 'media_type'] },
    { words: 'harbour', sort: 'longest' },
    { sort: 'largest', show: ['size', 'codec', 'resolution', 'frame rate', 'audio', 'start timecode', 'checksum'] },
    { where: { codec: 'not x', size: '1 MB..' }, count_by: ['codec', 'resolution', 'audio'] },
    { comment: 'harbour' },
    { kind: 'collections' },
  ],
  find_operations: () => [{ words: 'delete share restore archive history metadata of an asset' }],
  describe_operation: () => [
    { operation: 'POST /automations/v1/automations/' },
    { operation: 'POST /search/v1/search/' },
    { operation: 'POST /assets/v1/{object_type}/{object_id}/shares/' },
  ],
  read_operation: () => [
    { operation: 'GET /assets/v1/assets/{asset_id}/', path: asset },
    { operation: 'GET /assets/v1/assets/', query: { per_page: 1_000 } },
    { operation: 'GET /assets/v1/assets/{asset_id}/segments/', path: asset, query: { per_page: 1_000 } },
    { operation: 'GET /metadata/v1/views/{view_id}/', path: { view_id: VIEW } },
  ],
  run_query: () => [
    { program: 'return (await find({ show: ["worst_field_0", "worst_field_1"] })).slice(0, 3);' },
    { program: 'return table((await find({ fields: ["metadata"] })).slice(0, 20));' },
    {
      program: `return await pages("GET /assets/v1/assets/{asset_id}/segments/", { path: { asset_id: "${ASSET}" } });`,
    },
  ],
  describe_metadata: () => [
    {},
    { view: VIEW },
    { view: 'all' },
    { field: 'worst_field_1' },
    { find: 'harbour' },
    { find: '港' },
  ],
  read_metadata: ({ sandbox }) => [
    { assets: [ASSET] },
    { assets: [ASSET], view: VIEW },
    {
      assets: sandbox.store.assets
        .list()
        .slice(0, 50)
        .map(({ id }) => id),
    },
    { collection: ids.football, labels: ['Keywords', 'worst_field_0'] },
    { proposed: true },
  ],
  check_jobs: ({ sandbox }) => [
    {},
    ...['failed', 'running', 'waiting', 'all'].map((state) => ({ state, days: 365 })),
    { asset: ASSET, state: 'failed' },
    {
      wait_for: sandbox.store.jobs
        .list(({ status }) => status === 'FAILED')
        .slice(-200)
        .map(({ id }) => id),
    },
  ],
  list_approvals: () => [{}, { state: 'all' }, { assets: [ASSET] }, { collection: ids.football, state: 'all' }],
  list_shares: () => [{ ended: true }, { asset: ids.interview }, { collection: ids.football, ended: true }],
  list_bin: () => [{}, { limit: 200 }],
  show_history: () => [
    { assets: [ASSET] },
    { collection: ids.football, limit: 200 },
    { days: '2020..2030', limit: 200 },
  ],
  list_searches: () => [{}, { run: 'Clearance pending', limit: 100 }],
  locate_files: () => [{ asset: ASSET }, { asset: ASSET, after: 60 }],
  export_captions: () => [
    { asset: ASSET, speakers: true },
    { asset: ASSET, format: 'vtt', line_length: 10, lines: 1 },
    { asset: ids.interview, speakers: true },
    { asset: ids.interview, format: 'vtt', line_length: 10, lines: 1 },
  ],
  export_metadata: ({ sandbox }) => [
    { assets: [ASSET], columns: ['Keywords'] },
    {
      assets: sandbox.store.assets
        .list()
        .slice(-10)
        .map(({ id }) => id),
      columns: [VIEW],
    },
    { collection: ids.football, columns: ['Keywords', 'worst_field_0'] },
  ],
  report_storage: () => [{}, { months: 11, collections: 50, delimiter: 'comma' }],
  check_masters: () => [
    { assets: [ASSET], codec: 'ProRes' },
    {
      collection: ids.football,
      codec: 'x',
      resolution: '1x1',
      audio: '1 bit',
      start_timecode: '23:59:59:00',
      file_name: 'x',
    },
  ],
  find_duplicates: () => [
    { assets: [ASSET], everywhere: true },
    { collection: ids.football, everywhere: true },
  ],
  find_people: ({ sandbox }) => [
    {},
    { unconfirmed: true },
    { asset: ids.interview },
    { asset: ids.interview, people: [ids.reyes] },
    { people: [ids.reyes] },
    {
      people: sandbox.store.persons
        .list()
        .slice(-2)
        .map(({ id }) => id),
    },
    { collection: ids.football },
  ],
  show_asset: () => [{ asset: ASSET }, { asset: ids.interview }],
  compare_versions: () => [{ asset: ASSET }, { asset: ASSET, version: CURRENT, with: DRAFT }],
  view_frame: async ({ call }) => [
    { asset: ASSET, count: 30 },
    { asset: ASSET },
    { selection: (await call('find_assets', { sort: 'title' })).selection },
  ],
  export_markers: () => [
    { asset: ASSET, between: '0:00-1:00' },
    { asset: ASSET, kinds: ['MARKER'], format: 'csv' },
    { asset: ids.interview, format: 'edl' },
  ],
  read_transcript: () => [{ asset: ASSET }, { asset: ASSET, find: 'the' }],
  read_notes: () => [
    { asset: ASSET },
    { asset: ASSET, state: 'open' },
    { asset: ASSET, kinds: ['COMMENT', 'MARKER', 'TAG', 'GENERIC', 'QC'] },
  ],
  get_asset: () => [{ ...asset, include_collections: true, include_users: true }],
  get_asset_proxy: (world) => [{ ...asset, proxy_id: first('proxies', world), include_urls: true }],
  get_asset_proxies: () => [{ ...asset, include_all_versions: true, generate_signed_url: true }, asset],
  get_s3_presigned_url: uploadOfProxy,
  get_s3_complete_url: uploadOfProxy,
  get_asset_format: (world) => [{ ...asset, format_id: first('formats', world) }],
  get_asset_formats: () => [{ ...asset, include_all_versions: true }],
  get_asset_filesets: () => [{ ...asset, file_count: true }],
  get_asset_files: () => [{ ...asset, generate_signed_url: true }, asset],
  get_asset_file: (world) => [{ ...fileOf(world), include_urls: true }],
  get_file_download_url: (world) => [fileOf(world)],
  get_asset_fileset: (world) => [fileSetOf(world)],
  list_fileset_files: (world) => [{ ...fileSetOf(world), generate_signed_url: true }],
  list_format_components: (world) => [{ ...asset, format_id: first('formats', world) }],
  get_file_part_urls: uploadOfFile,
  get_file_complete_url: uploadOfFile,
  get_storage: (world) => [{ storage_id: first('storages', world) }],
  get_storages: () => [{}],
  search: () => [
    {},
    { query: 'harbour' },
    { doc_types: ['segments'] },
    { include_fields: ['id', 'metadata', 'title', 'in_collections'] },
    {
      doc_types: ['assets'],
      generate_signed_url: true,
      generate_signed_proxy_url: true,
      generate_signed_download_url: true,
    },
    { facets: ['title', 'metadata.keywords', 'metadata.worst_field_0', 'metadata.worst_field_2'], per_page: 0 },
  ],
  get_asset_metadata: () => [
    { ...asset, view_id: VIEW },
    { ...asset, view_id: ids.editorialView },
  ],
};

async function uploadOfFile({ call }: World): Promise<readonly Args[]> {
  const file = await call('create_asset_file', { ...asset, original_name: 'new.mov' });
  const { upload_id } = await call('get_upload_id_for_file', { ...asset, file_id: file.id });
  return [{ ...asset, file_id: file.id, upload_id }];
}

async function uploadOfProxy({ call }: World): Promise<readonly Args[]> {
  const proxy = await call('create_asset_proxy', { ...asset, filename: 'new.mp4' });
  const { upload_id } = await call('get_upload_id_for_proxy', { ...asset, proxy_id: proxy.id });
  return [{ ...asset, proxy_id: proxy.id, upload_id }];
}

/** An operation that is not named above is asked what its example asks, of the asset with the most in it. */
async function asks(tool: string): Promise<readonly Args[]> {
  const own = asked[tool];
  if (own) return own(made);
  const args = examples[tool]?.args ?? {};
  const given = typeof args === 'function' ? await args(made) : args;
  return [{ ...given, ...('asset_id' in given && asset) }];
}

const WRITING_ADDRESSES = /^get_(s3|file)_(presigned|part|complete)_url/;

const reading = toolsets
  .flatMap(({ tools }) => Object.entries(tools))
  // Addresses to write to are handed out by tools that do not count as reading.
  .filter(([name, tool]) => (tool.effect === 'read' || WRITING_ADDRESSES.test(name)) && tool.listed);

/** `{ per_page: 1000 }`, `{ limit: 100 }`, `{ parts_num: 10000 }`: the maximum in the tool's own schema. */
async function largest(tool: string): Promise<Args> {
  const { tools } = await made.host.listTools();
  const { properties = {} } = tools.find(({ name }) => name === tool)?.inputSchema ?? {};
  const sizes = Object.entries(properties).filter(([name]) => ['per_page', 'limit', 'parts_num'].includes(name));
  return Object.fromEntries(sizes.map(([name, schema]) => [name, (schema as { maximum?: number }).maximum]));
}

describe('any answer with the largest page', () => {
  test('is asked of every task that reads, and of no tool that is gone', () => {
    const names = reading.map(([name]) => name);
    expect(Object.keys(asked).filter((name) => !names.includes(name))).toEqual([]);
    expect(reading.filter(([name, { kind }]) => kind === 'task' && !asked[name])).toEqual([]);
  });

  test.each(reading.map(([name, tool]) => [name, tool.kind] as const))('%s', async (name, kind) => {
    const page = await largest(name);
    for (const args of await asks(name)) {
      const { answer, text } = await bounded(made, name, { ...page, ...args });
      // A task sizes its own pages: what is cut afterwards could be lost behind a cursor. One object of Iconik's has no pages.
      if (kind === 'task' && name !== 'read_operation') expect(answer, text).not.toHaveProperty('cut_to_fit');
      expect(answer ?? {}, text).not.toEqual({});
    }
  });
});

describe('a refusal', () => {
  test.each([
    ['read_notes', { asset: ASSET, version: 'v9999' }],
    ['show_asset', { asset: WORST[1].slice(0, 400) }],
    ['show_asset', { asset: WORST[0].repeat(4) }],
    ['describe_metadata', { field: WORST[2] }],
    ['read_metadata', { assets: [ASSET], labels: [WORST[1]] }],
    ['find_assets', { where: { [WORST[3]]: WORST[2] } }],
    ['search', { query: WORST[0].repeat(100), sort: WORST[1] }],
  ])('of %s is as short', async (name, args) => {
    const { answer } = await bounded(made, name, args);
    expect(answer).toBeUndefined();
  });
});
