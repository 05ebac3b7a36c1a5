import { describe, expect, test } from 'vitest';
import { type Answer, ids, SIGNED, UNKNOWN, watched } from '../support/traffic.ts';

const made = () => watched({ toolsets: ['files'] });
const interview = { asset_id: ids.interview };

describe('list_files_by_checksum', () => {
  test('finds the same media under other names', async () => {
    const { call, sandbox } = await made();
    const [file] = sandbox.store.files.where('asset_id', ids.drone);
    const { objects } = await call('list_files_by_checksum', { checksum: file?.checksum });
    const names = objects.map(({ name }: Answer) => name);
    expect(names).toEqual(expect.arrayContaining(['DJI_0417.MP4', 'DJI_0417 (1).MP4']));
    expect(new Set(objects.map(({ size }: Answer) => size)).size).toBe(1);
  });

  test('finds none for a checksum that nothing has', async () => {
    const { call } = await made();
    expect((await call('list_files_by_checksum', { checksum: '00c0ffee00c0ffee' })).objects).toEqual([]);
  });
});

describe('list_storage_files', () => {
  test('lists what is in a folder, and what belongs to no asset', async () => {
    const { call, last, sandbox } = await made();
    await call('create_storage_scan', { storage_id: ids.gatewayStorage, paths: ['incoming/a002'] });
    sandbox.settle();
    sandbox.reindex();
    const given = { storage_id: ids.gatewayStorage, path: 'incoming/a002', sort: 'name,desc' };
    const { objects } = await call('list_storage_files', given);
    expect(last().query).toEqual({ path: 'incoming/a002', sort: 'name,desc' });
    expect(objects.map(({ name }: Answer) => name)).toEqual(['A002C016_261125.mxf', 'A002C015_261125.mxf']);
    expect(objects[0]).not.toHaveProperty('asset_id');
  });

  test('says that a storage does not exist, or the role is missing', async () => {
    const { refused, sandbox } = await made();
    expect(await refused('list_storage_files', { storage_id: UNKNOWN })).toMatch(/404.*Storage .* does not exist/);
    sandbox.deny('can_list_storage_files');
    expect(await refused('list_storage_files', { storage_id: ids.s3Storage })).toMatch(/403.*can_list_storage_files/);
  });
});

describe('files of one asset', () => {
  test('are read with their file set, and with a URL where that is asked for', async () => {
    const { call } = await made();
    const file = await call('get_asset_file', { ...interview, file_id: ids.interviewFile });
    expect(file).toMatchObject({ id: ids.interviewFile, file_set_id: ids.interviewFileSet, status: 'CLOSED' });
    expect(JSON.stringify(file)).not.toMatch(SIGNED);
    const shown = await call('get_asset_file', { ...interview, file_id: ids.interviewFile, include_urls: true });
    expect(shown.url).toMatch(SIGNED);
    const set = await call('get_asset_fileset', { ...interview, file_set_id: ids.interviewFileSet });
    expect(set).toMatchObject({ storage_id: ids.s3Storage, file_count: 1 });
    const { objects } = await call('list_fileset_files', { ...interview, file_set_id: ids.interviewFileSet });
    expect(objects.map(({ id }: Answer) => id)).toEqual([ids.interviewFile]);
    expect(JSON.stringify(objects)).not.toMatch(SIGNED);
  });

  test('can be downloaded, which the history notes', async () => {
    const { call, refused, sandbox } = await made();
    const { url } = await call('get_file_download_url', { ...interview, file_id: ids.interviewFile });
    expect((await sandbox.fetch(url)).status).toBe(200);
    const entries = sandbox.store.history.where('asset_id', ids.interview);
    expect(entries.at(-1)).toMatchObject({ operation_type: 'DOWNLOAD', user_id: ids.me });
    expect(await refused('get_file_download_url', { ...interview, file_id: UNKNOWN })).toContain('404');
  });

  test('have components that their file sets name', async () => {
    const { call } = await made();
    const { objects } = await call('list_format_components', { ...interview, format_id: ids.interviewFormat });
    expect(objects.map(({ type }: Answer) => type)).toEqual(['GENERAL', 'VIDEO', 'AUDIO']);
    const { component_ids } = await call('get_asset_fileset', { ...interview, file_set_id: ids.interviewFileSet });
    expect(objects.map(({ id }: Answer) => id)).toEqual(component_ids);
  });
});

describe('a storage gateway', () => {
  test('says how it is, and a storage in the cloud has no report', async () => {
    const { call, refused } = await made();
    const report = await call('get_gateway_report', { storage_id: ids.gatewayStorage });
    expect(report).toMatchObject({ status: 'LIVE', host_name: 'lisbon-san-01' });
    expect(report.error_log_lines).toEqual([expect.stringContaining('read error')]);
    expect(await refused('get_gateway_report', { storage_id: ids.s3Storage })).toMatch(/404.*gateway/);
  });

  test('is scanned in a job', async () => {
    const { call, refused, sandbox } = await made();
    const { id } = await call('create_storage_scan', { storage_id: ids.gatewayStorage });
    expect(sandbox.store.jobs.get(id)).toMatchObject({ type: 'SCAN', status: 'STARTED' });
    sandbox.settle();
    expect(sandbox.store.jobs.get(id)?.status).toBe('FINISHED');
    expect(await refused('create_storage_scan', { storage_id: ids.b2Storage })).toMatch(/400.*is not active/);
  });
});

test('list_export_locations lists where media is delivered to', async () => {
  const { call } = await made();
  const { objects } = await call('list_export_locations', { query: 'playout' });
  expect(objects).toMatchObject([{ id: ids.playout, name: 'Broadcast playout', export_original: true }]);
});
