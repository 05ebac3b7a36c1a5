import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../src/catalogue/index.ts';
import { registry } from '../../../src/tools/index.ts';
import { FRESH } from '../../catalogue/fresh_wordings.ts';
import { TUNED } from '../../catalogue/wordings.ts';
import { allToolsets, type World, world } from '../../support/world.ts';

const made = await world();
const { rows } = await loadCatalogue();
const find = async (words: string, service?: string, from: World = made): Promise<string[]> =>
  (await from.call('find_operations', { words, ...(service && { service }) })).operations;
const lineWith = (lines: readonly string[], path: string): string | undefined =>
  lines.find((line) => line.endsWith(` ${path}`));

describe('find_operations', () => {
  test('shows ten paths with what each method does, for 260 tokens', async () => {
    const asked = [...TUNED, ...FRESH].map(([words]) => words);
    for (const words of asked) {
      const { content } = await made.raw('find_operations', { words });
      const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
      expect(encode(text).length, words).toBeLessThanOrEqual(260);
    }
    expect(await find('who can see this collection')).toHaveLength(10);
  });

  test('asks Iconik for nothing', async () => {
    await find('archive');
    expect(made.requests).toEqual([]);
  });

  test('marks what asks first, and what does something else than its method says', async () => {
    const bin = lineWith(await find('what is in the trash'), '/assets/v1/delete_queue/assets/');
    expect(bin).toMatch(/^GET(→\w+)? POST=delete!(→\w+)? DELETE=update(→\w+)? /);
    const share = await made.call('find_operations', { words: 'make a share link' });
    expect(lineWith(share.operations, '/assets/v1/{object_type}/{object_id}/shares/url/')).toMatch(/^POST!/);
    expect(share.note).toMatch(/! asks first/);
    const plain = await made.call('find_operations', {
      words: 'convert a saved search to a collection',
      service: 'jobs',
    });
    expect(plain.note ?? '').not.toMatch(/asks first/);
  });

  test('points to the tool that does it better, and to none that the host does not see', async () => {
    const search = '/search/v1/search/';
    expect(lineWith(await find('search assets by words'), search)).toMatch(/POST=read→find_assets/);
    const few = await world({ toolsets: ['catalogue', 'search'] });
    expect(lineWith(await find('search assets by words', undefined, few), search)).toMatch(/POST=read→search /);
    const alone = await world({ toolsets: ['catalogue'] });
    expect(lineWith(await find('search assets by words', undefined, alone), search)).toMatch(/^POST=read \//);
    const all = await world({ toolsets: [...allToolsets] });
    const rename = lineWith(await find('rename an asset', undefined, all), '/assets/v1/assets/{asset_id}/');
    expect(rename).toMatch(/GET→show_asset/);
    expect(rename).not.toMatch(/(PATCH|PUT|DELETE\S*)→show_asset/);
  });

  test('names what is refused, and why it is not offered', async () => {
    const purging = await find('purge assets');
    expect(purging.filter((line) => line.includes('/purge/')).every((line) => line.includes('=purge'))).toBe(true);
    expect(purging.filter((line) => line.includes('/purge/')).length).toBeGreaterThan(0);
    expect((await find('empty the bin')).filter((line) => line.includes('/purge/'))).toEqual([]);
  });

  test('keeps to one service, and offers the nearest for one that is misspelt', async () => {
    expect((await find('list', 'stats')).every((line) => line.includes(' /stats/'))).toBe(true);
    expect(await made.refused('find_operations', { words: 'list', service: 'stat' })).toMatch(/Did you mean stats/);
    const none = await made.call('find_operations', { words: 'xyzzy' });
    expect(none).toMatchObject({ operations: [], note: expect.stringMatching(/No operation/) });
  });

  test('knows the tool of every operation that has one, for the object it is about', async () => {
    const all = await world({ toolsets: [...allToolsets] });
    const listed = [...registry].filter(([, { tool }]) => tool.route && tool.listed);
    expect(listed.length).toBeGreaterThan(60);
    for (const [name, { tool }] of listed) {
      const route = (tool.route as string).replace(/\{\?.*\}/, '');
      const { notes = [] } = await all.call('describe_operation', { operation: route });
      expect(
        notes.some((note: string) => note.endsWith(' does it, better.')),
        `${name}: ${route}`,
      ).toBe(true);
    }
  });

  test('shows no operation of which the catalogue knows nothing', async () => {
    const known = new Set(rows.map(({ path }) => path));
    for (const [words] of FRESH) {
      for (const line of await find(words)) expect(known.has(line.slice(line.lastIndexOf(' ') + 1)), line).toBe(true);
    }
  });
});
