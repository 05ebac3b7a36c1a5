// A process of its own that answers every request with one asset, as long as a usual one is. Prints its port.
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

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port, bytes: body.length }));
});
process.stdin.once('end', () => process.exit(0)).resume();
