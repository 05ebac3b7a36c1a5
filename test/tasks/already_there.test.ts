import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { who } from '../../src/sandbox/world/data/people.ts';
import { useJumpingClock } from '../support/clock.ts';
import { ids, type World, world } from '../support/world.ts';
import { current, idsOf, interview, rows, second } from './segment_rows.ts';

useJumpingClock();

/** A green point "Goal" of a colleague ten minutes in, unless it is said otherwise. */
function colleagues({ store, reindex }: Sandbox, row: Record<string, unknown> = {}): string {
  const id = store.newId();
  store.segments.insert({
    id,
    asset_id: interview,
    version_id: current,
    segment_type: 'MARKER',
    status: 'ACTIVE',
    segment_checked: false,
    segment_text: 'Goal',
    segment_color: 'green',
    user_id: who.tomBecker,
    date_created: '2026-01-01T00:00:00+00:00',
    time_start_milliseconds: 600_000,
    time_end_milliseconds: 600_000,
    ...row,
  });
  reindex();
  return id;
}

const notesOf = (answer: { notes?: string[] }): string => (answer.notes ?? []).join('\n');

describe('a marker that stands where another is asked for', () => {
  test('is named with what it has otherwise, and with what changes it', async () => {
    const { call, sandbox } = await world();
    const id = colleagues(sandbox);
    const before = idsOf(sandbox, interview);
    const asked = { asset: interview, items: ['10:00-10:20 Goal'], color: ['red'], track: 'Goals' };
    const answer = await call('annotate_asset', asked);
    expect(answer).toMatchObject({ status: 'done', added: 0, already_there: 1 });
    const notes = notesOf(answer);
    expect(notes).toMatch(/m\d+ · 10:10:00:00 · Tom Becker · green · "Goal"/);
    expect(notes).toContain('asked for: 10:10:00:00-10:10:20:00, red, track "Goals"');
    const number = /(m\d+) ·/.exec(notes)?.[1];
    expect(notes).toContain(`recolor ["${number} red"]`);
    expect(notes).toContain(`move ["${number} 10:10:00:00-10:10:20:00"]`);
    expect(idsOf(sandbox, interview)).toEqual(before);
    // What the answer says does what was asked for.
    const args = { asset: interview, recolor: [`${number} red`], move: [`${number} 10:10:00:00-10:10:20:00`] };
    await call('annotate_asset', args);
    expect(rows(sandbox, interview).find((one) => one.id === id)).toMatchObject({
      segment_color: 'red',
      time_end_milliseconds: 620_000,
    });
    const again = await call('annotate_asset', { ...asked, track: undefined });
    expect(notesOf(again)).toContain(`There already: ${number} (Tom Becker).`);
  });

  test('is told in the plan of others, too', async () => {
    const { call, sandbox } = await world();
    colleagues(sandbox);
    const items = ['10:00 Goal', '11:00 Save', '12:00 Corner'];
    const plan = await call('annotate_asset', { asset: interview, items, color: ['red'] });
    expect(plan.status).toBe('preview');
    expect(notesOf(plan)).toMatch(/m\d+ · 10:10:00:00 · Tom Becker · green · "Goal"; asked for: red\. /);
    const done = await call('annotate_asset', { confirm: plan.confirm });
    expect(done.added).toBe(2);
    expect(notesOf(done)).toContain('asked for: red');
  });

  test('is the one that is as asked, where several stand there', async () => {
    const { call, sandbox } = await world();
    colleagues(sandbox);
    colleagues(sandbox, { segment_color: 'red', user_id: ids.me });
    const answer = await call('annotate_asset', { asset: interview, items: ['10:00 Goal'], color: ['red'] });
    expect(answer.already_there).toBe(1);
    expect(notesOf(answer)).toMatch(/There already: m\d+ \(/);
    expect(notesOf(answer)).not.toContain('asked for');
  });

  test('says nothing of what was not asked for', async () => {
    const { call, sandbox } = await world();
    colleagues(sandbox, { segment_track: 'Goals' });
    const answer = await call('annotate_asset', { asset: interview, items: ['10:00 Goal'] });
    expect(notesOf(answer)).toMatch(/There already: m\d+ \(Tom Becker\)\./);
  });

  test('is told where a range stands and a point is asked for', async () => {
    const { call, sandbox } = await world();
    colleagues(sandbox, { time_end_milliseconds: 620_000 });
    const answer = await call('annotate_asset', { asset: interview, items: ['10:00 Goal'] });
    expect(notesOf(answer)).toMatch(/m\d+ · 10:10:00:00-10:10:20:00 · .*asked for: 10:10:00:00\. /);
  });
});

test('two items of one call that differ in their length or color alone are told', async () => {
  const { call } = await world();
  const items = ['20:00 Twice', '20:00-20:20 Twice', '21:00 Other'];
  const plan = await call('annotate_asset', { asset: interview, items, color: ['red', 'green', 'red'] });
  expect(plan.summary).toContain('Adds 2 markers');
  expect(notesOf(plan)).toContain(
    '10:20:00:00-10:20:20:00 "Twice", green has the text and start of 10:20:00:00 "Twice", red: only the first is written.',
  );
});

async function imported({ call }: World, csv: string) {
  const plan = await call('import_log', { asset: interview, csv });
  return { plan, answer: plan.confirm ? await call('import_log', { confirm: plan.confirm }) : plan };
}

describe('a row of a log', () => {
  test('whose segment stands there with another length is told, and by whom it is', async () => {
    const made = await world();
    colleagues(made.sandbox);
    const { answer } = await imported(made, 'In,Out,Note\n10:00,10:20,Goal');
    expect(answer).toMatchObject({ segments: 0, already_there: 1 });
    expect(notesOf(answer)).toMatch(
      /m\d+ · 10:10:00:00 · Tom Becker · green · "Goal"; asked for: 10:10:00:00-10:10:20:00/,
    );
    expect(notesOf(answer)).toContain('annotate_asset');
  });

  test('is written where its like stands on an older version alone', async () => {
    const made = await world();
    colleagues(made.sandbox, { version_id: second });
    expect((await imported(made, 'In,Out,Note\n10:00,10:20,Goal')).answer.segments).toBe(1);
  });

  test('is told in the plan of others', async () => {
    const made = await world();
    colleagues(made.sandbox);
    const { plan, answer } = await imported(made, 'In,Out,Note\n10:00,10:20,Goal\n11:00,11:10,Save');
    expect(notesOf(plan)).toContain('asked for: 10:10:00:00-10:10:20:00');
    expect(answer.segments).toBe(1);
    expect(notesOf(answer)).toContain('asked for: 10:10:00:00-10:10:20:00');
  });
});

test('a copy that was changed since is told where the notes are copied again', async () => {
  const { call, sandbox } = await world();
  const mine = { segment_type: 'MARKER', user_id: ids.me, segment_text: 'Mine' };
  colleagues(sandbox, { ...mine, version_id: second, segment_color: 'red', time_end_milliseconds: 620_000 });
  colleagues(sandbox, mine);
  const answer = await call('copy_notes', { asset: interview, from_version: 'v2', kinds: ['MARKER'] });
  const notes = notesOf(answer);
  expect(notes).toMatch(/m\d+ · 10:10:00:00 · [^·]+ · green · "Mine"; the original: 10:10:00:00-10:10:20:00, red\. /);
});

test('a copy of what was ticked off since is told with the call that ticks it', async () => {
  const { call, sandbox } = await world();
  const mine = { segment_type: 'COMMENT', user_id: ids.me, segment_text: 'Mine', segment_color: undefined };
  colleagues(sandbox, { ...mine, version_id: second, segment_checked: true });
  colleagues(sandbox, mine);
  const plan = await call('copy_notes', { asset: interview, from_version: 'v2' });
  expect(notesOf(plan)).toMatch(/(\d+) · 10:10:00:00 · .* · open · "Mine"; the original: done\. .* tick \["\1"\]/);
});
