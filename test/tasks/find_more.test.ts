import { beforeAll, describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock();

let made: World;
beforeAll(async () => {
  made = await world({ assets: 3_000, sandbox: { indexLagMs: 0 } });
});

const find = (args: Record<string, unknown> = {}): Promise<Answer> => made.call('find_assets', args);

/** The assets of the sandbox that a search may show. */
const assets = (): Answer[] =>
  made.sandbox.store.assets.list(({ id, status }) => status === 'ACTIVE' && id !== ids.hidden) as Answer[];
const bytesOf = (id: string): number =>
  made.sandbox.store.files
    .where('asset_id', id)
    .filter(({ status }) => status !== 'DELETED' && status !== 'ARCHIVED')
    .reduce((sum, { size }) => sum + Number(size ?? 0), 0);

describe('words anywhere', () => {
  test('are found in titles, speech, comments and markers alike', async () => {
    const [title, speech, comment] = [
      await find({ anywhere: 'Matchday', limit: 100 }),
      await find({ anywhere: '"smell of diesel"' }),
      await find({ anywhere: '"flash frame"' }),
    ];
    expect(title.total).toBeGreaterThan(0);
    expect(speech.hits.join()).toMatch(/Interview Jordan Reyes, Lisbon.* at \d/);
    expect(comment.hits.join()).toContain('Season film, grade 2');
  });

  test('may each be in another place, and what is excluded is nowhere', async () => {
    const both = await find({ anywhere: 'grade flash' });
    expect(both.hits.join()).toContain('Season film, grade 2');
    const without = await find({ anywhere: 'diesel -Lisbon', limit: 100 });
    expect(without.hits.join()).not.toContain('Interview Jordan Reyes, Lisbon');
    expect((await find({ anywhere: 'diesel', limit: 100 })).hits.join()).toContain('Interview Jordan Reyes, Lisbon');
  });

  test('may be alternatives', async () => {
    const { hits } = await find({ anywhere: '"smell of diesel" OR "flash frame"' });
    expect(hits).toHaveLength(2);
  });

  test('that are found nowhere are answered with how much there was to search', async () => {
    const { total, notes } = await find({ anywhere: 'xylophone', media_type: ['video'] });
    expect(total).toBe(0);
    const [, all, spoken, noted] =
      /Of the (\d+) searched, (\d+) have a transcript and (\d+) have comments or markers\./.exec(notes.join()) ?? [];
    expect(Number(all)).toBe((await find({ media_type: ['video'] })).total);
    expect(Number(spoken)).toBeGreaterThan(0);
    expect(Number(spoken)).toBeLessThan(Number(all));
    expect(Number(noted)).toBeGreaterThan(0);
    expect((await find({ spoken: 'xylophone' })).notes.join()).toMatch(/searched, \d+ have a transcript\./);
    expect((await find({ words: 'xylophone' })).notes ?? []).toEqual([]);
  });
});

describe('a transcript', () => {
  test('can be there or not', async () => {
    const spoken = new Set(
      made.sandbox.store.segments.list((one) => one.segment_type === 'TRANSCRIPTION').map(({ asset_id }) => asset_id),
    );
    const there = await find({ where: { transcript: 'not empty' } });
    expect(there.total).toBe(assets().filter(({ id }) => spoken.has(id)).length);
    const without = await find({ where: [{ label: 'Transcript', value: ['empty'] }] });
    expect(without.total).toBe(assets().length - there.total);
    expect(await made.refused('find_assets', { where: { transcript: 'harbour' } })).toContain('use spoken');
  });
});

describe('comments', () => {
  test('of the current version that are open are counted at each hit', async () => {
    const { hits } = await find({ words: '"Season film, grade 2"' });
    expect(hits[0]).toContain(' · 5 open comments · ');
  });

  test('can be what is looked for', async () => {
    const open = new Set(
      made.sandbox.store.segments
        .list((one) => one.segment_type === 'COMMENT' && !one.parent_id && !one.segment_checked)
        .map(({ asset_id }) => asset_id),
    );
    const { total, notes } = await find({ where: { comments: 'open' } });
    expect(total).toBe(assets().filter(({ id }) => open.has(id)).length);
    expect(notes.join()).toContain('not ticked off');
    const { hits } = await find({ where: [{ label: 'comments', value: ['open'] }], words: 'grade' });
    expect(hits.join()).toContain('Season film, grade 2');
  });

  test('that are open are looked for among the assets that fit, where the library has too many of them', async () => {
    let commented = (total: number): number => total;
    const large = await world({
      sandbox: { indexLagMs: 0 },
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        const body: Answer = request.url.includes('/search/') ? await request.clone().json() : {};
        const answer = await sandbox.fetch(request);
        const names: string[] = (body.filter?.terms ?? []).map(({ name }: Answer) => name);
        const isOfAll = body.doc_types?.includes('segments') && !names.includes('asset_id');
        if (!isOfAll && !names.includes('comments_count')) return answer;
        const found: Answer = await answer.json();
        return Response.json({ ...found, total: isOfAll ? 20_001 : commented(found.total) });
      },
    });
    const { store } = large.sandbox;
    const open = new Set(
      store.segments
        .list((one) => one.segment_type === 'COMMENT' && !one.parent_id && !one.segment_checked)
        .map(({ asset_id }) => asset_id),
    );
    const wanted = { where: { comments: 'open' }, collection: ids.football, limit: 100 };
    const { hits, total } = await large.call('find_assets', wanted);
    const { where: _, ...place } = wanted;
    const all = await large.call('find_assets', place);
    const idOf = (line: string) => line.split(' · ').at(-1) ?? '';
    expect(total).toBeGreaterThan(0);
    expect(all.total).toBe(all.hits.length);
    expect(hits.map(idOf).toSorted()).toEqual(
      all.hits
        .map(idOf)
        .filter((id: string) => open.has(id))
        .toSorted(),
    );
    commented = () => 5_001;
    const refused = await large.refused('find_assets', { where: { comments: 'open' } });
    expect(refused).toContain('5001 assets with comments fit the other conditions');
    expect(refused).toContain('by collection or by date');
  });

  test('can be there or not, and nothing else is asked of them', async () => {
    const commented = new Set(
      made.sandbox.store.segments.list((one) => one.segment_type === 'COMMENT').map(({ asset_id }) => asset_id),
    );
    const there = await find({ where: { comments: 'not empty' } });
    expect(there.total).toBe(assets().filter(({ id }) => commented.has(id)).length);
    expect(there.notes.join()).toContain('on whatever version');
    expect((await find({ where: { comments: 'empty' } })).total).toBe(assets().length - there.total);
    const refused = await made.refused('find_assets', { where: { comments: 'urgent' } });
    expect(refused).toContain('comments: give one of "open", "not empty", "empty"');
  });

  test('count without replies, and only those of the current version', async () => {
    const own = await world({ sandbox: { indexLagMs: 0 } });
    const { segments } = own.sandbox.store;
    for (const { id } of segments.list((one) => one.asset_id === ids.grade && !one.parent_id))
      segments.update(String(id), { segment_checked: true });
    own.sandbox.reindex();
    const { hits } = await own.call('find_assets', { words: '"Season film, grade 2"' });
    expect(hits[0]).toMatch(/ · \d comments, all done · /);
    const open = await own.call('find_assets', { where: { comments: 'open' }, words: '"Season film, grade 2"' });
    expect(open.total).toBe(0);
    const { hits: trailers } = await own.call('find_assets', { words: '"Season trailer 2025"' });
    expect(trailers[0]).toContain('comments on other versions');
  });

  test('are left out where they cannot be read', async () => {
    const other = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        const body: Answer = request.url.includes('/search/') ? await request.clone().json() : {};
        if (body.doc_types?.includes('segments')) return Response.json({ errors: ['no'] }, { status: 403 });
        return sandbox.fetch(request);
      },
    });
    const { hits } = await other.call('find_assets', { words: '"Season film, grade 2"' });
    expect(hits[0]).toMatch(/^"Season film, grade 2" · video 12:00 · \S+ · [0-9a-f-]{36}$/);
  });
});

describe('counts by date and place', () => {
  test('are complete, in order, with the bytes of the files', async () => {
    const { counts, total, total_size, notes } = await find({ count_by: ['month', 'created by year'], limit: 1 });
    const months = Object.keys(counts.month);
    expect(months).toEqual([...months].sort());
    const by = new Map<string, number>();
    for (const { date_created } of assets()) {
      const month = String(date_created).slice(0, 7);
      by.set(month, (by.get(month) ?? 0) + 1);
    }
    for (const [month, line] of Object.entries(counts.month))
      expect(Number.parseInt(String(line), 10)).toBe(by.get(month));
    const years = Object.values(counts['created by year']).map((line) => Number.parseInt(String(line), 10));
    expect(years.reduce((sum, one) => sum + one, 0)).toBe(total);
    expect(notes.join()).toContain('month → created; for another date its label');
    const bytes = assets().reduce((sum, { id }) => sum + bytesOf(id), 0);
    expect(total_size).toContain(`(${bytes} bytes)`);
  });

  test('leave out files that were deleted', async () => {
    const own = await world({ sandbox: { indexLagMs: 0 } });
    const { files } = own.sandbox.store;
    const query = { words: '"Season film, grade 2"', count_by: ['year'], show: ['size'] };
    expect((await own.call('find_assets', query)).total_size).not.toContain('(0 bytes)');
    for (const { id } of files.where('asset_id', ids.grade)) files.update(String(id), { status: 'DELETED' });
    own.sandbox.reindex();
    const { total_size, hits } = await own.call('find_assets', query);
    expect(total_size).toBeUndefined();
    expect(hits[0]).toContain('size: empty');
  });

  test('leave out the copies that are archived away', async () => {
    const own = await world({ sandbox: { indexLagMs: 0 } });
    const { assets: rows, files, storages } = own.sandbox.store;
    const isIn = (id: unknown, status: string) =>
      files.where('asset_id', String(id)).some((file) => file.status === status);
    const moved = rows.list(
      ({ id, archive_status }) => archive_status === 'ARCHIVED' && isIn(id, 'ARCHIVED') && isIn(id, 'CLOSED'),
    );
    const [asset] = moved;
    expect(asset).toBeDefined();
    const kept = files.where('asset_id', String(asset?.id)).filter(({ status }) => status === 'CLOSED');
    const bytes = kept.reduce((sum, { size }) => sum + Number(size), 0);
    const names = [...new Set(kept.map(({ storage_id }) => String(storages.get(String(storage_id))?.name)))];
    const query = { words: `"${asset?.title}"`, archived: true, show: ['size', 'storage'], count_by: ['storage'] };
    const { hits, counts, total, total_size } = await own.call('find_assets', query);
    expect(total).toBe(1);
    expect(total_size).toContain(`(${bytes} bytes)`);
    expect(hits[0]).toContain(` · storage: ${names.join(', ')} · `);
    expect(Object.keys(counts.storage)).toEqual(names);
    const range = `${bytes}..${bytes}`;
    expect((await own.call('find_assets', { ...query, where: { size: range } })).total).toBe(1);
  });

  test('say that a facet may have more values than it lists', async () => {
    const { notes } = await find({ count_by: ['Card / roll'], limit: 1 });
    expect(notes.join()).toMatch(/Card \/ roll: showing \d+ of 100 values or more/);
  });

  test('name storages and collections', async () => {
    const { counts } = await find({ count_by: ['storage', 'collection'], limit: 1 });
    expect(Object.keys(counts.storage)).toContain('Harbour originals');
    expect(Object.keys(counts.collection)).toContain('Deliverables Q4');
    expect(Object.keys(counts.collection).join()).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
  });

  test('take the dates of metadata', async () => {
    const { counts } = await find({ count_by: ['Shoot date by year'], limit: 1 });
    expect(Object.keys(counts['Shoot date by year']).every((key) => /^(\d{4}|none)$/.test(key))).toBe(true);
  });

  test('take sizes, the largest first, and dates of assets by year', async () => {
    const { counts, total, notes } = await find({ count_by: ['size', 'created', 'viewed'], limit: 1 });
    const bands: [name: string, from: number, to: number][] = [
      ['1 TB and more', 1e12, Number.POSITIVE_INFINITY],
      ['100 GB to 1 TB', 1e11, 1e12],
      ['10 to 100 GB', 1e10, 1e11],
      ['1 to 10 GB', 1e9, 1e10],
      ['less than 1 GB', 1, 1e9],
      ['none', 0, 1],
    ];
    const wanted = bands.flatMap(([name, from, to]) => {
      const count = assets().filter(({ id }) => bytesOf(id) >= from && bytesOf(id) < to).length;
      return count > 0 ? [[name, count]] : [];
    });
    expect(Object.entries(counts.size).map(([name, line]) => [name, Number.parseInt(String(line), 10)])).toEqual(
      wanted,
    );
    const years = Object.entries(counts.created);
    expect(years.map(([year]) => year)).toEqual(years.map(([year]) => year).sort());
    expect(years.reduce((sum, [, line]) => sum + Number.parseInt(String(line), 10), 0)).toBe(total);
    expect(Object.keys(counts.viewed).every((key) => /^(\d{4}|none)$/.test(key))).toBe(true);
    expect(notes).toContain('created → by year; also "created by month", "created by day".');
  });

  test('finds what has a file on a storage, or none there, by its name', async () => {
    const [one] = made.sandbox.store.storages.list(({ name }) => name === 'Lisbon SAN') as Answer[];
    const there = new Set(
      made.sandbox.store.files
        .list(({ storage_id, status }) => storage_id === one.id && status !== 'DELETED')
        .map(({ asset_id }) => asset_id),
    );
    const on = await made.call('find_assets', { where: { storage: 'lisbon san' } });
    expect(on.total).toBeGreaterThan(0);
    expect(on.total).toBeLessThanOrEqual(there.size);
    expect(on.notes.join()).toContain('storage → a file on "Lisbon SAN", of whatever version');
    expect(on.hits.every((hit: string) => /storage: .*Lisbon SAN/.test(hit))).toBe(true);
    const all = await made.call('find_assets', {});
    const off = await made.call('find_assets', { where: { storage: 'not Lisbon SAN' } });
    expect(off.total + on.total).toBe(all.total);
    const error = await made.refused('find_assets', { where: { storage: 'Porto SAN' } });
    expect(error).toMatch(/storage: no storage is called "Porto SAN"\. There are: .*"Lisbon SAN"/);
    const collections = await made.refused('find_assets', { kind: 'collections', where: { storage: 'Lisbon SAN' } });
    expect(collections).toContain('where: the search index has no storage of collections');
  });

  test('has the size of all hits beside that of each, on whatever page they are', async () => {
    const sum = (some: readonly Answer[]): number => some.reduce((all, { id }) => all + bytesOf(id), 0);
    const { total_size, total } = await find({ show: ['Size'], limit: 2 });
    expect(total).toBeGreaterThan(1_000);
    expect(total_size).toContain(`(${sum(assets())} bytes)`);
    const few = await find({ words: '"Season film, grade 2"', show: ['size'] });
    const [film] = assets().filter(({ title }) => title === 'Season film, grade 2');
    expect(few.total_size).toContain(`(${bytesOf(film?.id)} bytes)`);
    expect(await find({ words: '"Season film, grade 2"' })).not.toHaveProperty('total_size');
    const second = await find({ show: ['size'], limit: 2 }).then(({ next }) => find({ cursor: next }));
    expect(second).not.toHaveProperty('total_size');
    const counted = await find({ show: ['size'], count_by: ['media_type'], limit: 1 });
    expect(counted.total_size).toBe(total_size);
  });

  test('shows the fields of a metadata view that have a value, as many as there is room for', async () => {
    const args = { where: { Territory: 'not empty', Clearance: 'not empty' }, limit: 3 };
    const { hits, notes } = await find({ ...args, show: ['rights', 'size'] });
    for (const hit of hits) {
      expect(hit).toMatch(/ · Clearance: \w+.* · Territory: \w+.* · size: /);
      expect(hit).not.toMatch(/(Clearance|Territory|Contract|Rights holder): empty/);
    }
    expect(notes.join()).toContain(
      'show → the fields of the view Rights: Clearance, Rights expiry, Territory, Rights h',
    );
    expect(notes.join()).toContain('what is empty is left out');
    const all = await find({ ...args, show: ['Editorial'] });
    expect(all.notes.join()).toMatch(/the view Editorial: .* and \d+ more; what is empty/);
    const one = await find({ ...args, show: ['Clearance', 'Rights'] });
    expect(one.hits[0].match(/Clearance: /g)).toHaveLength(1);
    expect(await made.refused('find_assets', { show: ['Rigths'] })).toContain('There is no field "Rigths"');
  });

  test('names beside the labels the words that an argument takes, and who answers what none does', async () => {
    const error = await made.refused('find_assets', { where: { markers: 'empty' } });
    expect(error).toContain('There is no field "markers"');
    expect(error).toMatch(/Also: created, .*comments, transcript, storage, .*checksum\./);
    expect(error).toContain('comment of find_assets finds words in markers');
    expect(error).toContain('run_query reads per asset');
    expect(await made.refused('find_assets', { show: ['proxies'] })).toMatch(/Also: size, storage, .*run_query/);
    expect(await made.refused('find_assets', { count_by: ['proxies'] })).toMatch(/Also: media_type, .*run_query/);
    expect(await made.refused('find_assets', { where: { 'comments by': 'Anna' } })).toContain(
      'read_notes reads comments',
    );
    // Nothing that has other words than labels is told of them.
    expect(await made.refused('export_metadata', { assets: [ids.drone], columns: ['markers'] })).not.toContain('Also');
  });

  test('shows the languages of a transcript, and names what can be shown beside fields', async () => {
    const { hits } = await made.call('find_assets', { words: 'Interview Jordan Reyes', show: ['transcript'] });
    expect(hits.find((line: string) => line.includes(ids.interview))).toContain('transcript: en, pt');
    expect(await made.refused('find_assets', { words: 'x', show: ['transcripts'] })).toMatch(
      /^find_assets failed: .*There is no field "transcripts"\..*Also: size, storage, .*transcript, .*codec, .*created/,
    );
  });

  test('points to the recycle bin where what was deleted is looked for', async () => {
    for (const where of [{ status: 'DELETED' }, { archive_status: 'deleted' }, { deleted: true }, { 'in bin': 'yes' }])
      expect(await made.refused('find_assets', { where })).toContain(
        'searches find what is in use, not what was deleted. list_bin shows the recycle bin.',
      );
    expect(await made.refused('find_assets', { where: { status: 'ACTIVE' } })).toContain('There is no field "status"');
  });

  test('need nothing but a label or a known word', async () => {
    expect(await made.refused('find_assets', { count_by: ['Shot day by month'] })).toMatch(/Shot day/);
  });
});

test('a misspelt person is answered with the nearest, one without assets here is not', async () => {
  const { total, notes } = await find({ people: ['Jordn Reyes'] });
  expect(total).toBe(0);
  expect(notes.join()).toMatch(/nobody is called "Jordn Reyes"\. Nearest: "Jordan Reyes"/);
  const none = await find({ people: ['Jordan Reyes'], where: { created: '2001' } });
  expect(none.notes.join()).not.toContain('nobody');
});

test('dates may be words, and the note says which days they are', async () => {
  const { notes } = await find({ where: { modified: 'last month' } });
  expect(notes.join()).toMatch(/modified: last month → \d{4}-\d\d-01\.\.\d{4}-\d\d-(28|29|30|31)/);
  const shot = await find({ where: { 'Shoot date': 'last year' } });
  expect(shot.notes.join()).toMatch(/Shoot date: last year → \d{4}-01-01\.\.\d{4}-12-31/);
});

test('the dates that are searched or sorted by are shown with each hit, once', async () => {
  const lines = async (args: Record<string, unknown>): Promise<string> =>
    (await find({ limit: 5, ...args })).hits.join('\n');
  expect(await lines({ where: { modified: '2026' } })).toMatch(/^(.* · modified: 2026-\d\d-\d\d · .*\n?)+$/);
  expect(await lines({ where: { Viewed: 'not empty' } })).toMatch(/^(.* · viewed: \d{4}-\d\d-\d\d · .*\n?)+$/);
  expect(await lines({ sort: 'changed' })).toMatch(/^(.* · modified: \d{4}-\d\d-\d\d · .*\n?)+$/);
  expect((await lines({ sort: 'changed', show: ['Modified'] })).match(/modified: /gi)).toHaveLength(5);
  expect(await lines({ where: { created: '2025' } })).not.toContain('created: ');
});

test('a date may be excluded, which finds what has none as well', async () => {
  const viewed = (value: unknown) => find({ where: { viewed: value } });
  const [all, since, not, never] = [
    await find(),
    await viewed('2025..'),
    await viewed('not 2025..'),
    await viewed('empty'),
  ];
  expect(not.total).toBe(all.total - since.total);
  expect(never.total).toBeGreaterThan(0);
  expect(not.total).toBeGreaterThan(never.total);
  const shot = await find({ where: { 'Shoot date': 'not 2025' } });
  expect(shot.total).toBe(all.total - (await find({ where: { 'Shoot date': '2025' } })).total);
  expect(await made.refused('find_assets', { where: { viewed: ['empty', '..2023'] } })).toContain('"not 2024.."');
});

test('what is no metadata can be looked for too', async () => {
  const { total } = await find({ where: { Category: 'empty' } });
  expect(total).toBe(assets().filter(({ category }) => !category).length);
  expect((await find({ where: { 'External ID': 'nothing has it' } })).total).toBe(0);
});

describe('what is shown of each hit', () => {
  test('may be its size, storage, collections and dates', async () => {
    const { hits } = await find({
      words: '"Season film, grade 2"',
      show: ['size', 'storage', 'collection', 'modified', 'Clearance'],
    });
    expect(hits[0]).toMatch(
      / · size: 5\.3 GB · storage: Harbour originals · collection: Deliverables Q4 · modified: 2026-10-\d\d · Clearance: Cleared · /,
    );
  });

  test('is refused where collections have none', async () => {
    for (const asked of [{ show: ['size'] }, { count_by: ['storage'] }])
      expect(await made.refused('find_assets', { kind: 'collections', ...asked })).toContain('report_storage');
    expect((await find({ kind: 'collections', count_by: ['year'] })).total_size).toBeUndefined();
  });

  test('of words that no collection has are where the assets with them are', async () => {
    const { total, notes } = await find({ kind: 'collections', words: 'sunset' });
    expect(total).toBe(0);
    expect(notes.join('\n')).toMatch(/Assets with these words are most often in ".+"/);
    const none = await find({ kind: 'collections', words: 'zeppelinhangar' });
    expect((none.notes ?? []).join()).not.toContain('most often');
    expect((await find({ kind: 'collections', words: 'Matchday' })).hits[0]).toContain('· collection ·');
  });

  test('of a collection is where it is', async () => {
    const { hits } = await find({ kind: 'collections', words: 'Matchday' });
    expect(hits.join()).toMatch(/in "Football \/ Season 2025"/);
  });
});
