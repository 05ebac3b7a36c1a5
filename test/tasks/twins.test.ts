import { describe, expect, test } from 'vitest';
import { registry } from '../../src/tools/index.ts';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, type WorldOptions, world } from '../support/world.ts';

useJumpingClock();

const [first, second] = ids.twins as [string, string];
const assets = [first, second];
const TITLE = 'Sunset behind the cranes';
const DATES = /created 20\d\d-\d\d-\d\d \d\d:\d\d/g;

interface Way {
  readonly args: Readonly<Record<string, unknown>>;
  /** What makes the case, before the plan. */
  readonly before?: (made: World) => unknown;
}

const set =
  (patch: Readonly<Record<string, unknown>>, some: readonly string[] = assets) =>
  ({ sandbox }: World): void => {
    for (const id of some) sandbox.store.assets.update(id, patch);
    sandbox.reindex();
  };
const done = async ({ call }: World, tool: string, args: Readonly<Record<string, unknown>>): Promise<Answer> => {
  const { confirm, ...answer } = await call(tool, args);
  return confirm ? call(tool, { confirm }) : answer;
};
const readOnly = ({ sandbox }: World): void => {
  const about = { id: `assets/${first}`, object_type: 'assets', object_id: first };
  sandbox.store.acls.insert({ ...about, permissions: ['read'] });
  sandbox.reindex();
};

/** Each tool that plans for several assets, with the two of one title: as they are, and where one of them is left out. */
const WAYS: Readonly<Record<string, readonly Way[]>> = {
  set_metadata: [
    { args: { assets, values: { Rating: 4 } } },
    { args: { assets, values: { Rating: 4 } }, before: readOnly },
  ],
  import_metadata: [{ args: { csv: `id,title,Rating\n${first},${TITLE},1\n${second},${TITLE},2\n` } }],
  import_log: [{ args: { csv: `Clip,In,Rating,Note\n${first},0:10,4,hello\n${second},0:12,5,there\n` } }],
  collect_assets: [{ args: { assets, into: ids.highlights } }],
  edit_assets: [
    { args: { assets, category: 'B-roll' } },
    { args: { assets, add_to: [ids.highlights] }, before: readOnly },
  ],
  copy_notes: [{ args: { asset: first, to_asset: second } }],
  name_people: [
    { args: { assets, analyse: true } },
    {
      args: { assets: [...assets, ids.master], analyse: true },
      before: (made) => done(made, 'name_people', { assets, analyse: true }),
    },
  ],
  review_proposals: [{ args: { assets, fill: ['Keywords'] } }],
  request_approval: [
    { args: { assets, people: ['anna@client.example'] } },
    {
      args: { assets: [...assets, ids.match], people: ['anna@client.example'] },
      before: (made) => done(made, 'request_approval', { assets: [first], people: ['anna@client.example'] }),
    },
  ],
  delete_assets: [
    { args: { assets } },
    { args: { assets: [...assets, ids.match] }, before: (made) => done(made, 'delete_assets', { assets: [first] }) },
  ],
  restore_assets: [
    { args: { assets }, before: (made) => done(made, 'delete_assets', { assets }) },
    {
      args: { assets: [...assets, ids.deleted] },
      before: (made) => done(made, 'delete_assets', { assets: [first] }),
    },
  ],
  archive_assets: [
    { args: { assets } },
    { args: { assets: [...assets, ids.match] }, before: set({ archive_status: 'ARCHIVED' }, [first]) },
    { args: { assets }, before: (made) => done(made, 'share', { asset: first, emails: ['anna@client.example'] }) },
  ],
  restore_media: [
    { args: { assets }, before: (made) => done(made, 'archive_assets', { assets }) },
    { args: { assets } },
  ],
  deliver_assets: [
    { args: { assets, to: 'Broadcast playout', unapproved: true } },
    { args: { assets, to: 'Broadcast playout' } },
    { args: { assets, to: 'Broadcast playout', unapproved: true }, before: set({ type: 'SUBCLIP' }, [first]) },
  ],
};
const cases = Object.entries(WAYS).flatMap(([tool, ways]) =>
  ways.map((way, n) => [`${tool}, ${n + 1}`, tool, way] as const),
);

/** Every text in an answer; what an object says itself is one. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  const own = Object.values(value).filter((one) => typeof one !== 'object');
  return [
    own.join(' '),
    ...Object.values(value)
      .filter((one) => typeof one === 'object')
      .flatMap(textsIn),
  ];
};

/** Texts that name more assets by the title than they tell apart. */
const unclear = (answer: Answer): string[] =>
  textsIn(answer).filter((text) => {
    // A share may have the title of what it is of.
    const named = text.replaceAll(`share "${TITLE}"`, '').split(TITLE).length - 1;
    const told = [...text.matchAll(DATES)].length + assets.filter((id) => text.includes(id)).length;
    return named > told;
  });

const SAME_DAY: WorldOptions = {
  fill: function madeAtOnce({ store, reindex }) {
    for (const id of assets) store.assets.update(id, { date_created: '2026-08-19T10:00:00.000000+00:00' });
    reindex();
  },
};

describe.each([
  ['made on different days', {}],
  ['made in the same minute', SAME_DAY],
] as const)('two assets of one title, %s', (_, options) => {
  test.each(cases)('are told apart by %s', async (_name, tool, way) => {
    const made = await world({ ...options, showsPages: true });
    await way.before?.(made);
    const result = await made.raw(tool, way.args);
    expect(result.isError, JSON.stringify(result.content)).not.toBe(true);
    const plan = result.structuredContent as Answer;
    expect(unclear(plan)).toEqual([]);
    expect(unclear(result._meta)).toEqual([]);
    if (!plan.confirm) return;
    expect(unclear(await made.call(tool, { confirm: plan.confirm }))).toEqual([]);
  });
});

/** Plans about one asset, of which another has the title. */
const ABOUT_ONE: readonly (readonly [tool: string, args: Readonly<Record<string, unknown>>])[] = [
  ['annotate_asset', { items: ['0:01 a', '0:02 b'] }],
  ['make_subclips', { ranges: ['0:01-0:05'], names: ['Take'] }],
  ['set_current_version', { version: 'v1', delete_old: true }],
  ['share', { emails: ['anna@client.example'] }],
];

test.each(ABOUT_ONE)('a plan of %s about one of them says its id', async (tool, args) => {
  const made = await world();
  await done(made, 'share', { asset: first, emails: ['eve@client.example'] });
  expect(JSON.stringify(await made.call(tool, { asset: first, ...args }))).toContain(first);
});

test('shares of things of one title are told apart', async () => {
  const made = await world();
  for (const asset of assets) await done(made, 'share', { asset, emails: ['eve@client.example'] });
  expect(unclear(await made.call('revoke_shares', { person: 'eve@client.example' }))).toEqual([]);
});

/** Calls that only read, and answer with several assets. */
const READING: readonly (readonly [tool: string, args: Readonly<Record<string, unknown>>])[] = [
  ['find_assets', { words: TITLE }],
  ['find_assets', { words: TITLE, show: ['Rating'] }],
  ['read_metadata', { assets }],
  ['list_approvals', { assets }],
  ['check_masters', { assets, codec: 'DNxHD' }],
  ['show_history', { assets }],
  ['list_shares', {}],
  ['list_bin', {}],
  ['export_metadata', { assets, columns: ['Rating'] }],
  ['find_duplicates', { collection: 'Aerials', everywhere: true }],
  ['report_storage', {}],
  ['export_markers', { cut: assets.map((id) => `${id} 0:01-0:05`) }],
];

test.each(READING)('they are told apart by the answer of %s, %o', async (tool, args) => {
  const made = await world(SAME_DAY);
  for (const asset of assets) await done(made, 'share', { asset, emails: ['anna@client.example'] });
  await done(made, 'request_approval', { assets, people: ['anna@client.example'] });
  expect(unclear(await made.call(tool, args))).toEqual([]);
});

test('every tool that plans for several assets is among them', () => {
  const planning = [...registry].flatMap(([name, { tool }]) =>
    tool.preview && tool.kind === 'task' && ['assets', 'csv', 'to_asset'].some((name) => name in tool.input.shape)
      ? [name]
      : [],
  );
  expect(Object.keys(WAYS).sort()).toEqual(planning.sort());
});

test('titles that read alike because they are cut are told apart, and one asset that is named twice is no twin', async () => {
  const made = await world();
  const long = (end: string): string => `${'Sunset behind the cranes of the northern harbour, '.repeat(4)}${end}`;
  for (const [n, id] of assets.entries()) made.sandbox.store.assets.update(id, { title: long(`take ${n}`) });
  made.sandbox.reindex();
  const { affected } = await made.call('set_metadata', { assets, values: { Rating: 4 } });
  expect(new Set(affected.map((line: string) => line.split(':')[0])).size).toBe(2);
  const twice = await made.call('set_metadata', { assets: [first, first, ids.match], values: { Rating: 4 } });
  expect(twice.affected.join()).not.toContain('created');
});

test('collections of one title are told apart, too', async () => {
  const { call } = await world();
  const plan = await call('edit_assets', { assets: [ids.match, ids.drone], add_to: [...ids.twinCollections] });
  for (const line of plan.affected) for (const id of ids.twinCollections) expect(line).toContain(id);
});
