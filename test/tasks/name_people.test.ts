import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock();

const TOOL = 'name_people';
const REYES = 'Jordan Reyes';
const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));
const person = ({ sandbox }: World, id: string) => sandbox.store.persons.get(id) as Answer;
/** The stranger in the trailer and on signing day. */
const stranger = ({ sandbox }: World): string =>
  String(sandbox.store.persons.list(({ name, status }) => name === null && status === 'UNCONFIRMED')[0]?.id);
const finds = ({ sandbox }: World, id: string) =>
  sandbox.store.appearances.list((row) => row.person_id === id).map(({ asset_id, status }) => [asset_id, status]);

async function done(made: World, args: Record<string, unknown>): Promise<Answer> {
  const { confirm } = await made.call(TOOL, args);
  return made.call(TOOL, { confirm });
}

describe('naming a face', () => {
  test('plans with all finds, then names', async () => {
    const made = await world();
    const id = stranger(made);
    const plan = await made.call(TOOL, { person: id, name: 'Owen Tallis' });
    expect(plan.summary).toBe(
      `Names a face without a name (${id}) "Owen Tallis" in all 2 finds; it can be renamed again.`,
    );
    expect(plan.affected).toHaveLength(2);
    expect(writes(made)).toEqual([]);
    expect(await made.call(TOOL, { confirm: plan.confirm })).toMatchObject({ changed: ['name: "Owen Tallis"'] });
    expect(person(made, id).name).toBe('Owen Tallis');
    expect(await made.call(TOOL, { person: id, name: 'Owen Tallis' })).toMatchObject({
      notes: expect.arrayContaining(['Nothing to change.']),
    });
    expect(writes(made)).toHaveLength(1);
  });

  test('takes a name in one line, and none that nobody can see', async () => {
    const made = await world();
    const id = stranger(made);
    expect(await made.refused(TOOL, { person: id, name: '\u200b\u2060' })).toContain('1 to');
    await done(made, { person: id, name: ' Owen\nTallis ' });
    expect(person(made, id).name).toBe('Owen Tallis');
  });

  test('with the name of somebody known gives the finds to that person, and confirms them', async () => {
    const made = await world();
    const id = stranger(made);
    const args = { person: id, name: 'helena duarte', verify: true };
    const plan = await made.call(TOOL, args);
    expect(plan.summary).toMatch(
      /Makes 2 finds of a face without a name .* those of "Helena Duarte" \(.*Confirms 2 finds/,
    );
    expect(plan.notes).toContain('No find remains with it: Iconik may remove it.');
    const answer = await made.call(TOOL, { confirm: plan.confirm });
    expect(answer.changed).toHaveLength(4);
    expect(finds(made, id)).toEqual([]);
    const [helena] = made.sandbox.store.persons.list(({ name }) => name === 'Helena Duarte');
    expect(finds(made, String(helena?.id)).map(([, status]) => status)).toEqual([
      'SYSTEM_CONFIRMED',
      'USER_CONFIRMED',
      'USER_CONFIRMED',
    ]);
  });

  test('in one asset alone makes a new person there, and leaves the others', async () => {
    const made = await world();
    const id = stranger(made);
    const answer = await done(made, { person: id, name: 'Kasper Holm', assets: ['Season trailer 2025'] });
    expect(answer.changed).toEqual([expect.stringMatching(/^is "Kasper Holm": "Season trailer 2025"/)]);
    expect(finds(made, id)).toHaveLength(1);
    const [made_up] = made.sandbox.store.persons.list(({ name }) => name === 'Kasper Holm');
    expect(finds(made, String(made_up?.id)).map(([asset]) => asset)).toEqual([ids.trailer]);
    expect((made.sandbox.store.assets.get(ids.trailer) as Answer).person_ids).toEqual([ids.reyes, made_up?.id]);
  });

  test('makes one new person for several finds, and reports what failed', async () => {
    let changes = 0;
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        if (request.url.includes('/change_person/') && ++changes === 2)
          return Response.json({ errors: ['No'] }, { status: 403 });
        return sandbox.fetch(request);
      },
    });
    const args = { person: REYES, name: 'Milo Hartmann', assets: [ids.trailer, ids.interview] };
    const answer = await done(made, args);
    expect(answer.changed).toHaveLength(1);
    expect(answer.failed).toEqual([expect.stringMatching(/HTTP 403: No/)]);
    expect(made.sandbox.store.persons.list(({ name }) => name === 'Milo Hartmann')).toHaveLength(1);
    // The rest goes to the person who is known by now.
    expect((await done(made, args)).changed).toHaveLength(1);
    expect(made.sandbox.store.persons.list(({ name }) => name === 'Milo Hartmann')).toHaveLength(1);
  });
});

describe('confirming finds', () => {
  test('plans those that wait, and waits until Iconik shows them', async () => {
    const made = await world();
    const plan = await made.call(TOOL, { person: REYES, verify: true });
    expect(plan.summary).toContain('Confirms 1 find of it; a confirmation is not taken back.');
    expect(plan.notes).toContain('Confirmed before and left: 2.');
    const answer = await made.call(TOOL, { confirm: plan.confirm });
    expect(answer.changed).toEqual([expect.stringMatching(/^confirmed: "Season trailer 2025"/)]);
    expect(person(made, ids.reyes).has_unconfirmed_instances).toBe(false);
    expect(await made.call(TOOL, { person: REYES, verify: true })).toMatchObject({ status: 'done' });
    expect(writes(made)).toHaveLength(1);
  });

  test('says where none is in the assets that are named', async () => {
    const made = await world();
    const plan = await made.call(TOOL, { person: REYES, verify: true, assets: [ids.master] });
    expect(plan.notes.join()).toMatch(/Looked at the 3 finds of "Jordan Reyes" .*: none is in them/);
    expect(writes(made)).toEqual([]);
  });

  test('reports what Iconik does not show', async () => {
    const made = await world({ sandbox: { backgroundMs: 60_000 } });
    const answer = await done(made, { person: REYES, verify: true });
    expect(answer.unconfirmed).toHaveLength(1);
    expect(answer).not.toHaveProperty('changed');
  });
});

describe('an analysis', () => {
  const args = { assets: [ids.master, ids.interview, ids.placeholder], analyse: true };

  test('says what it costs and what is skipped, and starts nothing before', async () => {
    const made = await world({ sandbox: { indexLagMs: 60_000 } });
    const plan = await made.call(TOOL, args);
    expect(plan.summary).toMatch(
      /Sends the pictures of 1 asset to face recognition, an AI service that is paid by the hour of video and by the image: 1 video, [\d:]+ in all, and 0 images/,
    );
    expect(plan.notes).toEqual(
      expect.arrayContaining(['Skipped, analysed before: 1.', 'Skipped, without a picture: 1.']),
    );
    expect(writes(made)).toEqual([]);
    const answer = await made.call(TOOL, { confirm: plan.confirm });
    expect(answer).toMatchObject({ started: 1 });
    // The index does not know yet; asking twice would cost twice.
    const again = await made.call(TOOL, args);
    expect(again).toMatchObject({ started: 0 });
    expect(writes(made)).toHaveLength(1);
    made.sandbox.settle();
    made.sandbox.reindex();
    expect((await made.call('find_people', { asset: ids.master })).total).toBe(1);
  });

  test('takes what find_people says is not analysed', async () => {
    const made = await world();
    const { not_analysed } = await made.call('find_people', { people: [REYES], collection: 'Deliverables Q4' });
    const plan = await made.call(TOOL, { selection: not_analysed, analyse: true });
    expect(plan.summary).toMatch(/Sends the pictures of \d+ assets/);
  });

  test('says that nothing was started where Iconik refuses', async () => {
    const made = await world();
    made.sandbox.deny('can_trigger_face_recognition');
    const { confirm } = await made.call(TOOL, args);
    expect(await made.call(TOOL, { confirm })).toMatchObject({
      started: 0,
      failed: [expect.stringMatching(/^face recognition of 1 asset: HTTP 403/)],
    });
  });
});

test('arguments that do not go together are named', async () => {
  const made = await world();
  const text = (args: Record<string, unknown>) => made.refused(TOOL, args);
  expect(await text({})).toContain('person, or analyse');
  expect(await text({ person: REYES })).toContain('name or verify');
  expect(await text({ analyse: true })).toContain('analyse needs');
  expect(await text({ analyse: true, person: REYES, collection: 'News' })).toContain('analyse goes alone');
  expect(await text({ person: REYES, name: 'x'.repeat(200) })).toContain('1 to 128 characters');
  expect(writes(made)).toEqual([]);
});
