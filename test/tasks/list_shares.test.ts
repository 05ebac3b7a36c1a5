import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, world } from '../support/world.ts';

const MY_ADDRESS = 'ines.carvalho@harbourmedia.example';

useJumpingClock(Date.parse('2026-11-26T10:00:00Z'));

describe('list_shares', () => {
  test('shows those of everybody that are open, each with guests, terms, end and maker', async () => {
    const made = await world();
    const answer = await made.call('list_shares');
    expect(answer.total).toBe(2);
    const [line] = answer.shares.filter((one: string) => one.includes(ids.share));
    expect(line).toContain('asset "Interview Jordan Reyes, Lisbon"');
    expect(line).toContain('anna@client.example (external, 6 visits, last 2026-11-19)');
    expect(line).toContain('may look, comment, see transcripts, see existing comments; not ');
    expect(line).toContain('watermark burnt in; no DRM; no password');
    expect(line).toContain('until Tue 2030-05-28 09:00 UTC');
    expect(answer.notes.join()).toContain('1 have ended');
    expect(answer.notes[0]).toContain('Shares of everybody');
    expect(JSON.stringify(answer)).not.toContain('icnk.io');
    expect((await made.call('list_shares', { ended: true })).total).toBe(3);
  });

  test('of an asset shows those of the collections that hold it, too', async () => {
    const made = await world();
    const asset = 'Spring teaser, landscape, 30 seconds';
    const answer = await made.call('list_shares', { asset });
    expect(answer.shares).toEqual([expect.stringMatching(/^through collection "Spring Campaign" · anna@client/)]);
    const own = await made.call('list_shares', { collection: 'Spring Campaign' });
    expect(own.shares).toEqual([expect.stringMatching(/^shared itself · .* · password|^shared itself · .*; password/)]);
  });

  test('of a person shows what they have, by address, and what they made, by name', async () => {
    const made = await world();
    expect((await made.call('list_shares', { person: 'Anna@client.example' })).total).toBe(2);
    expect((await made.call('list_shares', { person: 'eve@evil.test' })).total).toBe(0);
    // Guests have no name: a part of the address does.
    const anna = await made.call('list_shares', { person: 'Anna' });
    expect(anna).toMatchObject({ total: 2, notes: expect.arrayContaining(['"Anna" → anna@client.example']) });
    const typo = await made.call('list_shares', { person: 'anna@cleint.example' });
    expect(typo.notes.join()).toMatch(
      /No open share that you may see names "anna@cleint.example"\. Nearest: anna@client\.example/,
    );
    expect(await made.refused('list_shares', { person: 'client.example' })).toMatch(
      /may be .*@client\.example, .*Give the whole address/,
    );
    const answer = await made.call('list_shares', { person: 'Tom Okafor', ended: true });
    expect(answer.shares).toEqual([expect.stringContaining('shared by Tom Okafor 2025-04-28')]);
    expect(await made.refused('list_shares', { person: 'Tom' })).toMatch(
      /users fit "Tom": .*Tom Okafor.*Tom Becker|Tom Becker.*Tom Okafor/,
    );
    expect(await made.refused('list_shares', { person: 'Nobody Known' })).toContain('looked at names');
    expect(await made.refused('list_shares', { person: 'Marta' })).toMatch(
      /No user fits "Marta".* Nearest: .*Maria Almeida.* People outside are named by their e-mail address/,
    );
  });

  test('of one who shared leaves out what others share with them', async () => {
    const made = await world();
    const { users } = made.sandbox.store.shares.get(ids.collectionShare) ?? {};
    const me = { ...(users as Record<string, unknown>[])[0], id: made.sandbox.store.newId(), email: MY_ADDRESS };
    made.sandbox.store.shares.update(ids.collectionShare, { users: [...(users as object[]), me] });
    made.sandbox.reindex();
    const of = async (person: string) => (await made.call('list_shares', { person })).total;
    expect([await of('me'), await of('by me'), await of('shared by Ines Carvalho')]).toEqual([2, 1, 1]);
    expect(await of('by Maria Almeida')).toBe(1);
  });

  test('shows only those of this user where it may see no others, and says so', async () => {
    const made = await world();
    made.sandbox.deny('can_manage_all_shares');
    const answer = await made.call('list_shares');
    expect(answer.shares).toHaveLength(1);
    expect(answer.notes[0]).toContain('Only the shares that you made or got');
  });

  test('names who inside the company has access to an object, or says that it did not look', async () => {
    const made = await world();
    const asked = { collection: ids.highlights };
    const { notes } = await made.call('list_shares', asked);
    expect(notes.join('\n')).toMatch(
      /Inside the company, by access rights: .*group Media managers \(read, write, delete, change-acl\).*, Ines Carvalho \(/,
    );
    const share = await made.call('share', { ...asked, emails: ['anna@client.example'], until: 'Friday' });
    expect(share.notes.join('\n')).toContain('group Media managers (read, write');
    made.sandbox.deny('can_read_acls');
    expect((await made.call('list_shares', asked)).notes.join('\n')).toMatch(
      /The team's own access was not looked at \(.*403.*\): get_object_access reads it/,
    );
  });
});
