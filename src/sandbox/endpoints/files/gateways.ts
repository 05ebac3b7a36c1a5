import { flag, listOf, nullable, text } from '../../fields.ts';
import { type Call, type Endpoint, Refusal, type Reply, type Row } from '../../types.ts';
import { isRow, textsOf } from '../../values.ts';
import { created, ok, rowOr404, startJob } from '../common.ts';

const STORAGE = '/API/files/v1/storages/{storage_id}/';

const storageOf = ({ store, path }: Call): Row => rowOr404(store.storages, path.storage_id, 'Storage');

/** What the gateway of a storage on premises reports: its state, what it has scanned, its last log lines. */
function report(call: Call): Reply {
  const { store } = call;
  const storage = storageOf(call);
  const sent = store.gateway_reports.get(String(storage.id));
  if (storage.method !== 'FILE' || !sent) throw new Refusal(404, `No gateway reports for storage ${storage.name}`);
  const files = store.files.list((file) => file.storage_id === storage.id && file.status !== 'DELETED');
  const missing = files.filter((file) => file.status === 'MISSING');
  const waiting = store.jobs.list((job) => job.type === 'TRANSCODE' && job.status === 'WAITING');
  return ok({
    ...sent,
    storage_id: storage.id,
    version: storage.version,
    total_files_number: files.length,
    total_folders_number: new Set(files.map((file) => file.directory_path)).size,
    missing_files_number: missing.length,
    waiting_transcode_jobs_number: waiting.length,
  });
}

/** Whether a file is in or below one of the directories; none of them means all. */
const inPaths = (file: Row, paths: readonly string[]): boolean =>
  paths.length === 0 || paths.some((path) => `${file.directory_path}/`.startsWith(`${path.replace(/^\/|\/$/g, '')}/`));

/** Looks through a storage: registers what is new on it. */
function scan(call: Call): Reply {
  const { store, body } = call;
  const storage = storageOf(call);
  const id = String(storage.id);
  const settings = isRow(storage.settings) ? storage.settings : {};
  if (storage.status !== 'ACTIVE') throw new Refusal(400, `Storage ${storage.name} is not active`);
  if (settings.read === false) throw new Refusal(400, `Storage ${storage.name} cannot be read`);
  store.storages.update(id, { scanner_status: 'STARTED' });
  const [paths, names] = [textsOf(body.paths), textsOf(body.files)];
  const job = startJob(call, 'SCAN', `Scan ${storage.name}`, 1, () => {
    const found = store.unscanned.list(
      (file) =>
        file.storage_id === id && inPaths(file, paths) && (names.length === 0 || names.includes(String(file.name))),
    );
    for (const file of found) {
      store.unscanned.remove(String(file.id));
      const date = store.now();
      store.files.insert({ ...file, status: 'CLOSED', date_created: date, date_modified: date });
    }
    store.storages.update(id, { scanner_status: 'FINISHED', last_scanned: store.now() });
  });
  return created({ id: job.id, status: job.status });
}

export const gatewayEndpoints: readonly Endpoint[] = [
  { route: `GET ${STORAGE}gateway/report/`, roles: [], handle: report },
  {
    route: `POST ${STORAGE}scan/`,
    roles: ['can_scan_bucket'],
    body: { files: nullable(listOf(text)), ignore_already_active: flag, paths: nullable(listOf(text)) },
    handle: scan,
  },
];
