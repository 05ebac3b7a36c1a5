import { beforeEach, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import type { Row } from '../../src/sandbox/types.ts';
import { ids } from '../../src/sandbox/world/build/ids.ts';
import { checked } from '../support/checked.ts';
import { type Answer, ask, idsIn, rows } from './support.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = checked(createSandbox({ indexLagMs: 0 }));
});
const call = (route: string, body?: unknown): Promise<Answer> => ask(sandbox, route, body);

describe('storage usage', () => {
  const USAGE = '/stats/v1/storage/usage/by/';
  const of = (answer: Answer, bucket: string): Row[] =>
    rows(answer.body.objects).filter((row) => row.bucket_name === bucket);

  test('grows by what was stored', async () => {
    const months = await call(`GET ${USAGE}month/?from_date=2025-05-01&to_date=2025-07-31`);
    const [may, june, july] = of(months, 'harbour-originals');
    expect([may?.date, june?.date, july?.date]).toEqual(['2025-05-01', '2025-06-01', '2025-07-01']);
    expect(Number(may?.bytes_stored)).toBeLessThan(Number(july?.bytes_stored));
    const years = of(await call(`GET ${USAGE}year/`), 'harbour-originals');
    const stored = sandbox.store.files.list((file) => file.storage_id === ids.s3Storage && file.status === 'CLOSED');
    expect(years.at(-1)?.bytes_stored).toBe(stored.reduce((sum, file) => sum + Number(file.size), 0));
  });

  test('is refused for other periods, too many of them, and without the role', async () => {
    expect((await call(`GET ${USAGE}fortnight/`)).status).toBe(400);
    expect((await call(`GET ${USAGE}day/?from_date=2020-01-01`)).status).toBe(400);
    expect((await call(`GET ${USAGE}day/?from_date=soon`)).body).toEqual({
      errors: { from_date: 'Not a valid date.' },
    });
    sandbox.deny('can_read_stats');
    expect((await call(`GET ${USAGE}day/`)).status).toBe(403);
  });
});

describe('saved searches', () => {
  const SAVED = '/search/v1/search/saved/';

  test('are listed, and answer what they find now', async () => {
    expect(idsIn(await call(`GET ${SAVED}?query=pending`))).toEqual([ids.savedSearch]);
    expect(idsIn(await call(`GET ${SAVED}?favorites=true`))).toEqual([ids.savedSearch]);
    const { body } = await call(`GET ${SAVED}${ids.savedSearch}/?per_page=3`);
    expect(body).toMatchObject({
      name: 'Clearance pending',
      per_page: 3,
      search_criteria_document: { favoured: true },
    });
    expect(rows(body.objects)).toHaveLength(3);
    for (const hit of rows(body.objects)) expect(hit.metadata).toMatchObject({ rights_clearance: ['pending'] });
    const bare = await call(`GET ${SAVED}${ids.savedSearch}/?include_results=false`);
    expect(bare.body.objects).toEqual([]);
  });

  test('are kept and deleted', async () => {
    const criteria = { doc_types: ['assets'], query: 'drone', sort: [{ name: 'title', order: 'asc' }] };
    const made = await call(`POST ${SAVED}`, { name: 'Drones', criteria });
    expect(made).toMatchObject({ status: 201, body: { name: 'Drones', criteria } });
    const found = await call(`GET ${SAVED}${made.body.id}/`);
    expect(idsIn(found)).toEqual(idsIn(await call('POST /search/v1/search/', criteria)));
    expect((await call(`DELETE ${SAVED}${made.body.id}/`)).status).toBe(204);
    expect((await call(`GET ${SAVED}${made.body.id}/`)).status).toBe(404);
    expect((await call(`POST ${SAVED}`, { name: 'Nothing' })).status).toBe(400);
  });
});

describe('exports', () => {
  const LOCATIONS = '/files/v1/export_locations/';

  test('deliver asset by asset, and leave a trace in the history', async () => {
    expect(rows((await call(`GET ${LOCATIONS}?query=playout`)).body.objects)).toMatchObject([{ id: ids.playout }]);
    const given = { object_ids: [ids.deliverables], object_type: 'collections' };
    const { body } = await call(`POST ${LOCATIONS}${ids.playout}/bulk_export/`, given);
    const job = async (): Promise<Row> => (await call(`GET /jobs/v1/jobs/${body.job_id}/`)).body;
    expect(await job()).toMatchObject({ type: 'EXPORT', status: 'STARTED', progress_total: 6 });
    sandbox.settle();
    expect(await job()).toMatchObject({ status: 'FINISHED', progress: 100 });
    const [entry] = rows((await call(`GET /assets/v1/assets/${ids.master}/history/`)).body.objects);
    expect(entry).toMatchObject({ operation_type: 'EXPORT', operation_description: 'Exported to Broadcast playout' });
  });

  test('of assets alone say in the job what has no original online', async () => {
    const { store } = sandbox;
    const NEW = `/files/v2/assets/export_locations/${ids.playout}/bulk/export/`;
    const cold = store.formats.list(
      ({ name, archive_status, is_online }) => name === 'ORIGINAL' && archive_status === 'ARCHIVED' && !is_online,
    )[0];
    const objects = [{ id: ids.master }, { id: cold?.asset_id }];
    const made = await call(`POST ${NEW}`, { objects });
    expect(made.status).toBe(202);
    sandbox.settle();
    const { body } = await call(`GET /jobs/v1/jobs/${made.body.job_id}/`);
    expect(body).toMatchObject({
      status: 'FINISHED_WITH_WARNING',
      error_message: expect.stringContaining('no original is online'),
    });
    expect((await call(`POST ${NEW}`, { objects: [] })).status).toBe(400);
    expect((await call(`POST ${NEW}`, { objects: [{ id: store.newId() }] })).status).toBe(404);
  });

  test('are refused without files, to nowhere, or where they would delete', async () => {
    const to = (id: string, given: object): Promise<Answer> =>
      call(`POST ${LOCATIONS}${id}/bulk_export/`, { object_type: 'assets', ...given });
    expect((await to(ids.playout, { object_ids: [ids.placeholder] })).status).toBe(400);
    expect((await to(sandbox.store.newId(), { object_ids: [ids.master] })).status).toBe(404);
    expect((await to(ids.playout, { object_ids: [ids.master], delete_original: true })).status).toBe(400);
    sandbox.deny('can_write_exports');
    expect((await to(ids.playout, { object_ids: [ids.master] })).status).toBe(403);
  });
});

describe('a storage gateway', () => {
  const SAN = `/files/v1/storages/${ids.gatewayStorage}/`;

  test('reports its state and its files', async () => {
    const { body } = await call(`GET ${SAN}gateway/report/`);
    const files = sandbox.store.files.list((file) => file.storage_id === ids.gatewayStorage);
    expect(body).toMatchObject({ status: 'LIVE', host_name: 'lisbon-san-01', total_files_number: files.length });
    expect((await call(`GET /files/v1/storages/${ids.s3Storage}/gateway/report/`)).status).toBe(404);
  });

  test('finds new files in a scan, in the directories that are asked for', async () => {
    const found = async (): Promise<Row[]> => rows((await call(`GET ${SAN}files/?path=incoming/a002`)).body.objects);
    expect(await found()).toEqual([]);
    expect((await call(`POST ${SAN}scan/`, { paths: ['/incoming/a002'] })).status).toBe(201);
    expect((await call(`GET ${SAN}`)).body.scanner_status).toBe('STARTED');
    sandbox.settle();
    expect((await found()).map(({ name }) => name)).toEqual(['A002C015_261125.mxf', 'A002C016_261125.mxf']);
    expect((await call(`GET ${SAN}`)).body.scanner_status).toBe('FINISHED');
    expect((await call(`GET ${SAN}files/?path=incoming/phones`)).body.total).toBe(0);
    expect((await call(`POST /files/v1/storages/${ids.b2Storage}/scan/`, {})).status).toBe(400);
  });
});

describe('access', () => {
  const editors = '96009002-5b1c-11ef-9c3a-0a580a3db916';
  const OF_GROUP = `/acls/v1/groups/${editors}/acl/assets/${ids.match}/`;

  test('of an asset names groups, and those of the collections around it', async () => {
    const { body } = await call(`GET /acls/v1/acl/assets/${ids.match}/`);
    expect(body.groups_acl).toEqual([]);
    expect(rows(body.inherited_groups_acl)).toContainEqual(
      expect.objectContaining({ object_key: ids.football, object_type: 'collections', permissions: ['read', 'write'] }),
    );
    const football = (await call(`GET /acls/v1/acl/collections/${ids.football}/`)).body;
    expect(rows(football.propagating_groups_acl)).toHaveLength(2);
  });

  test('is given to a group, changed and taken away', async () => {
    expect(await call(`PUT ${OF_GROUP}`, { permissions: ['read'] })).toMatchObject({ status: 201 });
    expect((await call(`PUT ${OF_GROUP}`, { permissions: ['read', 'write'] })).status).toBe(200);
    const read = async () => (await call(`GET /acls/v1/acl/assets/${ids.match}/`)).body.groups_acl;
    expect(await read()).toEqual([{ group_id: editors, permissions: ['read', 'write'] }]);
    expect((await call(`DELETE ${OF_GROUP}`)).status).toBe(204);
    expect(await read()).toEqual([]);
  });

  test('is refused for what is not there, what is no permission, and where the caller may not', async () => {
    expect((await call(`PUT ${OF_GROUP}`, { permissions: ['own'] })).status).toBe(400);
    expect((await call(`PUT ${OF_GROUP.replace(ids.match, sandbox.store.newId())}`, { permissions: [] })).status).toBe(
      404,
    );
    expect((await call(`PUT ${OF_GROUP.replace(editors, sandbox.store.newId())}`, { permissions: [] })).status).toBe(
      404,
    );
    expect((await call(`PUT ${OF_GROUP.replace(ids.match, ids.locked)}`, { permissions: ['read'] })).status).toBe(403);
  });

  test('through a group comes and goes with membership', async () => {
    const path = `/users/v1/groups/${editors}/users/${ids.me}/`;
    expect(await call(`POST ${path}`)).toMatchObject({ status: 201, body: { id: ids.me } });
    const members = async (): Promise<unknown[]> => {
      sandbox.reindex();
      return idsIn(await call(`GET /users/v1/users/?groups=${editors}`));
    };
    expect(await members()).toContain(ids.me);
    await call(`DELETE ${path}`);
    expect(await members()).not.toContain(ids.me);
    expect((await call(`POST ${path.replace(ids.me, sandbox.store.newId())}`)).status).toBe(404);
  });
});

test('webhooks are listed with their last failure', async () => {
  const hooks = rows((await call('GET /notifications/v1/webhooks/')).body.objects);
  expect(hooks).toHaveLength(2);
  expect(hooks[1]).toMatchObject({ status: 'FAILING', last_error: 'HTTP 502 Bad Gateway' });
  sandbox.deny('can_read_webhooks');
  expect((await call('GET /notifications/v1/webhooks/')).status).toBe(403);
});
