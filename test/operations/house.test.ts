import { describe, expect, test } from 'vitest';
import { type Answer, ids, UNKNOWN, watched } from '../support/traffic.ts';

describe('get_storage_usage', () => {
  const made = () => watched({ toolsets: ['stats'] });

  test('shows how a storage grew', async () => {
    const { call, last } = await made();
    const given = { period: 'month', from_date: '2025-05-01', to_date: '2025-07-31' };
    const { objects } = await call('get_storage_usage', given);
    expect(last()).toMatchObject({ route: 'GET /API/stats/v1/storage/usage/by/month/' });
    const grown = objects.filter((one: Answer) => one.bucket_name === 'harbour-originals');
    expect(grown.map(({ date }: Answer) => date)).toEqual(['2025-05-01', '2025-06-01', '2025-07-01']);
    const bytes = grown.map((one: Answer) => one.bytes_stored);
    expect(bytes).toEqual(bytes.toSorted((a: number, b: number) => a - b));
    expect(bytes[0]).toBeGreaterThan(0);
  });

  test('is refused without the role, for other periods, and where days are no dates', async () => {
    const { refused, sandbox } = await made();
    expect(await refused('get_storage_usage', { period: 'week' })).toContain('period');
    expect(await refused('get_storage_usage', { period: 'day', from_date: 'spring' })).toMatch(/400.*from_date/);
    sandbox.deny('can_read_stats');
    expect(await refused('get_storage_usage', { period: 'day' })).toMatch(/403.*can_read_stats/);
  });
});

describe('persons', () => {
  const made = () => watched({ toolsets: ['persons'] });

  test('are found by name, and in assets', async () => {
    const { call } = await made();
    const { objects } = await call('list_persons', { name: 'reyes' });
    expect(objects).toMatchObject([{ id: ids.reyes, name: 'Jordan Reyes', status: 'USER_CONFIRMED' }]);
    expect(await call('get_person', { person_id: ids.reyes })).toMatchObject({ has_unconfirmed_instances: true });
    const assets = await call('list_assets_of_person', { person_id: ids.reyes });
    expect(assets.objects.map(({ id }: Answer) => id)).toContain(ids.interview);
    const versions = await call('list_person_versions', { person_id: ids.reyes });
    expect(versions.objects.map((one: Answer) => one.asset_title)).toContain('Interview Jordan Reyes, Lisbon');
    const inVersion = { asset_id: ids.interview, version_id: ids.interviewVersions[2] };
    const seen = await call('list_version_persons', inVersion);
    expect(seen.objects.map(({ name }: Answer) => name)).toEqual(['Jordan Reyes', 'Lena Vogt']);
  });

  test('that wait for a name are listed alone', async () => {
    const { call, refused } = await made();
    expect(await call('list_persons', { has_name: false })).toMatchObject({ total: 2 });
    expect(await call('list_persons', { status: 'NEW' })).toMatchObject({ total: 1 });
    expect(await refused('get_person', { person_id: UNKNOWN })).toMatch(/404.*Person .* does not exist/);
  });
});

test('list_webhooks names addresses and failures, and no keys', async () => {
  const { call, raw } = await watched({ toolsets: ['webhooks'] });
  const { objects } = await call('list_webhooks');
  expect(objects).toMatchObject([{ status: 'ENABLED' }, { status: 'FAILING', last_error: 'HTTP 502 Bad Gateway' }]);
  expect(JSON.stringify(await raw('list_webhooks'))).not.toMatch(/Bearer|sandbox-secret/);
});
