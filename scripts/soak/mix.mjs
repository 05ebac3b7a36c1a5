import { oneOf, weighted } from './random.mjs';

const VIEW = '01e70001-5b1c-11ef-9c3a-0a580a3db916';
const TRAILER = 'a55e7005-5b1c-11ef-9c3a-0a580a3db916';
const NOBODY = '00000000-5b1c-11ef-9c3a-0a580a3db916';
/** How many assets take part. */
const ASSETS = 120;
const WORDS = ['harbour', 'interview', 'match', 'drone', 'title:season*', '"press conference"', 'sunrise OR night'];

/** How many of a hundred calls are which. */
const WEIGHTS = {
  search: 9,
  'search for what was written': 5,
  get_asset: 14,
  get_asset_metadata: 6,
  get_asset_files: 5,
  get_asset_proxies: 4,
  get_asset_formats: 3,
  get_storages: 4,
  find_assets: 3,
  show_asset: 3,
  read_notes: 3,
  read_metadata: 3,
  create_segment: 10,
  partial_update_segment: 5,
  update_asset_metadata: 5,
  create_job: 3,
  update_job: 3,
  annotate_asset: 3,
  'annotate_asset, four confirmed': 2,
  'annotate_asset, thirty confirmed': 0.5,
  set_metadata: 2,
  'delete_version, preview': 2,
  'get_asset, no such id': 2,
  'get_asset, no id at all': 1,
};

const isOf = (asset_id) => (answer) => answer.asset_id === undefined || answer.asset_id === asset_id;
const listsOf = (asset_id) => (answer) => answer.objects.every(isOf(asset_id));

/** Of some assets the user may only read. */
function notAllowed(error) {
  if (!error.message.includes(' 403 ')) throw error;
}

/**
 * Prepares the sandbox and answers `next(mark)`: a call as { label, tool, args, right }. `right` says whether an answer
 * is one to just this call. A call that writes puts `mark`, which no other call has, where `whereMarksAre` looks.
 */
export async function createMix(sandbox, random) {
  const assets = [];
  const scratch = [];
  const jobs = [];
  for (const { id, status, type } of await sandbox.all('/API/assets/v1/assets/')) {
    if (status !== 'ACTIVE' || type !== 'ASSET' || assets.length === ASSETS) continue;
    const body = { segment_type: 'COMMENT', segment_text: 'scratch' };
    const made = await sandbox
      .call(`/API/assets/v1/assets/${id}/segments/`, { method: 'POST', body })
      .catch(notAllowed);
    if (!made) continue;
    assets.push(id);
    scratch.push({ asset_id: id, segment_id: made.id });
  }
  for (let count = 0; count < 32; count += 1) {
    const body = { title: 'scratch', type: 'CUSTOM', status: 'STARTED' };
    jobs.push((await sandbox.call('/API/jobs/v1/jobs/', { method: 'POST', body })).id);
  }
  const trailer = await sandbox.call(`/API/assets/v1/assets/${TRAILER}/`);
  const versions = trailer.versions.map(({ id }) => id);
  const written = [];
  const asset = () => oneOf(random, assets);

  const calls = {
    search() {
      const query = oneOf(random, WORDS);
      return { args: { query, per_page: 5 }, right: ({ objects, per_page }) => objects.length <= 5 && per_page === 5 };
    },
    'search for what was written'() {
      const query = written.length > 0 ? oneOf(random, written.slice(-50)) : 'soak-nothing';
      return {
        tool: 'search',
        args: { query: `"${query}"`, doc_types: ['segments'], search_fields: ['segment_text'] },
        // The index comes later than the segment.
        right: ({ objects }) => objects.length <= 1 && objects.every(({ segment_text }) => segment_text === query),
        behind: ({ objects }) => objects.length === 0,
      };
    },
    get_asset() {
      const asset_id = asset();
      return { args: { asset_id }, right: ({ id }) => id === asset_id };
    },
    get_asset_metadata() {
      const asset_id = asset();
      return { args: { asset_id, view_id: VIEW }, right: ({ metadata_values }) => metadata_values !== undefined };
    },
    get_asset_files: () => ofAsset(),
    get_asset_proxies: () => ofAsset(),
    get_asset_formats: () => ofAsset(),
    get_storages: () => ({ args: {}, right: ({ objects }) => objects.length > 0 && 'method' in objects[0] }),

    create_segment(mark) {
      const start = Math.floor(random() * 60_000);
      const times = { time_start_milliseconds: start, time_end_milliseconds: start + 1_000 };
      return {
        args: { asset_id: asset(), segment_type: 'MARKER', segment_text: mark, ...times },
        right: ({ segment_text }) => segment_text === mark,
        afterwards: () => written.push(mark),
      };
    },
    partial_update_segment(mark) {
      const place = oneOf(random, scratch);
      return {
        args: { ...place, segment_text: mark },
        right: ({ id, segment_text }) => id === place.segment_id && segment_text === mark,
      };
    },
    update_asset_metadata(mark) {
      const keywords = { field_values: [{ value: mark }], mode: 'append' };
      return {
        args: { asset_id: asset(), view_id: VIEW, metadata_values: { keywords } },
        right: ({ metadata_values }) => metadata_values.keywords.field_values.some(({ value }) => value === mark),
      };
    },
    create_job: (mark) => ({
      args: { title: mark, type: 'CUSTOM', status: 'STARTED' },
      right: ({ title }) => title === mark,
    }),
    update_job(mark) {
      const job_id = oneOf(random, jobs);
      return { args: { job_id, message: mark }, right: ({ id, message }) => id === job_id && message === mark };
    },

    find_assets: () => ({
      args: { words: oneOf(random, ['harbour', 'interview', 'match']), limit: 3 },
      right: ({ hits, total }) => hits.length <= 3 && total >= hits.length,
    }),
    show_asset() {
      const id = asset();
      return { args: { asset: id }, right: (answer) => answer.asset.includes(id) };
    },
    read_notes: () => ({ args: { asset: asset() }, right: ({ version }) => version !== undefined }),
    read_metadata: () => ({ args: { assets: [asset()] }, right: ({ total }) => total === 1 }),
    annotate_asset: (mark) => annotate([mark]),
    'annotate_asset, four confirmed': (mark) => annotate(several(mark, 4)),
    'annotate_asset, thirty confirmed': (mark) => annotate(several(mark, 30)),
    set_metadata: (mark) => ({
      args: { assets: [asset()], values: { keywords: [mark] }, how: 'append' },
      right: ({ changed }) => changed === 1,
    }),

    'delete_version, preview'() {
      const { id, version_number } = oneOf(random, trailer.versions);
      return {
        tool: 'delete_version',
        args: { asset_id: TRAILER, version_id: id },
        right: ({ status, affected }) => status === 'preview' && affected[0].startsWith(`v${version_number} · `),
      };
    },
    'get_asset, no such id': () => ({ tool: 'get_asset', args: { asset_id: NOBODY }, refused: /HTTP 404/ }),
    'get_asset, no id at all': () => ({ tool: 'get_asset', args: { asset_id: '../all' }, refused: /UUID/ }),
  };
  const several = (mark, count) => Array.from({ length: count }, (_, index) => `${mark}x${index + 1}`);
  function annotate(marks) {
    const args = { asset: asset(), items: marks.map((mark, index) => `00:${String(index + 10)} ${mark}`) };
    return {
      tool: 'annotate_asset',
      marks,
      args,
      again({ isError, content, structuredContent: answer }) {
        if (isError) return marks.length > 1 && /outcome unknown/i.test(content[0].text) ? args : undefined;
        if (answer.status === 'preview') return { ...args, confirm: answer.confirm };
        return answer.failed || answer.unconfirmed || answer.remaining ? args : undefined;
      },
      right: ({ added, already_there }) => added + already_there >= 1 && added <= marks.length,
    };
  }
  function ofAsset() {
    const asset_id = asset();
    return { args: { asset_id, per_page: 5 }, right: listsOf(asset_id) };
  }

  return {
    labels: Object.keys(WEIGHTS),
    written,
    next(mark) {
      const label = weighted(random, WEIGHTS);
      return { label, tool: label, ...calls[label](mark) };
    },
    whereMarksAre: () => whereMarksAre(sandbox, assets),
    versionsLeft: async () => {
      const { versions: left } = await sandbox.call(`/API/assets/v1/assets/${TRAILER}/`);
      return left.filter(({ id, status }) => versions.includes(id) && status === 'ACTIVE').length === versions.length;
    },
  };
}

/** Each mark in the sandbox's own state, and how often it is there. */
async function whereMarksAre(sandbox, assets) {
  const found = new Map();
  const note = (text) => {
    if (/^soak-/.test(text ?? '')) found.set(text, (found.get(text) ?? 0) + 1);
  };
  for (const id of assets) {
    for (const { segment_text } of await sandbox.all(`/API/assets/v1/assets/${id}/segments/`)) note(segment_text);
    const path = `/API/metadata/v1/assets/${id}/views/${VIEW}/`;
    const { metadata_values: values } = await sandbox.call(path).catch(() => ({}));
    for (const { value } of values?.keywords?.field_values ?? []) note(value);
  }
  for (const { title, message } of await sandbox.all('/API/jobs/v1/jobs/')) {
    note(title);
    note(message);
  }
  return found;
}
