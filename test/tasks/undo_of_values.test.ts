import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock();

const THREE = [ids.interview, ids.match, ids.drone];

/** What assets hold, by id and field. */
const values = ({ sandbox: { store } }: World): unknown =>
  JSON.parse(
    JSON.stringify(store.values.list(), (key, value) => (/^date_|modified|user/.test(key) ? undefined : value)),
  );

const clearances = ({ sandbox: { store } }: World): Map<string, unknown> =>
  new Map(
    store.assets.list().map(({ id }) => {
      const held = store.values.get(`assets/${id}`)?.metadata_values as Answer;
      return [String(id), held?.rights_clearance?.field_values?.[0]?.value];
    }),
  );

async function confirmed({ call }: World, tool: string, args: Record<string, unknown>): Promise<Answer> {
  const { confirm, status, ...done } = await call(tool, args);
  return status === 'preview' ? call(tool, { confirm }) : done;
}

/** The call that an answer offers as its undo. */
function undoIn({ notes }: Answer): [tool: string, args: Record<string, unknown>] {
  const [, tool = '', args = ''] = /^Undo: (\w+) (\{.*\})$/m.exec(notes.join('\n')) ?? [];
  return [tool, JSON.parse(args)];
}

/** Puts a value into a field of an asset, as if somebody else had. */
function hold({ sandbox }: World, id: string, name: string, some: readonly unknown[]): void {
  const key = `assets/${id}`;
  const row = sandbox.store.values.get(key) as Answer;
  const metadata_values = { ...row.metadata_values, [name]: { field_values: some.map((value) => ({ value })) } };
  sandbox.store.values.update(key, { metadata_values });
  sandbox.reindex();
}

describe('a change of several assets', () => {
  test.each<[string, Record<string, unknown>]>([
    ['set_metadata', { assets: THREE, values: { Clearance: 'Refused' } }],
    ['set_metadata', { assets: THREE, values: { 'Rights expiry': null, Rating: 2 } }],
    ['set_metadata', { assets: THREE, values: { Keywords: ['breakwater', 'harbour'] } }],
    ['set_metadata', { assets: THREE, values: { Keywords: ['harbour', 'interview'] }, how: 'remove' }],
    ['import_metadata', { csv: `id,Clearance,Rating\n${ids.interview},Refused,(empty)\n${ids.match},Pending,1` }],
    ['import_log', { csv: 'title,Rating,Keywords\n"Interview Jordan Reyes, Lisbon",1,wharf' }],
  ])('%s %j has a call that sets all back as it was, and that call one, too', async (tool, args) => {
    const made = await world();
    const before = values(made);
    const plan = await made.call(tool, args);
    expect(plan.summary).not.toContain('no undo');
    const done = await made.call(tool, { confirm: plan.confirm });
    const changed = values(made);
    expect(changed).not.toEqual(before);
    made.sandbox.settle();
    const back = await confirmed(made, ...undoIn(done));
    expect(values(made)).toEqual(before);
    made.sandbox.settle();
    await confirmed(made, ...undoIn(back));
    expect(values(made)).toEqual(changed);
  });

  test('is planned when it is taken back, with old and new by asset', async () => {
    const made = await world();
    const done = await confirmed(made, 'set_metadata', { assets: THREE, values: { Clearance: 'Refused' } });
    const [tool, args] = undoIn(done);
    const plan = await made.call(tool, args);
    expect(plan).toMatchObject({ status: 'preview' });
    expect(plan.summary).toMatch(/back on 3 assets/);
    expect(plan.affected).toHaveLength(3);
    expect(plan.affected[0]).toMatch(/Clearance Refused → /);
  });

  test('leaves alone what somebody has changed since, and says so', async () => {
    const made = await world();
    const done = await confirmed(made, 'set_metadata', { assets: THREE, values: { Clearance: 'Refused', Rating: 2 } });
    hold(made, ids.match, 'editor_rating', [1]);
    const [tool, args] = undoIn(done);
    const plan = await made.call(tool, args);
    expect(plan.notes.join('\n')).toMatch(/Left alone, changed since: .*Rating 1/);
    expect(plan.affected.join('\n')).not.toContain('Rating 1');
    await made.call(tool, { confirm: plan.confirm });
    const { rows } = await made.call('read_metadata', { assets: [ids.match], labels: ['Rating', 'Clearance'] });
    expect(rows.join()).toContain('1');
    expect(rows.join()).not.toContain('Refused');
  });

  test('takes only its own values away where others were added since', async () => {
    const made = await world();
    const before = await made.call('read_metadata', { assets: [ids.match], labels: ['Keywords'] });
    const done = await confirmed(made, 'set_metadata', { assets: THREE, values: { Keywords: 'breakwater' } });
    const now = (made.sandbox.store.values.get(`assets/${ids.match}`) as Answer).metadata_values.keywords.field_values;
    hold(made, ids.match, 'keywords', [...now.map(({ value }: Answer) => value), 'of somebody else']);
    await confirmed(made, ...undoIn(done));
    const { rows } = await made.call('read_metadata', { assets: [ids.match], labels: ['Keywords'] });
    expect(rows.join()).toContain('of somebody else');
    expect(rows.join()).not.toContain('breakwater');
    expect(before.rows.join()).not.toContain('breakwater');
  });

  test('says what has its old values already, and does nothing a second time', async () => {
    const made = await world();
    const done = await confirmed(made, 'set_metadata', { assets: THREE, values: { Clearance: 'Refused' } });
    const [tool, args] = undoIn(done);
    await confirmed(made, tool, args);
    const again = await made.call(tool, args);
    expect(again.status).toBe('done');
    expect(again.notes.join('\n')).toContain('have the old values already');
  });

  test('says which were deleted since', async () => {
    const made = await world();
    const done = await confirmed(made, 'set_metadata', { assets: THREE, values: { Clearance: 'Refused' } });
    await confirmed(made, 'delete_assets', { assets: [ids.match] });
    made.sandbox.settle();
    const [tool, args] = undoIn(done);
    const plan = await made.call(tool, args);
    expect(plan.summary).toMatch(/back on 2 of 3 assets/);
    expect(plan.notes.join('\n')).toMatch(/1 .*(recycle bin|deleted)/);
  });

  test('is taken back in bulk as well, but for required fields that were empty, which is said before', async () => {
    const made = await world({ assets: 300 });
    const { selection } = await made.call('find_assets', { media_type: ['video'], limit: 1 });
    const before = clearances(made);
    const plan = await made.call('set_metadata', { selection, values: { Clearance: 'Refused' } });
    const [, empty = ''] = /Clearance was empty on (\d+) .* required/.exec(plan.notes.join('\n')) ?? [];
    expect(Number(empty)).toBeGreaterThan(0);
    const done = await made.call('set_metadata', { confirm: plan.confirm });
    expect(done.changed).toBeGreaterThan(100);
    made.sandbox.settle();
    const [tool, args] = undoIn(done);
    const undone = await made.call(tool, args);
    expect(undone.notes.join('\n')).toMatch(new RegExp(`Clearance was empty on ${empty} .* required`));
    const back = await made.call(tool, { confirm: undone.confirm });
    expect(back).not.toHaveProperty('failed');
    expect(back.changed).toBe(done.changed - Number(empty));
    for (const [id, value] of clearances(made)) expect(value).toBe(before.get(id) ?? value);
  });

  test('offers no call that would empty a required field of one asset', async () => {
    const made = await world();
    hold(made, ids.match, 'rights_clearance', []);
    const done = await made.call('set_metadata', { assets: [ids.match], values: { Clearance: 'Refused' } });
    expect(done.status).toBe('done');
    expect(done.notes.join('\n')).not.toContain('Undo:');
    expect(done.notes.join('\n')).toMatch(/Clearance was empty .* required/);
  });

  test('tells assets of one title apart by their ids, in the plan and in the answer', async () => {
    const made = await world();
    const title = String(made.sandbox.store.assets.get(ids.match)?.title);
    made.sandbox.store.assets.update(ids.drone, { title });
    made.sandbox.reindex();
    const plan = await made.call('set_metadata', { assets: THREE, values: { Clearance: 'Refused' } });
    const twins = plan.affected.filter((line: string) => line.includes(title));
    expect(twins.join('\n')).toContain(ids.match);
    expect(twins.join('\n')).toContain(ids.drone);
    const { examples } = await made.call('set_metadata', { confirm: plan.confirm });
    expect(examples.join('\n')).toContain(ids.match);
  });

  test('reads the old values of what search does not know yet, among many as well', async () => {
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        const answer = await sandbox.fetch(request);
        if (!request.url.includes('/search/v1/search/')) return answer;
        const body: Answer = await answer.json();
        return Response.json({ ...body, objects: body.objects.filter(({ id }: Answer) => id !== ids.match) });
      },
    });
    const some = made.sandbox.store.assets.list().filter(({ status, type }) => status === 'ACTIVE' && type === 'ASSET');
    const assets = [...new Set([ids.match, ...some.slice(0, 30).map(({ id }) => String(id))])];
    const plan = await made.call('set_metadata', { assets, values: { Rating: 1 } });
    const { title } = made.sandbox.store.assets.get(ids.match) as Answer;
    const held = (made.sandbox.store.values.get(`assets/${ids.match}`) as Answer).metadata_values.editor_rating;
    expect(plan.affected).toContain(`"${title}": Rating ${held.field_values[0].value} → 1`);
  });

  test('takes undo alone', async () => {
    const { refused } = await world();
    expect(await refused('set_metadata', { undo: 'run_abcdef', values: { Rating: 1 } })).toContain('undo goes alone');
    expect(await refused('set_metadata', { undo: 'run_abcdef' })).toMatch(/undo: "run_abcdef" is unknown or expired/);
    expect(await refused('set_metadata', { assets: [ids.match] })).toContain('values');
  });
});
