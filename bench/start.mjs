import { spawn } from 'node:child_process';
import { start } from './binary.mjs';
import { aim, milliseconds, print, row, spread } from './report.mjs';

const ROUNDS = 25;
const CREDENTIALS = { ICONIK_APP_ID: 'bench-app-id', ICONIK_AUTH_TOKEN: 'bench-auth-token' };

// The aim is for Node 20: a bare Node of a later line starts in half the time, which says nothing about us.
const isOldest = process.versions.node.startsWith('20.');

/** From spawn to the answer to initialize, beside a Node that does nothing, turn by turn. */
export async function measureStart(rounds = ROUNDS) {
  const bare = [];
  const own = [];
  const sandbox = [];
  for (let round = -2; round < rounds; round += 1) {
    const times = [await bareNode(), await untilInitialized([], CREDENTIALS), await untilInitialized(['--sandbox'])];
    // The first rounds bring the files into the page cache.
    if (round < 0) continue;
    [bare, own, sandbox].forEach((list, index) => {
      list.push(times[index]);
    });
  }
  const floor = spread(bare);
  const ratio = (values) => values.median / floor.median;
  const started = spread(own);
  const withSandbox = spread(sandbox);
  return [
    row('floor: node -e 0, spawn to exit', floor, milliseconds),
    row('start, spawn to initialize answer', started, milliseconds, {
      ratio: ratio(started),
      ...(isOldest && aim(ratio(started), '<=', 2.6, '2.6 x')),
    }),
    row('the same with --sandbox', withSandbox, milliseconds, { ratio: ratio(withSandbox) }),
  ];
}

async function bareNode() {
  const began = performance.now();
  await new Promise((done) => spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }).once('exit', done));
  return performance.now() - began;
}

async function untilInitialized(args, env) {
  const began = performance.now();
  const server = start(args, env);
  await server.initialize();
  const took = performance.now() - began;
  await server.stop();
  return took;
}

if (import.meta.filename === process.argv[1]) print(await measureStart());
