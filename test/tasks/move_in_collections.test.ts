import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock();

const TOOL = 'move_in_collections';
const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));
const row = ({ sandbox }: World, id: string) => sandbox.store.collections.get(id) as Answer;
const order = ({ sandbox }: World, id: string) =>
  (sandbox.store.contents.where('collection_id', id) as Answer[])
    .toSorted((a, b) => a.position - b.position)
    .map(({ object_id }) => object_id);
const parents = ({ sandbox }: World, id: string) =>
  sandbox.store.contents.where('object_id', id).map(({ collection_id }) => collection_id);

async function done(made: World, args: Record<string, unknown>): Promise<Answer> {
  const plan = await made.call(TOOL, args);
  return plan.status === 'done' ? plan : made.call(TOOL, { confirm: plan.confirm });
}

describe('move_in_collections', () => {
  test('renames at once, and names what it was', async () => {
    const made = await world();
    const answer = await made.call(TOOL, { collection: 'Drone 2025', rename: 'Drones 2025' });
    expect(answer).toMatchObject({ status: 'done', changed: ['name: "Drone 2025" → "Drones 2025"'] });
    expect(row(made, ids.drones2025).title).toBe('Drones 2025');
    const sent = writes(made).length;
    expect(await made.call(TOOL, { collection: ids.drones2025, rename: 'Drones 2025' })).toMatchObject({
      notes: ['Nothing to change.'],
    });
    expect(writes(made)).toHaveLength(sent);
  });

  test('takes a name in one line, and none that nobody can see', async () => {
    const made = await world();
    expect(await made.refused(TOOL, { collection: 'Drone 2025', rename: '\u200b\u2060' })).toContain('can be seen');
    await made.call(TOOL, { collection: 'Drone 2025', rename: ' Drones\n2025 ' });
    expect(row(made, ids.drones2025).title).toBe('Drones 2025');
  });

  test('shows the place under the new name', async () => {
    const made = await world();
    const args = { collection: 'Drone 2025', rename: 'Flights', under: 'Football' };
    const { affected } = await made.call('move_in_collections', args);
    expect(affected).toContain('place: "Aerials / Drone 2025" → "Football / Flights"');
  });

  test('plans a move with both paths and what goes along, then moves', async () => {
    const made = await world();
    const args = { collection: 'Drone 2025', under: 'Football / Season 2025' };
    const plan = await made.call(TOOL, args);
    expect(plan.affected).toEqual(['place: "Aerials / Drone 2025" → "Football / Season 2025 / Drone 2025"']);
    expect(plan.notes.join()).toMatch(/\d+ assets? and 0 collections in it go along/);
    expect(writes(made)).toEqual([]);
    expect(await made.call(TOOL, { confirm: plan.confirm })).toMatchObject({ changed: plan.affected });
    expect(parents(made, ids.drones2025)).toEqual([ids.season2025]);
    expect(await made.call(TOOL, args)).toMatchObject({ notes: ['Nothing to change.'] });
  });

  test('moves to the top level and back', async () => {
    const made = await world();
    await done(made, { collection: ids.highlights, under: 'top' });
    expect(parents(made, ids.highlights)).toEqual([]);
    await done(made, { collection: ids.highlights, under: ids.season2025 });
    expect(parents(made, ids.highlights)).toEqual([ids.season2025]);
  });

  test('refuses a circle, itself and a bin before anything is sent', async () => {
    const made = await world();
    const into = (under: string) => made.refused(TOOL, { collection: 'Football', under });
    expect(await into('Matchday 12 highlights')).toContain(
      'that is inside it ("Football / Season 2025 / Matchday 12 highlights")',
    );
    expect(await into('Football')).toContain('that is the collection itself');
    expect(await into(ids.deletedCollection)).toContain('in the recycle bin');
    expect(await made.refused(TOOL, { collection: ids.deletedCollection, rename: 'x' })).toContain('recycle bin');
    expect(writes(made)).toEqual([]);
  });

  test('says whom a move lets in, and whom it shuts out', async () => {
    const made = await world();
    const into = await made.call(TOOL, { collection: 'Drone 2025', under: 'Spring Campaign' });
    expect(into.notes.join()).toMatch(
      /Will show all that is in it to: share of the collection "Spring Campaign" with /,
    );
    const out = await made.call(TOOL, { collection: 'Teasers', under: 'News' });
    expect(out.notes.join()).toMatch(/Will no longer show it to: share of the collection "Spring Campaign"/);
    expect(JSON.stringify([into, out])).not.toContain('http');
  });

  test('warns of a second collection with that name in the place', async () => {
    const made = await world();
    const [training = ''] = ids.twinCollections;
    const plan = await made.call(TOOL, { collection: training, under: ids.season2023 });
    expect(plan.notes).toContainEqual('Another collection in that place has the name "Training".');
  });

  test('chooses the cover, and takes the choice back', async () => {
    const made = await world();
    const drone = `"Drone, Old Harbour at sunrise" (${ids.drone})`;
    const { changed } = await made.call(TOOL, { collection: 'Drone 2025', cover: [ids.drone] });
    expect(changed).toEqual([`cover: Iconik's own choice → ${drone}`]);
    const plan = await made.call(TOOL, { collection: 'Drone 2025', cover: ['Season trailer 2025', ids.drone] });
    expect(plan.affected).toEqual([`cover: ${drone} → "Season trailer 2025" (${ids.trailer}), ${drone}`]);
    expect(plan.notes).toEqual([
      'Not in the collection: "Season trailer 2025". Everyone who sees the collection will see the picture.',
    ]);
    expect(row(made, ids.drones2025).keyframe_asset_ids).toEqual([ids.drone]);
    await made.call(TOOL, { confirm: plan.confirm });
    expect(row(made, ids.drones2025).keyframe_asset_ids).toEqual([ids.trailer, ids.drone]);
    await made.call(TOOL, { collection: 'Drone 2025', cover: ['none'] });
    expect(row(made, ids.drones2025).keyframe_asset_ids).toEqual([]);
  });

  test('takes what was put into the collection a moment ago as its own', async () => {
    const made = await world();
    const put = await made.call('collect_assets', { assets: [ids.trailer], into: 'Drone 2025' });
    if (put.confirm) await made.call('collect_assets', { confirm: put.confirm });
    expect(await made.call(TOOL, { collection: 'Drone 2025', cover: [ids.trailer] })).toMatchObject({ status: 'done' });
  });

  test('orders the collections in a collection, shows both positions, and doubles nothing', async () => {
    const made = await world();
    const args = { collection: 'Football / Season 2025', order: ['Press conferences', 'Matches'] };
    const plan = await made.call(TOOL, args);
    expect(plan.affected[0]).toMatch(/^position \d+ → 1: "Press conferences"/);
    expect(plan.notes).toContain('Turns on the custom order of the collection.');
    expect(writes(made)).toEqual([]);
    const answer = await made.call(TOOL, { confirm: plan.confirm });
    expect(answer).toMatchObject({ changed: ['order: 2 of 2 moved'], notes: ['Iconik shows the order.'] });
    const titles = order(made, ids.season2025).map((id) => row(made, id)?.title);
    expect(titles.slice(0, 2)).toEqual(['Press conferences', 'Matches']);
    const sent = writes(made).length;
    expect(await made.call(TOOL, args)).toMatchObject({ notes: ['Nothing to change.'] });
    expect(writes(made)).toHaveLength(sent);
    await done(made, { ...args, order: ['Matches'], place: 'end' });
    expect(row(made, String(order(made, ids.season2025).at(-1))).title).toBe('Matches');
    await done(made, { ...args, order: ['Matches'], place: 'Press conferences' });
    expect(row(made, String(order(made, ids.season2025)[1])).title).toBe('Matches');
  });

  test('refuses to order what is not right in it', async () => {
    const made = await world();
    const text = await made.refused(TOOL, { collection: 'Football', order: ['Matchday 12'] });
    expect(text).toMatch(/not among the 2 things right in "Football": "Season 2025", "2023 Season"/);
    const both = { collection: ids.season2025, order: ['Matches'], place: 'Matches' };
    expect(await made.refused(TOOL, both)).toContain('is one of those that move');
    expect(await made.refused(TOOL, { collection: 'Football' })).toContain('Say what changes');
    expect(await made.refused(TOOL, { collection: 'Football', rename: 'x', place: 'end' })).toContain(
      'place needs order',
    );
    expect(writes(made)).toEqual([]);
  });

  test('reports fields that Iconik refuses, and still orders', async () => {
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'PATCH') return Response.json({ errors: ['No'] }, { status: 403 });
        return sandbox.fetch(request);
      },
    });
    const answer = await done(made, { collection: ids.season2025, rename: 'S25', order: ['Training'] });
    expect(answer).toMatchObject({
      failed: ['name: "Season 2025" → "S25": HTTP 403: No'],
      changed: ['order: 1 of 1 moved'],
    });
  });

  test('says how far it came where Iconik stops ordering', async () => {
    let moves = 0;
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'PUT' && request.url.includes('/contents/') && ++moves > 1)
          return Response.json({ errors: ['No'] }, { status: 403 });
        return sandbox.fetch(request);
      },
    });
    const answer = await done(made, { collection: ids.season2025, order: ['Training', 'Matches'] });
    expect(answer).toMatchObject({
      unconfirmed: ['order: 1 of 2 moved'],
      notes: [
        'Iconik moved 1 of 2 and then refused: HTTP 403: No.',
        expect.stringContaining("403: the token's user lacks a role"),
      ],
    });
  });
});
