import { inFlight, serving } from './binary.mjs';
import { WIDTH } from './calls.mjs';
import { aim, count, perSecond, print, row, spread } from './report.mjs';
import { ASSET, startUpstream } from './upstreams.mjs';

const WRITES = 2_000;
const ALLOWED = 50;
const WINDOW = 5_000;

/** A bulk of writes with the server's own limit as it is, against an upstream that allows as much as Iconik does. */
export async function measurePaced() {
  const upstream = await startUpstream(ALLOWED);
  const server = await serving(upstream, []);
  const ends = [];
  const began = performance.now();
  await inFlight(WIDTH, WRITES, async () => {
    await server.call('create_segment', { ...ASSET, segment_type: 'MARKER', segment_text: 'Goal' });
    ends.push(performance.now() - began);
  });
  const rate = WRITES / ((performance.now() - began) / 1_000);
  await server.stop();
  const { requests, refused } = await upstream.stop();
  const windows = Array.from({ length: Math.floor(ends.at(-1) / WINDOW) }, (_, index) =>
    ends.filter((at) => at >= index * WINDOW && at < (index + 1) * WINDOW),
  );
  const rates = spread(windows.map((inside) => inside.length / (WINDOW / 1_000)));
  const part = rate / ALLOWED;
  return [
    row(`floor: what the upstream allows`, spread([ALLOWED]), perSecond),
    row(`${count(WRITES)} writes, by default limits`, { ...rates, median: rate }, perSecond, {
      ratio: part,
      ...aim(part, '>=', 0.9, '0.90 x'),
    }),
    row(`429 among ${count(requests)} answers`, spread([refused]), count, aim(refused, '<=', 0, '0')),
  ];
}

if (import.meta.filename === process.argv[1]) print(await measurePaced());
