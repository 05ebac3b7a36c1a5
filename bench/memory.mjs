import { once } from 'node:events';
import { join } from 'node:path';
import { inFlight, serving, spawnQuietly } from './binary.mjs';
import { WIDTH } from './calls.mjs';
import { aim, megabytes, print, row, spread } from './report.mjs';
import { ASSET, PATH, startUpstream } from './upstreams.mjs';

const CALLS = 1_000;

/** Resident memory of new processes: the server, and a bare Node that fetches the same as often. */
export async function measureMemory({ rounds = 5 } = {}) {
  const upstream = await startUpstream();
  const bare = [];
  const after = [];
  const atOnce = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await bareFetches(upstream.url + PATH));
      after.push((await withServer(upstream, WIDTH)).now);
      atOnce.push((await withServer(upstream, CALLS)).most);
    }
  } finally {
    await upstream.stop();
  }
  const floor = spread(bare);
  const line = (what, sizes, limit) => {
    const values = spread(sizes);
    const ratio = values.median / floor.median;
    return row(what, values, megabytes, { ratio, ...(limit && aim(ratio, '<=', limit, `${limit} x`)) });
  };
  return [
    row(`floor: memory of bare Node after ${CALLS} fetches, ${WIDTH} in flight`, floor, megabytes),
    line(`memory after ${CALLS} calls, ${WIDTH} in flight`, after, 1.25),
    line(`most memory in ${CALLS} calls at once`, atOnce),
  ];
}

async function withServer(upstream, width) {
  const server = await serving(upstream);
  await inFlight(width, CALLS, () => server.call('get_asset', ASSET));
  const size = server.memory();
  await server.stop();
  return size;
}

async function bareFetches(url) {
  const child = spawnQuietly(
    [join(import.meta.dirname, 'floors', 'fetches.mjs'), url, String(CALLS), String(WIDTH)],
    {},
  );
  const [bytes] = await once(child.stdout, 'data');
  return Number(bytes) / 1e6;
}

if (import.meta.filename === process.argv[1]) print(await measureMemory());
