import { describe, expect, test } from 'vitest';
import { loadCatalogue, loadSearch } from '../../src/catalogue/index.ts';
import { PATH_WORDS } from '../../src/catalogue/search/path_words.ts';
import { titled, titleOf } from '../../src/catalogue/titles.ts';
import { FRESH } from './fresh_wordings.ts';
import { TUNED, type Wording } from './wordings.ts';

const [catalogue, search] = await Promise.all([loadCatalogue(), loadSearch()]);
const FIRST = TUNED.slice(0, 30);

/** How many of the wordings have a right path among the first `count`. */
const hits = (wordings: readonly Wording[], count: number): number =>
  wordings.filter(([asked, ...paths]) =>
    search(asked, 10)
      .slice(0, count)
      .some(({ path }) => paths.includes(path)),
  ).length;

const paths = (asked: string, service?: string): string[] => search(asked, 10, service).map(({ path }) => path);

describe('the search for operations', () => {
  test('has wordings whose answers exist, and each once', () => {
    const all = [...TUNED, ...FRESH];
    expect(FRESH).toHaveLength(30);
    expect(new Set(all.map(([asked]) => asked)).size).toBe(all.length);
    const known = new Set(catalogue.rows.map(({ path }) => path));
    expect(all.flatMap(([, ...right]) => right).filter((path) => !known.has(path))).toEqual([]);
  });

  test('finds what people ask for, in words that it was tuned on and in others', () => {
    expect(hits(FIRST, 10) + hits(FRESH, 10)).toBeGreaterThanOrEqual(58);
    expect(hits(FIRST, 3) + hits(FRESH, 3)).toBeGreaterThanOrEqual(48);
    expect(hits(TUNED, 10)).toBeGreaterThanOrEqual(TUNED.length - 2);
    expect(hits(TUNED, 3)).toBeGreaterThanOrEqual(TUNED.length - 8);
  });

  test('finds them in words that it was never tuned on', () => {
    expect(hits(FRESH, 10)).toBeGreaterThanOrEqual(28);
    expect(hits(FRESH, 3)).toBeGreaterThanOrEqual(22);
  });

  test('finds each operation that has a title by that title', () => {
    const lost = titled().filter(
      (operation) => !paths(titleOf(operation) ?? '').includes(operation.split(' ')[1] ?? ''),
    );
    expect(lost).toEqual([]);
  });

  test('shows what is refused only where its own name is asked for, and behind the rest', () => {
    const refused = catalogue.rows.filter(({ refuse, internal }) => refuse !== undefined || internal);
    const isRefused = ({ path, methods }: { path: string; methods: readonly string[] }) =>
      refused.some((row) => row.path === path && methods.includes(row.method));
    // "missing" is the name of one, and a common word.
    const showing = [...TUNED, ...FRESH].filter(([asked]) => search(asked, 10).some(isRefused));
    expect(showing.map(([asked]) => asked)).toEqual(['generate missing proxies in bulk']);
    expect(search('generate missing proxies in bulk', 10).findIndex(isRefused)).toBe(9);
    const purging = search('purge the recycle bin', 10);
    expect(purging.slice(0, 5).filter(isRefused)).toEqual([]);
    expect(purging.filter(({ path }) => path.includes('/purge/')).length).toBeGreaterThan(0);
    expect(paths('reindex an asset')).toContain('/assets/v1/assets/{asset_id}/reindex/');
    expect(paths('refresh an asset')).not.toContain('/assets/v1/assets/{asset_id}/reindex/');
    expect(paths('purge', 'files').every((path) => path.startsWith('/files/'))).toBe(true);
  });

  test('keeps to one service, and answers nothing where no word is known', () => {
    expect(paths('history', 'search').every((path) => path.startsWith('/search/'))).toBe(true);
    expect(paths('history', 'search').length).toBeGreaterThan(1);
    expect(paths('xyzzy')).toEqual([]);
    expect(paths('')).toEqual([]);
    expect(paths('constructor __proto__ toString')).toEqual([]);
  });

  test('knows only words of paths that there are', () => {
    const words = new Set(catalogue.rows.flatMap(({ path }) => path.split('/')));
    expect(Object.keys(PATH_WORDS).filter((word) => !words.has(word))).toEqual([]);
  });
});
