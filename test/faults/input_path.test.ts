import { expect, test } from 'vitest';
import { allToolsets } from '../support/world.ts';
import { ASSET, everyPath, type Host, json, obliging, SEGMENT } from './host.ts';
import { againstRunning } from './running.ts';

const CLIMBS = [
  '../../../users/v1/users/current',
  '..',
  '.',
  '../',
  '/etc/passwd',
  '//evil.example/x',
  `${ASSET}/../../x`,
];
const ENCODED = [
  '%2e%2e/%2e%2e/x',
  '%252e%252e',
  '..%2f..',
  '%2e%2e%2f',
  '..%5c..',
  '%00',
  '\uff0e\uff0e\uff0f',
  '%c0%ae%c0%ae',
];
const CUTS = ['a?x=1', 'a#b', 'a;b', 'a\\..\\b', `${ASSET}?x=1`, `${ASSET}#b`, `${ASSET};b`, `${ASSET}/`, 'a@b', 'a:b'];
const CONTROLS = [
  'a\r\nX: y',
  '\0',
  'a\tb',
  `${ASSET}\n`,
  `${ASSET}\r\nHost: evil.example`,
  `\t${ASSET}`,
  `${ASSET}\u2028`,
];
const EMPTY = ['', ' ', '\u00a0', '\n', '\u200b'];
const RESERVED = [
  ...['old', 'all', 'bulk', 'content', 'contents', 'purge', 'current', 'from', 'queue', 'state'],
  ...['Old', 'ALL', 'Purge', 'segments', 'versions', 'relation_types', 'export_locations', 'reindex'],
];

const ALL = { flags: ['--toolsets', allToolsets.join()] };

/**
 * Metadata fields have names, and one may well be called `versions`; `bulk` is the context BULK of custom actions. No other
 * path of Iconik's begins with theirs.
 */
const isName = ([argument]: readonly [string, unknown], values: readonly string[]): boolean =>
  ['field_name', 'context'].includes(argument) && values === RESERVED;

const isOfName = (path: string): boolean => /^\/API\/(metadata\/v1\/fields|assets\/v1\/custom_actions)\//.test(path);

/** Each tool, each path argument, each value: an error that names the argument, and nothing sent. */
async function refused(host: Host, values: readonly string[]): Promise<void> {
  const outcomes = (await everyPath(host, values)).filter((one) => !isName(one, values));
  expect(outcomes.length).toBeGreaterThan(25 * values.length);
  for (const [argument, { isError, text, code }] of outcomes) {
    expect({ isError, code, named: text.includes(argument) }, text).toEqual({
      isError: true,
      code: undefined,
      named: true,
    });
    expect(text.length).toBeLessThan(2_000);
  }
}

test.each([
  ['asset_id with ../ (any path argument of any tool) sends nothing', CLIMBS],
  ['encoded and full-width dots and slashes in an id send nothing', ENCODED],
  ['an id with ? # ; or a backslash sends nothing', CUTS],
  ['an id with CR LF, NUL or tab sends nothing and is not stripped', CONTROLS],
  ['an empty or blank id never becomes the address of the list', EMPTY],
  ["a word of Iconik's paths (old, bulk, purge) is no id", RESERVED],
])('%s', (_, values) =>
  againstRunning(
    obliging,
    async (host, up) => {
      await refused(host, values);
      const sent = () => up.seen.map(({ path }) => path).filter((path) => values !== RESERVED || !isOfName(path));
      expect(sent()).toEqual([]);
      expect((await host.call('get_asset', { asset_id: ASSET })).structured.id).toBe(ASSET);
      expect(sent()).toEqual([`/API/assets/v1/assets/${ASSET}/`]);
    },
    ALL,
  ),
);

test('an id of 100 kB is refused in a short sentence, nothing sent', () =>
  againstRunning(
    obliging,
    async (host, up) => {
      await refused(host, ['a'.repeat(100_000), ASSET.repeat(2_800)]);
      expect(up.seen).toHaveLength(0);
    },
    ALL,
  ));

test('emoji, CJK, right-to-left text and combining marks arrive byte for byte', () =>
  againstRunning(
    ({ body }, response) => json(response, 201, { id: SEGMENT, ...JSON.parse(body) }),
    async (host, up) => {
      const texts = [
        '🎬 👩🏽‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
        '映画の字幕 김치',
        'مباراة كرة القدم',
        'e\u0301 n\u0303 \u1112\u1161\u11ab',
        'می‌خواهم',
        '\u202eabc\u200b',
        'a\\"\n\tb',
      ];
      for (const segment_text of texts) {
        const { isError } = await host.call('create_segment', {
          asset_id: ASSET,
          segment_type: 'COMMENT',
          segment_text,
        });
        expect(isError).toBe(false);
        const seen = up.seen.at(-1);
        expect(JSON.parse(seen?.body ?? '').segment_text).toBe(segment_text);
        expect(seen?.headers['content-length']).toBe(String(Buffer.byteLength(seen?.body ?? '')));
      }
      const { isError } = await host.call('create_asset', { title: texts.join(' ') });
      expect(isError).toBe(false);
      expect(JSON.parse(up.seen.at(-1)?.body ?? '').title).toBe(texts.join(' '));
    },
  ));

test('a lone surrogate is refused or arrives as U+FFFD', () =>
  againstRunning(obliging, async (host, up) => {
    const calls = [
      ['create_segment', { asset_id: ASSET, segment_type: 'COMMENT', segment_text: 'a\ud800b' }],
      ['create_segment', { asset_id: ASSET, segment_type: 'COMMENT', metadata: { '\udc00': ['x\ud83d'] } }],
      ['search', { query: 'x\udfff' }],
      ['get_storages', { name: 'x\ud800' }],
    ] as const;
    for (const [name, args] of calls) expect((await host.call(name, args)).code).toBeUndefined();
    expect(up.seen.length).toBeGreaterThan(0);
    for (const { body, path } of up.seen) {
      expect(body).not.toMatch(/\\ud[89a-f][0-9a-f]{2}/i);
      expect(decodeURIComponent(path).isWellFormed()).toBe(true);
    }
    expect((await host.call('get_asset', { asset_id: ASSET })).isError).toBe(false);
  }));
