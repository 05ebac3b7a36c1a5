import { serving } from './binary.mjs';
import { aim, milliseconds, print, row, spread } from './report.mjs';

const NOWHERE = { url: 'http://127.0.0.1:9' };
/** Refused for want of an id, before anything is sent. */
const INCOMPLETE = { operation: 'GET /assets/v1/assets/{asset_id}/' };
const LOOP = { program: 'for (;;) {}' };

/** The catalogue when it is first asked, a program, and how long others wait while a program computes. */
export async function measureCatalogue({ rounds = 7 } = {}) {
  const first = [];
  const later = [];
  const program = [];
  const loop = [];
  const pings = [];
  for (let round = 0; round < rounds; round += 1) {
    const server = await serving(NOWHERE);
    // Loads the tools: what comes after it is the catalogue alone.
    await asked(server, 'show_asset', {});
    first.push(await asked(server, 'read_operation', INCOMPLETE));
    later.push(await asked(server, 'read_operation', INCOMPLETE));
    await asked(server, 'run_query', { program: 'return 1;' });
    program.push(await asked(server, 'run_query', { program: 'return 1;' }));
    const { took, most } = await whileLooping(server);
    loop.push(took);
    pings.push(most);
    await server.stop();
  }
  const at = (what, values, limit) => {
    const { median } = spread(values);
    return row(what, spread(values), milliseconds, limit && aim(median, '<=', limit, `${limit} ms`));
  };
  return [
    at('catalogue, first call (a refusal)', first, 20),
    at('the same, later', later),
    at('a program that returns 1', program),
    at('a program that loops, until it is ended', loop),
    at('longest ping meanwhile', pings, 200),
  ];
}

async function asked(server, name, args) {
  const began = performance.now();
  await server.request('tools/call', { name, arguments: args });
  return performance.now() - began;
}

async function whileLooping(server) {
  let over = false;
  const loop = asked(server, 'run_query', LOOP).finally(() => {
    over = true;
  });
  let most = 0;
  while (!over) {
    const began = performance.now();
    await server.request('ping', {});
    most = Math.max(most, performance.now() - began);
  }
  return { took: await loop, most };
}

if (import.meta.filename === process.argv[1]) print(await measureCatalogue());
