import { describe, expect, test } from 'vitest';
import { agree, ids, idsOf, interview, make, others, rows, since } from './segment_rows.ts';

const KINDS = ['COMMENT', 'MARKER', 'TAG', 'GENERIC'];
const items = ['0:05 One', '0:10 Two', '0:20-0:30 Three'];

/** A world with three new markers, their numbers under a handle, and the run that made them. */
async function logged() {
  const made = await make();
  const before = idsOf(made.sandbox, interview);
  const { answer } = await agree(made, { asset: interview, items });
  const read = await made.call('read_notes', { asset: interview, kinds: KINDS });
  const number = (text: string): string =>
    read.items.find((line: string) => line.endsWith(`"${text}"`)).split(' · ')[0] as string;
  return { ...made, made, before, run: answer.run as string, threads: read.threads as string, number };
}

const named = (sandbox: Awaited<ReturnType<typeof make>>['sandbox'], text: string) =>
  rows(sandbox, interview).find(({ segment_text }) => segment_text === text);

describe('markers', () => {
  test('are edited, moved and recolored by number, and nothing else changes', async () => {
    const { made, call, sandbox, threads, number } = await logged();
    const elsewhere = others(sandbox, interview);
    const edited = await call('annotate_asset', { asset: interview, edit: [`${number('One')} Uno`], threads });
    expect(edited).toMatchObject({ status: 'done', changed: 1 });
    expect(edited.items[0]).toMatch(/^changed m\d+ \(.+\): 10:00:05:00, "One" → "Uno"$/);
    const { plan, answer } = await agree(made, {
      asset: interview,
      move: [`${number('Three')} 0:40`, `${number('Two')} 0:12-0:13`],
      recolor: [number('Two')],
      color: 'green',
      threads,
    });
    expect(plan.affected.map((line: string) => line.replace(/m\d+ \([^)]*\)/, 'm'))).toEqual([
      'change m: 10:00:20:00-10:00:30:00 → 10:00:40:00-10:00:50:00, "Three"',
      'change m: 10:00:10:00 → 10:00:12:00-10:00:13:00, "Two", color none → green',
    ]);
    expect(answer).toMatchObject({ changed: 2, already_there: 0 });
    expect(named(sandbox, 'Uno')).toMatchObject({ time_start_milliseconds: 5_000 });
    expect(named(sandbox, 'Three')).toMatchObject({ time_start_milliseconds: 40_000, time_end_milliseconds: 50_000 });
    expect(named(sandbox, 'Two')).toMatchObject({ time_start_milliseconds: 12_000, segment_color: 'green' });
    expect(others(sandbox, interview)).toBe(elsewhere);
  });

  test('that are as they should be are left alone', async () => {
    const { call, requests, threads, number } = await logged();
    const sent = requests.length;
    const args = { edit: [`${number('One')} One`], move: [`${number('One')} 0:05`], threads };
    expect(await call('annotate_asset', { asset: interview, ...args })).toMatchObject({ already_there: 1 });
    expect(requests.slice(sent).filter((one) => one.startsWith('PATCH'))).toEqual([]);
  });

  test.each([
    [{ edit: ['m1'] }, 'is not a number and what it gets'],
    [{ move: ['m1 0:05 Text'] }, 'Give the text in edit'],
    [{ move: ['m1 soon'] }, 'is not a time'],
    [{ edit: ['m1 a', 'm1 b'] }, 'is there twice'],
    [{ edit: ['m1 a'], delete: ['m1'] }, 'is also to be changed'],
    [{ tick: ['m1'] }, 'is no comment'],
    [{ move: ['1.1 0:05'] }, '1.1 is a reply, which has no time of its own: move 1.'],
    [{ delete: ['m99'] }, 'There is no marker "m99". Markers: m1 to m'],
    [{ recolor: ['m1'] }, 'color is missing'],
    [{ undo: 'run_aaaaaa' }, 'is unknown or expired'],
    [{ undo: 'run_aaaaaa', tick: ['1'], delete: ['m1'] }, 'give it with the asset alone, or with delete'],
  ])('%j is refused before anything is sent', async (args, expected) => {
    const { refused, requests } = await logged();
    const sent = requests.length;
    expect(await refused('annotate_asset', { asset: interview, ...args })).toContain(expected);
    expect(requests.slice(sent).filter((one) => !one.startsWith('GET') && !one.includes('/search/'))).toEqual([]);
  });

  test('are edited by the hundred with a plan that fits its answer', async () => {
    const { call } = await make();
    const texts = Array.from({ length: 100 }, (_, n) => `${n + 1}s ${'old word '.repeat(20)}${n}`);
    const { confirm } = await call('annotate_asset', { asset: interview, items: texts });
    await call('annotate_asset', { confirm });
    const edit = Array.from({ length: 100 }, (_, n) => `m${n + 2} ${'new word '.repeat(20)}${n}`);
    const plan = await call('annotate_asset', { asset: interview, edit });
    expect(plan).not.toHaveProperty('cut_to_fit');
    expect(plan.notes.join()).toMatch(/Showing \d+ of 100\./);
  });

  test('are deleted after a plan, even a single one', async () => {
    const { made, sandbox, before, threads, number, requests } = await logged();
    const { plan, answer } = await agree(made, { asset: interview, delete: [number('Two')], threads });
    expect(plan.summary).toContain('Deletes 1 note for good on "Interview Jordan Reyes, Lisbon"');
    expect(plan.affected[0]).toMatch(/^delete m\d+ · 10:00:10:00 · .+ · "Two"$/);
    expect(answer).toMatchObject({ deleted: 1 });
    expect(since(sandbox, interview, before).map(([, , , text]) => text)).toEqual(['One', 'Three']);
    expect(requests.filter((one) => one.startsWith('DELETE'))).toHaveLength(1);
  });
});

describe('colors', () => {
  test('may differ from item to item and from number to number, in one call', async () => {
    const { made, sandbox, threads, number } = await logged();
    const added = ['0:41 Four', '0:42 Five', '0:43 Six'];
    const { plan } = await agree(made, { asset: interview, items: added, color: ['red', 'green', '#00ff00'] });
    expect(plan.affected).toEqual([
      '+ 10:00:41:00 "Four", red',
      '+ 10:00:42:00 "Five", green',
      '+ 10:00:43:00 "Six", #00ff00',
    ]);
    expect(['Four', 'Five', 'Six'].map((text) => named(sandbox, text)?.segment_color)).toEqual([
      'red',
      'green',
      '#00ff00',
    ]);
    const recolor = [`${number('One')} blue`, `${number('Two')}: pink`, number('Three')];
    await agree(made, { asset: interview, recolor, color: 'sky', threads });
    expect(['One', 'Two', 'Three'].map((text) => named(sandbox, text)?.segment_color)).toEqual(['blue', 'pink', 'sky']);
  });

  test.each([
    [{ items: ['0:41 A', '0:42 B', '0:43 C'], color: ['red', 'green'] }, 'color: 2 colors for 3 items. Give one color'],
    [{ recolor: ['m1 greeen'] }, 'recolor: "greeen" is not known. Allowed: blue'],
    [{ recolor: ['m1', 'm2 red'] }, 'color is missing'],
    [{ items: ['0:41 A', '0:42 B'], color: ['red', 'gren'] }, 'Nearest: green.'],
  ])('%j is refused', async (args, expected) => {
    const { refused } = await make();
    expect(await refused('annotate_asset', { asset: interview, ...args })).toContain(expected);
  });
});

describe('comments', () => {
  test('are deleted with the replies that the plan names', async () => {
    const { made, sandbox, before, call } = await logged();
    const { plan, answer } = await agree(made, { asset: interview, delete: ['1'] });
    expect(plan.affected).toHaveLength(3);
    expect(plan.affected[1]).toMatch(/^delete 1\.1 · Maria Almeida · .+ \(reply, goes with 1\)$/);
    expect(answer.deleted).toBe(3);
    expect(sandbox.store.segments.get(ids.comment)).toBeUndefined();
    expect([...before].filter((id) => !sandbox.store.segments.get(String(id)))).toHaveLength(3);
    expect((await call('read_notes', { asset: interview })).total).toBe(6);
  });

  test('of others are reworded only after a plan that says whose they are', async () => {
    const { made, sandbox } = await logged();
    const { plan } = await agree(made, { asset: interview, edit: ['2 Wind noise: use the boom.'] });
    expect(plan.affected[0]).toMatch(/^change 2 \(Aisha Karim\): .+ → "Wind noise: use the boom\."$/);
    expect(plan.notes).toContain('The text of a comment changes under the name of its author.');
    expect(named(sandbox, 'Wind noise: use the boom.')).toBeDefined();
  });
});

describe('a run', () => {
  test('is taken back whole, and nothing else goes', async () => {
    const { made, call, sandbox, before, run } = await logged();
    const elsewhere = others(sandbox, interview);
    expect(run).toMatch(/^run_\w{6}$/);
    const { plan, answer } = await agree(made, { asset: interview, undo: run });
    expect(plan.summary).toMatch(
      /^Takes back run_\w{6}, a call of yours of \d+ \S+ ago: deletes the 3 notes that it added on "Interview Jordan Reyes, Lisbon" \(v3, current\)\.$/,
    );
    expect(plan.affected).toEqual([
      'delete 10:00:05:00 "One"',
      'delete 10:00:10:00 "Two"',
      'delete 10:00:20:00-10:00:30:00 "Three"',
    ]);
    expect(answer.deleted).toBe(3);
    expect(idsOf(sandbox, interview)).toEqual(before);
    expect(others(sandbox, interview)).toBe(elsewhere);
    const again = await call('annotate_asset', { asset: interview, undo: run });
    expect(again.notes).toContain('3 deleted already.');
  });

  test('keeps what was changed since, and says what', async () => {
    const { made, sandbox, before, run, threads, number, call } = await logged();
    const edit = [`${number('Two')} Better`];
    const { run: later } = await call('annotate_asset', { asset: interview, edit, threads });
    const { plan, answer } = await agree(made, { asset: interview, undo: run });
    expect(plan.summary).toContain('deletes 2 of the 3 notes that it added');
    const note =
      /^Kept, changed since: (m\d+) 10:00:10:00 "Better" \(text\)\. To delete it, too, give delete \["\1"\]\.$/;
    expect(plan.notes).toEqual([
      expect.stringMatching(note),
      `Of these changed by your later ${later}: "Better".`,
      `To take them back together, the latest first: annotate_asset {"asset":"${interview}","undo":"${run}, ${later}"}`,
    ]);
    expect(answer.notes).toContainEqual(expect.stringMatching(note));
    expect(since(sandbox, interview, before).map(([, , , text]) => text)).toEqual(['Better']);
  });

  test('takes back also what its own caller moved since, where the plan says how', async () => {
    const { made, sandbox, before, run, threads, number, call } = await logged();
    // One behind Two: their numbers change.
    const move = [`${number('One')} 14s`, `${number('Two')} 12s`];
    await agree(made, { asset: interview, move, threads });
    const asked = { asset: interview, undo: run };
    const [kept] = (await call('annotate_asset', asked)).notes;
    expect(kept).toMatch(
      /^Kept, changed since: m\d+ 10:00:14:00 "One" \(time\); m\d+ 10:00:12:00 "Two" \(time\)\. To delete them/,
    );
    const numbers = JSON.parse(/\[.*\]/.exec(kept)?.[0] ?? '[]');
    const { plan, answer } = await agree(made, { ...asked, delete: numbers });
    expect(String(plan.notes)).not.toContain('Kept');
    expect(answer.deleted).toBe(3);
    expect(idsOf(sandbox, interview)).toEqual(before);
  });

  test('keeps a marker that a sub-clip was made of', async () => {
    const { made, sandbox, run } = await logged();
    const two = rows(sandbox, interview).find(({ segment_text }) => segment_text === 'Two');
    sandbox.store.segments.update(String(two?.id), { subclip_id: ids.drone });
    sandbox.reindex();
    const { plan } = await agree(made, { asset: interview, undo: run });
    expect(plan.notes.join()).toMatch(/^Kept, changed since: m\d+ 10:00:10:00 "Two" \(has a sub-clip\)\./);
    expect(named(sandbox, 'Two')).toBeDefined();
  });

  test('puts what it moved, recolored, edited and ticked back where it was', async () => {
    const { made, call, sandbox, threads, number } = await logged();
    const two = named(sandbox, 'Two');
    sandbox.store.segments.update(String(two?.id), { segment_color: 'red' });
    const [times, text] = [`${number('Three')} 0:40`, `${number('One')} Uno`];
    const first = { asset: interview, move: [times], edit: [text], recolor: [`${number('Two')} green`], tick: ['1'] };
    const { answer } = await agree(made, { ...first, threads });
    expect(answer).toMatchObject({ changed: 3, ticked: 1, run: expect.stringMatching(/^run_/) });
    const { plan, answer: back } = await agree(made, { asset: interview, undo: answer.run });
    expect(plan.summary).toContain(': reopens 1 comment, sets back 3 notes on ');
    expect(plan.affected.map((line: string) => line.replace(/m\d+ \([^)]*\)/, 'm'))).toEqual([
      expect.stringMatching(/^untick 1 /),
      'change m: 10:00:05:00, "Uno" → "One"',
      'change m: 10:00:40:00-10:00:50:00 → 10:00:20:00-10:00:30:00, "Three"',
      'change m: 10:00:10:00, "Two", color "green" → red',
    ]);
    expect(back).toMatchObject({ changed: 3, unticked: 1 });
    expect(named(sandbox, 'Three')).toMatchObject({ time_start_milliseconds: 20_000, time_end_milliseconds: 30_000 });
    expect(named(sandbox, 'One')).toMatchObject({ segment_text: 'One' });
    expect(named(sandbox, 'Two')).toMatchObject({ segment_color: 'red' });
    expect(sandbox.store.segments.get(ids.comment)).toMatchObject({ segment_checked: false });
    expect(await call('annotate_asset', { asset: interview, undo: answer.run })).toMatchObject({ status: 'done' });
    // What was taken back can be taken back itself.
    await agree(made, { asset: interview, undo: back.run });
    expect(named(sandbox, 'Three')).toMatchObject({ time_start_milliseconds: 40_000 });
  });

  test('plans the return of a single move, and leaves alone what somebody moved since', async () => {
    const { made, call, sandbox, threads, number } = await logged();
    const { run } = await call('annotate_asset', { asset: interview, move: [`${number('Two')} 0:12`], threads });
    const plan = await call('annotate_asset', { asset: interview, undo: run });
    expect(plan).toMatchObject({ status: 'preview', affected: [expect.stringContaining('10:00:12:00 → 10:00:10:00')] });
    const two = named(sandbox, 'Two');
    sandbox.store.segments.update(String(two?.id), { time_start_milliseconds: 13_000, time_end_milliseconds: 13_000 });
    sandbox.reindex();
    const refused = await made.refused('annotate_asset', { confirm: plan.confirm });
    expect(refused).toMatch(/Left alone, changed since: m\d+ 10:00:13:00 "Two"\./);
    expect(named(sandbox, 'Two')).toMatchObject({ time_start_milliseconds: 13_000 });
  });

  test('says which colors cannot be taken off again, and puts a comment back onto the whole asset', async () => {
    const { made, call, sandbox } = await logged();
    const whole = { asset: interview, items: ['About all of it'], kind: 'COMMENT' };
    const { items: added } = await call('annotate_asset', whole);
    const [, number = ''] = /^added (\S+) /.exec(added[0]) ?? [];
    const changed = await agree(made, { asset: interview, move: [`${number} 0:30`], recolor: ['m1 mint'] });
    const { plan } = await agree(made, { asset: interview, undo: changed.answer.run });
    expect(plan.affected[0]).toMatch(/: 10:00:30:00 → whole asset, "About all of it"$/);
    expect(named(sandbox, 'About all of it')?.time_start_milliseconds ?? null).toBeNull();
    expect(plan.notes.join()).toContain('The color of m1 stays: Iconik takes none off. Recolor it instead.');
  });

  test('of many is taken back too', async () => {
    const made = await make();
    const before = idsOf(made.sandbox, interview);
    const many = Array.from({ length: 60 }, (_, n) => `${n + 1}s Mark ${n}`);
    const { answer } = await agree(made, { asset: interview, items: many });
    const { plan } = await agree(made, { asset: interview, undo: answer.run });
    expect(plan.summary).toContain('deletes the 60 notes that it added');
    expect(plan.notes).toContain('Showing 50 of 60.');
    expect(idsOf(made.sandbox, interview)).toEqual(before);
  });
});
