import { expect, test } from 'vitest';
import { createClient, defaults } from '../../src/client/index.ts';

/** A client that waits for turns with other processes, and what it sent. */
function sharing(turn: (rate: number, signal: AbortSignal) => Promise<void>, rate = 45) {
  const sent: string[] = [];
  const client = createClient({
    ...defaults,
    limits: { ...defaults.limits, rate },
    turn,
    baseUrl: 'https://iconik.example',
    appId: 'app',
    authToken: 'token',
    userAgent: 'test',
    async fetch(input) {
      sent.push(new Request(input).url);
      return Response.json({ objects: [] });
    },
  });
  const ask = (signal?: AbortSignal) => client.request('GET /assets/v1/assets/', {}, { ...(signal && { signal }) });
  return { sent, ask };
}

test('nothing is sent before its turn among all processes has come', async () => {
  let begin: () => void = () => undefined;
  const rates: number[] = [];
  const { sent, ask } = sharing((rate) => {
    rates.push(rate);
    return new Promise((resolve) => {
      begin = resolve;
    });
  });
  const answer = ask();
  await expect.poll(() => rates).toEqual([45]);
  expect(sent).toEqual([]);
  begin();
  await answer;
  expect(sent).toHaveLength(1);
});

test('a call that is cancelled while it waits for it is not sent, and holds up nobody', async () => {
  const waiting: (() => void)[] = [];
  const { sent, ask } = sharing(() => new Promise((resolve) => void waiting.push(resolve)));
  const control = new AbortController();
  const calls = Array.from({ length: defaults.limits.inFlight }, () => ask(control.signal));
  await expect.poll(() => waiting.length).toBe(calls.length);
  control.abort();
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  const next = ask();
  await expect.poll(() => waiting.length).toBe(calls.length + 1);
  for (const begin of waiting) begin();
  await next;
  expect(sent).toHaveLength(1);
});

test('without a limit there is nothing to share', async () => {
  const { sent, ask } = sharing(() => Promise.reject(new Error('asked for a turn')), 0);
  await ask();
  expect(sent).toHaveLength(1);
});
