import { describe, expect, test } from 'vitest';
import { type Answer, ids, UNKNOWN, watched } from '../support/traffic.ts';

const READING = /^GET |^POST \/API\/search\//;

describe('create_export', () => {
  const made = () => watched({ toolsets: ['files'] });
  const given = { export_location_id: ids.playout, object_type: 'assets', object_ids: [ids.master] };

  test('shows what goes where, and delivers it when that is confirmed', async () => {
    const { call, sandbox, requests, last } = await made();
    const shown = await call('create_export', given);
    expect(shown.summary).toMatch(/^Delivers 1 asset to "Broadcast playout" \(folder playout\/in\)/);
    expect(shown.affected).toMatchObject([{ id: ids.master, title: 'The Breakwater, episode 1, master' }]);
    expect(requests.filter((one) => !READING.test(one))).toEqual([]);
    const { job_id } = await call('create_export', { ...given, confirm: shown.confirm });
    const { export_location_id: _, ...body } = given;
    expect(last().body).toEqual(body);
    sandbox.settle();
    expect(sandbox.store.jobs.get(job_id)).toMatchObject({ type: 'EXPORT', status: 'FINISHED' });
    expect(sandbox.store.history.where('asset_id', ids.master).at(-1)).toMatchObject({
      operation_type: 'EXPORT',
      operation_description: 'Exported to Broadcast playout',
    });
  });

  test('takes no argument that deletes the original', async () => {
    const { refused, requests } = await made();
    expect(await refused('create_export', { ...given, delete_original: true })).toContain('delete_original');
    expect(requests).toEqual([]);
  });

  test('says that there is no such location, and passes on what Iconik refuses', async () => {
    const { call, refused } = await made();
    expect(await refused('create_export', { ...given, export_location_id: UNKNOWN })).toContain(
      'list_export_locations',
    );
    const empty = { ...given, object_ids: [ids.placeholder] };
    const { confirm } = await call('create_export', empty);
    expect(await refused('create_export', { ...empty, confirm })).toMatch(/400.*No files to export/);
  });
});

describe('recognition', () => {
  const made = () => watched({ toolsets: ['recognition', 'segments', 'assets'] });

  test('of speech shows what goes out, then a transcript appears', async () => {
    const { call, sandbox, requests } = await made();
    const given = { asset_id: ids.match, language: 'en' };
    const shown = await call('create_transcription', given);
    expect(shown.summary).toMatch(
      /^Sends the sound of "Matchday 12, .*" to a recognition service outside.*costs money/,
    );
    expect(requests.filter((one) => !READING.test(one))).toEqual([]);
    await call('create_transcription', { ...given, confirm: shown.confirm });
    const state = async () => (await call('get_asset', { asset_id: ids.match })).versions.at(-1);
    expect(await state()).toMatchObject({ transcribe_status: 'REQUESTED' });
    sandbox.settle();
    expect(await state()).toMatchObject({ transcribe_status: 'DONE', transcribed_languages: ['en'] });
    const lines = sandbox.store.segments
      .where('asset_id', ids.match)
      .filter((one) => one.segment_type === 'TRANSCRIPTION');
    expect(lines[0]?.segment_text).toContain('Matchday 12');
  });

  test('is refused where there is a transcript, no sound, or no role', async () => {
    const { call, refused, sandbox } = await made();
    const agreed = async (asset_id: string): Promise<Record<string, unknown>> => {
      const { confirm } = await call('create_transcription', { asset_id });
      return { asset_id, confirm };
    };
    expect(await refused('create_transcription', await agreed(ids.interview))).toMatch(/400.*use force/);
    expect(await refused('create_transcription', await agreed(ids.placeholder))).toMatch(/400.*no sound/);
    const args = await agreed(ids.match);
    sandbox.deny('can_transcribe_content');
    expect(await refused('create_transcription', args)).toMatch(/403.*can_transcribe_content/);
  });

  test.each(['create_transcriptions', 'create_analyses'])(
    '%s names the collection and works on what is in it',
    async (tool) => {
      const { call, sandbox } = await made();
      const given = { object_type: 'collections', object_ids: [ids.deliverables] };
      const shown = await call(tool, given);
      expect(shown.summary).toMatch(/ of everything in 1 collection to a recognition service/);
      expect(shown.affected).toMatchObject([{ title: 'Deliverables Q4' }]);
      await call(tool, { ...given, confirm: shown.confirm });
      sandbox.settle();
      const made_of = tool === 'create_analyses' ? 'TAG' : 'TRANSCRIPTION';
      const added = sandbox.store.segments.where('asset_id', ids.master).filter((one) => one.segment_type === made_of);
      expect(added).toHaveLength(3);
    },
  );
});

describe('access', () => {
  const made = () => watched({ toolsets: ['acls', 'users'] });
  const editors = '96009002-5b1c-11ef-9c3a-0a580a3db916';
  const given = { group_id: editors, object_type: 'assets', object_key: ids.match, permissions: ['read', 'write'] };

  test('is read with what comes from above', async () => {
    const { call } = await made();
    const access = await call('get_object_access', { object_type: 'assets', object_key: ids.match });
    expect(access.groups_acl).toEqual([]);
    expect(access.inherited_groups_acl.map((one: Answer) => one.object_key)).toContain(ids.football);
  });

  test('is shown before a group gets it, by name', async () => {
    const { call, last, requests } = await made();
    const shown = await call('set_group_access', given);
    expect(shown.summary).toBe(
      'Lets group "Editors" do with one asset: read, write. Of its own it may do now: nothing.',
    );
    expect(requests.filter((one) => !READING.test(one))).toEqual([]);
    const answer = await call('set_group_access', { ...given, confirm: shown.confirm });
    expect(last().body).toEqual({ permissions: ['read', 'write'] });
    expect(answer).toMatchObject({ group_id: editors, permissions: ['read', 'write'] });
    const { groups_acl } = await call('get_object_access', { object_type: 'assets', object_key: ids.match });
    expect(groups_acl).toEqual([{ group_id: editors, permissions: ['read', 'write'] }]);
  });

  test('is refused where the caller may not give it', async () => {
    const { call, refused } = await made();
    const locked = { ...given, object_key: ids.locked };
    const { confirm } = await call('set_group_access', locked);
    expect(await refused('set_group_access', { ...locked, confirm })).toMatch(/403.*change-acl/);
    const nobody = { ...given, group_id: UNKNOWN };
    const token = await call('set_group_access', nobody);
    expect(await refused('set_group_access', { ...nobody, confirm: token.confirm })).toMatch(/404.*Group/);
  });

  test('comes with a group, which is shown as well', async () => {
    const { call, sandbox } = await made();
    const member = { group_id: editors, user_id: ids.me };
    const shown = await call('add_user_to_group', member);
    expect(shown.summary).toBe('Puts "Ines Carvalho" into group "Editors", with all that this group may do and see.');
    expect(sandbox.store.users.get(ids.me)?.groups).not.toContain(editors);
    const user = await call('add_user_to_group', { ...member, confirm: shown.confirm });
    expect(user.groups).toContain(editors);
    expect(sandbox.store.users.get(ids.me)?.groups).toContain(editors);
  });
});
