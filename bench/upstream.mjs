// A process of its own that answers every request with one asset, as long as a usual one is. Prints its port, and at
// its end what it was asked. With a number as its argument it allows so many requests a second and answers 429 to more.
import { createServer } from 'node:http';

const id = (number) => `a55e7001-5b1c-11ef-9c3a-${String(number).padStart(12, '0')}`;
const version = (number) => ({
  id: id(number),
  version_number: number,
  status: 'ACTIVE',
  is_online: true,
  archive_status: 'NOT_ARCHIVED',
  analyze_status: 'N/A',
  transcribe_status: 'DONE',
  face_recognition_status: 'N/A',
  transcribed_languages: ['en'],
  has_unconfirmed_persons: false,
  person_ids: [],
  created_by_user: id(90),
  date_created: '2026-03-01T09:30:00.000000+00:00',
});
const asset = {
  id: id(0),
  title: 'Interview Mara Lind, Porto',
  type: 'ASSET',
  status: 'ACTIVE',
  is_online: true,
  is_blocked: false,
  archive_status: 'NOT_ARCHIVED',
  analyze_status: 'N/A',
  face_recognition_status: 'N/A',
  favoured: false,
  category: null,
  external_id: null,
  external_link: null,
  site_name: null,
  warning: null,
  created_by_user: id(90),
  updated_by_user: id(90),
  date_created: '2026-03-01T09:30:00.000000+00:00',
  date_modified: '2026-03-02T09:30:00.000000+00:00',
  date_imported: '2026-03-01T09:31:00.000000+00:00',
  date_viewed: '2026-03-03T10:00:00.000000+00:00',
  date_deleted: null,
  deleted_by_user: null,
  person_ids: [id(70), id(71)],
  system_domain_id: id(99),
  versions: [version(1), version(2)],
};
const body = Buffer.from(JSON.stringify(asset));
const TYPE = { 'content-type': 'application/json' };
const WINDOW = 20_000;

/** As Iconik: so many requests a second, and no more than twenty times that in any twenty seconds. */
function createLimit(rate) {
  let tokens = rate;
  let filled = performance.now();
  const last = [];
  return () => {
    const now = performance.now();
    tokens = Math.min(rate, tokens + ((now - filled) * rate) / 1_000);
    filled = now;
    while (last.length > 0 && last[0] <= now - WINDOW) last.shift();
    if (tokens < 1 || last.length >= (rate * WINDOW) / 1_000) return false;
    tokens -= 1;
    last.push(now);
    return true;
  };
}

const rate = Number(process.argv[2] ?? 0);
const allows = rate > 0 ? createLimit(rate) : () => true;
const seen = { requests: 0, refused: 0 };

const server = createServer((request, response) => {
  request.resume();
  seen.requests += 1;
  if (!allows()) {
    seen.refused += 1;
    response.writeHead(429, { ...TYPE, 'retry-after': '1' }).end('{"errors":["Too many requests"]}');
    return;
  }
  response.writeHead(200, { ...TYPE, 'content-length': body.length });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port, bytes: body.length }));
});
process.stdin
  .once('end', () => {
    process.stdout.write(`${JSON.stringify(seen)}\n`, () => process.exit(0));
  })
  .resume();
