import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, UNKNOWN, watched } from '../support/traffic.ts';
import { type Answer, type World, world } from '../support/world.ts';

useJumpingClock(Date.parse('2026-11-26T10:00:00Z'));

const ANNA = 'anna@client.example';
const open = ({ sandbox }: World): string[] => sandbox.store.shares.list().map(({ id }) => String(id));
const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));

async function done(made: World, args: Record<string, unknown>): Promise<Answer> {
  const plan = await made.call('revoke_shares', args);
  expect(plan.status).toBe('preview');
  return made.call('revoke_shares', { confirm: plan.confirm });
}

describe('revoke_shares', () => {
  test('says who loses what, and ends that alone', async () => {
    const made = await world();
    const plan = await made.call('revoke_shares', { shares: [ids.share] });
    expect(plan.summary).toBe('Ends 1 share, at once. It cannot be undone: a new share has a new link.');
    expect(plan.affected).toEqual([
      expect.stringMatching(
        /^asset "Interview Jordan Reyes, Lisbon": anna@client\.example \(external, 6 visits, .*j\.lund/,
      ),
    ]);
    expect(writes(made)).toEqual([]);
    expect(await made.call('revoke_shares', { confirm: plan.confirm })).toMatchObject({ status: 'done', ended: 1 });
    expect(open(made)).toEqual([ids.expiredShare, ids.collectionShare]);
    expect(writes(made)).toHaveLength(1);
  });

  test('says what a share of a collection cuts off', async () => {
    const made = await world();
    const plan = await made.call('revoke_shares', { collection: 'Spring Campaign' });
    expect(plan.affected).toEqual([
      expect.stringMatching(/^collection "Spring Campaign" with all 7 assets in it: anna@/),
    ]);
  });

  test('says whose approval is waited for, where the guest loses access', async () => {
    const made = await world();
    const { notes } = await made.call('revoke_shares', { collection: 'Spring Campaign' });
    expect(notes.join()).toMatch(
      /may not be able to answer after this: "Spring teaser, landscape, 30 seconds" v1 waits on anna@client\.example\./,
    );
    // Whoever has answered, or was not asked, is not waited for.
    const other = await made.call('revoke_shares', { shares: [ids.share] });
    expect((other.notes ?? []).join()).not.toContain('approval');
  });

  test('of an asset leaves the share of its collection, and says so', async () => {
    const made = await world();
    const asset = 'Spring teaser, landscape, 30 seconds';
    const terms = { asset, emails: [ANNA], until: 'Friday' };
    const shown = await made.call('share', terms);
    const { share_id, revoke } = await made.call('share', { confirm: shown.confirm });
    expect(revoke).toContain(share_id);
    // The list of all shares is late: with its object the share is found all the same.
    const of = { asset, shares: [share_id] };
    const plan = await made.call('revoke_shares', of);
    expect(plan.notes.join()).toContain(
      `is also shared by ${ids.collectionShare} (collection "Spring Campaign") with ${ANNA}`,
    );
    expect(await made.call('revoke_shares', { confirm: plan.confirm })).toMatchObject({ ended: 1 });
    expect(open(made)).toContain(ids.collectionShare);
    expect(open(made)).not.toContain(share_id);
  });

  test('does not count as staying what has ended', async () => {
    const made = await world();
    const { store } = made.sandbox;
    const [teaser] = store.assets.list(({ title }) => title === 'Spring teaser, landscape, 30 seconds');
    store.shares.update(ids.share, { object_id: teaser?.id });
    made.sandbox.settle();
    const notes = async () => (await made.call('revoke_shares', { shares: [ids.share] })).notes?.join() ?? '';
    expect(await notes()).toContain(`is also shared by ${ids.collectionShare}`);
    store.shares.update(ids.collectionShare, { expires: '2026-11-01T00:00:00+00:00' });
    expect(await notes()).not.toContain(ids.collectionShare);
  });

  test('says who is nearest where nobody has the address, and takes a guest by a part of it', async () => {
    const made = await world();
    const typo = await made.call('revoke_shares', { person: 'anna@cleint.example' });
    expect(typo.notes.join()).toMatch(/no open share fits.*Nearest: anna@client\.example/);
    const plan = await made.call('revoke_shares', { person: 'anna' });
    expect(plan.summary).toBe((await made.call('revoke_shares', { person: ANNA })).summary);
  });

  test('takes a person out of what others keep, and ends what nobody else has', async () => {
    const made = await world();
    const answer = await done(made, { person: 'Anna@Client.example' });
    expect(answer).toMatchObject({ ended: 1, taken_out: 1 });
    expect(open(made)).not.toContain(ids.collectionShare);
    expect(made.sandbox.store.shares.get(ids.share)?.users).toMatchObject([{ email: 'j.lund@client.example' }]);
    expect(await made.call('revoke_shares', { asset: ids.interview, person: ANNA })).toMatchObject({
      status: 'done',
      ended: 0,
    });
  });

  test('takes out a guest who is in a share twice, though one of the two has gone meanwhile', async () => {
    const gone: string[] = [];
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        if (request.method !== 'DELETE' || gone.length > 0) return sandbox.fetch(request);
        gone.push(request.url);
        return Response.json({ errors: ['Not found'] }, { status: 404 });
      },
    });
    const users = made.sandbox.store.shares.get(ids.share)?.users as Answer[];
    const anna = users.find(({ email }) => email === ANNA) as Answer;
    made.sandbox.store.shares.update(ids.share, { users: [{ ...anna, id: made.sandbox.store.newId() }, ...users] });
    expect(await done(made, { asset: ids.interview, person: ANNA })).toMatchObject({ taken_out: 1 });
    expect(gone).toHaveLength(1);
    expect(made.sandbox.store.shares.get(ids.share)?.users).not.toContainEqual(
      expect.objectContaining({ id: anna.id }),
    );
  });

  test('leaves what has ended, unless it is named', async () => {
    const made = await world();
    const answer = await made.call('revoke_shares', { asset: ids.match });
    expect(answer).toMatchObject({ status: 'done', ended: 0 });
    expect(await done(made, { shares: [ids.expiredShare] })).toMatchObject({ ended: 1 });
  });

  test('refuses ids that are not found, and says where it looked', async () => {
    const made = await world();
    expect(await made.refused('revoke_shares', { shares: [ids.share, UNKNOWN] })).toContain(
      `${UNKNOWN} is not among the shares that you may see`,
    );
    expect(await made.refused('revoke_shares', { asset: ids.match, shares: [ids.share] })).toContain(
      'not among the shares of',
    );
    expect(await made.refused('revoke_shares')).toContain('Say which');
  });

  test('reports what was refused, and goes on', async () => {
    const made = await watched();
    const plan = await made.call('revoke_shares', { person: ANNA });
    made.sandbox.deny('can_delete_object_shares');
    const answer = await made.call('revoke_shares', { confirm: plan.confirm });
    expect(answer).toMatchObject({ ended: 0, taken_out: 1 });
    expect(answer.failed).toEqual([expect.stringContaining('403')]);
  });
});
