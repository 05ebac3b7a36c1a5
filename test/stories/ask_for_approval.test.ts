import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock(Date.parse('2026-11-26T10:00:00Z'));

const WORDS =
  'Ask Maria and Tom Becker to approve the latest cut of "Matchday 12, Harbour City v Northgate, full match", and list everything still waiting for approval.';
const args = { assets: ['Matchday 12, Harbour City v Northgate, full match'], people: ['Maria', 'Tom Becker'] };

test('two people are asked about the current version, and what waits is listed', async () => {
  const made = await story(WORDS);
  const before = await made.ask('list_approvals', {});
  expect(before.text).toMatch(/MIXED · waits on guest anna@client\.example/);
  const plan = await made.ask('request_approval', args);
  expect(made.changed()).toEqual({});
  await made.ask('request_approval', { confirm: plan.confirm });
  expect(made.changed()).toEqual({ approvals: [`assets/${ids.match}`] });
  within(made.spent());
});

test('two people called Tom: nobody is asked until one is meant', async () => {
  const made = await story(`${WORDS} Tom`);
  expect(await made.fail('request_approval', { ...args, people: ['Maria', 'Tom'] })).toMatch(
    /Tom Becker.*Tom Okafor|Tom Okafor.*Tom Becker/,
  );
  expect(made.changed()).toEqual({});
});

test('a new version between plan and confirmation: nobody is asked about a cut that was not planned', async () => {
  const made = await story(WORDS);
  const plan = await made.ask('request_approval', args);
  const { versions } = made.sandbox.store.assets.get(ids.match) as { versions: { id: string }[] };
  const added = { ...versions.at(-1), id: 'ae51ffff-5b1c-11ef-9c3a-0a580a3db916', version_number: versions.length + 1 };
  made.sandbox.store.assets.update(ids.match, { versions: [...versions, added] });
  expect(await made.fail('request_approval', { confirm: plan.confirm })).toMatch(/changed since/);
  expect(made.sandbox.store.approvals.get(`assets/${ids.match}`)).toBeUndefined();
});
