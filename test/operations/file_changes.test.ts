import { describe, expect, test } from 'vitest';
import { type Answer, iconik, ids, rowNow, UNKNOWN, unstamped, watched } from '../support/traffic.ts';

const made = () => watched({ toolsets: ['files'] });
const interview = { asset_id: ids.interview };
const file = { ...interview, file_id: ids.interviewFile };
const set = { ...interview, file_set_id: ids.interviewFileSet };
const format = { ...interview, format_id: ids.interviewFormat };

describe('update_asset_file', () => {
  test('closes an uploaded file and leaves the rest', async () => {
    const { call, sandbox, last } = await made();
    const { id } = await call('create_asset_file', {
      ...interview,
      original_name: 'a.mov',
      file_set_id: set.file_set_id,
    });
    const before = unstamped(sandbox.store.files.get(id));
    const given = { status: 'CLOSED', size: 1_024, checksum: 'c0ffee' };
    const answer = await call('update_asset_file', { ...interview, file_id: id, ...given });
    expect(last()).toMatchObject({ route: `PATCH /API/files/v1/assets/${ids.interview}/files/${id}/`, body: given });
    expect(answer).toMatchObject({ id, ...given, original_name: 'a.mov' });
    expect(unstamped(sandbox.store.files.get(id))).toEqual({ ...before, ...given });
  });

  test('clears what may be null', async () => {
    const { call, sandbox } = await made();
    await call('update_asset_file', { ...file, clear: ['checksum'] });
    expect(sandbox.store.files.get(ids.interviewFile)?.checksum).toBeNull();
  });

  test('shows a deletion before it is done', async () => {
    const { call, sandbox, requests } = await made();
    const shown = await call('update_asset_file', { ...file, status: 'DELETED' });
    expect(shown.summary).toMatch(/^Marks file ".*" of "Interview Jordan Reyes, Lisbon" as deleted/);
    expect(requests.filter((one) => !one.startsWith('GET '))).toEqual([]);
    await call('update_asset_file', { ...file, status: 'DELETED', confirm: shown.confirm });
    expect(sandbox.store.files.get(ids.interviewFile)?.status).toBe('DELETED');
  });

  test('says what is wrong: another asset, an unknown file, a missing role', async () => {
    const { refused, sandbox } = await made();
    const given = { status: 'CLOSED' };
    expect(await refused('update_asset_file', { ...file, asset_id: ids.match, ...given })).toMatch(
      /404.*not of this asset/,
    );
    expect(await refused('update_asset_file', { ...file, file_id: UNKNOWN, ...given })).toMatch(/404.*does not exist/);
    expect(await refused('update_asset_file', { ...file, asset_id: ids.locked, ...given })).toMatch(/403/);
    sandbox.deny('can_write_files');
    expect(await refused('update_asset_file', { ...file, ...given })).toMatch(/403.*can_write_files/);
  });
});

describe('formats and file sets', () => {
  test('are brought in line by their components', async () => {
    const { call, sandbox } = await made();
    const { objects } = await call('list_format_components', format);
    const component_ids = objects.slice(0, 2).map(({ id }: Answer) => id);
    expect(await call('update_asset_fileset', { ...set, component_ids })).toMatchObject({ component_ids });
    expect(sandbox.store.file_sets.get(ids.interviewFileSet)?.component_ids).toEqual(component_ids);
    expect(await call('update_asset_format', { ...format, name: 'MASTER' })).toMatchObject({ name: 'MASTER' });
    expect(
      await iconik({ sandbox }, `GET files/v1/assets/${ids.interview}/formats/${ids.interviewFormat}/`),
    ).toMatchObject({ name: 'MASTER', status: 'ACTIVE' });
  });

  test('are deleted by their status only after a preview', async () => {
    const { call, sandbox } = await made();
    const shown = await call('update_asset_format', { ...format, status: 'DELETED' });
    expect(shown.summary).toMatch(/^Moves format "ORIGINAL" of "Interview Jordan Reyes, Lisbon" to the recycle bin/);
    expect(sandbox.store.formats.get(ids.interviewFormat)?.status).toBe('ACTIVE');
    await call('update_asset_format', { ...format, status: 'DELETED', confirm: shown.confirm });
    expect(sandbox.store.formats.get(ids.interviewFormat)?.status).toBe('DELETED');
  });
});

describe('delete_asset_fileset', () => {
  test('shows files and storage, then moves them to the recycle bin', async () => {
    const { call, sandbox } = await made();
    const shown = await call('delete_asset_fileset', set);
    expect(shown.summary).toMatch(/^Moves file set ".*" of "Interview .*", 1 file, to the recycle bin\. The media/);
    expect(shown.affected).toMatchObject([{ storage_id: ids.s3Storage }, { id: ids.interviewFile, status: 'CLOSED' }]);
    expect(sandbox.store.file_sets.get(ids.interviewFileSet)?.status).toBe('ACTIVE');
    const answer = await call('delete_asset_fileset', { ...set, confirm: shown.confirm });
    expect(answer).toMatchObject({ ...set, status: 'done' });
    expect(sandbox.store.file_sets.get(ids.interviewFileSet)).toMatchObject({
      status: 'DELETED',
      deleted_by_user: ids.me,
    });
    expect(sandbox.store.files.get(ids.interviewFile)?.status).toBe('DELETED');
  });

  test('says what cannot be undone, and that the media stay', async () => {
    const { call, sandbox, last } = await made();
    const given = { ...set, immediately: true, keep_source: true };
    const shown = await call('delete_asset_fileset', given);
    expect(shown.summary).toMatch(/for good.*cannot be undone.*The media stay on the storage/);
    await call('delete_asset_fileset', { ...given, confirm: shown.confirm });
    expect(last().query).toEqual({ immediately: 'true', keep_source: 'true' });
    expect(sandbox.store.file_sets.get(ids.interviewFileSet)).toBeUndefined();
  });

  test('takes no token of another deletion', async () => {
    const { call, refused, sandbox } = await made();
    const { confirm } = await call('delete_asset_fileset', set);
    const other = { ...set, immediately: true, confirm };
    expect(await refused('delete_asset_fileset', other)).toContain('token belongs to another change');
    expect(sandbox.store.file_sets.get(ids.interviewFileSet)?.status).toBe('ACTIVE');
  });

  test('says that a file set does not exist, without asking', async () => {
    const { refused } = await made();
    expect(await refused('delete_asset_fileset', { ...set, file_set_id: UNKNOWN })).toMatch(/404.*does not exist/);
  });
});

describe('transcodes', () => {
  test('make what is missing, in the background', async () => {
    const { call, sandbox } = await made();
    for (const { id } of sandbox.store.proxies.where('asset_id', ids.interview))
      sandbox.store.proxies.remove(String(id));
    const { job_id } = await call('create_transcode_job', { ...file, priority: 7 });
    expect(sandbox.store.jobs.get(job_id)).toMatchObject({ type: 'TRANSCODE', priority: 7, status: 'STARTED' });
    sandbox.settle();
    expect(sandbox.store.proxies.where('asset_id', ids.interview)).toHaveLength(1);
    expect(sandbox.store.jobs.get(job_id)?.status).toBe('FINISHED');
  });

  test('of many are one job', async () => {
    const { call, last, sandbox } = await made();
    const given = { object_type: 'assets', object_ids: [ids.interview, ids.match] };
    const { job_id } = await call('create_transcode_jobs', given);
    expect(last().body).toEqual(given);
    expect(rowNow(sandbox.store.jobs.get(job_id)).related_objects).toHaveLength(2);
  });

  test('read technical data where there is none', async () => {
    const { call, sandbox } = await made();
    sandbox.store.formats.update(ids.interviewFormat, { components: [] });
    const { job_id } = await call('create_mediainfo_job', file);
    sandbox.settle();
    expect(sandbox.store.jobs.get(job_id)?.type).toBe('MEDIAINFO');
    expect(await call('get_asset_format', format)).toMatchObject({ components: [{ type: 'GENERAL' }] });
  });

  test('are refused without the role', async () => {
    const { refused, sandbox } = await made();
    sandbox.deny('can_create_transcode_jobs');
    expect(await refused('create_transcode_job', file)).toMatch(/403.*can_create_transcode_jobs/);
    expect(await refused('create_mediainfo_job', file)).toMatch(/403.*can_create_transcode_jobs/);
  });
});
