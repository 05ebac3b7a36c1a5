import { expect, test } from 'vitest';
import type { Row } from '../../src/sandbox/types.ts';
import { ids, largeIds } from '../../src/sandbox/world/build/ids.ts';
import { MASTERS } from '../../src/sandbox/world/large/masters.ts';
import { library } from '../support/library.ts';
import { ask, rows } from './support.ts';

const large = library({ assets: 3_000 });

/** All hits of a search, in pages of a thousand. */
async function hits(terms: readonly Row[], docType = 'assets'): Promise<Row[]> {
  const criteria = { doc_types: [docType], query: '', filter: { operator: 'AND', terms }, sort: [{ name: 'id' }] };
  const found: Row[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const { body } = await ask(large, `POST /search/v1/search/?per_page=1000&page=${page}`, criteria);
    found.push(...rows(body.objects));
    pages = Number(body.pages);
  }
  return found;
}
const firstValue = (hit: Row, field: string): unknown => (hit.metadata as Record<string, unknown[]>)[field]?.[0];
const counted = (keys: readonly unknown[]): Map<unknown, number> => {
  const counts = new Map<unknown, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

test('hits say what is where, how large it is and when it was last viewed', async () => {
  const found = await hits([]);
  const files = found.flatMap((hit) => rows(hit.files));
  const bytes = (list: readonly Row[]): number => list.reduce((sum, file) => sum + Number(file.size), 0);
  const shown = new Set(found.map(({ id }) => id));
  expect(bytes(files)).toBe(bytes(large.store.files.list((file) => shown.has(file.asset_id))));
  expect(counted(files.map((file) => file.storage_id)).size).toBeGreaterThanOrEqual(4);
  const never = found.filter((hit) => hit.date_viewed == null);
  const before = found.filter((hit) => String(hit.date_viewed ?? '9') < '2026-01-01');
  for (const group of [never, before]) expect(group.length).toBeGreaterThan(found.length / 10);
});

test('some drone clips are the same file: checksum, size and duration', async () => {
  const found = await hits([{ name: 'metadata.content_kind', value_in: ['drone'] }]);
  const bySum = new Map<unknown, Row[]>();
  for (const hit of found)
    for (const sum of new Set(rows(hit.files).map((file) => file.checksum)))
      bySum.set(sum, [...(bySum.get(sum) ?? []), hit]);
  const twice = [...bySum.values()].filter((same) => same.length > 1);
  expect(twice.length).toBeGreaterThanOrEqual(5);
  for (const same of twice) {
    expect(new Set(same.flatMap((hit) => rows(hit.files).map(({ size }) => size))).size).toBe(1);
    expect(new Set(same.map((hit) => hit.duration_milliseconds)).size).toBe(1);
  }
});

test('hits have the technical data of their formats, and some masters are off specification', async () => {
  const found = await hits([{ name: 'in_collections', value_in: [largeIds.masters] }]);
  expect(found).toHaveLength(MASTERS);
  const specs = found.map((hit) => {
    const original = rows(hit.formats).find(({ name }) => name === 'ORIGINAL');
    const of = (type: string): Row => rows(original?.components).find((one) => one.type === type)?.metadata as Row;
    const [video, audio] = [of('VIDEO'), of('AUDIO')];
    return [video.format, video.format_profile, video.width, video.frame_rate, audio.bit_depth].join(' ');
  });
  const kinds = counted(specs);
  expect(kinds.get('ProRes 422 HQ 1920 23.976 24')).toBeGreaterThan(MASTERS / 2);
  expect([...kinds.keys()].sort()).toEqual([
    'AVC High@L4.2 1920 25.000 16',
    'ProRes 422 1920 23.976 16',
    'ProRes 422 HQ 1920 23.976 24',
    'ProRes 422 HQ 1920 25.000 24',
  ]);
});

test('clips have different cameras, a few have none', async () => {
  const found = await hits([{ name: 'metadata.content_kind', value_in: ['drone', 'interview', 'match'] }]);
  const cameras = counted(found.map((hit) => firstValue(hit, 'camera_model')));
  expect([...cameras.keys()]).toEqual(expect.arrayContaining(['DJI Inspire 3', 'ARRI Amira', 'Sony HDC-3500']));
  const unknown = cameras.get(undefined) ?? 0;
  expect(unknown).toBeGreaterThan(0);
  expect(unknown).toBeLessThan(found.length / 2);
});

test('open comments of a collection: two searches', async () => {
  const assets = await hits([{ name: 'ancestor_collections', value_in: [ids.football] }]);
  const open = await hits([{ name: 'segment_type', value_in: ['COMMENT'] }], 'segments');
  const inside = new Set(assets.map(({ id }) => id));
  const wanted = open.filter((one) => inside.has(one.asset_id) && one.segment_checked !== true);
  const stored = large.store.segments.list(
    (one) => one.segment_type === 'COMMENT' && inside.has(one.asset_id) && one.segment_checked !== true,
  );
  expect(wanted.map(({ id }) => id).sort()).toEqual(stored.map(({ id }) => id).sort());
  expect(counted(wanted.map((one) => one.asset_id)).size).toBeGreaterThan(20);
});
