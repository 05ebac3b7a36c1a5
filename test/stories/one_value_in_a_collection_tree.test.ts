import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock();

/** "Spring sound 605", which the user may read and not write. */
const PROTECTED = 'a55e7103-5b1c-11ef-9c3a-0a580a3db916';

const WORDS = "In 'Spring Campaign' and everything under it, change Clearance from Pending to Cleared.";
const change = { collection: 'Spring Campaign', values: { Clearance: 'Cleared' }, where: { Clearance: 'Pending' } };

type World = Awaited<ReturnType<typeof story>>;

const clearance = ({ sandbox }: World, id: string): unknown =>
  (sandbox.store.values.get(`assets/${id}`)?.metadata_values as Record<string, Field> | undefined)?.rights_clearance
    ?.field_values[0]?.value;
interface Field {
  readonly field_values: readonly { readonly value: unknown }[];
}

/** Assets in a collection and in those below it, as the library's own tables say. */
function under({ sandbox }: World, collection: string): string[] {
  const contents = sandbox.store.contents.list();
  const inside = (id: unknown): string[] =>
    contents
      .filter((row) => row.collection_id === id)
      .flatMap((row) => (row.object_type === 'assets' ? [String(row.object_id)] : inside(row.object_id)));
  return [...new Set(inside(collection))];
}

test('one value of a drop-down becomes another, in a collection and all below it', async () => {
  const made = await story(WORDS);
  const all = under(made, ids.springCampaign);
  const pending = all.filter((id) => clearance(made, id) === 'pending');
  const others = all.filter((id) => !pending.includes(id)).map((id) => [id, clearance(made, id)]);
  expect(pending.length).toBeGreaterThan(0);

  const plan = await made.ask('set_metadata', change);
  expect(plan.summary).toContain(`${pending.length} of ${all.length}`);
  expect(plan.text).toContain('Pending → Cleared');
  expect(made.changed()).toEqual({});
  const done = await made.ask('set_metadata', { ...change, confirm: plan.confirm });
  // One of them this user may not write: it is named, with the reason.
  expect(done.failed).toEqual([expect.stringMatching(new RegExp(`${PROTECTED}.*403.*write`))]);
  const writable = pending.filter((id) => id !== PROTECTED);
  expect(done.changed).toBe(writable.length);

  const { values = [], ...rest } = made.changed();
  expect(rest).toEqual({});
  expect(values.sort()).toEqual(writable.map((id) => `assets/${id}`).sort());
  for (const id of writable) expect(clearance(made, id)).toBe('cleared');
  expect(others.map(([id]) => [id, clearance(made, String(id))])).toEqual(others);
  within(made.spent());
});

test('a value that is not allowed is answered with the nearest; nothing changes', async () => {
  const made = await story(`${WORDS} To "Clered".`);
  const text = await made.fail('set_metadata', { ...change, values: { Clearance: 'Clered' } });
  expect(text).toMatch(/Clearance.*"Clered".*Nearest: Cleared.*Pending, Cleared, Restricted, Refused/);
  expect(made.changed()).toEqual({});
});

test('the host cancels in the middle; the next call does the rest and nothing twice', async () => {
  const made = await story(WORDS);
  const pending = under(made, ids.springCampaign).filter((id) => clearance(made, id) === 'pending');
  const { confirm } = await made.ask('set_metadata', change);
  const control = new AbortController();
  const cut = made.host.callTool({ name: 'set_metadata', arguments: { ...change, confirm } }, undefined, {
    signal: control.signal,
  });
  setTimeout(() => control.abort('the person pressed Escape'), 30);
  await cut.catch(() => undefined);
  made.sandbox.settle();
  const again = await made.ask('set_metadata', change);
  const done = again.confirm ? await made.ask('set_metadata', { ...change, confirm: again.confirm }) : again;
  expect(done.failed).toHaveLength(1);
  for (const id of pending) expect(clearance(made, id)).toBe(id === PROTECTED ? 'pending' : 'cleared');
  expect(made.changed().values?.length).toBe(pending.length - 1);
});

test('a token does not carry over to another change', async () => {
  const made = await story(`${WORDS} Refused`);
  const { confirm } = await made.ask('set_metadata', change);
  const text = await made.fail('set_metadata', { ...change, values: { Clearance: 'Refused' }, confirm });
  expect(text).toMatch(/belongs to another change/);
  expect(made.changed()).toEqual({});
});
