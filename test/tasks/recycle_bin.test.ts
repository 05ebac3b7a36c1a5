import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock(Date.parse('2026-11-26T12:00:00Z'));

const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));
const statusOf = ({ sandbox }: World, id: string): unknown => sandbox.store.assets.get(id)?.status;

async function done(made: World, tool: string, args: Record<string, unknown>): Promise<Answer> {
  const { confirm } = await made.call(tool, args);
  return made.call(tool, { confirm });
}

const spoiling =
  (path: RegExp, status: number) =>
  (sandbox: World['sandbox']) =>
  async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    if (path.test(`${request.method} ${new URL(request.url).pathname}`))
      return Response.json({ errors: ['No'] }, { status });
    return sandbox.fetch(request);
  };

describe('delete_assets', () => {
  test('says first what goes and what breaks, and changes nothing until then', async () => {
    const made = await world();
    const plan = await made.call('delete_assets', { assets: [ids.interview, ids.match, ids.trailer] });
    expect(plan).toMatchObject({ status: 'preview' });
    expect(plan.summary).toMatch(/^Moves 3 assets to the recycle bin.* for 90 days; then Iconik purges/);
    const [interview, match] = plan.affected;
    expect(interview).toMatch(
      /"Interview Jordan Reyes, Lisbon" · 3 versions · comments: 6 open, 3 done, 3 replies · .*2 markers · 1 open share .* in "Jordan Reyes", "Interviews"/,
    );
    expect(match).toContain('1 sub-clip cut from it: "Goal Reyes, 1:0, Matchday 12"');
    expect(plan.notes.join()).toContain('1 sub-clip cut from these stays in the library without its original');
    expect(writes(made)).toEqual([]);
    const answer = await made.call('delete_assets', { confirm: plan.confirm });
    expect(answer).toMatchObject({ status: 'done', deleted: 3 });
    for (const id of [ids.interview, ids.match, ids.trailer]) expect(statusOf(made, id)).toBe('DELETED');
    expect(writes(made)).toHaveLength(3);
    expect(writes(made).join()).not.toContain('purge');
  });

  test('counts no sub-clip as left behind that goes as well', async () => {
    const made = await world();
    const [subclip] = made.sandbox.store.assets.list((row) => row.original_asset_id === ids.match);
    const plan = await made.call('delete_assets', { assets: [ids.match, String(subclip?.id)] });
    expect(JSON.stringify(plan)).not.toContain('without its original');
    expect(plan.affected[1]).toContain('· sub-clip ·');
  });

  test('skips what is in the bin already: a repeat sends nothing', async () => {
    const made = await world();
    await done(made, 'delete_assets', { assets: [ids.drone] });
    const sent = writes(made).length;
    const again = await made.call('delete_assets', { assets: [ids.drone] });
    expect(again).toMatchObject({ status: 'done', deleted: 0 });
    expect(again.notes.join()).toContain('In the bin already, skipped: "Drone');
    const both = await made.call('delete_assets', { assets: [ids.drone, ids.match] });
    expect(both.summary).toContain('Moves 1 asset ');
    expect(both.notes.join()).toContain('In the bin already, skipped: "Drone, Old Harbour at sunrise"');
    expect(writes(made)).toHaveLength(sent);
  });

  test('takes a selection and a collection, and says which one Iconik refuses', async () => {
    const made = await world({ fetch: spoiling(new RegExp(`DELETE .*${ids.drone}`), 403) });
    const found = await made.call('find_assets', { collection: 'Drone 2025' });
    const plan = await made.call('delete_assets', { selection: found.selection });
    expect(plan.summary).toContain(`Moves ${found.total} assets`);
    const answer = await made.call('delete_assets', { confirm: plan.confirm });
    expect(answer.deleted).toBe(found.total - 1);
    expect(answer.failed).toEqual([`"Drone, Old Harbour at sunrise" (${ids.drone}): HTTP 403: No`]);
    expect(statusOf(made, ids.drone)).toBe('ACTIVE');
  });

  test('foresees what Iconik refuses, and says what is archived', async () => {
    const made = await world();
    const acl = { id: `assets/${ids.drone}`, object_type: 'assets', object_id: ids.drone, permissions: ['read'] };
    made.sandbox.store.acls.insert(acl);
    made.sandbox.reindex();
    const { notes } = await made.call('delete_assets', { assets: [ids.drone, 'Fish market at dawn, 1968'] });
    expect(notes).toContain(
      'Iconik will refuse 1, which you may read but not delete: "Drone, Old Harbour at sunrise".',
    );
    expect(notes).toContain('1 of these is archived: a purge takes the archived media as well.');
  });

  test('says "own number of days" where Iconik does not tell how many', async () => {
    const made = await world({ fetch: spoiling(/settings/, 403) });
    const { summary } = await made.call('delete_assets', { assets: [ids.drone] });
    expect(summary).toContain("for the library's own number of days");
  });

  test('names what is wrong with an argument', async () => {
    const { refused } = await world();
    expect(await refused('delete_assets', {})).toContain('exactly one way');
    expect(await refused('delete_assets', { assets: ['Matchday 11, camera 3, duplicate ingest'] })).toContain(
      'is in the recycle bin: deleted 2026-11-02',
    );
  });
});

describe('list_bin', () => {
  test('says of each thing until when it is kept, and little else', async () => {
    const made = await world();
    const { entries, notes } = await made.call('list_bin');
    for (const line of entries) expect(line).toContain(' · kept until ');
    expect(notes).toEqual(['Assets alone: no collections, nor which collections they were in.']);
    const nothing = await made.call('list_bin', { words: 'nosuchword' });
    expect(nothing.notes.join()).toContain('Things are kept for 90 days, then Iconik purges them.');
    const hidden = await world({ fetch: spoiling(/settings/, 403) });
    expect((await hidden.call('list_bin')).notes.join()).toContain("kept for the library's own number of days");
  });

  test('lists who deleted what, when, and until when it is kept, by title, person and days', async () => {
    const { call } = await world();
    const all = await call('list_bin');
    expect(all.total).toBe(3);
    expect(all.entries.at(-1)).toBe(
      `"Matchday 11, camera 3, duplicate ingest" · deleted 2026-11-02 08:14 UTC by "Rui Esteves" · kept until 2027-01-31 08:14 UTC · ${ids.deleted}`,
    );
    expect((await call('list_bin', { by: 'rui' })).total).toBe(1);
    const mine = all.entries.filter((line: string) => line.includes('by "Ines Carvalho"'));
    expect((await call('list_bin', { by: 'me' })).total).toBe(mine.length);
    expect((await call('list_bin', { words: 'teaser spring' })).total).toBe(1);
    const nothing = await call('list_bin', { words: 'no such thing' });
    expect(nothing.notes.join()).toMatch(
      /0 of 3 fit the words\. Deleted last: .*"Matchday 11, camera 3, duplicate ingest"/,
    );
    const days = await call('list_bin', { deleted: '2026-11-10..2026-11-17', time_zone: 'Europe/Lisbon' });
    expect(days.entries).toHaveLength(2);
    expect(days.entries[0]).toContain('11:05 Europe/Lisbon');
    const none = await call('list_bin', { words: 'nothing like it' });
    expect(none).toMatchObject({ total: 0, shown: 0 });
    expect(none.notes.join()).toContain('0 of 3 fit');
  });

  test('says which days words were taken for, and what there is beside them', async () => {
    const { call } = await world();
    const none = await call('list_bin', { deleted: 'last month' });
    expect(none.total).toBe(0);
    expect(none.bin).toBeUndefined();
    const text = none.notes.join('\n');
    expect(text).toContain('deleted: last month → 2026-10-01..2026-10-31, the calendar month before this one (UTC).');
    expect(text).toContain('Nothing was deleted then; in the bin in all: 3.');
    expect(text).toContain('nor which collections they were in');
    const days = await call('list_bin', { deleted: 'last 30 days' });
    expect(days.total).toBe(3);
    expect(days.notes.join()).toMatch(/deleted: last 30 days → 2026-10-\d\d\.\.2026-11-\d\d \(UTC\)/);
  });

  test('goes on with a cursor', async () => {
    const { call } = await world();
    const first = await call('list_bin', { limit: 2 });
    const rest = await call('list_bin', { cursor: first.next });
    expect([...first.entries, ...rest.entries]).toEqual((await call('list_bin')).entries);
    expect(rest.next).toBeUndefined();
  });

  test('says where it stops in a bin of thousands', async () => {
    const made = await world();
    const deleted = made.sandbox.store.assets.get(ids.deleted);
    for (let number = 0; number < 3_050; number += 1)
      made.sandbox.store.assets.insert({ ...deleted, id: made.sandbox.store.newId(), title: `Old ${number}` });
    made.sandbox.reindex();
    const { total, notes } = await made.call('list_bin');
    expect(total).toBe(3_000);
    expect(notes.join()).toContain('Looked at the 3000 deleted last of 3053. Give days');
  });

  test('shows ids of people where their names cannot be read', async () => {
    const { call } = await world({ fetch: spoiling(/users\/basic/, 403) });
    expect((await call('list_bin')).entries[0]).toMatch(/deleted 2026-11-17 11:05 UTC by "[0-9a-f-]{36}"/);
  });

  test('is what a search for deleted assets points to', async () => {
    const { call } = await world();
    const term = { name: 'status', value: 'DELETED' };
    const answer = await call('search', { doc_types: ['assets'], filter: { operator: 'AND', terms: [term] } });
    expect(answer.total).toBe(0);
    expect(answer.note).toContain('list_bin');
    expect(await call('search', { query: 'xyzzy', doc_types: ['assets'] })).not.toHaveProperty('note');
  });
});

describe('restore_assets', () => {
  test('brings one back by its title at once, and all of a list after a plan', async () => {
    const made = await world();
    const title = 'Matchday 11, camera 3, duplicate ingest';
    const one = await made.call('restore_assets', { assets: [title] });
    expect(one).toMatchObject({ status: 'done', restored: 1 });
    expect(one.notes.join()).toContain('Back in the collection "Matches".');
    expect(statusOf(made, ids.deleted)).toBe('ACTIVE');
    made.sandbox.settle();
    made.sandbox.reindex();
    const { bin } = await made.call('list_bin');
    const plan = await made.call('restore_assets', { bin });
    expect(plan.summary).toMatch(/^Brings 2 assets back/);
    expect(plan.affected.join()).toContain('comes back into no collection');
    const answer = await made.call('restore_assets', { confirm: plan.confirm });
    expect(answer).toMatchObject({ status: 'done', restored: 2 });
    expect(answer.notes.join()).toContain('In no collection: "Colour bars and tone, 10 seconds"');
    const sent = writes(made).length;
    expect(await made.call('restore_assets', { bin })).toMatchObject({ restored: 0 });
    expect(writes(made)).toHaveLength(sent);
  });

  test('undoes a deletion of a moment ago by id, while lists do not show it yet', async () => {
    const made = await world({ sandbox: { indexLagMs: 5_000 } });
    await done(made, 'delete_assets', { assets: [ids.drone, ids.trailer] });
    expect(await done(made, 'restore_assets', { assets: [ids.drone, ids.trailer] })).toMatchObject({ restored: 2 });
    expect(statusOf(made, ids.drone)).toBe('ACTIVE');
  });

  test('tells a collection and an original that are deleted as well', async () => {
    const made = await world();
    const [place] = made.sandbox.store.contents.where('object_id', ids.match);
    made.sandbox.store.collections.update(String(place?.collection_id), { status: 'DELETED' });
    const [subclip] = made.sandbox.store.assets.list((row) => row.original_asset_id === ids.match);
    await done(made, 'delete_assets', { assets: [ids.match, String(subclip?.id)] });
    const plan = await made.call('restore_assets', { assets: [ids.match, String(subclip?.id)] });
    expect(plan.affected[0]).toContain('1 collection it was in no longer there');
    expect(plan.affected[1]).toContain('its original is deleted as well');
  });

  test('says where it looked for a title, and asks which of two', async () => {
    const made = await world();
    const error = await made.refused('restore_assets', { assets: ['Drone, Old Harbour at sunrise'] });
    expect(error).toMatch(/Nothing in the recycle bin is called.*Looked at the 3 deleted last of 3/);
    expect(await made.refused('restore_assets', {})).toContain('list_bin');
    made.sandbox.store.assets.update(ids.deleted, { title: 'Colour bars and tone, 10 seconds' });
    made.sandbox.reindex();
    const twins = await made.refused('restore_assets', { assets: ['Colour bars and tone, 10 seconds'] });
    expect(twins).toMatch(/2 assets in the bin are called/);
    expect(twins).toContain(ids.deleted);
  });

  test('says why nothing comes back: it is not in the bin, or cannot be read', async () => {
    const { call } = await world();
    const gone = '00000000-5b1c-11ef-9c3a-0a580a3db916';
    const answer = await call('restore_assets', { assets: [ids.drone, gone] });
    expect(answer).toMatchObject({ status: 'done', restored: 0 });
    expect(answer.notes.join()).toContain('Not in the bin, skipped: "Drone, Old Harbour at sunrise"');
    expect(answer.notes.join()).toMatch(new RegExp(`${gone}.* cannot be read: HTTP 404`));
  });

  test('reports what Iconik refuses', async () => {
    const made = await world({ fetch: spoiling(/PUT .*restore/, 403) });
    const answer = await made.call('restore_assets', { assets: [ids.deleted] });
    expect(answer.restored).toBe(0);
    expect(answer.failed).toEqual([`"Matchday 11, camera 3, duplicate ingest" (${ids.deleted}): HTTP 403: No`]);
  });
});
