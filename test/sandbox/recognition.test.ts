import { beforeEach, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import type { Row } from '../../src/sandbox/types.ts';
import { ids } from '../../src/sandbox/world/build/ids.ts';
import { checked } from '../support/checked.ts';
import { type Answer, ask, idsIn, rows } from './support.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = checked(createSandbox());
});
const call = (route: string, body?: unknown): Promise<Answer> => ask(sandbox, route, body);

const ONE = `POST /transcode/v1/transcribe/assets/${ids.match}/profiles/default/`;
const MANY = 'POST /transcode/v1/transcribe/bulk/';
const ANALYZE = 'POST /transcode/v1/analyze/bulk/';

const segmentsOf = async (asset: string, type: string): Promise<Row[]> =>
  rows((await call(`GET /assets/v1/assets/${asset}/segments/${type}/?per_page=100`)).body.objects);
const versionOf = async (asset: string): Promise<Row> =>
  rows((await call(`GET /assets/v1/assets/${asset}/`)).body.versions).at(-1) ?? {};

describe('a transcription', () => {
  test('takes a while, then its lines are segments', async () => {
    const started = await call(ONE, { language: 'en' });
    expect(started).toMatchObject({ status: 201, body: { status: 'STARTED' } });
    expect((await versionOf(ids.match)).transcribe_status).toBe('REQUESTED');
    expect(await segmentsOf(ids.match, 'TRANSCRIPTION')).toEqual([]);
    sandbox.settle();
    expect(await versionOf(ids.match)).toMatchObject({ transcribe_status: 'DONE', transcribed_languages: ['en'] });
    const lines = await segmentsOf(ids.match, 'TRANSCRIPTION');
    expect(lines[0]).toMatchObject({
      segment_text: expect.stringContaining('Matchday 12'),
      time_start_milliseconds: 0,
    });
    const of = `GET /assets/v1/assets/${ids.match}/versions/${(await versionOf(ids.match)).id}/transcriptions/properties/`;
    expect(rows((await call(of)).body.objects)).toMatchObject([{ language: 'en' }]);
    expect((await call(`GET /jobs/v1/jobs/${started.body.id}/`)).body).toMatchObject({
      type: 'TRANSCRIPTION',
      status: 'FINISHED',
      object_id: ids.match,
    });
  });

  test('is refused where there is one, or no sound', async () => {
    const again = ONE.replace(ids.match, ids.interview);
    expect(await call(again, {})).toMatchObject({ status: 400, body: { errors: [expect.stringContaining('force')] } });
    expect((await call(again, { force: true })).status).toBe(201);
    expect((await call(ONE.replace(ids.match, ids.placeholder), {})).body.errors).toEqual([
      'The asset has no sound to transcribe',
    ]);
    expect((await call(ONE.replace(ids.match, ids.locked), {})).status).toBe(403);
  });

  test('of many leaves out what has one and what has no sound', async () => {
    const object_ids = [ids.match, ids.interview, ids.placeholder];
    const { body } = await call(MANY, { object_ids, object_type: 'assets' });
    sandbox.settle();
    const job = (await call(`GET /jobs/v1/jobs/${body.id}/`)).body;
    expect(rows(job.related_objects).map((one) => one.object_id)).toEqual([ids.match]);
    expect(await segmentsOf(ids.match, 'TRANSCRIPTION')).not.toEqual([]);
    const unknown = { object_ids: [sandbox.store.newId()], object_type: 'assets' };
    expect((await call(MANY, unknown)).status).toBe(404);
    sandbox.deny('can_transcribe_content');
    expect((await call(MANY, { object_ids, object_type: 'assets' })).status).toBe(403);
  });
});

test('an analysis of a collection tags its assets, once', async () => {
  const given = { object_ids: [ids.deliverables], object_type: 'collections' };
  await call(ANALYZE, given);
  sandbox.settle();
  const tags = await segmentsOf(ids.master, 'TAG');
  expect(tags.map((tag) => tag.segment_text)).toEqual(['breakwater', 'episode', 'master']);
  expect((await call(`GET /assets/v1/assets/${ids.master}/`)).body.analyze_status).toBe('DONE');
  await call(ANALYZE, given);
  sandbox.settle();
  expect(await segmentsOf(ids.master, 'TAG')).toHaveLength(3);
  await call(ANALYZE, { ...given, force: true, force_type: 'APPEND' });
  sandbox.settle();
  expect(await segmentsOf(ids.master, 'TAG')).toHaveLength(6);
});

test('previews of many assets are made from their originals', async () => {
  const files = `/files/v1/assets/${ids.master}/`;
  for (const table of ['proxies', 'keyframes'] as const)
    for (const { id } of sandbox.store[table].where('asset_id', ids.master)) sandbox.store[table].remove(String(id));
  expect((await call(`GET ${files}proxies/`)).status).toBe(404);
  const object_ids = [ids.master, ids.placeholder];
  const { body } = await call('POST /files/v1/assets/bulk/keyframes/', {
    object_ids,
    object_type: 'assets',
    priority: 8,
  });
  sandbox.settle();
  expect(rows((await call(`GET ${files}proxies/`)).body.objects)).toHaveLength(1);
  expect(rows((await call(`GET ${files}keyframes/`)).body.objects)).toHaveLength(2);
  const job = (await call(`GET /jobs/v1/jobs/${body.job_id}/`)).body;
  expect(job).toMatchObject({ status: 'FINISHED', priority: 8, related_objects: [{ object_id: ids.master }] });
});

describe('persons', () => {
  const PERSONS = '/ml/v1/face_recognition/persons/';

  test('are listed by name and state', async () => {
    expect((await call(`GET ${PERSONS}`)).body.total).toBe(5);
    expect(idsIn(await call(`GET ${PERSONS}?name=reyes`))).toEqual([ids.reyes]);
    expect((await call(`GET ${PERSONS}?has_name=false`)).body.total).toBe(2);
    expect((await call(`GET ${PERSONS}?status_in=NEW,UNCONFIRMED`)).body.total).toBe(2);
    expect((await call(`GET ${PERSONS}${ids.reyes}/`)).body).toMatchObject({ name: 'Jordan Reyes' });
    expect((await call(`GET ${PERSONS}${sandbox.store.newId()}/`)).status).toBe(404);
    sandbox.deny('can_read_person');
    expect((await call(`GET ${PERSONS}`)).status).toBe(403);
  });

  test('are found in assets and versions', async () => {
    const found = await call(`GET /assets/v1/persons/${ids.reyes}/`);
    expect(idsIn(found)).toContain(ids.interview);
    expect(idsIn(await call(`GET /assets/v1/persons/${ids.reyes}/?asset_id=${ids.trailer}`))).toEqual([ids.trailer]);
    const versions = rows((await call(`GET ${PERSONS}${ids.reyes}/versions/`)).body.objects);
    expect(versions).toContainEqual(
      expect.objectContaining({ asset_id: ids.interview, version_id: ids.interviewVersions[2], version_number: '3' }),
    );
    const of = `GET /ml/v1/face_recognition/assets/${ids.interview}/versions/${ids.interviewVersions[2]}/persons/`;
    expect(rows((await call(of)).body.objects).map(({ name }) => name)).toEqual(['Jordan Reyes', 'Lena Vogt']);
    const criteria = {
      doc_types: ['assets'],
      query: '',
      filter: { operator: 'AND', terms: [{ name: 'person_ids', value_in: [ids.reyes] }] },
    };
    expect(idsIn(await call('POST /search/v1/search/', criteria)).toSorted()).toEqual(idsIn(found).toSorted());
  });

  test('are on screen at times that segments hold', async () => {
    const found = await segmentsOf(ids.interview, 'PERSON');
    expect(found.filter((row) => row.person_id === ids.reyes).map((row) => row.time_start_milliseconds)).toEqual([
      26_000, 420_000,
    ]);
  });

  test('are confirmed in the background, in the versions that are named', async () => {
    const trailer = await versionOf(ids.trailer);
    expect(trailer).toMatchObject({ has_unconfirmed_persons: true, face_recognition_status: 'DONE' });
    await call(`POST ${PERSONS}${ids.reyes}/confirm_person/`, { version_ids: [trailer.id] });
    const state = async () => rows((await call(`GET ${PERSONS}${ids.reyes}/versions/`)).body.objects);
    expect((await state()).map(({ status }) => status)).toContain('UNCONFIRMED');
    sandbox.settle();
    expect((await state()).map(({ status }) => status)).not.toContain('UNCONFIRMED');
    expect((await call(`GET ${PERSONS}${ids.reyes}/`)).body.has_unconfirmed_instances).toBe(false);
    // A stranger in it is still open.
    expect(await versionOf(ids.trailer)).toMatchObject({ has_unconfirmed_persons: true });
  });

  test('get a name, and single finds another person', async () => {
    const [stranger = {}] = rows((await call(`GET ${PERSONS}?has_name=false`)).body.objects);
    expect((await call(`PATCH ${PERSONS}${stranger.id}/`, { name: 'Owen Tallis' })).body.name).toBe('Owen Tallis');
    const version = await versionOf(ids.trailer);
    const path = `POST ${PERSONS}${stranger.id}/assets/${ids.trailer}/versions/${version.id}/change_person/`;
    expect((await call(path, {})).status).toBe(400);
    const { status, body } = await call(path, { new_person_name: 'Kasper Holm' });
    expect([status, body.name, body.version_id]).toEqual([201, 'Kasper Holm', version.id]);
    expect((await versionOf(ids.trailer)).person_ids).toEqual([ids.reyes, body.id]);
    sandbox.reindex();
    expect((await segmentsOf(ids.trailer, 'PERSON')).map((row) => row.person_id)).toContain(body.id);
    sandbox.deny('can_edit_person');
    expect((await call(`PATCH ${PERSONS}${stranger.id}/`, { name: 'x' })).status).toBe(403);
  });

  test('are looked for in pictures that nobody has looked at', async () => {
    const extract = 'POST /ml/v1/face_recognition/bulk/extract/';
    const object_ids = [ids.interview, ids.placeholder, ids.hourClip];
    expect(await call(extract, { object_ids, object_type: 'assets' })).toMatchObject({ status: 202 });
    expect((await call(`GET /assets/v1/assets/${ids.hourClip}/`)).body.face_recognition_status).toBe('REQUESTED');
    sandbox.settle();
    const [job] = rows((await call('GET /jobs/v1/jobs/?type=FACE_RECOGNITION')).body.objects);
    expect(rows(job?.related_objects).map((one) => one.object_id)).toEqual([ids.hourClip]);
    expect(await versionOf(ids.hourClip)).toMatchObject({
      face_recognition_status: 'DONE',
      has_unconfirmed_persons: true,
    });
    expect(await segmentsOf(ids.hourClip, 'PERSON')).toHaveLength(1);
  });
});

test('AI proposes metadata in the background, and its job waits for a person', async () => {
  const fill = 'POST /transcode/v1/metadata_filling/bulk/';
  const given = { object_ids: [ids.match, ids.interview], object_type: 'assets', view_id: ids.editorialView };
  expect((await call(fill, { ...given, field_names: ['nothing_like_it'] })).status).toBe(400);
  expect((await call(fill, { ...given, field_names: ['keywords'] })).status).toBe(201);
  sandbox.settle();
  sandbox.reindex();
  const jobs = rows((await call('GET /jobs/v1/jobs/?type=METADATA_FILLING&status=PENDING_USER')).body.objects);
  expect(new Set(jobs.map((job) => job.object_id))).toEqual(new Set([ids.match, ids.interview]));
  const [made = {}] = jobs.filter((job) => job.object_id === ids.match);
  const proposal = (await call(`GET /transcode/v1/metadata_filling/proposals/${made.id}/`)).body;
  expect(proposal.metadata_values).toEqual({ keywords: expect.anything() });
  await call(`POST /transcode/v1/metadata_filling/proposals/${made.id}/discard/`, {});
  expect((await call(`GET /jobs/v1/jobs/${made.id}/`)).body.status).toBe('DISCARDED');
  sandbox.deny('can_trigger_metadata_ai_filling');
  expect((await call(fill, { ...given, field_names: ['keywords'] })).status).toBe(403);
});
