import { beforeAll, describe, expect, test } from 'vitest';
import { MEDIA_RULES } from '../../src/tools/library/masters/rules.ts';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock();

let made: World;
beforeAll(async () => {
  made = await world({ assets: 1_500, sandbox: { indexLagMs: 0 } });
});

const find = (args: Record<string, unknown> = {}): Promise<Answer> => made.call('find_assets', args);

const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const idOf = (line: string): string => line.match(ID)?.at(-1) ?? line;

const assets = (): Answer[] =>
  made.sandbox.store.assets.list(({ id, status }) => status === 'ACTIVE' && id !== ids.hidden) as Answer[];
const filesOf = (id: string) =>
  made.sandbox.store.files.where('asset_id', id).filter(({ status }) => status !== 'DELETED');
const bytesOf = (id: string): number =>
  filesOf(id)
    .filter(({ status }) => status !== 'ARCHIVED')
    .reduce((sum, { size }) => sum + Number(size ?? 0), 0);

/** What mediainfo found in the original of the current version, from the rows. */
function fact(id: string, type: string, name: string, { sandbox } = made): string | undefined {
  const versions = (sandbox.store.assets.get(id)?.versions ?? []) as Answer[];
  const current = versions.filter(({ status }) => status !== 'DELETED').at(-1)?.id;
  const [format] = sandbox.store.formats
    .where('asset_id', id)
    .filter((row) => row.name === 'ORIGINAL' && (!current || !row.version_id || row.version_id === current));
  const component = ((format?.components ?? []) as Answer[]).find((one) => one.type === type);
  return component?.metadata[name];
}

/** All hits of all pages. */
async function allHits(args: Record<string, unknown>): Promise<string[]> {
  const lines: string[] = [];
  let answer = await find({ ...args, limit: 100 });
  for (;;) {
    lines.push(...answer.hits);
    if (!answer.next) return lines;
    answer = await find({ cursor: answer.next, limit: 100 });
  }
}

describe('what is shown of the media', () => {
  test.each(MEDIA_RULES.filter((rule) => !['duration', 'size'].includes(rule)))(
    'is everything that can be looked for: %s',
    async (rule) => {
      const { hits } = await find({ media_type: 'video', show: [rule], limit: 3 });
      expect(hits[0]).toContain(` · ${rule}: `);
      const { counts } = await find({ media_type: 'video', count_by: [rule], limit: 1 });
      expect(Object.keys(counts)).toContain(rule);
    },
  );

  test('is the scan as it is looked for', async () => {
    const { hits } = await find({ where: { scan: 'interlaced' }, show: ['scan', 'container'], limit: 3 });
    expect(hits.length).toBeGreaterThan(0);
    for (const hit of hits) expect(hit).toMatch(/ · scan: (interlaced|mbaff|paff) · container: [a-z0-9]+ /);
  });

  test('are codec, resolution, frame rate, audio, checksum and size', async () => {
    const { hits, notes } = await find({
      words: '"Season film, grade 2"',
      show: ['codec', 'Resolution', 'frame rate', 'audio', 'size', 'checksum'],
    });
    const id = idOf(hits[0]);
    const size = `${fact(id, 'VIDEO', 'width')}x${fact(id, 'VIDEO', 'height')}`;
    expect(hits[0]).toContain(` · codec: ${fact(id, 'VIDEO', 'format')}`);
    expect(hits[0]).toContain(` · Resolution: ${size} · frame rate: ${fact(id, 'VIDEO', 'frame_rate')} · audio: `);
    expect(hits[0]).toContain(` · checksum: ${filesOf(id)[0]?.checksum}`);
    expect(notes.join()).toContain('every version and copy, without proxies');
  });

  test('are read asset by asset where the index has none, and are not known where nobody has them', async () => {
    const own = await world({ sandbox: { indexLagMs: 0 } });
    const [row] = own.sandbox.store.formats.where('asset_id', ids.grade);
    own.sandbox.store.formats.update(String(row?.id), { components: [] });
    own.sandbox.reindex();
    const { hits } = await own.call('find_assets', { words: '"Season film, grade 2"', show: ['codec'] });
    expect(hits[0]).toContain(' · codec: not known · ');
    expect(own.requests.some((one) => one.includes(`/assets/${ids.grade}/formats/`))).toBe(true);
  });
});

test('what each hit says anyway can be asked for, and is said once', async () => {
  const { hits } = await find({ words: '"Season film, grade 2"', show: ['duration', 'open comments', 'file size'] });
  expect(hits[0]).toMatch(
    /^"Season film, grade 2" · video 12:00 · \S+ · 5 open comments · file size: [\d.]+ GB · [\w-]+$/,
  );
});

describe('technical conditions', () => {
  test('find exactly the assets whose original is so', async () => {
    const lines = await allHits({ where: { resolution: '3840x2160' }, media_type: ['video'] });
    const wanted = assets().filter(
      ({ id }) => fact(id, 'VIDEO', 'width') === '3840' && fact(id, 'VIDEO', 'height') === '2160',
    );
    expect(wanted.length).toBeGreaterThan(3);
    expect(lines.map(idOf).sort()).toEqual(wanted.map(({ id }) => id).sort());
  });

  test('may be several values, or what must not be', async () => {
    const all = await find({ media_type: ['video'], count_by: ['frame rate'] });
    const rates = Object.entries<string>(all.counts['frame rate']).filter(([rate]) => !rate.startsWith('not'));
    const [[first = '', count = ''] = [], [second = '', more = ''] = []] = rates;
    const numberOf = (text: string): number => Number.parseInt(String(text), 10);
    const where = (value: string[]) => find({ media_type: ['video'], where: [{ label: 'fps', value }] });
    expect((await where([first, second])).total).toBe(numberOf(count) + numberOf(more));
    const known = rates.reduce((sum, [, text]) => sum + numberOf(text), 0);
    expect((await where([`not ${first}`])).total).toBe(known - numberOf(count));
  });

  test('say of how many it is not known, and do not count them', async () => {
    const { total, notes } = await find({ where: { codec: 'not ProRes 422 HQ' } });
    const without = assets().filter(
      ({ id, type }) =>
        !['SUBCLIP', 'PLACEHOLDER', 'LINK'].includes(type) &&
        ['VIDEO', 'IMAGE', 'AUDIO'].every((track) => fact(id, track, 'format') === undefined),
    );
    expect(without.length).toBeGreaterThan(0);
    expect(notes.join()).toMatch(new RegExp(`Not known of ${without.length} asset`));
    expect(total).toBeLessThan(assets().length - without.length);
  });

  test('that nothing fits are answered with what there is', async () => {
    const { total, notes } = await find({ where: { codec: 'XDCAM', 'frame rate': '48' }, media_type: ['video'] });
    expect(total).toBe(0);
    expect(notes.join()).toMatch(/codec there is: .*ProRes 422 HQ \(\d+\)/);
    expect(notes.join()).toMatch(/frame rate there is: .*25\.000 \(\d+\)/);
    expect((await find({ where: { resolution: '4K' } })).total).toBeGreaterThan(0);
  });

  test('make a selection that others take', async () => {
    const { selection, total } = await find({ where: { resolution: 'UHD' } });
    const checked = await made.call('check_masters', { selection, resolution: 'UHD' });
    expect(checked).toMatchObject({ assets: total, passed: total, failed: 0 });
  });

  test('go with words, and say why each hit was found', async () => {
    const { hits } = await find({ comment: '"flash frame"', where: { resolution: 'not UHD' } });
    expect(hits[0]).toMatch(/^"Season film, grade 2".*flash frame/);
  });

  test('that nothing fits do not make words look like missing ones', async () => {
    const { total, notes } = await find({ words: 'Matchday highlights', where: { codec: 'nothing has it' } });
    expect(total).toBe(0);
    expect(notes.join()).not.toMatch(/each word alone|Almost like/);
    const none = await find({ words: 'Matchday zzqqj', where: { codec: 'nothing has it' } });
    expect(none.notes.join()).toMatch(/Hits of each word alone: "Matchday" [1-9]/);
  });

  test('take size, scan and rate as one word, whatever they are called', async () => {
    const apart = await find({ where: { resolution: '1080', 'frame rate': '25' }, limit: 1 });
    expect(apart.total).toBeGreaterThan(0);
    for (const where of [
      { resolution: 'HD 25' },
      { Format: '1080 25' },
      { 'Frame rate': '1920x1080 25 fps' },
      { raster: ['1920x1080/25'] },
    ])
      expect((await find({ where, limit: 1 })).total).toBe(apart.total);
    const either = await find({ where: { 'frame rate': '1080 25 | HD 50' }, limit: 1 });
    expect(either.total).toBeGreaterThanOrEqual(apart.total);
    const none = await find({ where: { resolution: '2160p120' } });
    expect(none.notes.join()).toMatch(/resolution there is: .*1920x1080 progressive 25\S* \(\d+\)/);
    const scanned = await find({ where: { resolution: '1080p', 'frame rate': '25p' }, limit: 1 });
    expect((await find({ where: { resolution: '1080p25' }, limit: 1 })).total).toBe(scanned.total);
    const without = await find({ where: { resolution: ['not 1080p25'], 'frame rate': '25p' }, limit: 1 });
    const all = await find({ where: { 'frame rate': '25p' }, limit: 1 });
    expect(without.total).toBe(all.total - scanned.total);
  });

  test('that cannot be read are refused, with what is allowed', async () => {
    const { refused } = made;
    expect(await refused('find_assets', { where: { resolution: 'big' } })).toContain('Write 1920x1080');
    expect(await refused('find_assets', { where: { codec: 'empty' } })).toContain('count_by codec');
    expect(await refused('find_assets', { where: { size: '100 GB' } })).toContain('100 GB..');
    expect(await refused('find_assets', { where: { size: '50..10 GB' } })).toContain('ends before it begins');
    expect(await refused('find_assets', { where: { checksum: 'abc' } })).toContain('"abc" is not a checksum');
    const known = { checksum: 'd41d8cd98f00b204e9800998ecf8427e' };
    expect(await refused('find_assets', { kind: 'collections', where: known })).toContain('no checksum of collections');
    expect(await refused('find_assets', { where: { duration: '> 10:00' } })).toContain('the argument length');
    expect(await refused('find_assets', { where: { scan: 'both' } })).toContain('progressive, interlaced');
    expect(await refused('find_assets', { kind: 'collections', where: { codec: 'x' } })).toContain('no codec of coll');
    expect(await refused('find_assets', { kind: 'collections', sort: 'largest' })).toContain('no size of collections');
  });

  test('give way to a label of metadata that has the same name', async () => {
    const own = await world({ sandbox: { indexLagMs: 0 } });
    const view = own.sandbox.store.views.get(ids.editorialView);
    const [field] = (view?.view_fields ?? []) as Answer[];
    const named = { ...field, name: 'codec_wanted', label: 'Codec', field_type: 'string', options: [] };
    own.sandbox.store.fields.insert(named);
    own.sandbox.store.views.update(ids.editorialView, { view_fields: [named] });
    const { notes } = await own.call('find_assets', { where: { Codec: 'ProRes' } });
    expect(notes.join()).toContain('field codec_wanted');
  });

  test('look at no more assets than there is room for, and say so', async () => {
    const large = await world({ assets: 2_600, sandbox: { indexLagMs: 0 } });
    const { notes, total } = await large.call('find_assets', { where: { codec: 'nothing has it' } });
    const { total: all } = await large.call('find_assets', {});
    expect(total).toBe(0);
    expect(notes.join()).toContain(`Looked at 2000 of ${all} assets; the other ${all - 2_000} are not counted`);
  });

  test('say at the total that it is a lower bound, page by page and of a selection', async () => {
    const large = await world({ assets: 2_600, sandbox: { indexLagMs: 0 } });
    const { total: all } = await large.call('find_assets', {});
    const first = await large.call('find_assets', { where: { 'frame rate': '25' } });
    const says = `2000 of ${all} assets, so total is a lower bound`;
    expect(Object.keys(first).slice(0, 2)).toEqual(['total', 'looked_at']);
    expect(first.looked_at).toBe(says);
    expect((await large.call('find_assets', { cursor: first.next })).looked_at).toBe(says);
    const again = await large.call('find_assets', { collection: first.selection });
    expect(again.notes.join()).toContain(`looked at 2000 of ${all} assets`);
    const sorted = await large.call('find_assets', { sort: 'codec' });
    expect(sorted.looked_at).toBe(`${says} and the order is that of these alone`);
    expect((await large.call('find_assets', { sort: 'largest' })).looked_at).toBeUndefined();
    expect((await find({ where: { 'frame rate': '25' } })).looked_at).toBeUndefined();
  });

  test('look at the media info of those alone whose size fits', async () => {
    const large = await world({ assets: 2_600, sandbox: { indexLagMs: 0 } });
    const { notes, total } = await large.call('find_assets', { where: { codec: 'ProRes 422 HQ', size: '60 GB..' } });
    expect(total).toBeGreaterThan(0);
    expect(notes.join()).not.toContain('Looked at');
  });

  test('go on with the others, and find each once', async () => {
    const large = await world({ assets: 2_600, sandbox: { indexLagMs: 0 } });
    const where = { 'frame rate': '25' };
    const lines: string[] = [];
    const totals: number[] = [];
    const selections = new Set<string>();
    const notes: string[] = [];
    let answer = await large.call('find_assets', { where, limit: 100, sort: 'title' });
    for (;;) {
      if (!selections.has(answer.selection)) totals.push(answer.total);
      selections.add(answer.selection);
      notes.push(...(answer.notes ?? []));
      lines.push(...answer.hits);
      if (!answer.next) break;
      answer = await large.call('find_assets', { cursor: answer.next, limit: 100 });
    }
    expect(totals).toHaveLength(2);
    expect(lines).toHaveLength(totals.reduce((sum, one) => sum + one, 0));
    const wanted = large.sandbox.store.assets
      .list(({ id, status }) => status === 'ACTIVE' && id !== ids.hidden)
      .filter(({ id }) => Number(fact(String(id), 'VIDEO', 'frame_rate', large)) === 25);
    expect(lines.map(idOf).sort()).toEqual(wanted.map(({ id }) => String(id)).sort());
    expect(notes.join()).toMatch(/Looked at the last \d+ of \d+ assets/);
    expect(answer.looked_at).toMatch(/^the last \d+ of \d+ assets, so total is a lower bound$/);
  });
});

describe('a checksum', () => {
  test('finds the assets that have the file', async () => {
    const { hits } = await find({ words: '"Season film, grade 2"', show: ['checksum'] });
    const [, checksum = ''] = / · checksum: (\w+)/.exec(hits[0]) ?? [];
    const found = await find({ where: { Checksum: checksum }, limit: 100 });
    const wanted = assets().filter(({ id }) => filesOf(id).some((file) => file.checksum === checksum));
    expect(found.hits.map(idOf).sort()).toEqual(wanted.map(({ id }) => id).sort());
    expect((await find({ where: { checksum: 'd41d8cd98f00b204e9800998ecf8427e' } })).total).toBe(0);
  });
});

describe('sizes', () => {
  test('can be asked for, with the total', async () => {
    const limit = 50_000_000_000;
    const wanted = assets().filter(({ id }) => bytesOf(id) >= limit);
    expect(wanted.length).toBeGreaterThan(2);
    const { total, total_size } = await find({ where: { size: '>= 50 GB' } });
    expect(total).toBe(wanted.length);
    expect(total_size).toContain(`(${wanted.reduce((sum, { id }) => sum + bytesOf(id), 0)} bytes)`);
    expect((await find({ where: [{ label: 'size', value: ['50 GB..'] }] })).total).toBe(total);
  });

  test('order the hits, page by page, each once', async () => {
    const lines = await allHits({ sort: 'largest', collection: ids.football });
    const sizes = lines.map((line) => bytesOf(idOf(line)));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(new Set(lines.map(idOf)).size).toBe(lines.length);
    expect(lines).toHaveLength((await find({ collection: ids.football })).total);
    const [smallest] = await allHits({ sort: 'smallest', collection: ids.football });
    expect(bytesOf(idOf(smallest ?? ''))).toBe(Math.min(...sizes.filter((size) => size > 0)));
  });

  test('order a selection, of which the first can be taken', async () => {
    const { selection, hits } = await find({ sort: 'largest', limit: 3 });
    const { notes, rows } = await made.call('check_masters', {
      selection,
      first: 3,
      codec: 'nothing',
      scan: 'progressive',
    });
    expect(rows).toBeUndefined();
    expect(notes.join()).toContain(
      `first: 3 → 3 of them, from ${/^"[^"]+"/.exec(hits[0])?.[0]} on, in the order of size: that of all copies and versions of an asset`,
    );
    const checked = await made.call('check_masters', { selection, first: 3, codec: 'nothing' });
    expect(checked.lines.map(idOf).sort()).toEqual(hits.map(idOf).sort());
  });
});

describe('an earlier selection', () => {
  test('can be searched again', async () => {
    const videos = await find({ media_type: ['video'], words: 'Matchday' });
    const { total, notes, hits } = await find({ collection: videos.selection, where: { resolution: '1920x1080' } });
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThan(videos.total);
    expect(notes.join()).toContain(`${videos.selection} → `);
    for (const line of hits) expect(fact(idOf(line), 'VIDEO', 'width')).toBe('1920');
    const refused = await made.refused('find_assets', { collection: videos.selection, kind: 'collections' });
    expect(refused).toContain('a selection holds assets');
  });
});

describe('sorting by open comments', () => {
  test('puts those with most on their current version first', async () => {
    const lines = await allHits({ sort: 'open_comments', where: { comments: 'open' } });
    const counts = lines.map((line) => Number(/ · (\d+) open comments?/.exec(line)?.[1] ?? 0));
    expect(counts[0]).toBeGreaterThan(1);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  });
});

describe('sorting by what the media is', () => {
  test('puts the largest pictures first, and what is not known last', async () => {
    const lines = await allHits({ sort: 'resolution', media_type: ['video', 'audio'], collection: ids.football });
    const pixels = lines.map((line) => {
      const [width, height] = ['width', 'height'].map((side) => Number(fact(idOf(line), 'VIDEO', side) ?? 0));
      return Number(width) * Number(height);
    });
    expect(pixels).toEqual(pixels.toSorted((a, b) => b - a));
  });

  test('counts by codec with sizes, apart from what is not known', async () => {
    const { counts, total, next } = await find({ count_by: ['codec'] });
    expect(next).toBeDefined();
    const numbers = Object.values<string>(counts.codec).map((text) => Number.parseInt(String(text), 10));
    expect(numbers.reduce((sum, one) => sum + one, 0)).toBe(total);
    expect(Object.keys(counts.codec)).toContain('not known');
    expect(Object.values(counts.codec).join()).toMatch(/\d+ · [\d.]+ [GT]B/);
  });
});
