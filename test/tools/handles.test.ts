import { afterEach, describe, expect, test, vi } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, type World, world } from '../support/world.ts';

useJumpingClock();

const asset = ids.interview;

/** One handle of each kind, by what it is called, with the argument that takes it. */
async function oneOfEach({ call }: World) {
  const found = await call('find_assets', { limit: 1 });
  const table = await call('read_metadata', { assets: ids.twins, limit: 1 });
  const said = await call('read_transcript', { asset, find: 'the' });
  const comments = await call('read_notes', { asset });
  const jobs = await call('check_jobs', { wait_for: [ids.runningJob, ids.failedJob] });
  return {
    'a selection': found.selection,
    'a cursor of find_assets': found.next,
    'a cursor of read_metadata': table.next,
    'a cursor of read_transcript': said.next,
    'the places of an answer': said.places,
    'the threads of an answer': comments.threads,
    'a handle of started jobs': /run_\w+/.exec(jobs.notes.join(' '))?.[0],
  };
}

/** Calls that take a handle, by the kind that they take. */
const takers: [kind: string, tool: string, argument: string, args: (handle: string) => Record<string, unknown>][] = [
  ['a selection', 'read_metadata', 'selection', (selection) => ({ selection })],
  ['a selection', 'collect_assets', 'selection', (selection) => ({ selection, into: 'News' })],
  ['a selection', 'set_metadata', 'selection', (selection) => ({ selection, values: { Clearance: 'Cleared' } })],
  ['a cursor of find_assets', 'find_assets', 'cursor', (cursor) => ({ cursor })],
  ['a cursor of read_metadata', 'read_metadata', 'cursor', (cursor) => ({ cursor })],
  ['a cursor of read_transcript', 'read_transcript', 'cursor', (cursor) => ({ cursor })],
  ['a cursor of read_notes', 'read_notes', 'cursor', (cursor) => ({ cursor })],
  ['the places of an answer', 'annotate_asset', 'at_places', (at_places) => ({ asset, at_places })],
  ['the threads of an answer', 'annotate_asset', 'threads', (threads) => ({ asset, threads, tick: [1] })],
  ['a handle of started jobs', 'check_jobs', 'wait_for', (handle) => ({ wait_for: [handle] })],
];

describe('a handle', () => {
  test('of another kind is refused with what it is and what is wanted', async () => {
    const made = await world({ deadline: 2_000 });
    const handles = Object.entries(await oneOfEach(made));
    expect(handles.filter(([, handle]) => typeof handle !== 'string')).toEqual([]);
    for (const [kind, tool, argument, args] of takers)
      for (const [own, handle] of handles.filter(([other]) => other !== kind)) {
        const error = await made.refused(tool, args(handle));
        expect(error).toContain(`${tool} failed: ${argument}: ${handle} is ${own}, not ${kind}. Call `);
      }
  });

  test('that nobody gave is refused by every tool with what to do instead', async () => {
    const made = await world();
    for (const [, tool, argument, args] of takers) {
      const error = await made.refused(tool, args('sel_zzzzzz'));
      expect(error).toContain(`${tool} failed: ${argument}: "sel_zzzzzz" is unknown or expired. Call `);
    }
    expect(made.requests.filter((one) => !/^GET |^POST \/API\/search\//.test(one))).toEqual([]);
  });

  test.each(['""', '“”', "''", '‘’', '«»'])('counts in pasted quotes as well: %s', async ([open, close]) => {
    const made = await world();
    const handles = Object.entries(await oneOfEach(made));
    for (const [kind, tool, argument, args] of takers) {
      const own = handles.find(([noun]) => noun === kind)?.[1];
      if (own === undefined) continue;
      const { content } = await made.raw(tool, args(`${open}${own}${close}`));
      expect(JSON.stringify(content)).not.toMatch(new RegExp(`${argument}: .* is (unknown|neither|a )`));
    }
  });

  test('in use outlives hundreds of newer ones, and one that is not makes room', async () => {
    const { call, refused } = await world();
    const [used, unused] = [await call('find_assets', { limit: 1 }), await call('find_assets', { limit: 2 })];
    for (let newer = 0; newer < 260; newer += 1) {
      await call('find_assets', { limit: 1 });
      if (newer % 100 === 0) await call('read_metadata', { selection: used.selection, labels: ['Clearance'] });
    }
    expect(await call('read_metadata', { selection: used.selection, labels: ['Clearance'] })).toMatchObject({
      total: used.total,
    });
    expect(await refused('read_metadata', { selection: unused.selection })).toContain('is unknown or expired');
  });
});

describe('as time goes by', () => {
  afterEach(() => void vi.useRealTimers());
  const hours = (count: number) => count * 3_600_000;

  test('a handle lasts a day from its last use', async () => {
    vi.useFakeTimers({ toFake: ['performance'] }).advanceTimersByTime(1);
    const { call, refused } = await world();
    const { selection } = await call('find_assets', { limit: 1 });
    for (let use = 0; use < 3; use += 1) {
      vi.advanceTimersByTime(hours(20));
      await call('read_metadata', { selection, labels: ['Clearance'] });
    }
    vi.advanceTimersByTime(hours(25));
    expect(await refused('read_metadata', { selection })).toContain('is unknown or expired');
  });

  test('views are read once a minute', async () => {
    vi.useFakeTimers({ toFake: ['performance'] }).advanceTimersByTime(1);
    const { call, requests } = await world();
    const lists = () => requests.filter((one) => /^GET \/API\/metadata\/v1\/views\/(\?|$)/.test(one)).length;
    for (let n = 0; n < 3; n += 1) await call('describe_metadata', { field: 'Clearance' });
    expect(lists()).toBe(1);
    vi.advanceTimersByTime(61_000);
    await call('describe_metadata', { field: 'Clearance' });
    expect(lists()).toBe(2);
  });
});
