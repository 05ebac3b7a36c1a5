import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock();

/** Each tool that plans for many assets, with those of a selection. */
const WAYS: readonly (readonly [tool: string, args: (selection: string) => Record<string, unknown>])[] = [
  ['set_metadata', (selection) => ({ selection, values: { Rating: 1 } })],
  ['edit_assets', (selection) => ({ selection, category: 'Reviewed' })],
  ['collect_assets', (selection) => ({ selection, into: 'All of it', create_collection: true })],
  ['delete_assets', (selection) => ({ selection })],
  ['archive_assets', (selection) => ({ selection })],
  ['deliver_assets', (selection) => ({ selection, to: 'Broadcast playout', unapproved: true })],
  ['request_approval', (selection) => ({ selection, people: ['Maria Almeida'] })],
  ['name_people', (selection) => ({ selection, analyse: true })],
  ['review_proposals', (selection) => ({ selection, fill: ['Keywords'] })],
];

const noteOf = ({ notes }: Answer): string | undefined =>
  notes.find((note: string) => note.startsWith('In collections: '));
const videos = async ({ call }: World): Promise<string> =>
  (await call('find_assets', { media_type: ['video'] })).selection;

test.each(WAYS)('%s says how many of the assets are in which collections', async (tool, args) => {
  const made = await world();
  const note = noteOf(await made.call(tool, args(await videos(made)))) ?? '';
  expect(note).toMatch(/^In collections: ("[^"]+" \d+(, )?){5} and \d+ more(; in none \d+)?\.$/);
});

test('so does a sheet with many', async () => {
  const { call, sandbox } = await world();
  const some = sandbox.store.assets.list(({ status, type }) => status === 'ACTIVE' && type === 'ASSET').slice(0, 12);
  const log = ['Clip,Rating', ...some.map(({ id }) => `${id},1`)].join('\n');
  expect(noteOf(await call('import_log', { csv: log }))).toBeDefined();
  expect(noteOf(await call('import_metadata', { csv: log.replace('Clip', 'id') }))).toBeDefined();
});

test('the numbers are those of the assets that change, the largest first', async () => {
  const { call, sandbox } = await world();
  const { store } = sandbox;
  const fixed = new Set(store.acls.list().map(({ object_id }) => object_id));
  const some = store.assets.list(({ id, status, type }) => status === 'ACTIVE' && type === 'ASSET' && !fixed.has(id));
  const assets = some.slice(0, 30).map(({ id }) => String(id));
  const plan = await call('edit_assets', { assets, category: 'Reviewed' });
  const counts = new Map<string, number>();
  for (const { object_id, collection_id } of store.contents.list())
    if (assets.includes(String(object_id)))
      counts.set(String(collection_id), (counts.get(String(collection_id)) ?? 0) + 1);
  const expected = [...counts.values()].sort((a, b) => b - a).slice(0, 5);
  const told = [...(noteOf(plan) ?? '').matchAll(/"([^"]+)" (\d+)/g)];
  expect(told.map(([, , count]) => Number(count))).toEqual(expected);
  for (const [, title, count] of told)
    expect(store.collections.list((one) => one.title === title).map(({ id }) => counts.get(String(id)))).toContain(
      Number(count),
    );
});

test('a plan for few says nothing of it', async () => {
  const { call } = await world();
  const plan = await call('set_metadata', { assets: [ids.match, ids.interview], values: { Rating: 1 } });
  expect(noteOf(plan)).toBeUndefined();
});
