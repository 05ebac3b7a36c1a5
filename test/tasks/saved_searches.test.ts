import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock(Date.parse('2026-11-26T12:00:00Z'));

const saved = ({ sandbox }: World): Answer[] => sandbox.store.saved_searches.list();
const settle = ({ sandbox }: World): void => {
  sandbox.settle();
  sandbox.reindex();
};

/** Makes the saved search one whose conditions are nested, which a selection cannot hold. */
function saveNested(made: World): void {
  const nested = {
    operator: 'OR',
    terms: [
      { name: 'id', value: ids.drone },
      { name: 'id', value: ids.match },
    ],
  };
  const criteria = { doc_types: ['assets'], filter: { operator: 'AND', terms: [], filters: [nested] } };
  made.sandbox.store.saved_searches.update(ids.savedSearch, { criteria });
  settle(made);
}

describe('save_search', () => {
  test('keeps what find_assets looked for, runs it, and does not save it twice', async () => {
    const made = await world();
    const before = saved(made).length;
    const found = await made.call('find_assets', { where: { Rating: '4' }, sort: 'title' });
    const args = { name: 'Four stars', selection: found.selection };
    const answer = await made.call('save_search', args);
    expect(answer.notes[0]).toBe(`Saved and run: Iconik finds ${found.total}.`);
    const kept = saved(made).find(({ name }) => name === 'Four stars');
    expect(kept.criteria).toMatchObject({ doc_types: ['assets'], sort: [{ name: 'title', order: 'asc' }] });
    settle(made);
    expect((await made.call('save_search', args)).notes).toEqual(['It is saved already. Nothing to do.']);
    const otherCase = await made.call('save_search', { ...args, name: ' FOUR  stárs ' });
    expect(otherCase.notes).toEqual(['It is saved already. Nothing to do.']);
    expect(saved(made)).toHaveLength(before + 1);
  });

  test('says that words such as this month do not move on', async () => {
    const { call } = await world();
    const { selection } = await call('find_assets', { where: { modified: 'this year' } });
    const { notes } = await call('save_search', { name: 'Changed this year', selection });
    expect(notes.join()).toMatch(/Fixed to these days.*date_modified \d{4}-01-01\.\.\d{4}-12-31/);
    const all = await call('find_assets', { media_type: ['video'] });
    expect((await call('save_search', { name: 'Videos', selection: all.selection })).notes.join()).not.toContain(
      'Fixed',
    );
  });

  test('says that an order that Iconik does not have is not kept', async () => {
    const { call } = await world();
    const notes = async (name: string, sort: string): Promise<string> => {
      const { selection } = await call('find_assets', { where: { Rating: '4' }, sort });
      return (await call('save_search', { name, selection })).notes.join();
    };
    expect(await notes('By size', 'largest')).toContain('Its order is not kept: Iconik sorts no search by size');
    expect(await notes('By title', 'title')).not.toContain('order');
  });

  test('says that a list of ids stays the list that it is', async () => {
    const made = await world();
    saveNested(made);
    const { selection } = await made.call('list_searches', { run: 'Clearance pending', limit: 1 });
    const answer = await made.call('save_search', { name: 'Two of them', selection });
    expect(answer.finds).toMatch(/^2 assets now/);
    expect(answer.notes).toContain('It holds a fixed list of ids: new assets do not come to it.');
  });

  test('refuses a name that stands for another search, and saves nothing', async () => {
    const made = await world();
    const before = saved(made).length;
    const { selection } = await made.call('find_assets', { words: 'harbour' });
    const error = await made.refused('save_search', { name: 'clearance pending', selection });
    expect(error).toContain(ids.savedSearch);
    expect(error).toContain('Nothing was saved');
    expect(saved(made)).toHaveLength(before);
    expect(await made.refused('save_search', { name: 'x', selection: 'sel_aaaaaa' })).toContain('find_assets');
  });
});

describe('list_searches', () => {
  test('lists them with what they look for, by words of the name', async () => {
    const { call } = await world();
    const all = await call('list_searches');
    expect(all.total).toBe(3);
    expect(all.searches[0]).toBe(
      `"Clearance pending" · favourite · looks for metadata.rights_clearance: pending · ${ids.savedSearch}`,
    );
    expect(all.searches.join()).toContain('metadata.final_score: empty');
    const some = await call('list_searches', { words: 'STORM' });
    expect(some.searches).toEqual([expect.stringContaining('looks for words "storm OR flood"')]);
    const first = await call('list_searches', { limit: 2 });
    expect([...first.searches, ...(await call('list_searches', { cursor: first.next })).searches]).toEqual(
      all.searches,
    );
  });

  test('runs one by name; its selection is what find_assets finds, and a collection can be made of it', async () => {
    const made = await world();
    const ran = await made.call('list_searches', { run: 'clearance pending' });
    const found = await made.call('find_assets', { where: { Clearance: 'Pending' } });
    expect(ran.total).toBe(found.total);
    const args = { selection: ran.selection, into: 'Pending now', create_collection: true };
    const { confirm } = await made.call('collect_assets', args);
    expect(await made.call('collect_assets', { confirm })).toMatchObject({ added: found.total });
  });

  test('takes a list of ids where a selection cannot hold what it looks for', async () => {
    const made = await world();
    saveNested(made);
    const ran = await made.call('list_searches', { run: 'Clearance pending' });
    expect(ran.total).toBe(2);
    const plan = await made.call('edit_assets', { selection: ran.selection, category: 'x' });
    expect(plan.affected).toHaveLength(2);
  });

  test('names those there are for a name that is none', async () => {
    const { refused } = await world();
    expect(await refused('list_searches', { run: 'Clearence pendng' })).toMatch(
      /Looked at the 3 that this user can see: "Clearance pending"/,
    );
    expect(await refused('list_searches', { run: 'a', words: 'b' })).toContain('one of');
  });
});
