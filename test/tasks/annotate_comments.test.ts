import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { agree, current, done, grade, ids, idsOf, interview, make, master, others, rows } from './segment_rows.ts';

describe('comments', () => {
  test('are ticked off by number, with the handle, in two calls and 3,000 tokens', async () => {
    const { raw, sandbox } = await make();
    const list = await raw('read_notes', { asset: interview });
    const elsewhere = others(sandbox, interview);
    const before = JSON.stringify(rows(sandbox, interview).filter(({ id }) => id !== ids.hostileComment));
    const threads = list.structuredContent?.threads;
    const ticked = await raw('annotate_asset', { asset: interview, tick: [4], threads });
    expect(ticked.structuredContent).toMatchObject({ status: 'done', added: 0, ticked: 1, items: ['ticked 4'] });
    expect(sandbox.store.segments.get(ids.hostileComment)?.segment_checked).toBe(true);
    expect(JSON.stringify(rows(sandbox, interview).filter(({ id }) => id !== ids.hostileComment))).toBe(before);
    expect(others(sandbox, interview)).toBe(elsewhere);
    expect(encode(JSON.stringify([list, ticked])).length).toBeLessThanOrEqual(3_000);
  });

  test('that are ticked already are left alone, and opened again on request', async () => {
    const { call, sandbox, requests } = await make();
    const sent = requests.length;
    expect(await call('annotate_asset', { asset: interview, tick: [3] })).toMatchObject({ already_there: 1 });
    expect(requests.slice(sent).filter((one) => one.startsWith('PATCH'))).toEqual([]);
    expect(await call('annotate_asset', { asset: interview, untick: ['3'] })).toMatchObject({ unticked: 1, ticked: 0 });
    expect(done(sandbox, 'Love this answer')).toBe(false);
  });

  test('mean by a number what was shown, though others have come since', async () => {
    const { call, refused, sandbox } = await make();
    const { threads } = await call('read_notes', { asset: interview });
    await call('annotate_asset', { asset: interview, kind: 'COMMENT', items: ['0:05 First of all'] });
    expect(await refused('annotate_asset', { asset: interview, tick: [2] })).toContain(
      'have changed since 2 was shown',
    );
    await call('annotate_asset', { asset: interview, tick: [2], threads });
    expect(done(sandbox, 'Wind noise')).toBe(true);
    expect(done(sandbox, 'Could the name')).toBe(false);
    sandbox.store.segments.remove(ids.comment);
    sandbox.reindex();
    expect(await refused('annotate_asset', { asset: interview, tick: [1], threads })).toContain('read_notes again');
  });

  test('are numbered within the version of their handle', async () => {
    const { call, refused, sandbox } = await make();
    const { threads } = await call('read_notes', { asset: interview, version: 2 });
    await call('annotate_asset', { asset: interview, untick: [1], threads });
    expect(done(sandbox, 'The boat shed part')).toBe(false);
    expect(done(sandbox, 'Could the name')).toBe(false);
    expect(await refused('annotate_asset', { asset: interview, tick: [1], threads, version: 3 })).toContain(
      'threads belongs to v2',
    );
    expect(await refused('annotate_asset', { asset: grade, tick: [1], threads })).toContain('another asset');
  });

  test('are answered once, under the first of their thread, at its time', async () => {
    const { call, sandbox } = await make();
    const before = idsOf(sandbox, interview);
    const args = { asset: interview, reply_to: 1.1, text: 'Moved by two seconds.' };
    expect(await call('annotate_asset', args)).toMatchObject({
      added: 1,
      items: ['added 1.3 answer to 1 "Moved by two seconds."'],
    });
    const reply = rows(sandbox, interview).find(({ id }) => !before.has(id));
    expect(reply).toMatchObject({
      segment_type: 'COMMENT',
      parent_id: ids.comment,
      version_id: current,
      time_start_milliseconds: 31_000,
    });
    expect(await call('annotate_asset', { ...args, reply_to: ids.comment })).toMatchObject({
      added: 0,
      already_there: 1,
    });
    const { items } = await call('read_notes', { asset: interview });
    expect(items[3]).toBe('1.3 · Ines Carvalho · "Moved by two seconds."');
  });

  test('may get the same answer one after the other', async () => {
    const { call } = await make();
    for (const reply_to of [1, 2])
      expect(await call('annotate_asset', { asset: interview, reply_to, text: 'Agreed.' })).toMatchObject({ added: 1 });
  });

  test('are answered and ticked in one call, after a plan that names them', async () => {
    const made = await make();
    const { plan, answer } = await agree(made, { asset: interview, reply_to: 2, text: 'Done.', tick: [2, 5] });
    expect(plan.summary).toContain('Adds 1 comment, ticks off 2 comments on');
    expect(plan.affected[0]).toBe('+ answer to 2 "Done."');
    expect(plan.affected[1]).toMatch(/^tick 2 · 10:01:35:00-10:01:39:00 · Aisha Karim/);
    expect(answer).toMatchObject({ added: 1, ticked: 2, unticked: 0 });
    expect([done(made.sandbox, 'Wind noise'), done(made.sandbox, 'Focus hunts')]).toEqual([true, true]);
  });

  test('that there are not are answered with those there are', async () => {
    const { refused } = await make();
    expect(await refused('annotate_asset', { asset: interview, tick: [9] })).toContain(
      'no comment "9". Comments: 1 to 7.',
    );
    expect(await refused('annotate_asset', { asset: master, reply_to: 1, text: 'x' })).toContain('has no comments');
    expect(await refused('annotate_asset', { asset: interview, tick: [1], threads: 'thr_zzzzzz' })).toContain(
      'read_notes',
    );
  });
});
