import { expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/index.ts';
import { serveSandbox } from '../../src/sandbox/serve.ts';
import { ids } from '../../src/sandbox/world/build/ids.ts';
import { checked } from '../support/checked.ts';
import { ask, idsIn, rows } from './support.ts';

const ASSETS = '/assets/v1/assets/';
const INTERVIEW = `${ASSETS}${ids.interview}/`;

test.each(['True', 'TRUE', 'true', 't', 'yes', 'on', '1'])('a query takes %s as true', async (value) => {
  const path = `${INTERVIEW}versions/${ids.interviewVersions[0]}/`;
  const sandbox = checked(createSandbox());
  expect((await ask(sandbox, `DELETE ${path}?hard_delete=${value}`)).status).toBe(204);
  const { body } = await ask(sandbox, `GET ${INTERVIEW}`);
  expect(rows(body.versions).map(({ id }) => id)).not.toContain(ids.interviewVersions[0]);
});

test.each(['False', 'no', 'off', '0'])('a query takes %s as false, and other words not at all', async (value) => {
  const sandbox = checked(createSandbox());
  const path = `${INTERVIEW}versions/${ids.interviewVersions[0]}/`;
  expect((await ask(sandbox, `DELETE ${path}?hard_delete=maybe`)).body.errors).toEqual({
    hard_delete: 'Not a valid boolean.',
  });
  expect((await ask(sandbox, `DELETE ${path}?hard_delete=${value}`)).status).toBe(204);
  const { body } = await ask(sandbox, `GET ${INTERVIEW}`);
  expect(rows(body.versions).find(({ id }) => id === ids.interviewVersions[0])?.status).toBe('DELETED');
});

test('an Authorization header beside the tokens is a 401, even an empty one', async () => {
  const sandbox = checked(createSandbox());
  for (const authorization of ['Bearer x', '']) {
    expect((await ask(sandbox, `GET ${INTERVIEW}`, undefined, { authorization })).status).toBe(401);
  }
});

test('a request without App-ID is told so', async () => {
  const sandbox = checked(createSandbox());
  const answer = await sandbox.fetch(`${sandbox.origin}/API${INTERVIEW}`, {
    headers: { 'auth-token': sandbox.authToken },
  });
  expect([answer.status, await answer.json()]).toEqual([401, { errors: ['App-ID header is required'] }]);
});

test('a new version answers all versions and the domain', async () => {
  const answer = await ask(checked(createSandbox()), `POST ${INTERVIEW}versions/`, {});
  expect(answer).toMatchObject({ status: 200, body: { asset_id: ids.interview, system_domain_id: ids.domain } });
  expect(rows(answer.body.versions)).toHaveLength(4);
});

test('dates without a zone are UTC, and only what is deleted has a date of deletion', async () => {
  const sandbox = checked(createSandbox());
  const given = {
    title: 'From Python',
    date_created: '2026-03-04T05:06:07.123456',
    date_deleted: '2026-03-04T05:06:07.123456',
  };
  for (const path of [ASSETS, '/assets/v1/collections/']) {
    const { body } = await ask(sandbox, `POST ${path}`, given);
    expect(body).toMatchObject({ date_created: '2026-03-04T05:06:07.123456+00:00', date_deleted: null });
  }
});

test('collections and segments have metadata', async () => {
  const sandbox = checked(createSandbox());
  const collection = `/metadata/v1/collections/${ids.drones2025}/views/${ids.editorialView}/`;
  const segment = `/metadata/v1/assets/${ids.match}/segments/${ids.marker}/views/${ids.sportsView}/`;
  expect((await ask(sandbox, `GET ${collection}`)).body.metadata_values).toHaveProperty('content_kind');
  expect((await ask(sandbox, `GET ${segment}`)).body.metadata_values).toHaveProperty('matchday_number');
});

test('values keep their label, and booleans may be text', async () => {
  const sandbox = checked(createSandbox());
  const path = `/metadata/v1/assets/${ids.interview}/views/${ids.rightsView}/`;
  const values = {
    rights_clearance: { field_values: [{ value: 'cleared', label: 'Cleared' }] },
    release_signed: { field_values: [{ value: 'true' }] },
  };
  const { body } = await ask(sandbox, `PUT ${path}`, { metadata_values: values });
  expect(body.metadata_values).toMatchObject(values);
});

test('jobs have the fields that live jobs have', async () => {
  const job = { title: 'Copy', type: 'CUSTOM', status: 'STARTED' };
  const { status, body } = await ask(checked(createSandbox()), 'POST /jobs/v1/jobs/', job);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    action_context: null,
    children_progress: {},
    custom_type: null,
    error_message: null,
    has_children: false,
    job_context: {},
    message: null,
    metadata: {},
    object_id: null,
    related_objects: [],
    steps: [],
  });
});

test('deleting a collection answers a job', async () => {
  const answer = await ask(checked(createSandbox()), `DELETE /assets/v1/collections/${ids.drones2025}/`);
  expect(answer).toMatchObject({ status: 202, body: { job_id: expect.any(String), status: 'STARTED' } });
});

test('a new file loses the slash at the end of its directory', async () => {
  const sandbox = checked(createSandbox());
  const file = {
    original_name: 'a.mov',
    directory_path: 'cards/day 1/',
    size: 1,
    type: 'FILE',
    file_set_id: ids.interviewFileSet,
    format_id: ids.interviewFormat,
    date_created: '2001-01-01T00:00:00+00:00',
  };
  const { status, body } = await ask(sandbox, `POST /files/v1/assets/${ids.interview}/files/`, file);
  expect(status).toBe(201);
  expect(body).toMatchObject({ directory_path: 'cards/day 1' });
  expect(String(body.date_created)).not.toContain('2001');
});

test('shares have short links', async () => {
  const { body } = await ask(checked(createSandbox()), `GET /assets/v1/assets/${ids.interview}/shares/${ids.share}/`);
  expect(body.url).toMatch(/^https:\/\/icnk\.io\/u\/\w{8}\/$/);
});

test('hits show the approval as an object; approval_status is a term and a facet', async () => {
  const sandbox = checked(createSandbox());
  const body = {
    query: '',
    doc_types: ['assets'],
    filter: { operator: 'AND', terms: [{ name: 'approval_status', value: 'APPROVED' }] },
    facets: ['approval_status'],
  };
  const answer = (await ask(sandbox, 'POST /search/v1/search/', body)).body;
  expect(answer.facets).toMatchObject({ approval_status: { buckets: [{ key: 'APPROVED', doc_count: 1 }] } });
  expect(rows(answer.objects)).toMatchObject([{ id: ids.trailer, approval: { status: 'APPROVED' } }]);
  expect(rows(answer.objects)[0]).not.toHaveProperty('approval_status');
});

test('the same options make the same archive in process and on a port', async () => {
  const served = await serveSandbox({ port: 0 });
  const path = `/API${ASSETS}?per_page=1000`;
  const headers = { 'app-id': served.appId, 'auth-token': served.authToken };
  const there = (await (await fetch(served.url + path, { headers })).json()) as { objects: unknown };
  const here = checked(createSandbox());
  expect(there.objects).toEqual((await ask(here, `GET ${ASSETS}?per_page=1000`)).body.objects);
  expect(idsIn(await ask(here, `GET ${ASSETS}?per_page=1000`))).toContain(ids.interview);
  expect(await (await fetch(`${served.url}/API${INTERVIEW}`, { headers })).json()).toEqual(
    (await ask(here, `GET ${INTERVIEW}`)).body,
  );
  await served.close();
});
