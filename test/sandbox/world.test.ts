import { describe, expect, test } from 'vitest';
import type { Row, World } from '../../src/sandbox/types.ts';
import { ids } from '../../src/sandbox/world/build/ids.ts';
import { buildWorld } from '../../src/sandbox/world/index.ts';

const rowsOf = (value: unknown): Row[] => (Array.isArray(value) ? value : []);
const idsOf = (rows: readonly Row[]): Set<unknown> => new Set(rows.map((row) => row.id));
const versionsOf = (world: World): Row[] => world.assets.flatMap((asset) => rowsOf(asset.versions));

/** Column of a reference and where it points. */
function targets(world: World): Record<string, Set<unknown>> {
  const [assets, versions, users] = [idsOf(world.assets), idsOf(versionsOf(world)), idsOf(world.users)];
  const [storages, fileSets] = [idsOf(world.storages), idsOf(world.file_sets)];
  return {
    asset_id: assets,
    original_asset_id: assets,
    version_id: versions,
    original_version_id: versions,
    storage_id: storages,
    original_storage_id: storages,
    format_id: idsOf(world.formats),
    file_set_id: fileSets,
    archive_file_set_id: fileSets,
    collection_id: idsOf(world.collections),
    user_id: users,
    created_by: users,
    created_by_user: users,
    updated_by_user: users,
  };
}

describe.each([
  ['the story world', {}],
  ['a filled world', { assets: 400 }],
  ['a large world', { assets: 1200 }],
  ['a world with odd assets', { oddAssets: true, relativeWords: true }],
])('%s', (_name, size) => {
  const world = buildWorld({ seed: 7, ...size });

  test('is the same for the same seed', () => {
    expect(JSON.stringify(buildWorld({ seed: 7, ...size }))).toBe(JSON.stringify(world));
  });

  test('has no reference into the void', () => {
    const known = targets(world);
    const objects = new Map<unknown, Set<unknown>>([
      ['assets', idsOf(world.assets)],
      ['collections', idsOf(world.collections)],
      ['segments', idsOf(world.segments)],
    ]);
    const broken: string[] = [];
    for (const [table, rows] of [...Object.entries(world), ['versions', versionsOf(world)] as const])
      for (const row of rows) {
        for (const [column, set] of Object.entries(known))
          if (row[column] != null && !set.has(row[column])) broken.push(`${table}.${column} ${row[column]}`);
        if (row.object_id != null && !objects.get(row.object_type)?.has(row.object_id))
          broken.push(`${table}.object_id ${row.object_id}`);
        if (row.parent_id != null && !idsOf(rows).has(row.parent_id))
          broken.push(`${table}.parent_id ${row.parent_id}`);
      }
    expect(broken).toEqual([]);
  });

  test('keeps versions with their asset', () => {
    const owner = new Map(world.assets.flatMap((asset) => rowsOf(asset.versions).map(({ id }) => [id, asset.id])));
    for (const table of ['segments', 'formats', 'file_sets', 'files', 'proxies', 'keyframes'] as const)
      for (const row of world[table]) expect(owner.get(row.version_id)).toBe(row.asset_id);
  });

  test('fills fields with values of their type and options', () => {
    const fields = new Map(world.fields.map((field) => [field.name, field]));
    for (const { metadata_values: values } of world.values)
      for (const [name, { field_values: given }] of Object.entries(values as Record<string, { field_values: Row[] }>)) {
        const field = fields.get(name);
        expect(field, name).toBeDefined();
        if (given.length > 1) expect(field?.multi, name).toBe(true);
        const options = rowsOf(field?.options).map((option) => option.value);
        for (const { value } of given) {
          if (field?.field_type === 'drop_down') expect(options, name).toContain(value);
          if (field?.field_type === 'integer') expect(Number.isInteger(value), name).toBe(true);
          if (field?.field_type === 'boolean') expect(typeof value, name).toBe('boolean');
          if (field?.field_type === 'date') expect(value, name).toMatch(/^\d{4}-\d\d-\d\d$/);
        }
      }
  });

  test('keeps segments inside their asset', () => {
    const durations = new Map<unknown, number>();
    for (const format of world.formats) {
      const general = rowsOf(format.components).find(({ type }) => type === 'GENERAL');
      const { duration } = (general?.metadata ?? {}) as Record<string, string>;
      if (duration !== undefined) durations.set(format.version_id, Number(duration));
    }
    const outside = world.segments.filter((segment) => {
      const start = Number(segment.time_start_milliseconds ?? 0);
      const end = Number(segment.time_end_milliseconds ?? start);
      return !(start >= 0 && start <= end && end <= (durations.get(segment.version_id) ?? -1));
    });
    expect(outside).toEqual([]);
    const words = world.segments.flatMap(({ transcription }) => rowsOf((transcription as Row | undefined)?.words));
    expect(words.filter(({ start_ms: start, end_ms: end }) => !(Number(start) < Number(end)))).toEqual([]);
  });

  test('uses every id once', () => {
    for (const [name, rows] of Object.entries(world)) {
      const key = name === 'fields' ? 'name' : 'id';
      expect(new Set(rows.map((row) => row[key])).size, name).toBe(rows.length);
    }
    expect(idsOf(versionsOf(world)).size).toBe(versionsOf(world).length);
  });

  test('has everything ids.ts names', () => {
    const all = new Set([...Object.values(world).flat(), ...versionsOf(world)].map((row) => row.id));
    for (const row of world.segments) all.add(row.transcription_id).add(row.person_id);
    for (const row of world.users) all.add(row.system_domain_id);
    for (const id of Object.values(ids).flat()) expect(all).toContain(id);
  });
});

test('leaves the placeholder empty', () => {
  const world = buildWorld({ seed: 1 });
  for (const [name, rows] of Object.entries(world))
    expect(
      rows.filter((row) => row.asset_id === ids.placeholder || row.object_id === ids.placeholder),
      name,
    ).toEqual([]);
});

test('grows to ten thousand assets without touching the story', () => {
  const story = buildWorld({ seed: 3 });
  const large = buildWorld({ seed: 3, assets: 10_000 });
  // What is in the recycle bin comes last, and does not count.
  const [told, all] = [story, large].map(({ assets }) => assets.filter(({ status }) => status === 'ACTIVE'));
  expect(all).toHaveLength(10_000);
  expect(all?.slice(0, told?.length)).toEqual(told);
  expect(new Set(large.files.map((row) => row.id)).size).toBe(large.files.length);
});
