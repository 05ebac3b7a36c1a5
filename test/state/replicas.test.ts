import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts';
import { closeStates, holding, replicas } from '../support/replicas.ts';
import {
  type Answer,
  allToolsets,
  type ElicitationHost,
  ids,
  type World,
  type WorldOptions,
} from '../support/world.ts';

const writes = (...worlds: readonly World[]): string[] =>
  worlds.flatMap(({ requests }) =>
    requests.filter((one) => /^(POST|PUT|PATCH|DELETE) /.test(one) && !/search/.test(one)),
  );

/** Lists show nothing new while a test runs. */
const lateLists: WorldOptions = { sandbox: { indexLagMs: 3_600_000, hard: { lateLists: true } } };

describe.skipIf(!hasRedis)('replicas', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(closeStates);
  afterAll(() => redis.end());

  const some = (count: number, options: WorldOptions = {}) =>
    replicas(redis, count, { tenant: crypto.randomUUID(), ...options });
  const two = async (options?: WorldOptions) => (await some(2, options)) as [World, World];
  const three = async () => (await some(3)) as [World, World, World];

  test('do a change once that was planned on one and confirmed at once on two others', async () => {
    const [a, b, c] = await three();
    const { confirm } = await a.call('delete_assets', { assets: [ids.interview] });
    const both = await Promise.all([b, c].map((one) => one.raw('delete_assets', { confirm })));
    expect(both.filter(({ isError }) => !isError)).toHaveLength(1);
    expect(JSON.stringify(both.find(({ isError }) => isError))).toMatch(/used this confirm token|used before/);
    expect(writes(a, b, c)).toHaveLength(1);
    expect(await a.refused('delete_assets', { confirm })).toMatch(/used before/);
  });

  test('say that a token was used, where the plan for it was made after another had carried it out', async () => {
    const { fetch, hold } = holding();
    const [a, b] = await two({ fetch });
    const { confirm } = await a.call('edit_assets', { assets: ids.twins, category: 'from above' });
    const release = hold(1, 'request', 0);
    const late = b.raw('edit_assets', { confirm });
    await expect.poll(() => b.requests.length).toBeGreaterThan(0);
    await a.call('edit_assets', { confirm });
    release();
    const text = JSON.stringify(await late);
    expect(text).toContain('was used before');
    expect(text).not.toContain('has changed since');
    expect(writes(b)).toEqual([]);
  });

  test('make the plan again on the one that is asked to act: what changed meanwhile is shown anew', async () => {
    const [a, b] = await two({ toolsets: allToolsets });
    const { confirm } = await a.call('delete_version', { asset_id: ids.trailer, version_id: await oldest(a) });
    await a.call('partial_update_asset', { asset_id: ids.trailer, title: 'Another title' });
    const text = await b.refused('delete_version', { confirm });
    expect(text).toContain('has changed since the preview');
    expect(writes(b)).toEqual([]);
  });

  test('take a confirm token alone, whose plan names a selection of the other', async () => {
    const [a, b] = await two();
    const { selection } = await a.call('find_assets', { words: 'storm' });
    const { confirm, summary } = await a.call('archive_assets', { selection });
    expect(summary).toMatch(/asset/);
    expect(await b.call('archive_assets', { confirm })).toMatchObject({ status: 'done' });
  });

  test('ask the person wherever the call arrives; who declines has used the token up for all', async () => {
    const answers: string[] = ['cancel', 'decline'];
    const elicitation: ElicitationHost = {
      declares: { form: {} },
      answer: async () => (answers.shift() ?? 'accept') as 'accept' | 'decline' | 'cancel',
    };
    const [a, b] = await two({ elicitation });
    const { confirm } = await a.call('delete_assets', { assets: [ids.interview] });
    expect(await a.refused('delete_assets', { confirm })).toContain('the confirm token still holds');
    expect(await b.refused('delete_assets', { confirm })).toContain('declined');
    expect(await a.refused('delete_assets', { confirm })).toContain('used before');
    expect(writes(a, b)).toEqual([]);
  });

  test.each<[kind: string, tool: string, args: object, next: (answer: Answer) => [string, object]]>([
    ['a selection', 'find_assets', { words: 'storm' }, ({ selection }) => ['read_metadata', { selection }]],
    ['the next page of a find', 'find_assets', { limit: 2 }, ({ next }) => ['find_assets', { cursor: next }]],
    ['a page by size', 'find_assets', { sort: 'largest', limit: 2 }, ({ next }) => ['find_assets', { cursor: next }]],
    [
      'the rest of a table',
      'read_metadata',
      { assets: ids.twins, limit: 1 },
      ({ next }) => ['read_metadata', { cursor: next }],
    ],
    [
      'the rest of a transcript',
      'read_transcript',
      { asset: ids.interview, find: 'the' },
      ({ next }) => ['read_transcript', { cursor: next }],
    ],
    [
      'the rest of a history',
      'show_history',
      { assets: [ids.interview], limit: 2 },
      ({ next }) => ['show_history', { cursor: next }],
    ],
    ['the rest of the bin', 'list_bin', { limit: 1 }, ({ next }) => ['list_bin', { cursor: next }]],
    ['the rest of saved searches', 'list_searches', { limit: 1 }, ({ next }) => ['list_searches', { cursor: next }]],
    [
      'places in speech',
      'read_transcript',
      { asset: ids.interview, find: 'the' },
      ({ places }) => ['annotate_asset', { asset: ids.interview, at_places: places }],
    ],
    [
      'threads',
      'read_notes',
      { asset: ids.interview },
      ({ threads }) => ['annotate_asset', { asset: ids.interview, threads, delete: ['1'] }],
    ],
    ['a list of the bin', 'list_bin', {}, ({ bin }) => ['restore_assets', { bin }]],
  ])('go on with %s of another as that one would', async (_, tool, args, next) => {
    const [a, b] = await two();
    const [then, own] = next(await a.call(tool, args as Record<string, unknown>));
    expect(Object.values(own).every((value) => value !== undefined)).toBe(true);
    const given = own as Record<string, unknown>;
    // A token, and a handle of what is left, are new in each answer.
    const settled = ({ confirm: _c, next: _n, note: _o, threads: _t, ...rest }: Answer) => rest;
    expect(settled(await b.call(then, given))).toEqual(settled(await a.call(then, given)));
  });

  test('show what another wrote a moment ago, where lists do not yet', async () => {
    const [a, b] = await two(lateLists);
    const note = { asset_id: ids.match, segment_type: 'COMMENT' };
    const before = (await b.call('read_notes', { asset: ids.match })).total;
    const { id } = await a.call('create_segment', { ...note, segment_text: 'Written on the first' });
    await b.call('create_segment', { ...note, segment_text: 'Written on the second' });
    for (const one of [a, b]) expect((await one.call('read_notes', { asset: ids.match })).total).toBe(before + 2);
    const gone = { asset_id: ids.match, segment_id: id, status: 'DELETED' };
    const { confirm } = await b.call('partial_update_segment', gone);
    await b.call('partial_update_segment', { confirm });
    for (const one of [a, b]) {
      const { total, items } = await one.call('read_notes', { asset: ids.match });
      expect(total).toBe(before + 1);
      expect(items.join()).not.toContain('Written on the first');
    }
  });

  test('start nothing twice that another has started', async () => {
    const [a, b] = await two(lateLists);
    const args = { assets: [ids.match], to: 'Broadcast playout', unapproved: true };
    const { confirm } = await a.call('deliver_assets', args);
    expect(await a.call('deliver_assets', { confirm })).toMatchObject({ started: 1 });
    expect(await b.call('deliver_assets', args)).toMatchObject({ status: 'done', started: 0 });
  });

  test('take back on one what was added on another', async () => {
    const [a, b] = await two();
    const { run } = await agreed(a, 'annotate_asset', { asset: ids.match, items: ['0:10 First', '0:20 Second'] });
    const { confirm } = await b.call('annotate_asset', { asset: ids.match, undo: run });
    expect(await b.call('annotate_asset', { confirm })).toMatchObject({ status: 'done', deleted: 2 });
  });

  test('set back on one the values that were written on another', async () => {
    const [a, b] = await two();
    const { notes } = await agreed(a, 'set_metadata', { assets: [ids.match, ids.drone], values: { Rating: 1 } });
    const { undo } = JSON.parse(/^Undo: set_metadata (.*)$/m.exec(notes.join('\n'))?.[1] ?? '{}');
    const { confirm } = await b.call('set_metadata', { undo });
    expect(await b.call('set_metadata', { confirm })).toMatchObject({ status: 'done', changed: 2 });
  });

  test('forget what they remember once another has changed it', async () => {
    const [a, b] = await two({ toolsets: allToolsets });
    await b.call('describe_metadata', { view: 'Rights' });
    await agreed(a, 'update_metadata_view', { view_id: ids.rightsView, name: 'Rights and dates' });
    const { notes } = await b.call('describe_metadata', { view: 'Rights' });
    expect(notes.join()).toContain('"Rights" taken as the view "Rights and dates".');
  });

  test('read a document that another attached', async () => {
    const [a, b] = await two();
    const { content } = await a.raw('export_captions', { asset: ids.interview, format: 'srt' });
    const part = content.find(({ type }) => type === 'resource') as Answer;
    const { contents } = await b.host.readResource({ uri: part.resource.uri });
    expect(contents[0]).toMatchObject({ text: part.resource.text });
  });

  test('see nothing of another tenant: no handle, no token, no note', async () => {
    const [a] = (await replicas(redis, 1, { tenant: 'one' })) as [World];
    const [b] = (await replicas(redis, 1, { tenant: 'two', library: a.sandbox })) as [World];
    const { selection } = await a.call('find_assets', { words: 'storm' });
    const { confirm } = await a.call('delete_assets', { assets: [ids.interview] });
    expect(await b.refused('read_metadata', { selection })).toContain('is unknown or expired');
    expect(await b.refused('delete_assets', { confirm })).toContain('is unknown');
    expect(await b.refused('delete_assets', { assets: [ids.interview], confirm })).toContain('is unknown');
    expect(writes(b)).toEqual([]);
    expect(await a.call('delete_assets', { confirm })).toMatchObject({ status: 'done' });
  });
});

async function agreed({ call }: World, tool: string, args: Record<string, unknown>): Promise<Answer> {
  const plan = await call(tool, args);
  return plan.confirm ? call(tool, { confirm: plan.confirm }) : plan;
}

async function oldest({ sandbox }: World): Promise<string> {
  const { versions } = sandbox.store.assets.get(ids.trailer) as Answer;
  return versions[0].id;
}
