import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, lacking, type World, world } from '../support/world.ts';

useJumpingClock(Date.parse('2026-11-26T10:00:00Z'));

const INTERVIEW = 'Interview Jordan Reyes, Lisbon';
const both = { assets: [INTERVIEW, 'Matchday 12, Harbour City v Northgate, full match'] };
const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));
const assetOf = ({ sandbox }: World, id: string): Answer => sandbox.store.assets.get(id);
const archived = ({ sandbox }: World): Answer[] =>
  sandbox.store.assets.list(({ archive_status, status }) => archive_status === 'ARCHIVED' && status === 'ACTIVE');
const COLLECTION = 'Drone 2025';
/** The clips in that collection, by title. */
const inCollection = ({ sandbox: { store } }: World): Answer[] => {
  const [{ id: collection }] = store.collections.list(({ title }) => title === COLLECTION) as [Answer];
  return store.contents
    .list(({ collection_id, object_type }) => collection_id === collection && object_type === 'assets')
    .map(({ object_id }): Answer => store.assets.get(String(object_id)))
    .filter(({ status, type }) => status === 'ACTIVE' && type !== 'SUBCLIP')
    .sort((a, b) => (String(a.title).toLowerCase() < String(b.title).toLowerCase() ? -1 : 1));
};
const sizeOf = ({ sandbox }: World, id: string): number => {
  const { versions } = sandbox.store.assets.get(id) as Answer;
  const [format] = sandbox.store.formats.list(
    (one) => one.asset_id === id && one.name === 'ORIGINAL' && one.version_id === versions.at(-1).id,
  );
  const files = sandbox.store.files.list((file) => file.format_id === format?.id);
  // There may be copies on other storages.
  return files
    .filter(({ storage_id }) => storage_id === files[0]?.storage_id)
    .reduce((sum, file) => sum + Number(file.size), 0);
};

async function done(made: World, tool: string, args: Record<string, unknown>): Promise<Answer> {
  const plan = await made.call(tool, args);
  expect(plan.status).toBe('preview');
  return made.call(tool, { confirm: plan.confirm });
}

describe('archive_assets', () => {
  test('plans how much moves from where to where, and what is shared right now', async () => {
    const made = await world();
    const plan = await made.call('archive_assets', { ...both, to: 'Deep archive' });
    const bytes = sizeOf(made, ids.interview) + sizeOf(made, ids.match);
    expect(plan.summary).toContain(`of 2 assets, `);
    expect(plan.summary).toContain(`(${bytes} bytes), to "Deep archive" (AZURE)`);
    expect(plan.summary).toContain('offline until they are restored');
    const notes = plan.notes.join('\n');
    expect(notes).toMatch(/^From: .* on ".*" \(\w+\)/m);
    expect(notes).toContain(`Shared right now: 1: "${INTERVIEW}"`);
    expect(writes(made)).toEqual([]);
  });

  test('says what is offline, what failed before, and what uses none of it', async () => {
    const made = await world();
    const titles = ['Harbour City, cup final 1977', 'Matchday 3 2023, full match, 4:1'];
    const { notes } = await made.call('archive_assets', { assets: titles, to: 'Deep archive' });
    const text = notes.join('\n');
    expect(text).toContain('Offline now: 1 of 2: "Harbour City, cup final 1977".');
    expect(text).toMatch(
      /Archiving failed before: "Matchday 3 2023, full match, 4:1" \("Checksum differs after copy", \d+ \w+ ago\)/,
    );
    for (const line of [
      'Shared right now: none.',
      'In more than one collection: none.',
      'Sub-clips made of them: none.',
    ])
      expect(notes).toContain(line);
  });

  test('says what it frees, and that second copies may stay', async () => {
    const made = await world();
    const files = made.sandbox.store.files.where('asset_id', ids.match);
    for (const { id, storage_id } of files)
      if (storage_id !== files[0]?.storage_id) made.sandbox.store.files.update(String(id), { status: 'DELETED' });
    made.sandbox.reindex();
    const single = await made.call('archive_assets', { assets: [ids.match], to: 'Deep archive' });
    expect(single.summary).toMatch(/which frees [\d.]+ GB, and are offline/);
    const twice = await made.call('archive_assets', { assets: [ids.interview], to: 'Deep archive' });
    expect(twice.summary).toContain('which frees 35.9 GB to 71.8 GB (there are second copies');
    const kept = await made.call('archive_assets', { assets: [ids.interview], keep_online: true });
    expect(kept.summary).toContain('That frees nothing');
  });

  test('names the sub-clips that lose their original, and calls nothing unshared that it could not look at', async () => {
    const made = await world();
    const { store } = made.sandbox;
    const cut = { ...(store.assets.get(ids.match) as Answer), type: 'SUBCLIP', original_asset_id: ids.match };
    for (const title of ['cut', 'other cut']) store.assets.insert({ ...cut, id: store.newId(), title });
    made.sandbox.settle();
    made.sandbox.deny('can_read_shares');
    made.sandbox.deny('can_manage_all_shares');
    const cuts = store.assets.list(
      ({ original_asset_id, status }) =>
        [ids.match, ids.interview].some((id) => id === original_asset_id) && status === 'ACTIVE',
    );
    expect(cuts.length).toBeGreaterThan(1);
    const { notes } = await made.call('archive_assets', both);
    expect(notes).toContain(`${cuts.length} sub-clips made of them lose their original, too.`);
    expect(notes.join()).toMatch(/Shares: not known/);
    expect(notes.join()).not.toContain('Shared right now');
  });

  test('names what is in more than one collection', async () => {
    const made = await world();
    const { notes } = await made.call('archive_assets', { assets: [ids.drone] });
    expect(notes).toContain('In more than one collection: 1: "Drone, Old Harbour at sunrise".');
  });

  test('starts one job, whose handle check_jobs follows, and a repeat starts nothing', async () => {
    const made = await world();
    const answer = await done(made, 'archive_assets', both);
    expect(answer).toMatchObject({ status: 'done', started: 2 });
    expect(writes(made)).toHaveLength(1);
    expect(await made.call('archive_assets', both)).toMatchObject({ status: 'done', started: 0 });
    made.sandbox.settle();
    const jobs = await made.call('check_jobs', { wait_for: [answer.wait_for] });
    expect(jobs).toMatchObject({ total: 1, done: 1 });
    expect(assetOf(made, ids.match)).toMatchObject({ archive_status: 'ARCHIVED', is_online: false });
    const again = await made.call('archive_assets', both);
    expect(again.started).toBe(0);
    expect(again.notes.join()).toContain(`Skipped 2, it is archived already: "${INTERVIEW}"`);
  });

  test('leaves the media online where it is only copied', async () => {
    const made = await world();
    const plan = await made.call('archive_assets', { assets: [INTERVIEW], keep_online: true });
    expect(plan.summary).toContain('They also stay where they are.');
    await made.call('archive_assets', { confirm: plan.confirm });
    made.sandbox.settle();
    expect(assetOf(made, ids.interview)).toMatchObject({ archive_status: 'ARCHIVED', is_online: true });
  });

  test('skips what is archived, sub-clips and files that are missing, each with its reason', async () => {
    const made = await world();
    const [cold] = archived(made);
    const [lost] = made.sandbox.store.files.list(({ status }) => status === 'MISSING');
    const plan = await made.call('archive_assets', { assets: [INTERVIEW, cold?.id, lost?.asset_id] });
    const notes = plan.notes.join('\n');
    expect(notes).toContain('Skipped 1, it is archived already');
    expect(notes).toContain('Skipped 1, a file of it is not complete');
    expect(plan.summary).toContain('of 1 asset,');
  });

  test('takes the older operation where Iconik lacks the newer one', async () => {
    const made = await world({ fetch: lacking('/files/v2/') });
    expect(await done(made, 'archive_assets', both)).toMatchObject({ started: 2 });
    expect(writes(made).at(-1)).toContain('/files/v1/formats/ORIGINAL/archive/bulk/');
    expect(assetOf(made, ids.match).archive_status).toBe('ARCHIVING');
  });

  test('counts for first those alone that can be archived', async () => {
    const made = await world();
    const docs = inCollection(made);
    const gone = docs.slice(0, 2).map(({ id }) => id);
    for (const id of gone) made.sandbox.store.assets.update(id, { archive_status: 'ARCHIVED' });
    made.sandbox.reindex();
    const all = await made.call('archive_assets', { collection: COLLECTION });
    expect(all.notes.join()).toContain('Skipped 2, it is archived already');
    const plan = await made.call('archive_assets', { collection: COLLECTION, first: 2 });
    expect(plan.summary).toContain('of 2 assets');
    expect(plan.notes.join()).toContain(`first: 2 → 2 of those that are online, from "${docs[2]?.title}" on`);
    const named = await made.call('archive_assets', { assets: docs.map(({ id }) => id), first: 3 });
    expect(named.notes.join()).toContain('Skipped 2, it is archived already');
  });

  test('refuses a storage that is none of the archive, and says which are', async () => {
    const made = await world();
    expect(await made.refused('archive_assets', { ...both, to: 'Nowhere' })).toContain('There are: "Deep archive"');
    made.sandbox.deny('can_archive_formats');
    const plan = await made.call('archive_assets', both);
    const answer = await made.call('archive_assets', { confirm: plan.confirm });
    expect(answer).toMatchObject({ started: 0, failed: [expect.stringContaining('403')] });
  });
});

describe('restore_media', () => {
  test('counts for first those alone that are archived', async () => {
    const made = await world();
    const last = inCollection(made).at(-1);
    made.sandbox.store.assets.update(last?.id, { archive_status: 'ARCHIVED' });
    made.sandbox.reindex();
    const { notes } = await made.call('restore_media', { collection: COLLECTION, first: 1 });
    expect(notes.join()).toContain(`first: 1 → 1 of those that are archived, from "${last?.title}" on`);
  });

  test('plans what comes back, brings it back online, and skips what is online', async () => {
    const made = await world();
    const [cold] = archived(made);
    const args = { assets: [cold?.id, INTERVIEW] };
    const plan = await made.call('restore_media', args);
    expect(plan.summary).toContain('Restores the originals of 1 asset,');
    expect(plan.notes.join()).toContain(`Skipped 1, it is not archived: "${INTERVIEW}"`);
    expect(plan.notes.join()).toContain('on "Deep archive"');
    const answer = await made.call('restore_media', { confirm: plan.confirm });
    expect(answer).toMatchObject({ status: 'done', started: 1 });
    made.sandbox.settle();
    expect(await made.call('check_jobs', { wait_for: [answer.wait_for] })).toMatchObject({ done: 1 });
    expect(assetOf(made, cold?.id)).toMatchObject({ archive_status: 'NOT_ARCHIVED', is_online: true });
    const again = await made.call('restore_media', args);
    expect(again).toMatchObject({ status: 'done', started: 0 });
    expect(again.notes.join()).toContain('Skipped 2, it is not archived: ');
  });
});
