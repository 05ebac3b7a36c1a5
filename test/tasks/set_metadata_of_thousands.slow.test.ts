import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, world } from '../support/world.ts';

useJumpingClock();

const DAY = '2031-12-31';
const values = { 'Rights expiry': DAY };

/** What happens to the n-th batch on its way to Iconik, from 1; undefined: it goes on. */
type Spoil = (n: number, signal: AbortSignal) => Promise<Response | undefined> | undefined;

/** Some two thousand videos in a selection, and the ids of every batch that was sent. */
async function videos({ spoil, deadline }: { readonly spoil?: Spoil; readonly deadline?: number } = {}) {
  const batches: string[][] = [];
  const made = await world({
    assets: 3_000,
    ...(deadline && { deadline }),
    fetch: (sandbox) => async (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'PUT' && /\/assets\/views\//.test(request.url)) {
        const { object_ids }: Answer = await request.clone().json();
        batches.push(object_ids);
        const spoilt = await spoil?.(batches.length, request.signal);
        if (spoilt) return spoilt;
      }
      return sandbox.fetch(request);
    },
  });
  const { selection, total } = await made.call('find_assets', { media_type: ['video'], limit: 1 });
  const given = { selection, values };
  const expiry = () => expiries(made.sandbox);
  return { ...made, batches, total, given, expiry, before: expiry() };
}

/** The day on which the rights of each asset end. */
const expiries = ({ store }: Sandbox): Map<string, unknown> =>
  new Map(
    store.assets.list().map(({ id }) => {
      const held = store.values.get(`assets/${id}`)?.metadata_values as Answer;
      return [String(id), held?.rights_expiry_date?.field_values?.[0]?.value];
    }),
  );

const set = (all: Map<string, unknown>): string[] => [...all].filter(([, day]) => day === DAY).map(([id]) => id);
const idsIn = (lines: readonly string[] = []): string[] =>
  lines.map((line) => /\(([0-9a-f-]{36})\)/.exec(line)?.[1] ?? '');

describe('one field of two thousand assets', () => {
  test('is planned by reading the index alone', async () => {
    const { call, given, requests, total, expiry, before } = await videos();
    const asked = requests.length;
    const plan = await call('set_metadata', given);
    expect(total).toBeGreaterThanOrEqual(2_000);
    expect(plan).toMatchObject({ status: 'preview', summary: expect.stringContaining(` on ${total} assets`) });
    const reads = /^(POST \/API\/search\/v1\/search\/|GET \/API\/metadata\/v1\/views\/)/;
    expect(requests.slice(asked).filter((line) => !reads.test(line))).toEqual([]);
    expect(requests.length - asked).toBeLessThanOrEqual(10);
    expect(expiry()).toEqual(before);
  });

  test('is written in batches of at most 500, read back, and reported by item', async () => {
    const { call, raw, given, batches, total, expiry, before } = await videos();
    const { confirm } = await call('set_metadata', given);
    const result = await raw('set_metadata', { ...given, confirm });
    const done = result.structuredContent as Answer;
    expect(batches.map(({ length }) => length)).toEqual([500, 500, 500, 500, total - 2_000]);
    expect(new Set(batches.flat()).size).toBe(total);

    const written = set(expiry());
    expect(done.changed).toBe(written.length);
    expect(done).not.toHaveProperty('remaining');
    expect(done).not.toHaveProperty('unconfirmed');
    // Who may not write one is told which, and why.
    expect(done.failed.length).toBeGreaterThan(0);
    expect(new Set([...written, ...idsIn(done.failed)])).toEqual(new Set(batches.flat()));
    for (const line of done.failed) expect(line).toMatch(/HTTP 403/);
    for (const [id, day] of expiry()) if (!written.includes(id)) expect(day).toBe(before.get(id));
    expect(encode(JSON.stringify(done)).length).toBeLessThanOrEqual(1_000);
  });

  test('does nothing when it is asked for again, but for those that failed', async () => {
    const { call, given, batches } = await videos();
    const { confirm } = await call('set_metadata', given);
    const { failed } = await call('set_metadata', { ...given, confirm });
    const sent = batches.length;
    const again = await call('set_metadata', given);
    expect(again.summary).toContain(` on ${failed.length} of`);
    expect(batches).toHaveLength(sent);
    const none = await call('set_metadata', { ...given, confirm: again.confirm });
    expect(none).toMatchObject({ changed: 0, failed: { length: failed.length } });
    expect(none.notes).toContain(`Nothing was changed: failed has the reason for each of the ${failed.length}.`);
  });

  test('goes on where Iconik failed in the middle, and writes nothing twice', async () => {
    const broken = async (n: number) =>
      n === 3 ? Response.json({ errors: ['Something broke'] }, { status: 500 }) : undefined;
    const { call, given, batches, total, expiry } = await videos({ spoil: broken });
    const { confirm } = await call('set_metadata', given);
    const first = await call('set_metadata', { ...given, confirm });
    const written = set(expiry());
    expect(written.length).toBeGreaterThan(900);
    expect(first.changed).toBe(written.length);
    expect(first.remaining).toBe(total - 1_000);
    expect(first.notes.join(' ')).toMatch(/HTTP 500.*Call again/);
    expect(batches).toHaveLength(3);

    const plan = await call('set_metadata', given);
    expect(plan.notes.join(' ')).toContain(`${written.length} already have the values`);
    const second = await call('set_metadata', { ...given, confirm: plan.confirm });
    expect(second).not.toHaveProperty('remaining');
    const later = batches.slice(3).flat();
    expect(later.filter((id) => written.includes(id))).toEqual([]);
    expect(first.changed + second.changed).toBe(set(expiry()).length);
    expect(set(expiry()).length + second.failed.length).toBe(total);
  });

  test('goes on where the time was over', async () => {
    const slow = async () => {
      await new Promise((done) => setTimeout(done, 700));
      return undefined;
    };
    const { call, given, total, expiry } = await videos({ spoil: slow, deadline: 8_000 });
    let calls = 0;
    let changed = 0;
    let done: Answer;
    do {
      const { confirm, status, ...straight } = await call('set_metadata', given);
      done = status === 'preview' ? await call('set_metadata', { ...given, confirm }) : straight;
      changed += done.changed;
      calls += 1;
    } while (done.remaining && calls < 8);
    expect(calls).toBeGreaterThan(1);
    expect(done).not.toHaveProperty('remaining');
    expect(changed).toBe(set(expiry()).length);
    expect(changed + done.failed.length).toBe(total);
  }, 60_000);

  test('stops where the host cancels, and a repeat ends it', async () => {
    const cancel = new AbortController();
    const cancelled = async (n: number) => {
      if (n === 2 && !cancel.signal.aborted) cancel.abort('stop');
      return undefined;
    };
    const { call, host, given, batches, total, expiry } = await videos({ spoil: cancelled });
    const { confirm } = await call('set_metadata', given);
    const args = { name: 'set_metadata', arguments: { ...given, confirm } };
    await expect(host.callTool(args, undefined, { signal: cancel.signal })).rejects.toThrow();
    await new Promise((done) => setTimeout(done, 300));
    expect(batches.length).toBeLessThanOrEqual(2);

    const plan = await call('set_metadata', given);
    const done = await call('set_metadata', { ...given, confirm: plan.confirm });
    expect(set(expiry()).length + done.failed.length).toBe(total);
  });
});
