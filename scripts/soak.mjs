import { parseArgs } from 'node:util';
import { drive } from './soak/drive.mjs';
import { createMix } from './soak/mix.mjs';
import { startSandbox, startServer } from './soak/processes.mjs';
import { startProxy } from './soak/proxy.mjs';
import { createRandom } from './soak/random.mjs';
import { checks, outcomes } from './soak/report.mjs';
import { atMost, none, ofLog, ofMemory, ofWrites } from './soak/verdict.mjs';

const IN_FLIGHT = 16;
/** The server's own deadline for a call is 45 s. */
const LONGEST = 47_000;
const GROWTH = 40;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    rate: { type: 'string', default: '200' },
    assets: { type: 'string', default: '200' },
    help: { type: 'boolean', short: 'h' },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (values.help || !(minutes > 0) || !Number.isInteger(seed)) {
  console.log(`npm run soak -- [--minutes 10] [--seed N] [--rate 200]

The built server against the sandbox, on loopback only, with faults in between: calls of all kinds, ${IN_FLIGHT} at a time,
some of them cancelled. Fails if something was written twice, got lost, or was left behind.
--rate is the server's own (45 by default, here more to see more calls).`);
  process.exit(values.help ? 0 : 1);
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const left = [];
process.once('exit', () => {
  for (const stop of left) stop();
});
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => process.exit(1));

async function until(done, ms) {
  const end = performance.now() + ms;
  while (!done() && performance.now() < end) await pause(20);
}

async function main() {
  const sandbox = await startSandbox(Number(values.assets));
  left.push(sandbox.stop);
  const proxy = await startProxy(sandbox.url, seed);
  left.push(proxy.close);
  const { ICONIK_APP_ID, ICONIK_AUTH_TOKEN } = sandbox.env;
  const server = await startServer({ ICONIK_APP_ID, ICONIK_AUTH_TOKEN, ICONIK_BASE_URL: proxy.url }, [
    '--rate',
    values.rate,
  ]);
  left.push(server.kill);
  const mix = await createMix(sandbox, createRandom(seed + 1));
  const { seen } = proxy;

  console.log(`Node ${process.versions.node}, seed ${seed}: ${minutes} minutes, ${IN_FLIGHT} calls in flight ...`);
  const memory = [];
  const atStart = { rss: server.rss(), files: server.files() };
  const sampler = setInterval(() => memory.push(server.rss()), 500);
  const began = performance.now();
  const end = began + minutes * 60_000;
  const records = await drive({ server, mix, random: createRandom(seed + 2), seed, inFlight: IN_FLIGHT, end });
  const seconds = (performance.now() - began) / 1_000;
  clearInterval(sampler);

  // Quiet: what was given up has to be gone, the index has to have caught up.
  seen.quiet = true;
  await until(() => seen.open.size === 0, 3_000);
  await pause(1_500);
  const idle = { open: [...seen.open], sockets: seen.sockets.size, rss: server.rss(), files: server.files() };
  const there = await mix.whereMarksAre();
  const unfound = await notFoundBySearch(server, mix.written.slice(-20));
  const versionsLeft = await mix.versionsLeft();
  const ended = await server.leave(10_000);
  await until(() => seen.sockets.size === 0, 1_000);

  const log = ofLog(server.said.stderr, [ICONIK_AUTH_TOKEN, ICONIK_APP_ID]);
  const count = (outcome) => records.filter((record) => record.outcome === outcome).length;
  const answered = records.filter(({ outcome }) => outcome !== 'cancelled');
  const mayHaveWritten = records.filter(({ marks, outcome }) => marks.length > 0 && outcome !== 'cancelled').length;
  const writeChecks = ofWrites(records, seen, there);
  const list = [
    none('calls without an answer', count('hung') + count('open')),
    none('protocol errors, lines on stdout that are no message', count('broken') + server.said.noise.length),
    none('answers that belong to another call', count('wrong')),
    atMost('longest call', Math.max(...answered.map(({ ms }) => ms)) / 1_000, LONGEST / 1_000, ' s'),
    ...writeChecks,
    none('written segments that search does not find in the end', unfound),
    none('versions gone after previews', versionsLeft ? 0 : 1),
    {
      what: 'audit lines for calls that write',
      found: `${log.audits}`,
      allowed: `>= ${mayHaveWritten}`,
      met: log.audits >= mayHaveWritten,
    },
    ...ofMemory(memory, GROWTH),
    none('requests still open when idle', idle.open.length),
    atMost('sockets open when idle', idle.sockets, IN_FLIGHT),
    ...(idle.files === undefined
      ? []
      : [
          atMost('files and sockets of the process, more than at the start', idle.files - atStart.files, IN_FLIGHT + 4),
        ]),
    none('sockets left after the host has gone', seen.sockets.size),
    {
      what: 'end after stdin was closed',
      found: `${ended.code} in ${ended.ms.toFixed(0)} ms`,
      allowed: '0 in <= 2000 ms',
      met: ended.code === 0 && ended.ms <= 2_000,
    },
    ...log.checks,
  ];

  console.log(`\n${outcomes(mix.labels, records)}\n`);
  const faults = Object.entries(seen.faults).sort(([, a], [, b]) => b - a);
  console.log(
    `${records.length} calls in ${seconds.toFixed(0)} s, ${seen.requests} requests. ` +
      `Faults: ${faults.map(([name, number]) => `${name} ${number}`).join(', ')}. ` +
      `The index was behind in ${records.filter(({ behind }) => behind).length} searches. ` +
      `At most ${seen.mostSockets} sockets at a time. ${server.said.strays} answers crossed their cancellation.`,
  );
  if (idle.rss !== undefined) {
    const figures = [atStart.rss, Math.max(...memory), idle.rss].map((size) => size.toFixed(0));
    console.log(`Memory: ${figures[0]} MB at start, at most ${figures[1]} MB, ${figures[2]} MB at the end.`);
  }
  console.log(`\n${checks(list)}`);

  for (const { what, fault } of idle.open) console.log(`  open: ${what} (${fault})`);

  const failed = list.filter(({ met }) => !met);
  for (const { what, bad = [] } of failed) {
    console.log(`\nFAILED: ${what}`);
    for (const { label, mark, outcome, often, kept, text = '' } of bad.slice(0, 5)) {
      console.log(`  ${label} ${mark}: ${outcome}, done ${often}x, there ${kept}x. ${text.slice(0, 300)}`);
    }
  }
  for (const { label, outcome, text } of records
    .filter((one) => /^(wrong|broken|hung)$/.test(one.outcome))
    .slice(0, 5)) {
    console.log(`  ${label}: ${outcome}: ${text.slice(0, 300)}`);
  }
  for (const line of [...new Set(log.others)].slice(0, 5)) console.log(`  stderr: ${line}`);
  console.log(
    failed.length === 0 ? '\nNothing leaked, nothing was written twice.' : `\n${failed.length} checks failed.`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

async function notFoundBySearch(server, marks) {
  let missing = 0;
  for (const mark of marks) {
    const args = { query: `"${mark}"`, doc_types: ['segments'], search_fields: ['segment_text'] };
    const { structuredContent } = await server.call('search', args);
    if (structuredContent?.objects.filter(({ segment_text }) => segment_text === mark).length !== 1) missing += 1;
  }
  return missing;
}

await main();
process.exit();
