import { describe, expect, test } from 'vitest';
import { iconik, ids, UNKNOWN, watched } from '../support/traffic.ts';

const made = () => watched({ toolsets: ['jobs'] });

describe('set_job_state', () => {
  test('aborts a running job, which ends in the background', async () => {
    const world = await made();
    const given = { job_ids: [ids.runningJob], action: 'ABORT' };
    expect(await world.call('set_job_state', given)).toEqual(given);
    expect(world.last()).toMatchObject({ route: 'PUT /API/jobs/v1/jobs/state/', body: given });
    expect(await iconik(world, `GET jobs/v1/jobs/${ids.runningJob}/`)).toMatchObject({ status: 'ABORT_PENDING' });
    world.sandbox.settle();
    expect(await iconik(world, `GET jobs/v1/jobs/${ids.runningJob}/`)).toMatchObject({ status: 'ABORTED' });
  });

  test('restarts a failed job, and pauses and resumes a running one', async () => {
    const { call, sandbox } = await made();
    const stateOf = (id: string) => sandbox.store.jobs.get(id)?.status;
    await call('set_job_state', { job_ids: [ids.failedJob], action: 'RESTART' });
    sandbox.settle();
    expect(stateOf(ids.failedJob)).toBe('STARTED');
    await call('set_job_state', { job_ids: [ids.runningJob], action: 'PAUSE' });
    expect(stateOf(ids.runningJob)).toBe('PAUSED');
    await call('set_job_state', { job_ids: [ids.runningJob], action: 'RESUME' });
    expect(stateOf(ids.runningJob)).toBe('STARTED');
  });

  test('changes no job if one is unknown, or the role is missing', async () => {
    const { refused, sandbox } = await made();
    const given = { job_ids: [ids.runningJob, UNKNOWN], action: 'ABORT' };
    expect(await refused('set_job_state', given)).toMatch(/404.*Job 0{8}.* does not exist/);
    sandbox.deny('can_write_jobs');
    expect(await refused('set_job_state', { ...given, job_ids: [ids.runningJob] })).toMatch(/403.*can_write_jobs/);
    expect(sandbox.store.jobs.get(ids.runningJob)?.status).toBe('STARTED');
  });

  test.each([
    [{ job_ids: [], action: 'ABORT' }, 'job_ids'],
    [{ job_ids: [ids.runningJob], action: 'RETRY' }, 'action: "RETRY" is not allowed'],
  ])('refuses %j and sends nothing', async (args, expected) => {
    const { refused, requests } = await made();
    expect(await refused('set_job_state', args)).toContain(expected);
    expect(requests).toEqual([]);
  });
});

test('set_job_priority lets jobs come first', async () => {
  const { call, refused, sandbox } = await made();
  const given = { job_ids: [ids.runningJob, ids.failedJob], priority: 9 };
  expect(await call('set_job_priority', given)).toEqual(given);
  for (const id of given.job_ids) expect(sandbox.store.jobs.get(id)?.priority).toBe(9);
  expect(await refused('set_job_priority', { ...given, priority: 11 })).toContain('priority');
});
