import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, story, within } from './story.ts';

useJumpingClock(Date.parse('2026-11-20T09:00:00Z'));

const WORDS = 'The transcoder has the codec now: restart the TRANSCODE jobs that failed for it, and only those.';

type Made = Awaited<ReturnType<typeof story>>;
const failedIn = ({ sandbox }: Made): Answer[] => sandbox.store.jobs.list(({ status }) => status === 'FAILED');
const hasCodec = (job: Answer): boolean => /codec/i.test(JSON.stringify([job.steps, job.error_message]));

test('the jobs that failed for one cause are restarted, and those of other causes are not', async () => {
  const made = await story(WORDS);
  const others = failedIn(made).filter((job) => job.type !== 'TRANSCODE' || !hasCodec(job)).length;
  const { groups } = await made.ask('check_jobs', { type: 'TRANSCODE', state: 'failed' });
  const line = groups.find((one: string) => /codec/i.test(one));
  const handle = /run_\w{6}/.exec(line)?.[0];
  const plan = await made.ask('steer_jobs', { action: 'restart', jobs: [handle] });
  expect(failedIn(made).length).toBeGreaterThan(others);
  const answer = await made.ask('steer_jobs', { confirm: plan.confirm });
  expect(answer.sent).toBe(29);
  expect(failedIn(made)).toHaveLength(others);
  within(made.spent());
});

test('what somebody restarted meanwhile is not restarted twice', async () => {
  const made = await story(WORDS);
  const plan = await made.ask('steer_jobs', { action: 'restart', cause: 'codec', type: 'TRANSCODE' });
  const [first] = failedIn(made).filter(hasCodec);
  made.sandbox.store.jobs.update(first.id, { status: 'STARTED' });
  made.sandbox.reindex();
  const before = failedIn(made).length;
  expect(await made.fail('steer_jobs', { confirm: plan.confirm })).toMatch(/changed since/);
  expect(failedIn(made)).toHaveLength(before);
});
