import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, world } from '../support/world.ts';

useJumpingClock();

const page = (): Response => new Response('<html>gateway</html>', { headers: { 'content-type': 'text/html' } });

/** The sandbox, until something was written; from then on reads of `what` are answered by a gateway's page. */
const brokenBehind =
  (what: RegExp) =>
  (sandbox: { readonly fetch: typeof globalThis.fetch }): typeof globalThis.fetch => {
    let written = false;
    return async (input, init) => {
      const request = new Request(input, init);
      const isSearch = request.url.includes('/search/');
      const reads = request.method === 'GET' || isSearch;
      if (written && reads && what.test(request.url)) return page();
      const response = await sandbox.fetch(request);
      if (!reads && response.ok) written = true;
      return response;
    };
  };

const confirmed = async ({ call, raw }: Awaited<ReturnType<typeof world>>, tool: string, args: Answer) => {
  const plan = await call(tool, args);
  return plan.status === 'preview' ? raw(tool, { ...args, confirm: plan.confirm }) : { structuredContent: plan };
};

describe('what was written and can not be read back', () => {
  test('a marker is told as not seen, never as failed, and is there once', async () => {
    const made = await world({ fetch: brokenBehind(/segments/) });
    const args = { asset: ids.match, items: ['0:05 Written before the gateway fell'] };
    const { structuredContent: answer }: Answer = await confirmed(made, 'annotate_asset', args);
    expect(answer).not.toHaveProperty('failed');
    expect(answer.unconfirmed).toEqual([expect.stringContaining('Written before the gateway fell')]);
    const own = made.sandbox.store.segments.list((one) => one.segment_text === 'Written before the gateway fell');
    expect(own).toHaveLength(1);
  });

  test('a value is told as not seen, never as failed', async () => {
    const made = await world({ fetch: brokenBehind(/metadata\/v1\/assets/) });
    const args = { assets: [ids.match], values: { Rating: 2 } };
    const { structuredContent: answer }: Answer = await confirmed(made, 'set_metadata', args);
    expect(answer).toMatchObject({ changed: 0, unconfirmed: [expect.stringContaining(ids.match)] });
    expect(answer).not.toHaveProperty('failed');
  });

  test('values of many are looked for again until they are seen', async () => {
    let spoilt = 0;
    const made = await world({
      assets: 200,
      fetch: (sandbox) => {
        let written = false;
        return async (input, init) => {
          const request = new Request(input, init);
          if (written && request.url.includes('/search/') && spoilt < 2) {
            spoilt += 1;
            return page();
          }
          if (request.method === 'PUT') written = true;
          return sandbox.fetch(request);
        };
      },
    });
    const { selection, total } = await made.call('find_assets', { media_type: ['video'] });
    expect(total).toBeGreaterThan(25);
    const args = { selection, values: { 'Rights expiry': '2033-03-03' } };
    const { structuredContent: answer }: Answer = await confirmed(made, 'set_metadata', args);
    expect(spoilt).toBe(2);
    expect(answer.changed + (answer.failed ?? []).length).toBe(total);
  });

  test.each([
    ['make_subclips', { asset: ids.match, ranges: ['1:00-1:10', '2:00-2:10'], names: 'Cut {n}' }],
    ['collect_assets', { assets: [ids.match, ids.drone], into: 'Training day', create_collection: true }],
    ['move_in_collections', { collection: ids.season2025, rename: 'S25', order: ['Training'] }],
  ])('%s says that its outcome is not known, and what to do', async (tool, args) => {
    const made = await world({ fetch: brokenBehind(/./) });
    const { isError, content, structuredContent }: Answer = await confirmed(made, tool, args);
    if (isError) {
      expect(content[0].text).toMatch(/Outcome unknown: .*change.* sent.*repeat/);
    } else {
      expect(structuredContent.unconfirmed ?? structuredContent.failed ?? structuredContent.remaining).toBeTruthy();
    }
  });

  test('a change that lands late is waited for, so that nobody repeats it', async () => {
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        if (request.method !== 'POST' || !request.url.endsWith('/segments/')) return sandbox.fetch(request);
        // The connection breaks at once, and what was sent gets there all the same.
        setTimeout(() => void sandbox.fetch(request), 1_500);
        throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
      },
    });
    const args = { asset: ids.match, items: ['0:07 Late'] };
    const { structuredContent: answer }: Answer = await confirmed(made, 'annotate_asset', args);
    expect(answer).toMatchObject({ added: 1 });
    expect(answer).not.toHaveProperty('failed');
    expect(made.sandbox.store.segments.list((one) => one.segment_text === 'Late')).toHaveLength(1);
  });
});
