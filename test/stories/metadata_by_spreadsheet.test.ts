import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock();

const SHEET = `id;title;Clearance;Rating\r\n${ids.match};Matchday 12;Cleared;3\r\n${ids.interview};;;4\r\n`;
const WORDS = `Give me Clearance and Rating of 'Deliverables Q4' as a spreadsheet. And here is an edited one, take it in: ${SHEET}`;

type Made = Awaited<ReturnType<typeof story>>;
const held = ({ sandbox }: Made, id: string, name: string): unknown => {
  const { metadata_values } = sandbox.store.values.get(`assets/${id}`) as {
    metadata_values: Record<string, { field_values: { value: unknown }[] }>;
  };
  return metadata_values[name]?.field_values?.map(({ value }) => value);
};

test('a spreadsheet goes out, and an edited one comes in: only what changed is written', async () => {
  const made = await story(WORDS);
  const sheet = await made.ask('export_metadata', { collection: 'Deliverables Q4', columns: ['Clearance', 'Rating'] });
  expect(sheet.total).toBeGreaterThan(1);
  const clearance = held(made, ids.interview, 'rights_clearance');
  const plan = await made.ask('import_metadata', { csv: SHEET });
  expect(plan.text).toMatch(/Rating .* → 3/);
  expect(made.changed()).toEqual({});
  const answer = await made.ask('import_metadata', { confirm: plan.confirm });
  expect(answer.changed).toBeGreaterThan(1);
  expect(held(made, ids.match, 'editor_rating')).toEqual([3]);
  expect(held(made, ids.interview, 'rights_clearance')).toEqual(clearance);
  expect(Object.keys(made.changed())).toEqual(['values']);
  expect(made.changed().values?.sort()).toEqual([`assets/${ids.interview}`, `assets/${ids.match}`].sort());
  within(made.spent());
});

test('a sheet with a line that fits nothing: the line is refused by its number, and the rest waits for consent', async () => {
  const bad = SHEET.replace(`${ids.interview};;;4`, `${ids.interview};;;44`);
  const made = await story(WORDS.replace(SHEET, bad));
  const plan = await made.ask('import_metadata', { csv: bad });
  expect(plan.text).toMatch(/Not written: line 3, invalid: column "Rating"/);
  expect(plan.affected).toHaveLength(1);
  expect(made.changed()).toEqual({});
});
