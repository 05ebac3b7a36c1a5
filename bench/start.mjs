import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary, spawnQuietly, speak } from './binary.mjs';
import { bundledFloor } from './floors/bundled.mjs';
import { aim, milliseconds, print, row, spread } from './report.mjs';

const ROUNDS = 25;
const CREDENTIALS = { ICONIK_APP_ID: 'bench-app-id', ICONIK_AUTH_TOKEN: 'bench-auth-token' };

/** From spawn to the answer to `initialize`, beside a server of the SDK alone and a Node that does nothing, turn by turn. */
export async function measureStart(rounds = ROUNDS) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
  try {
    const sdk = await bundledFloor('sdk.mjs', folder);
    const runs = [['-e', '0'], [sdk], [binary], [binary, '--sandbox']];
    const times = runs.map(() => []);
    for (let round = -2; round < rounds; round += 1) {
      for (const [index, args] of runs.entries()) {
        const took = await (index === 0 ? untilExit(args) : untilInitialized(args));
        // The first rounds bring the files into the page cache.
        if (round >= 0) times[index].push(took);
      }
    }
    return table(...times.map(spread));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function table(bare, sdk, own, sandbox) {
  const ratio = (values) => values.median / sdk.median;
  return [
    row('node -e 0, spawn to exit', bare, milliseconds, { ratio: ratio(bare) }),
    row('floor: start of a server of the SDK alone', sdk, milliseconds),
    row('start, spawn to initialize answer', own, milliseconds, {
      ratio: ratio(own),
      ...aim(ratio(own), '<=', 1.2, '1.2 x'),
    }),
    row('the same with --sandbox', sandbox, milliseconds, { ratio: ratio(sandbox) }),
  ];
}

async function untilExit(args) {
  const began = performance.now();
  const child = spawnQuietly(args, {});
  await new Promise((done) => child.once('exit', done));
  return performance.now() - began;
}

async function untilInitialized(args) {
  const began = performance.now();
  const server = speak(spawnQuietly(args, CREDENTIALS));
  await server.initialize();
  const took = performance.now() - began;
  await server.stop();
  return took;
}

if (import.meta.filename === process.argv[1]) print(await measureStart());
