import { inFlight, serving } from './binary.mjs';
import { aim, milliseconds, perSecond, print, row, spread } from './report.mjs';
import { ASSET, PATH, startUpstream } from './upstreams.mjs';

export const WIDTH = 16;

/** `get_asset` through stdio, server and client, block by block beside a bare fetch of the same address. */
export async function measureCalls() {
  const upstream = await startUpstream();
  const server = await serving(upstream);
  const fetched = async () => (await fetch(upstream.url + PATH)).json();
  const called = () => server.call('get_asset', ASSET);
  try {
    await timed(fetched, 500);
    await timed(called, 500);
    return [...(await latency(fetched, called, upstream.bytes)), ...(await throughput(fetched, called))];
  } finally {
    await server.stop();
    await upstream.stop();
  }
}

async function latency(fetched, called, bytes, { blocks = 20, each = 100 } = {}) {
  const bare = [];
  const own = [];
  for (let block = 0; block < blocks; block += 1) {
    bare.push(...(await timed(fetched, each)));
    own.push(...(await timed(called, each)));
  }
  const floor = spread(bare);
  const values = spread(own);
  const ratio = values.median / floor.median;
  return [
    row(`floor: bare fetch of an asset (${bytes} bytes)`, floor, milliseconds),
    row('get_asset, one after the other', values, milliseconds, { ratio, ...aim(ratio, '<=', 2.5, '2.5 x') }),
  ];
}

async function throughput(fetched, called, { rounds = 7, each = 3_000 } = {}) {
  await inFlight(WIDTH, 1_000, called);
  const bare = [];
  const own = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await rateOf(fetched, each));
    own.push(await rateOf(called, each));
  }
  const floor = spread(bare);
  const values = spread(own);
  return [
    row(`floor: bare fetch, ${WIDTH} in flight`, floor, perSecond),
    row(`get_asset, ${WIDTH} in flight`, values, perSecond, {
      ratio: floor.median / values.median,
      ...aim(values.median, '>=', 1_500, '1,500/s'),
    }),
  ];
}

async function rateOf(work, times) {
  const began = performance.now();
  await inFlight(WIDTH, times, work);
  return (times / (performance.now() - began)) * 1_000;
}

async function timed(run, times) {
  const took = [];
  for (let count = 0; count < times; count += 1) {
    const began = performance.now();
    await run();
    took.push(performance.now() - began);
  }
  return took;
}

if (import.meta.filename === process.argv[1]) print(await measureCalls());
