import { describe, expect, test } from 'vitest';
import { type Answer, ids, spoiled, UNKNOWN, watched, world } from '../support/traffic.ts';

describe('custom actions', () => {
  const chosen = { toolsets: ['custom_actions'] };
  const action = { context: 'ASSET', action_id: ids.customAction };

  test('are listed with their state, and without addresses and keys', async () => {
    const made = await watched(chosen);
    const { objects } = await made.call('list_custom_actions');
    expect(objects.map(({ title, status, disabled }: Answer) => [title, status, disabled])).toContainEqual([
      'Order subtitles',
      'FAILING',
      false,
    ]);
    expect(JSON.stringify(objects)).not.toMatch(/sandbox-secret|https:|headers/);
  });

  test('run only after a preview that says what goes to which host', async () => {
    const made = await watched(chosen);
    const args = { ...action, asset_ids: [ids.interview] };
    const shown = await made.call('run_custom_action', args);
    expect(shown.summary).toBe('Runs "Send to playout" on 1 asset: their ids go to playout.harbourmedia.example.');
    expect(JSON.stringify(shown)).not.toContain('sandbox-secret');
    expect(made.sent.filter(({ route }) => route.includes('callback'))).toEqual([]);
    await made.call('run_custom_action', { ...args, confirm: shown.confirm });
    expect(made.last()).toMatchObject({ body: { asset_ids: [ids.interview] } });
    made.sandbox.settle();
    const { store } = made.sandbox;
    const job = store.jobs.list(({ title }) => title === 'Send to playout').at(-1);
    expect(job).toMatchObject({ type: 'CUSTOM', status: 'FINISHED' });
    expect(store.history.where('asset_id', ids.interview).at(-1)).toMatchObject({ operation_type: 'CUSTOM' });
  });

  test('that fail or are disabled say so first, and end as they do in Iconik', async () => {
    const made = await watched(chosen);
    const { store } = made.sandbox;
    const named = (title: string) => store.custom_actions.list((row) => row.title === title)[0];
    const failing = { context: 'BULK', action_id: String(named('Order subtitles')?.id), asset_ids: [ids.interview] };
    const shown = await made.call('run_custom_action', failing);
    expect(shown.notes).toEqual(['it failed when it last ran']);
    expect(JSON.stringify(shown)).not.toContain('sandbox-secret');
    await made.call('run_custom_action', { ...failing, confirm: shown.confirm });
    made.sandbox.settle();
    expect(store.jobs.list(({ title }) => title === 'Order subtitles').at(-1)).toMatchObject({ status: 'FAILED' });
    const off = { context: 'ASSET', action_id: String(named('Send to the old newsroom')?.id) };
    const { confirm } = await made.call('run_custom_action', off);
    expect(await made.refused('run_custom_action', { ...off, confirm })).toContain('is disabled');
    expect(await made.refused('run_custom_action', { ...action, action_id: UNKNOWN })).toContain('does not exist');
  });
});

describe('playlists and projects', () => {
  const chosen = { toolsets: ['playlists'] };
  const playlist = { playlist_id: ids.playlist };

  test('are listed, and show what is in them in order', async () => {
    const made = await watched(chosen);
    const { objects } = await made.call('list_playlists');
    expect(objects[0]).toMatchObject({ name: 'Screening, Thursday', item_count: 3, project_id: ids.project });
    const items = (await made.call('list_playlist_items', playlist)).objects;
    expect(items.map(({ id }: Answer) => id)).toEqual([ids.trailer, ids.interview, ids.drone]);
    expect(items[1]).toMatchObject({ time_start_milliseconds: 60_000, time_end_milliseconds: 180_000 });
    const projects = (await made.call('list_projects')).objects;
    expect(projects).toMatchObject([{ name: 'Spring Campaign 2026', collection_id: ids.springCampaign }]);
  });

  test('take one item more at their end', async () => {
    const made = await watched(chosen);
    const part = { time_start_milliseconds: 10_000, time_end_milliseconds: 20_000 };
    const args = { ...playlist, object_type: 'assets', object_id: ids.match, ...part };
    expect(await made.call('add_to_playlist', args)).toMatchObject({ object_id: ids.match, ...part });
    const { objects } = await made.call('list_playlist_items', playlist);
    expect(objects.at(-1)).toMatchObject({ id: ids.match, ...part });
    expect((await made.call('list_playlists', { ids: [ids.playlist] })).objects[0].item_count).toBe(4);
  });

  test('refuse what does not exist, an end before the start, and who lacks the role', async () => {
    const made = await watched(chosen);
    const args = { ...playlist, object_type: 'assets', object_id: ids.match };
    expect(await made.refused('add_to_playlist', { ...args, object_id: UNKNOWN })).toContain('does not exist');
    expect(await made.refused('add_to_playlist', { ...args, version_id: UNKNOWN })).toContain('No such version');
    const wrong = { time_start_milliseconds: 20_000, time_end_milliseconds: 10_000 };
    expect(await made.refused('add_to_playlist', { ...args, ...wrong })).toContain('before');
    expect(await made.refused('list_playlist_items', { playlist_id: UNKNOWN })).toContain('does not exist');
    made.sandbox.deny('can_add_playlist_items');
    expect(await made.refused('add_to_playlist', args)).toContain('can_add_playlist_items');
  });
});

describe('metadata that the AI proposes', () => {
  const chosen = { toolsets: ['proposals', 'metadata'] };
  const version = { asset_id: ids.interview, version_id: ids.interviewVersions[2] };
  const job = { job_id: ids.proposalJob };
  const stored = async ({ call }: Awaited<ReturnType<typeof watched>>) =>
    call('get_asset_metadata', { asset_id: ids.interview, view_id: ids.editorialView });

  test('is listed until it is accepted, and then is metadata of the asset', async () => {
    const made = await watched(chosen);
    const { proposals } = await made.call('list_metadata_proposals', version);
    expect(proposals).toMatchObject([{ ...job, status: 'PENDING_USER' }]);
    expect(JSON.stringify(await stored(made))).not.toContain('"interview","harbour","football"');
    expect(await made.call('accept_metadata_proposals', job)).toMatchObject({ decision: 'accepted' });
    const { field_values: keywords } = proposals[0].metadata_values.keywords;
    const values = made.sandbox.store.values.get(`assets/${ids.interview}`)?.metadata_values;
    expect(values).toMatchObject({ keywords: { field_values: keywords } });
    expect((await made.call('list_metadata_proposals', version)).proposals).toEqual([]);
    expect(made.sandbox.store.history.where('asset_id', ids.interview).at(-1)?.operation_type).toBe('METADATA');
  });

  test('is dropped with nothing written, and decided only once', async () => {
    const made = await watched(chosen);
    const before = await stored(made);
    expect(await made.call('discard_metadata_proposals', job)).toMatchObject({ decision: 'discarded' });
    expect(await stored(made)).toEqual(before);
    expect(await made.refused('accept_metadata_proposals', job)).toContain('DISCARDED');
  });

  test('comes through where Iconik answers a bare list', async () => {
    const made = await world({ ...chosen, fetch: spoiled(/\/proposals\//, (body) => body.objects) });
    expect((await made.call('list_metadata_proposals', version)).proposals).toMatchObject([job]);
  });

  test('needs an open proposal and the role', async () => {
    const made = await watched(chosen);
    expect(await made.refused('accept_metadata_proposals', { job_id: UNKNOWN })).toContain('does not exist');
    made.sandbox.deny('can_write_metadata_values');
    expect(await made.refused('discard_metadata_proposals', job)).toContain('can_write_metadata_values');
  });
});
