import { expect, test } from 'vitest';
import { story, within } from './support.ts';

const WORDS =
  'Find all interview clips of Jordan Reyes shot in 2025 that are not archived, and set rights expiry 2027-01-01 in their Rights view.';

test('S1 rights expiry of all interviews with one person, of one year, not archived', async () => {
  const { ask, spent, changed, sandbox } = await story(`${WORDS}
    People, content type, shoot date: labels that describe_metadata shows.`);
  const found = await ask('find_assets', {
    people: ['Jordan Reyes'],
    where: { 'Content type': 'interview', 'Shoot date': '2025' },
    archived: false,
  });
  expect(found.total).toBeGreaterThan(5);
  const values = { 'Rights expiry': '2027-01-01' };
  const plan = await ask('set_metadata', { selection: found.selection, values, view: 'Rights' });
  expect(plan.status).toBe('preview');
  expect(changed()).toEqual({});
  const done = await ask('set_metadata', { selection: found.selection, values, view: 'Rights', confirm: plan.confirm });
  expect(done.changed).toBeGreaterThan(0);

  const wanted = sandbox.store.assets
    .list(({ archive_status, status }) => archive_status === 'NOT_ARCHIVED' && status === 'ACTIVE')
    .map(({ id }) => ({ id, values: sandbox.store.values.get(`assets/${id}`)?.metadata_values as Values | undefined }))
    .filter(
      ({ values: has }) =>
        has?.content_kind?.field_values[0]?.value === 'interview' &&
        String(has.shoot_date?.field_values[0]?.value).startsWith('2025') &&
        JSON.stringify(has).includes('Jordan Reyes'),
    );
  expect(found.total).toBe(wanted.length);
  const { values: touched = [], ...rest } = changed();
  expect(rest).toEqual({});
  const open = wanted.filter(({ values: has }) => has?.rights_expiry_date?.field_values[0]?.value !== '2027-01-01');
  // Who may not be written is named; nothing else is left.
  expect((done.failed ?? []).length).toBe(open.length);
  for (const key of touched) expect(wanted.map(({ id }) => `assets/${id}`)).toContain(key);
  within(spent(), 'S1');
});

type Values = Record<string, { readonly field_values: readonly { readonly value: unknown }[] } | undefined>;
