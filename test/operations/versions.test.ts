import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, rowNow, spoiled, UNKNOWN, type World, watched, world } from '../support/traffic.ts';

useJumpingClock();

const asset = { asset_id: ids.interview };
const [first, second, third] = ids.interviewVersions;
const versionsIn = ({ sandbox }: World): Answer[] =>
  rowNow(sandbox.store.assets.get(ids.interview)?.versions as object);
const deletions = ({ requests }: World) => requests.filter((request) => request.startsWith('DELETE'));

describe('changing a version', () => {
  test('PATCH of one field leaves the others', async () => {
    const made = await watched();
    const before = versionsIn(made);
    const answer = await made.call('partial_update_version', { ...asset, version_id: second, is_online: false });
    expect(made.last().body).toEqual({ is_online: false });
    expect(answer).toMatchObject({ id: second, version_number: 2, is_online: false });
    expect(versionsIn(made)).toEqual(before.map((one) => (one.id === second ? { ...one, is_online: false } : one)));
  });

  test('PUT sends the given fields and no others', async () => {
    const { call, last } = await watched();
    const given = { status: 'ACTIVE', person_ids: [ids.me], transcribed_languages: ['en', 'pt'], version_number: 3 };
    expect(await call('update_version', { ...asset, version_id: third, ...given })).toMatchObject({
      id: third,
      ...given,
    });
    expect(last().route).toBe(`PUT /API/assets/v1/assets/${ids.interview}/versions/${third}/`);
    expect(last().body).toEqual(given);
  });

  test.each(['update_version', 'partial_update_version'])('%s reads the version out of a list of all', async (name) => {
    const fetch = spoiled(/(PUT|PATCH) .*\/versions\//, (version) => ({
      asset_id: ids.interview,
      system_domain_id: UNKNOWN,
      versions: [{ id: first, version_number: 1 }, version],
    }));
    const { call } = await world({ fetch, sandbox: { hard: { answersAllVersions: false } } });
    const answer = await call(name, { ...asset, version_id: second, status: 'FAILED' });
    expect(answer).toMatchObject({ id: second, version_number: 2, status: 'FAILED' });
    expect(answer).not.toHaveProperty('versions');
  });

  test('refuses a status that Iconik does not have', async () => {
    const { refused, requests } = await world();
    const text = await refused('partial_update_version', { ...asset, version_id: first, status: 'HIDDEN' });
    expect(text).toMatch(/status: "HIDDEN" is not allowed. Allowed: ACTIVE, IN_PROGRESS, FAILED, DELETING, DELETED/);
    expect(requests).toEqual([]);
  });

  test('says that a version does not exist', async () => {
    const { refused } = await world();
    const text = await refused('partial_update_version', { ...asset, version_id: UNKNOWN, is_online: true });
    expect(text).toMatch(new RegExp(`404.*Version ${UNKNOWN} does not exist`));
  });
});

describe('promote_version', () => {
  test('starts the work, which brings a new latest version in the background', async () => {
    const made = await watched();
    const started = await made.call('promote_version', { ...asset, version_id: first });
    expect(started).toMatchObject({ ...asset, version_id: first, status: 'started' });
    expect(made.last().body ?? {}).toEqual({});
    const numbers = async () =>
      (await made.call('get_asset', asset)).versions.map(({ version_number }: Answer) => version_number);
    await expect.poll(numbers).toEqual([1, 2, 3, 4]);
  });
});

describe('delete_version', () => {
  test('shows first, then marks the version as deleted', async () => {
    const made = await world();
    const before = versionsIn(made);
    const preview = await made.call('delete_version', { ...asset, version_id: first });
    expect(preview).toMatchObject({
      status: 'preview',
      affected: ['v1 · 2025-05-15 · Lena Vogt · comments: 0 open, 1 done'],
    });
    expect(preview.summary).toMatch(/v1 of "Interview Jordan Reyes, Lisbon" as deleted.*soft delete/);
    expect(versionsIn(made)).toEqual(before);
    expect(deletions(made)).toEqual([]);

    const done = await made.call('delete_version', { ...asset, version_id: first, confirm: preview.confirm });
    expect(done).toEqual({ status: 'done', ...asset, version_id: first });
    expect(deletions(made)).toEqual([`DELETE /API/assets/v1/assets/${ids.interview}/versions/${first}/`]);
    expect(versionsIn(made).map(({ status }) => status)).toEqual(['DELETED', 'ACTIVE', 'ACTIVE']);
  });

  test('says that hard_delete is for good, and removes the version', async () => {
    const made = await world();
    const args = { ...asset, version_id: first, hard_delete: true };
    const { summary, confirm } = await made.call('delete_version', args);
    expect(summary).toMatch(/for good.*cannot be undone/);
    await made.call('delete_version', { ...args, confirm });
    expect(deletions(made)).toEqual([expect.stringMatching(/\/versions\/[^/]*\/\?hard_delete=true$/)]);
    expect(versionsIn(made).map(({ id }) => id)).toEqual([second, third]);
  });

  test.each([
    ['another version', { ...asset, version_id: second }],
    ['hard_delete', { ...asset, version_id: first, hard_delete: true }],
  ])('refuses a token that was given for something else than %s', async (_, args) => {
    const made = await world();
    const before = versionsIn(made);
    const { confirm } = await made.call('delete_version', { ...asset, version_id: first });
    const text = await made.refused('delete_version', { ...args, confirm });
    expect(text).toMatch(/belongs to another change. Nothing was changed.*new preview/);
    expect(versionsIn(made)).toEqual(before);
    expect(deletions(made)).toEqual([]);
  });

  test('refuses a made-up token with a fresh preview, whose token works', async () => {
    const made = await world();
    const args = { ...asset, version_id: first };
    const text = await made.refused('delete_version', { ...args, confirm: 'please' });
    expect(text).toContain('This confirm token is unknown here, or was used before.');
    const confirm = /confirm: (\S+)/.exec(text)?.[1];
    expect(await made.call('delete_version', { ...args, confirm })).toMatchObject({ status: 'done' });
  });

  test('says which version is the latest, and which ones there are', async () => {
    const { call, refused } = await world();
    expect((await call('delete_version', { ...asset, version_id: third })).summary).toContain(
      'v3 of "Interview Jordan Reyes, Lisbon", the current version,',
    );
    expect(await refused('delete_version', { ...asset, version_id: UNKNOWN })).toMatch(
      new RegExp(`no version ${UNKNOWN}.*v1 \\(${first}\\).*v3 \\(${third}\\)`),
    );
  });

  test('passes on that Iconik refuses, with its words', async () => {
    const made = await world();
    const args = { ...asset, version_id: third };
    const { confirm } = await made.call('delete_version', args);
    expect(await made.refused('delete_version', { ...args, confirm })).toMatch(/400.*latest version cannot be deleted/);
  });
});

describe('delete_old_versions', () => {
  test('names what goes and what stays, and changes nothing', async () => {
    const made = await world();
    const before = versionsIn(made);
    const result = await made.raw('delete_old_versions', asset);
    const preview: Answer = result.structuredContent;
    expect(preview.affected).toEqual([
      'v1 · 2025-05-15 · Lena Vogt · comments: 0 open, 1 done',
      'v2 · 2025-05-20 · Maria Almeida · comments: 0 open, 1 done',
    ]);
    expect(preview.summary).toMatch(new RegExp(`Deletes 2 old versions of .*; v3 \\(${third}\\) stays`));
    expect(result.content).toMatchObject([{ text: expect.stringContaining(`Nothing has changed yet.`) }]);
    expect(result.content).toMatchObject([{ text: expect.stringContaining(preview.confirm) }]);
    expect(versionsIn(made)).toEqual(before);
    expect(made.requests.map((request) => request.split(' ')[0])).toEqual(['GET', 'GET', 'GET']);
  });

  test('acts once with its token', async () => {
    const made = await world();
    const { confirm } = await made.call('delete_old_versions', asset);
    expect(await made.call('delete_old_versions', { ...asset, confirm })).toEqual({
      status: 'done',
      ...asset,
      deleted: ['v1', 'v2'],
    });
    expect(versionsIn(made).map(({ id }) => id)).toEqual([third]);
    expect(await made.refused('delete_old_versions', { ...asset, confirm })).toContain('was used before');
    expect(deletions(made)).toHaveLength(1);
  });

  test('refuses a token after the asset has changed, with a fresh preview', async () => {
    const made = await world();
    const { confirm } = await made.call('delete_old_versions', asset);
    await made.call('promote_version', { ...asset, version_id: first });
    made.sandbox.settle();
    const text = await made.refused('delete_old_versions', { ...asset, confirm });
    expect(text).toMatch(/changed since the preview. Nothing was changed/);
    expect(text).toMatch(/Deletes 3 old versions of .*; v4 /);
    expect(deletions(made)).toEqual([]);
    const fresh = /confirm: (\S+)/.exec(text)?.[1];
    await made.call('delete_old_versions', { ...asset, confirm: fresh });
    expect(versionsIn(made).map(({ version_number }) => version_number)).toEqual([4]);
  });

  test('refuses the token of another asset', async () => {
    const made = await world();
    const { confirm } = await made.call('delete_old_versions', { asset_id: ids.trailer });
    expect(await made.refused('delete_old_versions', { ...asset, confirm })).toContain('belongs to another change');
    expect(deletions(made)).toEqual([]);
  });

  test('says that there is nothing to delete', async () => {
    const { call } = await world();
    const { summary, affected } = await call('delete_old_versions', { asset_id: ids.drone });
    expect(summary).toContain('Nothing to delete');
    expect(affected).toEqual([]);
  });

  test('names the role that is missing', async () => {
    const made = await world();
    made.sandbox.deny('can_delete_versions');
    const { confirm } = await made.call('delete_old_versions', asset);
    expect(await made.refused('delete_old_versions', { ...asset, confirm })).toMatch(/403.*can_delete_versions/);
    expect(versionsIn(made)).toHaveLength(3);
  });
});
