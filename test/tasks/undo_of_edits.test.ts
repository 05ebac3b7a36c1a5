import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock();

const THREE = [ids.interview, ids.match, ids.drone];

/** Titles, categories, external ids and the collections of assets. */
const content = ({ sandbox: { store } }: World): unknown => {
  const assets = store.assets
    .list()
    .map(({ id, title, category, external_id }) => ({ id, title, category, external_id }));
  const places = store.contents.list().map(({ collection_id, object_id }) => `${collection_id} ${object_id}`);
  return JSON.parse(JSON.stringify({ assets, places: places.sort() }, (_, value) => value ?? undefined));
};

async function confirmed({ call }: World, args: Record<string, unknown>): Promise<Answer> {
  const { confirm, status, ...done } = await call('edit_assets', args);
  return status === 'preview' ? call('edit_assets', { confirm }) : done;
}

const undoIn = ({ notes }: Answer): Record<string, unknown> =>
  JSON.parse(/^Undo: edit_assets (\{.*\})$/m.exec(notes.join('\n'))?.[1] ?? '');

describe('an edit of several assets', () => {
  test.each<[Record<string, unknown>]>([
    [{ title: 'Cut {n}' }],
    [{ title: '{title} OLD', category: 'Promo' }],
    [{ external_id: 'X-{n}' }],
    [{ add_to: [ids.highlights] }],
    [{ take_out_of: [ids.highlights], clear: ['category'], title: 'B {n}' }],
  ])('%j has a call that sets all back, and that call one, too', async (wanted) => {
    const made = await world();
    const before = content(made);
    const done = await confirmed(made, { assets: THREE, ...wanted });
    const changed = content(made);
    expect(changed).not.toEqual(before);
    const back = await confirmed(made, undoIn(done));
    expect(content(made)).toEqual(before);
    await confirmed(made, undoIn(back));
    expect(content(made)).toEqual(changed);
  });

  test('is planned when it is taken back, and leaves alone what was changed or deleted since', async () => {
    const made = await world();
    const done = await confirmed(made, { assets: THREE, title: 'Cut {n}' });
    made.sandbox.store.assets.update(ids.match, { title: 'Renamed by hand' });
    await made
      .call('delete_assets', { assets: [ids.drone] })
      .then(({ confirm }) => made.call('delete_assets', { confirm }));
    const plan = await made.call('edit_assets', undoIn(done));
    expect(plan).toMatchObject({ status: 'preview' });
    expect(plan.summary).toMatch(/^Undoes run_\w{6}, a call of edit_assets: sets back 1 of 3 assets/);
    expect(plan.affected).toHaveLength(1);
    expect(plan.notes.join('\n')).toContain('Left alone, changed since: "Renamed by hand".');
    expect(plan.notes.join('\n')).toMatch(/1 in the recycle bin or gone, left out: "/);
  });

  test('is set back once, and takes undo alone', async () => {
    const made = await world();
    const undo = undoIn(await confirmed(made, { assets: THREE, category: 'Promo' }));
    await confirmed(made, undo);
    const again = await made.call('edit_assets', undo);
    expect(again).toMatchObject({ status: 'done', changed: 0 });
    expect(again.notes.join()).toContain('3 of 3 assets are as before already.');
    expect(await made.refused('edit_assets', { ...undo, title: 'x' })).toContain('undo goes alone: leave out title.');
    expect(await made.refused('set_metadata', undo)).toContain('not what a call wrote into metadata');
  });
});
