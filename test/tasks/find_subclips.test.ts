import { beforeAll, describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock();

let made: World;
/** Sub-clips of the match, the last of which was made first. */
const CUTS = [
  ['Celebration', 4_000_000, 4_012_000],
  ['Corner, first half', 61_000, 65_000],
  ['Second goal', 2_800_000, 2_815_000],
] as const;

beforeAll(async () => {
  made = await world({ sandbox: { indexLagMs: 0 } });
  const { store } = made.sandbox;
  const [, other] = [ids.match, ids.drone];
  for (const [title, start, end] of CUTS) cut(title, ids.match, start, end);
  cut('Breakwater alone', other, 5_000, 9_000);
  function cut(title: string, original: string, start: number, end: number) {
    store.assets.insert({
      ...(store.assets.get(original) as Answer),
      id: store.newId(),
      title,
      type: 'SUBCLIP',
      original_asset_id: original,
      original_version_id: null,
      versions: [],
      time_start_milliseconds: start,
      time_end_milliseconds: end,
      date_created: new Date().toISOString(),
    });
  }
  made.sandbox.settle();
});

const find = (args: Record<string, unknown> = {}): Promise<Answer> => made.call('find_assets', args);
const titles = ({ hits }: Answer): string[] => hits.map((hit: string) => hit.split('"')[1] ?? '');
const stored = (type: string) =>
  made.sandbox.store.assets.list((one) => one.type === type && one.status === 'ACTIVE').length;

describe('sub-clips', () => {
  test('are found by what they are, with what they are cut from', async () => {
    const { total, hits } = await find({ where: { type: 'sub-clips' } });
    expect(total).toBe(stored('SUBCLIP'));
    expect(hits.find((one: string) => one.includes('Breakwater alone'))).toMatch(
      /0:05 to 0:09 of its original.* · cut from: Drone/,
    );
    expect((await find({ where: { type: 'SUBCLIP' }, show: ['type'] })).hits[0]).toContain('type: subclip');
    const week = await find({ where: { Type: ['subclip'], created: 'this week' } });
    expect(titles(week)).toContain('Breakwater alone');
  });

  test('of one original come in the order of their place in it', async () => {
    const title = String(made.sandbox.store.assets.get(ids.match)?.title);
    const order = ['Corner, first half', 'Goal Reyes, 1:0, Matchday 12', 'Second goal', 'Celebration'];
    for (const where of [
      { 'cut from': ids.match },
      { original: title },
      { cut_from: title },
      { 'Sub-clips of': `https://app.iconik.io/asset/${ids.match}` },
      { type: 'subclip', 'cut from': ids.match },
    ]) {
      const answer = await find({ where });
      expect(titles(answer)).toEqual(order);
      expect(answer.hits[0]).toContain('1:01 to 1:05 of its original');
      expect(answer.notes.join()).toMatch(/".*" → "Matchday 12, .*in the order of their place/);
    }
    const byTitle = await find({ where: { original: ids.match }, sort: 'title' });
    expect(titles(byTitle)).toEqual([...order].sort());
    expect((await find({ where: { original: ids.match }, words: 'goal', limit: 1 })).total).toBe(2);
  });

  test('of several originals come original by original, page by page, and as a selection in that order', async () => {
    const { selection } = await find({ where: { 'Content type': 'not empty' }, limit: 1 });
    const both = [ids.match, ids.drone];
    const all = await find({ where: { 'cut from': both } });
    expect(all.total).toBe(5);
    expect(all.hits.join()).toContain('cut from: ');
    const first = await find({ where: { 'cut from': both }, limit: 2 });
    const second = await find({ cursor: first.next, limit: 10 });
    expect([...titles(first), ...titles(second)]).toEqual(titles(all));
    expect((await find({ where: { 'cut from': selection } })).total).toBeGreaterThan(0);
    expect((await find({ where: { original: 'not empty' } })).total).toBe(stored('SUBCLIP'));
    const whole = await find({ where: { original: 'empty' }, limit: 1 });
    expect(whole.notes.join()).not.toContain('order of their place');
    expect(whole.hits.join()).not.toContain('cut from');
    const counted = await find({ where: { type: 'subclip' }, count_by: ['cut from', 'type'] });
    expect(Object.values(counted.counts['cut from'])).toContain(4);
  });

  test('can be left out, as other types can', async () => {
    const all = await find();
    expect((await find({ where: { type: 'not subclip' } })).total).toBe(all.total - stored('SUBCLIP'));
    const neither = await find({ where: { type: ['not sub-clip', 'not placeholder'] } });
    expect(neither.total).toBe(all.total - stored('SUBCLIP') - stored('PLACEHOLDER'));
    expect((await find({ where: { type: ['placeholders', 'subclips'] } })).total).toBe(
      stored('SUBCLIP') + stored('PLACEHOLDER'),
    );
  });

  test('that do not exist, and types that do not, are answered with what there is', async () => {
    expect(await made.refused('find_assets', { where: { type: 'reel' } })).toMatch(
      /type: "reel" is no type of asset\. Allowed: asset, subclip, placeholder, sequence/,
    );
    expect(await made.refused('find_assets', { where: { type: [] } })).toContain('no value was given');
    expect(await made.refused('find_assets', { where: { type: 'video' } })).toContain('media_type');
    expect(await made.refused('find_assets', { media_type: ['subclip'] })).toContain('where {"type": ["subclip"]}');
    expect(await made.refused('find_assets', { where: { original: 'No such film' } })).toContain('No asset is called');
    expect(await made.refused('find_assets', { where: { type: 'subclip' }, kind: 'collections' })).toContain('type');
  });

  test('are said by show_asset of their original, with how to list them', async () => {
    const { notes } = await made.call('show_asset', { asset: ids.match });
    expect(notes.join()).toContain('4 sub-clips are cut from it: find_assets with where {"cut from": "');
    const { notes: none = [] } = await made.call('show_asset', { asset: ids.trailer });
    expect(none.join()).not.toContain('sub-clip');
  });
});
