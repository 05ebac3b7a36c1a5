import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

// A Thursday.
useJumpingClock(Date.parse('2026-11-26T10:00:00Z'));

const WORDS =
  "Share 'Football / Season 2025' with anna@client.example until Friday, Europe/Lisbon, view and comment only. true";
const args = {
  collection: 'Football / Season 2025',
  emails: ['anna@client.example'],
  until: 'Friday',
  time_zone: 'Europe/Lisbon',
  may: ['comment'],
};

type Made = Awaited<ReturnType<typeof story>>;
const sharesIn = ({ sandbox }: Made) => sandbox.store.shares.list();

test('a collection is shared with one person until Friday, to view and comment', async () => {
  const made = await story(WORDS);
  const before = sharesIn(made).map(({ id }) => id);
  const plan = await made.ask('share', args);
  expect(plan.text).toMatch(/with \d+ assets/);
  expect(plan.text).toContain('Fri 2026-11-27 23:59 Europe/Lisbon');
  expect(plan.text).toContain('anna@client.example: external');
  expect(made.changed()).toEqual({});
  const answer = await made.ask('share', { confirm: plan.confirm });
  expect(answer.revoke).toContain('revoke_shares');
  const [made_, ...more] = sharesIn(made).filter(({ id }) => !before.includes(id));
  expect(more).toEqual([]);
  expect(made_).toMatchObject({
    object_type: 'collections',
    allow_comments: true,
    allow_download: false,
    allow_download_proxy: false,
    expires: '2026-11-27T23:59:59.000Z',
    users: [{ email: 'anna@client.example' }],
  });
  within(made.spent());
});

test('where only the own company may be let in, nobody is mailed and the address is named', async () => {
  const made = await story(WORDS, { shareDomains: ['iconik-mcp.example'] });
  const text = await made.fail('share', args);
  expect(text).toContain('anna@client.example: not allowed');
  expect(made.changed()).toEqual({});
});

test('something is shared between plan and confirmation: nothing is sent on the old plan', async () => {
  const made = await story(WORDS);
  const plan = await made.ask('share', args);
  const [other] = made.sandbox.store.shares.list(({ id }) => id === ids.collectionShare);
  const of = /\(([0-9a-f-]{36})\)/.exec(plan.summary)?.[1];
  made.sandbox.store.shares.insert({ ...other, id: '54a9ffff-5b1c-11ef-9c3a-0a580a3db916', object_id: of });
  const before = sharesIn(made).length;
  expect(await made.fail('share', { confirm: plan.confirm })).toMatch(/changed since/);
  expect(sharesIn(made)).toHaveLength(before);
});
