import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { beforeEach, describe, expect, test } from 'vitest';
import { ids, type World, world } from '../support/world.ts';

let made: World;
beforeEach(async () => {
  made = await world();
});
const tokens = (value: unknown): number => encode(JSON.stringify(value)).length;

describe('describe_metadata', () => {
  test('names the views with their field counts, in few tokens', async () => {
    const answer = await made.call('describe_metadata');
    expect(answer).toMatchObject({ total: 5, shown: 5 });
    expect(answer.views).toContain('"Delivery" · 10 fields, 3 required, 3 read-only · For masters that go out');
    expect(tokens(answer)).toBeLessThanOrEqual(400);
  });

  test('shows the fields of a view with type, rules and options, long lists cut', async () => {
    const answer = await made.call('describe_metadata', { view: 'rights' });
    expect(answer).toMatchObject({ view: 'Rights', total: 8, shown: 8 });
    expect(answer.fields).toContain(
      '"Clearance" (rights_clearance) · drop_down · required · 4 options: Pending, Cleared, Restricted, Refused',
    );
    expect(answer.fields.join('\n')).toMatch(/"Territory" .* several values · 38 options: Worldwide, .* and 32 more/);
    expect(answer.fields.join('\n')).not.toContain('South Africa');
    expect(tokens(answer)).toBeLessThanOrEqual(1_000);
  });

  test('shows the fields of all views in one call', async () => {
    const one = async (view: string): Promise<string[]> => (await made.call('describe_metadata', { view })).fields;
    const views = ['Editorial', 'Rights', 'Technical', 'Sports log', 'Delivery'];
    const each = await Promise.all(views.map(async (view) => (await one(view)).map((line) => `${view}: ${line}`)));
    const all = await made.call('describe_metadata', { view: 'all' });
    expect([...all.fields].sort()).toEqual(each.flat().sort());
    expect(all.total).toBe(all.shown);
    expect(tokens(all)).toBeLessThanOrEqual(4_000);
  });

  test('shows the view that is called so before all views', async () => {
    made.sandbox.store.views.update(ids.rightsView, { name: 'All' });
    expect(await made.call('describe_metadata', { view: 'all' })).toMatchObject({ view: 'All', total: 8 });
  });

  test('shows one field in full with the options that are asked for', async () => {
    const all = await made.call('describe_metadata', { field: 'Territory' });
    expect(all.options).toHaveLength(38);
    const some = await made.call('describe_metadata', { field: 'Territory', find: 'germ' });
    expect(some).toMatchObject({ total: 38, shown: 1, options: ['Germany (DE)'] });
  });

  test('says where a field differs from view to view', async () => {
    const { notes } = await made.call('describe_metadata', { field: 'Clearance' });
    expect(notes.join(' ')).toMatch(/differs by view\. In Rights: .*required.*In Delivery: .*read-only/);
    const same = await made.call('describe_metadata', { field: 'Territory' });
    expect(same.notes).toEqual(['In these views: Rights.']);
  });

  test('finds words in labels and options of all views', async () => {
    const { fields } = await made.call('describe_metadata', { find: 'harbour' });
    expect(fields).toHaveLength(2);
    expect(fields[0]).toContain('"Home" (home_team), view Sports log · drop_down · options: Harbour City');
    const none = await made.call('describe_metadata', { find: 'zebra' });
    expect(none).toMatchObject({ total: 0, notes: ['No label, name or option contains "zebra".'] });
  });

  test('says which views this user can not write, and when that is not known', async () => {
    const { views } = made.sandbox.store;
    const fields = views.get(ids.technicalView)?.view_fields as object[];
    views.update(ids.technicalView, { view_fields: fields.map((field) => ({ ...field, read_only: true })) });
    const known = await made.call('describe_metadata');
    expect(known.views.filter((line: string) => line.includes('not writable'))).toEqual([
      expect.stringContaining('"Technical"'),
    ]);
    const other = await world();
    other.sandbox.deny('can_read_metadata_categories');
    const unknown = await other.call('describe_metadata');
    expect(unknown.total).toBe(5);
    expect(unknown.notes[0]).toContain('the role can_read_metadata_categories is missing');
  });

  test('names what there is for a view or field that there is not', async () => {
    expect(await made.refused('describe_metadata', { view: 'Right' })).toMatch(/no view "Right"\. Nearest: Rights\./);
    expect(await made.refused('describe_metadata', { field: 'Teritory' })).toContain('Nearest: Territory.');
  });
});
