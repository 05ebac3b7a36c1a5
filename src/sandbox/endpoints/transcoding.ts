import { cursorQuery, pageQuery, text, whole } from '../fields.ts';
import { cursorOf, pageOf } from '../paging.ts';
import type { Call, Endpoint, Reply, Row } from '../types.ts';
import { partsOf, rowsOf, textsOf } from '../values.ts';
import { created, ok, rowOr404 } from './common.ts';

const FILES = '/API/files/v1/';
const QUEUED_TYPES = ['TRANSCODE', 'KEYFRAMES', 'TRANSCRIPTION', 'MEDIAINFO', 'ANALYZE'];
const FINAL_STATUSES = ['FINISHED', 'FINISHED_WITH_WARNING', 'FAILED', 'ABORTED', 'SKIPPED'];

/** Waiting and running jobs, oldest first. Entries have no title and no cause; the job has. */
function queue(call: Call): Reply {
  const waiting = call.store.jobs.list(
    (job) => QUEUED_TYPES.includes(String(job.type)) && !FINAL_STATUSES.includes(String(job.status)),
  );
  const entries = waiting.map(
    (job): Row => ({
      id: job.id,
      job_id: job.id,
      type: job.type,
      status: job.status,
      priority: job.priority,
      retry_count: 0,
      user_id: job.created_by,
      system_domain: 'harbour-media',
      date_created: job.date_created,
      date_updated: job.date_modified,
    }),
  );
  return ok({ ...pageOf(entries, { ...call, query: { sort: 'date_created,asc', ...call.query } }), facets: {} });
}

const shown = ({ storage_ids: _, workers: __, ...transcoder }: Row): Row => transcoder;
const serves = (transcoder: Row, storageId: unknown): boolean =>
  textsOf(transcoder.storage_ids).includes(String(storageId));

function ofStorage(call: Call): Reply {
  const storage = rowOr404(call.store.storages, call.path.storage_id, 'Storage');
  const rows = call.store.transcoders.list((row) => serves(row, storage.id));
  return ok(
    cursorOf(
      rows.map((row) => ({ ...shown(row), storage_id: storage.id })),
      call,
    ),
  );
}

function list(call: Call): Reply {
  const [ids, words] = [partsOf(call.query.ids), String(call.query.query ?? '').toLowerCase()];
  const rows = call.store.transcoders.list(
    (row) => (ids.length === 0 || ids.includes(String(row.id))) && String(row.name).toLowerCase().includes(words),
  );
  return ok({ ...pageOf(rows.map(shown), call), facets: {} });
}

/** The status of transcoders; only storage workers may read it. */
function workers({ store }: Call): Reply {
  const objects = store.transcoders
    .list()
    .flatMap((row) => rowsOf(row.workers).map((worker) => ({ ...worker, storage_id: textsOf(row.storage_ids)[0] })));
  return created({ objects });
}

const roles = ['can_read_transcoders'];

export const transcodingEndpoints: readonly Endpoint[] = [
  {
    route: 'GET /API/transcode/v1/transcode/queue/',
    roles: ['can_read_transcode_jobs'],
    query: { page: whole, per_page: whole, sort: text },
    handle: queue,
  },
  {
    route: 'GET /API/transcode/v1/edge_transcode/workers/',
    roles: ['is_storage_worker', 'can_read_transcoders'],
    handle: workers,
  },
  {
    route: `GET ${FILES}storages/{storage_id}/transcoders/`,
    roles: ['can_read_storages', 'can_read_transcoders'],
    query: cursorQuery,
    handle: ofStorage,
  },
  {
    route: `GET ${FILES}transcoders/`,
    roles,
    query: { ...pageQuery, per_page: whole, ids: text, query: text },
    handle: list,
  },
  {
    route: `GET ${FILES}transcoders/{transcoder_id}/`,
    roles,
    handle: ({ store, path }) => ok(shown(rowOr404(store.transcoders, path.transcoder_id, 'Transcoder'))),
  },
];
