import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { story, within } from './support.ts';

// The queue of the sandbox stands still at one morning: ages are told from then.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-20T09:00:00Z') }));
afterAll(() => void vi.useRealTimers());

test('S4 what is stuck in the transcode queue, and why', async () => {
  const made = await story('What is stuck in the transcode queue, and why? TRANSCODE');
  const answer = await made.ask('check_jobs', { type: 'TRANSCODE' });
  expect(answer.text).toMatch(/45\b.*(offline|transcoder)/is);
  expect(answer.text).toMatch(/25\b.*space/is);
  expect(answer.text).toMatch(/29\b.*codec/is);
  expect(made.changed()).toEqual({});
  within(made.spent(), 'S4');
});
