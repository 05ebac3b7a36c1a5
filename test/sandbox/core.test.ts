import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { serveSandbox } from '../../src/sandbox/serve.ts';
import type { Row } from '../../src/sandbox/types.ts';
import { ids } from '../../src/sandbox/world/build/ids.ts';
import { checked } from '../support/checked.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = checked(createSandbox());
});
afterEach(() => sandbox.settle());

interface Answer {
  status: number;
  body: Row;
  headers: Headers;
}

async function call(route: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const response = await sandbox.fetch(sandbox.origin + path, {
    method,
    headers: {
      'app-id': sandbox.appId,
      'auth-token': sandbox.authToken,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers };
}

const ASSETS = '/API/assets/v1/assets/';
const INTERVIEW = `${ASSETS}${ids.interview}/`;
const SEGMENTS = `${INTERVIEW}segments/`;
const EDITORIAL = `/API/metadata/v1/assets/${ids.interview}/views/${ids.editorialView}/`;
const versionsOf = async (): Promise<Row[]> => rows((await call(`GET ${INTERVIEW}`)).body.versions);
const rows = (value: unknown): Row[] => (Array.isArray(value) ? value : []);
const search = async (query: string): Promise<string[]> => {
  const { body } = await call('POST /API/search/v1/search/?per_page=100', { doc_types: ['assets'], query });
  return rows(body.objects).map(({ id }) => String(id));
};

test('a request without the right token is refused', async () => {
  const answer = await call(`GET ${INTERVIEW}`, undefined, { 'auth-token': 'wrong' });
  expect(answer).toMatchObject({ status: 401, body: { errors: ['Token is invalid'] } });
});

test('a denied role is named, and no longer listed', async () => {
  sandbox.deny('can_read_assets');
  const answer = await call(`GET ${INTERVIEW}`);
  expect(answer.status).toBe(403);
  expect(String(answer.body.errors)).toContain('can_read_assets');
  const { body } = await call('GET /API/users/v1/users/current/roles/');
  expect(body.objects).toContain('can_write_assets');
  expect(body.objects).not.toContain('can_read_assets');
  sandbox.allow('can_read_assets');
  expect((await call(`GET ${INTERVIEW}`)).status).toBe(200);
});

test('unknown routes, methods and query names are errors', async () => {
  expect(await call('GET /API/assets/v1/nonsense/')).toMatchObject({ status: 501 });
  expect((await call('GET /API/assets/v1/nonsense/')).body.errors).toEqual([expect.stringContaining('sandbox')]);
  expect((await call(`POST ${INTERVIEW}`, {})).status).toBe(405);
  // Iconik has it, the sandbox does not.
  expect(await call('DELETE /API/jobs/v1/jobs/', {})).toMatchObject({
    status: 501,
    body: { errors: ['sandbox: not implemented: DELETE /API/jobs/v1/jobs/'] },
  });
  expect(await call(`GET ${INTERVIEW}?bogus=1`)).toMatchObject({
    status: 400,
    body: { errors: { bogus: expect.any(String) } },
  });
  expect((await call(`GET ${INTERVIEW}`.replace(/\/$/, ''))).status).toBe(200);
  expect((await call(`GET ${ASSETS}${ids.marker}/`)).status).toBe(404);
});

test('each field that does not fit is named, nested ones with dots', async () => {
  const answer = await call(`POST ${SEGMENTS}`, {
    time_start_milliseconds: 'soon',
    transcription: { words: [{ start_ms: 1, value: 'hi' }] },
  });
  expect(answer.status).toBe(400);
  expect(Object.keys(answer.body.errors as Row).sort()).toEqual([
    'segment_type',
    'time_start_milliseconds',
    'transcription.words.0.end_ms',
  ]);
  expect((await call(`POST ${SEGMENTS}`, '{oops')).status).toBe(400);
  expect((await call(`POST ${SEGMENTS}`, '[]')).status).toBe(400);
});

test('read-only and unknown body fields are ignored', async () => {
  const { status, body } = await call(`POST ${ASSETS}`, { title: 'New', id: ids.match, nonsense: 1 });
  expect(status).toBe(201);
  expect(body).toMatchObject({ title: 'New', status: 'ACTIVE', versions: [{ status: 'ACTIVE' }] });
  expect(body.id).not.toBe(ids.match);
  expect(body).not.toHaveProperty('nonsense');
});

test('pages link to each other by path and end with a 404', async () => {
  const { body } = await call(`GET ${ASSETS}?per_page=2&sort=title,asc`);
  expect(body).toMatchObject({ page: 1, per_page: 2, prev_url: null });
  expect(body.next_url).toBe(`${ASSETS}?per_page=2&sort=title%2Casc&page=2`);
  const next = await call(`GET ${body.next_url}`);
  expect(next.body).toMatchObject({ page: 2, total: body.total });
  expect(next.body.objects).not.toEqual(body.objects);
  const past = await call(`GET ${ASSETS}?per_page=2&page=${Number(body.pages) + 1}`);
  expect(past).toMatchObject({ status: 404, body: { errors: ['Requested page does not exist'] } });
});

test('a scroll goes through a list once and ends with an empty page', async () => {
  const { body: list } = await call(`GET ${ASSETS}?per_page=1000`);
  const seen: unknown[] = [];
  let page = await call(`GET ${ASSETS}?per_page=30&scroll=true`);
  while (rows(page.body.objects).length > 0) {
    seen.push(...rows(page.body.objects).map(({ id }) => id));
    page = await call(`GET ${ASSETS}?per_page=30&scroll_id=${page.body.scroll_id}`);
  }
  expect(page.status).toBe(200);
  expect(seen).toEqual(rows(list.objects).map(({ id }) => id));
  expect((await call(`GET ${ASSETS}?scroll_id=nonsense`)).status).toBe(400);
});

test('metadata fields are listed by cursor', async () => {
  const first = await call('GET /API/metadata/v1/fields/?per_page=2');
  const last = rows(first.body.objects).at(-1)?.name;
  const second = await call(`GET /API/metadata/v1/fields/?per_page=2&last_field_name=${last}`);
  expect(rows(second.body.objects)).toHaveLength(2);
  expect(rows(second.body.objects).map(({ name }) => name)).not.toContain(last);
});

test('a promoted version comes back as a new latest one, in the background', async () => {
  const before = await versionsOf();
  const promoted = await call(`PUT ${INTERVIEW}versions/${ids.interviewVersions[0]}/promote/`);
  expect(promoted).toMatchObject({
    status: 200,
    body: { asset_id: ids.interview, system_domain_id: ids.domain, versions: before },
  });
  expect(await versionsOf()).toHaveLength(before.length);
  sandbox.settle();
  const after = await versionsOf();
  expect(after).toHaveLength(before.length + 1);
  expect(after.at(-1)?.version_number).toBe(before.length + 1);
  expect(before.map(({ id }) => id)).not.toContain(after.at(-1)?.id);
});

test('deleting versions spares the latest one', async () => {
  const [first, , last] = ids.interviewVersions;
  expect((await call(`DELETE ${INTERVIEW}versions/${last}/`)).status).toBe(400);
  expect((await call(`DELETE ${INTERVIEW}versions/${first}/?hard_delete=true`)).status).toBe(204);
  expect((await versionsOf()).map(({ id }) => id)).not.toContain(first);
  expect((await call(`DELETE ${INTERVIEW}versions/old/`)).status).toBe(204);
  expect((await versionsOf()).map(({ id }) => id)).toEqual([last]);
});

test('search is behind the store until the index is fed', async () => {
  const { body } = await call(`POST ${ASSETS}`, { title: 'Zeppelin over Porto' });
  expect(await search('zeppelin')).toEqual([]);
  sandbox.reindex();
  expect(await search('zeppelin')).toEqual([body.id]);
  await call(`PATCH ${ASSETS}${body.id}/`, { title: 'Balloon over Porto' });
  expect(await search('zeppelin')).toEqual([body.id]);
  sandbox.settle();
  expect(await search('zeppelin')).toEqual([]);
  await call(`DELETE ${ASSETS}${body.id}/`);
  sandbox.settle();
  expect(await search('balloon')).toEqual([]);
  expect((await call(`PUT ${ASSETS}${body.id}/restore/`)).status).toBe(204);
  sandbox.settle();
  expect(await search('balloon')).toEqual([body.id]);
});

test('an object without values in a view answers 404', async () => {
  const path = `/API/metadata/v1/assets/${ids.placeholder}/views/${ids.editorialView}/`;
  expect((await call(`GET ${path}`)).status).toBe(404);
  expect((await call(`GET ${EDITORIAL}`)).status).toBe(200);
});

test('values are overwritten, appended or deleted field by field', async () => {
  const view = (await call(`GET /API/metadata/v1/views/${ids.editorialView}/`)).body;
  const multi = rows(view.view_fields).find(
    (f) => f.multi === true && f.read_only !== true && f.field_type !== 'drop_down',
  );
  const name = String(multi?.name);
  const put = async (values: string[], mode?: string): Promise<unknown> => {
    const entry = { field_values: values.map((value) => ({ value })), ...(mode && { mode }) };
    const { status, body } = await call(`PUT ${EDITORIAL}`, { metadata_values: { [name]: entry } });
    expect(status).toBe(200);
    const after = body.metadata_values as Record<string, { field_values: Row[] }>;
    return after[name]?.field_values.map(({ value }) => value);
  };
  const others = Object.keys((await call(`GET ${EDITORIAL}`)).body.metadata_values as Row).filter(
    (key) => key !== name,
  );
  expect(await put(['one', 'two'])).toEqual(['one', 'two']);
  expect(await put(['three'], 'append')).toEqual(['one', 'two', 'three']);
  expect(await put(['one'], 'delete')).toEqual(['two', 'three']);
  expect(await put([])).toEqual([]);
  expect(Object.keys((await call(`GET ${EDITORIAL}`)).body.metadata_values as Row)).toEqual(
    expect.arrayContaining(others),
  );
});

test('a value that the field does not take is refused, and, where they are not dropped, fields outside the view', async () => {
  sandbox = checked(createSandbox({ hard: { dropsUnknownFields: false } }));
  const view = (await call(`GET /API/metadata/v1/views/${ids.rightsView}/`)).body;
  const choice = String(rows(view.view_fields).find((field) => field.field_type === 'drop_down')?.name);
  const metadata_values = {
    [choice]: { field_values: [{ value: 'no such option' }] },
    nonsense: { field_values: [{ value: 1 }] },
  };
  const path = `/API/metadata/v1/assets/${ids.interview}/views/${ids.rightsView}/`;
  const { status, body } = await call(`PUT ${path}`, { metadata_values });
  expect(status).toBe(400);
  expect(Object.keys(body.errors as Row)).toEqual([choice, 'nonsense']);
});

test('replies belong to a comment, and a type or an id leads to segments', async () => {
  const reply = { segment_type: 'COMMENT', segment_text: 'Done', parent_id: ids.comment };
  const { status, body } = await call(`POST ${SEGMENTS}`, reply);
  expect(status).toBe(201);
  expect(body).toMatchObject({ parent_id: ids.comment, top_level: false, version_id: ids.interviewVersions[2] });
  expect((await call(`GET ${SEGMENTS}${body.id}/`)).body.segment_text).toBe('Done');
  sandbox.reindex();
  const comments = await call(`GET ${SEGMENTS}COMMENT/?per_page=100`);
  expect(rows(comments.body.objects).map(({ id }) => id)).toContain(body.id);
  await call(`DELETE ${SEGMENTS}${body.id}/?soft_delete=true`);
  sandbox.reindex();
  const left = await call(`GET ${SEGMENTS}?segment_type=COMMENT&per_page=100`);
  expect(rows(left.body.objects).map(({ id }) => id)).not.toContain(body.id);
});

test('a bulk of segments is a job that finishes in the background', async () => {
  const objects = [1, 2, 3].map((second) => ({ segment_type: 'MARKER', time_start_milliseconds: second * 1000 }));
  const { status, body } = await call(`POST ${ASSETS}${ids.placeholder}/segments/bulk/`, { objects });
  expect(status).toBe(201);
  sandbox.settle();
  expect((await call(`GET /API/jobs/v1/jobs/${body.id}/`)).body).toMatchObject({ status: 'FINISHED', progress: 100 });
  expect((await call(`GET ${ASSETS}${ids.placeholder}/segments/`)).body.total).toBe(3);
});

test('progress of a job follows from what is processed', async () => {
  const job = { title: 'Copy', type: 'CUSTOM', status: 'STARTED', progress: 99 };
  const { body } = await call('POST /API/jobs/v1/jobs/', job);
  const path = `/API/jobs/v1/jobs/${body.id}/`;
  expect(body.progress).toBe(0);
  const half = await call(`PATCH ${path}`, { progress_processed: 5, progress_total: 10, progress: 77 });
  expect(half.body).toMatchObject({ progress: 50, title: 'Copy' });
  expect((await call('PUT /API/jobs/v1/jobs/state/', { job_ids: [body.id], action: 'ABORT' })).status).toBe(200);
  expect((await call(`GET ${path}`)).body.status).toBe('ABORT_PENDING');
  sandbox.settle();
  expect((await call(`GET ${path}`)).body.status).toBe('ABORTED');
});

test('collections nest, hold assets and know what they hold', async () => {
  const ancestors = await call(`GET /API/assets/v1/collections/${ids.highlights}/ancestors/`);
  expect(rows(ancestors.body.objects)).toHaveLength(2);
  const path = `/API/assets/v1/collections/${ids.highlights}/`;
  const before = (await call(`GET ${path}content/info/`)).body;
  await call(`POST ${path}contents/`, { object_id: ids.interview, object_type: 'assets' });
  expect((await call(`GET ${path}content/info/`)).body.assets_count).toBe(Number(before.assets_count) + 1);
  expect((await call(`DELETE ${path}contents/assets/${ids.interview}/`)).status).toBe(204);
  expect((await call(`DELETE ${path}contents/assets/${ids.interview}/`)).status).toBe(404);
});

test('the same seed gives the same ids, and an aborted request rejects', async () => {
  const make = async (): Promise<unknown> => {
    sandbox = checked(createSandbox({ seed: 7 }));
    return (await call(`POST ${ASSETS}`, { title: 'Same' })).body.id;
  };
  expect(await make()).toBe(await make());
  const request = sandbox.fetch(`${sandbox.origin}${INTERVIEW}`, { signal: AbortSignal.abort() });
  await expect(request).rejects.toHaveProperty('name', 'AbortError');
});

test('it can be served on the loopback interface, to loopback names only', async () => {
  const served = await serveSandbox({ port: 0 });
  const headers = { 'app-id': served.appId, 'auth-token': served.authToken };
  const page = await fetch(`${served.url}${ASSETS}?per_page=1`, { headers });
  expect(page.status).toBe(200);
  expect(page.headers.get('x-request-id')).toBeTruthy();
  await served.close();
});
