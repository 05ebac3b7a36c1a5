import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type Answer, ids, type World } from '../support/world.ts';
import { ASSET, bounded, worstWorld } from './worst_library.ts';

vi.setConfig({ testTimeout: 60_000 });

let made: World;
beforeAll(async () => {
  made = await worstWorld();
});

const MOST = 1_000;
const idsOf = (objects: readonly Answer[]): string[] => objects.map(({ id }) => id);

function once(found: readonly string[], total: number): void {
  expect(new Set(found).size).toBe(found.length);
  expect(found).toHaveLength(total);
  expect(total).toBeGreaterThan(90);
}

const segmentsOfOne = {
  doc_types: ['segments'],
  filter: {
    operator: 'AND',
    terms: [
      { name: 'asset_id', value_in: [ASSET] },
      { name: 'segment_type', value_in: ['COMMENT'] },
    ],
  },
};
const inFootball = {
  doc_types: ['assets'],
  filter: { operator: 'AND', terms: [{ name: 'ancestor_collections', value_in: [ids.season2025] }] },
};
const byTitle = {
  sort: [
    { name: 'title', order: 'asc' },
    { name: 'id', order: 'asc' },
  ],
};

describe('a search whose pages are cut to fit', () => {
  test.each([
    ['assets by title', { ...inFootball, ...byTitle }],
    ['assets by relevance', { ...inFootball, query: 'football OR the' }],
    ['segments of an asset', segmentsOfOne],
  ])('goes on behind the _sort of the last hit shown: %s', async (_, search) => {
    const found: string[] = [];
    let all = 0;
    for (let search_after: unknown; ; ) {
      const { answer } = await bounded(made, 'search', {
        ...search,
        per_page: MOST,
        ...(search_after ? { search_after } : {}),
      });
      if (answer.objects.length === 0) break;
      all ||= answer.total;
      if (found.length === 0) expect(answer.cut_to_fit).toMatch(/^objects: \d+ of \d+ shown/);
      expect(answer.objects.filter(({ _sort }: Answer) => _sort)).toHaveLength(1);
      found.push(...idsOf(answer.objects));
      search_after = answer.objects.at(-1)._sort;
    }
    once(found, all);
  });
});

/** Page by page; where a page is cut, once more from the start with the size that it names. */
async function byNumber(
  tool: string,
  args: Record<string, unknown>,
  largest: number,
): Promise<{ found: string[]; total: number }> {
  for (let per_page = largest; ; ) {
    const found: string[] = [];
    for (let page = 1; ; page += 1) {
      const { answer } = await bounded(made, tool, { ...args, per_page, page });
      if (/^objects: /.test(answer.cut_to_fit ?? '')) {
        const fits = Number(/per_page: (\d+)/.exec(answer.cut_to_fit)?.[1]);
        expect(fits).toBeLessThan(per_page);
        expect(fits).toBeGreaterThan(0);
        per_page = fits;
        break;
      }
      found.push(...idsOf(answer.objects));
      if (page >= answer.pages) return { found, total: answer.total };
    }
  }
}

/** Behind the last one shown, whatever was cut. */
async function byLastId(tool: string, args: Record<string, unknown>): Promise<{ found: string[]; total: number }> {
  const found: string[] = [];
  for (let last: string | undefined; ; last = found.at(-1)) {
    const { answer } = await bounded(made, tool, { ...args, per_page: MOST, ...(last && { last_id: last }) });
    if (answer.objects.length === 0) return { found, total: answer.total };
    found.push(...idsOf(answer.objects));
    if (found.length >= answer.total) return { found, total: answer.total };
  }
}

describe('a list whose pages are cut to fit', () => {
  test.each([
    ['search', { ...inFootball, ...byTitle }, MOST],
    ['search', segmentsOfOne, MOST],
    ['get_storages', {}, 100],
  ])('is complete with the per_page that the cut names: %s', async (tool, args, largest) => {
    const { found, total } = await byNumber(tool, args, largest);
    once(found, total);
  });

  test.each([['get_asset_files'], ['get_asset_filesets'], ['get_asset_formats'], ['get_asset_proxies']])(
    'goes on behind the last one shown: %s',
    async (tool) => {
      const { found, total } = await byLastId(tool, { asset_id: ASSET });
      once(found, total);
    },
  );
});
