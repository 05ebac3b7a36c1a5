import { beforeAll, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/index.ts';
import { ids, type World, type WorldOptions, world } from '../support/world.ts';
import { argumentsFor } from './generated.ts';
import { recorded } from './recorder.ts';

let made: World;
beforeAll(async () => {
  made = await world();
});

const HISTORY = 'GET /assets/v1/assets/{asset_id}/history/';
const path = JSON.stringify({ asset_id: ids.interview });

type Result = Awaited<ReturnType<World['raw']>>;
const textOf = (result: Result): string =>
  result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');

async function run(program: string, where: Pick<World, 'raw'> = made): Promise<Result> {
  const result = await where.raw('run_query', { program });
  if (result.isError) throw new Error(textOf(result));
  return result;
}

/** Operations that one program tries: its text has a limit. */
const AT_ONCE = 80;

describe('a program changes nothing', () => {
  test('and hands nothing out: every other operation is refused, and nothing is sent', async () => {
    const front = await recorded();
    const catalogue = await loadCatalogue();
    const closed = catalogue.rows.filter((row) => row.refuse || row.effect !== 'read' || row.capability || !row.isJson);
    expect(closed.length).toBeGreaterThan(600);
    for (let at = 0; at < closed.length; at += AT_ONCE) {
      const calls = closed
        .slice(at, at + AT_ONCE)
        .map((row) => [row.operation, { path: argumentsFor(catalogue, row).path }]);
      const program = `const reasons = [];
        for (const [operation, rest] of ${JSON.stringify(calls)})
          for (const way of [read, pages])
            await way(operation, rest).then(() => reasons.push('sent'), ({ message }) => reasons.push(message));
        return JSON.stringify(reasons.filter((one) => !/not offered|changes things|hands out|with a text|not for this/.test(one)));`;
      expect(textOf(await run(program, front))).toMatch(/^result: \[\]$/m);
    }
    expect(await front.sent()).toEqual([]);
  });
});

describe('while things go wrong', () => {
  /** Spoils the answer to some searches. */
  const spoiling = (spoil: (count: number, signal: AbortSignal) => Promise<Response> | undefined): WorldOptions => {
    let count = 0;
    return {
      assets: 3_000,
      fetch: (sandbox) => (input, init) => {
        const request = new Request(input, init);
        const isSearch = new URL(request.url).pathname.endsWith('/search/v1/search/');
        count += isSearch ? 1 : 0;
        return (isSearch && spoil(count, request.signal)) || sandbox.fetch(request);
      },
    };
  };
  const COUNT =
    "return (await pages('POST /search/v1/search/', { body: { doc_types: ['assets'] }, fields: ['id'] })).length;";
  const countIn = (text: string): number => Number(/^result: (\d+)$/m.exec(text)?.[1]);

  test('too many requests in the middle are waited for', async () => {
    const busy = (): Promise<Response> =>
      Promise.resolve(Response.json({ errors: ['busy'] }, { status: 429, headers: { 'Retry-After': '0' } }));
    const front = await world(spoiling((count) => ([2, 3, 5].includes(count) ? busy() : undefined)));
    const text = textOf(await run(COUNT, front));
    expect(countIn(text)).toBeGreaterThan(2_900);
    expect(text).not.toContain('PARTIAL');
  });

  test('what came before the time was over is used, and it is said how much that was', async () => {
    const hanging = (signal: AbortSignal): Promise<Response> =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const options = spoiling((count, signal) => (count > 2 ? hanging(signal) : undefined));
    const front = await world({ ...options, deadline: 12_000 });
    const text = textOf(await run(COUNT, front));
    expect(countIn(text)).toBe(2_000);
    expect(text).toMatch(
      /PARTIAL: POST \/search\/v1\/search\/ gave 2000 of \d+ objects: the time of this call is over/,
    );
  });

  test('another call is answered while a program computes', async () => {
    const order: string[] = [];
    const loop = made.raw('run_query', { program: 'for (;;) {}' }).then((result) => {
      order.push('program');
      return textOf(result);
    });
    await new Promise((done) => setTimeout(done, 50));
    await made.call('show_asset', { asset: ids.interview });
    order.push('show_asset');
    expect(await loop).toContain('it computed for more than 2 s');
    expect(order).toEqual(['show_asset', 'program']);
  });

  test('a cancelled call ends its program and its reads', async () => {
    const control = new AbortController();
    let ended = false;
    const front = await world({
      fetch: () => (input) =>
        new Promise((_, reject) => {
          (input as Request).signal.addEventListener('abort', () => {
            ended = true;
            reject(new Error('aborted'));
          });
          // It reaches the server at once.
          control.abort();
        }),
    });
    const call = front.host.callTool(
      { name: 'run_query', arguments: { program: `return read('${HISTORY}', { path: ${path} });` } },
      undefined,
      {
        signal: control.signal,
      },
    );
    await expect(call).rejects.toThrow();
    await expect.poll(() => ended).toBe(true);
  });
});

describe('a program', () => {
  test('goes on by itself where find_assets looks at some of the assets at a time', async () => {
    const large = await world({ assets: 2_600, sandbox: { indexLagMs: 0 } });
    const first = await large.call('find_assets', { where: { 'frame rate': '25' } });
    expect(first.looked_at).toContain('2000 of ');
    const text = textOf(await run("return (await find({ where: { 'frame rate': '25' } })).length;", large));
    expect(Number(/^result: (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(first.total);
    expect(text).not.toContain('next goes on');
    const limited = await run("return (await find({ where: { 'frame rate': '25' }, limit: 3 })).length;", large);
    expect(textOf(limited)).toMatch(/^result: 3$/m);
    const sorted = textOf(await run("return (await find({ sort: 'codec' })).length;", large));
    expect(sorted).toMatch(/PARTIAL: find looked at 2000 of \d+ assets: hits and order are of these alone/);
  });
});
