import { beforeEach, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { ids } from '../../src/sandbox/world/build/ids.ts';
import { checked } from '../support/checked.ts';
import { type Answer, ask, idsIn, rows } from './support.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = checked(createSandbox());
});
const call = (route: string, body?: unknown): Promise<Answer> => ask(sandbox, route, body);

const FILES = `/files/v1/assets/${ids.interview}/`;

test('a view is made of fields that exist, edited and deleted', async () => {
  const view = { name: 'Quick', view_fields: [{ name: 'keywords' }, { name: 'editor_rating', required: true }] };
  const made = await call('POST /metadata/v1/views/', view);
  expect(made).toMatchObject({ status: 201, body: { name: 'Quick' } });
  const path = `/metadata/v1/views/${made.body.id}/`;
  expect(rows((await call(`GET ${path}`)).body.view_fields)).toMatchObject([
    { name: 'keywords', field_type: 'tag_cloud' },
    { name: 'editor_rating', required: true },
  ]);
  expect((await call(`PATCH ${path}`, { name: 'Quicker' })).body).toMatchObject({ name: 'Quicker', id: made.body.id });
  expect((await call(`PUT ${path}`, { name: 'No', view_fields: [{ name: 'no_such_field' }] })).status).toBe(400);
  expect((await call(`DELETE ${path}`)).status).toBe(204);
  expect((await call(`GET ${path}`)).status).toBe(404);
});

test('a field is made, edited and deleted; its name stays', async () => {
  const field = { name: 'mood', label: 'Mood', field_type: 'drop_down', options: [{ value: 'calm', label: 'Calm' }] };
  expect(await call('POST /metadata/v1/fields/', field)).toMatchObject({ status: 201, body: field });
  expect((await call('POST /metadata/v1/fields/', field)).status).toBe(400);
  const path = '/metadata/v1/fields/mood/';
  const edited = await call(`PUT ${path}`, { name: 'other', label: 'Feeling', field_type: 'drop_down' });
  expect(edited.body).toMatchObject({ name: 'mood', label: 'Feeling' });
  expect((await call(`DELETE ${path}`)).status).toBe(204);
  expect((await call(`GET ${path}`)).status).toBe(404);
});

test('metadata without a view is flat, unchecked and for administrators', async () => {
  const path = `/metadata/v1/assets/${ids.interview}/`;
  const values = { metadata_values: { anything: { field_values: [{ value: 7 }] } } };
  expect((await call(`PUT ${path}`, values)).status).toBe(200);
  const { body } = await call(`GET ${path}`);
  expect(body).toMatchObject({
    anything: { name: 'anything', values: [{ value: '7' }] },
    rights_clearance: { type: 'drop_down', values: [{ value: 'cleared' }] },
  });
  expect((await call(`PUT /metadata/v1/assets/${sandbox.store.newId()}/`, values)).status).toBe(200);
  sandbox.store.users.update(ids.me, { is_admin: false });
  expect((await call(`GET ${path}`)).status).toBe(403);
});

test('keyframes are registered, uploaded, edited and deleted', async () => {
  const poster = { type: 'POSTER', name: 'poster', filename: 'mine.jpg', is_custom_keyframe: true };
  const made = await call(`POST ${FILES}keyframes/`, poster);
  expect(made).toMatchObject({ status: 201, body: { status: 'OPEN', upload_method: 'PUT' } });
  const path = `${FILES}keyframes/${made.body.id}/`;
  const image = async () => (await sandbox.fetch(String((await call(`GET ${path}`)).body.url))).status;
  expect(await image()).toBe(404);
  await sandbox.fetch(String(made.body.upload_url), { method: 'PUT', body: 'jpeg' });
  expect(await image()).toBe(200);
  expect((await call(`PATCH ${path}`, { status: 'CLOSED' })).body.status).toBe('CLOSED');
  expect((await call(`PUT ${path}`, { ...poster, name: 'second' })).body.name).toBe('second');
  expect((await call(`DELETE ${path}?keep_poster=true`)).status).toBe(204);
  expect((await call(`GET ${path}`)).status).toBe(200);
  expect((await call(`DELETE ${path}`)).status).toBe(204);
  expect((await call(`GET ${path}`)).status).toBe(404);
});

test('a format lists its components and takes one more', async () => {
  const path = `${FILES}formats/${ids.interviewFormat}/components/`;
  const before = idsIn(await call(`GET ${path}`));
  const added = await call(`POST ${path}`, { name: 'Audio 2', type: 'AUDIO', metadata: { channel_s: '1' } });
  expect(added).toMatchObject({ status: 200, body: { name: 'Audio 2', type: 'AUDIO' } });
  expect(idsIn(await call(`GET ${path}`))).toEqual([...before, added.body.id]);
});

test('a storage lists its files by directory and takes a file without an asset', async () => {
  const path = `/files/v1/storages/${ids.gatewayStorage}/files/`;
  const file = { directory_path: 'incoming/day 1/', original_name: 'a.mov', type: 'FILE', status: 'CLOSED' };
  const made = await call(`POST ${path}`, file);
  expect(made).toMatchObject({
    status: 201,
    body: { directory_path: 'incoming/day 1', storage_id: ids.gatewayStorage },
  });
  sandbox.reindex();
  expect(idsIn(await call(`GET ${path}?path=/incoming/day 1/&path_separator=/&type=FILE`))).toEqual([made.body.id]);
  const { body } = await call(`GET ${path}?per_page=100`);
  expect(rows(body.objects).every((row) => row.storage_id === ids.gatewayStorage)).toBe(true);
});

test('deleted formats and file sets are in the delete queue', async () => {
  await call(`DELETE ${FILES}formats/${ids.interviewFormat}/`);
  sandbox.reindex();
  expect(idsIn(await call('GET /files/v1/delete_queue/formats/'))).toContain(ids.interviewFormat);
  expect(idsIn(await call('GET /files/v1/delete_queue/file_sets/'))).toContain(ids.interviewFileSet);
});

test('an asset becomes a new version of another and goes to the recycle bin', async () => {
  const path = `/assets/v1/assets/${ids.interview}/`;
  const route = `POST ${path}versions/from/assets/${ids.drone}/`;
  const media = async (asset: string) =>
    rows((await call(`GET /files/v1/assets/${asset}/files/`)).body.objects).map(({ original_name: name }) => name);
  const droneFiles = await media(ids.drone);
  expect((await call(route, { copy_previous_version_segments: true, include_segment_types: ['MARKER'] })).status).toBe(
    202,
  );
  sandbox.settle();
  const versions = rows((await call(`GET ${path}`)).body.versions);
  expect(versions.map(({ version_number: number }) => number)).toEqual([1, 2, 3, 4]);
  expect(await media(ids.interview)).toEqual(droneFiles);
  const segments = rows((await call(`GET ${path}segments/?per_page=100`)).body.objects);
  expect(new Set(segments.map(({ segment_type: type }) => type))).toEqual(new Set(['MARKER']));
  expect((await call(`GET /assets/v1/assets/${ids.drone}/`)).body.status).toBe('DELETED');
});

test('an asset that is being transcoded cannot become a version yet', async () => {
  const route = `POST /assets/v1/assets/${ids.interview}/versions/from/assets/${ids.master}/`;
  expect((await call(route, {})).status).toBe(409);
});

test('purging the whole domain is refused, with the reason', async () => {
  const answer = await call('POST /assets/v1/delete_queue/purge/all/', {});
  expect(answer).toEqual({ status: 403, body: { errors: [expect.stringContaining('purging the whole domain')] } });
});
