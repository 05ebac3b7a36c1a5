// Renders the clip that the sandbox serves as the proxy of its videos: draws it on a canvas in Debian's chromium, encodes
// it there, and writes `src/sandbox/storage/clip.mp4`. Needs `chromium`, or its path in CHROMIUM.
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { build } from 'esbuild';
import { args, executablePath } from './chromium.mjs';

const root = resolve(import.meta.dirname, '..');
const TARGET = join(root, 'src/sandbox/storage/clip.mp4');
const TIME_LIMIT_MS = 60_000;

const posted = await rendered(readFileSync(join(import.meta.dirname, 'media/picture.html')));
const { config, rate, ...facts } = JSON.parse(posted.get('/facts'));
const { movieOf } = await movies();
const clip = { ...facts, frames: new Uint8Array(posted.get('/frames')), description: describe(facts, config) };
const file = movieOf(clip, { frames: facts.sizes.length, timescale: rate, delta: 1 });
writeFileSync(TARGET, file);
console.log(`${TARGET}: ${file.byteLength} bytes`);

/** What the page posted, by path. */
async function rendered(page) {
  const received = new Map();
  const profile = mkdtempSync(join(tmpdir(), 'clip-'));
  const ended = new EventEmitter();
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') return response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    received.set(request.url, await buffer(request));
    response.end();
    if (received.has('/failed')) ended.emit('error', new Error(String(received.get('/failed'))));
    if (received.has('/frames')) ended.emit('done');
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const browser = spawn(process.env.CHROMIUM ?? executablePath ?? 'chromium', [
    ...args,
    `--user-data-dir=${profile}`,
    address,
  ]);
  browser.once('error', (error) => ended.emit('error', error));
  try {
    await once(ended, 'done', { signal: AbortSignal.timeout(TIME_LIMIT_MS) });
    return received;
  } finally {
    browser.kill();
    await new Promise((gone) => (browser.exitCode === null && browser.pid ? browser.once('close', gone) : gone()));
    server.close();
    server.closeAllConnections();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The box `stsd` for H.264; `config` is the content of `avcC`. */
function describe({ width, height }, config) {
  const entry = Buffer.alloc(78);
  entry.writeUInt16BE(1, 6);
  entry.writeUInt16BE(width, 24);
  entry.writeUInt16BE(height, 26);
  entry.writeUInt32BE(0x480000, 28);
  entry.writeUInt32BE(0x480000, 32);
  entry.writeUInt16BE(1, 40);
  entry.writeUInt16BE(24, 74);
  entry.writeUInt16BE(0xffff, 76);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(1, 4);
  return box('stsd', head, box('avc1', entry, box('avcC', Buffer.from(config))));
}

function box(name, ...parts) {
  const content = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** The module of the sandbox that writes MP4 files, built and loaded. */
async function movies() {
  const entry = join(root, 'src/sandbox/storage/mp4.ts');
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm' });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
