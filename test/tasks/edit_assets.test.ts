import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock();

const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));
const row = ({ sandbox }: World, id: string): Answer => sandbox.store.assets.get(id);
const placesOf = ({ sandbox }: World, id: string): unknown[] =>
  sandbox.store.contents.where('object_id', id).map((one) => one.collection_id);

async function done(made: World, args: Record<string, unknown>): Promise<Answer> {
  const answer = await made.call('edit_assets', args);
  return answer.confirm ? made.call('edit_assets', { confirm: answer.confirm }) : answer;
}

describe('edit_assets', () => {
  test('renames one at once, and says the old title', async () => {
    const made = await world();
    const answer = await made.call('edit_assets', { assets: ['Season trailer 2025'], title: 'Trailer 2025, final' });
    expect(answer).toMatchObject({ status: 'done', changed: 1 });
    expect(answer.examples).toEqual([`"Season trailer 2025" → "Trailer 2025, final" · ${ids.trailer}`]);
    expect(row(made, ids.trailer).title).toBe('Trailer 2025, final');
    const none = await made.call('edit_assets', { assets: [ids.match], find: 'nowhere', replace: 'x' });
    expect(none.notes.join()).toContain('Skipped, as asked already or without "nowhere": 1.');
  });

  test('plans several by a pattern in the order given: old → new, and repeats nothing', async () => {
    const made = await world();
    const args = { assets: [ids.match, ids.drone], title: '{title} [{n:3}, {date}]', number_from: 7 };
    const plan = await made.call('edit_assets', args);
    expect(plan.affected[0]).toMatch(
      /^"Matchday 12, Harbour City v Northgate, full match" → "Matchday 12.* full match \[007, \d{4}-\d\d-\d\d\]"/,
    );
    expect(plan.affected[1]).toContain('[008, ');
    expect(plan.notes.join()).toContain('{n} counts the assets as they are named');
    expect(writes(made)).toEqual([]);
    expect(await made.call('edit_assets', { confirm: plan.confirm })).toMatchObject({ changed: 2 });
    const sent = writes(made).length;
    expect(await made.call('edit_assets', args)).toMatchObject({ status: 'done', changed: 0 });
    expect(writes(made)).toHaveLength(sent);
  });

  test('numbers a selection in its own order', async () => {
    const made = await world();
    const found = await made.call('find_assets', { collection: 'Drone 2025', sort: 'longest' });
    const plan = await made.call('edit_assets', { selection: found.selection, title: 'Drone {n}' });
    const idsInOrder = found.hits.map((line: string) => /[0-9a-f-]{36}/.exec(line)?.[0]);
    expect(plan.affected.map((line: string) => /[0-9a-f-]{36}$/.exec(line)?.[0])).toEqual(idsInOrder);
    expect(plan.affected[0]).toContain('→ "Drone 1"');
  });

  describe('sub-clips of one asset', () => {
    /** Three of them, whose titles and ages say nothing of their order in the clip. */
    const cut = async () => {
      const made = await world();
      const args = {
        asset: ids.interview,
        ranges: ['9:00-9:10', '1:00-1:10', '5:00-5:10'],
        names: ['Zulu piece B', 'Zulu piece C', 'Zulu piece A'],
        collection: 'Zulu selects',
        create_collection: true,
      };
      const plan = await made.call('make_subclips', args);
      await made.call('make_subclips', { confirm: plan.confirm });
      made.sandbox.settle();
      return made;
    };
    const oldTitles = ({ affected }: Answer): string[] => affected.map((line: string) => /^"([^"]+)"/.exec(line)?.[1]);

    test.each<[string, (made: World) => Promise<Record<string, unknown>>]>([
      [
        'a selection',
        async ({ call }) => ({ selection: (await call('find_assets', { collection: 'Zulu selects' })).selection }),
      ],
      ['a collection', async () => ({ collection: 'Zulu selects' })],
    ])('of %s without an order of its own are numbered by their start', async (_, targetsOf) => {
      const made = await cut();
      const plan = await made.call('edit_assets', { ...(await targetsOf(made)), title: 'Reyes {n}' });
      expect(oldTitles(plan)).toEqual(['Zulu piece C', 'Zulu piece A', 'Zulu piece B']);
      expect(plan.notes.join('\n')).toContain('{n} counts the sub-clips by their start. For another order');
    });

    test('of a selection in an order that was asked for are numbered in that', async () => {
      const made = await cut();
      const { selection } = await made.call('find_assets', { collection: 'Zulu selects', sort: 'title' });
      const plan = await made.call('edit_assets', { selection, title: 'Reyes {n}' });
      expect(oldTitles(plan)).toEqual(['Zulu piece A', 'Zulu piece B', 'Zulu piece C']);
      expect(plan.notes.join('\n')).toContain('{n} counts the assets in the order of the selection.');
    });
  });

  test('says how to number in another order than that of a search', async () => {
    const made = await world();
    const { selection } = await made.call('find_assets', { collection: 'Drone 2025' });
    const plan = await made.call('edit_assets', { selection, title: 'Drone {n}' });
    expect(plan.notes.join('\n')).toMatch(/\{n\} counts the assets as the search ranks them\. For another order.*sort/);
    const inPlace = await made.call('edit_assets', { collection: 'Drone 2025', title: 'Drone {n}' });
    expect(inPlace.notes.join('\n')).toContain('{n} counts the assets by title.');
  });

  test('replaces a text, skips titles without it, and leaves alone what reads as the new one', async () => {
    const made = await world();
    const args = { assets: [ids.match, ids.drone], find: 'Match', replace: 'Matchday' };
    made.sandbox.store.assets.update(ids.match, { title: 'Match 12, Matchday' });
    const answer = await done(made, args);
    expect(answer.changed).toBe(1);
    expect(row(made, ids.match).title).toBe('Matchday 12, Matchday');
    expect(await made.call('edit_assets', args)).toMatchObject({ changed: 0 });
  });

  test('sets and clears a category and an external id', async () => {
    const made = await world();
    await done(made, { assets: [ids.match, ids.drone], category: 'B-roll', external_id: 'HC-{n:4}' });
    expect(row(made, ids.drone)).toMatchObject({ category: 'B-roll', external_id: 'HC-0002' });
    const plan = await made.call('edit_assets', { assets: [ids.match, ids.drone], clear: ['category'] });
    expect(plan.affected[0]).toContain('category "B-roll" → empty');
    await made.call('edit_assets', { confirm: plan.confirm });
    expect(row(made, ids.drone)).toMatchObject({ category: null, external_id: 'HC-0002' });
  });

  test('makes an external id from the new title, whatever the old id ends with', async () => {
    const made = await world();
    made.sandbox.store.assets.update(ids.drone, { external_id: 'ABC-2025' });
    const args = { assets: [ids.drone], title: '{title}, cut', external_id: '{title}-2025' };
    await done(made, args);
    const now = { title: 'Drone, Old Harbour at sunrise, cut', external_id: 'Drone, Old Harbour at sunrise, cut-2025' };
    expect(row(made, ids.drone)).toMatchObject(now);
    expect(await made.call('edit_assets', args)).toMatchObject({ status: 'done', changed: 0 });
  });

  test('takes braces in titles as they are', async () => {
    const made = await world();
    made.sandbox.store.assets.update(ids.drone, { title: 'Raw {n} {date}' });
    await done(made, { assets: [ids.drone], find: 'Raw', replace: 'Cut {title}' });
    expect(row(made, ids.drone).title).toBe('Cut {title} {n} {date}');
  });

  test('puts into collections and takes out of them, what is so already is skipped', async () => {
    const made = await world();
    const args = { assets: [ids.match, ids.drone], add_to: ['Matchday 12 highlights'], take_out_of: ['Matchday 12'] };
    const before = placesOf(made, ids.match);
    const plan = await made.call('edit_assets', args);
    expect(plan.affected[0]).toContain('into "Matchday 12 highlights" · out of "Matchday 12"');
    expect(plan.affected[1]).not.toContain('out of');
    expect(await made.call('edit_assets', { confirm: plan.confirm })).toMatchObject({ changed: 2 });
    expect(placesOf(made, ids.match)).toContain(ids.highlights);
    expect(placesOf(made, ids.match)).toHaveLength(before.length);
    expect(await made.call('edit_assets', args)).toMatchObject({ status: 'done', changed: 0 });
  });

  test('warns of twins: in the plan, and of a title that another asset has', async () => {
    const made = await world();
    const same = await made.call('edit_assets', { assets: [ids.match, ids.drone], title: 'Twin' });
    expect(same.notes.join()).toContain('Several assets will have the same title: "Twin"');
    const taken = await made.call('edit_assets', {
      assets: [ids.match],
      title: 'Season trailer 2025',
      category: 'Promo',
    });
    expect(taken.notes.join()).toContain('the same title: "Season trailer 2025"');
    const atOnce = await made.call('edit_assets', { assets: [ids.match], title: 'Season trailer 2025' });
    expect(atOnce.status).toBe('done');
    expect(atOnce.notes.join()).toContain('the same title: "Season trailer 2025"');
  });

  test('foresees what Iconik refuses', async () => {
    const made = await world();
    const acl = { id: `assets/${ids.drone}`, object_type: 'assets', object_id: ids.drone, permissions: ['read'] };
    made.sandbox.store.acls.insert(acl);
    made.sandbox.reindex();
    const { notes } = await made.call('edit_assets', { assets: [ids.drone, ids.match], category: 'B-roll' });
    expect(notes).toContain(
      'Iconik will refuse 1, which you may read but not change: "Drone, Old Harbour at sunrise".',
    );
  });

  test('says what was done before a step failed', async () => {
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'POST' && request.url.endsWith('/contents/'))
          return Response.json({ errors: ['No'] }, { status: 403 });
        return sandbox.fetch(request);
      },
    });
    const answer = await done(made, { assets: [ids.drone], title: 'New', add_to: ['Matchday 12 highlights'] });
    expect(answer.changed).toBe(0);
    expect(answer.failed).toEqual([`"Drone, Old Harbour at sunrise" (${ids.drone}): HTTP 403: No. Done before: title`]);
    expect(row(made, ids.drone).title).toBe('New');
  });

  test.each([
    [{ assets: [ids.drone] }, 'Say what changes'],
    [{ title: 'x' }, 'exactly one way'],
    [{ assets: [ids.drone], title: '{name}' }, '{name} is not known'],
    [{ assets: [ids.drone], title: 'a', find: 'b' }, 'not both'],
    [{ assets: [ids.drone], replace: 'b' }, 'replace needs find'],
    [{ assets: [ids.drone], category: 'a', clear: ['category'] }, 'category is both'],
    [{ assets: [ids.drone], add_to: ['Drone 2025'], take_out_of: ['drone 2025'] }, 'both in add_to and in take_out_of'],
    [{ assets: [ids.drone], find: 'Drone, Old Harbour at sunrise' }, 'would be empty'],
  ])('refuses %j', async (args, reason) => {
    const made = await world();
    expect(await made.refused('edit_assets', args)).toContain(reason);
    expect(writes(made)).toEqual([]);
  });
});
