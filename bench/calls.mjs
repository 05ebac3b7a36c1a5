import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { greeted, inFlight, serving } from './binary.mjs';
import { bundledFloor } from './floors/bundled.mjs';
import { aim, milliseconds, perSecond, print, row, spread } from './report.mjs';
import { ASSET, PATH, startUpstream } from './upstreams.mjs';

export const WIDTH = 16;

/**
 * `get_asset` through stdio, server and client, block by block beside the thinnest process that speaks MCP: bare Node,
 * one line in, one fetch, one line out; and beside the MCP SDK and ky with nothing of ours.
 */
export async function measureCalls() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-calls-'));
  const upstream = await startUpstream();
  const thin = await greeted([join(import.meta.dirname, 'floors', 'thin.mjs')], upstream);
  const parts = await greeted([await bundledFloor('parts.mjs', folder)], upstream);
  const server = await serving(upstream);
  const runs = [
    async () => (await fetch(upstream.url + PATH)).json(),
    () => thin.call('get_asset', ASSET),
    () => parts.call('get_asset', ASSET),
    () => server.call('get_asset', ASSET),
  ];
  try {
    for (const run of runs) await timed(run, 500);
    return [...(await latency(runs, upstream.bytes)), ...(await throughput(runs))];
  } finally {
    await thin.stop();
    await parts.stop();
    await server.stop();
    await upstream.stop();
    rmSync(folder, { recursive: true });
  }
}

async function latency(runs, bytes, { blocks = 20, each = 100 } = {}) {
  const times = runs.map(() => []);
  for (let block = 0; block < blocks; block += 1) {
    for (const [index, run] of runs.entries()) times[index].push(...(await timed(run, each)));
  }
  const [bare, floor, parts, own] = times.map(spread);
  const ratio = (values) => values.median / floor.median;
  return [
    row(`bare fetch of an asset (${bytes} bytes)`, bare, milliseconds, { ratio: ratio(bare) }),
    row('floor: the same through the thinnest MCP process', floor, milliseconds),
    row('the same through the MCP SDK and ky alone', parts, milliseconds, { ratio: ratio(parts) }),
    row('get_asset, one after the other', own, milliseconds, {
      ratio: ratio(own),
      ...aim(ratio(own), '<=', 1.4, '1.4 x'),
    }),
  ];
}

async function throughput(runs, { rounds = 7, each = 3_000 } = {}) {
  const rates = runs.map(() => []);
  for (const run of runs) await inFlight(WIDTH, 1_000, run);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, run] of runs.entries()) rates[index].push(await rateOf(run, each));
  }
  const [bare, floor, parts, own] = rates.map(spread);
  const ratio = (values) => values.median / floor.median;
  return [
    row(`bare fetch, ${WIDTH} in flight`, bare, perSecond, { ratio: ratio(bare) }),
    row(`floor: the thinnest MCP process, ${WIDTH} in flight`, floor, perSecond),
    row(`the MCP SDK and ky alone, ${WIDTH} in flight`, parts, perSecond, { ratio: ratio(parts) }),
    row(`get_asset, ${WIDTH} in flight`, own, perSecond, {
      ratio: ratio(own),
      ...aim(ratio(own), '>=', 0.75, '0.75 x'),
    }),
  ];
}

async function rateOf(work, times) {
  const began = performance.now();
  await inFlight(WIDTH, times, work);
  return (times / (performance.now() - began)) * 1_000;
}

/** Milliseconds that each of some calls took. */
export async function timed(run, times) {
  const took = [];
  for (let count = 0; count < times; count += 1) {
    const began = performance.now();
    await run();
    took.push(performance.now() - began);
  }
  return took;
}

if (import.meta.filename === process.argv[1]) print(await measureCalls());
