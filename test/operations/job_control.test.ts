import { describe, expect, test } from 'vitest';
import { iconik, ids, UNKNOWN, watched } from '../support/traffic.ts';

const made = () => watched({ toolsets: ['jobs'] });

describe('set_job_state', () => {
  test('aborts a running job, which ends in the background', async () => {
    const world = await made();
    const given = { job_ids: [ids.runningJob], action: 'ABORT' };
    expect(await world.call('set_job_state', given)).toMatchObject(given);
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

  test('shows several jobs first, and changes them once that is confirmed', async () => {
    const { call, sandbox, sent } = await made();
    const given = { job_ids: [ids.runningJob, ids.failedJob], action: 'RESTART' };
    const { confirm, summary, affected } = await call('set_job_state', given);
    expect(summary).toBe('Restarts 2 jobs.');
    expect(affected).toEqual(given.job_ids.map((id) => expect.stringMatching(new RegExp(`\\w.* · [A-Z_]+ · ${id}$`))));
    expect(sent.filter(({ route }) => !route.startsWith('GET '))).toEqual([]);
    expect(await call('set_job_state', { ...given, confirm })).toMatchObject(given);
    for (const id of given.job_ids) expect(sandbox.store.jobs.get(id)).toMatchObject({ status: 'READY' });
  });

  test('a job that is restarted no longer has its old error', async () => {
    const { call, sandbox } = await made();
    expect(sandbox.store.jobs.get(ids.failedJob)?.error_message).toEqual(expect.any(String));
    await call('set_job_state', { job_ids: [ids.failedJob], action: 'RESTART' });
    expect(sandbox.store.jobs.get(ids.failedJob)?.error_message).toBeNull();
  });

  test('changes no job if one is unknown, or the role is missing', async () => {
    const { call, refused, sandbox } = await made();
    const given = { job_ids: [ids.runningJob, UNKNOWN], action: 'ABORT' };
    const { confirm } = await call('set_job_state', given);
    expect(await refused('set_job_state', { ...given, confirm })).toMatch(/404.*Job 0{8}.* does not exist/);
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
  const { confirm, summary } = await call('set_job_priority', given);
  expect(summary).toBe('Sets priority 9 of 2 jobs.');
  expect(await call('set_job_priority', { ...given, confirm })).toMatchObject(given);
  for (const id of given.job_ids) expect(sandbox.store.jobs.get(id)?.priority).toBe(9);
  expect(await refused('set_job_priority', { ...given, priority: 11 })).toContain('priority');
});
