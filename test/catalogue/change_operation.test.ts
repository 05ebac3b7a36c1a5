import { beforeEach, describe, expect, test } from 'vitest';
import { ids, type World, world } from '../support/world.ts';
import { isWriting, recorded } from './recorder.ts';

let made: World;
beforeEach(async () => {
  made = await world({ confirm: 'token' });
});

const textOf = (result: Awaited<ReturnType<World['raw']>>): string =>
  result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
const change = async (args: Record<string, unknown>): Promise<string> => {
  const result = await made.raw('change_operation', args);
  if (result.isError) throw new Error(textOf(result));
  return textOf(result);
};
const tokenIn = (text: string): string => /^confirm: (\S+)$/m.exec(text)?.[1] ?? '';
const writes = (): readonly string[] =>
  made.requests.filter((one) => !/^GET |^POST \/API\/search\/v1\/search\//.test(one));

const path = { asset_id: ids.interview };

describe('change_operation', () => {
  test('does at once what is harmless, and writes it down', async () => {
    const text = await change({
      operation: 'PATCH /assets/v1/assets/{asset_id}/',
      path,
      body: { external_id: 'REEL-7' },
    });
    expect(text).toMatch(/^status: done$/m);
    expect(text).toContain('external_id: REEL-7');
    const line = made.log.map((one) => JSON.parse(one)).find(({ tool }) => tool === 'change_operation');
    expect(line.object).toMatchObject({ operation: 'PATCH /assets/v1/assets/{asset_id}/', asset_id: ids.interview });
  });

  test('shows what a deletion takes away, and does it with the token', async () => {
    const args = { operation: 'DELETE /assets/v1/assets/{asset_id}/', path };
    const preview = await change(args);
    expect(preview).toMatch(/^status: preview$/m);
    expect(preview).toMatch(/deletes "Interview Jordan Reyes, Lisbon"/);
    expect(preview).toMatch(/"Interview Jordan Reyes, Lisbon" · ASSET · ACTIVE · 2025-05-15/);
    expect(writes()).toEqual([]);
    await change({ ...args, confirm: tokenIn(preview) });
    expect(writes()).toEqual([`DELETE /API/assets/v1/assets/${ids.interview}/`]);
    const [gone] = made.sandbox.store.assets.list((row) => row.id === ids.interview);
    expect(gone?.status).not.toBe('ACTIVE');
  });

  test.each([
    ['at its path', 'DELETE /assets/v1/collections/{collection_id}/', { path: { collection_id: ids.springCampaign } }],
    [
      'by a status',
      'PATCH /assets/v1/collections/{collection_id}/',
      { path: { collection_id: ids.springCampaign }, body: { status: 'DELETED' } },
    ],
    ['through the bin', 'POST /assets/v1/delete_queue/collections/', { body: { ids: [ids.springCampaign] } }],
    [
      'with others',
      'POST /assets/v1/delete_queue/bulk/',
      { body: { object_type: 'collections', object_ids: [ids.springCampaign], content_only: false } },
    ],
  ])('of a collection that goes %s it says what is in it and who sees it', async (_, operation, given) => {
    const preview = await change({ operation, ...given });
    expect(preview).toMatch(/In "Spring Campaign": [1-9]\d* assets and \d+ collections?, at any depth, among them "/);
    expect(preview).toMatch(/Will no longer show it to: share of the collection "Spring Campaign" with .*anna@client/);
    expect(preview).toContain(ids.springCampaign);
    expect(writes()).toEqual([]);
  });

  test('says what in it has a share of its own, and where the contents cannot be read', async () => {
    const operation = 'DELETE /assets/v1/collections/{collection_id}/';
    const [holding] = made.sandbox.store.contents.where('object_id', ids.interview);
    const collection_id = String(holding?.collection_id);
    const preview = await change({ operation, path: { collection_id } });
    expect(preview).toMatch(/In it, shared on its own: .*Interview Jordan Reyes, Lisbon/);
    made.sandbox.deny('can_read_collections');
    const unread = await change({ operation, path: { collection_id } });
    expect(unread).toContain(`What the collection ${collection_id} holds could not be read`);
  });

  test('a token is for one change: other arguments are shown anew', async () => {
    const operation = 'DELETE /assets/v1/assets/{asset_id}/';
    const confirm = tokenIn(await change({ operation, path }));
    const other = await made.refused('change_operation', { operation, path: { asset_id: ids.match }, confirm });
    expect(other).toContain('another change');
    expect(writes()).toEqual([]);
  });

  test('treats a body that deletes as a deletion, in whatever case', async () => {
    const operation = 'PATCH /assets/v1/assets/{asset_id}/';
    expect(await change({ operation, path, body: { status: 'DELETED' } })).toMatch(/deletes "Interview/);
    await expect(change({ operation, path, body: { status: 'deleted' } })).rejects.toThrow('not allowed');
    expect(writes()).toEqual([]);
  });

  test('shows the object above where the path itself cannot be read', async () => {
    const text = await change({
      operation: 'DELETE /assets/v1/assets/{asset_id}/segments/bulk/',
      path,
      body: { segment_ids: [ids.interview] },
    });
    expect(text).toMatch(/segments\/bulk\/ of "Interview Jordan Reyes, Lisbon"/);
    expect(text).toMatch(/segment_ids: \["a55e7001/);
    expect(text).toContain('There is no way back.');
  });

  test('says what leaves the company and what changes access', async () => {
    const share = await change({
      operation: 'POST /assets/v1/{object_type}/{object_id}/shares/url/',
      path: { object_type: 'assets', object_id: ids.interview },
      body: {},
    }).catch((error: Error) => error.message);
    expect(share).toMatch(/It leaves the company|missing/);
    expect(writes()).toEqual([]);
  });

  test('changes one job at once, and shows several first', async () => {
    const operation = 'PUT /jobs/v1/jobs/state/';
    const several = { operation, body: { action: 'PAUSE', job_ids: [ids.runningJob, ids.failedJob] } };
    const shown = await change(several);
    expect(writes()).toEqual([]);
    await change({ ...several, confirm: tokenIn(shown) });
    await change({ operation, body: { action: 'RESUME', job_ids: [ids.runningJob] } });
    expect(writes()).toEqual(Array(2).fill('PUT /API/jobs/v1/jobs/state/'));
  });

  test('asks for ids or a filter where a change would concern everything', async () => {
    const text = await made.refused('change_operation', { operation: 'DELETE /jobs/v1/jobs/', body: {} });
    expect(text).toContain('concerns all there are');
    expect(made.requests).toEqual([]);
  });

  test('names the roles of the operation that Iconik refuses, not some of its own', async () => {
    made.sandbox.deny('can_write_collections');
    made.sandbox.deny('can_read_collections');
    const operation = (method: string) => `${method} /assets/v1/collections/{collection_id}/`;
    const one = { path: { collection_id: ids.springCampaign } };
    const read = await made.refused('read_operation', { operation: operation('GET'), ...one });
    expect(read).toMatch(/403.*needs can_read_collections, and access to the object/s);
    const body = { title: 'Spring' };
    const changed = await made.refused('change_operation', { operation: operation('PATCH'), ...one, body });
    expect(changed).toMatch(/403.*needs can_write_collections/s);
    expect(`${read} ${changed}`).not.toContain('can_write_assets');
  });

  test.each<[string, Record<string, unknown>]>([
    ['nothing', { body: { status: 'ABORTED' } }],
    ['an empty filter', { body: { status: 'ABORTED' }, query: { ids: '', status: ' ' } }],
    ['a flag that is no filter', { body: { status: 'ABORTED' }, query: { merge_metadata: 'true' } }],
  ])('changes no jobs that %s chooses', async (_, args) => {
    const refused = await made.refused('change_operation', { operation: 'PATCH /jobs/v1/jobs/', ...args });
    expect(refused).toMatch(/concerns all there are: give ids in body, or a filter in query. Nothing was sent/);
    expect(made.requests).toEqual([]);
  });

  test('previews what a filter in the query chooses, and what ids in the body do', async () => {
    const body = { status: 'ABORTED' };
    const changed = await change({ operation: 'PATCH /jobs/v1/jobs/', query: { status: 'FAILED' }, body });
    expect(changed).toMatch(/changes all that fit what is given below.*status: FAILED/s);
    const gone = await change({ operation: 'DELETE /jobs/v1/jobs/', query: { status: 'FAILED' } });
    expect(gone).toMatch(/^status: preview$/m);
    const named = { object_type: 'assets', object_ids: [ids.interview] };
    expect(await change({ operation: 'POST /assets/v1/delete_queue/bulk/', body: named })).toMatch(
      /deletes what is named below/,
    );
    expect(writes()).toEqual([]);
  });

  test('refuses a null among the items of a list', async () => {
    const body = { object_type: 'assets', object_ids: [ids.interview, null] };
    const refused = await made.refused('change_operation', { operation: 'POST /assets/v1/delete_queue/bulk/', body });
    expect(refused).toContain('body.object_ids[1] is null');
  });

  test('does nothing where the path names one object and the arguments another', async () => {
    const operation = `DELETE /assets/v1/assets/${ids.interview}/`;
    const refused = await made.refused('change_operation', { operation, path: { asset_id: ids.match } });
    expect(refused).toContain(`operation has "${ids.interview}" there. Nothing was sent`);
    expect(made.requests).toEqual([]);
    expect(await change({ operation })).toMatch(/deletes "Interview Jordan Reyes, Lisbon"/);
  });

  const playlistPath = { playlist_id: ids.interview, keyframe_id: ids.interview };
  const segmentPath = { asset_id: ids.interview, segment_id: ids.interview };
  const keyframe = '/files/v1/playlists/{playlist_id}/keyframes/{keyframe_id}/';
  const segment = '/assets/v1/assets/{asset_id}/segments/{segment_id}/';
  test.each<[string, Record<string, unknown>]>([
    ['PATCH /users/v1/users/current/', { body: { email: 'someone@example.com' } }],
    ['PATCH /settings/v1/system/current/', { body: { delete_grace_period: 0, external_share: true } }],
    ['PATCH /settings/v1/group/{group_id}/', { path: { group_id: ids.interview }, body: { delete_grace_period: 0 } }],
    [`PATCH ${keyframe}`, { path: playlistPath, body: { is_public: true } }],
    ['PATCH /assets/v1/assets/{asset_id}/', { path, body: { publication_status: 'PUBLISHED' } }],
    [`PATCH ${segment}`, { path: segmentPath, body: { is_internal: false } }],
    [`PATCH ${segment}`, { path: segmentPath, body: { is_internal: null } }],
    [`PUT ${segment}`, { path: segmentPath, body: { segment_type: 'COMMENT' } }],
  ])('asks before %s with %o', async (operation, args) => {
    const one = await recorded({ confirm: 'token' });
    const result = await one.raw('change_operation', { operation, ...args });
    expect(textOf(result)).toMatch(/^status: preview$/m);
    expect((await one.sent()).filter(isWriting)).toEqual([]);
  });

  test('asks nothing where a comment stays internal', async () => {
    const one = await recorded({ confirm: 'token' });
    await one.raw('change_operation', {
      operation: `PATCH ${segment}`,
      path: segmentPath,
      body: { is_internal: true },
    });
    expect((await one.sent()).map(({ method }) => method)).toEqual(['PATCH']);
  });

  test('asks before a password is changed, and does not show it', async () => {
    const args = { operation: 'PATCH /users/v1/users/current/', body: { password: 'correct horse' } };
    const preview = await change(args);
    expect(preview).toMatch(/^status: preview$/m);
    expect(preview).toContain('password: [masked]');
    expect(preview).not.toContain('correct horse');
    expect(writes()).toEqual([]);
  });

  test('keeps keys out of the preview of a storage', async () => {
    const text = await change({
      operation: 'POST /files/v1/storages/',
      body: {
        name: 'Nearline',
        method: 'S3',
        purpose: 'FILES',
        settings: { bucket: 'nearline', secret_access_key: 'wJalrXUtnFEMI' },
      },
    });
    expect(text).toMatch(/settings: \{"bucket":"nearline"\}/);
    expect(text).not.toContain('wJalrXUtnFEMI');
  });

  test.each(['*', ',', ' , ', '*:*'])('takes %j for no filter of jobs', async (all) => {
    const args = { operation: 'DELETE /jobs/v1/jobs/', query: { query: all } };
    expect(await made.refused('change_operation', args)).toContain('concerns all there are');
  });

  test('takes flags as Python writes them, and asks for those that are final', async () => {
    const text = await change({
      operation: 'DELETE /assets/v1/assets/{asset_id}/versions/{version_id}/',
      path: { asset_id: ids.interview, version_id: ids.interview },
      query: { hard_delete: 'True' },
    });
    expect(text).toContain('hard_delete, as it is set, takes away for good');
  });

  test('names the methods of a path that came without one', async () => {
    const args = { operation: '/assets/v1/assets/{asset_id}/', path, body: { title: 'x' } };
    const refused = await made.refused('change_operation', args);
    expect(refused).toContain('To change something there: PUT, PATCH, DELETE');
  });

  test.each([
    ['POST /assets/v1/{object_type}/{object_id}/shares/', { emails: ['jane@agency.example'] }],
    ['POST /assets/v1/{object_type}/{object_id}/shares/url/', { title: 'For Jane' }],
    ['PUT /assets/v1/{object_type}/{object_id}/approvals/request/', { users: [ids.me] }],
  ])('names the object that %s is about, although its kind is an argument', async (operation, given) => {
    const allow = { allow_approving_comments: false, allow_comments: true, allow_download: false };
    const shares = operation.includes('/shares/') && { ...allow, allow_setting_approve_status: false };
    const args = { path: { object_type: 'collections', object_id: ids.springCampaign } };
    const text = await change({ operation, ...args, body: { ...given, ...shares } });
    expect(text).toMatch(/^summary: .*"Spring Campaign"/m);
    expect(writes()).toEqual([]);
  });

  const teaser = (): string => {
    const [found] = made.sandbox.store.assets.list(({ title }) => title === 'Spring teaser, landscape, 30 seconds');
    return String(found?.id);
  };
  const toBin = (...some: string[]): void => {
    for (const id of some) made.sandbox.store.assets.update(id, { status: 'DELETED' });
    made.sandbox.reindex();
  };
  test.each<[string, (id: string) => Record<string, unknown>]>([
    ['PUT /assets/v1/assets/{asset_id}/restore/', (asset_id) => ({ path: { asset_id } })],
    ['DELETE /assets/v1/delete_queue/assets/', (id) => ({ body: { ids: [id] } })],
    ['PATCH /assets/v1/assets/{asset_id}/', (asset_id) => ({ path: { asset_id }, body: { status: 'ACTIVE' } })],
  ])('%s says who outside sees again what comes back, and asks first where anybody does', async (operation, given) => {
    toBin(teaser(), ids.interview, ids.drone);
    const inCollection = await change({ operation, ...given(teaser()) });
    expect(inCollection).toMatch(/^status: preview$/m);
    expect(inCollection).toMatch(
      /Will show it to: share of the collection "Spring Campaign" with anna@client\.example/,
    );
    const onItsOwn = await change({ operation, ...given(ids.interview) });
    expect(onItsOwn).toMatch(/Will show it again to: share of the asset "Interview Jordan Reyes, Lisbon" with /);
    expect(writes()).toEqual([]);
    expect(await change({ operation, ...given(ids.drone) })).toMatch(/^status: done$/m);
    await change({ operation, ...given(teaser()), confirm: tokenIn(inCollection) });
    expect(made.sandbox.store.assets.get(teaser())?.status).toBe('ACTIVE');
  });

  test('a collection that comes back says who sees it again; what is not in the bin is not asked about', async () => {
    const operation = 'PUT /assets/v1/collections/{collection_id}/restore/';
    const path = { collection_id: ids.springCampaign };
    made.sandbox.store.collections.update(ids.springCampaign, { status: 'DELETED' });
    expect(await change({ operation, path })).toMatch(/Will show it to: share of the collection "Spring Campaign"/);
    const there = {
      operation: 'PATCH /assets/v1/assets/{asset_id}/',
      path: { asset_id: teaser() },
      body: { status: 'ACTIVE' },
    };
    expect(await change(there)).toMatch(/^status: done$/m);
  });

  test.each<[string, Record<string, unknown>]>([
    [
      'POST /files/v1/formats/{format_name}/restore/bulk/',
      { path: { format_name: 'ORIGINAL' }, body: { object_type: 'assets', object_ids: ['ID'] } },
    ],
    ['POST /files/v2/assets/bulk/restore/', { body: { objects: [{ id: 'ID' }] } }],
  ])('%s says which guests may download the originals again', async (operation, given) => {
    const id = teaser();
    made.sandbox.store.shares.update(ids.collectionShare, { allow_download: true });
    made.sandbox.reindex();
    const args = JSON.parse(JSON.stringify({ operation, ...given }).replace('"ID"', `"${id}"`));
    expect(await change(args)).toMatch(
      /Will let guests download the originals again: share of the collection "Spring Campaign"/,
    );
    made.sandbox.store.shares.update(ids.collectionShare, { allow_download: false });
    made.sandbox.reindex();
    expect(await change(args)).not.toContain('download the originals again');
  });

  const request = 'assets/v1/{object_type}/{object_id}/approvals/request/';
  const ofInterview = { object_type: 'assets', object_id: ids.interview };
  const asked = () => made.sandbox.store.approvals.get(`assets/${ids.interview}`);
  test.each([
    ['PUT', { users: [ids.me] }, /Change a request for approval.*who is asked/, /take the place of those asked so far/],
    ['PATCH', { users: [ids.me] }, /Change a request for approval/, /take the place of those asked so far/],
    [
      'POST',
      { users: [ids.me] },
      /Ask people for approval by mail/,
      /takes the place of the one there is, and begins without/,
    ],
    ['DELETE', undefined, /Withdraw a request for approval/, /ends the request and the answers to it/],
  ])(
    '%s of a request for approval says who was asked, since when, and who is asked now',
    async (method, body, title, effect) => {
      const args = { operation: `${method} /${request}`, path: ofInterview, ...(body && { body }) };
      const preview = await change(args);
      expect(preview).toMatch(title);
      expect(preview).toMatch(effect);
      expect(preview).toMatch(
        /Asked so far \(20[-\d]+ by .+\): Maria Almeida, Tom Becker; REQUESTED; nobody has answered/,
      );
      if (body) expect(preview).toMatch(/user: "ines\.carvalho@/);
      expect(writes()).toEqual([]);
      await change({ ...args, confirm: tokenIn(preview) });
      expect(asked()?.users).toEqual(body?.users);
    },
  );

  test('a request for approval that cannot be read, or of which there is none, is still shown', async () => {
    const args = { operation: `POST /${request}`, body: { users: [ids.me] } };
    const first = await change({ ...args, path: { object_type: 'assets', object_id: ids.match } });
    expect(first).not.toContain('Asked so far');
    made.sandbox.deny('can_read_approval_request');
    expect(await change({ ...args, path: ofInterview })).toMatch(/Who was asked so far could not be read/);
  });

  test.each([
    ['POST /assets/v1/delete_queue/bulk/', { object_type: 'assets', object_ids: [ids.interview, ids.match] }],
    ['PUT /assets/v1/assets/', { objects: [ids.interview, ids.match].map((id) => ({ id, status: 'DELETED' })) }],
  ])('names by their titles the objects that the body of %s has', async (operation, body) => {
    const text = await change({ operation, body });
    expect(text).toMatch(/title: Interview Jordan Reyes, Lisbon/);
    expect(text).toMatch(/title: Matchday 12/);
    expect(writes()).toEqual([]);
  });

  const group_id = (): string => String(made.sandbox.store.groups.list(({ name }) => name === 'Freelancers')[0]?.id);
  const playout = { export_location_id: ids.playout };
  const drone = { asset_id: ids.drone };
  test.each<[string, () => Record<string, unknown>, readonly string[]]>([
    [
      'POST /files/v1/assets/{asset_id}/export_locations/{export_location_id}/',
      () => ({ path: { ...playout, ...drone }, body: {} }),
      ['export_location_id: "Broadcast playout"', 'asset_id: "Drone, Old Harbour at sunrise"'],
    ],
    [
      'POST /files/v2/assets/export_locations/{export_location_id}/bulk/export/',
      () => ({ path: playout, body: { objects: [{ id: ids.drone }] } }),
      ['export_location_id: "Broadcast playout"', 'title: Drone, Old Harbour at sunrise'],
    ],
    [
      'PUT /acls/v1/groups/{group_id}/acl/{object_type}/{object_key}/',
      () => ({
        path: { group_id: group_id(), object_type: 'collections', object_key: ids.springCampaign },
        body: { permissions: ['read'] },
      }),
      ['group_id: "Freelancers"', 'title: Spring Campaign'],
    ],
    [
      'PUT /acls/v1/acl/{object_type}/',
      () => ({
        path: { object_type: 'collections' },
        body: { object_keys: [ids.springCampaign], permissions: ['read'], group_ids: [group_id()], user_ids: [ids.me] },
      }),
      ['group_id: "Freelancers"', 'user_id: "', 'title: Spring Campaign'],
    ],
  ])('names whom and what %s concerns', async (operation, args, names) => {
    const text = await change({ operation, ...args() });
    for (const name of names) expect(text).toContain(name);
    expect(text).not.toContain('could not be read');
    expect(writes()).toEqual([]);
  });

  test('asks before options of a drop-down are replaced, and forgets the old ones', async () => {
    const args = {
      operation: 'PATCH /metadata/v1/fields/{field_name}/',
      path: { field_name: 'rights_territory' },
      body: { options: [{ label: 'Netherlands', value: 'netherlands' }] },
    };
    const described = async () => JSON.stringify(await made.call('describe_metadata', { field: 'Territory' }));
    expect(await described()).toContain('Portugal');
    const shown = await change(args);
    expect(writes()).toEqual([]);
    await change({ ...args, confirm: tokenIn(shown) });
    expect(await described()).not.toContain('Portugal');
  });
});
