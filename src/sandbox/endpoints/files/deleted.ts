import { pageQuery, text, whole } from '../../fields.ts';
import { pageOf } from '../../paging.ts';
import type { Call, Endpoint, Fields, Reply } from '../../types.ts';
import { ok } from '../common.ts';

const query: Fields = { ...pageQuery, per_page: whole, query: text, field_name: text };

/** What is in the recycle bin. */
const deleted =
  (table: 'file_sets' | 'formats') =>
  (call: Call): Reply => {
    const words = String(call.query.query ?? '').toLowerCase();
    const rows = call.index[table].list(
      (row) => row.status === 'DELETED' && String(row.name).toLowerCase().includes(words),
    );
    return ok({ ...pageOf(rows, call), facets: {} });
  };

export const deletedEndpoints: readonly Endpoint[] = [
  {
    route: 'GET /API/files/v1/delete_queue/file_sets/',
    roles: ['can_read_files'],
    query,
    handle: deleted('file_sets'),
  },
  { route: 'GET /API/files/v1/delete_queue/formats/', roles: ['can_read_formats'], query, handle: deleted('formats') },
];
