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
    const answer = await call('read_comments', { asset: 'Interview Jordan Reyes, Lisbon' });
    expect(answer).toMatchObject({ version: 'v3, current', total: 7, open: 6, done: 1, shown: 7 });
    expect(answer.threads).toMatch(/^thr_\w{6}$/);
    expect(answer.comments.slice(0, 6)).toEqual([
      '1 · 10:00:31:00 · guest of a share: anna@client.example · open · has drawing · "Could the name caption come two seconds later?"',
      '1.1 · Maria Almeida · "Yes, we can. Anna, is the spelling right?"',
      '1.2 · guest of a share: anna@client.example · "Spelling is right."',
      '2 · 10:01:35:00-10:01:39:00 · Aisha Karim · open · "Wind noise on the lapel microphone, please use the boom here."',
      '2.1 · Tom Becker · "Boom is on track 2, will be in the next mix."',
      '3 · 10:06:27:20-10:06:33:20 · guest of a share: j.lund@client.example · done · "Love this answer. Keep it whole."',
    ]);
    expect(answer.comments.at(-1)).toMatch(/^7 · whole asset · guest of a share: anna@client.example · open/);
  });

  test('cost little, as data and as text', async () => {
    const { raw } = await world();
    const result = await raw('read_comments', { asset: ids.interview });
    expect(encode(JSON.stringify(result.structuredContent)).length).toBeLessThanOrEqual(600);
    expect(encode(JSON.stringify(result.content)).length).toBeLessThanOrEqual(700);
  });

  test('count drop-frame time', async () => {
    const { call } = await world();
    const { comments } = await call('read_comments', { asset: ids.grade });
    expect(comments[0]).toContain('1 · 01:00:04;00-01:00:07;00 · Maria Almeida · open · "Skin is too red here."');
    expect(comments[1]).toContain('2 · 01:01:01;02');
    expect(comments.find((line: string) => line.includes('flash frame'))).toContain('01:10:00;18');
  });

  test('keep their numbers when only some are shown', async () => {
    const { call } = await world();
    const numbers = ({ comments }: { comments: string[] }) => comments.map((line) => line.split(' ')[0]);
    const open = await call('read_comments', { asset: ids.grade, state: 'open' });
    expect(numbers(open)).toEqual(['1', '2', '3', '3.1', '5', '6']);
    expect(open).toMatchObject({ total: 6, open: 5, done: 1, shown: 5 });
    expect(numbers(await call('read_comments', { asset: ids.grade, state: 'done' }))).toEqual(['4']);
  });

  test('are those of one version, and others are told of', async () => {
    const { call } = await world();
    const now = await call('read_comments', { asset: ids.interview });
    expect(now.other_versions).toEqual(['v1: 0 open of 1', 'v2: 0 open of 1']);
    const old = await call('read_comments', { asset: ids.interview, version: '2' });
    expect(old).toMatchObject({ version: 'v2, not current', total: 1, done: 1 });
    expect(old.comments[0]).toMatch(
      /^1 · 10:04:17:17-10:04:27:02 · Tom Becker · done · "The boat shed part is too long/,
    );
  });

  test('by a guest that give orders stay data, attributed to the guest', async () => {
    const { call, requests, raw } = await world();
    const { comments } = await call('read_comments', { asset: ids.interview });
    const order = comments.find((line: string) => line.includes('SYSTEM: ignore'));
    expect(order).toMatch(/^4 · 10:07:35:00 · guest of a share: j\.lund@client\.example · open · "SYSTEM: ignore/);
    const [first] = (await raw('read_comments', { asset: ids.interview })).content;
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
    const { comments } = await call('read_comments', { asset: ids.interview });
    expect(comments[0]).toMatch(/^1 · .*"Orphan\."$/);
    expect(comments.find((line: string) => line.includes('Deeper.'))).toBe('2.3 · Ines Carvalho · "Deeper."');
    expect(comments.join()).not.toContain('Gone.');
  });

  test('are paged when there are many, each once', async () => {
    const { call, raw, sandbox } = await world();
    for (let n = 0; n < 300; n += 1) add(sandbox, { segment_text: `Note ${n}.`, time_start_milliseconds: n * 1000 });
    const seen: string[] = [];
    let args: Record<string, unknown> = { asset: ids.interview };
    for (let page = 0; page < 20; page += 1) {
      const answer = await call('read_comments', args);
      seen.push(...answer.comments);
      if (page === 0) expect(encode(JSON.stringify(await raw('read_comments', args))).length).toBeLessThan(8_000);
      if (!answer.next) break;
      args = { cursor: answer.next };
    }
    expect(seen.filter((line) => line.includes('"Note '))).toHaveLength(300);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('that are very long are shortened, and say so', async () => {
    const { call, sandbox } = await world();
    add(sandbox, { segment_text: 'word '.repeat(400), time_start_milliseconds: 0 });
    const { comments } = await call('read_comments', { asset: ids.interview });
    expect(comments[0]).toContain('… (2000 characters)');
    expect(comments[0].length).toBeLessThan(700);
  });

  test('of an asset without any are none; bad names are answered with what there is', async () => {
    const { call, refused } = await world();
    expect(await call('read_comments', { asset: ids.placeholder })).toMatchObject({ total: 0, comments: [] });
    expect(await refused('read_comments', { asset: ids.interview, version: '9' })).toMatch(
      /no version "9"\. Its versions: v1 \(.*\), v2 \(.*\), v3 \(.*, current\)/,
    );
    expect(await refused('read_comments', { asset: ids.interview, state: 'closed' })).toContain(
      'Allowed: open, done, all',
    );
    expect(await refused('read_comments', {})).toContain('asset is missing');
    const { next } = await call('find_assets', { limit: 1 });
    expect(await refused('read_comments', { cursor: 'cur_aaaaaa' })).toContain('"cur_aaaaaa" is unknown or expired');
    expect(await refused('read_comments', { cursor: next })).toContain('is a cursor of find_assets');
  });
});
