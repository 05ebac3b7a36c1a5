import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, type World, world } from '../support/world.ts';

useJumpingClock();

/** Ids of assets that have media of their own: no placeholder, no sub-clip. */
const withMedia = ({ sandbox: { store } }: World): string[] =>
  store.assets
    .list()
    .filter(({ id }) => store.files.list().some((file) => file.asset_id === id && file.status !== 'DELETED'))
    .map(({ id }) => String(id));

const idsIn = (hits: readonly string[]): string[] => hits.map((line) => line.slice(-36));

describe('assets without media', () => {
  const housekeeping = { archived: false, where: { viewed: 'not since summer' }, limit: 100 };

  test('are named among the hits where media is what counts, with how to leave them out', async () => {
    const made = await world();
    const { notes, hits } = await made.call('find_assets', housekeeping);
    const own = withMedia(made);
    const without = idsIn(hits).filter((id) => !own.includes(id));
    expect(without.length).toBeGreaterThan(0);
    expect(notes.join('\n')).toMatch(
      new RegExp(`${without.length} of the hits shown ha(s|ve) no media of (its|their) own.*size "not empty"`),
    );
    const words = await made.call('find_assets', { words: 'interview' });
    expect(JSON.stringify(words.notes ?? [])).not.toContain('no media of');
  });

  test.each(['not empty', 'Not  empty'])('are left out by size %j, and found by "empty"', async (size) => {
    const made = await world();
    const { hits, total, notes } = await made.call('find_assets', { where: { size }, limit: 100 });
    const own = withMedia(made);
    expect(total).toBeGreaterThan(5);
    for (const id of idsIn(hits)) expect(own).toContain(id);
    expect(notes.join('\n')).toContain('size not empty → assets with files');
    const none = await made.call('find_assets', { where: { size: 'empty' }, limit: 100 });
    expect(none.total).toBeGreaterThan(0);
    for (const id of idsIn(none.hits)) expect(own).not.toContain(id);
    expect((await made.call('find_assets', { limit: 1 })).total).toBe(total + none.total);
  });

  test('can be asked for together with a range of sizes of others', async () => {
    const made = await world();
    expect(await made.refused('find_assets', { where: { codec: 'not empty' } })).toContain('size "not empty"');
    const selection = await made.call('find_assets', { ...housekeeping, where: { size: 'not empty' } });
    const plan = await made.call('archive_assets', { selection: selection.selection });
    expect(plan.notes.join('\n')).not.toMatch(/sub-clip has no media|has no file/);
  });
});

describe('the storage of a hit', () => {
  test('that was searched for and is not where its files are now, is explained', async () => {
    const made = await world();
    const { hits, notes } = await made.call('find_assets', { where: { storage: 'Lisbon SAN' }, limit: 100 });
    expect(notes.join('\n')).toMatch(/storage → a file on "Lisbon SAN", of whatever version.* gone from it since/);
    const moved = hits.filter((line: string) => line.includes('storage:') && !/storage: [^·]*Lisbon SAN/.test(line));
    expect(moved).toEqual([]);
    const archived = hits.find((line: string) => line.includes('Deep archive'));
    expect(archived).toMatch(/storage: Deep archive \(gone from Lisbon SAN: archived\)/);
  });
});

describe('what is no field', () => {
  test.each([
    ['find_assets', { where: { Rights: 'Cleared' } }],
    ['find_assets', { count_by: ['Rights'] }],
    ['set_metadata', { assets: [ids.match], values: { Rights: 'Cleared' } }],
    ['read_metadata', { assets: [ids.match], labels: ['rights'] }],
  ])('but the name of a view: %s %j is told the fields of the view', async (tool, args) => {
    const { refused } = await world();
    const error = await refused(tool, args);
    expect(error).toMatch(/"rights" is a view, with the fields Clearance, /i);
    expect(error).not.toContain('Nearest');
  });
});

describe('a label that there is not', () => {
  test.each([
    ['find_assets', { where: { 'Rights expires': '2026' } }],
    ['find_assets', { show: ['Rights expires'] }],
    ['set_metadata', { assets: [ids.match], values: { 'Rights expires': '2026-01-01' } }],
    ['read_metadata', { assets: [ids.match], labels: ['Rights expires'] }],
  ])('is answered with the nearest few, and where all are: %s %j', async (tool, args) => {
    const { refused } = await world();
    const error = await refused(tool, args);
    const [, others = ''] =
      /There is no field "Rights expires"\. Nearest: Rights expiry\. Others: (.*?) and \d+ more; descr/.exec(error) ??
      [];
    expect(others.split(', ')).toHaveLength(4);
    expect(error).not.toMatch(/Fields: |Language|Attendance/);
  });

  test('names no tool that is not offered', async () => {
    const { refused } = await world({ toolsets: ['find'] });
    const error = await refused('find_assets', { where: { Fooo: 'x' } });
    expect(error).toContain('There is no field "Fooo". ');
    expect(error.includes('describe_metadata')).toBe(
      (await world({ toolsets: ['find'] }).then(({ host }) => host.listTools())).tools.some(
        ({ name }) => name === 'describe_metadata',
      ),
    );
  });
});

describe('a value', () => {
  test('that is not written as its label says which one it was taken for', async () => {
    const { call } = await world();
    const { notes, total } = await call('find_assets', { where: { 'Content type': 'Drone' } });
    expect(total).toBeGreaterThan(0);
    expect(notes.join('\n')).toContain('Content type: "Drone" → Drone shot');
    const several = await call('find_assets', { where: { 'Content type': ['drone', 'Interview'] } });
    expect(several.notes.join('\n')).toContain('Content type: "drone" → Drone shot');
    expect(several.notes.join('\n')).not.toContain('"Interview" →');
    const not = await call('find_assets', { where: { 'Content type': 'not drone' } });
    expect(not.notes.join('\n')).toContain('Content type: "drone" → Drone shot');
  });

  test('that shares a word with one alone names that one', async () => {
    const { refused } = await world();
    expect(await refused('find_assets', { where: { 'Content type': 'Drone footage' } })).toContain(
      'Nearest: Drone shot.',
    );
  });
});

test('words that no asset has, and a collection is called by, lead to the collection', async () => {
  const made = await world();
  made.sandbox.store.collections.update(ids.highlights, { title: 'Quayside selects' });
  made.sandbox.reindex();
  const { notes, total } = await made.call('find_assets', { words: 'Quayside selects' });
  expect(total).toBe(0);
  expect(notes.join('\n')).toMatch(/A collection is called "Quayside selects".*kind: "collections".*collection:/);
});
