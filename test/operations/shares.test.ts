import { describe, expect, test } from 'vitest';
import { type Answer, ids, UNKNOWN, type Watched, watched } from '../support/traffic.ts';

const chosen = { toolsets: ['shares', 'assets'] };
const interview = { object_type: 'assets', object_id: ids.interview };
const guests = {
  allow_comments: true,
  allow_approving_comments: false,
  allow_setting_approve_status: false,
  allow_download: false,
};
const writes = ({ sent }: Watched) => sent.filter(({ route }) => !route.startsWith('GET '));
async function confirmed({ call }: Watched, name: string, args: Record<string, unknown>): Promise<Answer> {
  const { confirm } = await call(name, args);
  return call(name, { ...args, confirm });
}

describe('a share by e-mail', () => {
  const args = { ...interview, emails: ['anna@client.example', 'j.lund@client.example'], ...guests };

  test('is shown first: who gets what, until when; nothing is sent', async () => {
    const made = await watched(chosen);
    const shown = await made.call('create_share', { ...args, allow_download: true, expires: '2027-01-31T18:00:00Z' });
    expect(shown.summary).toBe(
      'Mails 2 guests a link to the asset "Interview Jordan Reyes, Lisbon": guests may comment, download originals; until 2027-01-31.',
    );
    expect(shown.affected.slice(1)).toEqual(args.emails.map((guest) => ({ guest })));
    expect(writes(made)).toEqual([]);
  });

  test('lets its guests in once that is confirmed, and never answers its link', async () => {
    const made = await watched(chosen);
    const share = await confirmed(made, 'create_share', { ...args, watermark: 'standard', password: 'tide-table' });
    expect(share).toMatchObject({ object_id: ids.interview, has_password: true, watermark: 'standard' });
    expect(JSON.stringify(share)).not.toMatch(/icnk\.io|tide-table/);
    const { users } = made.sandbox.store.shares.get(share.id) ?? {};
    expect(users).toMatchObject([
      { email: 'anna@client.example', access_count: 0 },
      { email: 'j.lund@client.example' },
    ]);
    const { objects } = await made.call('list_object_shares', interview);
    expect(objects.map(({ id }: Answer) => id)).toContain(share.id);
    expect(JSON.stringify(objects)).not.toContain('icnk.io');
    expect(made.log.join()).not.toContain('tide-table');
  });

  test('is refused without its role, without guests, and for what does not exist', async () => {
    const made = await watched(chosen);
    const { confirm } = await made.call('create_share', args);
    made.sandbox.deny('can_write_shares');
    expect(await made.refused('create_share', { ...args, confirm })).toContain('can_write_shares');
    expect(await made.refused('create_share', { ...args, emails: [] })).toContain('emails');
    expect(await made.refused('create_share', { ...args, emails: ['anna'] })).toContain('emails');
    expect(await made.refused('create_share', { ...args, object_id: UNKNOWN })).toContain('does not exist');
    expect(made.sandbox.store.shares.list()).toHaveLength(3);
  });

  test('of a deleted asset is refused as Iconik words it', async () => {
    const made = await watched(chosen);
    const deleted = { ...args, object_id: ids.deleted };
    const { confirm, summary } = await made.call('create_share', deleted);
    expect(summary).toContain('in the recycle bin');
    expect(await made.refused('create_share', { ...deleted, confirm })).toContain('is deleted');
  });
});

describe('a share by link', () => {
  test('answers the link that was opened, and mails nobody', async () => {
    const made = await watched(chosen);
    const args = { object_type: 'collections', object_id: ids.springCampaign, ...guests };
    const shown = await made.call('create_share_url', args);
    expect(shown.summary).toContain('Opens the collection "Spring Campaign" to anyone with the link');
    expect(shown.summary).toContain('without an end');
    expect(JSON.stringify(shown)).not.toContain('icnk.io');
    const { url, id } = await confirmed(made, 'create_share_url', args);
    expect(url).toMatch(/^https:\/\/icnk\.io\/u\/\w{8}\/$/);
    expect(made.sandbox.store.shares.get(id)).toMatchObject({ users: [], object_id: ids.springCampaign });
  });
});

describe('a share that exists', () => {
  const share = { ...interview, share_id: ids.share };

  test('is made shorter and closed for downloads after a preview that names its guests', async () => {
    const made = await watched(chosen);
    const args = { ...share, ...guests, expires: '2026-12-01T00:00:00Z', clear: ['title'] };
    const shown = await made.call('update_share', args);
    expect(shown.summary).toContain('the share "Reyes interview, cut 3"');
    expect(shown.affected).toContainEqual({ guest: 'anna@client.example', visits: 6 });
    expect(writes(made)).toEqual([]);
    await made.call('update_share', { ...args, confirm: shown.confirm });
    expect(made.last().body).toEqual({ ...guests, expires: expect.any(String), title: null });
    const stored = made.sandbox.store.shares.get(ids.share);
    expect(Date.parse(String(stored?.expires))).toBe(Date.parse('2026-12-01T00:00:00Z'));
    expect(stored?.title).toBeNull();
  });

  test('ends after a preview, and its guests are out', async () => {
    const made = await watched(chosen);
    const shown = await made.call('delete_share', share);
    expect(shown.affected.map(({ guest }: Answer) => guest).filter(Boolean)).toHaveLength(2);
    await made.call('delete_share', { ...share, confirm: shown.confirm });
    expect(made.sandbox.store.shares.get(ids.share)).toBeUndefined();
    expect(await made.refused('delete_share', share)).toContain('does not exist');
  });

  test('is not found below another object, and its end needs a role of its own', async () => {
    const made = await watched(chosen);
    expect(await made.refused('update_share', { ...share, object_id: ids.match, ...guests })).toContain(
      'does not exist',
    );
    const { confirm } = await made.call('delete_share', share);
    made.sandbox.deny('can_delete_object_shares');
    expect(await made.refused('delete_share', { ...share, confirm })).toContain('can_delete_object_shares');
    expect(made.sandbox.store.shares.get(ids.share)).toBeDefined();
  });
});
