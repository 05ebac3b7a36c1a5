import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, lacking, type World, world } from '../support/world.ts';

useJumpingClock(Date.parse('2026-11-26T10:00:00Z'));

const TRAILER = 'Season trailer 2025';
const INTERVIEW = 'Interview Jordan Reyes, Lisbon';
const TEASER = 'Spring teaser, landscape, 30 seconds';
const PLAYOUT = 'Broadcast playout';
const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));
const rowOf = ({ sandbox }: World, id: string): Answer => sandbox.store.assets.get(id);

/** Lets somebody approve the current version of an asset. */
function approve({ sandbox }: World, id: string, version = rowOfLatest(sandbox.store.assets.get(id))): void {
  const { store } = sandbox;
  const [any] = store.approvals.list(({ status }) => status === 'APPROVED') as Answer[];
  store.approvals.remove(`assets/${id}`);
  store.approvals.insert({ ...any, id: `assets/${id}`, object_id: id, version_id: version, status: 'APPROVED' });
  sandbox.reindex();
}
const rowOfLatest = (asset: Answer): string => asset.versions.at(-1).id;

async function deliver(made: World, args: Record<string, unknown>): Promise<Answer> {
  const plan = await made.call('deliver_assets', args);
  expect(plan.status).toBe('preview');
  return made.call('deliver_assets', { confirm: plan.confirm });
}

describe('deliver_assets', () => {
  test('plans what goes where, how much it is and what leaves the cloud, and delivers nothing meanwhile', async () => {
    const made = await world();
    approve(made, ids.match);
    const plan = await made.call('deliver_assets', { assets: [ids.match], to: PLAYOUT });
    expect(plan.summary).toMatch(
      /^Delivers 1 asset, originals of [\d.]+ GB \(\d+ bytes\), to "Broadcast playout" \(folder playout\/in on ".*" \(FILE\)\)\. What has arrived there cannot be called back\.$/,
    );
    expect(plan.affected).toEqual([expect.stringMatching(/^"Matchday 12, .*" v\d · .*APPROVED.* · [\d.]+ GB$/)]);
    const notes = plan.notes.join('\n');
    expect(notes).toContain('The location takes: originals.');
    expect(notes).toMatch(/^Rights, Clearance \(of 1\): /m);
    expect(notes).toMatch(/^From: [\d.]+ GB on ".*" \(S3\)/m);
    expect(notes).toMatch(/^Egress: (up to )?[\d.]+ GB leave cloud storage/m);
    expect(writes(made)).toEqual([]);
  });

  test('tells assets of one title apart', async () => {
    const made = await world();
    made.sandbox.store.assets.update(ids.trailer, { title: 'Twins' });
    made.sandbox.store.assets.update(ids.match, { title: 'Twins' });
    made.sandbox.reindex();
    const assets = [ids.trailer, ids.match];
    const { affected } = await made.call('deliver_assets', { assets, to: PLAYOUT, unapproved: true });
    for (const id of assets) expect(affected.filter((line: string) => line.includes(id))).toHaveLength(1);
  });

  test('leaves what is not approved, with the reason and the version', async () => {
    const made = await world();
    approve(made, ids.interview, ids.interviewVersions[1]);
    const assets = [INTERVIEW, TEASER, ids.match];
    const answer = await made.call('deliver_assets', { assets, to: PLAYOUT });
    expect(answer).toMatchObject({ status: 'nothing_written', started: 0, already_there: 0 });
    const notes = answer.notes.join('\n');
    expect(notes).toContain('Nothing to deliver.');
    expect(notes).toContain(`Skipped 1, not approved: v2 is, and v3 is current: "${INTERVIEW}"`);
    expect(notes).toContain(`Skipped 1, not approved: answers are mixed: "${TEASER}"`);
    expect(notes).toContain('Skipped 1, not approved: nobody was asked: "Matchday 12');
    made.sandbox.store.approvals.update(`assets/${ids.interview}`, {
      version_id: ids.interviewVersions[2],
      status: 'NOT_APPROVED',
    });
    expect((await made.call('deliver_assets', { assets, to: PLAYOUT })).notes.join()).toContain('Skipped 1, rejected:');
    expect(writes(made)).toEqual([]);
  });

  test('leaves what is archived, has only a proxy, or is a sub-clip', async () => {
    const made = await world();
    const { store } = made.sandbox;
    const [cold] = store.assets.list(
      ({ archive_status, is_online, status }) => archive_status === 'ARCHIVED' && !is_online && status === 'ACTIVE',
    );
    for (const file of store.files.where('asset_id', ids.drone))
      store.files.update(String(file.id), { status: 'DELETED' });
    const cut = { ...rowOf(made, ids.match), id: store.newId(), type: 'SUBCLIP', title: 'cut' };
    store.assets.insert(cut);
    made.sandbox.settle();
    made.sandbox.reindex();
    const assets = [cold?.id, ids.drone, ids.placeholder, cut.id, ids.match];
    const plan = await made.call('deliver_assets', { assets, to: PLAYOUT, unapproved: true });
    expect(plan.summary).toContain('Delivers 1 asset,');
    expect(plan.affected[0]).toContain(' · not approved: nobody was asked · ');
    expect(plan.notes).toContain('Not approved, but delivered anyway: 1 of 1.');
    const notes = plan.notes.join('\n');
    expect(notes).toContain('Skipped 1, its original is in the archive: restore_media brings it back:');
    expect(notes).toContain('Skipped 1, only a proxy of it is here, no original: "Drone, Old Harbour at sunrise"');
    expect(notes).toContain('Skipped 1, it has no file of an original:');
    expect(notes).toContain('Skipped 1, a sub-clip has no media of its own: "cut"');
  });

  test('starts one job that check_jobs follows, and a repeat delivers nothing twice', async () => {
    const made = await world();
    const args = { assets: [TRAILER], to: PLAYOUT };
    approve(made, ids.trailer);
    const answer = await deliver(made, args);
    expect(answer).toMatchObject({ status: 'done', started: 1 });
    expect(writes(made)).toEqual([`POST /API/files/v2/assets/export_locations/${ids.playout}/bulk/export/`]);
    const again = await made.call('deliver_assets', args);
    expect(again).toMatchObject({ status: 'done', started: 0 });
    expect(again.notes.join()).toContain('delivered there within the last hour: overwrite delivers it again');
    made.sandbox.settle();
    expect(await made.call('check_jobs', { wait_for: [answer.wait_for] })).toMatchObject({ total: 1, done: 1 });
    expect(made.sandbox.store.history.where('asset_id', ids.trailer).at(-1)).toMatchObject({
      operation_type: 'EXPORT',
    });
    const replacing = await made.call('deliver_assets', { ...args, overwrite: true });
    expect(replacing.notes).toContain('Files of the same name there are replaced.');
    expect((await made.call('deliver_assets', { ...args, to: 'Social media desk' })).status).toBe('preview');
  });

  test('says what another server or person exported before, by the history of Iconik', async () => {
    const made = await world();
    const args = { assets: [ids.match, ids.trailer], to: PLAYOUT, unapproved: true };
    const notes = async (): Promise<string> => (await made.call('deliver_assets', args)).notes.join('\n');
    const before = await notes();
    expect(before).toMatch(/Exported before, .*: "Matchday 12.*" \(2025-04-28, "Exported to Broadcast playout"\)\./);
    expect(before).not.toContain('"Season trailer 2025" (');
    made.sandbox.store.history.insert({
      ...made.sandbox.store.history
        .where('asset_id', ids.match)
        .find(({ operation_type }) => operation_type === 'EXPORT'),
      id: made.sandbox.store.newId(),
      asset_id: ids.trailer,
      operation_description: null,
      date_created: '2026-11-20T09:00:00.000000+00:00',
    });
    made.sandbox.reindex();
    expect(await notes()).toContain('"Season trailer 2025" (2026-11-20)');
    made.sandbox.deny('can_read_assets_history');
    expect(await notes()).toMatch(/Earlier exports of 2 were not looked at: .*403/);
  });

  test('delivers again what failed', async () => {
    const made = await world();
    approve(made, ids.trailer);
    const args = { assets: [TRAILER], to: PLAYOUT };
    await deliver(made, args);
    made.sandbox.settle();
    const [job] = made.sandbox.store.jobs.list(({ type, title }) => type === 'EXPORT' && /playout/.test(String(title)));
    made.sandbox.store.jobs.update(String(job?.id), { status: 'FAILED' });
    made.sandbox.reindex();
    expect((await made.call('deliver_assets', args)).status).toBe('preview');
  });

  test('takes the older operation where Iconik lacks the newer one', async () => {
    const made = await world({ fetch: lacking('/files/v2/') });
    const args = { assets: [ids.match], to: PLAYOUT, unapproved: true, asset_folders: true };
    expect(await deliver(made, args)).toMatchObject({ started: 1 });
    expect(writes(made).at(-1)).toContain(`/files/v1/export_locations/${ids.playout}/bulk_export/`);
  });

  test('warns of files that would meet under one name', async () => {
    const made = await world();
    const { store } = made.sandbox;
    for (const asset of [ids.match, ids.master])
      for (const file of store.files.where('asset_id', asset))
        store.files.update(String(file.id), { name: 'Final.mov' });
    made.sandbox.reindex();
    const args = { assets: [ids.match, ids.master], to: PLAYOUT, unapproved: true };
    const { notes } = await made.call('deliver_assets', args);
    expect(notes.join('\n')).toMatch(/2 files are called "final.mov", of "Matchday 12.*asset_folders keeps them apart/);
    const apart = await made.call('deliver_assets', { ...args, asset_folders: true });
    expect(apart.notes.join()).not.toContain('are called');
  });

  test('plans anew where an approval is withdrawn meanwhile', async () => {
    const made = await world();
    approve(made, ids.match);
    const plan = await made.call('deliver_assets', { assets: [ids.match], to: PLAYOUT });
    made.sandbox.store.approvals.update(`assets/${ids.match}`, { status: 'NOT_APPROVED' });
    expect(await made.refused('deliver_assets', { confirm: plan.confirm })).toContain('changed since');
    expect(writes(made)).toEqual([]);
  });

  test('refuses a location that is none, and says which are and what they take', async () => {
    const made = await world();
    const text = await made.refused('deliver_assets', { assets: [ids.match], to: 'Broadcast playut' });
    expect(text).toContain('Nearest: "Broadcast playout"');
    expect(text).toContain('"Northern Light Television" (takes originals, metadata as XML)');
  });

  test('delivers nothing whose approval it may not read', async () => {
    const made = await world();
    made.sandbox.deny('can_read_approval_request');
    const answer = await made.call('deliver_assets', { assets: [TRAILER], to: PLAYOUT });
    expect(answer).toMatchObject({ started: 0 });
    expect(answer.notes.join()).toMatch(/Skipped 1, its approval could not be read, .*403/);
  });
});
