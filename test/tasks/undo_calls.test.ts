import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, type World, world } from '../support/world.ts';

useJumpingClock();

/** What a person can see to have changed. */
function content({ sandbox: { store } }: World): unknown {
  const without = (key: string, value: unknown) => (/^date_|modified|history|user/.test(key) ? undefined : value);
  const rows = ['assets', 'values', 'collections', 'contents', 'transcriptions'] as const;
  return JSON.parse(
    JSON.stringify(
      rows.map((name) => store[name].list()),
      without,
    ),
  );
}

/** The call that an answer offers as its undo. */
function undoIn(notes: readonly string[]): [tool: string, args: Record<string, unknown>] {
  const [, tool = '', args = ''] = /^Undo: (\w+) (\{.*\})$/m.exec(notes.join('\n')) ?? [];
  return [tool, JSON.parse(args)];
}

describe('a change of one thing that is made at once', () => {
  const one = { assets: [ids.interview] };
  test.each<[string, Record<string, unknown>]>([
    ['set_metadata', { ...one, values: { Rating: 2 } }],
    ['set_metadata', { ...one, values: { Rating: null } }],
    ['set_metadata', { assets: [ids.master], values: { 'Rights expiry': '2031-01-01' } }],
    ['set_metadata', { ...one, values: { Keywords: 'breakwater' } }],
    ['edit_assets', { ...one, title: 'Reyes at the dock' }],
    ['edit_assets', { ...one, category: 'Talk' }],
    ['edit_assets', { ...one, external_id: 'X-1' }],
    ['name_speakers', { asset: ids.interview, names: { 'Lena Vogt': 'Lena V.' } }],
    ['move_in_collections', { collection: ids.highlights, rename: 'Best of' }],
  ])('%s %j says old and new, and has the call that sets it back', async (tool, args) => {
    const made = await world();
    const before = content(made);
    const answer = await made.call(tool, args);
    expect(answer.status).toBe('done');
    expect(JSON.stringify(answer)).toContain(' → ');
    expect(content(made)).not.toEqual(before);
    const [undo, back] = undoIn(answer.notes);
    made.sandbox.settle();
    expect(await made.call(undo, back)).toMatchObject({ status: 'done' });
    expect(content(made)).toEqual(before);
  });

  test('is planned where the value that is lost is too long for such a call', async () => {
    const made = await world();
    const text = 'A long day at the harbour. '.repeat(60);
    const { confirm } = await made.call('set_metadata', { ...one, values: { Description: text } });
    if (confirm) await made.call('set_metadata', { confirm });
    expect(await made.call('set_metadata', { ...one, values: { Description: 'Short.' } })).toMatchObject({
      status: 'preview',
    });
  });
});
