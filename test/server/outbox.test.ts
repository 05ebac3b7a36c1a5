import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOutbox } from '../../src/server/outbox.ts';
import { type SharedState, StateGone } from '../../src/state/types.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what could not be sent goes out later, before what came since', async () => {
  const published: unknown[] = [];
  let isAway = true;
  let meanwhile = (): void => undefined;
  const publish: SharedState['publish'] = async (news) => {
    meanwhile();
    if (isAway) throw new StateGone('away');
    published.push(...news.map(({ value }) => value));
  };
  const outbox = createOutbox({ publish } as SharedState, { error: () => undefined });
  const change = (key: string, value?: string) => ({ kind: 'writes', key, value });
  outbox.tell(change('first', 'old'), 60_000);
  outbox.tell(change('second', 'old'), 60_000);
  meanwhile = () => {
    meanwhile = () => undefined;
    outbox.tell(change('third', 'new'), 60_000);
    outbox.tell(change('first', 'new'), 60_000);
  };
  await outbox.send();
  expect(published).toEqual([]);
  isAway = false;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(published).toEqual([change('second', 'old'), change('third', 'new'), change('first', 'new')]);
});
