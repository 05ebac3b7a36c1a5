import { expect, test } from 'vitest';
import { type LogRow, logSheet } from '../../src/sandbox/world/large/cards.ts';
import { useJumpingClock } from '../support/clock.ts';
import { largeIds, story, within } from './story.ts';

useJumpingClock();

const csv = [
  'File,In,Out,Player,Rating',
  ...logSheet.map((row: LogRow) => [row.file, row.in, row.out, row.player, row.rating].join(',')),
].join('\n');
const WORDS = `Here is my log sheet, 40 rows: file name, in, out, player, rating. Put it in. File In Out Players Player Rating text
${csv}`;

type Made = Awaited<ReturnType<typeof story>>;
const clips = ({ sandbox }: Made, name: string) =>
  new Set(sandbox.store.files.list((row) => row.original_name === name).map((row) => String(row.asset_id)));

test('a log sheet becomes markers and ratings; what is not clear is named', async () => {
  const made = await story(WORDS);
  const plan = await made.ask('import_log', { csv });
  expect(made.changed()).toEqual({});
  expect(plan.text).toMatch(/36/);
  expect(plan.text).toContain('GX010031.MP4');
  expect(plan.text).toContain('A017C099_250511.mxf');
  await made.ask('import_log', { csv, confirm: plan.confirm });
  made.sandbox.settle();
  const clean = logSheet.slice(0, 36);
  for (const row of clean) {
    const [id = ''] = clips(made, row.file);
    const own = made.sandbox.store.segments.list((one) => one.asset_id === id && one.segment_type === 'MARKER');
    expect(own.length, row.file).toBe(1);
    const values = made.sandbox.store.values.get(`assets/${id}`)?.metadata_values as Record<string, unknown>;
    expect(JSON.stringify(values.editor_rating), row.file).toContain(`${row.rating}`);
  }
  const { segments = [], values = [], ...rest } = made.changed();
  expect(rest).toEqual({});
  expect(segments).toHaveLength(36);
  expect(values.length).toBeLessThanOrEqual(36);
  within(made.spent());
});

test('the same sheet again writes nothing', async () => {
  const made = await story(WORDS);
  for (let round = 0; round < 2; round += 1) {
    const plan = await made.ask('import_log', { csv });
    if (plan.confirm) await made.ask('import_log', { csv, confirm: plan.confirm });
    made.sandbox.settle();
    made.sandbox.reindex();
  }
  expect(made.changed().segments).toHaveLength(36);
});

test('an invalid cell is named with its row, its column and what is allowed', async () => {
  const sheet = ['File,In,Out,Player,Rating', 'A017C001_250511.mxf,01:00:02;00,01:00:13;00,Jordan Reyes,seven'].join(
    '\n',
  );
  const made = await story(`${WORDS}\n${sheet}`);
  const { text } = await made.ask('import_log', { csv: sheet });
  expect(text).toMatch(/seven/);
  expect(text).toMatch(/Rating/);
  expect(made.changed()).toEqual({});
  expect(made.sandbox.store.collections.get(largeIds.cards)).toBeDefined();
});
