import { same, step, until } from './host.mjs';
import { digest, download, media, uploadProxy } from './upload.mjs';

/** The view "Editorial" of the sandbox; its id is fixed. */
const EDITORIAL = '01e70001-5b1c-11ef-9c3a-0a580a3db916';

/** A line that a terminal shows whole. */
const cut = (text) => (text.length > 110 ? `${text.slice(0, text.lastIndexOf(' ', 107))} …` : text);
const clock = (ms) => new Date(ms).toISOString().slice(11, 19);
const valuesOf = (answer, field) => answer.metadata_values[field]?.field_values.map(({ value }) => value) ?? [];
const idsOf = (objects) => objects.map(({ id }) => id);

/** The documented operations, one call each; what is written is read back. */
export async function operations(host) {
  await listTools(host);
  const interview = await findInterview(host);
  await readAsset(host, interview);
  await writeMetadata(host, interview);
  await comment(host, interview);
  const clip = await uploadToNewAsset(host);
  await registerOriginal(host, clip);
  await trackJob(host, clip);
  await promoteAndDelete(host, interview);
  await refuseMistake(host, interview);
}

const listTools = (host) =>
  step('List the tools', async (print) => {
    const tools = await host.tools();
    const [reading, changing] = [true, false].map((reads) =>
      tools.filter(({ annotations }) => annotations.readOnlyHint === reads).map(({ name }) => name),
    );
    const shown = [
      ['reading', reading, ['find_assets', 'search', 'get_asset', 'get_asset_metadata']],
      ['changing', changing, ['set_metadata', 'annotate_asset', 'create_segment', 'promote_version']],
    ];
    for (const [what, names, some] of shown) {
      for (const name of some) same(`${name} is a ${what} tool`, names.includes(name), true);
      print(`${what}: ${some.join(', ')} …`);
    }
  });

const findInterview = ({ call }) =>
  step('Search for an interview shot in Lisbon', async (print) => {
    const query = { query: 'interview Lisbon', doc_types: ['assets'], per_page: 3 };
    const { objects, total } = await call('search', query);
    const [best] = objects;
    same('the best hit', best?.title, 'Interview Jordan Reyes, Lisbon');
    print(`search: ${total} found; the best is "${best.title}", ${clock(best.duration_milliseconds)} long`);
    return best;
  });

const readAsset = ({ call }, { id: asset_id, title }) =>
  step('Read the asset and its metadata', async (print) => {
    const asset = await call('get_asset', { asset_id });
    same('its title', asset.title, title);
    print(`get_asset: ${asset.type}, ${asset.status}, ${asset.versions.length} versions`);
    const values = await call('get_asset_metadata', { asset_id, view_id: EDITORIAL });
    const [description] = valuesOf(values, 'description');
    same('it has a description', typeof description, 'string');
    print(`get_asset_metadata: "${description}"`);
  });

const writeMetadata = ({ call }, { id: asset_id }) =>
  step('Append a keyword and change the rating', async (print) => {
    const place = { asset_id, view_id: EDITORIAL };
    const before = await call('get_asset_metadata', place);
    const metadata_values = {
      keywords: { field_values: [{ value: 'coast guard' }], mode: 'append' },
      editor_rating: { field_values: [{ value: 4 }] },
    };
    await call('update_asset_metadata', { ...place, metadata_values });
    const after = await call('get_asset_metadata', place);
    same('keywords', valuesOf(after, 'keywords'), [...valuesOf(before, 'keywords'), 'coast guard']);
    same('rating', valuesOf(after, 'editor_rating'), [4]);
    same('the description is unchanged', valuesOf(after, 'description'), valuesOf(before, 'description'));
    const keywords = valuesOf(after, 'keywords').join(', ');
    print(`update_asset_metadata, read back: ${keywords}; rating ${valuesOf(after, 'editor_rating')}`);
  });

const comment = ({ call }, { id: asset_id }) =>
  step('Add a comment and a marker, and mark the comment as done', async (print) => {
    const add = (segment_type, segment_text, start, end) => {
      const times = { time_start_milliseconds: start, time_end_milliseconds: end };
      return call('create_segment', { asset_id, segment_type, segment_text, ...times });
    };
    const note = await add('COMMENT', 'Can we lose the tram bell here?', 91_000, 95_500);
    const marker = await add('MARKER', 'Pull quote for the trailer', 612_000, 618_000);
    const done = await call('partial_update_segment', { asset_id, segment_id: note.id, segment_checked: true });
    same('done', [done.segment_checked, done.segment_text], [true, note.segment_text]);

    const both = { name: 'id', value_in: [note.id, marker.id] };
    const found = (total, ...terms) =>
      until(
        () => call('search', { doc_types: ['segments'], filter: { operator: 'AND', terms: [both, ...terms] } }),
        (answer) => answer.total === total,
      );
    const { objects } = await found(2);
    same('both are found', idsOf(objects).sort(), [note.id, marker.id].sort());
    const checked = await found(1, { name: 'segment_checked', value: 'true' });
    same('only the comment is done', idsOf(checked.objects), [note.id]);
    for (const { id, time_start_milliseconds, segment_type, segment_text } of objects.sort(byStart)) {
      print(`${id === note.id ? '[x]' : '[ ]'} ${clock(time_start_milliseconds)} ${segment_type}: ${segment_text}`);
    }
  });

const byStart = (a, b) => a.time_start_milliseconds - b.time_start_milliseconds;

const uploadToNewAsset = (host) =>
  step('Create an asset and upload its proxy to S3', async (print) => {
    const { call } = host;
    const clip = await call('create_asset', { title: 'Ferry at dusk, Cacilhas', type: 'ASSET' });
    const asset_id = clip.id;
    const resolution = { width: 1920, height: 1080 };
    const file = { name: 'Ferry 1080p', filename: 'ferry_1080p.mp4', codec: 'h264', frame_rate: '25', resolution };
    const opened = await call('create_asset_proxy', { asset_id, status: 'OPEN', ...file });
    same('the storage', opened.storage_method, 'S3');
    const proxy_id = opened.id;
    const bytes = media();
    const parts = await uploadProxy(host, { asset_id, proxy_id, bytes });
    await call('update_asset_proxy', { asset_id, proxy_id, status: 'CLOSED', size: bytes.length });
    const { url, ...proxy } = await call('get_asset_proxy', { asset_id, proxy_id, include_urls: true });
    same('the proxy', [proxy.status, proxy.size, proxy.resolution], ['CLOSED', bytes.length, resolution]);
    same('its bytes', digest(await download(url)), digest(bytes));
    print(`${parts} parts, ${bytes.length} bytes; downloaded again, the SHA-256 is the same`);
    return clip;
  });

const registerOriginal = ({ call }, { id: asset_id }) =>
  step('Register its original: format, file set, file', async (print) => {
    const { objects: storages } = await call('get_storages', { purpose: 'FILES', method: 'S3' });
    const storage = storages.find((one) => one.default);
    const name = 'A001C004_ferry.mov';
    const format = await call('create_asset_format', { asset_id, name: 'ORIGINAL', storage_methods: ['S3'] });
    const placed = { asset_id, format_id: format.id, storage_id: storage.id };
    const set = await call('create_asset_filesets', { ...placed, name, base_dir: '', component_ids: [] });
    const file = await call('create_asset_file', {
      ...placed,
      file_set_id: set.id,
      original_name: name,
      directory_path: '',
      type: 'FILE',
      size: 1_288_490_188,
      status: 'CLOSED',
    });
    const lists = ['get_asset_formats', 'get_asset_filesets', 'get_asset_files'].map((tool) =>
      call(tool, { asset_id }),
    );
    const read = (await Promise.all(lists)).map(({ objects }) => objects);
    same('format, file set and file', read.map(idsOf), [[format.id], [set.id], [file.id]]);
    const [stored] = read[2];
    same('they belong together', [stored.format_id, stored.file_set_id], [format.id, set.id]);
    print(`${format.name} > ${stored.original_name} on "${storage.name}" (${stored.storage_method})`);
  });

const trackJob = ({ call }, { id: object_id }) =>
  step('Create a job record and report progress', async (print) => {
    const about = { object_type: 'assets', object_id, progress_total: 8 };
    const kind = { type: 'CUSTOM', custom_type: 'Delivery', status: 'STARTED' };
    const { id: job_id, title } = await call('create_job', { title: 'Deliver the ferry shots', ...kind, ...about });
    const seen = [];
    for (const change of [
      { progress_processed: 2 },
      { progress_processed: 6 },
      { status: 'FINISHED', progress_processed: 8 },
    ]) {
      const { status, progress } = await call('update_job', { job_id, ...change });
      seen.push(`${status} ${progress} %`);
    }
    same('what it showed', seen, ['STARTED 25 %', 'STARTED 75 %', 'FINISHED 100 %']);
    print(`"${title}": ${seen.join(', ')}`);
  });

const promoteAndDelete = ({ call }, { id: asset_id }) =>
  step('Promote the first version, then delete the old ones', async (print) => {
    const read = () => call('get_asset', { asset_id });
    const { versions: before } = await read();
    await call('promote_version', { asset_id, version_id: before[0].id });
    const promoted = await until(read, ({ versions }) => versions.length > before.length);
    const latest = promoted.versions.at(-1);
    same('a new latest version', idsOf(before).includes(latest.id), false);
    print(
      `promote_version: version ${before[0].version_number} is the current one, as version ${latest.version_number}`,
    );

    const preview = await call('delete_old_versions', { asset_id });
    const named = preview.affected.map((line) => line.split(' · ')[0]);
    same(
      'what would be deleted',
      named,
      before.map(({ version_number }) => `v${version_number}`),
    );
    same('a preview changes nothing', (await read()).versions.length, promoted.versions.length);
    print('delete_old_versions, first call: nothing is deleted yet; these would be');
    for (const line of preview.affected) print(`  ${cut(line)}`);
    const done = await call('delete_old_versions', { asset_id, confirm: preview.confirm });
    same('with the token it acts', done.status, 'done');
    const { versions: after } = await read();
    same('what remains', idsOf(after), [latest.id]);
    print(`delete_old_versions, with the token: deleted; version ${after[0].version_number} remains`);
  });

const refuseMistake = (host, { id: asset_id }) =>
  step('Make a mistake', async (print) => {
    const wrong = { asset_id, segment_type: 'MARKER', segment_txt: 'Goal' };
    const { isError, content } = await host.raw('create_segment', wrong);
    same('it is an error', isError, true);
    const [{ text }] = content;
    same('the message names the right argument', /segment_txt.*segment_text/.test(text), true);
    print(cut(text));
  });
