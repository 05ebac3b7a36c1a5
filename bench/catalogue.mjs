import { serving } from './binary.mjs';
import { aim, milliseconds, print, row, spread } from './report.mjs';

const NOWHERE = { url: 'http://127.0.0.1:9' };
const OPERATION = { operation: 'GET /assets/v1/assets/{asset_id}/' };
/** Tool → arguments, and what its answer has. The call of `read_operation` is refused for want of an id, before anything is sent. */
const FIRST_CALLS = {
  read_operation: [OPERATION, /asset_id/],
  find_operations: [{ words: 'bring back a deleted clip' }, /delete_queue/],
  describe_operation: [OPERATION, /asset_id/],
};
const LOOP = { program: 'for (;;) {}' };

/** The catalogue when it is first asked, a program, and how long others wait while a program computes. */
export async function measureCatalogue({ rounds = 7 } = {}) {
  const first = Object.fromEntries(Object.keys(FIRST_CALLS).map((name) => [name, { first: [], later: [] }]));
  const program = [];
  const loop = [];
  const pings = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, [args, answer]] of Object.entries(FIRST_CALLS)) {
      const server = await loaded();
      first[name].first.push(await asked(server, name, args, answer));
      first[name].later.push(await asked(server, name, args, answer));
      await server.stop();
    }
    const server = await loaded();
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
    ...Object.entries(first).flatMap(([name, times]) => [
      at(`${name}, first call`, times.first, 20),
      at('the same, later', times.later),
    ]),
    at('a program that returns 1', program),
    at('a program that loops, until it is ended', loop),
    at('longest ping meanwhile', pings, 200),
  ];
}

/** A server that has loaded its tools: what comes after it is the catalogue alone. */
async function loaded() {
  const server = await serving(NOWHERE);
  await asked(server, 'show_asset', {});
  return server;
}

async function asked(server, name, args, answer = /./) {
  const began = performance.now();
  const { result } = await server.request('tools/call', { name, arguments: args });
  const took = performance.now() - began;
  if (!answer.test(JSON.stringify(result))) throw new Error(`${name} failed: ${JSON.stringify(result)}`);
  return took;
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
