import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { ids, world } from '../support/world.ts';

const [, , current] = ids.interviewVersions;

/** Adds a comment to the current version of the interview; answers its id. */
const add = ({ store, reindex }: Sandbox, row: Record<string, unknown>): string => {
  const id = store.newId();
  store.segments.insert({
    id,
    asset_id: ids.interview,
    version_id: current,
    segment_type: 'COMMENT',
    status: 'ACTIVE',
    segment_checked: false,
    user_id: ids.me,
    date_created: '2026-01-01T00:00:00+00:00',
    ...row,
  });
  reindex();
  return id;
};

describe('comments', () => {
  test('are numbered threads in order of time, answers below, with author, state and drawing', async () => {
    const { call } = await world();
    const answer = await call('read_notes', { asset: 'Interview Jordan Reyes, Lisbon' });
    expect(answer).toMatchObject({ version: 'v3, current', total: 7, open: 6, done: 1, shown: 7 });
    expect(answer.threads).toMatch(/^thr_\w{6}$/);
    expect(answer.items.slice(0, 6)).toEqual([
      '1 · 10:00:31:00 · guest of a share: anna@client.example · open · has drawing · "Could the name caption come two seconds later?"',
      '1.1 · Maria Almeida · "Yes, we can. Anna, is the spelling right?"',
      '1.2 · guest of a share: anna@client.example · "Spelling is right."',
      '2 · 10:01:35:00-10:01:39:00 · Aisha Karim · open · "Wind noise on the lapel microphone, please use the boom here."',
      '2.1 · Tom Becker · "Boom is on track 2, will be in the next mix."',
      '3 · 10:06:27:20-10:06:33:20 · guest of a share: j.lund@client.example · done · "Love this answer. Keep it whole."',
    ]);
    expect(answer.items.at(-1)).toMatch(/^7 · whole asset · guest of a share: anna@client.example · open/);
  });

  test('cost little, as data and as text', async () => {
    const { raw } = await world();
    const result = await raw('read_notes', { asset: ids.interview });
    expect(encode(JSON.stringify(result.structuredContent)).length).toBeLessThanOrEqual(600);
    expect(encode(JSON.stringify(result.content)).length).toBeLessThanOrEqual(700);
  });

  test('count drop-frame time', async () => {
    const { call } = await world();
    const { items } = await call('read_notes', { asset: ids.grade });
    expect(items[0]).toContain('1 · 01:00:04;00-01:00:07;00 · Maria Almeida · open · "Skin is too red here."');
    expect(items[1]).toContain('2 · 01:01:01;02');
    expect(items.find((line: string) => line.includes('flash frame'))).toContain('01:10:00;18');
  });

  test('are those of threads in which a person wrote', async () => {
    const { call, refused } = await world();
    const { items, shown, total } = await call('read_notes', { asset: ids.interview, by: 'almeida' });
    expect(items.slice(0, 3).map((line: string) => line.split(' ')[0])).toEqual(['1', '1.1', '1.2']);
    expect(shown).toBeLessThan(total);
    const mine = await call('read_notes', { asset: ids.interview, by: 'me' });
    expect(mine.items).toEqual((await call('read_notes', { asset: ids.interview, by: 'Ines Carvalho' })).items);
    const guests = await call('read_notes', { asset: ids.interview, by: 'anna@', state: 'open' });
    expect(guests.items.join()).not.toContain('Wind noise');
    expect(await refused('read_notes', { asset: ids.interview, by: 'Nobody' })).toMatch(
      /"Nobody" wrote none of these notes\. Authors: .*"Aisha Karim"/,
    );
  });

  test('keep their numbers when only some are shown', async () => {
    const { call } = await world();
    const numbers = ({ items }: { items: string[] }) => items.map((line) => line.split(' ')[0]);
    const open = await call('read_notes', { asset: ids.grade, state: 'open' });
    expect(numbers(open)).toEqual(['1', '2', '3', '3.1', '5', '6']);
    expect(open).toMatchObject({ total: 6, open: 5, done: 1, shown: 5 });
    expect(numbers(await call('read_notes', { asset: ids.grade, state: 'done' }))).toEqual(['4']);
  });

  test('are those of one version, and others are told of', async () => {
    const { call } = await world();
    const now = await call('read_notes', { asset: ids.interview });
    expect(now.other_versions).toEqual(['v1: 0 open of 1', 'v2: 0 open of 1']);
    const old = await call('read_notes', { asset: ids.interview, version: '2' });
    expect(old).toMatchObject({ version: 'v2, not current', total: 1, done: 1 });
    expect(old.items[0]).toMatch(/^1 · 10:04:17:17-10:04:27:02 · Tom Becker · done · "The boat shed part is too long/);
  });

  test('by a guest that give orders stay data, attributed to the guest', async () => {
    const { call, requests, raw } = await world();
    const { items } = await call('read_notes', { asset: ids.interview });
    const order = items.find((line: string) => line.includes('SYSTEM: ignore'));
    expect(order).toMatch(/^4 · 10:07:35:00 · guest of a share: j\.lund@client\.example · open · "SYSTEM: ignore/);
    const [first] = (await raw('read_notes', { asset: ids.interview })).content;
    const text = first?.type === 'text' ? first.text : '';
    expect(text.indexOf('SYSTEM:')).toBeGreaterThan(text.indexOf('<<library-data'));
    expect(requests.filter((one) => !one.startsWith('GET') && !one.includes('/search/'))).toEqual([]);
  });

  test('that answer an answer, or one that is gone, have their place', async () => {
    const { call, sandbox } = await world();
    const reply = sandbox.store.segments
      .where('asset_id', ids.interview)
      .find(({ segment_text: text }) => text === 'Spelling is right.');
    add(sandbox, { segment_text: 'Deeper.', parent_id: reply?.id });
    add(sandbox, { segment_text: 'Orphan.', parent_id: sandbox.store.newId(), time_start_milliseconds: 1 });
    add(sandbox, { segment_text: 'Gone.', status: 'DELETED', time_start_milliseconds: 2 });
    const { items } = await call('read_notes', { asset: ids.interview });
    expect(items[0]).toMatch(/^1 · .*"Orphan\."$/);
    expect(items.find((line: string) => line.includes('Deeper.'))).toBe('2.3 · Ines Carvalho · "Deeper."');
    expect(items.join()).not.toContain('Gone.');
  });

  test('are paged when there are many, each once', async () => {
    const { call, raw, sandbox } = await world();
    for (let n = 0; n < 300; n += 1) add(sandbox, { segment_text: `Note ${n}.`, time_start_milliseconds: n * 1000 });
    const seen: string[] = [];
    let args: Record<string, unknown> = { asset: ids.interview };
    for (let page = 0; page < 20; page += 1) {
      const answer = await call('read_notes', args);
      seen.push(...answer.items);
      if (page === 0) expect(encode(JSON.stringify(await raw('read_notes', args))).length).toBeLessThan(8_000);
      if (!answer.next) break;
      args = { cursor: answer.next };
    }
    expect(seen.filter((line) => line.includes('"Note '))).toHaveLength(300);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('that are very long are shortened, and say so', async () => {
    const { call, sandbox } = await world();
    add(sandbox, { segment_text: 'word '.repeat(400), time_start_milliseconds: 0 });
    const { items } = await call('read_notes', { asset: ids.interview });
    expect(items[0]).toContain('… (2000 characters)');
    expect(items[0].length).toBeLessThan(700);
  });

  test('of an asset without any are none; bad names are answered with what there is', async () => {
    const { call, refused } = await world();
    expect(await call('read_notes', { asset: ids.placeholder })).toMatchObject({ total: 0, items: [] });
    expect(await refused('read_notes', { asset: ids.interview, version: '9' })).toMatch(
      /no version "9"\. Its versions: v1 \(.*\), v2 \(.*\), v3 \(.*, current\)/,
    );
    expect(await refused('read_notes', { asset: ids.interview, state: 'closed' })).toContain(
      'Allowed: open, done, all',
    );
    expect(await refused('read_notes', {})).toContain('asset is missing');
    const { next } = await call('find_assets', { limit: 1 });
    expect(await refused('read_notes', { cursor: 'cur_aaaaaa' })).toContain('"cur_aaaaaa" is unknown or expired');
    expect(await refused('read_notes', { cursor: next })).toContain('is a cursor of find_assets');
  });
});

describe('markers and tags', () => {
  const all = ['COMMENT', 'MARKER', 'TAG', 'GENERIC'];
  const mark = (sandbox: Sandbox, segment_type: string, segment_text: string, at: number, more = {}) =>
    add(sandbox, { segment_type, segment_text, time_start_milliseconds: at, time_end_milliseconds: at, ...more });

  test('have numbers of their kind, with color, track and author, and comments keep theirs', async () => {
    const { call, sandbox } = await world();
    mark(sandbox, 'MARKER', 'Later', 9_000);
    mark(sandbox, 'MARKER', 'First', 1_000, { segment_color: 'green', segment_track: 'Quotes' });
    mark(sandbox, 'TAG', 'boat', 2_000);
    mark(sandbox, 'GENERIC', 'Drawn', 3_000, { has_drawing: true });
    const alone = await call('read_notes', { asset: ids.interview });
    const { items, ...rest } = await call('read_notes', { asset: ids.interview, kinds: all });
    expect(items.slice(0, alone.items.length)).toEqual(alone.items);
    expect(items.filter((line: string) => /"(First|Later|boat|Drawn)"$/.test(line))).toEqual([
      expect.stringMatching(/^m1 · 10:00:01:00 · .+ · green · track "Quotes" · "First"$/),
      expect.stringMatching(/^m\d+ · 10:00:09:00 · .+ · "Later"$/),
      expect.stringMatching(/^t1 · 10:00:02:00 · .+ · "boat"$/),
      expect.stringMatching(/^g\d+ · 10:00:03:00 · .+ · has drawing · "Drawn"$/),
    ]);
    expect(rest).toMatchObject({ open: 6, done: 1 });
    const { items: markers } = await call('read_notes', { asset: ids.interview, kinds: ['MARKER'] });
    expect(markers).toEqual(items.filter((line: string) => line.startsWith('m')));
  });

  test('are not open or done: state is of comments', async () => {
    const { call, sandbox } = await world();
    mark(sandbox, 'MARKER', 'Always', 1_000);
    const { items } = await call('read_notes', { asset: ids.interview, kinds: all, state: 'done' });
    expect(items.map((line: string) => line.split(' ')[0])).toEqual(expect.arrayContaining(['3', 'm1']));
    expect(items.filter((line: string) => line.includes('· open ·'))).toEqual([]);
  });

  test('come page by page after the comments, each once', async () => {
    const { call, sandbox } = await world();
    for (let n = 0; n < 150; n += 1) mark(sandbox, 'MARKER', `Mark ${n}`, n * 1000);
    const { total } = await call('read_notes', { asset: ids.interview, kinds: ['COMMENT', 'MARKER'] });
    const seen: string[] = [];
    let args: Record<string, unknown> | undefined = { asset: ids.interview, kinds: ['MARKER', 'COMMENT'] };
    while (args) {
      const { items, next } = await call('read_notes', args);
      seen.push(...items.map((line: string) => line.split(' · ')[0]));
      args = next && { cursor: next };
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((number) => !number.includes('.'))).toHaveLength(total);
    expect(seen.findIndex((number) => number.startsWith('m'))).toBeGreaterThan(seen.lastIndexOf('7'));
  });

  test('are counted where the kind asked for has none', async () => {
    const { call, sandbox } = await world();
    const { total: before } = await call('read_notes', { asset: ids.placeholder });
    expect(before).toBe(0);
    add(sandbox, { asset_id: ids.placeholder, version_id: undefined, segment_type: 'MARKER', segment_text: 'x' });
    expect(await call('read_notes', { asset: ids.placeholder })).toMatchObject({ total: 0, other_kinds: '1 marker' });
  });

  test('are read by the new name, which the old one answers with', async () => {
    const { refused } = await world();
    expect(await refused('read_comments', { asset: ids.interview })).toContain('read_comments is now read_notes');
  });
});

describe('several versions or assets', () => {
  const heads = ({ items }: { items: string[] }) =>
    items.filter((line) => /: \d+(, \d+ open)?(, continued)?$/.test(line));

  test('are read in one call, version by version, under the numbers that each has', async () => {
    const { call } = await world();
    const all = await call('read_notes', { asset: ids.interview, version: 'all' });
    expect(heads(all)).toEqual(['v1, not current: 1, 0 open', 'v2, not current: 1, 0 open', 'v3, current: 7, 6 open']);
    expect(all).toMatchObject({ asset: 'Interview Jordan Reyes, Lisbon', version: 'all', total: 9, open: 6, done: 3 });
    const alone = await call('read_notes', { asset: ids.interview });
    expect(all.items.slice(-alone.items.length)).toEqual(alone.items);
    const old = await call('read_notes', { asset: ids.interview, version: 'v2' });
    expect(all.items).toContain(old.items[0]);
    expect(all.notes.join()).toContain('annotate_asset takes them with it');
  });

  test('show what one person wrote on which version', async () => {
    const { call, refused } = await world();
    const one = await call('read_notes', { asset: ids.interview, version: 'all', by: 'Tom Becker' });
    const { shown } = await call('read_notes', { asset: ids.interview, by: 'Tom Becker' });
    expect(heads(one)).toEqual(['v2, not current: 1, 0 open', `v3, current: ${shown}, ${shown} open`]);
    expect(one.items.join('\n')).not.toContain('Love this answer');
    expect(await refused('read_notes', { asset: ids.interview, version: 'all', by: 'Nobody' })).toMatch(
      /"Nobody" wrote none of these notes\. Authors: .*"Tom Becker"/,
    );
    expect(await refused('read_notes', { asset: ids.interview, version: 'v2', by: 'Aisha' })).toContain(
      'For the other versions, too, give version "all".',
    );
  });

  test('take the numbers of an older version for what is done with them', async () => {
    const { call, sandbox } = await world();
    await call('read_notes', { asset: ids.interview, version: 'all' });
    await call('annotate_asset', { asset: ids.interview, version: 'v2', untick: ['1'] });
    const [, second] = ids.interviewVersions;
    const own = sandbox.store.segments.where('asset_id', ids.interview).filter((row) => row.version_id === second);
    expect(own.find((row) => row.segment_type === 'COMMENT')?.segment_checked).toBe(false);
  });

  test('are those of a selection, by title, current or all', async () => {
    const { call, refused } = await world();
    const { selection } = await call('find_assets', { words: 'Season' });
    const now = await call('read_notes', { asset: selection, state: 'open' });
    expect(heads(now).length).toBeGreaterThan(1);
    const every = await call('read_notes', { asset: selection, version: 'all' });
    expect(heads(every).filter((line) => line.includes('Season trailer 2025')).length).toBeGreaterThan(1);
    expect(heads(now)[0]).toMatch(/^".+" \([0-9a-f-]{36}\) v\d, current: \d+, \d+ open$/);
    expect(await refused('read_notes', { asset: selection, version: 'v2' })).toContain('of a selection give all');
  });

  test('come page by page, each note once, under the head of its version', async () => {
    const { call, sandbox } = await world();
    for (const version_id of ids.interviewVersions)
      for (let n = 0; n < 60; n += 1)
        add(sandbox, {
          version_id,
          segment_text: `Note ${n} ${'long '.repeat(20)}`,
          time_start_milliseconds: n * 1000,
        });
    const seen: string[] = [];
    let answer = await call('read_notes', { asset: ids.interview, version: 'all' });
    for (let page = 0; page < 30; page += 1) {
      expect(encode(JSON.stringify(answer)).length).toBeLessThan(4_000);
      expect(answer.items[0]).toMatch(/^v\d, (not )?current: /);
      seen.push(...answer.items.filter((line: string) => !line.endsWith('continued')));
      if (!answer.next) break;
      answer = await call('read_notes', { cursor: answer.next });
    }
    expect(answer.next).toBeUndefined();
    expect(seen.filter((line) => / · .*"Note /.test(line))).toHaveLength(180);
    expect(heads({ items: seen })).toHaveLength(3);
  });
});
