// Runs the official conformance suite against the built server: `npm run conformance`. What it wants and this server does
// not have is in test/conformance, with the reasons. The suite is no dependency: it brings a hundred packages, and needs
// Node 22. Where it cannot be fetched, this says so and ends well.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SUITE = '@modelcontextprotocol/conformance@0.2.0-alpha.12';
const REVISIONS = ['2025-11-25', '2026-07-28'];
/** Milliseconds to fetch the suite, and for one of its runs, which takes ten seconds. */
const FETCHING = 180_000;
const RUNNING = 180_000;

const root = resolve(import.meta.dirname, '..');
const results = mkdtempSync(join(tmpdir(), 'iconik-mcp-conformance-'));

const suite = (args, timeout) =>
  spawnSync('npx', ['-y', '-p', 'node@22', '-p', SUITE, '--', 'conformance', ...args], {
    cwd: results,
    encoding: 'utf8',
    timeout,
  });

/** Rows of a list of expected failures without a reason behind them. */
const unexplained = (path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /^\s+-/.test(line) && !/ # \S/.test(line));

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/** The built server on a port; its own address is an origin that may call, which the suite tries. */
async function serve() {
  const port = await freePort();
  const own = ['--port', String(port), '--allow-origin', `http://127.0.0.1:${port}`];
  const args = [join(root, 'dist/iconik-mcp.cjs'), 'serve', '--sandbox', '--rate', '0', ...own];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${code}`);
    }),
  ]);
  return { child, url: /serves (\S+)/.exec(String(line))[1] };
}

function check(revision, url) {
  const expected = join(root, 'test/conformance', `${revision}.yml`);
  const bare = unexplained(expected);
  if (bare.length > 0) throw new Error(`${expected}: no reason behind ${bare.join(', ')}`);
  const args = ['server', '--url', url, '--requirements', revision, '--expected-failures', expected, '-o', results];
  const { status, stdout, stderr } = suite(args, RUNNING);
  const total = /^Total: .*$/m.exec(stdout)?.[0] ?? 'no total';
  console.log(`${revision}: ${total}${status === 0 ? ', none of them unexpected' : ''}`);
  if (status === 0) return true;
  console.log(`${stdout}\n${stderr}`);
  return false;
}

try {
  const fetched = suite(['list', '--server'], FETCHING);
  if (fetched.status !== 0) {
    console.log(
      `Skipped: ${SUITE} cannot be had here. ${(fetched.error?.message ?? fetched.stderr).trim().slice(-300)}`,
    );
  } else {
    const { child, url } = await serve();
    try {
      const passed = REVISIONS.map((revision) => check(revision, url));
      if (passed.includes(false)) process.exitCode = 1;
    } finally {
      child.kill();
    }
  }
} finally {
  rmSync(results, { recursive: true, force: true });
}
