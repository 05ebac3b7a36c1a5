import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, type World, world } from '../support/world.ts';

useJumpingClock();

const content = ({ sandbox: { store } }: World): unknown =>
  JSON.parse(JSON.stringify([store.assets.list(), store.values.list(), store.segments.list(), store.contents.list()]));

/** A title with words that no other one has. */
function named({ sandbox }: World, id: string, title: string): void {
  sandbox.store.assets.update(id, { title });
  sandbox.reindex();
}

describe('a name that is not exact and can mean one thing alone', () => {
  test.each<[string, Record<string, unknown>]>([
    ['show_asset', { asset: 'quay walk' }],
    ['show_asset', { asset: 'QUAY  Walk' }],
    ['read_notes', { asset: 'quay walk' }],
    ['read_metadata', { assets: ['quay walk'], labels: ['Clearance'] }],
    ['locate_files', { asset: 'quay walk' }],
    ['export_markers', { asset: 'quay walk', format: 'csv' }],
  ])('is taken by %s %j, which says as what', async (tool, args) => {
    const made = await world();
    named(made, ids.match, 'Evening quay walk 2031');
    const answer = await made.call(tool, args);
    expect(JSON.stringify(answer.notes ?? answer.note)).toMatch(
      /quay +walk\\" taken as the asset \\"Evening quay walk 2031\\" \(a55e7002/i,
    );
  });

  test('is taken of a storage, a view, a collection and a saved search', async () => {
    const made = await world();
    const found = await made.call('find_assets', { where: { storage: 'SAN' } });
    expect(found.notes.join('\n')).toContain('"SAN" taken as the storage "Lisbon SAN"');
    expect((await made.call('find_assets', { where: { storage: 'the SAN' } })).total).toBe(found.total);
    expect((await made.call('find_assets', { where: { storage: 'not SAN' } })).notes.join('\n')).toContain(
      'taken as the storage "Lisbon SAN"',
    );
    const { title } = made.sandbox.store.collections.get(ids.highlights) as { title: string };
    const part = title.split(' ').slice(-1).join(' ');
    const inside = await made.call('find_assets', { collection: part });
    expect(inside.notes.join('\n')).toContain(`"${part}" taken as the collection "${title}"`);
  });

  test('is not taken where it can mean several, is a part of a word, or too short', async () => {
    const made = await world();
    named(made, ids.match, 'Evening quay walk 2031');
    named(made, ids.drone, 'Morning quay walk 2031');
    expect(await made.refused('show_asset', { asset: 'quay walk' })).toContain('No asset is called');
    expect(await made.refused('show_asset', { asset: 'vening quay' })).toContain('No asset is called');
    expect(await made.refused('find_assets', { where: { storage: 'Lisb' } })).toContain('no storage is called');
  });

  test('is taken for a change by a plan that names it, also of a single value', async () => {
    const made = await world();
    named(made, ids.match, 'Evening quay walk 2031');
    const before = content(made);
    const plan = await made.call('set_metadata', { assets: ['quay walk'], values: { Rating: 1 } });
    expect(plan.status).toBe('preview');
    expect(plan.affected.join()).toContain('"Evening quay walk 2031"');
    expect(plan.notes[0]).toMatch(/"quay walk" taken as the asset "Evening quay walk 2031" \(a55e7002/);
    expect(content(made)).toEqual(before);
    expect(await made.call('set_metadata', { confirm: plan.confirm })).toMatchObject({ status: 'done', changed: 1 });
  });

  test('is refused by what deletes, or reaches people outside', async () => {
    const made = await world();
    named(made, ids.match, 'Evening quay walk 2031');
    expect(await made.refused('delete_assets', { assets: ['quay walk'] })).toContain('No asset is called');
    expect(await made.refused('share', { asset: 'quay walk', emails: ['anna@client.example'] })).toContain(
      'No asset is called',
    );
    expect(await made.refused('annotate_asset', { asset: 'quay walk', items: ['0:10 A'] })).toContain(
      'No asset is called',
    );
  });

  test('is no name for a collection that is to be made', async () => {
    const made = await world();
    const { title } = made.sandbox.store.collections.get(ids.highlights) as { title: string };
    const part = title.split(' ').slice(-1).join(' ');
    const plan = await made.call('collect_assets', { assets: [ids.match], into: part, create_collection: true });
    expect(JSON.stringify(plan)).not.toContain(`"${title}"`);
  });
});
