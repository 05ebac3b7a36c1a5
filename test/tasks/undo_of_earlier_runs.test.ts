import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';
import { idsOf, interview, rows } from './segment_rows.ts';

useJumpingClock();

const THREE = [ids.interview, ids.match, ids.drone];

async function confirmed({ call }: World, tool: string, args: Record<string, unknown>): Promise<Answer> {
  const { confirm, status, ...done } = await call(tool, args);
  return status === 'preview' ? call(tool, { confirm }) : done;
}

const notesOf = ({ notes }: Answer): string => notes.join('\n');
const runIn = (answer: Answer): string => /run_\w{6}/.exec(notesOf(answer))?.[0] ?? '';

/** What assets hold, and what they are called. */
const content = ({ sandbox: { store } }: World): unknown =>
  JSON.parse(
    JSON.stringify([store.values.list(), store.assets.list(), store.contents.list()], (key, value) =>
      /^date_|modified|user|^position$|^id$/.test(key) ? undefined : (value ?? undefined),
    ),
  );

describe('an earlier change whose values the caller has changed himself since', () => {
  const clear = (value: string, assets = THREE) => ({ assets, values: { Clearance: value } });

  test('names his later run, and both are taken back with both handles', async () => {
    const made = await world();
    const before = content(made);
    const first = runIn(await confirmed(made, 'set_metadata', clear('Refused')));
    const second = runIn(await confirmed(made, 'set_metadata', clear('Pending', [ids.match, ids.drone])));
    const plan = await made.call('set_metadata', { undo: first });
    expect(plan.affected).toHaveLength(1);
    const notes = notesOf(plan);
    expect(notes).toMatch(new RegExp(`changed by your later ${second} \\(set_metadata\\): .*Clearance Pending`));
    expect(notes).toContain(`set_metadata {"undo":"${first}, ${second}"}`);
    expect(notes).not.toContain('Left alone, changed since');
    for (const undo of [`${first}, ${second}`]) await confirmed(made, 'set_metadata', { undo });
    expect(content(made)).toEqual(before);
  });

  test.each(['second first', 'second and first'])('takes them in any order: %s', async (order) => {
    const made = await world();
    const before = content(made);
    const first = runIn(await confirmed(made, 'set_metadata', clear('Refused')));
    const second = runIn(
      await confirmed(made, 'set_metadata', { assets: THREE, values: { Clearance: 'Pending', Rating: 1 } }),
    );
    const undo = order.replace('second', second).replace('first', first);
    const plan = await made.call('set_metadata', { undo });
    expect(plan.summary).toContain('sets Clearance, Rating back on 3 assets');
    await made.call('set_metadata', { confirm: plan.confirm });
    expect(content(made)).toEqual(before);
  });

  test('knows a change of a single asset, and one of a sheet', async () => {
    const made = await world();
    const first = runIn(await confirmed(made, 'set_metadata', clear('Refused')));
    await confirmed(made, 'set_metadata', { assets: [ids.match], values: { Clearance: 'Pending' } });
    await confirmed(made, 'import_metadata', { csv: `id,Clearance\n${ids.drone},Pending` });
    const notes = notesOf(await made.call('set_metadata', { undo: first }));
    expect(notes).toMatch(/by your later run_\w{6} \(set_metadata\)/);
    expect(notes).toMatch(/by your later run_\w{6} \(import_metadata\)/);
  });

  test('that was added to and then replaced names the replacement', async () => {
    const made = await world();
    const before = content(made);
    const first = runIn(await confirmed(made, 'set_metadata', { assets: THREE, values: { Keywords: ['aaa'] } }));
    const replace = { assets: THREE, values: { Keywords: ['only'] }, how: 'replace' };
    const second = runIn(await confirmed(made, 'set_metadata', replace));
    const notes = notesOf(await made.call('set_metadata', { undo: first }));
    expect(notes).toContain(`changed by your later ${second} (set_metadata): `);
    expect(notes).not.toContain('have the old values already');
    await confirmed(made, 'set_metadata', { undo: `${first} ${second}` });
    expect(content(made)).toEqual(before);
  });

  test('says of what somebody else changed after that what it said', async () => {
    const made = await world();
    const first = runIn(await confirmed(made, 'set_metadata', clear('Refused')));
    await confirmed(made, 'set_metadata', clear('Pending'));
    const row = made.sandbox.store.values.get(`assets/${ids.match}`) as Answer;
    const metadata_values = { ...row.metadata_values, rights_clearance: { field_values: [] } };
    made.sandbox.store.values.update(`assets/${ids.match}`, { metadata_values });
    const notes = notesOf(await made.call('set_metadata', { undo: first }));
    expect(notes).toMatch(/Left alone, changed since: .*Matchday/);
    expect(notes).toMatch(/by your later run_\w{6} \(set_metadata\): /);
  });

  test('of titles and collections names his later run, too', async () => {
    const made = await world();
    const before = content(made);
    const first = runIn(await confirmed(made, 'edit_assets', { assets: THREE, title: 'Cut {n}' }));
    const second = runIn(await confirmed(made, 'edit_assets', { assets: THREE, title: 'Fine cut {n}' }));
    const alone = await made.call('edit_assets', { undo: first });
    expect(notesOf(alone)).toContain(`changed by your later ${second}: `);
    expect(notesOf(alone)).toContain(`edit_assets {"undo":"${first}, ${second}"}`);
    await confirmed(made, 'edit_assets', { undo: `${first}, ${second}` });
    expect(content(made)).toEqual(before);
  });

  test('of notes names his later run, and both go back in one call', async () => {
    const made = await world();
    const before = idsOf(made.sandbox, interview);
    const asset = interview;
    const first = (await confirmed(made, 'annotate_asset', { asset, items: ['1:00 One', '2:00 Two'] })).run;
    const { items } = await made.call('read_notes', { asset, kinds: ['MARKER'] });
    const number = items.find((line: string) => line.endsWith('"Two"')).split(' · ')[0];
    const second = (
      await confirmed(made, 'annotate_asset', { asset, edit: [`${number} Better`], recolor: [`${number} red`] })
    ).run;
    const plan = await made.call('annotate_asset', { asset, undo: first });
    expect(notesOf(plan)).toContain(`changed by your later ${second}: "Better"`);
    expect(notesOf(plan)).toContain(`annotate_asset {"asset":"${asset}","undo":"${first}, ${second}"}`);
    const both = await made.call('annotate_asset', { asset, undo: `${first}, ${second}` });
    expect(both.summary).toContain('deletes the 2 notes that it added');
    await made.call('annotate_asset', { confirm: both.confirm });
    expect(idsOf(made.sandbox, interview)).toEqual(before);
  });

  test('of changes of one note takes both back in order', async () => {
    const made = await world();
    const asset = interview;
    const { items } = await made.call('read_notes', { asset, kinds: ['MARKER'] });
    const number = items[0].split(' · ')[0];
    const markers = () =>
      JSON.stringify(rows(made.sandbox, asset).map((one) => [one.id, one.segment_text, one.time_start_milliseconds]));
    const before = markers();
    const first = (await confirmed(made, 'annotate_asset', { asset, edit: [`${number} A`] })).run;
    const second = (
      await confirmed(made, 'annotate_asset', { asset, edit: [`${number} B`], move: [`${number} 20:00`] })
    ).run;
    const { items: moved } = await made.call('read_notes', { asset, kinds: ['MARKER'] });
    expect(moved.join()).toContain('"B"');
    const plan = await made.call('annotate_asset', { asset, undo: first });
    expect(notesOf(plan)).toContain(`by your later ${second}: "B"`);
    await confirmed(made, 'annotate_asset', { asset, undo: `${second}, ${first}` });
    expect(markers()).toBe(before);
  });
});

describe('what had no undo', () => {
  test('assets put into a collection are taken out again by edit_assets, those alone that were not in it', async () => {
    const made = await world();
    const before = content(made);
    const inIt = made.sandbox.store.contents.where('collection_id', ids.highlights)[0]?.object_id;
    const done = await confirmed(made, 'collect_assets', { assets: [...THREE, inIt], into: ids.highlights });
    const call = /^Undo: edit_assets (\{.*\})$/m.exec(notesOf(done))?.[1] ?? '';
    const plan = await made.call('edit_assets', JSON.parse(call));
    expect(plan.summary).toMatch(/^Undoes run_\w{6}, a call of collect_assets: sets back 3 of 3 assets/);
    await made.call('edit_assets', { confirm: plan.confirm });
    expect(content(made)).toEqual(before);
  });

  test('a single one, and a collection that was made for them, are said', async () => {
    const made = await world();
    const one = await confirmed(made, 'collect_assets', { assets: [ids.drone], into: ids.highlights });
    expect(notesOf(one)).toMatch(/^Undo: edit_assets/m);
    const into = { assets: THREE, into: 'Fresh one', create_collection: true };
    expect(notesOf(await confirmed(made, 'collect_assets', into))).toContain('the collection itself stays');
  });

  test('segments of a log are taken back asset by asset with one handle', async () => {
    const made = await world();
    const all = () => made.sandbox.store.segments.list().map(({ id }) => id);
    const before = all();
    const csv = [
      'title,in,out,note',
      '"Interview Jordan Reyes, Lisbon",1:00,1:10,One',
      '"Matchday 12, Harbour City v Northgate, full match",2:00,2:10,Two',
      '"Matchday 12, Harbour City v Northgate, full match",3:00,3:10,Three',
    ].join('\n');
    const plan = await made.call('import_log', { csv });
    expect(plan.summary).toContain('undo of the segments, asset by asset');
    const done = await made.call('import_log', { confirm: plan.confirm });
    const { asset, undo } = JSON.parse(/annotate_asset (\{.*?\})/.exec(notesOf(done))?.[1] ?? '{}');
    expect([ids.interview, ids.match]).toContain(asset);
    for (const one of [ids.interview, ids.match]) await confirmed(made, 'annotate_asset', { asset: one, undo });
    expect(all()).toEqual(before);
    expect(await made.refused('annotate_asset', { asset: ids.drone, undo })).toContain('belongs to another asset');
  });

  test('values of an AI that were accepted go back to what was there', async () => {
    const made = await world();
    const waiting = await made
      .call('read_metadata', { assets: [ids.interview], proposed: true })
      .catch(() => undefined);
    expect(waiting).toBeDefined();
    const before = JSON.stringify(
      made.sandbox.store.values.list().map(({ id, metadata_values }) => [id, metadata_values]),
      (key, value) => (/^date_|modified|user/.test(key) ? undefined : value),
    );
    const done = await confirmed(made, 'review_proposals', { accept: ['all'] });
    expect(done.decided.length).toBeGreaterThan(0);
    const call = /^Undo: set_metadata (\{.*\})$/m.exec(notesOf(done))?.[1] ?? '';
    expect(notesOf(done)).toContain('not the proposals');
    made.sandbox.settle();
    await confirmed(made, 'set_metadata', JSON.parse(call));
    expect(
      JSON.stringify(
        made.sandbox.store.values.list().map(({ id, metadata_values }) => [id, metadata_values]),
        (key, value) => (/^date_|modified|user/.test(key) ? undefined : value),
      ),
    ).toBe(before);
  });
});
