import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, allToolsets, ids, type World, type WorldOptions, world } from '../support/world.ts';

useJumpingClock();

const SHARED = 'Spring Campaign';
/** Each puts one thing into a collection: alone it is no more than a harmless change. */
const WAYS: readonly (readonly [tool: string, args: (collection: string) => Record<string, unknown>])[] = [
  ['collect_assets', (into) => ({ assets: [ids.drone], into })],
  ['edit_assets', (collection) => ({ assets: [ids.drone], add_to: [collection] })],
];

/** The same with single operations of Iconik's, by the catalogue and as tools. */
const OPERATIONS: readonly (readonly [name: string, tool: string, args: (collection: string) => object])[] = [
  [
    'change_operation, contents',
    'change_operation',
    (collection_id) => ({
      operation: 'POST /assets/v1/collections/{collection_id}/contents/',
      path: { collection_id },
      body: { object_type: 'assets', object_id: ids.drone },
    }),
  ],
  [
    'change_operation, a collection made there',
    'change_operation',
    (parent_id) => ({ operation: 'POST /assets/v1/collections/', body: { title: 'New', parent_id } }),
  ],
  [
    'change_operation, a collection moved there',
    'change_operation',
    (parent_id) => ({
      operation: 'PATCH /assets/v1/collections/{collection_id}/',
      path: { collection_id: ids.drones2025 },
      body: { parent_id },
    }),
  ],
  [
    'create_asset',
    'create_asset',
    (collection_id) => ({ title: 'New', type: 'PLACEHOLDER', collection_id, assign_to_collection: true }),
  ],
  [
    'partial_update_collection',
    'partial_update_collection',
    (parent_id) => ({ collection_id: ids.drones2025, parent_id }),
  ],
];

const contents = ({ sandbox }: World): unknown[] =>
  sandbox.store.contents.where('collection_id', ids.springCampaign).map(({ object_id }) => object_id);
const notesOf = ({ notes }: Answer): string => notes.join('\n');

describe.each(WAYS)('%s', (tool, args) => {
  test('asks first where guests will see what comes in, and says who', async () => {
    const made = await world();
    const plan = await made.call(tool, args(SHARED));
    expect(plan.status).toBe('preview');
    expect(notesOf(plan)).toMatch(
      /Will show it to: share of the collection "Spring Campaign" with .*anna@client\.example/,
    );
    expect(contents(made)).not.toContain(ids.drone);
    await made.call(tool, { confirm: plan.confirm });
    expect(contents(made)).toContain(ids.drone);
  });

  test('says so where it may not read who sees it', async () => {
    const fetch: NonNullable<Parameters<typeof world>[0]>['fetch'] =
      ({ fetch: send }) =>
      async (input, init) =>
        (input instanceof Request ? input.url : String(input)).includes('/shares/')
          ? new Response('{"errors":["Forbidden"]}', { status: 403, headers: { 'content-type': 'application/json' } })
          : send(input, init);
    const made = await world({ fetch });
    const plan = await made.call(tool, args(SHARED));
    expect(plan.status).toBe('preview');
    expect(notesOf(plan)).toContain(`Which shares reach "${SHARED}" could not be read`);
  });

  test('asks nothing where nobody else will', async () => {
    const made = await world();
    expect((await made.call(tool, args('Aerials'))).status).toBe('done');
  });
});

test('make_subclips says who will see the sub-clips', async () => {
  const made = await world();
  const cut = { asset: ids.match, ranges: ['12:04-12:31'], names: ['Goal {n}'] };
  const plan = await made.call('make_subclips', { ...cut, collection: SHARED });
  expect(notesOf(plan)).toMatch(/Will show it to: .*anna@client\.example/);
  const below = await made.call('make_subclips', { ...cut, collection: `${SHARED} / New`, create_collection: true });
  expect(notesOf(below)).toMatch(/Will show it to: .*anna@client\.example/);
  expect(notesOf(await made.call('make_subclips', { ...cut, collection: 'Aerials' }))).not.toContain('Will show');
});

describe.each(OPERATIONS)('%s', (_, tool, args) => {
  const made = (): Promise<World> => world({ toolsets: allToolsets });
  const isWrite = (request: string): boolean => !/^GET |^POST \/API\/search\/v1\/search\//.test(request);

  test('asks first where guests will see what comes in, and says who', async () => {
    const { call, requests } = await made();
    const plan = await call(tool, { ...args(ids.springCampaign) });
    expect(plan.status).toBe('preview');
    expect(notesOf(plan)).toMatch(
      /Will show it to: share of the collection "Spring Campaign" with .*anna@client\.example/,
    );
    expect(requests.filter(isWrite)).toEqual([]);
    await call(tool, { confirm: plan.confirm });
    expect(requests.filter(isWrite)).toHaveLength(1);
  });

  test('asks nothing where nobody else will', async () => {
    const { call, requests } = await made();
    await call(tool, { ...args(ids.season2023) });
    expect(requests.filter(isWrite)).toHaveLength(1);
  });
});

/** Ways in which assets that are there already come into a collection, alone or with the collection that holds them. */
const BRINGING: readonly (readonly [name: string, tool: string, args: (into: string) => object])[] = [
  ...WAYS.map(([tool, args]) => [tool, tool, args] as const),
  ...OPERATIONS.filter(([name]) => !/made there|create_asset/.test(name)),
  ['move_in_collections', 'move_in_collections', (under) => ({ collection: ids.drones2025, under })],
  ['move_in_collections, a cover', 'move_in_collections', (collection) => ({ collection, cover: [ids.drone] })],
  [
    'change_operation, a cover',
    'change_operation',
    (collection_id) => ({
      operation: 'PATCH /assets/v1/collections/{collection_id}/',
      path: { collection_id },
      body: { keyframe_asset_ids: [ids.drone] },
    }),
  ],
  [
    'change_operation, a collection put there',
    'change_operation',
    (collection_id) => ({
      operation: 'POST /assets/v1/collections/{collection_id}/contents/',
      path: { collection_id },
      body: { object_type: 'collections', object_id: ids.drones2025 },
    }),
  ],
];
const UNDER_EMBARGO: WorldOptions = {
  toolsets: allToolsets,
  fill: function underEmbargo(sandbox) {
    const { metadata_values: values } = sandbox.store.values.get(`assets/${ids.drone}`) ?? {};
    const restricted = { field_values: [{ value: 'restricted' }] };
    sandbox.store.values.update(`assets/${ids.drone}`, {
      metadata_values: { ...Object(values), rights_clearance: restricted },
    });
    sandbox.reindex();
  },
};

describe.each(BRINGING)('%s', (_, tool, args) => {
  test('says until when others see it, and what the rights of what comes in say', async () => {
    const { call } = await world(UNDER_EMBARGO);
    const notes = notesOf(await call(tool, { ...args(ids.springCampaign) }));
    expect(notes).toMatch(
      /anna@client\.example \([^)]*\), (until \w{3} 20\d\d-\d\d-\d\d \d\d:\d\d UTC|without an end)/,
    );
    expect(notes).toMatch(/Rights, Clearance \(of \d+\): .*"Restricted" 1: "Drone/);
  });
});

test('restore_assets says who will see again what comes back into a shared collection', async () => {
  const { call } = await world(UNDER_EMBARGO);
  const done = async (tool: string, args: object): Promise<Answer> =>
    call(tool, { confirm: (await call(tool, { ...args })).confirm });
  await done('collect_assets', { assets: [ids.drone], into: SHARED });
  await done('delete_assets', { assets: [ids.drone] });
  const plan = await call('restore_assets', { assets: [ids.drone] });
  expect(plan.status).toBe('preview');
  expect(notesOf(plan)).toMatch(/Will show it to: .*anna@client\.example/);
  expect(await call('restore_assets', { confirm: plan.confirm })).toMatchObject({ restored: 1 });
});
