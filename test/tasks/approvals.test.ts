import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock(Date.parse('2026-11-26T10:00:00Z'));

const ANNA = 'anna@client.example';
const INTERVIEW = 'Interview Jordan Reyes, Lisbon';
const TEASER = 'Spring teaser, landscape, 30 seconds';
const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));
const approvalOf = ({ sandbox }: World, id: string): Answer => sandbox.store.approvals.get(`assets/${id}`);
const userOf = ({ sandbox }: World, name: string): Answer =>
  sandbox.store.users.list(({ first_name, last_name }) => `${first_name} ${last_name}` === name)[0];

async function done(made: World, args: Record<string, unknown>): Promise<Answer> {
  const plan = await made.call('request_approval', args);
  expect(plan.status).toBe('preview');
  return made.call('request_approval', { confirm: plan.confirm });
}

describe('list_approvals', () => {
  test('shows what waits, on whom, on which version and since when, mixed answers included', async () => {
    const made = await world();
    const { total, approvals } = await made.call('list_approvals');
    expect(total).toBe(2);
    const [interview] = approvals.filter((line: string) => line.includes(INTERVIEW));
    expect(interview).toMatch(
      /v3 · REQUESTED · waits on Maria Almeida, Tom Becker · enough: 2 approvals · asked 2026-11-17 \(9 d ago\)/,
    );
    const [teaser] = approvals.filter((line: string) => line.includes(TEASER));
    expect(teaser).toContain('MIXED · waits on guest anna@client.example · answers: Maria Almeida APPROVED, Grace');
  });

  test('says how to reach the colleagues whom it waits on, each once', async () => {
    const made = await world();
    const { contact, notes } = await made.call('list_approvals');
    expect(notes.join()).toContain('To remind people: request_approval with again');
    expect(contact).toEqual([
      'Maria Almeida <maria.almeida@harbourmedia.example>',
      `Tom Becker <${userOf(made, 'Tom Becker').email}>`,
    ]);
    made.sandbox.store.users.update(userOf(made, 'Tom Becker').id, { email: null });
    made.sandbox.reindex();
    const other = await world({ library: made.sandbox });
    expect((await other.call('list_approvals')).contact.join()).not.toContain('Tom');
    expect((await made.call('list_approvals', { state: 'approved' })).contact).toBeUndefined();
  });

  test('may miss what search does not know yet, but not of assets that are named', async () => {
    const made = await world();
    const late = 'A request made in the last seconds may be missing';
    expect((await made.call('list_approvals')).notes.join()).toContain(late);
    expect((await made.call('list_approvals', { assets: [INTERVIEW] })).notes.join()).not.toContain(late);
  });

  test('of one person shows what waits on them, not what they have answered', async () => {
    const made = await world();
    const titles = async (person: string) => (await made.call('list_approvals', { person })).approvals.join();
    expect(await titles('Maria Almeida')).toContain(INTERVIEW);
    expect(await titles('Maria Almeida')).not.toContain(TEASER);
    expect(await titles(ANNA)).toContain(TEASER);
    expect(await made.refused('list_approvals', { person: 'Tom' })).toContain('users fit "Tom"');
  });

  test('of one who asks shows what waits on them, or what they asked for', async () => {
    const made = await world();
    const of = async (person: string) => (await made.call('list_approvals', { person })).total;
    expect([await of('by me'), await of('asked by Ines Carvalho'), await of('by Tom Becker')]).toEqual([2, 2, 0]);
    expect(await of('me')).toBe(0);
    const user = userOf(made, 'Ines Carvalho');
    made.sandbox.store.approvals.update(`assets/${ids.interview}`, { users: [user.id] });
    expect(await of('me')).toBe(1);
  });

  test('takes states, days and assets', async () => {
    const made = await world();
    expect((await made.call('list_approvals', { state: 'approved' })).approvals).toEqual([
      expect.stringContaining('"Season trailer 2025"'),
    ]);
    // One of two rejected it.
    expect((await made.call('list_approvals', { state: 'rejected' })).approvals).toEqual([
      expect.stringMatching(new RegExp(`${TEASER}.*MIXED.*Grace Linwood NOT_APPROVED`)),
    ]);
    expect((await made.call('list_approvals', { days: 7 })).total).toBe(0);
    expect((await made.call('list_approvals', { days: 10 })).total).toBe(2);
    expect((await made.call('list_approvals', { assets: [INTERVIEW] })).total).toBe(1);
    expect((await made.call('list_approvals', { collection: 'Spring Campaign' })).total).toBe(1);
  });

  test('shows the oldest request first', async () => {
    const made = await world();
    for (const [date, place] of [
      ['2026-11-24', 1],
      ['2026-10-01', 0],
    ] as const) {
      made.sandbox.store.approvals.update(`assets/${ids.interview}`, { request_date: `${date}T09:00:00+00:00` });
      const { approvals } = await made.call('list_approvals');
      expect(approvals[place]).toContain(`asked ${date}`);
    }
  });

  test('says where the request is about another version than the current one', async () => {
    const made = await world();
    made.sandbox.store.approvals.update(`assets/${ids.interview}`, { version_id: ids.interviewVersions[1] });
    const { approvals } = await made.call('list_approvals', { assets: [INTERVIEW] });
    expect(approvals[0]).toContain('v2, not current (that is v3)');
  });
});

describe('request_approval', () => {
  const args = { assets: [ids.match], people: ['Maria Almeida', 'Tom Becker', ANNA] };

  test('says the rights of what guests get to see; colleagues see it anyway', async () => {
    const made = await world();
    const notesFor = async (who: string): Promise<string> =>
      (await made.call('request_approval', { assets: ['Spring still, fish market'], people: [who] })).notes.join('\n');
    expect(await notesFor(ANNA)).toContain('Rights, Clearance (of 1): "Refused" 1: "Spring still, fish market".');
    expect(await notesFor('Maria Almeida')).not.toContain('Rights');
  });

  test('plans who is asked for which version, and asks nobody meanwhile', async () => {
    const made = await world();
    const plan = await made.call('request_approval', args);
    expect(plan.summary).toMatch(
      /^Asks Maria Almeida \(.*@.*\), Tom Becker \(.*\), guest anna@client\.example \(external\) to approve/,
    );
    expect(plan.summary).toContain('the current version of 1 asset; all who are asked have to approve');
    expect(plan.affected).toEqual([expect.stringMatching(/^"Matchday 12.*" v\d+$/)]);
    expect(writes(made)).toEqual([]);
  });

  test('asks, and a repeat asks nobody twice', async () => {
    const made = await world();
    const answer = await done(made, args);
    expect(answer).toMatchObject({ status: 'done', asked: 1 });
    expect(answer.requests).toEqual([expect.stringMatching(/^"Matchday 12.*" v\d+ \(.*\)$/)]);
    expect(answer.notes.join()).toMatch(
      /Asked: Maria Almeida .*, Tom Becker .*, guest anna@.*; all who are asked have to approve\. Iconik mails them\. list_approvals says/,
    );
    expect(approvalOf(made, ids.match)).toMatchObject({
      status: 'REQUESTED',
      users: [userOf(made, 'Maria Almeida').id, userOf(made, 'Tom Becker').id],
      externals: [ANNA],
      min_number: 3,
    });
    const sent = writes(made).length;
    const again = await made.call('request_approval', args);
    expect(again).toMatchObject({ status: 'nothing_written', asked: 0 });
    expect(again.not_written.join()).toMatch(
      /^"Matchday 12.*: asked already \(2026-11-26 by .*\), waits on Maria Almeida, Tom Becker, guest anna@/,
    );
    expect(again.notes[0]).toBe('Nobody was asked.');
    expect(writes(made)).toHaveLength(sent);
  });

  test('says of what is asked already since when, by whom, and what to send to whom', async () => {
    const made = await world();
    const { not_written, notes } = await made.call('request_approval', { assets: [INTERVIEW], people: ['Tom Becker'] });
    expect(not_written).toEqual([
      expect.stringMatching(/v3: asked already \(2026-11-17 by .+\), waits on Maria Almeida, Tom Becker\.$/),
    ]);
    expect(notes.join('\n')).toContain(
      `Not answered yet: Maria Almeida <maria.almeida@harbourmedia.example>, Tom Becker <${userOf(made, 'Tom Becker').email}>. A line to send: "Please approve or reject in Iconik: "${INTERVIEW}" v3 (asked 2026-11-17)."`,
    );
    expect(notes.join('\n')).toMatch(/Iconik sends no reminder.*again: true/);
  });

  test('asks again where nobody has answered, with all who were asked and the share that guests answer through', async () => {
    const made = await world();
    const share_id = '11111111-5b1c-11ef-9c3a-0a580a3db916';
    const before = approvalOf(made, ids.interview);
    const [group] = made.sandbox.store.groups.list();
    made.sandbox.store.approvals.update(`assets/${ids.interview}`, {
      groups: [group?.id],
      externals: [ANNA],
      share_id,
    });
    const again = { assets: [INTERVIEW], people: ['Tom Becker'], again: true };
    const plan = await made.call('request_approval', again);
    expect(plan.affected).toEqual([
      expect.stringMatching(
        /v3: asks Maria Almeida, Tom Becker, guest anna@client\.example, group .+ again, by a new request in place of the one of 2026-11-17, which nobody has answered$/,
      ),
    ]);
    expect(plan.summary).toContain('and whom else the old requests asked to approve');
    expect(plan.summary).toContain('; as many approvals as before are enough.');
    await made.call('request_approval', { confirm: plan.confirm });
    expect(approvalOf(made, ids.interview)).toMatchObject({
      users: before.users,
      groups: [group?.id],
      externals: [ANNA],
      share_id,
      min_number: before.min_number,
      status: 'REQUESTED',
    });
    expect(approvalOf(made, ids.interview).request_date).toMatch(/^2026-11-26/);
    const once = await made.call('request_approval', again);
    expect(once).toMatchObject({ status: 'nothing_written', asked: 0 });
    expect(once.not_written.join()).toContain('asked less than an hour ago');
  });

  test('asks nobody again where a new request would end answers', async () => {
    const made = await world();
    const { not_written, notes } = await made.call('request_approval', {
      assets: [TEASER],
      people: [ANNA],
      again: true,
    });
    expect(not_written.join()).toMatch(
      /waits on guest anna@client\.example; a new request would end the answers: Maria/,
    );
    expect(notes.join()).toContain('Not answered yet: anna@client.example.');
    expect(writes(made)).toEqual([]);
  });

  test('reminds only of what was asked for, only those who were asked, and names who is passed over', async () => {
    const made = await world();
    const everybody = ['Maria Almeida', 'Tom Becker', ANNA];
    const plan = await made.call('request_approval', { assets: [INTERVIEW, TEASER], people: everybody, again: true });
    expect(plan.affected).toEqual([
      expect.stringMatching(
        /asks Maria Almeida, Tom Becker again.*; guest anna@client\.example: not asked for this one/,
      ),
    ]);
    expect(plan.summary).not.toContain(ANNA);
    expect(plan.notes.join('\n')).toMatch(/Skipped: "Spring teaser.*would end the answers.*Tom Becker: not asked/);
    await made.call('request_approval', { confirm: plan.confirm });
    expect(approvalOf(made, ids.interview).externals ?? []).toEqual([]);

    const other = await world();
    const spring = { collection: 'Spring Campaign', people: [ANNA], again: true };
    const none = await other.call('request_approval', spring);
    expect(none).toMatchObject({ status: 'nothing_written', asked: 0 });
    expect(none.not_written.join()).toContain('not asked for approval yet');
    expect(writes(other)).toEqual([]);
  });

  test('says that one of several cannot be reminded alone, and what to write to them', async () => {
    const made = await world();
    const { notes } = await made.call('request_approval', { assets: [INTERVIEW], people: ['Tom Becker'], again: true });
    expect(notes.join()).toMatch(
      /people narrows no reminder.*To remind Tom Becker \([^)]+\) alone, write to them: "Please approve or reject in Iconik: "Interview Jordan Reyes, Lisbon" v3\."/,
    );
    const all = { assets: [INTERVIEW], people: ['Tom Becker', 'Maria Almeida'], again: true };
    expect(((await made.call('request_approval', all)).notes ?? []).join()).not.toContain('narrows');
  });

  test('reminds whomever it waits on where nobody is named', async () => {
    const made = await world();
    const plan = await made.call('request_approval', { assets: [INTERVIEW], again: true });
    expect(plan.affected).toEqual([expect.stringContaining('asks Maria Almeida, Tom Becker again')]);
    expect(plan.summary).toMatch(/^Asks whom the old requests asked to approve/);
    expect(await made.refused('request_approval', { assets: [INTERVIEW] })).toContain('people: say whom to ask');
  });

  test('says in a plan for some that the others get no reminder', async () => {
    const made = await world();
    const assets = [INTERVIEW, ids.match];
    const { notes } = await made.call('request_approval', { assets, people: ['Tom Becker'] });
    expect(notes.join('\n')).toMatch(
      /^Skipped: "Interview.*asked already.*\nNot answered yet: .*\nIconik sends no reminder/m,
    );
    const answered = await made.call('request_approval', { assets: ['Season trailer 2025'], people: ['Tom Becker'] });
    expect(answered).toMatchObject({ status: 'nothing_written', asked: 0 });
    expect(answered.notes).toEqual(['Nobody was asked.']);
  });

  test('counts a person once who is named twice, and wants no more approvals than people', async () => {
    const made = await world();
    const people = ['Maria Almeida', 'maria.almeida@harbourmedia.example', ANNA, 'Anna@client.example'];
    const { summary } = await made.call('request_approval', { ...args, people, enough: 2 });
    expect(summary).toMatch(/^Asks Maria Almeida \([^)]*\), guest anna@client\.example \(external\) to approve/);
    expect(summary).toContain('2 approvals of 2 are enough');
    expect(await made.refused('request_approval', { ...args, people, enough: 3 })).toContain('at most 2');
  });

  test('adds a person to an open request, whose answers stay', async () => {
    const made = await world();
    const asset = made.sandbox.store.assets.list(({ title }) => title === TEASER)[0] as Answer;
    made.sandbox.store.approvals.update(`assets/${asset.id}`, { min_number: 1 });
    const plan = await made.call('request_approval', { assets: [TEASER], people: ['Maria Almeida', 'Tom Becker'] });
    expect(plan.affected).toEqual([expect.stringContaining('adds Tom Becker to the open request; answers stay')]);
    await made.call('request_approval', { confirm: plan.confirm });
    const approval = approvalOf(made, asset.id);
    expect(approval.approvals_by).toHaveLength(2);
    expect(approval.users).toHaveLength(3);
    expect(approval.min_number).toBe(1);
    expect(approval.externals).toEqual([ANNA]);
  });

  test('skips what is approved, and ends a request about an older version, saying so', async () => {
    const made = await world();
    made.sandbox.store.approvals.update(`assets/${ids.interview}`, { version_id: ids.interviewVersions[1] });
    const plan = await made.call('request_approval', {
      assets: ['Season trailer 2025', INTERVIEW],
      people: [ANNA],
    });
    expect(plan.notes.join()).toContain('Skipped: "Season trailer 2025"');
    expect(plan.notes.join()).toContain('approved already');
    expect(plan.affected).toEqual([`"${INTERVIEW}" v3: ends what was there: REQUESTED for v2, nobody had answered`]);
  });

  test('names the candidates where two people have a name, and who is not there', async () => {
    const made = await world();
    expect(await made.refused('request_approval', { ...args, people: ['Tom'] })).toMatch(
      /2 users fit "Tom": .*Give the e-mail/,
    );
    expect(await made.refused('request_approval', { ...args, people: ['Nobody'] })).toContain('No user fits "Nobody"');
  });

  test('asks no guest of another domain where --share-domains is set', async () => {
    const made = await world({ shareDomains: ['league.example'] });
    expect(await made.refused('request_approval', args)).toContain(`${ANNA}: not allowed`);
    expect(writes(made)).toEqual([]);
  });
});
