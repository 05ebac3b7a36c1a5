import { describe, expect, test } from 'vitest';
import { type Answer, ids, UNKNOWN, type Watched, watched } from '../support/traffic.ts';

const chosen = { toolsets: ['approvals', 'assets'] };
const match = { object_type: 'assets', object_id: ids.match };
const ANNA = 'anna@client.example';

const approvalOf = ({ sandbox }: Watched, id: string) => sandbox.store.approvals.get(`assets/${id}`);
async function requested(made: Watched, args: Record<string, unknown>): Promise<Answer> {
  const { confirm } = await made.call('create_approval_request', args);
  return made.call('create_approval_request', { ...args, confirm });
}

describe('asking for approval', () => {
  test('is shown first, with who would be asked, and asks nobody meanwhile', async () => {
    const made = await watched(chosen);
    const shown = await made.call('create_approval_request', {
      ...match,
      users: [ids.me],
      externals: [ANNA],
      min_number: 2,
    });
    expect(shown.summary).toMatch(/^Asks 1 user, 1 guest \(anna@client\.example\) to approve the asset "Matchday 12/);
    expect(shown.summary).toContain('2 approvals are enough');
    expect(approvalOf(made, ids.match)).toBeUndefined();
  });

  test('opens a request for the current version of the asset', async () => {
    const made = await watched(chosen);
    const answer = await requested(made, { ...match, users: [ids.me], externals: [ANNA] });
    expect(answer).toMatchObject({ status: 'REQUESTED', requested_by: ids.me, users: [ids.me], externals: [ANNA] });
    expect(approvalOf(made, ids.match)).toMatchObject({ status: 'REQUESTED', version_id: expect.any(String) });
  });

  test('of a collection is a job, which asks about each asset in it', async () => {
    const made = await watched(chosen);
    const { job_id } = await requested(made, {
      object_type: 'collections',
      object_id: ids.highlights,
      users: [ids.me],
    });
    made.sandbox.settle();
    expect(made.sandbox.store.jobs.get(job_id)).toMatchObject({ type: 'REQUEST_APPROVAL', status: 'FINISHED' });
    const held = made.sandbox.store.contents.where('collection_id', ids.highlights);
    for (const { object_id: id } of held) expect(approvalOf(made, String(id))).toMatchObject({ status: 'REQUESTED' });
  });

  test('needs somebody to ask, the role, and an asset', async () => {
    const made = await watched(chosen);
    expect(await made.refused('create_approval_request', match)).toContain('at least one person');
    expect(made.requests).toEqual([]);
    expect(await made.refused('create_approval_request', { ...match, object_id: UNKNOWN, users: [ids.me] })).toContain(
      UNKNOWN,
    );
    const args = { ...match, users: [ids.me] };
    const { confirm } = await made.call('create_approval_request', args);
    made.sandbox.deny('can_write_approval_request');
    expect(await made.refused('create_approval_request', { ...args, confirm })).toContain('can_write_approval_request');
  });
});

describe('an answer', () => {
  test('decides the request where all agree, and stands in the history', async () => {
    const made = await watched(chosen);
    await requested(made, { ...match, users: [ids.me] });
    await made.call('set_approval_status', { ...match, status: 'APPROVED' });
    expect(approvalOf(made, ids.match)?.status).toBe('APPROVED');
    made.sandbox.reindex();
    const { objects } = await made.call('list_asset_history', { asset_id: ids.match });
    expect(objects[0]).toMatchObject({ operation_type: 'APPROVE', user_id: ids.me });
  });

  test('that differs from another makes the request MIXED', async () => {
    const made = await watched(chosen);
    const trailer = { object_type: 'assets', object_id: ids.trailer };
    expect(approvalOf(made, ids.trailer)?.status).toBe('APPROVED');
    await made.call('set_approval_status', { ...trailer, status: 'NOT_APPROVED' });
    expect(approvalOf(made, ids.trailer)?.status).toBe('MIXED');
  });

  test('is refused where nobody asked, and without the role', async () => {
    const made = await watched(chosen);
    expect(await made.refused('set_approval_status', { ...match, status: 'APPROVED' })).toContain(
      'no approval request',
    );
    made.sandbox.deny('can_write_approval_status');
    const trailer = { object_type: 'assets', object_id: ids.trailer };
    expect(await made.refused('set_approval_status', { ...trailer, status: 'APPROVED' })).toContain(
      'can_write_approval_status',
    );
    expect(await made.refused('set_approval_status', { ...trailer, status: 'MIXED' })).toContain('status');
  });
});
