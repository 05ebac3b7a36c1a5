import { describe, expect, test } from 'vitest';
import { type Answer, ids, UNKNOWN, type World, watched } from '../support/traffic.ts';

const chosen = { toolsets: ['assets'] };
const confirmed = async ({ call }: World, name: string, args: Record<string, unknown>): Promise<Answer> => {
  const { confirm } = await call(name, args);
  return call(name, { ...args, confirm });
};
const binOf = async ({ call, sandbox }: World): Promise<Answer[]> => {
  sandbox.settle();
  sandbox.reindex();
  return (await call('list_deleted_assets', { per_page: 100, sort: 'date_deleted,desc' })).objects;
};

describe('the recycle bin', () => {
  test('lists what is in it, by whom it was deleted and when', async () => {
    const made = await watched(chosen);
    const [first] = await binOf(made);
    expect(first).toMatchObject({ status: 'DELETED', deleted_by_user: ids.me, date_deleted: expect.any(String) });
    expect(made.last().query).toEqual({ per_page: '100', sort: 'date_deleted,desc' });
    const { objects } = await made.call('list_deleted_assets', { filter: 'date_deleted,lt,2026-11-05' });
    expect(objects.map(({ id }: Answer) => id)).toEqual([ids.deleted]);
  });

  test('takes an asset only after a preview that names it, and gives it back; both are in its history', async () => {
    const made = await watched(chosen);
    const shown = await made.call('delete_asset', { asset_id: ids.drone });
    const { title } = await made.call('get_asset', { asset_id: ids.drone });
    expect(shown).toMatchObject({ status: 'preview', summary: expect.stringContaining(title) });
    expect(await binOf(made)).not.toContainEqual(expect.objectContaining({ id: ids.drone }));

    await made.call('delete_asset', { asset_id: ids.drone, confirm: shown.confirm });
    expect(await binOf(made)).toContainEqual(expect.objectContaining({ id: ids.drone, deleted_by_user: ids.me }));
    const again = await made.call('delete_asset', { asset_id: ids.drone });
    expect(again.summary).toContain('already');

    await made.call('restore_asset', { asset_id: ids.drone });
    expect(await binOf(made)).not.toContainEqual(expect.objectContaining({ id: ids.drone }));
    expect(await made.call('get_asset', { asset_id: ids.drone })).toMatchObject({ status: 'ACTIVE' });
    const { objects } = await made.call('list_asset_history', { asset_id: ids.drone });
    expect(objects.map((one: Answer) => one.operation_type).slice(0, 2)).toEqual(['RESTORE', 'DELETE']);
  });

  test('gives back at once what nobody outside sees, and asks first where guests see it again', async () => {
    const made = await watched(chosen);
    await confirmed(made, 'delete_asset', { asset_id: ids.interview });
    await made.sandbox.reindex();
    const shown = await made.call('restore_asset', { asset_id: ids.interview });
    expect(shown.summary).toBe('Brings "Interview Jordan Reyes, Lisbon" back from the recycle bin.');
    expect(shown.notes.join()).toMatch(/Will show it again to: share of the asset "Interview Jordan Reyes, Lisbon"/);
    await made.call('restore_asset', { asset_id: ids.interview, confirm: shown.confirm });
    expect(await made.call('get_asset', { asset_id: ids.interview })).toMatchObject({ status: 'ACTIVE' });
  });

  test('takes an asset whose status is changed, after the same preview, and dates it', async () => {
    const made = await watched(chosen);
    const args = { asset_id: ids.match, status: 'DELETED' };
    const shown = await made.call('partial_update_asset', args);
    expect(shown.summary).toMatch(/^Moves "Matchday 12.*to the recycle bin/);
    await made.call('partial_update_asset', { ...args, confirm: shown.confirm });
    const there = (await binOf(made)).find(({ id }) => id === ids.match);
    expect(there).toMatchObject({ deleted_by_user: ids.me, date_deleted: expect.any(String) });
    expect(await made.call('partial_update_asset', { ...args, status: 'ACTIVE' })).not.toHaveProperty('date_deleted');
  });

  test('takes many with one job, and names up to fifty of them first', async () => {
    const made = await watched(chosen);
    const args = { object_type: 'assets', object_ids: [ids.drone, ids.match, ids.locked] };
    const shown = await made.call('delete_objects_bulk', args);
    expect(shown.summary).toBe('Moves 3 assets to the recycle bin.');
    expect(shown.affected).toHaveLength(3);
    expect(shown.affected[1]).toMatchObject({ id: ids.match, title: expect.stringContaining('Matchday 12') });
    const { id, job_id = id } = await made.call('delete_objects_bulk', { ...args, confirm: shown.confirm });
    expect(made.sandbox.store.jobs.get(job_id)).toMatchObject({ type: 'DELETE' });
    const inBin = (await binOf(made)).map((one) => one.id);
    expect(inBin).toEqual(expect.arrayContaining([ids.drone, ids.match]));
    // The caller may not delete it: the job leaves it where it is.
    expect(inBin).not.toContain(ids.locked);
  });

  test('takes what a collection holds, and the collection with content_only: false', async () => {
    const made = await watched(chosen);
    const args = { object_type: 'collections', object_ids: [ids.highlights] };
    const status = () => made.sandbox.store.collections.get(ids.highlights)?.status;
    await confirmed(made, 'delete_objects_bulk', args);
    made.sandbox.settle();
    const held = made.sandbox.store.contents.where('collection_id', ids.highlights);
    expect(held.map(({ object_id: id }) => made.sandbox.store.assets.get(String(id))?.status)).not.toContain('ACTIVE');
    expect(status()).toBe('ACTIVE');
    await confirmed(made, 'delete_objects_bulk', { ...args, content_only: false });
    made.sandbox.settle();
    expect(status()).toBe('DELETED');
  });

  test('is refused to who may not delete, by role and by access, with nothing changed', async () => {
    const made = await watched(chosen);
    const { confirm } = await made.call('delete_asset', { asset_id: ids.locked });
    expect(await made.refused('delete_asset', { asset_id: ids.locked, confirm })).toContain('no delete permission');
    const args = { asset_id: ids.drone };
    const shown = await made.call('delete_asset', args);
    made.sandbox.deny('can_delete_assets');
    expect(await made.refused('delete_asset', { ...args, confirm: shown.confirm })).toContain('can_delete_assets');
    expect(made.sandbox.store.assets.get(ids.drone)?.status).toBe('ACTIVE');
    expect(await made.refused('restore_asset', { asset_id: UNKNOWN })).toContain('does not exist');
  });
});

describe('changing assets', () => {
  test('changes the fields that are given, empties those in clear, and keeps the others', async () => {
    const made = await watched(chosen);
    const before = await made.call('get_asset', { asset_id: ids.match });
    const changed = await made.call('partial_update_asset', {
      asset_id: ids.match,
      title: 'Matchday 12, final',
      external_id: 'HM-12',
      clear: ['category'],
    });
    expect(made.last().body).toEqual({ title: 'Matchday 12, final', external_id: 'HM-12', category: null });
    expect(changed).toMatchObject({ title: 'Matchday 12, final', external_id: 'HM-12', type: before.type });
    expect(await made.call('get_asset', { asset_id: ids.match })).toMatchObject({ title: 'Matchday 12, final' });
  });

  test('changes many with one job', async () => {
    const made = await watched(chosen);
    const objects = [ids.match, ids.drone].map((id) => ({ id, category: 'sport' }));
    await made.call('update_assets_bulk', { objects });
    made.sandbox.settle();
    for (const { id } of objects) expect(made.sandbox.store.assets.get(id)).toMatchObject({ category: 'sport' });
    expect(await made.refused('update_assets_bulk', { objects: [{ id: ids.locked, title: 'x' }] })).toContain('write');
    expect(await made.refused('update_assets_bulk', { objects: [{ id: UNKNOWN, title: 'x' }] })).toContain(UNKNOWN);
  });
});
