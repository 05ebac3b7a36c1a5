import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, allToolsets, ids, type World, type WorldOptions, world } from '../support/world.ts';

useJumpingClock();

/** Search shows nothing new while a test runs. */
const never = { sandbox: { indexLagMs: 3_600_000 }, toolsets: allToolsets };

async function agreed({ call }: World, tool: string, args: Record<string, unknown>): Promise<Answer> {
  const plan = await call(tool, args);
  return plan.confirm ? call(tool, { confirm: plan.confirm }) : plan;
}

const titleOf = ({ sandbox }: World, id: string): string => String(sandbox.store.assets.get(id)?.title);

/** A selection of videos, of which one is then deleted. */
async function deletedOne(how: (made: World) => Promise<unknown>, options: WorldOptions = never) {
  const made = await world(options);
  const found = await made.call('find_assets', { media_type: ['video'], limit: 100 });
  const title = titleOf(made, ids.match);
  await how(made);
  return { made, found, title, selection: found.selection as string };
}

const byTask = (made: World) => agreed(made, 'delete_assets', { assets: [ids.match] });
const WAYS: [string, (made: World) => Promise<unknown>][] = [
  ['delete_assets', byTask],
  ['delete_asset', (made) => agreed(made, 'delete_asset', { asset_id: ids.match })],
  ['partial_update_asset', (made) => agreed(made, 'partial_update_asset', { asset_id: ids.match, status: 'DELETED' })],
  [
    'delete_objects_bulk',
    (made) => agreed(made, 'delete_objects_bulk', { object_type: 'assets', object_ids: [ids.match] }),
  ],
  [
    'change_operation',
    (made) => agreed(made, 'change_operation', { operation: `DELETE /assets/v1/assets/${ids.match}/` }),
  ],
];

describe('an asset that went to the recycle bin a moment ago', () => {
  test.each(WAYS)('by %s is not in what a selection finds, and the answer says so', async (_, how) => {
    const { made, found, title, selection } = await deletedOne(how);
    const plan = await made.call('set_metadata', { selection, values: { Rating: 1 } });
    expect(plan.affected.join('\n')).not.toContain(`"${title}"`);
    expect(plan.notes.join('\n')).toContain(
      `Left out, deleted in the last minutes while search still shows it: "${title}".`,
    );
    const again = await made.call('find_assets', { media_type: ['video'], limit: 100 });
    expect(again.total).toBe(found.total - 1);
  });

  test.each<[string, Record<string, unknown>]>([
    ['find_assets', { media_type: ['video'], limit: 100 }],
    ['find_assets', { collection: 'SELECTION', limit: 100 }],
    ['read_metadata', { selection: 'SELECTION', labels: ['Clearance'] }],
    ['edit_assets', { selection: 'SELECTION', category: 'x' }],
    ['collect_assets', { selection: 'SELECTION', into: 'New', create_collection: true }],
    ['archive_assets', { selection: 'SELECTION' }],
    ['export_metadata', { selection: 'SELECTION', columns: ['Clearance'] }],
    ['read_notes', { asset: 'SELECTION' }],
    ['export_markers', { cut: ['SELECTION'], format: 'edl' }],
    ['check_masters', { selection: 'SELECTION', codec: 'ProRes' }],
    ['request_approval', { selection: 'SELECTION', people: ['Tom Becker'] }],
    ['find_duplicates', { selection: 'SELECTION' }],
    ['delete_assets', { selection: 'SELECTION' }],
  ])('is left out by %s %j, which says so', async (tool, args) => {
    const { made, title, selection } = await deletedOne(byTask);
    const given = JSON.parse(JSON.stringify(args).replace('SELECTION', selection));
    const answer = await made.call(tool, given);
    const { notes, ...rest } = answer;
    expect(notes.join('\n')).toContain(`while search still shows it: "${title}".`);
    expect(JSON.stringify(rest)).not.toContain(title);
  });

  test('is not found by its title, and the error says where it is', async () => {
    const { made, title } = await deletedOne(byTask);
    expect(await made.refused('set_metadata', { assets: [title], values: { Rating: 1 } })).toContain('recycle bin');
  });

  test('comes back by its title, though the list of the bin is as late as search', async () => {
    const { made, title } = await deletedOne(byTask, {
      ...never,
      sandbox: { ...never.sandbox, hard: { lateLists: true } },
    });
    expect(await agreed(made, 'restore_assets', { assets: [title] })).toMatchObject({ restored: 1 });
    expect(made.sandbox.store.assets.get(ids.match)?.status).toBe('ACTIVE');
  });

  test('is there again once it was restored', async () => {
    const { made, found, selection } = await deletedOne(byTask);
    await agreed(made, 'restore_assets', { assets: [ids.match] });
    const plan = await made.call('set_metadata', { selection, values: { Rating: 1 } });
    expect(plan.notes.join('\n')).not.toContain('Left out');
    expect((await made.call('find_assets', { media_type: ['video'] })).total).toBe(found.total);
  });

  test('does not come back in what was written before, when search knows of it', async () => {
    const made = await world();
    const assets = [ids.match, ids.drone, ids.interview];
    const { selection } = await agreed(made, 'set_metadata', { assets, values: { Rating: 1 } });
    await byTask(made);
    made.sandbox.settle();
    const plan = await made.call('set_metadata', { selection, values: { Rating: 2 } });
    expect(plan.affected).toHaveLength(2);
  });

  test('goes with the collection whose contents were deleted', async () => {
    const made = await world(never);
    const { total } = await made.call('find_assets', { collection: ids.highlights });
    expect(total).toBeGreaterThan(0);
    await agreed(made, 'delete_objects_bulk', { object_type: 'collections', object_ids: [ids.highlights] });
    const { total: left, notes } = await made.call('find_assets', { collection: ids.highlights });
    expect(left).toBe(0);
    expect(notes.join('\n')).toContain('Left out, deleted in the last minutes');
  });
});
