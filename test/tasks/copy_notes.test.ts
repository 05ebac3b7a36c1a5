import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { ids, type World, world } from '../support/world.ts';
import { idsOf, others, rows } from './segment_rows.ts';

const { interview, grade } = ids;
const [, second, current] = ids.interviewVersions;
type Row = Record<string, unknown>;

/** Adds a segment to v2 of the interview; answers its id. */
function add({ store, reindex }: Sandbox, row: Row): string {
  const id = store.newId();
  store.segments.insert({
    id,
    asset_id: interview,
    version_id: second,
    segment_type: 'COMMENT',
    status: 'ACTIVE',
    segment_checked: false,
    user_id: ids.me,
    date_created: '2026-01-01T00:00:00+00:00',
    ...row,
  });
  reindex();
  return id;
}

const at = (milliseconds: number) => ({ time_start_milliseconds: milliseconds, time_end_milliseconds: milliseconds });

/** Shows the plan, then agrees to it with the token alone. */
async function copied({ call }: World, args: Row) {
  const plan = await call('copy_notes', args);
  expect(plan.status).toBe('preview');
  return { plan, answer: await call('copy_notes', { confirm: plan.confirm }) };
}

/** Rows that are new since a snapshot, in order of creation. */
const fresh = (sandbox: Sandbox, asset: string, before: ReadonlySet<unknown>): Row[] =>
  rows(sandbox, asset).filter(({ id }) => !before.has(id));

const args = { asset: interview, from_version: 'v2' };

describe('comments', () => {
  test('go to the current version with their replies below them, their state and their authors', async () => {
    const made = await world();
    const { sandbox } = made;
    const top = add(sandbox, { segment_text: 'Mine', ...at(5_000) });
    add(sandbox, { segment_text: 'Reply', parent_id: top });
    const before = idsOf(sandbox, interview);
    const elsewhere = others(sandbox, interview);
    const { plan, answer } = await copied(made, args);
    expect(plan.summary).toBe(
      'Copies 3 notes from "Interview Jordan Reyes, Lisbon" (v2, not current) to "Interview Jordan Reyes, Lisbon" (v3, current).',
    );
    expect(plan.notes.join()).toContain('Iconik names you as the author');
    expect(answer).toMatchObject({ copied: 3, already_there: 0 });
    const own = fresh(sandbox, interview, before);
    const root = own.find(({ segment_text }) => segment_text === 'Mine');
    expect(root).toMatchObject({ version_id: current, time_start_milliseconds: 5_000, segment_checked: false });
    expect(own.find(({ parent_id }) => parent_id === root?.id)?.segment_text).toContain('Reply');
    expect(own.find(({ segment_text }) => String(segment_text).startsWith('[Tom Becker, v2] The boat'))).toMatchObject({
      segment_checked: true,
      version_id: current,
    });
    expect(others(sandbox, interview)).toBe(elsewhere);
    expect([...before].filter((id) => !sandbox.store.segments.get(String(id)))).toEqual([]);
  });

  test('are copied once, and a reply that came since goes below the copy', async () => {
    const made = await world();
    const { sandbox, call } = made;
    const top = add(sandbox, { segment_text: 'Mine', ...at(5_000) });
    await copied(made, args);
    const before = idsOf(sandbox, interview);
    expect(await call('copy_notes', args)).toMatchObject({ status: 'done', copied: 0, already_there: 2 });
    expect(idsOf(sandbox, interview)).toEqual(before);
    add(sandbox, { segment_text: 'Later reply', parent_id: top });
    before.add(rows(sandbox, interview).find(({ segment_text }) => segment_text === 'Later reply')?.id);
    expect(await call('copy_notes', args)).toMatchObject({ status: 'done', copied: 1 });
    const [reply] = fresh(sandbox, interview, before);
    expect(sandbox.store.segments.get(String(reply?.parent_id))).toMatchObject({ version_id: current });
  });

  test('that are done stay where open_only is true, and are counted', async () => {
    const made = await world();
    add(made.sandbox, { segment_text: 'A', ...at(1_000) });
    add(made.sandbox, { segment_text: 'B', ...at(2_000) });
    const { plan } = await copied(made, { ...args, open_only: true });
    expect(plan.affected).toEqual([expect.stringContaining('"A"'), expect.stringContaining('"B"')]);
    expect(plan.notes).toContain('1 note ticked off, left out with their replies.');
  });

  test('for the company alone stay so, and drawings go along', async () => {
    const made = await world();
    const drawing = { primitives: [{ type: 'LINE', points: [{ x: 1, y: 2 }] }] };
    add(made.sandbox, { segment_text: 'Inside', ...at(1_000), is_internal: true, drawing, has_drawing: true });
    const before = idsOf(made.sandbox, interview);
    await copied(made, args);
    const own = fresh(made.sandbox, interview, before).find(({ segment_text }) => segment_text === 'Inside');
    expect(own).toMatchObject({ is_internal: true, drawing });
  });
});

describe('the times', () => {
  test.each([
    ['25f', 6_000],
    ['-00:00:02:00', 3_000],
    ['+2s', 7_000],
    ['-0:02', 3_000],
    ['500ms', 5_500],
  ])('move by %s to %i ms', async (offset, expected) => {
    const made = await world();
    add(made.sandbox, { segment_type: 'MARKER', segment_text: 'Here', ...at(5_000) });
    await made.call('copy_notes', { ...args, kinds: ['MARKER'], offset });
    const copies = rows(made.sandbox, interview).filter(
      ({ segment_text, version_id }) => segment_text === 'Here' && version_id === current,
    );
    expect(copies.map(({ time_start_milliseconds: start }) => start)).toEqual([expected]);
  });

  test.each([
    ['12', 'has no unit'],
    ['soon', 'is not a time'],
  ])('%s is refused with the forms that are taken', async (offset, expected) => {
    const { refused } = await world();
    expect(await refused('copy_notes', { ...args, offset })).toMatch(new RegExp(`offset: .*${expected}.*"48f"`));
  });

  test('outside of the target are left out, and cut ranges named', async () => {
    const made = await world();
    const mark = { segment_type: 'MARKER', segment_color: 'green', segment_track: 'Quotes' };
    add(made.sandbox, { ...mark, segment_text: 'Early', ...at(1_000) });
    add(made.sandbox, { ...mark, segment_text: 'Over', time_start_milliseconds: 1_000, time_end_milliseconds: 9_000 });
    add(made.sandbox, { ...mark, segment_text: 'Inside', ...at(8_000) });
    const before = idsOf(made.sandbox, interview);
    const { plan } = await copied(made, { ...args, kinds: ['MARKER'], offset: '-5s' });
    expect(plan.notes).toContainEqual(expect.stringMatching(/^Left out, outside of v3 \(it ends at [\d:;]+\): m1\.$/));
    expect(plan.notes).toContain('Cut at the ends of v3: m2.');
    const own = fresh(made.sandbox, interview, before);
    expect(own.map((one) => [one.segment_text, one.time_start_milliseconds, one.time_end_milliseconds])).toEqual(
      expect.arrayContaining([
        ['Over', 0, 4_000],
        ['Inside', 3_000, 3_000],
      ]),
    );
    expect(own).toHaveLength(2);
    expect(own[0]).toMatchObject({ segment_color: 'green', segment_track: 'Quotes' });
  });

  test('stay those from the first frame where timecodes differ, and the plan says how to keep these', async () => {
    const { call } = await world();
    const plan = await call('copy_notes', { asset: interview, to_asset: grade });
    expect(plan.notes.join('\n')).toContain('times are kept from the first frame');
    const colourBars = '3ba22add-bd8c-11f3-9c3a-0a580a3db916';
    const sameRate = await call('copy_notes', { asset: interview, to_asset: colourBars });
    expect(sameRate.notes.join()).toContain('To keep the timecodes give offset "810000f".');
  });
});

describe('what cannot be copied', () => {
  test('is refused: a version to itself, or none before it', async () => {
    const { refused } = await world();
    const itself = { asset: interview, from_version: 'v3' };
    expect(await refused('copy_notes', itself)).toContain('nothing to copy');
    expect(await refused('copy_notes', { ...itself, offset: '2s' })).toContain('annotate_asset moves');
    expect(await refused('copy_notes', { asset: interview, to_version: 'v1' })).toContain('no version before v1');
  });

  test('what was copied is taken back by annotate_asset, replies included', async () => {
    const made = await world();
    const { sandbox, call } = made;
    const top = add(sandbox, { segment_text: 'Mine', ...at(5_000) });
    add(sandbox, { segment_text: 'Reply', parent_id: top });
    const before = idsOf(sandbox, interview);
    const { answer } = await copied(made, args);
    const { confirm } = await call('annotate_asset', { asset: interview, undo: answer.run });
    expect(await call('annotate_asset', { confirm })).toMatchObject({ deleted: 3 });
    expect(idsOf(sandbox, interview)).toEqual(before);
  });

  test('fails with its replies, and the others go on', async () => {
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        const isRefused = request.method === 'POST' && (await request.clone().text()).includes('Refused');
        return isRefused ? Response.json({ errors: ['No.'] }, { status: 400 }) : sandbox.fetch(request);
      },
    });
    const top = add(made.sandbox, { segment_text: 'Refused', ...at(5_000) });
    add(made.sandbox, { segment_text: 'Reply', parent_id: top });
    const before = idsOf(made.sandbox, interview);
    const { answer } = await copied(made, args);
    expect(answer).toMatchObject({ copied: 1 });
    expect(answer.failed).toEqual([
      expect.stringContaining('"Refused": HTTP 400'),
      expect.stringContaining('the comment it answers was not copied'),
    ]);
    expect(fresh(made.sandbox, interview, before)).toHaveLength(1);
  });
});
