import { describe, expect, test } from 'vitest';
import { LENIENT } from '../../src/sandbox/hard.ts';
import { createSearch } from '../../src/sandbox/search/index.ts';
import { type Call, Refusal, type Row, type Store } from '../../src/sandbox/types.ts';

const asset = (id: string, title: string, rest: Row = {}): Row => ({
  id,
  object_type: 'assets',
  title,
  type: 'ASSET',
  status: 'ACTIVE',
  media_type: 'video',
  is_online: true,
  ...rest,
});

const DOCUMENTS: Row[] = [
  asset('a1', 'Interview Jordan Reyes, Lisbon', {
    date_created: '2018-06-06T09:00:00Z',
    duration_milliseconds: 60_000,
    metadata: { keywords: ['harbour', 'sunrise'], rating: [5], shoot_date: ['2018-06-05'] },
    files: [
      { id: 'f1', name: 'INT_0042_A.mov', original_name: 'reyes.mov', storage_id: 's1', directory_path: 'cards/day 1' },
    ],
    keyframes: [{ id: 'k1', type: 'KEYFRAME' }],
    proxies: [{ id: 'p1', name: 'proxy' }],
    transcription_text: 'We sailed out of the old harbour before the sun rose',
    in_collections: ['c1'],
    person_ids: ['x'],
  }),
  asset('a2', 'Drone, Old Harbour at sunrise', {
    date_created: '2018-06-12T22:30:00Z',
    duration_milliseconds: 1000,
    metadata: { keywords: ['drone'], rating: [3], 'dotted.name': ['odd'] },
    description: 'Harbour seen from above',
  }),
  asset('a3', 'Café Ångström', { date_created: '2019-01-01T00:00:00Z', metadata: { rating: [1] }, is_online: false }),
  asset('a4', 'Goal! Harbour City v Northgate', { date_created: '2020-02-29T12:00:00+02:00', status: 'IN_PROGRESS' }),
  asset('a5', 'A quick brown fox', { date_created: '2021-05-05T05:05:05Z', media_type: 'image' }),
  asset('a6', 'fox brown', { date_created: '2021-05-05T05:05:05Z', media_type: 'image', external_id: 'EXT-77' }),
  asset('a7', '東京タワーの夜', { date_created: '2022-01-01T00:00:00Z', media_type: 'audio' }),
  asset('a8', 'Drone, thrown away', { status: 'DELETED' }),
  { id: 'c1', object_type: 'collections', title: 'Season 2025', date_created: '2023-01-01T00:00:00Z', parent_id: 'c0' },
  {
    id: 's1',
    object_type: 'segments',
    title: '',
    segment_type: 'MARKER',
    segment_text: ['Penalty (missed)'],
    asset_id: 'a4',
    date_created: '2023-02-01T00:00:00Z',
  },
  { id: 's2', object_type: 'segments', segment_text: 'A drone overhead', date_created: '2023-03-01T00:00:00Z' },
];
const LIVE = DOCUMENTS.flatMap((row) => (row.status === 'DELETED' ? [] : [String(row.id)]));

const endpoint = createSearch(() => DOCUMENTS);
/** Media of every id, on one S3 storage: enough to sign URLs. */
const table = {
  get: (id: string): Row => ({ id, name: id, storage_id: 's3', method: 'S3', settings: { bucket: 'b' } }),
};
const store = {
  keyframes: table,
  proxies: table,
  files: table,
  storages: table,
  now: () => '2026-01-01T00:00:00.000000+00:00',
} as unknown as Store;

const calling = (body: Row, query: Row = {}): Call => ({
  path: {},
  query,
  body,
  user: {},
  url: new URL('http://sandbox/API/search/v1/search/?per_page=3'),
  headers: new Headers(),
  store,
  index: store,
  hard: LENIENT,
  origin: 'http://sandbox',
});

interface Answer extends Row {
  objects: (Row & { id: string; _sort: unknown[]; _highlight: Record<string, string[]> })[];
  facets: Record<string, { buckets: { key: unknown; doc_count: number }[] }>;
  total: number;
}

async function search(body: Row, query: Row = { per_page: 100 }, by = endpoint): Promise<Answer> {
  return (await by.handle(calling(body, query))).body as Answer;
}
const found = async (body: Row): Promise<string[]> => (await search(body)).objects.map(({ id }) => id).sort();

async function refusal(body: Row, query: Row = {}): Promise<unknown> {
  try {
    await search(body, query);
  } catch (error) {
    if (error instanceof Refusal) return [error.status, JSON.stringify(error.errors)];
    throw error;
  }
  return 'no refusal';
}

const ids = (list: string): string[] => list.split(' ').filter(Boolean);

describe('query language', () => {
  test.each([
    ['', LIVE.join(' ')],
    ['*', LIVE.join(' ')],
    ['*:*', LIVE.join(' ')],
    ['harbour', 'a1 a2 a4'],
    ['HARBOUR sunrise', 'a1 a2'],
    ['harb', ''],
    ['and', ''],
    ['harbour & sunrise', 'a1 a2'],
    ['cafe', 'a3'],
    ['CAFÉ angstrom', 'a3'],
    ['京', 'a7'],
    ['東京', 'a7'],
    ['京東', ''],
    ['タワー', 'a7'],
    ['"a quick" "brown fox"', 'a5'],
    ['"uick brown"', ''],
    ['"quick bro"', ''],
    ['INT_0042', 'a1'],
    ['reyes.mov', 'a1'],
    ['EXT\\-77', 'a6'],
    ['"old harbour"', 'a1 a2'],
    ['"harbour old"', ''],
    ['"quick fox"', ''],
    ['"quick fox"~1', 'a5'],
    ['"fox brown"~2', 'a5 a6'],
    ['intervew~', 'a1'],
    ['intervew~1^2', 'a1'],
    ['title:harbour', 'a2 a4'],
    ['title: harbour', 'a2 a4'],
    ['title:"old harbour"', 'a2'],
    ['title:(fox OR lisbon)', 'a1 a5 a6'],
    ['title:(brown -quick)', 'a6'],
    ['harb* AND NOT title:goal', 'a1 a2'],
    ['f?x', 'a5 a6'],
    ['title:*', ids('a1 a2 a3 a4 a5 a6 a7 c1 s1').join(' ')],
    ['files.name:INT_00*', 'a1'],
    ['files.path:"cards/day 1"', 'a1'],
    ['metadata.keywords:drone', 'a2'],
    ['keywords:drone', 'a2'],
    ['metadata.dotted.name:odd', 'a2'],
    ['drone', 'a2 s2'],
    ['fox -quick', 'a6'],
    ['fox !quick', 'a6'],
    ['+fox NOT quick', 'a6'],
    ['fox || lisbon && interview', 'a1 a5 a6'],
    ['(fox OR lisbon) AND interview', 'a1'],
    ['-fox AND title:(brown OR cafe)', 'a3'],
    ['date_created:[2018-06-06 TO 2018-06-12]', 'a1 a2'],
    ['date_created:[2018-06-06 TO 2018-06-12}', 'a1'],
    ['date_created:{2018-06-06 TO 2019]', 'a2 a3'],
    ['date_created:[2018-06 TO 2018-06]', 'a1 a2'],
    ['date_created:2018-06-06', 'a1'],
    ['date_created:["2018-06-12T22:30:00Z" TO 2018-12]', 'a2'],
    ['date_created:[1672531200000 TO *]', 'c1 s1 s2'],
    ['rating:[3 TO *]', 'a1 a2'],
    ['rating:{3 TO *}', 'a1'],
    ['rating:{* TO 3}', 'a3'],
    ['rating:>=3', 'a1 a2'],
    ['duration_milliseconds:<60000', 'a2'],
    ['duration_milliseconds:1000', 'a2'],
    ['is_online:false', 'a3'],
    ['_exists_:metadata.keywords', 'a1 a2'],
    ['title:fox AND NOT _exists_:external_id', 'a5'],
    ['Penalty \\(missed\\)', 's1'],
    ['id:(a1 OR s2)', 'a1 s2'],
    ['"[unbalanced ("', ''],
    ['NOT "!!!"', ''],
    ['fox "???"', 'a5 a6'],
    ['"!!!" OR fox', 'a5 a6'],
    ['fox NOT "!!!"', 'a5 a6'],
  ])('%s', async (query, expected) => {
    expect(await found({ query })).toEqual(ids(expected).sort());
  });

  test.each([
    '(fox',
    'fox)',
    '"fox',
    'title:',
    'title:[a TO b',
    'title:[a b]',
    '[a TO b]',
    'a:b:c',
    'fox AND',
    'OR fox',
  ])('refuses %s', async (query) =>
    expect(await refusal({ query })).toEqual([400, expect.stringContaining('Failed to parse query')]),
  );

  test.each(['/Volumes/x', 'Goal!', 'fox \\', 'fox ^', '()', 'date_created:[soon TO *]'])('refuses %s', async (query) =>
    expect(await refusal({ query })).toEqual([400, expect.stringContaining('Failed to parse')]),
  );

  test('looks in the search fields only', async () => {
    expect(await found({ query: 'harbour', search_fields: ['transcription_text'] })).toEqual(['a1']);
    expect(await found({ query: 'harbour', search_fields: ['metadata', 'description'] })).toEqual(['a1', 'a2']);
    expect(await found({ query: 'reyes mov', search_fields: ['file_names'] })).toEqual(['a1']);
  });
});

describe('filters', () => {
  const and = (...terms: Row[]): Row => ({ operator: 'AND', terms });
  test.each<[string, Row, string]>([
    ['value', and({ name: 'title', value: 'harbour -goal' }), 'a2'],
    ['value, another field', and({ name: 'title', value: 'harbour status:IN_PROGRESS' }), 'a4'],
    ['value, words of one value', and({ name: 'title', value: '(fox OR cafe)' }), 'a3 a5 a6'],
    ['value *', and({ name: 'external_id', value: '*' }), 'a6'],
    ['value_in', and({ name: 'media_type', value_in: ['image', 'audio'] }), 'a5 a6 a7'],
    ['value_in is exact', and({ name: 'media_type', value_in: ['Image', 'aud'] }), ''],
    ['value_in of nothing', and({ name: 'media_type', value_in: [] }), ''],
    ['value_in, nested', and({ name: 'files.storage_id', value_in: ['s1'] }), 'a1'],
    ['value_in, boolean', and({ name: 'is_online', value_in: ['false'] }), 'a3'],
    ['exists', and({ name: 'metadata.rating', exists: true }), 'a1 a2 a3'],
    ['missing', and({ name: 'date_created', missing: true }), ''],
    ['exists false', and({ name: 'metadata.rating', exists: false }, { name: 'title', value: 'fox' }), 'a5 a6'],
    ['range, days', and({ name: 'date_created', range: { min: '2018-06-06', max: '2018-06-12' } }), 'a1 a2'],
    [
      'range, zone',
      and({ name: 'date_created', range: { min: '2018-06-06', max: '2018-06-12', timezone: '+02:00' } }),
      'a1',
    ],
    ['range, day values', and({ name: 'metadata.shoot_date', range: { min: '2018-06-05', timezone: '-05:00' } }), 'a1'],
    ['range, numbers', and({ name: 'metadata.rating', range: { min: '2', max: '10' } }), 'a1 a2'],
    ['range, one end', and({ name: 'duration_milliseconds', range: { max: '1000' } }), 'a2'],
    [
      'or',
      {
        operator: 'or',
        terms: [
          { name: 'title', value: 'fox' },
          { name: 'id', value: 'a3' },
        ],
      },
      'a3 a5 a6',
    ],
    [
      'nested',
      {
        operator: 'AND',
        terms: [{ name: 'media_type', value_in: ['video'] }],
        filters: [
          {
            operator: 'OR',
            terms: [{ name: 'title', value: 'cafe' }],
            filters: [and({ name: 'title', value: 'goal' })],
          },
        ],
      },
      'a3 a4',
    ],
  ])('%s', async (_, filter, expected) => expect(await found({ filter })).toEqual(ids(expected)));

  test('lets an empty one pass everything', async () =>
    expect(await found({ filter: { operator: 'OR' } })).toHaveLength(LIVE.length));

  test('refuses what cannot be meant', async () => {
    expect(await refusal({ filter: { operator: 'XOR' } })).toEqual([400, expect.stringContaining('AND or OR')]);
    expect(await refusal({ filter: and({ name: 'title' }) })).toEqual([400, expect.stringContaining('value_in')]);
    const range = { min: '2018', timezone: 'Lisbon' };
    expect(await refusal({ filter: and({ name: 'date_created', range }) })).toEqual([
      400,
      expect.stringContaining('timezone'),
    ]);
  });

  test('narrows by kind of document', async () => {
    expect(await found({ query: 'drone', doc_types: ['segments'] })).toEqual(['s2']);
    expect(await found({ doc_types: ['collections', 'saved_searches'] })).toEqual(['c1']);
  });
});

describe('order and paging', () => {
  const order = async (body: Row): Promise<string> => (await search(body)).objects.map(({ id }) => id).join(' ');

  test.each<[Row, string]>([
    [{ query: 'fox' }, 'a5 a6'],
    [{ query: 'sunrise' }, 'a2 a1'],
    [{ query: 'rating:*' }, 'a3 a2 a1'],
    [{ query: 'rating:*', sort: [{ name: 'rating' }] }, 'a3 a2 a1'],
    [{ query: 'rating:*', sort: [{ name: 'metadata.rating', order: 'DESC' }] }, 'a1 a2 a3'],
    [{ query: 'title:(fox OR cafe)', sort: [{ name: 'external_id', order: 'desc' }] }, 'a6 a3 a5'],
    [{ query: 'title:(fox OR cafe)', sort: [{ name: 'external_id', order: 'asc' }] }, 'a6 a3 a5'],
    [{ query: 'fox', sort: [{ name: 'date_created' }, { name: 'title', order: 'desc' }] }, 'a6 a5'],
  ])('%j', async (body, expected) => expect(await order(body)).toBe(expected));

  test('refuses an order of another name', async () =>
    expect(await refusal({ sort: [{ name: 'title', order: 'up' }] })).toEqual([400, expect.stringContaining('asc')]));

  test.each<[Row]>([
    [{}],
    [{ sort: [{ name: 'external_id' }] }],
    [{ sort: [{ name: 'title', order: 'desc' }, { name: 'date_created' }] }],
  ])('walks with search_after under %j, each hit once', async (body) => {
    const seen: string[] = [];
    let after: unknown[] | undefined;
    for (let round = 0; round < 10; round++) {
      const { objects, total } = await search(
        after ? { ...body, search_after: after } : body,
        after ? { per_page: 3, page: 77 } : { per_page: 3 },
      );
      expect(total).toBe(LIVE.length);
      seen.push(...objects.map(({ id }) => id));
      const last = objects.at(-1);
      if (!last) break;
      expect(last._sort.at(-1)).toBe(last.id);
      after = JSON.parse(JSON.stringify(last._sort));
    }
    expect(seen.sort()).toEqual(LIVE.toSorted());
  });

  test('refuses a cursor of another search', async () => {
    expect(await refusal({ search_after: ['a1'] })).toEqual([400, expect.stringContaining('_sort')]);
    expect(await refusal({ search_after: [{}, 1, 'a1'] })).toEqual([400, expect.stringContaining('_sort')]);
  });

  test('answers pages and their addresses', async () => {
    const { objects, facets, ...about } = await search({}, { per_page: 3, page: 2 });
    expect(objects).toHaveLength(3);
    expect(facets).toEqual({});
    expect(about).toEqual({
      page: 2,
      pages: 4,
      per_page: 3,
      total: 10,
      first_url: '/API/search/v1/search/?per_page=3&page=1',
      last_url: '/API/search/v1/search/?per_page=3&page=4',
      next_url: '/API/search/v1/search/?per_page=3&page=3',
      prev_url: '/API/search/v1/search/?per_page=3&page=1',
      scroll_id: null,
    });
  });

  test('ends the list with null and takes page 1 of nothing', async () => {
    expect(await search({}, { page: 1 })).toMatchObject({ per_page: 10, pages: 1, next_url: null, prev_url: null });
    expect(await search({ query: 'nowhere' }, {})).toMatchObject({ objects: [], total: 0, pages: 1, page: 1 });
    expect(await search({}, { per_page: 0 })).toMatchObject({ objects: [], total: 10, pages: 1 });
  });

  test('refuses pages that are not there', async () => {
    expect(await refusal({}, { page: 3 })).toEqual([404, '["Requested page does not exist"]']);
    expect(await refusal({}, { page: 1001 })).toEqual([400, expect.stringContaining('search_after')]);
    expect(await refusal({}, { scroll: true })).toEqual([400, expect.stringContaining('search_after')]);
  });
});

describe('hits', () => {
  const hit = async (body: Row, query: Row = {}): Promise<Row> => (await search(body, query)).objects[0] ?? {};

  test('mark the words found', async () => {
    expect((await hit({ query: 'harbour lisb* -fox', sort: [{ name: 'id' }] }))._highlight).toEqual({
      title: ['Interview Jordan Reyes, <em>Lisbon</em>'],
      'metadata.keywords': ['<em>harbour</em>'],
      transcription_text: ['We sailed out of the old <em>harbour</em> before the sun rose'],
    });
    expect((await hit({ query: 'cafe' }))._highlight).toEqual({ title: ['<em>Café</em> Ångström'] });
    expect((await hit({}))._highlight).toEqual({});
  });

  test('cut long texts around the words', async () => {
    const filler = 'lorem ipsum dolor sit amet '.repeat(100);
    const text = `${filler}needle ${filler}needle ${filler}`;
    const search_ = createSearch(() => [asset('a', 'x', { transcription_text: text })]);
    const { objects } = await search({ query: 'needle' }, {}, search_);
    const fragments = objects[0]?._highlight.transcription_text ?? [];
    expect(fragments).toHaveLength(2);
    for (const fragment of fragments) {
      expect(fragment).toContain('<em>needle</em>');
      expect(fragment.length).toBeLessThan(300);
    }
  });

  test.each<[Row, Row]>([
    [{ include_fields: ['id'] }, {}],
    [{ include_fields: ['files.name', 'metadata'] }, { files: 'name', metadata: 'keywords rating shoot_date' }],
    [
      { include_fields: ['meta*', 'status'], exclude_fields: ['metadata.r*'] },
      { metadata: 'keywords shoot_date', status: '' },
    ],
    [{ include_fields: ['keyframes'], exclude_fields: ['keyframes.url', 'id'] }, { keyframes: 'id type' }],
  ])('are trimmed by %j', async (fields, expected) => {
    const { id, object_type, title, _sort, _highlight, ...rest } = await hit({ query: 'id:a1', ...fields });
    expect([id, object_type, title]).toEqual(['a1', 'assets', 'Interview Jordan Reyes, Lisbon']);
    const shape = Object.entries(rest).map(([name, value]) => {
      const inner = Array.isArray(value) ? value[0] : value;
      return [name, typeof inner === 'object' ? Object.keys(inner).join(' ') : ''];
    });
    expect(Object.fromEntries(shape)).toEqual(expected);
  });

  test.each<[Row, string]>([
    [{}, 'keyframes'],
    [{ generate_signed_url: false, generate_signed_proxy_url: true }, ''],
    [{ generate_signed_proxy_url: true }, 'keyframes proxies'],
    [{ generate_signed_download_url: true }, 'keyframes files'],
  ])('carry URLs as %j asks', async (query, expected) => {
    const given = await hit({ query: 'id:a1' }, query);
    const urls = ['keyframes', 'proxies', 'files'].filter((kind) =>
      /"url":"http:\/\/sandbox\/_storage\/s3\/b\/.*X-Amz-Signature=/.test(JSON.stringify(given[kind])),
    );
    expect(urls.join(' ')).toBe(expected);
    expect(JSON.stringify(DOCUMENTS)).not.toContain('"url"');
  });
});

describe('facets', () => {
  const counts = async (body: Row): Promise<Row> =>
    Object.fromEntries(
      Object.entries((await search(body)).facets).map(([name, { buckets }]) => [
        name,
        buckets.map(({ key, doc_count }) => `${key}:${doc_count}`).join(' '),
      ]),
    );

  test('count what the query finds', async () =>
    expect(await counts({ facets: ['media_type', 'is_online', 'rating', 'nothing'], doc_types: ['assets'] })).toEqual({
      media_type: 'video:4 image:2 audio:1',
      is_online: 'true:6 false:1',
      rating: '1:1 3:1 5:1',
      nothing: '',
    }));

  test('are narrowed by the filters of the others', async () => {
    const body = {
      facets: ['media_type', 'status'],
      facets_filters: [{ name: 'media_type', value_in: ['video'] }, { name: 'status' }],
      doc_types: ['assets'],
    };
    expect(await found(body)).toEqual(['a1', 'a2', 'a3', 'a4']);
    expect(await counts(body)).toEqual({
      media_type: 'video:4 image:2 audio:1',
      status: 'ACTIVE:3 IN_PROGRESS:1',
    });
  });
});

test('reads the text of a document once, however many searches follow', async () => {
  let reads = 0;
  const many = Array.from({ length: 10_000 }, (_, at) =>
    Object.defineProperty(
      asset(`id${at}`, `Clip ${at} harbour`, {
        date_created: new Date(1.6e12 + at * 6e4).toISOString(),
        metadata: { keywords: ['one', 'two'] },
      }),
      'transcription_text',
      {
        enumerable: true,
        get() {
          reads += 1;
          return 'and then we went on and on about it '.repeat(10);
        },
      },
    ),
  );
  const big = createSearch(() => many);
  expect((await search({ query: 'harbour 77' }, {}, big)).total).toBe(1);
  const first = reads;
  expect((await search({ query: 'harbour 78' }, {}, big)).total).toBe(1);
  expect(first).toBeGreaterThanOrEqual(10_000);
  // The hit itself is copied.
  expect(reads - first).toBeLessThanOrEqual(1);
});
