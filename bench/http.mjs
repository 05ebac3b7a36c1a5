import { once } from 'node:events';
import { join } from 'node:path';
import { binary, inFlight, memoryOf, serving, spawnQuietly } from './binary.mjs';
import { timed, WIDTH } from './calls.mjs';
import { aim, megabytes, milliseconds, perSecond, print, row, spread } from './report.mjs';
import { thinHttp } from './thin_http.mjs';
import { ASSET, startUpstream } from './upstreams.mjs';

const CALL = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'get_asset', arguments: ASSET },
});
const TENANTS = 200;
const CALLS_EACH = 10;

/** `get_asset` over HTTP, block by block beside the same over stdio and beside a bare `node:http` proxy; and many callers. */
export async function measureHttp() {
  const upstream = await startUpstream();
  const thin = await listening([join(import.meta.dirname, 'floors', 'http.mjs')], upstream);
  const team = await listening([binary, 'serve', '--port', '0', '--rate', '0'], upstream);
  const stdio = await serving(upstream);
  const runs = [() => thin.call(), () => stdio.call('get_asset', ASSET), () => team.call()];
  try {
    for (const run of runs) await timed(run, 500);
    return [...(await latency(runs)), ...(await throughput(runs)), ...(await tenants(upstream))];
  } finally {
    await Promise.all([thin.stop(), team.stop(), stdio.stop()]);
    await upstream.stop();
  }
}

/** A process that serves over HTTP and says where. */
async function listening(args, { url }) {
  const child = spawnQuietly(args, {
    ICONIK_BASE_URL: url,
    // The floor has one account; a team brings its own with each request.
    ...(args.includes('serve') ? {} : { ICONIK_APP_ID: 'bench-app-id', ICONIK_AUTH_TOKEN: 'bench-auth-token' }),
  });
  const [first] = await once(child.stdout, 'data');
  const address = /serves (\S+)/.exec(String(first))[1];
  const http = thinHttp(address);
  return {
    memory: () => memoryOf(child.pid),
    call: (name = 'bench') => call(http, name),
    async stop() {
      http.close();
      child.kill(args.includes('serve') ? 'SIGTERM' : 'SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** A call of somebody; rejects where it fails. */
async function call(http, name) {
  const headers = {
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
    'X-Iconik-App-Id': `${name}-app-id`,
    'X-Iconik-Auth-Token': `${name}-auth-token`,
  };
  const { result, error } = JSON.parse(await http.post(headers, CALL));
  if (!result || result.isError) throw new Error(error?.message ?? result.content[0].text);
  return result;
}

async function latency(runs, { blocks = 10, each = 100 } = {}) {
  const times = runs.map(() => []);
  for (let block = 0; block < blocks; block += 1) {
    for (const [index, run] of runs.entries()) times[index].push(...(await timed(run, each)));
  }
  const [floor, , own] = times.map(spread);
  const ratio = own.median / floor.median;
  return [
    row('floor: an asset through a bare HTTP proxy', floor, milliseconds),
    row('get_asset over HTTP, one after the other', own, milliseconds, { ratio, ...aim(ratio, '<=', 2, '2 x') }),
  ];
}

async function throughput(runs, { rounds = 5, each = 2_000 } = {}) {
  const rates = runs.map(() => []);
  for (const run of runs) await inFlight(WIDTH, 1_000, run);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, run] of runs.entries()) {
      const began = performance.now();
      await inFlight(WIDTH, each, run);
      rates[index].push((each / (performance.now() - began)) * 1_000);
    }
  }
  const [bare, floor, own] = rates.map(spread);
  const ratio = own.median / floor.median;
  return [
    row(`floor: get_asset over stdio, ${WIDTH} in flight`, floor, perSecond),
    row(`a bare HTTP proxy, ${WIDTH} in flight`, bare, perSecond, { ratio: bare.median / floor.median }),
    row(`get_asset over HTTP, ${WIDTH} in flight`, own, perSecond, { ratio, ...aim(ratio, '>=', 0.6, '0.6 x') }),
  ];
}

/** Memory of a new server after one caller, with many, and after as many again. */
async function tenants(upstream) {
  const team = await listening([binary, 'serve', '--port', '0', '--rate', '0'], upstream);
  try {
    await inFlight(WIDTH, 500, () => team.call());
    const before = team.memory().now;
    let next = 0;
    await inFlight(WIDTH, TENANTS * CALLS_EACH, () => team.call(`caller-${Math.floor(next++ / CALLS_EACH)}`));
    const after = team.memory().now;
    const one = (value) => spread([value]);
    return [
      row('floor: memory of a server with one caller', one(before), megabytes),
      row(`memory with ${TENANTS} callers, ${CALLS_EACH} calls each`, one(after), megabytes, {
        ratio: after / before,
        ...aim(after, '<=', 400, '400 MB'),
      }),
    ];
  } finally {
    await team.stop();
  }
}

if (import.meta.filename === process.argv[1]) print(await measureHttp());
