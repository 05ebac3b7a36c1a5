import { describe, expect, test } from 'vitest';
import { iconik, ids, spoiled, UNKNOWN, unstamped, watched, world } from '../support/traffic.ts';

const plain = { title: 'Deliver Matchday 12', type: 'CUSTOM', status: 'STARTED' };

describe('create_job', () => {
  test('registers a job with what was given and nothing else', async () => {
    const { call, sandbox, last } = await watched();
    const given = {
      ...plain,
      custom_type: 'delivery',
      object_type: 'assets',
      object_id: ids.match,
      related_objects: [{ object_id: ids.drone, object_type: 'assets' }],
      progress_processed: 0,
      metadata: { order: { number: 7 } },
      action_context: { ABORT: { url: 'https://jobs.example/abort', bulk: false } },
    };
    const { id, ...answer } = await call('create_job', given);
    expect(last()).toMatchObject({ route: 'POST /API/jobs/v1/jobs/', query: {} });
    expect(last().body).toEqual(given);
    expect(answer).toMatchObject(given);
    expect(sandbox.store.jobs.get(id)).toMatchObject({ ...given, created_by: ids.me });
  });

  test.each([
    [{ title: 'A', status: 'READY' }, 'type is missing'],
    [{ title: 'A', type: 'CUSTOM' }, 'status is missing'],
    [{ ...plain, type: 'TRANSCOD' }, 'Nearest: TRANSCODE'],
    [{ ...plain, status: 'RUNNING' }, 'status: "RUNNING" is not allowed'],
    [{ ...plain, progress: 50 }, 'Unknown argument "progress"'],
    [{ ...plain, priority: 1 }, 'Unknown argument "priority"'],
    [{ ...plain, steps: [] }, 'Unknown argument "steps"'],
    [{ ...plain, related_objects: [{ object_id: ids.match }] }, 'related_objects.0.object_type is missing'],
    [{ ...plain, action_context: { STOP: {} } }, 'action_context'],
  ])('refuses %j and sends nothing', async (args, expected) => {
    const { refused, requests } = await world();
    expect(await refused('create_job', args)).toContain(expected);
    expect(requests).toEqual([]);
  });

  test('names the role that is missing', async () => {
    const { refused, sandbox } = await world();
    sandbox.deny('can_write_jobs');
    const before = sandbox.store.jobs.size;
    expect(await refused('create_job', plain)).toMatch(/create_job failed.*403.*can_write_jobs/);
    expect(sandbox.store.jobs.size).toBe(before);
  });
});

describe('update_job', () => {
  test('reports progress, of which Iconik makes the percentage, and leaves the rest', async () => {
    const { call, sandbox, last } = await watched();
    const before = unstamped(sandbox.store.jobs.get(ids.runningJob));
    const given = { progress_processed: 30, progress_total: 40 };
    const answer = await call('update_job', { job_id: ids.runningJob, ...given });
    expect(last().route).toBe(`PATCH /API/jobs/v1/jobs/${ids.runningJob}/`);
    expect(last().body).toEqual(given);
    expect(answer).toMatchObject({ ...given, progress: 75, title: before.title, status: 'STARTED' });
    expect(unstamped(sandbox.store.jobs.get(ids.runningJob))).toEqual({ ...before, ...given });
  });

  test('follows a job to its end', async () => {
    const made = await world();
    const { id } = await made.call('create_job', { ...plain, progress_total: 3 });
    await made.call('update_job', { job_id: id, progress_processed: 1, message: 'One of three' });
    expect(await made.call('update_job', { job_id: id, status: 'FINISHED' })).toMatchObject({
      status: 'FINISHED',
      progress: 100,
      message: 'One of three',
    });
    expect(await iconik(made, `GET jobs/v1/jobs/${id}/`)).toMatchObject({ status: 'FINISHED', progress: 100 });
  });

  test('replaces free data, or merges it where that is asked for in the query', async () => {
    const { call, last } = await watched();
    const { id } = await call('create_job', { ...plain, metadata: { a: 1 } });
    const merged = await call('update_job', { job_id: id, metadata: { b: 2 }, merge_metadata: true });
    expect(last().query).toEqual({ merge_metadata: 'true' });
    expect(last().body).toEqual({ metadata: { b: 2 } });
    expect(merged.metadata).toEqual({ a: 1, b: 2 });
    expect((await call('update_job', { job_id: id, metadata: { c: 3 } })).metadata).toEqual({ c: 3 });
  });

  test('sends null for the fields to clear', async () => {
    const { call, sandbox, last } = await watched();
    const answer = await call('update_job', { job_id: ids.failedJob, clear: ['object_id', 'object_type'] });
    expect(last().body).toEqual({ object_id: null, object_type: null });
    expect(sandbox.store.jobs.get(ids.failedJob)).toMatchObject({ object_id: null, object_type: null });
    expect(answer).not.toHaveProperty('object_id');
  });

  test('shows the steps and why a job failed', async () => {
    const { call } = await world();
    const job = await call('update_job', { job_id: ids.failedJob, message: 'Looked at' });
    expect(job).toMatchObject({ status: 'FAILED', error_message: expect.stringContaining('No decoder') });
    expect(job.steps).toContainEqual(expect.objectContaining({ label: 'Transcode proxy', status: 'FAILED' }));
  });

  test('shows a status and a type that it does not know', async () => {
    const fetch = spoiled(/PATCH .*\/jobs\//, (job) => ({ ...job, status: 'HIBERNATED', type: 'DREAM', steps: null }));
    const { call } = await world({ fetch });
    const job = await call('update_job', { job_id: ids.runningJob, message: 'Hm' });
    expect(job).toMatchObject({ status: 'HIBERNATED', type: 'DREAM' });
    expect(job).not.toHaveProperty('steps');
  });

  test('says that a job does not exist', async () => {
    const { refused } = await world();
    expect(await refused('update_job', { job_id: UNKNOWN, status: 'FAILED' })).toMatch(/404.*Job .* does not exist/);
  });
});
