import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, type World, world } from '../support/world.ts';

useJumpingClock();

/** Assets found by what a write then changes: they no longer fit the selection. */
async function clearedAway({ call, sandbox }: World) {
  const found = await call('find_assets', { where: { Clearance: 'Pending' } });
  const plan = await call('set_metadata', { selection: found.selection, values: { Clearance: 'Cleared' } });
  const done = await call('set_metadata', { confirm: plan.confirm });
  sandbox.reindex();
  return { found, done };
}

describe('a selection whose assets were changed', () => {
  test('is empty, and its write answers a handle of exactly those that were written', async () => {
    const made = await world();
    const { found, done } = await clearedAway(made);
    expect(done.changed).toBe(found.total);
    const plan = await made.call('collect_assets', {
      selection: done.selection,
      into: 'To clear',
      create_collection: true,
    });
    expect(plan.summary).toContain(`Adds ${found.total} assets`);
  });

  test('leads to that handle in every task that takes it', async () => {
    const made = await world();
    const { found, done } = await clearedAway(made);
    const { selection } = found;
    const into = { into: 'To clear', create_collection: true };
    const answers = [
      await made.call('collect_assets', { selection, ...into }),
      await made.call('read_metadata', { selection }),
      await made.call('find_assets', { collection: selection }),
      await made.call('find_people', { selection }),
      await made.call('edit_assets', { selection, category: 'x' }),
    ];
    for (const { notes } of answers) {
      expect(notes.join('\n')).toContain(
        `held ${found.total} when it was made and is empty now: none of them fits it any more. ${done.selection} holds the ${found.total} assets written by set_metadata.`,
      );
    }
    expect(answers[0]).toMatchObject({ added: 0, collection: '"To clear" (not made)' });
  });

  test('says how to go on where nothing was written through it', async () => {
    const made = await world();
    const { selection, total } = await made.call('find_assets', { where: { Clearance: 'Pending' } });
    for (const { id } of made.sandbox.store.assets.list())
      made.sandbox.store.assets.update(String(id), { status: 'DELETED' });
    made.sandbox.reindex();
    const { notes } = await made.call('read_metadata', { selection });
    expect(notes.join('\n')).toContain(`held ${total} when it was made and is empty now`);
    expect(notes.join('\n')).toContain('Find them anew.');
  });
});

describe('the handle of what was written', () => {
  test('keeps the order in which they were named', async () => {
    const { call } = await world();
    const assets = [ids.match, ids.drone, ids.interview];
    const { confirm } = await call('collect_assets', { assets, into: 'Matchday 12 highlights' });
    const { selection } = await call('collect_assets', { confirm });
    const plan = await call('edit_assets', { selection, title: 'Cut {n}' });
    expect(plan.affected.map((line: string) => / · ([0-9a-f-]{36})$/.exec(line)?.[1])).toEqual(assets);
  });

  test('comes with a sheet that is taken in, and not with a single asset', async () => {
    const { call } = await world();
    const csv = `id,Clearance\n${ids.match},Refused\n${ids.drone},Refused`;
    const { confirm } = await call('import_metadata', { csv });
    const { selection } = await call('import_metadata', { confirm });
    const { rows } = await call('read_metadata', { selection, labels: ['Clearance'] });
    expect(rows).toHaveLength(2);
    const single = await call('set_metadata', { assets: [ids.match], values: { Clearance: 'Pending' } });
    expect(single.selection).toBeUndefined();
  });
});
