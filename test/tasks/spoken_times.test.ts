import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';
import { idsOf, since } from './segment_rows.ts';

useJumpingClock();

const { match } = ids;
const MIN = 60_000;

async function confirmed({ call }: World, tool: string, args: Record<string, unknown>): Promise<Answer> {
  const { confirm, status, ...done } = await call(tool, args);
  return status === 'preview' ? call(tool, { confirm }) : done;
}

/** What an item writes: where it starts and ends, and its text. */
async function written(item: string, kind: string) {
  const made = await world();
  const before = idsOf(made.sandbox, match);
  await confirmed(made, 'annotate_asset', { asset: match, items: [item], kind });
  return since(made.sandbox, match, before).map(([, ...rest]) => rest);
}

describe('a time as it is spoken', () => {
  test.each([
    ['20 min Goal', 20 * MIN, 'Goal'],
    ['20 min. Goal', 20 * MIN, 'Goal'],
    ['20 mins: Goal', 20 * MIN, 'Goal'],
    ['20 minutes in: Goal', 20 * MIN, 'Goal'],
    ['20 minutes in, Goal', 20 * MIN, 'Goal'],
    ['20 minutes into the match - Goal', 20 * MIN, 'Goal'],
    ['at 20 minutes: goal', 20 * MIN, 'goal'],
    ['20 Min - Tor', 20 * MIN, 'Tor'],
    ["20' Goal", 20 * MIN, 'Goal'],
    ['20′ Goal', 20 * MIN, 'Goal'],
    ['1\'30" Goal', 1.5 * MIN, 'Goal'],
    ["20': Goal", 20 * MIN, 'Goal'],
    ['1 h 20 min Goal', 80 * MIN, 'Goal'],
    ['1 hour and 20 minutes in: Goal', 80 * MIN, 'Goal'],
    ['90 seconds in: Kick-off', 1.5 * MIN, 'Kick-off'],
    ['2 min 30 sec – Corner', 2.5 * MIN, 'Corner'],
    ['1h20 Goal', 80 * MIN, 'Goal'],
    ["5' 30'' Goal", 5.5 * MIN, 'Goal'],
    ["20'' Goal", MIN / 3, 'Goal'],
    ['[20 min] Goal', 20 * MIN, 'Goal'],
  ])('%s', async (item, start, text) => {
    for (const kind of ['MARKER', 'COMMENT']) expect(await written(item, kind), kind).toEqual([[start, start, text]]);
  });

  test.each([
    ['20 min - 25 min Pressure', 20, 25],
    ["20' to 25' Pressure", 20, 25],
    ['20-25 min Pressure', 20, 25],
    ['20 to 25 minutes: Pressure', 20, 25],
  ])('as a range: %s', async (item, from, to) => {
    expect(await written(item, 'MARKER')).toEqual([[from * MIN, to * MIN, 'Pressure']]);
  });

  test.each(["20' Goal", '20 min goal', '20 minutes in the goal'])(
    'is shown in a plan where it may be something else: %s',
    async (item) => {
      const { call } = await world();
      const plan = await call('annotate_asset', { asset: match, items: [item] });
      expect(plan.status).toBe('preview');
      expect(plan.notes.join('\n')).toMatch(/was read as 20:00 from the first frame/);
    },
  );

  test.each(['90+2 Goal', '45+1: Goal', "90+4' Goal", '90 + 2 Goal', "45' +2 Goal", "45'+2 Goal"])(
    'of a match with added time says what to write: %s',
    async (item) => {
      const { refused } = await world();
      for (const kind of ['MARKER', 'COMMENT']) {
        const text = await refused('annotate_asset', { asset: match, items: [item], kind });
        expect(text, kind).toMatch(/minute of the match/);
        expect(text).toMatch(/\d\d:00 .*if the clip begins/);
      }
    },
  );

  test.each(['minute 20: Goal', '20th minute: Goal', 'in the 20th minute a goal', '20. Minute: Tor'])(
    'by a number of a minute is no text unseen: %s',
    async (item) => {
      const { refused, call } = await world();
      expect(await refused('annotate_asset', { asset: match, items: [item] })).toContain('12:04');
      const plan = await call('annotate_asset', { asset: match, items: [item], kind: 'COMMENT' });
      expect(plan.status).toBe('preview');
      expect(plan.notes.join()).toContain('was read as a text about the whole asset');
    },
  );

  test.each(['20m30 Goal', "00:20' Goal", 'around 20 min: Goal'])(
    'in a form that is not read is shown: %s',
    async (item) => {
      const { call } = await world();
      const plan = await call('annotate_asset', { asset: match, items: [item], kind: 'COMMENT' });
      expect(plan.status).toBe('preview');
    },
  );

  test('with a number behind it is shown in a plan', async () => {
    const { call } = await world();
    const plan = await call('annotate_asset', { asset: match, items: ['20 min 30 Goal'] });
    expect(plan.status).toBe('preview');
  });

  test.each(['20 minutes is too long for this', '5 min shorter would be better', "20's music is wrong"])(
    'is none in a comment: %s',
    async (item) => {
      const made = await world();
      const before = idsOf(made.sandbox, match);
      await made.raw('annotate_asset', { asset: match, items: [item], kind: 'COMMENT' });
      for (const [, start] of since(made.sandbox, match, before)) expect(start ?? null).toBeNull();
    },
  );

  test('beyond the end is refused in words that a person knows', async () => {
    const { refused } = await world();
    expect(await refused('annotate_asset', { asset: ids.interview, items: ['40 min Goal'] })).toContain(
      '"40:00" is beyond the end of the clip',
    );
  });

  test('stays in the text of a line below', async () => {
    expect(await written('12:04 Goal\n20 min later another', 'COMMENT')).toEqual([
      [724_000, 724_000, 'Goal\n20 min later another'],
    ]);
  });

  test('is read in the cells of a log, and one with added time says what to write', async () => {
    const made = await world();
    const before = idsOf(made.sandbox, match);
    const csv = 'In,Note\n20\',A\n21 min,B\n22 minutes in,C\n1\'30""",D\n90+2,E'.replace('1\'30"""', `"1'30"""`);
    const plan = await made.call('import_log', { asset: match, csv });
    expect(plan.notes.join('\n')).toMatch(/"90\+2" .*minute of the match/);
    await made.call('import_log', { confirm: plan.confirm });
    expect(since(made.sandbox, match, before).map(([, start, , text]) => [start, text])).toEqual([
      [1.5 * MIN, 'D'],
      [20 * MIN, 'A'],
      [21 * MIN, 'B'],
      [22 * MIN, 'C'],
    ]);
  });

  test('moves a note', async () => {
    const made = await world();
    const { items } = await made.call('read_notes', { asset: match, kinds: ['MARKER'] });
    const number = items[0].split(' · ')[0];
    const done = await confirmed(made, 'annotate_asset', { asset: match, move: [`${number} 20 minutes in`] });
    expect(done.changed).toBe(1);
    expect(done.items.join()).toMatch(/→ 01:20:00;\d\d/);
  });
});
