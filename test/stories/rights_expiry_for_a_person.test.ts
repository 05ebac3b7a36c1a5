import { expect, test } from 'vitest';
import { REYES_2025 } from '../../src/sandbox/world/large/reyes.ts';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, largeIds, type Story, story, within } from './story.ts';

useJumpingClock();

const DAY = '2027-01-01';
const WORDS =
  'Find all interview clips of Jordan Reyes shot in 2025 that are not archived, and set rights expiry 2027-01-01 in their Rights view.';

const asked = {
  people: ['Jordan Reyes'],
  where: { 'Content type': 'interview', 'Shoot date': '2025' },
  archived: false,
};
const values = { 'Rights expiry': DAY };

const held = ({ sandbox }: Story, id: string): Record<string, readonly unknown[]> => {
  const stored = (sandbox.store.values.get(`assets/${id}`)?.metadata_values ?? {}) as Answer;
  return Object.fromEntries(
    Object.entries(stored).map(([name, entry]: [string, Answer]) => [
      name,
      (entry?.field_values ?? []).map((one: Answer) => one.value),
    ]),
  );
};

/** Those that are meant, as the sandbox's own tables say, with the day on which their rights end. */
const wanted = (made: Story): Map<string, unknown> =>
  new Map(
    made.sandbox.store.assets
      .list(({ archive_status, status }) => archive_status === 'NOT_ARCHIVED' && status === 'ACTIVE')
      .map(({ id }) => [String(id), held(made, String(id))] as const)
      .filter(
        ([, { content_kind, people_on_camera, shoot_date }]) =>
          content_kind?.[0] === 'interview' &&
          people_on_camera?.includes('Jordan Reyes') &&
          String(shoot_date?.[0]).startsWith('2025'),
      )
      .map(([id, { rights_expiry_date }]) => [id, rights_expiry_date?.[0]]),
  );

test('rights expiry of all interviews with one person, of one year, not archived', async () => {
  const made = await story(WORDS);
  const before = wanted(made);
  expect(before.size).toBe(REYES_2025);
  const already_there = [...before].filter(([, day]) => day === DAY).map(([id]) => id);
  expect(already_there).toHaveLength(2);

  // The word is the person's, its label the library's.
  const { fields } = await made.ask('describe_metadata', { find: 'interview' });
  expect(fields).toEqual([expect.stringContaining('"Content type" (content_kind)')]);
  const found = await made.ask('find_assets', asked);
  expect(found.total).toBe(REYES_2025);
  const plan = await made.ask('set_metadata', { selection: found.selection, values, view: 'Rights' });
  expect(plan.status).toBe('preview');
  expect(plan.summary).toContain('Sets Rights expiry on 36 of 38 assets');
  expect(plan.notes).toContain('2 already have the values and are skipped.');
  expect(made.changed()).toEqual({});
  const done = await made.ask('set_metadata', {
    selection: found.selection,
    values,
    view: 'Rights',
    confirm: plan.confirm,
  });

  // One of them this user may not write: it is named, with the reason.
  expect(done.failed).toEqual([expect.stringMatching(new RegExp(`${largeIds.lockedReyes}.*403`))]);
  const written = [...before.keys()].filter((id) => id !== largeIds.lockedReyes && !already_there.includes(id));
  expect(written).toHaveLength(35);
  expect(done.changed).toBe(35);
  const { values: touched = [], ...rest } = made.changed();
  expect(rest).toEqual({});
  expect(touched.sort()).toEqual(written.map((id) => `assets/${id}`).sort());
  for (const [id, day] of wanted(made)) expect(day).toBe(id === largeIds.lockedReyes ? before.get(id) : DAY);
  within(made.spent());
});

test.each([
  ['2027-13-01', /Rights expiry: "2027-13-01" does not fit.*YYYY-MM-DD/],
  ['01/02/2027', /Rights expiry: "01\/02\/2027" does not fit.*YYYY-MM-DD/],
  ['next summer', /Rights expiry: "next summer" does not fit.*YYYY-MM-DD/],
])('a day that is none (%s) is refused by name, and nothing changes', async (day, text) => {
  const made = await story(`${WORDS} ${day}`);
  const { selection } = await made.ask('find_assets', asked);
  expect(await made.fail('set_metadata', { selection, values: { 'Rights expiry': day } })).toMatch(text);
  expect(made.changed()).toEqual({});
});

test('half of them may not be written: each is named with the reason, the others are written', async () => {
  const made = await story(WORDS);
  const before = wanted(made);
  const open = [...before].filter(([, day]) => day !== DAY).map(([id]) => id);
  const closed = open.filter((id, index) => index % 2 === 0 || id === largeIds.lockedReyes);
  const denied = closed.filter((id) => id !== largeIds.lockedReyes).map((id) => `assets/${id}`);
  for (const id of denied)
    made.sandbox.store.acls.insert({ id, object_type: 'assets', object_id: id.slice(7), permissions: ['read'] });
  const { selection } = await made.ask('find_assets', asked);
  const { confirm } = await made.ask('set_metadata', { selection, values });
  const done = await made.ask('set_metadata', { selection, values, confirm });

  const written = open.filter((id) => !closed.includes(id));
  expect(done.changed).toBe(written.length);
  expect(done.failed).toHaveLength(closed.length);
  for (const id of closed) expect(done.failed).toContainEqual(expect.stringMatching(new RegExp(`${id}.*403.*write`)));
  const { values: touched = [], ...rest } = made.changed();
  expect(touched.sort()).toEqual(written.map((id) => `assets/${id}`).sort());
  // What the test itself has closed.
  expect(rest).toEqual({ acls: denied });
  for (const [id, day] of wanted(made)) expect(day).toBe(closed.includes(id) ? before.get(id) : DAY);
});

test('the host cancels in the middle; asked again, the rest is written and nothing twice', async () => {
  const cancel = new AbortController();
  let batches = 0;
  const made = await story(WORDS, {
    fetch: (sandbox) => async (input, init) => {
      const request = new Request(input, init);
      const answer = await sandbox.fetch(request);
      if (request.method === 'PUT' && answer.ok) batches += 1;
      if (batches === 1 && !cancel.signal.aborted) cancel.abort();
      return answer;
    },
  });
  const before = wanted(made);
  const { selection } = await made.ask('find_assets', asked);
  const { confirm } = await made.ask('set_metadata', { selection, values });
  const call = { name: 'set_metadata', arguments: { selection, values, confirm } };
  await expect(made.host.callTool(call, undefined, { signal: cancel.signal })).rejects.toThrow();
  expect(batches).toBe(1);
  made.sandbox.settle();

  // The batch was taken: what it wrote is not written again, what it could not write is named.
  const again = await made.ask('set_metadata', { selection, values });
  const { confirm: anew } = again;
  const done = anew ? await made.ask('set_metadata', { selection, values, confirm: anew }) : again;
  expect(done.status).toBe('nothing_written');
  expect(batches).toBe(1);
  expect(JSON.stringify(done)).toMatch(new RegExp(`${largeIds.lockedReyes}.*403`));
  const written = [...before].filter(([id, day]) => day !== DAY && id !== largeIds.lockedReyes).map(([id]) => id);
  for (const [id, day] of wanted(made)) expect(day).toBe(id === largeIds.lockedReyes ? before.get(id) : DAY);
  const { values: touched = [], ...rest } = made.changed();
  expect(rest).toEqual({});
  expect(touched.sort()).toEqual(written.map((id) => `assets/${id}`).sort());
});

test('where nearly all may not be written, each is named with the reason', async () => {
  const made = await story(WORDS);
  const open = [...wanted(made)].filter(([, day]) => day !== DAY).map(([id]) => id);
  const denied = open.filter((one) => one !== largeIds.lockedReyes).slice(4);
  expect(denied.length).toBeGreaterThan(25);
  for (const id of denied)
    made.sandbox.store.acls.insert({ id: `assets/${id}`, object_type: 'assets', object_id: id, permissions: ['read'] });
  const { selection } = await made.ask('find_assets', asked);
  const { confirm } = await made.ask('set_metadata', { selection, values });
  const done = await made.ask('set_metadata', { selection, values, confirm });
  expect(done.changed).toBe(4);
  expect(done).not.toHaveProperty('unconfirmed');
  expect(done.failed).toHaveLength(denied.length + 1);
  for (const id of denied) expect(done.failed).toContainEqual(expect.stringMatching(new RegExp(`${id}.*403`)));
});
