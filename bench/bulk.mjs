import { once } from 'node:events';
import { binary, spawnQuietly, speak } from './binary.mjs';
import { aim, count, milliseconds, print, row, spread } from './report.mjs';

const DAYS = ['2031-01-31', '2031-02-28', '2031-03-31'];
const PAGE = 1_000;

/**
 * One field of some two thousand assets, on a sandbox in a process of its own and with the server's limits as they
 * are: the plan, beside a bare walk over the same documents, and the writing with its reading back.
 */
export async function measureBulk() {
  const library = spawnQuietly([binary, 'sandbox', '--port', '0', '--assets', '3000'], {});
  const env = await environmentOf(library);
  const server = speak(spawnQuietly([binary], env));
  await server.initialize();
  server.ready();
  const [bare, plans, writes] = [[], [], []];
  let assets = 0;
  try {
    for (const day of DAYS) {
      const [walked] = await timed(() => bareWalk(env));
      const { selection } = await answer(server, 'find_assets', { media_type: ['video'], limit: 1 });
      const asked = { selection, values: { 'Rights expiry': day } };
      const [planned, { confirm }] = await timed(() => answer(server, 'set_metadata', asked));
      const [written, done] = await timed(() => answer(server, 'set_metadata', { ...asked, confirm }));
      bare.push(walked);
      plans.push(planned);
      writes.push(written);
      if (done.remaining || done.unconfirmed) throw new Error('not everything was written and read back');
      assets = done.changed;
    }
  } finally {
    await server.stop();
    library.kill();
  }
  const floor = spread(bare);
  const [plan, write] = [spread(plans), spread(writes)];
  return [
    row('floor: bare search for as many documents', floor, milliseconds),
    row('plan of one field on all videos', plan, milliseconds, {
      ratio: plan.median / floor.median,
      ...aim(plan.max, '<=', 5_000, '5 s'),
    }),
    row('written in batches and read back', write, milliseconds, { ratio: write.median / floor.median }),
    row('assets written and read back', spread([assets]), count, aim(assets, '>=', 2_000, '2,000')),
  ];
}

async function environmentOf(library) {
  let text = '';
  while (!text.includes('ICONIK_AUTH_TOKEN=')) text += await once(library.stdout, 'data');
  return Object.fromEntries([...text.matchAll(/^(ICONIK_\w+)=(.+)$/gm)].map(([, name, value]) => [name, value]));
}

async function bareWalk({ ICONIK_BASE_URL, ICONIK_APP_ID, ICONIK_AUTH_TOKEN }) {
  const headers = { 'App-ID': ICONIK_APP_ID, 'Auth-Token': ICONIK_AUTH_TOKEN, 'Content-Type': 'application/json' };
  let search_after;
  do {
    const body = {
      doc_types: ['assets'],
      filter: { operator: 'AND', terms: [{ name: 'media_type', value_in: ['video'] }] },
      sort: [{ name: 'id', order: 'asc' }],
      include_fields: ['id', 'title', 'metadata.rights_expiry_date'],
      ...(search_after && { search_after }),
    };
    const url = `${ICONIK_BASE_URL}/API/search/v1/search/?per_page=${PAGE}`;
    const { objects } = await (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    search_after = objects.length === PAGE ? objects.at(-1)._sort : undefined;
  } while (search_after);
}

const answer = async (server, name, args) => (await server.call(name, args)).structuredContent;

async function timed(work) {
  const began = performance.now();
  const result = await work();
  return [performance.now() - began, result];
}

if (import.meta.filename === process.argv[1]) print(await measureBulk());
