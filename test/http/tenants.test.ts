import { describe, expect, test } from 'vitest';
import { issuer } from '../support/issuer.ts';
import { type Team, team } from '../support/team.ts';
import { json, upstream } from '../support/upstream.ts';
import { ids } from '../support/world.ts';

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const iconik = (name: string) => ({ 'x-iconik-app-id': `app-of-${name}`, 'x-iconik-auth-token': `token-of-${name}` });

/** Two people of a team before the sandbox. */
async function two() {
  const provider = await issuer();
  const served = await team({ argv: provider.argv });
  const as = async (sub: string, scope = 'iconik:read iconik:write iconik:delete') =>
    bearer(await provider.token({ sub, scope }));
  return {
    served,
    as,
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
    },
  };
}

const find = (served: Team, who: Record<string, string>) =>
  served.call('find_assets', { words: 'drone', limit: 2 }, who);

describe('what one caller was shown', () => {
  test('is there for the next request of the same caller: selections, cursors and plans', async () => {
    await using both = await two();
    const ann = await both.as('ann');
    const { data } = await find(both.served, ann);
    expect((await both.served.call('find_assets', { cursor: data.next }, ann)).data.shown).toBeGreaterThan(0);
    const args = { selection: data.selection, into: 'Spring Campaign' };
    const plan = await both.served.call('collect_assets', args, ann);
    expect(plan.data.status).toBe('preview');
    const done = await both.served.call('collect_assets', { confirm: plan.data.confirm }, await both.as('ann'));
    expect(done.data).toMatchObject({ status: 'done' });
    expect(done.isError).toBe(false);
  });

  test('is out of reach of another, and of the same person with other rights', async () => {
    await using both = await two();
    const { data } = await find(both.served, await both.as('ann'));
    const plan = await both.served.call(
      'collect_assets',
      { selection: data.selection, into: 'Spring Campaign' },
      await both.as('ann'),
    );
    for (const other of [await both.as('bob'), await both.as('ann', 'iconik:read iconik:write')]) {
      const next = await both.served.call('find_assets', { cursor: data.next }, other);
      expect(next).toMatchObject({ isError: true, text: expect.stringContaining('unknown or expired') });
      const selected = await both.served.call('read_metadata', { selection: data.selection }, other);
      expect(selected).toMatchObject({ isError: true });
      const confirmed = await both.served.call('collect_assets', { confirm: plan.data.confirm }, other);
      expect(confirmed).toMatchObject({ isError: true });
    }
  });
});

describe('the tools of a caller', () => {
  const names = async (served: Team, who: Record<string, string>) => {
    const { result } = (await (await served.post({ method: 'tools/list' }, who)).json()) as {
      readonly result: { readonly tools: readonly { readonly name: string }[] };
    };
    return result.tools.map(({ name }) => name);
  };

  test('are those that the scopes allow', async () => {
    await using both = await two();
    const read = await names(both.served, await both.as('ann', 'iconik:read'));
    expect(read).toContain('find_assets');
    expect(read).not.toContain('set_metadata');
    const write = await names(both.served, await both.as('ann', 'iconik:write'));
    expect(write).toEqual(expect.arrayContaining(['find_assets', 'set_metadata']));
    expect(write).not.toContain('delete_assets');
    expect(await names(both.served, await both.as('ann', 'iconik:delete'))).toContain('delete_assets');
  });

  test('that the scopes leave out say which scope is missing', async () => {
    await using both = await two();
    const change = await both.served.call('set_metadata', {}, await both.as('ann', 'iconik:read'));
    expect(change).toMatchObject({ isError: true, text: expect.stringContaining('lacks the scope iconik:write') });
    const deleting = await both.served.call('delete_assets', {}, await both.as('ann', 'iconik:write'));
    expect(deleting).toMatchObject({ isError: true, text: expect.stringContaining('lacks the scope iconik:delete') });
  });

  test.each([
    ['change_operation', { operation: 'DELETE /assets/v1/assets/{asset_id}/', path: { asset_id: ids.match } }],
    [
      'change_operation',
      {
        operation: 'PATCH /assets/v1/assets/{asset_id}/',
        path: { asset_id: ids.match },
        body: { status: 'DELETED' },
      },
    ],
    ['update_asset', { asset_id: ids.match, status: 'DELETED' }],
  ])('delete nothing through %s without the scope for it, even with a token of the plan', async (name, args) => {
    await using up = await upstream(({ path }, response) =>
      json(response, 200, { id: path.split('/')[5], title: 'A match', status: 'ACTIVE' }),
    );
    await using provider = await issuer();
    await using served = await team({ baseUrl: up.url, argv: provider.argv });
    const who = { ...bearer(await provider.token({ scope: 'iconik:write' })), ...iconik('ann') };
    const plan = await served.call(name, args, who);
    const token = plan.data?.confirm;
    const answer = token ? await served.call(name, { confirm: token }, who) : plan;
    expect(answer.isError).toBe(true);
    expect(up.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
