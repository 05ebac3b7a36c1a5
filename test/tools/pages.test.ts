import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { ids, type World, world } from '../support/world.ts';

/** An Iconik whose pages hold at most so many objects, whatever was asked for; `change` spoils the address further. */
const capped =
  (max: number, change: (url: URL) => void = () => undefined) =>
  (sandbox: Sandbox): typeof fetch =>
  (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (Number(url.searchParams.get('per_page')) > max) url.searchParams.set('per_page', String(max));
    change(url);
    return sandbox.fetch(new Request(url, request));
  };

/** A clip with 40 comments, 40 markers and 40 files more than it had. */
function fill({ sandbox: { store, reindex } }: World): void {
  const [line] = store.segments.where('asset_id', ids.drone);
  const [file] = store.files.where('asset_id', ids.drone);
  const { file_set_id, ...loose } = file ?? {};
  const [segment = line] = store.segments.where('asset_id', ids.interview);
  for (let n = 0; n < 40; n += 1) {
    for (const segment_type of ['COMMENT', 'MARKER'])
      store.segments.insert({
        ...segment,
        id: store.newId(),
        asset_id: ids.drone,
        version_id: null,
        parent_id: null,
        subclip_id: null,
        transcription: null,
        transcription_id: null,
        top_level: true,
        segment_type,
        segment_text: `${segment_type} ${n}`,
        time_start_milliseconds: 1_000 * n,
        time_end_milliseconds: 1_000 * n,
      });
    store.files.insert({ ...structuredClone(loose), id: store.newId(), name: `part-${n}.mov` });
  }
  reindex();
}

describe('where Iconik returns shorter pages than asked for', () => {
  test('nothing is lost, in whatever way a list goes on', async () => {
    const [whole, short] = await Promise.all([world(), world({ fetch: capped(7) })]);
    fill(whole);
    fill(short);
    const calls: [tool: string, args: Record<string, unknown>, key: string][] = [
      ['read_notes', { asset: ids.drone }, 'total'],
      ['export_markers', { asset: ids.drone }, 'total'],
      ['locate_files', { asset: ids.drone }, 'total'],
      ['show_asset', { asset: ids.drone }, 'comments'],
      ['view_frame', { asset: ids.hourClip, at: ['1:00'] }, 'keyframes'],
      ['check_jobs', { state: 'all', days: 365 }, 'total'],
    ];
    for (const [tool, args, key] of calls) {
      const [want, got] = [await whole.raw(tool, args), await short.raw(tool, args)];
      const valueIn = ({ structuredContent, content }: typeof want) =>
        structuredContent?.[key] ??
        new RegExp(`^${key}: .*`, 'm').exec(String((content[0] as { text: string }).text))?.[0];
      expect([tool, valueIn(want)]).not.toEqual([tool, undefined]);
      expect([tool, valueIn(got)]).toEqual([tool, valueIn(want)]);
    }
  });

  test('a selection still means all that was found', async () => {
    const { call } = await world({ fetch: capped(7) });
    const { total, selection } = await call('find_assets', { limit: 5 });
    const { summary } = await call('set_metadata', { selection, values: { Keywords: 'everywhere' } });
    expect(total).toBeGreaterThan(50);
    expect(summary).toContain(`${total} assets`);
  });

  test('a sub-clip that is there already is found behind many other segments', async () => {
    const made = await world({ fetch: capped(7) });
    const cut = { asset: ids.hourClip, ranges: ['0:10-0:20'], names: ['Cut'] };
    const { confirm } = await made.call('make_subclips', cut);
    expect(await made.call('make_subclips', { ...cut, confirm })).toMatchObject({ made: 1 });
    expect(await made.call('make_subclips', cut)).toMatchObject({ made: 0, already_there: 1 });
  });

  test('all parts of an upload get their URL', async () => {
    const { call } = await world({ fetch: capped(7) });
    const place = { asset_id: ids.interview, proxy_id: (await newProxy(call)).id };
    const { upload_id } = await call('get_upload_id_for_proxy', place);
    const { parts } = await call('get_s3_presigned_url', { ...place, upload_id, parts_num: 20 });
    expect(parts.map(({ number }: { number: number }) => number)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });
});

const newProxy = (call: World['call']) =>
  call('create_asset_proxy', { asset_id: ids.interview, name: 'proxy', filename: 'proxy.mp4', status: 'OPEN' });

describe('where Iconik refuses what it documents', () => {
  /** Pages of more than 150 objects are a 400. */
  const small =
    (sandbox: Sandbox): typeof fetch =>
    async (input, init) => {
      const request = new Request(input, init);
      const isLarge = Number(new URL(request.url).searchParams.get('per_page')) > 150;
      return isLarge ? Response.json({ errors: { per_page: 'Too large' } }, { status: 400 }) : sandbox.fetch(request);
    };

  test('pages of 1,000, smaller ones are read', async () => {
    const [whole, made] = await Promise.all([world({ assets: 400 }), world({ assets: 400, fetch: small })]);
    fill(made);
    fill(whole);
    for (const tool of ['read_notes', 'locate_files'])
      expect((await made.call(tool, { asset: ids.drone })).total).toBe(
        (await whole.call(tool, { asset: ids.drone })).total,
      );
    const { total, selection } = await made.call('find_assets', { limit: 5 });
    const { summary } = await made.call('set_metadata', { selection, values: { Keywords: 'everywhere' } });
    expect(summary).toContain(`${total} assets`);
  });

  test('another argument, it is refused as before', async () => {
    const fetch =
      (sandbox: Sandbox): typeof globalThis.fetch =>
      (input, init) => {
        const request = new Request(input, init);
        return request.url.includes('/segments/')
          ? Promise.resolve(Response.json({ errors: { sort: 'Not understood' } }, { status: 400 }))
          : sandbox.fetch(request);
      };
    const { refused } = await world({ fetch });
    expect(await refused('read_notes', { asset: ids.drone })).toContain('Not understood');
  });

  test('to sort by id, a selection still means all that was found, each once', async () => {
    const sandbox = { faults: { refuseSortById: true }, hard: { maxPerPage: 100 } };
    const { call, requests } = await world({ assets: 400, sandbox });
    const { total, selection } = await call('find_assets', { limit: 5 });
    const { summary } = await call('set_metadata', { selection, values: { Keywords: 'everywhere' } });
    expect(total).toBeGreaterThan(300);
    expect(summary).toContain(`${total} assets`);
    const before = requests.length;
    await call('read_metadata', { selection, limit: 50 });
    expect(requests.slice(before).filter((one) => one.includes('/search/'))).toHaveLength(1);
  });

  /** So many clips that were made in one moment and are called the same, among others of the same name. */
  const twins = (count: number) => {
    const addTwins = ({ store, reindex }: Sandbox): void => {
      const row = store.assets.get(ids.drone);
      for (let n = 0; n < count + 5; n += 1) {
        const date_created = n < count ? '2020-01-01T00:00:00+00:00' : `2020-01-0${n - count + 2}T00:00:00+00:00`;
        store.assets.insert({ ...row, id: store.newId(), title: 'Twin', date_created });
      }
      reindex();
    };
    return Object.defineProperty(addTwins, 'name', { value: `addTwins${count}` });
  };

  test.each([
    [4, 3, 3],
    [7, 3, 3],
    [30, 20, 20],
    [12, 5, 100],
  ])(
    'to sort by id, none of %i objects of one date and title is lost at the end of a page of %i',
    async (count, limit, maxPerPage) => {
      const fill = twins(count);
      const faults = { refuseSortById: true };
      const { call } = await world({ sandbox: { faults, hard: { sharedSortKeys: true } }, fill });
      for (const sort of ['title', 'oldest', 'newest', 'longest']) {
        const hits: string[] = [];
        for (let next: string | undefined, first = true; first || next; first = false) {
          const page = await call('find_assets', first ? { words: 'Twin', sort, limit } : { cursor: next, limit });
          expect(page.total).toBe(count + 5);
          hits.push(...page.hits);
          next = page.next;
        }
        expect(hits).toHaveLength(count + 5);
        expect(new Set(hits).size).toBe(count + 5);
      }
      const capped = await world({ sandbox: { faults, hard: { sharedSortKeys: true, maxPerPage } }, fill });
      const { selection } = await capped.call('find_assets', { words: 'Twin', limit: 1 });
      const whole = maxPerPage > count;
      const args = { selection, values: { Keywords: 'everywhere' } };
      if (whole) expect((await capped.call('set_metadata', args)).summary).toContain(`${count + 5} assets`);
      else expect(await capped.refused('set_metadata', args)).toContain('have the same date and title');
    },
  );

  test('to sort by id, a sorted search and a table go on page by page', async () => {
    const { call } = await world({ sandbox: { faults: { refuseSortById: true } } });
    const titles: string[] = [];
    let next: string | undefined;
    do {
      const page = await call('find_assets', next ? { cursor: next } : { sort: 'title', limit: 20 });
      titles.push(...page.hits);
      next = page.next;
      if (!next) expect(new Set(titles).size).toBe(page.total);
    } while (next);
  });
});

describe('a list that repeats its first page for ever', () => {
  const stuck = capped(7, (url) => {
    for (const name of ['page', 'last_id']) url.searchParams.delete(name);
  });

  test('is an error for who asked for it, and no endless loop', async () => {
    const made = await world({ fetch: stuck });
    fill(made);
    expect(await made.refused('read_notes', { asset: ids.drone })).toContain('repeats a page after 7 of ');
    expect(made.requests.filter((one) => one.includes('/segments/'))).toHaveLength(2);
  });

  test('is told as not known where it is a part of an answer', async () => {
    const made = await world({ fetch: stuck });
    fill(made);
    const { notes } = await made.call('show_asset', { asset: ids.drone });
    expect(notes).toContainEqual(
      expect.stringMatching(/^files: not known, Iconik repeats a page after 7 of \d+ objects/),
    );
  });
});

describe('a list without a total', () => {
  const untold =
    (sandbox: Sandbox): typeof fetch =>
    async (input, init) => {
      const answer = await sandbox.fetch(input, init);
      const body = await answer.text();
      const cut = body.replace(/"(total|pages)":\d+,?/g, '').replace(/,}/g, '}');
      return new Response(cut || null, { status: answer.status, headers: answer.headers });
    };

  test('is read until a page is empty or refused', async () => {
    const [whole, short] = await Promise.all([
      world(),
      world({ fetch: (sandbox) => capped(7)({ ...sandbox, fetch: untold(sandbox) }) }),
    ]);
    fill(whole);
    fill(short);
    for (const [tool, key] of [
      ['read_notes', 'total'],
      ['locate_files', 'total'],
    ] as const) {
      const { [key]: want } = await whole.call(tool, { asset: ids.drone });
      expect(want).toBeGreaterThanOrEqual(40);
      expect((await short.call(tool, { asset: ids.drone }))[key]).toBe(want);
    }
  });
});
