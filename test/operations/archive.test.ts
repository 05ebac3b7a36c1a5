import { describe, expect, test } from 'vitest';
import { type Answer, ids, UNKNOWN, type Watched, watched } from '../support/traffic.ts';

const chosen = { toolsets: ['archive', 'assets', 'files'] };
const format = { asset_id: ids.interview, format_id: ids.interviewFormat };

async function confirmed(made: Watched, name: string, args: Record<string, unknown>): Promise<Answer> {
  const { confirm } = await made.call(name, args);
  return made.call(name, { ...args, confirm });
}
const assetOf = ({ sandbox }: Watched, id: string) => sandbox.store.assets.get(id);
const formatOf = ({ sandbox }: Watched, id: string) => sandbox.store.formats.get(id);
const setsOf = ({ sandbox }: Watched, id: string) => sandbox.store.file_sets.list((set) => set.format_id === id);
const filesOn = ({ sandbox }: Watched, storage: string, formatId: string) =>
  sandbox.store.files.list((file) => file.storage_id === storage && file.format_id === formatId);
const jobOf = ({ sandbox }: Watched, { id, job_id = id }: Answer) => sandbox.store.jobs.get(job_id);
const archivedFormat = ({ sandbox }: Watched) => {
  const [row] = sandbox.store.formats.list(({ archive_status: status }) => status === 'ARCHIVED');
  return { asset_id: String(row?.asset_id), format_id: String(row?.id) };
};

describe('archiving a format', () => {
  const removing = { ...format, destination_storage_id: ids.archiveStorage, delete_original: true };

  test('is shown first, with the storage and what becomes of the media', async () => {
    const made = await watched(chosen);
    const shown = await made.call('archive_format', removing);
    expect(shown.summary).toBe(
      'Archives the format ORIGINAL of "Interview Jordan Reyes, Lisbon" to the storage "Deep archive". The media then leaves its present storage: it is offline until it is restored.',
    );
    expect((await made.call('archive_format', format)).summary).toMatch(
      /library's archive storage\. The media also stays/,
    );
    expect(formatOf(made, ids.interviewFormat)?.archive_status).toBe('NOT_ARCHIVED');
  });

  test('takes time, then moves the files and says so on format, version, asset, job and history', async () => {
    const made = await watched(chosen);
    const answer = await confirmed(made, 'archive_format', removing);
    expect(assetOf(made, ids.interview)?.archive_status).toBe('ARCHIVING');
    expect(jobOf(made, answer)).toMatchObject({ type: 'ARCHIVE', status: 'STARTED', object_id: ids.interview });
    made.sandbox.settle();
    made.sandbox.reindex();
    expect(jobOf(made, answer)).toMatchObject({ status: 'FINISHED', progress: 100 });
    expect(formatOf(made, ids.interviewFormat)).toMatchObject({ archive_status: 'ARCHIVED', is_online: false });
    const asset = await made.call('get_asset', { asset_id: ids.interview });
    expect(asset).toMatchObject({ archive_status: 'ARCHIVED', is_online: false });
    expect(asset.versions.map((one: Answer) => one.archive_status)).toEqual([
      'NOT_ARCHIVED',
      'NOT_ARCHIVED',
      'ARCHIVED',
    ]);
    const [cold, ...others] = setsOf(made, ids.interviewFormat).filter(({ is_archive: archived }) => archived === true);
    expect(cold).toMatchObject({ status: 'ACTIVE', storage_id: ids.archiveStorage });
    expect(others).toEqual([]);
    const home = setsOf(made, ids.interviewFormat).filter((set) => set !== cold);
    expect(home.length).toBeGreaterThan(0);
    for (const set of home) expect(set).toMatchObject({ status: 'ARCHIVED', archive_file_set_id: cold?.id });
    expect(filesOn(made, ids.archiveStorage, ids.interviewFormat)).toMatchObject([{ status: 'CLOSED' }]);
    const { objects } = await made.call('list_asset_history', { asset_id: ids.interview });
    expect(objects[0]).toMatchObject({ operation_type: 'ARCHIVE', operation_description: 'Format ORIGINAL archived' });
  });

  test('leaves the media online where the original is kept', async () => {
    const made = await watched(chosen);
    await confirmed(made, 'archive_format_v2', format);
    made.sandbox.settle();
    expect(assetOf(made, ids.interview)).toMatchObject({ archive_status: 'ARCHIVED', is_online: true });
    expect(new Set(setsOf(made, ids.interviewFormat).map(({ status }) => status))).toEqual(new Set(['ACTIVE']));
  });

  test('fails with the reason where a file is missing, or file set and format are apart', async () => {
    const made = await watched(chosen);
    const { store } = made.sandbox;
    const [lost] = store.files.list(({ status }) => status === 'MISSING');
    const missing = { asset_id: String(lost?.asset_id), format_id: String(lost?.format_id) };
    const first = await confirmed(made, 'archive_format', { ...missing, delete_original: true });
    store.file_sets.update(String(setsOf(made, ids.interviewFormat)[0]?.id), { component_ids: [UNKNOWN] });
    const second = await confirmed(made, 'archive_format', removing);
    made.sandbox.settle();
    expect(jobOf(made, first)).toMatchObject({ status: 'FAILED', error_message: expect.stringContaining('MISSING') });
    expect(jobOf(made, second)).toMatchObject({
      status: 'FAILED',
      error_message: 'File set and format have different components',
    });
    expect(formatOf(made, ids.interviewFormat)).toMatchObject({ archive_status: 'FAILED_TO_ARCHIVE', is_online: true });
  });

  test('is refused twice, to a storage for other media, and without its role', async () => {
    const made = await watched(chosen);
    const wrong = { ...format, destination_storage_id: ids.s3Storage };
    const shown = await made.call('archive_format', wrong);
    expect(await made.refused('archive_format', { ...wrong, confirm: shown.confirm })).toContain('not for ARCHIVE');
    await confirmed(made, 'archive_format', removing);
    const again = await made.call('archive_format', removing);
    expect(await made.refused('archive_format', { ...removing, confirm: again.confirm })).toContain(
      'is being archived',
    );
    made.sandbox.settle();
    const third = await made.call('archive_format', removing);
    expect(await made.refused('archive_format', { ...removing, confirm: third.confirm })).toContain('already archived');
    made.sandbox.deny('can_archive_formats');
    const last = await made.call('archive_format', removing);
    expect(await made.refused('archive_format', { ...removing, confirm: last.confirm })).toContain(
      'can_archive_formats',
    );
  });
});

describe('restoring a format', () => {
  test('brings its media back to where it was, online and dated', async () => {
    const made = await watched(chosen);
    const args = archivedFormat(made);
    const shown = await made.call('restore_format', args);
    expect(shown.summary).toMatch(
      /^Restores the format ORIGINAL of ".+" to where it was before\. Retrieval can take hours/,
    );
    const answer = await made.call('restore_format', { ...args, confirm: shown.confirm });
    expect(formatOf(made, args.format_id)?.is_online).toBe(false);
    made.sandbox.settle();
    expect(jobOf(made, answer)).toMatchObject({ type: 'RESTORE', status: 'FINISHED' });
    expect(formatOf(made, args.format_id)).toMatchObject({ archive_status: 'NOT_ARCHIVED', is_online: true });
    expect(assetOf(made, args.asset_id)).toMatchObject({
      is_online: true,
      last_archive_restore_date: expect.any(String),
    });
    const home = setsOf(made, args.format_id).filter(({ is_archive: cold }) => cold !== true);
    expect(home).toMatchObject([{ status: 'ACTIVE' }]);
    expect(filesOn(made, String(home[0]?.storage_id), args.format_id)).toMatchObject([{ status: 'CLOSED' }]);
  });

  test('puts it on another storage where one is named', async () => {
    const made = await watched(chosen);
    const args = { ...archivedFormat(made), destination_storage_id: ids.gatewayStorage };
    expect((await made.call('restore_format', args)).summary).toContain('to the storage "Lisbon SAN"');
    await confirmed(made, 'restore_format', args);
    made.sandbox.settle();
    expect(filesOn(made, ids.gatewayStorage, args.format_id).at(-1)).toMatchObject({ status: 'CLOSED' });
    expect(formatOf(made, args.format_id)).toMatchObject({ storage_methods: ['FILE'] });
  });

  test('is refused for what is not in the archive, and without its role', async () => {
    const made = await watched(chosen);
    const { confirm } = await made.call('restore_format', format);
    expect(await made.refused('restore_format', { ...format, confirm })).toContain('is not archived');
    const args = archivedFormat(made);
    const shown = await made.call('restore_format', args);
    made.sandbox.deny('can_restore_archived_formats');
    expect(await made.refused('restore_format', { ...args, confirm: shown.confirm })).toContain('can_restore');
  });
});

describe('many at once', () => {
  test('a collection is archived with one job, but for what the caller may not write', async () => {
    const made = await watched(chosen);
    const { store } = made.sandbox;
    const { id } = store.contents.insert({
      id: store.newId(),
      collection_id: ids.drones2025,
      object_type: 'assets',
      object_id: ids.locked,
      date_created: store.now(),
    });
    expect(id).toBeDefined();
    const args = {
      format_name: 'ORIGINAL',
      object_type: 'collections',
      object_ids: [ids.drones2025],
      delete_original: true,
    };
    const shown = await made.call('archive_formats_bulk', args);
    expect(shown.summary).toContain('Archives the format ORIGINAL of 1 collection');
    expect(shown.affected).toMatchObject([{ id: ids.drones2025, title: 'Drone 2025' }]);
    await made.call('archive_formats_bulk', { ...args, confirm: shown.confirm });
    expect(made.last().route).toBe('POST /API/files/v1/formats/ORIGINAL/archive/bulk/');
    made.sandbox.settle();
    expect(assetOf(made, ids.drone)).toMatchObject({ archive_status: 'ARCHIVED', is_online: false });
    expect(assetOf(made, ids.locked)).toMatchObject({ archive_status: 'NOT_ARCHIVED' });

    await confirmed(made, 'restore_formats_bulk', {
      format_name: 'ORIGINAL',
      object_type: 'assets',
      object_ids: [ids.drone],
    });
    made.sandbox.settle();
    expect(assetOf(made, ids.drone)).toMatchObject({ archive_status: 'NOT_ARCHIVED', is_online: true });
  });

  test('each asset is archived with its own versions, and restored', async () => {
    const made = await watched(chosen);
    const objects = [{ id: ids.interview, all_versions: true, delete_original: true }, { id: ids.drone }];
    const shown = await made.call('archive_assets_v2', { objects });
    expect(shown.summary).toContain('2 assets, 1 of them with their media removed afterwards,');
    await made.call('archive_assets_v2', { objects, confirm: shown.confirm });
    made.sandbox.settle();
    const states = async () =>
      (await made.call('get_asset', { asset_id: ids.interview })).versions.map((one: Answer) => one.archive_status);
    expect(await states()).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
    expect(assetOf(made, ids.drone)).toMatchObject({ archive_status: 'ARCHIVED', is_online: true });

    await confirmed(made, 'restore_assets_v2', { objects: [{ id: ids.interview }] });
    made.sandbox.settle();
    expect(await states()).toEqual(['ARCHIVED', 'ARCHIVED', 'NOT_ARCHIVED']);
  });

  test('is refused for a name that no path takes, and for unknown assets', async () => {
    const made = await watched(chosen);
    const args = { object_type: 'assets', object_ids: [ids.interview] };
    expect(await made.refused('archive_formats_bulk', { ...args, format_name: '../x' })).toContain('format_name');
    const objects = [{ id: UNKNOWN }];
    const { confirm } = await made.call('archive_assets_v2', { objects });
    expect(await made.refused('archive_assets_v2', { objects, confirm })).toContain('does not exist');
  });
});
