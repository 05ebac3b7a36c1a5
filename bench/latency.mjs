import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { start } from './binary.mjs';
import { milliseconds, print, row, spread } from './report.mjs';

const ASSET = { asset_id: 'a55e7001-5b1c-11ef-9c3a-000000000000' };
const PATH = `/API/assets/v1/assets/${ASSET.asset_id}/`;
const IN_FLIGHT = 16;

/** `get_asset` through stdio, server and client against an upstream on loopback: latency, throughput, memory. */
export async function measureCalls() {
  const upstream = await startUpstream();
  try {
    return [...(await latency(upstream)), await throughput(upstream), await memory(upstream)];
  } finally {
    await upstream.stop();
  }
}

async function startUpstream() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'upstream.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const { port, bytes } = JSON.parse(line);
  return {
    url: `http://127.0.0.1:${port}`,
    bytes,
    async stop() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

async function serving({ url }) {
  const server = start(['--rate', '0'], {
    ICONIK_APP_ID: 'bench-app-id',
    ICONIK_AUTH_TOKEN: 'bench-auth-token',
    ICONIK_BASE_URL: url,
  });
  await server.initialize();
  server.ready();
  return server;
}

/** One call after the other, block by block beside a bare fetch of the same address. */
async function latency(upstream, { blocks = 20, each = 100 } = {}) {
  const server = await serving(upstream);
  const fetched = async () => (await fetch(upstream.url + PATH)).json();
  const called = () => server.call('get_asset', ASSET);
  await timed(fetched, 500);
  await timed(called, 500);
  const bare = [];
  const own = [];
  for (let block = 0; block < blocks; block += 1) {
    bare.push(...(await timed(fetched, each)));
    own.push(...(await timed(called, each)));
  }
  await server.stop();
  const floor = spread(bare);
  const values = spread(own);
  const ratio = values.median / floor.median;
  return [
    row(`bare fetch of an asset (${upstream.bytes} bytes)`, floor, milliseconds),
    row('get_asset, one after the other', values, milliseconds, { ratio, aim: '<= 2.5 x', met: ratio <= 2.5 }),
  ];
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

async function throughput(upstream, { rounds = 7, each = 3_000 } = {}) {
  const server = await serving(upstream);
  await inFlight(server, 1_000);
  const rates = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await inFlight(server, each);
    rates.push((each / (performance.now() - began)) * 1_000);
  }
  await server.stop();
  const values = spread(rates);
  return row(`get_asset, ${IN_FLIGHT} in flight`, values, (rate) => `${Math.round(rate)}/s`, {
    aim: '>= 1500/s',
    met: values.median >= 1_500,
  });
}

/** Resident memory of a new process after a thousand calls. */
async function memory(upstream, { rounds = 5, calls = 1_000 } = {}) {
  const sizes = [];
  for (let round = 0; round < rounds; round += 1) {
    const server = await serving(upstream);
    await inFlight(server, calls);
    sizes.push(residentMegabytes(server.pid));
    await server.stop();
  }
  const values = spread(sizes);
  return row(`memory after ${calls} calls, ${IN_FLIGHT} in flight`, values, (size) => `${size.toFixed(0)} MB`, {
    aim: '<= 130 MB',
    met: values.max <= 130,
  });
}

const residentMegabytes = (pid) =>
  (Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1_024) / 1e6;

async function inFlight(server, calls) {
  let left = calls;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await server.call('get_asset', ASSET);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

if (import.meta.filename === process.argv[1]) print(await measureCalls());
