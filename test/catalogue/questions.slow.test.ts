import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { beforeAll, describe, expect, test } from 'vitest';
import { permissionsOf } from '../../src/sandbox/permissions.ts';
import type { Row } from '../../src/sandbox/types.ts';
import { ids, largeIds, type World, world } from '../support/world.ts';

/** What people ask of a whole library, in one program each; the store is read directly beside it. */

const MAX_TOKENS = 2_500;
const YEAR = '2026-01-01';

let made: World;
beforeAll(async () => {
  made = await world({ assets: 10_000 });
});

const list = (value: unknown): readonly Row[] => (Array.isArray(value) ? value : []);
/** What is there and may be seen. */
const active = (): readonly Row[] =>
  made.sandbox.store.assets.list(
    ({ id, status }) => status === 'ACTIVE' && permissionsOf(made.sandbox.store, 'assets', String(id)).includes('read'),
  );

/** The result of a program that ends with `return table(…)` or with text; its tokens are those of call and answer. */
async function asked(program: string): Promise<{ result: unknown; csv: string[]; text: string }> {
  const wrapped = program.replace(/return ([^;]+);\s*$/, 'return JSON.stringify($1);');
  const result = await made.raw('run_query', { program: wrapped });
  const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
  expect(result.isError, text).toBeFalsy();
  expect(encode(program).length + encode(text).length).toBeLessThanOrEqual(MAX_TOKENS);
  const csv = result.content.flatMap((part) =>
    'resource' in part && 'text' in part.resource ? [part.resource.text] : [],
  );
  const json = /^result: (.*)$/m.exec(text)?.[1];
  return { result: json === undefined ? undefined : JSON.parse(json), csv, text };
}

describe('one program answers', () => {
  test('how many bytes nobody has viewed since a date, by storage', async () => {
    const { result } = await asked(`
      const storages = await pages('GET /files/v1/storages/', { fields: ['id', 'name'] });
      const names = new Map(storages.map(({ id, name }) => [id, name]));
      const hits = await find({ fields: ['date_viewed', 'files.size', 'files.storage_id'] });
      const bytes = {};
      for (const { date_viewed = '', files = [] } of hits)
        if (date_viewed < '${YEAR}')
          for (const { size, storage_id } of files)
            bytes[names.get(storage_id)] = (bytes[names.get(storage_id)] ?? 0) + size;
      return bytes;`);
    const unseen = new Set(
      active()
        .filter((row) => String(row.date_viewed ?? '') < YEAR)
        .map(({ id }) => id),
    );
    const stored: Record<string, number> = {};
    for (const file of made.sandbox.store.files.list(({ asset_id }) => unseen.has(asset_id))) {
      const [storage] = made.sandbox.store.storages.list(({ id }) => id === file.storage_id);
      const name = String(storage?.name);
      stored[name] = (stored[name] ?? 0) + Number(file.size);
    }
    expect(result).toEqual(stored);
    expect(Object.keys(stored).length).toBeGreaterThanOrEqual(4);
  });

  test('which clips are the same file, and what the copies cost', async () => {
    const { csv, text } = await asked(`
      const hits = await find({ fields: ['files.size', 'files.checksum'] });
      const same = new Map();
      for (const { id, title, files = [] } of hits)
        for (const { checksum, size } of new Map(files.map((file) => [file.checksum, file])).values())
          if (checksum) same.set(checksum, [...(same.get(checksum) ?? []), { id, title, size }]);
      const rows = [...same].filter(([, all]) => all.length > 1).flatMap(([checksum, all]) =>
        all.map(({ id, title, size }) => ({ checksum, id, title, size })));
      table(rows);`);
    const bySum = new Map<unknown, Map<unknown, Row>>();
    const alive = new Set(active().map(({ id }) => id));
    for (const file of made.sandbox.store.files.list(({ asset_id }) => alive.has(asset_id))) {
      if (!file.checksum) continue;
      bySum.set(file.checksum, (bySum.get(file.checksum) ?? new Map()).set(file.asset_id, file));
    }
    const expected = [...bySum].flatMap(([checksum, files]) =>
      files.size > 1 ? [...files.values()].map(({ asset_id, size }) => `${checksum} ${asset_id} ${size}`) : [],
    );
    const lines = (csv[0] ?? '').trimEnd().split('\r\n').slice(1);
    const found = lines.map((line) => {
      const [checksum, id] = line.split(',');
      return `${checksum} ${id} ${line.split(',').at(-1)}`;
    });
    expect(found.sort()).toEqual(expected.sort());
    expect(expected.length).toBeGreaterThan(20);
    expect(text).toMatch(new RegExp(`^rows: ${expected.length}$`, 'm'));
  });

  test('which masters are not to the specification', async () => {
    const { result } = await asked(`
      const hits = await find({ collection: 'Programme masters', fields: ['formats'] });
      const off = [];
      for (const { title, formats = [] } of hits) {
        const { components = [] } = formats.find(({ name }) => name === 'ORIGINAL') ?? {};
        const of = (type) => components.find((one) => one.type === type)?.metadata ?? {};
        const [v, a] = [of('VIDEO'), of('AUDIO')];
        const is = v.format + ' ' + v.format_profile + ' ' + v.frame_rate + ' ' + a.bit_depth;
        if (is !== 'ProRes 422 HQ 23.976 24') off.push([title, is]);
      }
      return off.sort();`);
    const masters = within(largeIds.masters);
    const wrong = made.sandbox.store.formats
      .list(({ asset_id, name }) => name === 'ORIGINAL' && masters.has(asset_id))
      .flatMap((format) => {
        const of = (type: string) => (list(format.components).find((one) => one.type === type)?.metadata ?? {}) as Row;
        const [video, audio] = [of('VIDEO'), of('AUDIO')];
        const is = [video.format, video.format_profile, video.frame_rate, audio.bit_depth].join(' ');
        const [asset] = made.sandbox.store.assets.list(({ id }) => id === format.asset_id);
        return is === 'ProRes 422 HQ 23.976 24' ? [] : [[asset?.title, is]];
      });
    expect(result).toEqual(wrong.sort());
    expect(wrong.length).toBeGreaterThan(10);
  });

  test('how many comments are open on each asset of a collection', async () => {
    const { result } = await asked(`
      const hits = await find({ collection: '${ids.football}' });
      const titles = new Map(hits.map(({ id, title }) => [id, title]));
      const comments = await pages('POST /search/v1/search/', {
        body: { doc_types: ['segments'], filter: { operator: 'AND', terms: [{ name: 'segment_type', value_in: ['COMMENT'] }] } },
        fields: ['asset_id', 'segment_checked'],
      });
      const open = new Map();
      for (const { asset_id, segment_checked } of comments)
        if (titles.has(asset_id) && segment_checked !== true) open.set(asset_id, (open.get(asset_id) ?? 0) + 1);
      const most = [...open].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
      return { assets: open.size, open: [...open.values()].reduce((a, b) => a + b, 0), most: most.slice(0, 10).map(([id, n]) => [titles.get(id), n]) };`);
    const inside = within(ids.football);
    const open = new Map<unknown, number>();
    for (const one of made.sandbox.store.segments.list(
      (row) => row.segment_type === 'COMMENT' && row.segment_checked !== true,
    ))
      if (inside.has(one.asset_id)) open.set(one.asset_id, (open.get(one.asset_id) ?? 0) + 1);
    const most = [...open].sort(([a, m], [b, n]) => n - m || (String(a) < String(b) ? -1 : 1)).slice(0, 10);
    const titleOf = (id: unknown) => made.sandbox.store.assets.list((row) => row.id === id)[0]?.title;
    expect(result).toEqual({
      assets: open.size,
      open: [...open.values()].reduce((a, b) => a + b, 0),
      most: most.map(([id, count]) => [titleOf(id), count]),
    });
    expect(open.size).toBeGreaterThan(20);
  });

  test('how many clips each camera made in a month', async () => {
    const { result } = await asked(`
      const hits = await find({ media_type: ['video'], show: ['Camera'] });
      const counts = {};
      for (const { date_created, Camera: [camera = 'none'] } of hits)
        if (date_created >= '2026') {
          const month = (counts[date_created.slice(0, 7)] ??= {});
          month[camera] = (month[camera] ?? 0) + 1;
        }
      return counts;`);
    const cameras = new Map(
      made.sandbox.store.values.list().map((row) => {
        const entry = (row.metadata_values as Row | undefined)?.camera_model as Row | undefined;
        return [row.id, list(entry?.field_values)[0]?.value];
      }),
    );
    const counts: Record<string, Record<string, number>> = {};
    for (const asset of active()) {
      const month = String(asset.date_created).slice(0, 7);
      if (month < '2026' || !isVideo(asset)) continue;
      const camera = String(cameras.get(`assets/${asset.id}`) ?? 'none');
      counts[month] = { ...counts[month], [camera]: (counts[month]?.[camera] ?? 0) + 1 };
    }
    expect(result).toEqual(counts);
    expect(Object.keys(counts).length).toBeGreaterThan(5);
  });
});

const isVideo = (asset: Row): boolean => {
  if (asset.media_type !== undefined) return asset.media_type === 'video';
  const formats = made.sandbox.store.formats.where('asset_id', asset.id);
  return formats.some(({ components }) => list(components).some(({ type }) => type === 'VIDEO'));
};

/** The ids of the assets in a collection and below it. */
function within(collection: string): Set<unknown> {
  const alive = new Set(active().map(({ id }) => id));
  const inside = (id: string): string[] =>
    made.sandbox.store.contents
      .where('collection_id', id)
      .flatMap(({ object_type, object_id }) =>
        object_type === 'collections' ? inside(String(object_id)) : [String(object_id)],
      );
  return new Set(inside(collection).filter((id) => alive.has(id)));
}
