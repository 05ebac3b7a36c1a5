import { join } from 'node:path';
import { serving, spawnQuietly, speak } from './binary.mjs';
import { aim, count, milliseconds, print, row, spread } from './report.mjs';

/** `tools/list`: the first of a session and the later ones, beside a bare Node that answers as many bytes. */
export async function measureList({ rounds = 7, each = 50 } = {}) {
  const first = [];
  const later = [];
  const bare = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    const server = await serving({ url: 'http://127.0.0.1:9' });
    first.push(await time(server));
    bytes = server.bytes();
    const echo = speak(spawnQuietly([join(import.meta.dirname, 'floors', 'echo.mjs'), String(bytes)], {}));
    await time(echo);
    for (let turn = 0; turn < each; turn += 1) {
      bare.push(await time(echo));
      later.push(await time(server));
    }
    await server.stop();
    await echo.stop();
  }
  const floor = spread(bare);
  const line = (what, times, more = () => ({})) => {
    const values = spread(times);
    return row(what, values, milliseconds, { ratio: values.median / floor.median, ...more(values.median) });
  };
  return [
    row('floor: as many bytes over stdio from bare Node', floor, milliseconds),
    line('tools/list, first of a session', first, (median) => aim(median, '<=', 15, '15 ms')),
    line('tools/list, later', later),
    row('tools/list, bytes', spread([bytes]), count, aim(bytes, '<=', 120_000, '120,000')),
  ];
}

async function time(server) {
  const began = performance.now();
  await server.request('tools/list', {});
  return performance.now() - began;
}

if (import.meta.filename === process.argv[1]) print(await measureList());
