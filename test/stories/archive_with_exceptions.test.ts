import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, type Story, story, within } from './story.ts';

useJumpingClock(Date.parse('2026-11-26T10:00:00Z'));

const WORDS =
  'Archive everything in "2023 Season" that is older than two years (created ..2024-11-26), except what is shared now and what is approved.';
const old = { collection: '2023 Season', where: { created: '..2024-11-26' }, limit: 1 };
const except = ['shared now', 'approved'];

/** Assets of the season whose originals are online. */
const online = ({ store }: Sandbox): Answer[] => {
  const [matches] = store.collections.list(({ title }) => title === 'Matches 2023');
  return store.contents
    .where('collection_id', String(matches?.id))
    .flatMap(({ object_id }): Answer[] => [store.assets.get(String(object_id)) ?? []].flat())
    .filter(
      ({ type, status, archive_status }) =>
        type === 'ASSET' && status === 'ACTIVE' && archive_status === 'NOT_ARCHIVED',
    );
};

/** Shares one of them, and has another approved. */
function inUse(sandbox: Sandbox): void {
  const { store } = sandbox;
  const [shared, approved] = online(sandbox);
  const [known] = store.shares.list();
  const [request] = store.approvals.list(({ status }) => status === 'APPROVED');
  store.shares.insert({
    ...known,
    id: '5a5e9001-5b1c-11ef-9c3a-0a580a3db916',
    object_type: 'assets',
    object_id: shared.id,
    expires: null,
  });
  store.approvals.insert({ ...request, id: `assets/${approved.id}`, object_type: 'assets', object_id: approved.id });
}

const stateOf = ({ sandbox }: Story, id: string) => sandbox.store.assets.get(id)?.archive_status;

async function planned(made: Story): Promise<{ plan: Answer; selection: string }> {
  const { selection } = await made.ask('find_assets', old);
  return { plan: await made.ask('archive_assets', { selection, except }), selection };
}

test('what is shared and what is approved stays online, the rest is archived', async () => {
  const made = await story(WORDS, { fill: inUse });
  const [shared, approved, other] = online(made.sandbox);
  const { plan } = await planned(made);
  expect(plan.text).toContain('"shared now" → shared right now, or in a collection that is');
  expect(plan.text).toMatch(/except: \d+ left out: /);
  expect(plan.text).toContain('Shared right now: none.');
  expect(made.changed()).toEqual({});
  await made.ask('archive_assets', { confirm: plan.confirm });
  made.sandbox.settle();
  expect([shared, approved, other].map(({ id }) => stateOf(made, id))).toEqual([
    'NOT_ARCHIVED',
    'NOT_ARCHIVED',
    'ARCHIVED',
  ]);
  within(made.spent());
});

test('what is shared between plan and confirmation is not archived: the plan is shown again without it', async () => {
  const made = await story(WORDS, { fill: inUse });
  const { plan } = await planned(made);
  const [shared, , other] = online(made.sandbox);
  const own = made.sandbox.store.shares.list(({ object_id }) => object_id === shared.id);
  made.sandbox.store.shares.insert({ ...own[0], id: '5a5e9002-5b1c-11ef-9c3a-0a580a3db916', object_id: other.id });
  made.sandbox.reindex();
  expect(await made.fail('archive_assets', { confirm: plan.confirm })).toMatch(/changed since/);
  made.sandbox.settle();
  expect(stateOf(made, other.id)).toBe('NOT_ARCHIVED');
});

test('an exception that means nothing is refused with those that there are, and nothing is planned', async () => {
  const made = await story(`${WORDS} Except also the sensitive ones.`);
  const { selection } = await made.ask('find_assets', old);
  expect(await made.fail('archive_assets', { selection, except: [...except, 'sensitive'] })).toMatch(
    /"sensitive".*except also takes a collection, or "shared", "approved"/s,
  );
  expect(made.changed()).toEqual({});
});
