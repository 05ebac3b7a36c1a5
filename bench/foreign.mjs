// What a text of 1 MB that a guest wrote costs the server: the time that its one thread works for the call, beyond the
// same call with a short text, and how long a ping waits meanwhile. Ends with 1 if either is over its limit.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { binary, speak } from './binary.mjs';

/** Milliseconds. */
const [MAX_WORK, MAX_PING] = [50, 200];
const BYTES = 1_000_000;
const RUNS = 5;

const KINDS = {
  letters: 'x',
  digits: '7',
  dashes: '-',
  arrows: '-->',
  brackets: '[',
  commas: ',',
  quotes: '"',
  'line breaks': '\n',
  'zero width': '\u200b',
  'joined emoji': '👩\u200d',
  'tag characters': '\u{e0041}',
  'variation selectors': 'a\ufe0f',
  references: '&#8203;',
  escapes: '\u001b[31m',
  accents: 'e\u0301',
};

const id = (number) => `a55e7001-5b1c-11ef-9c3a-${String(number).padStart(12, '0')}`;
const asset = { asset_id: id(0) };

/** The field that holds the text, and the call that meets it. */
const PLACES = {
  'a title, get_asset': ['title', 'get_asset', asset],
  'a title, compare_versions': ['title', 'compare_versions', { asset: id(0) }],
  'a comment, read_notes': ['segment_text', 'read_notes', { asset: id(0) }],
  'a comment as EDL': ['segment_text', 'export_markers', { asset: id(0) }],
  'a comment as CSV': ['segment_text', 'export_markers', { asset: id(0), format: 'csv' }],
  'a hit, search': ['segment_text', 'search', { query: 'x' }],
  'a hit, find_assets': ['title', 'find_assets', { words: 'x' }],
  'a name of a file': ['original_name', 'get_asset_files', asset],
  'a name of a storage': ['name', 'get_storages', {}],
  'an error': ['message', 'update_job', { job_id: id(1), message: 'x' }],
};

/** The answers that hold a field. */
const HELD_BY = {
  title: /\/assets\/[^/]+\/$|\/search\/$/,
  segment_text: /\/segments\/$|\/search\/$/,
  original_name: /\/files\/$/,
  name: /\/storages\/$/,
};

let field = '';
let text = 'short';

function answer(method, path, kind) {
  if (method === 'PATCH') return { errors: { message: [text] } };
  const versions = [{ id: id(2), version_number: 1, status: 'ACTIVE', transcribe_status: 'N/A' }];
  const one = {
    ...{ id: id(0), asset_id: id(0), version_id: id(2), title: 'A title', name: 'A name', versions, status: 'ACTIVE' },
    ...{ segment_text: 'A text', segment_type: 'COMMENT', time_start_milliseconds: 1_000, top_level: true },
    ...{
      object_type: 'assets',
      date_created: '2026-03-01T09:30:00+00:00',
      ...(HELD_BY[field]?.test(path) && { [field]: text }),
    },
  };
  const isList = /\/(segments|search|files|storages|proxies|formats|file_sets|views|transcriptions|acls)\/$/.test(path);
  const objects = kind && kind !== 'COMMENT' ? [] : [one];
  return isList ? { objects, total: objects.length, page: 1, pages: 1, per_page: 100 } : one;
}

const upstream = createServer((request, response) => {
  request.resume().on('end', () => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const status = request.method === 'PATCH' ? 400 : 200;
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer(request.method, pathname, searchParams.get('segment_type'))));
  });
});
await new Promise((done) => upstream.listen(0, '127.0.0.1', done));

/** Lets the server say how long its thread has worked, in ms: as the kernel counts it, where it does. */
const PRELOAD = `data:text/javascript,import{readFileSync}from'node:fs';const worked=()=>{try{return Number(readFileSync('/proc/self/task/'+process.pid+'/schedstat','utf8').split(' ')[0])/1e6}catch{return performance.eventLoopUtilization().active}};process.on('message',()=>process.send(worked()));process.channel.unref()`;

const child = spawn(process.execPath, ['--import', PRELOAD, binary, '--rate', '0'], {
  env: {
    PATH: process.env.PATH,
    ICONIK_APP_ID: 'bench-app-id',
    ICONIK_AUTH_TOKEN: 'bench-auth-token',
    ICONIK_BASE_URL: `http://127.0.0.1:${upstream.address().port}`,
  },
  stdio: ['pipe', 'pipe', 'ignore', 'ipc'],
});
const server = speak(child);
await server.initialize();
server.ready();

const worked = () =>
  new Promise((done) => {
    child.once('message', done);
    child.send('?');
  });

/** Milliseconds of work and of the longest ping while the call runs. */
async function measure(tool, args) {
  const before = await worked();
  let isOver = false;
  const call = server.request('tools/call', { name: tool, arguments: args }).finally(() => {
    isOver = true;
  });
  let ping = 0;
  while (!isOver) {
    const start = performance.now();
    await server.request('ping');
    ping = Math.max(ping, performance.now() - start);
    await new Promise((next) => setTimeout(next, 2));
  }
  const { error } = await call;
  if (error) throw new Error(error.message);
  return { work: (await worked()) - before, ping };
}

async function least(tool, args) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await measure(tool, args));
  return { work: Math.min(...runs.map(({ work }) => work)), ping: Math.min(...runs.map(({ ping }) => ping)) };
}

const rows = [];
for (const [place, [name, tool, args]] of Object.entries(PLACES)) {
  field = name;
  text = 'short';
  await least(tool, args);
  const floor = await least(tool, args);
  for (const [kind, unit] of Object.entries(KINDS)) {
    text = unit.repeat(Math.ceil(BYTES / Buffer.byteLength(unit)));
    const { work, ping } = await least(tool, args);
    rows.push({ place, kind, work: Math.round(Math.max(0, work - floor.work)), ping: Math.round(ping) });
  }
}
await server.stop();
upstream.close();

const over = rows.filter(({ work, ping }) => work > MAX_WORK || ping > MAX_PING);
for (const { place, kind, work, ping } of process.argv.includes('--all') ? rows : over)
  console.log(`${place.padEnd(30)} ${kind.padEnd(20)} ${String(work).padStart(6)} ms of work, ping ${ping} ms`);
const most = (key) => Math.max(...rows.map((row) => row[key]));
console.log(
  `${rows.length} texts of 1 MB: at most ${most('work')} ms of work (limit ${MAX_WORK}), ping ${most('ping')} ms (limit ${MAX_PING})`,
);
process.exitCode = over.length > 0 ? 1 : 0;
