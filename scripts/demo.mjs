import { DemoFailed, same, startHost, step, until } from './demo/host.mjs';
import { digest, download, media, uploadProxy } from './demo/upload.mjs';
import { inPeoplesWords } from './demo/words.mjs';

/** The view "Editorial" of the sandbox; views have fixed ids there. */
const EDITORIAL = '01e70001-5b1c-11ef-9c3a-0a580a3db916';

const host = await startHost();
const { call } = host;
const clock = (ms) => new Date(ms).toISOString().slice(11, 19);
const valuesOf = (answer, field) => answer.metadata_values[field]?.field_values.map(({ value }) => value) ?? [];

/** A taste of the list: four that read, four that change. */
const SHOWN = [
  ...['find_assets', 'search', 'get_asset', 'get_asset_metadata'],
  ...['set_metadata', 'annotate_asset', 'create_segment', 'promote_version'],
];

/** What one step finds and later ones need. */
let interview;
let clip;

async function tell() {
  await step('What tools there are', async () => {
    const tools = await host.tools();
    const names = tools.map(({ name }) => name);
    for (const name of SHOWN) same(`the list has ${name}`, names.includes(name), true);
    const reading = tools.filter(({ annotations }) => annotations.readOnlyHint);
    return [
      `${tools.length}, of which ${reading.length} only read: ${SHOWN.slice(0, 4).join(', ')} …`,
      `and ${tools.length - reading.length} change things: ${SHOWN.slice(4).join(', ')} …`,
    ];
  });

  await step('Search for an interview shot in Lisbon', async () => {
    const query = { query: 'interview Lisbon', doc_types: ['assets'], per_page: 3 };
    const { objects, total } = await call('search', query);
    [interview] = objects;
    same('the best hit', interview?.title, 'Interview Jordan Reyes, Lisbon');
    return [`${total} found, the best one is "${interview.title}", ${clock(interview.duration_milliseconds)} long`];
  });

  await step('Look at the asset and its metadata', async () => {
    const asset = await call('get_asset', { asset_id: interview.id });
    same('its title', asset.title, interview.title);
    const values = await call('get_asset_metadata', { asset_id: interview.id, view_id: EDITORIAL });
    const [description] = valuesOf(values, 'description');
    same('it has a description', typeof description, 'string');
    return [
      `${asset.type} ${asset.status}, ${asset.versions.length} versions`,
      `"${description}"`,
      `keywords: ${valuesOf(values, 'keywords').join(', ')}`,
    ];
  });

  await step('Set fields: one more keyword, another rating', async () => {
    const place = { asset_id: interview.id, view_id: EDITORIAL };
    const before = await call('get_asset_metadata', place);
    const metadata_values = {
      keywords: { field_values: [{ value: 'coast guard' }], mode: 'append' },
      editor_rating: { field_values: [{ value: 4 }] },
    };
    await call('update_asset_metadata', { ...place, metadata_values });
    const after = await call('get_asset_metadata', place);
    same('keywords', valuesOf(after, 'keywords'), [...valuesOf(before, 'keywords'), 'coast guard']);
    same('rating', valuesOf(after, 'editor_rating'), [4]);
    same('the description stays', valuesOf(after, 'description'), valuesOf(before, 'description'));
    return [`read back: ${valuesOf(after, 'keywords').join(', ')}; rating ${valuesOf(after, 'editor_rating')}`];
  });

  await step('Add a comment and a marker, and tick the comment off', async () => {
    const asset_id = interview.id;
    const comment = await call('create_segment', {
      asset_id,
      segment_type: 'COMMENT',
      segment_text: 'Can we lose the tram bell here?',
      time_start_milliseconds: 91_000,
      time_end_milliseconds: 95_500,
    });
    const marker = await call('create_segment', {
      asset_id,
      segment_type: 'MARKER',
      segment_text: 'Pull quote for the trailer',
      time_start_milliseconds: 612_000,
      time_end_milliseconds: 618_000,
    });
    const ticked = await call('partial_update_segment', { asset_id, segment_id: comment.id, segment_checked: true });
    same('the tick', ticked.segment_checked, true);
    same('the text stays', ticked.segment_text, comment.segment_text);

    // The index follows a moment later; asked for what is done, it must find the comment and not the marker.
    const own = { name: 'id', value_in: [comment.id, marker.id] };
    const found = (terms) => () =>
      call('search', { doc_types: ['segments'], filter: { operator: 'AND', terms: [own, ...terms] } });
    const both = await until(found([]), ({ total }) => total === 2);
    const ids = both.objects.map(({ id }) => id).sort();
    same('both are in the library', ids, [comment.id, marker.id].sort());
    const done = await until(found([{ name: 'segment_checked', value: 'true' }]), ({ total }) => total === 1);
    same(
      'what is done',
      done.objects.map(({ id }) => id),
      [comment.id],
    );
    return both.objects
      .sort((a, b) => a.time_start_milliseconds - b.time_start_milliseconds)
      .map(
        (hit) =>
          `${hit.id === comment.id ? '[x]' : '[ ]'} ${clock(hit.time_start_milliseconds)} ${hit.segment_type}: ${hit.segment_text}`,
      );
  });

  await step('Add a new asset and upload its proxy, straight to the S3 storage', async () => {
    clip = await call('create_asset', { title: 'Ferry at dusk, Cacilhas', type: 'ASSET' });
    const asset_id = clip.id;
    const opened = await call('create_asset_proxy', {
      asset_id,
      name: 'Ferry 1080p',
      filename: 'ferry_1080p.mp4',
      status: 'OPEN',
      codec: 'h264',
      resolution: { width: 1920, height: 1080 },
      frame_rate: '25',
    });
    same('where it goes', opened.storage_method, 'S3');
    const proxy_id = opened.id;
    const bytes = media();
    const parts = await uploadProxy(host, { asset_id, proxy_id, bytes });
    await call('update_asset_proxy', { asset_id, proxy_id, status: 'CLOSED', size: bytes.length });
    const { status, size, resolution, url } = await call('get_asset_proxy', { asset_id, proxy_id, include_urls: true });
    same(
      'the proxy',
      { status, size, resolution },
      { status: 'CLOSED', size: bytes.length, resolution: { width: 1920, height: 1080 } },
    );
    same('its bytes', digest(await download(url)), digest(bytes));
    return [`${parts} parts, ${size} bytes, downloaded again: same SHA-256; status ${status}`];
  });

  await step('Register its original: format, file set, file', async () => {
    const asset_id = clip.id;
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
    const read = await Promise.all(
      ['get_asset_formats', 'get_asset_filesets', 'get_asset_files'].map((tool) => call(tool, { asset_id })),
    );
    same(
      'format, file set and file',
      read.map(({ objects }) => objects.map(({ id }) => id)),
      [[format.id], [set.id], [file.id]],
    );
    const [stored] = read[2].objects;
    same('they belong together', [stored.format_id, stored.file_set_id], [format.id, set.id]);
    return [`${format.name} > ${set.name} > ${stored.original_name} on "${storage.name}" (${stored.storage_method})`];
  });

  await step('Follow a job', async () => {
    const { id: job_id } = await call('create_job', {
      title: 'Deliver the ferry shots',
      type: 'CUSTOM',
      custom_type: 'Delivery',
      status: 'STARTED',
      object_type: 'assets',
      object_id: clip.id,
      progress_total: 8,
    });
    const seen = [];
    for (const progress_processed of [2, 6]) {
      const { status, progress } = await call('update_job', { job_id, progress_processed });
      seen.push(`${status} ${progress} %`);
    }
    await call('update_job', { job_id, status: 'FINISHED', progress_processed: 8 });
    // There is no tool that reads a job: a change of its message answers with all that is stored.
    const { status, progress, title } = await call('update_job', { job_id, message: 'Delivered' });
    seen.push(`${status} ${progress} %`);
    same('its way', seen, ['STARTED 25 %', 'STARTED 75 %', 'FINISHED 100 %']);
    return [`"${title}": ${seen.join(', ')}`];
  });

  await inPeoplesWords(host);

  await step('Make the first version current again, and clear the old ones', async () => {
    const asset_id = interview.id;
    const { versions: before } = await call('get_asset', { asset_id });
    await call('promote_version', { asset_id, version_id: before[0].id });
    const promoted = await until(
      () => call('get_asset', { asset_id }),
      ({ versions }) => versions.length > before.length,
    );
    const latest = promoted.versions.at(-1);
    same('a new latest version', before.map(({ id }) => id).includes(latest.id), false);

    const preview = await call('delete_old_versions', { asset_id });
    same(
      'what would go',
      preview.affected.map(({ id }) => id),
      before.map(({ id }) => id),
    );
    const untouched = await call('get_asset', { asset_id });
    same('a preview changes nothing', untouched.versions.length, promoted.versions.length);
    const done = await call('delete_old_versions', { asset_id, confirm: preview.confirm });
    same('with the token it acts', done.status, 'done');
    const { versions: after } = await call('get_asset', { asset_id });
    same(
      'what is left',
      after.map(({ id }) => id),
      [latest.id],
    );
    const numbers = preview.affected.map(({ version_number }) => version_number).join(', ');
    return [
      `version ${before[0].version_number} became version ${latest.version_number}`,
      `preview: versions ${numbers} would go, token needed; confirmed; left: version ${after[0].version_number}`,
    ];
  });

  await step('A mistake is refused, and says how to go on', async () => {
    const wrong = { asset_id: interview.id, segment_type: 'MARKER', segment_txt: 'Goal' };
    const { isError, content } = await host.raw('create_segment', wrong);
    same('it is an error', isError, true);
    const [{ text }] = content;
    same('it names what was meant', /segment_txt.*segment_text/.test(text), true);
    const shown = text.length > 110 ? `${text.slice(0, text.lastIndexOf(' ', 107))} …` : text;
    return [shown];
  });
}

console.log('iconik-mcp on its own made-up library: no account, and nothing leaves this machine.\n');
try {
  await tell();
  console.log('\nEverything that was written came back right.');
} catch (error) {
  if (!(error instanceof DemoFailed)) console.error(error);
  if (host.log()) console.error(`\nThe server wrote:\n${host.log()}`);
  process.exitCode = 1;
} finally {
  await host.close();
}
