import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, world } from '../support/world.ts';

useJumpingClock();

const DAY = '2031-12-31';

/** The day on which the rights of an asset end. */
function expiryOf({ store }: Sandbox, id: string): unknown {
  const held = store.values.get(`assets/${id}`)?.metadata_values as Answer;
  return held?.rights_expiry_date?.field_values?.[0]?.value;
}

test('plans a field only on the assets that do not have the value', async () => {
  const { call } = await world();
  await call('set_metadata', { assets: [ids.interview], values: { Clearance: 'Cleared' } });
  const two = { assets: [ids.interview, ids.match], values: { Clearance: 'Cleared', Rating: 1 } };
  const { affected } = await call('set_metadata', two);
  expect(affected[0]).toBe('"Interview Jordan Reyes, Lisbon": Rating 5 → 1');
  expect(JSON.stringify(affected)).not.toMatch(/(\w+) → \1[";]/);
});

describe('an asset that is not in the index yet', () => {
  test('is written when it is named, and left out where a condition has to be looked up', async () => {
    const { call, sandbox } = await world({ sandbox: { indexLagMs: 60_000 } });
    const { id } = await call('create_asset', { title: 'Fresh from the card' });
    const done = await call('set_metadata', { assets: [id], values: { 'Rights expiry': DAY } });
    expect(done).toMatchObject({ status: 'done', changed: 1 });
    expect(expiryOf(sandbox, id)).toBe(DAY);
    const where = { Clearance: 'Pending' };
    const none = await call('set_metadata', { assets: [id], values: { 'Rights expiry': '2032-01-01' }, where });
    expect(none).toMatchObject({ status: 'done', changed: 0 });
    expect(expiryOf(sandbox, id)).toBe(DAY);
  });
});

describe('values of a type', () => {
  const plan = (label: string, value: string) => ({ asset: ids.drone, values: { [label]: value } });

  test('are taken in the forms that people write', async () => {
    const { call } = await world();
    for (const [label, value] of [
      ['Shoot date', '2028-02-29'],
      ['Kick-off', '2027-01-01T09:00:00+02:00'],
      ['Kick-off', '2027-01-01T09:00:00.5Z'],
      ['Kick-off', '2027-01-01T09:00Z'],
      ['Reporter', 'anna.maria+tv@client.example'],
    ] as const) {
      const { asset, values: wanted } = plan(label, value);
      const { affected } = await call('set_metadata', { assets: [asset], values: { ...wanted, Rating: 3 } });
      expect(affected[0]).toContain(`→ ${value}`);
    }
  });

  test('are refused where they name no day, no zone or no address', async () => {
    const { refused } = await world();
    for (const [label, value, allowed] of [
      ['Shoot date', '2027-02-29', 'a date as YYYY-MM-DD'],
      ['Shoot date', '29.02.2028', 'a date as YYYY-MM-DD'],
      ['Kick-off', '2027-01-01T09:00:00', 'a date and time with a zone'],
      ['Kick-off', '2027-02-30T09:00:00Z', 'a date and time with a zone'],
      ['Reporter', 'anna at home', 'an e-mail address'],
    ] as const) {
      const { asset, values: wanted } = plan(label, value);
      expect(await refused('set_metadata', { assets: [asset], values: wanted })).toContain(
        `${label}: "${value}" does not fit. Allowed: ${allowed}`,
      );
    }
  });
});

test('a title or a category is no metadata, and the error says what changes it', async () => {
  const { refused } = await world();
  const asked = { assets: [ids.interview], values: { Category: 'B-roll' } };
  expect(await refused('set_metadata', asked)).toContain('edit_assets changes titles, categories');
});
