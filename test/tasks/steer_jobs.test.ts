import { describe, expect, test, vi } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { UNKNOWN } from '../support/traffic.ts';
import { type Answer, type World, world } from '../support/world.ts';

// The jobs of the sandbox are of one morning.
useJumpingClock(Date.parse('2026-11-20T09:00:00Z'));

const jobsIn = ({ sandbox }: World, ...states: string[]): Answer[] =>
  sandbox.store.jobs.list(({ status }) => states.includes(String(status)));
const stateOf = ({ sandbox }: World, id: string) => sandbox.store.jobs.get(id)?.status;
const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));

describe('steer_jobs', () => {
  test('restarts a group of check_jobs by its handle, after a plan', async () => {
    const made = await world({ assets: 3_000 });
    const { groups } = await made.call('check_jobs', { type: 'TRANSCODE', state: 'failed' });
    const line = groups.find((one: string) => /codec|decoder/i.test(one)) as string;
    const handle = /steer_jobs: (run_\w{6})/.exec(line)?.[1];
    const plan = await made.call('steer_jobs', { action: 'restart', jobs: [handle] });
    const count = Number(/^failed (\d+)/.exec(line)?.[1]);
    expect(plan.summary).toBe(`Restarts ${count} jobs.`);
    expect(plan.affected[0]).toMatch(/^FAILED TRANSCODE · ".*" · ".*codec.*" · .* old · /i);
    // What check_jobs advises is said again where it counts.
    expect(plan.notes[0]).toMatch(
      new RegExp(`^${count} jobs with ".*codec.*": .*a restart alone fails again\\.$`, 'i'),
    );
    expect(writes(made)).toEqual([]);
    const answer = await made.call('steer_jobs', { confirm: plan.confirm });
    expect(answer).toMatchObject({ status: 'done', sent: count });
    expect(writes(made)).toHaveLength(1);
    expect(answer.wait_for).toMatch(/^run_/);
    const again = await made.call('steer_jobs', { action: 'restart', jobs: [handle] });
    expect(again).toMatchObject({ status: 'done', sent: 0 });
    expect(again.notes.join()).toMatch(new RegExp(`Skipped ${count} jobs: (READY|STARTED)`));
  });

  test('restarts the first of a group, the oldest, and then the next ones', async () => {
    const made = await world({ assets: 3_000 });
    const { groups } = await made.call('check_jobs', { state: 'failed' });
    const line = groups.find((one: string) => Number(/^failed (\d+)/.exec(one)?.[1]) > 5) as string;
    const count = Number(/^failed (\d+)/.exec(line)?.[1]);
    const handle = /steer_jobs: (run_\w{6})/.exec(line)?.[1];
    const restart = { action: 'restart', jobs: [handle], first: 2 };
    const whole = await made.call('steer_jobs', { ...restart, first: undefined });
    const plan = await made.call('steer_jobs', restart);
    expect(plan.summary).toBe('Restarts 2 jobs.');
    expect(plan.affected).toEqual(whole.affected.slice(0, 2));
    expect(plan.notes.join('\n')).toContain(`first: 2 → the oldest 2 of ${count}; the others stay as they are.`);
    const oldest = jobsIn(made, 'FAILED').filter(({ id }) => whole.affected.join().includes(id));
    const dates = oldest.map(({ date_created }) => String(date_created)).sort();
    await made.call('steer_jobs', { confirm: plan.confirm });
    const left = jobsIn(made, 'FAILED').filter(({ id }) => whole.affected.join().includes(id));
    expect(left.map(({ date_created }) => String(date_created)).sort()).toEqual(dates.slice(2));
    // The list of jobs is late: the next two are others all the same.
    const next = await made.call('steer_jobs', restart);
    expect(next.affected).toEqual(whole.affected.slice(2, 4));
  });

  test('takes the first of those with a cause, and of ids that are named', async () => {
    const made = await world({ assets: 3_000 });
    const all = await made.call('steer_jobs', { action: 'restart', cause: 'codec' });
    const plan = await made.call('steer_jobs', { action: 'restart', cause: 'codec', first: 3 });
    expect(plan.summary).toBe('Restarts 3 jobs.');
    expect(all.affected.length).toBeGreaterThan(3);
    const jobs = jobsIn(made, 'FAILED')
      .slice(0, 4)
      .map(({ id }) => id)
      .reverse();
    const named = await made.call('steer_jobs', { action: 'restart', jobs, first: 2 });
    expect(named.affected.map((line: string) => line.split(' · ').at(-1))).toEqual(jobs.slice(0, 2));
    expect(named.notes.join()).toContain('first: 2 → in their order 2 of 4; the others stay as they are.');
    expect(await made.refused('steer_jobs', { action: 'restart', jobs, first: 0 })).toContain('first: ');
    const one = await made.call('steer_jobs', { action: 'restart', jobs, first: 9 });
    expect(one.summary).toBe('Restarts 4 jobs.');
    expect(one.notes.join()).not.toContain('first:');
  });

  test('takes the oldest that failed without a word on the cause, and says which it leaves', async () => {
    const made = await world({ assets: 3_000 });
    const failed = jobsIn(made, 'FAILED');
    const [aborted] = failed;
    made.sandbox.store.jobs.update(aborted.id, { status: 'ABORTED', date_created: '2026-11-01T00:00:00+00:00' });
    made.sandbox.reindex();
    const plan = await made.call('steer_jobs', { action: 'restart', first: 3 });
    expect(plan.summary).toBe('Restarts 3 jobs.');
    expect(plan.affected.join()).not.toContain(aborted.id);
    const oldest = jobsIn(made, 'FAILED')
      .sort((a, b) => Date.parse(a.date_created) - Date.parse(b.date_created))
      .slice(0, 3);
    expect(plan.affected.map((line: string) => line.split(' · ').at(-1))).toEqual(oldest.map(({ id }) => id));
    expect(plan.notes.join('\n')).toContain(
      `first: 3 → the oldest 3 of ${failed.length - 1}; the others stay as they are.`,
    );
    expect(plan.notes.join('\n')).toContain('Looked at jobs in the state FAILED of the last 7 days');
  });

  test('shows even one job first where nobody has named it', async () => {
    const made = await world();
    const plan = await made.call('steer_jobs', { action: 'pause', first: 1 });
    expect(plan).toMatchObject({ status: 'preview', summary: 'Pauses 1 job.' });
    expect(writes(made)).toEqual([]);
  });

  test('takes all of a type in the words of people', async () => {
    const made = await world({ assets: 3_000 });
    const plan = await made.call('steer_jobs', { action: 'restart', type: 'proxies' });
    const known = jobsIn(made, 'FAILED').filter(({ type }) => type === 'TRANSCODE');
    expect(plan.summary).toBe(`Restarts ${known.length} jobs.`);
    expect(plan.notes.join('\n')).toContain('type: "proxies" → TRANSCODE.');
    expect((await made.call('steer_jobs', { action: 'restart', cause: 'codec', type: 'transcodes' })).summary).toMatch(
      /^Restarts/,
    );
    expect(await made.refused('steer_jobs', { action: 'restart', jobs: [known[0].id], type: 'proxies' })).toContain(
      'type: only',
    );
  });

  test('says how many failed before the days that it looked at', async () => {
    const made = await world();
    const failed = jobsIn(made, 'FAILED').length;
    vi.setSystemTime('2026-12-01T09:00:00Z');
    const { notes } = await made.call('steer_jobs', { action: 'restart', first: 9 });
    expect(notes.join('\n')).toContain(
      `${failed} jobs FAILED more than 7 days ago were not looked at: check_jobs with days lists them, jobs takes their ids or handles.`,
    );
    vi.setSystemTime('2027-03-01T09:00:00Z');
    const later = await made.call('steer_jobs', { action: 'restart', cause: 'codec' });
    expect(later.notes.join('\n')).toMatch(
      /\d+ jobs (FAILED|ABORTED).* more than 7 days ago, for whatever cause, were not looked at/,
    );
  });

  test('names its own argument where the handle is of another kind', async () => {
    const made = await world();
    const { selection } = await made.call('find_assets', { limit: 1 });
    const text = await made.refused('steer_jobs', { action: 'restart', jobs: [selection] });
    expect(text).toMatch(/^steer_jobs failed: jobs: /);
  });

  test('takes all that have a cause, and nothing else', async () => {
    const made = await world({ assets: 3_000 });
    const plan = await made.call('steer_jobs', { action: 'restart', cause: 'CODEC', type: 'transcode' });
    expect(plan.affected.every((line: string) => /codec|decoder/i.test(line))).toBe(true);
    expect(plan.notes.join()).toContain('reason, step or title has the words "CODEC"');
    const before = jobsIn(made, 'FAILED').length;
    const { sent } = await made.call('steer_jobs', { confirm: plan.confirm });
    expect(sent).toBeGreaterThan(1);
    expect(jobsIn(made, 'FAILED')).toHaveLength(before - sent);
  });

  test('finds the words of a cause in whatever order, and says where it looked if there are none', async () => {
    const made = await world({ assets: 3_000 });
    const restart = (cause: string): Promise<Answer> => made.call('steer_jobs', { action: 'restart', cause });
    const [plain, said, turned] = [await restart('codec'), await restart('the codec'), await restart('CODEC of the')];
    expect(plain.affected.length).toBeGreaterThan(1);
    expect([said.summary, turned.summary]).toEqual([plain.summary, plain.summary]);
    const none = await restart('no such words');
    expect(none.notes[0]).toBe('Nothing to do: no such job was found.');
    expect(none.status).toBe('nothing_written');
    expect(none.notes.join()).toMatch(
      /states FAILED, ABORTED whose reason, step or title has the words "no such words"/,
    );
  });

  test('says how many jobs with a cause it did not get to look at', async () => {
    const made = await world();
    const { store } = made.sandbox;
    const [failed] = jobsIn(made, 'FAILED');
    const before = jobsIn(made, 'FAILED', 'ABORTED').length;
    for (let count = before; count < 2_010; count += 1)
      store.jobs.insert({ ...failed, id: store.newId(), date_modified: store.now() });
    made.sandbox.settle();
    const { notes } = await made.call('steer_jobs', { action: 'restart', cause: 'no such words' });
    expect(notes.join()).toMatch(/\d+ older jobs in these states were not looked at/);
  });

  test('skips what is done by now, and says so', async () => {
    const made = await world();
    const [failed] = jobsIn(made, 'FAILED');
    const [finished] = jobsIn(made, 'FINISHED');
    const answer = await made.call('steer_jobs', { action: 'restart', jobs: [failed.id, finished.id, UNKNOWN] });
    expect(answer).toMatchObject({ status: 'done', sent: 1 });
    expect(answer.notes.join()).toContain('Skipped 1 job: FINISHED.');
    expect(answer.notes.join()).toContain(`Not found or not visible: ${UNKNOWN}.`);
    expect(stateOf(made, finished.id)).toBe('FINISHED');
  });

  test('shows an abort even of one job, and puts a waiting one first at once', async () => {
    const made = await world({ assets: 3_000 });
    const [waiting, other] = jobsIn(made, 'WAITING', 'READY');
    const plan = await made.call('steer_jobs', { action: 'abort', jobs: [waiting.id] });
    expect(plan.summary).toBe('Aborts 1 job. What they have done so far is lost; they can be restarted.');
    await made.call('steer_jobs', { confirm: plan.confirm });
    made.sandbox.settle();
    expect(stateOf(made, waiting.id)).toBe('ABORTED');
    expect(await made.call('steer_jobs', { action: 'first', jobs: [other.id] })).toMatchObject({ sent: 1 });
    expect(made.sandbox.store.jobs.get(other.id)?.priority).toBe(10);
    made.sandbox.reindex();
    const again = await made.call('steer_jobs', { action: 'first', jobs: [other.id] });
    expect(again.notes.join()).toContain('first already');
  });

  test('needs to know which, and takes no words for ids', async () => {
    const made = await world();
    expect(await made.refused('steer_jobs', { action: 'pause' })).toContain('exactly one of the two');
    expect(await made.refused('steer_jobs', { action: 'pause', jobs: ['all'] })).toContain('jobs: "all" is neither');
  });
});
