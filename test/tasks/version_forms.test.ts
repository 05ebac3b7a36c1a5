import { describe, expect, test } from 'vitest';
import { oddIds } from '../../src/sandbox/world/build/ids.ts';
import { type Answer, ids, spoiled, world } from '../support/traffic.ts';

const [first, second, third] = oddIds.unnumberedVersions;
const odd = { sandbox: { hard: { oddAssets: true } } };
const asset = oddIds.unnumbered;
const GET_ASSET = /^GET .*\/assets\/[^/]+\/$/;

describe('versions without numbers, the newest listed first', () => {
  test('are named by their dates, and the newest is the current one', async () => {
    const { call } = await world(odd);
    const { versions } = await call('show_asset', { asset });
    expect(versions.map((line: string) => line.split(' · ').slice(0, 2))).toEqual([
      ['v3', 'current'],
      ['v2', expect.any(String)],
      ['v1', expect.any(String)],
    ]);
    const { versions: pair } = await call('compare_versions', { asset, version: 'current', with: 'v1' });
    expect(pair[0]).toContain(first);
    expect(pair[1]).toContain(third);
  });

  test('are promoted by the name that was shown', async () => {
    const { call, sandbox } = await world(odd);
    const plan = await call('set_current_version', { asset, version: 'v1' });
    const done = await call('set_current_version', { asset, version: 'v1', confirm: plan.confirm });
    expect(done.current).toMatch(/^v4 /);
    const versions = sandbox.store.assets.get(asset)?.versions as Answer[];
    expect(done.current).toContain(versions[0].id);
    expect([first, second, third]).not.toContain(versions[0].id);
  });

  test('keep the numbers of those that have one', async () => {
    const fetch = spoiled(GET_ASSET, (body) => ({
      ...body,
      versions: [
        { id: third, date_created: '2026-03-01T00:00:00+00:00', status: 'ACTIVE' },
        { id: second, date_created: '2026-02-01T00:00:00+00:00', status: 'ACTIVE', version_number: 2 },
        { id: first, date_created: '2026-01-01T00:00:00+00:00', status: 'ACTIVE', version_number: null },
      ],
    }));
    const { call } = await world({ ...odd, fetch });
    const { versions } = await call('compare_versions', { asset, version: 'v1', with: 'v3' });
    expect(versions[0]).toContain(first);
    expect(versions[1]).toContain(third);
  });
});

describe('the default version of an asset', () => {
  const [oldest, middle, newest] = ids.interviewVersions;
  const fetch = spoiled(GET_ASSET, (body) =>
    body.id === ids.interview ? { ...body, default_version_id: middle } : body,
  );

  test('is the current one, whatever is newer', async () => {
    const { call } = await world({ fetch });
    const { versions } = await call('show_asset', { asset: ids.interview });
    expect(versions.find((line: string) => line.includes('current'))).toMatch(/^v2 · current/);
    const { versions: pair } = await call('compare_versions', {
      asset: ids.interview,
      version: 'newest',
      with: 'previous',
    });
    expect(pair[0]).toContain(oldest);
    expect(pair[1]).toContain(newest);
  });

  test('stays when the others are deleted', async () => {
    const { call } = await world({ fetch });
    const plan = await call('set_current_version', { asset: ids.interview, version: 'v2', delete_old: true });
    expect(plan.summary).toContain('v2 of');
    expect(plan.affected.filter((line: string) => line.endsWith('to be deleted'))).toHaveLength(2);
    expect(plan.affected.find((line: string) => line.startsWith('v2'))).toMatch(/stays$/);
  });

  test('counts for nothing where it was deleted', async () => {
    const gone = spoiled(GET_ASSET, (body) => ({
      ...body,
      default_version_id: '00000000-5b1c-11ef-9c3a-0a580a3db916',
    }));
    const { call } = await world({ fetch: gone });
    const { versions } = await call('show_asset', { asset: ids.interview });
    expect(versions.find((line: string) => line.includes('current'))).toMatch(/^v3 · current/);
  });
});

describe('an edit of a version', () => {
  test.each([true, false])(
    'answers the version, whether Iconik lists all of them or not: %s',
    async (answersAllVersions) => {
      const { call } = await world({ sandbox: { hard: { answersAllVersions } } });
      const [version_id] = ids.interviewVersions;
      const path = { asset_id: ids.interview, version_id };
      const change = { transcribe_status: 'REQUESTED' };
      expect(await call('partial_update_version', { ...path, ...change })).toMatchObject({ id: version_id, ...change });
      expect(await call('update_version', { ...path, ...change })).toMatchObject({ id: version_id, ...change });
    },
  );
});
