import { describe, expect, test } from 'vitest';
import type { Hard } from '../../src/sandbox/hard.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import { ids, oddIds } from '../../src/sandbox/world/build/ids.ts';
import { checked } from '../support/checked.ts';
import { type Answer, ask, idsIn, rows } from './support.ts';

const ASSETS = '/assets/v1/assets/';
const INTERVIEW = `${ASSETS}${ids.interview}/`;
const COLLECTIONS = '/assets/v1/collections/';

const hard = (options: boolean | Partial<Hard>, rest: SandboxOptions = {}): Sandbox =>
  checked(createSandbox({ indexLagMs: 60_000, ...rest, hard: options }));

describe('lists that come from the search index', () => {
  const late = (): Sandbox => hard({ lateLists: true });
  type Ask = (route: string, body?: unknown) => Promise<Answer>;
  const asking =
    (sandbox: Sandbox): Ask =>
    (route, body) =>
      ask(sandbox, route, body);

  /** What makes an object, and the lists that show it once the index is up to date. */
  const CASES: readonly [what: string, make: (call: Ask) => Promise<Answer>, lists: readonly string[]][] = [
    ['an asset', (call) => call(`POST ${ASSETS}`, { title: 'New' }), [`${ASSETS}?per_page=1000`]],
    ['a collection', (call) => call(`POST ${COLLECTIONS}`, { title: 'New' }), [`${COLLECTIONS}?per_page=1000`]],
    [
      'a segment',
      (call) => call(`POST ${INTERVIEW}segments/`, { segment_type: 'MARKER', time_start_milliseconds: 1 }),
      [`${INTERVIEW}segments/?per_page=1000`, `${INTERVIEW}segments/MARKER/?per_page=1000`],
    ],
    [
      'a job',
      (call) => call('POST /jobs/v1/jobs/', { title: 'New', type: 'CUSTOM', status: 'STARTED' }),
      ['/jobs/v1/jobs/?per_page=100'],
    ],
    [
      'a history entry',
      (call) => call(`POST ${INTERVIEW}history/`, { operation_type: 'CUSTOM' }),
      [`${INTERVIEW}history/?per_page=100`],
    ],
    [
      'an asset in a collection',
      async (call) => {
        await call(`POST ${COLLECTIONS}${ids.highlights}/contents/`, {
          object_id: ids.twins[0],
          object_type: 'assets',
        });
        return { status: 201, body: { id: ids.twins[0] } };
      },
      [`${COLLECTIONS}${ids.highlights}/contents/?per_page=1000`],
    ],
    [
      'a deleted asset',
      async (call) => {
        await call(`DELETE ${ASSETS}${ids.twins[0]}/`);
        return { status: 204, body: { id: ids.twins[0] } };
      },
      ['/assets/v1/delete_queue/assets/?per_page=100'],
    ],
    [
      'a deleted collection',
      async (call) => {
        await call(`DELETE ${COLLECTIONS}${ids.drones2025}/`);
        return { status: 202, body: { id: ids.drones2025 } };
      },
      ['/assets/v1/delete_queue/collections/?per_page=100'],
    ],
  ];

  test.each(CASES)('show %s as late as search does', async (_, make, lists) => {
    const sandbox = late();
    const call = asking(sandbox);
    const { id } = (await make(call)).body;
    for (const list of lists) expect(idsIn(await call(`GET ${list}`)), list).not.toContain(id);
    sandbox.reindex();
    for (const list of lists) expect(idsIn(await call(`GET ${list}`)), list).toContain(id);
  });

  test('show an edit late, while a read by id and the answer of the write have it', async () => {
    const sandbox = late();
    const call = asking(sandbox);
    const title = async (): Promise<unknown> =>
      rows((await call(`GET ${ASSETS}?per_page=1000`)).body.objects).find(({ id }) => id === ids.match)?.title;
    const before = await title();
    expect((await call(`PATCH ${ASSETS}${ids.match}/`, { title: 'Renamed' })).body.title).toBe('Renamed');
    expect((await call(`GET ${ASSETS}${ids.match}/`)).body.title).toBe('Renamed');
    expect(await title()).toBe(before);
    sandbox.reindex();
    expect(await title()).toBe('Renamed');
  });

  test('still show what was deleted', async () => {
    const sandbox = late();
    const call = asking(sandbox);
    const segments = async (): Promise<unknown[]> => idsIn(await call(`GET ${INTERVIEW}segments/?per_page=1000`));
    const before = await segments();
    await call(`DELETE ${INTERVIEW}segments/${ids.comment}/`);
    expect((await call(`GET ${INTERVIEW}segments/${ids.comment}/`)).status).toBe(404);
    expect((await segments()).toSorted()).toEqual(before.toSorted());
    sandbox.reindex();
    expect(await segments()).not.toContain(ids.comment);
  });

  test('catch up by themselves', async () => {
    const sandbox = hard({ lateLists: true }, { indexLagMs: 5 });
    const { body } = await ask(sandbox, `POST ${ASSETS}`, { title: 'New' });
    await expect.poll(async () => idsIn(await ask(sandbox, `GET ${ASSETS}?per_page=1000`))).toContain(body.id);
  });

  test('show shares, users and groups late, too', async () => {
    const sandbox = late();
    const call = asking(sandbox);
    for (const [table, list] of [
      ['shares', '/assets/v1/shares/all/?per_page=100'],
      ['users', '/users/v1/users/?per_page=100'],
      ['users', '/users/v1/users/basic/?per_page=100'],
      ['groups', '/users/v1/groups/?per_page=100'],
    ] as const) {
      const total = (await call(`GET ${list}`)).body.total;
      sandbox.store[table].insert({ ...sandbox.store[table].list()[0], id: sandbox.store.newId() });
      expect((await call(`GET ${list}`)).body.total, list).toBe(total);
      sandbox.reindex();
      expect((await call(`GET ${list}`)).body.total, list).toBe(Number(total) + 1);
    }
  });

  test('are never late where files, formats and metadata are read', async () => {
    const sandbox = late();
    const call = asking(sandbox);
    const format = { name: 'EDIT_PROXY', status: 'ACTIVE' };
    const { body } = await call(`POST /files/v1/assets/${ids.interview}/formats/`, format);
    expect(idsIn(await call(`GET /files/v1/assets/${ids.interview}/formats/?per_page=100`))).toContain(body.id);
  });
});

test('pages are capped quietly, in lists, cursors and search', async () => {
  const sandbox = hard({ maxPerPage: 20 });
  for (const route of [
    `GET ${ASSETS}?per_page=1000`,
    `GET ${INTERVIEW}segments/?per_page=500`,
    'GET /metadata/v1/fields/?per_page=500',
    'POST /search/v1/search/?per_page=500',
  ]) {
    const { status, body } = await ask(sandbox, route, route.startsWith('POST') ? { query: '' } : undefined);
    expect(status, route).toBe(200);
    expect(rows(body.objects), route).toHaveLength(20);
    expect(body, route).toMatchObject({ per_page: 20, pages: Math.ceil(Number(body.total) / 20) });
    expect(Number(body.total), route).toBeGreaterThan(20);
  }
});

describe('words of a transcript', () => {
  const lines = async (sandbox: Sandbox) =>
    rows((await ask(sandbox, `GET ${INTERVIEW}segments/TRANSCRIPTION/?per_page=200`)).body.objects);

  test('are timed from the start of their segment', async () => {
    const [absolute, relative] = [await lines(hard(false)), await lines(hard({ relativeWords: true }))];
    expect(relative).toHaveLength(absolute.length);
    for (const [index, line] of relative.entries()) {
      const start = Number(line.time_start_milliseconds);
      const words = (row: unknown) => rows((row as { transcription: { words: unknown } }).transcription.words);
      expect(words(line)[0]?.start_ms).toBe(0);
      expect(words(line).at(-1)?.end_ms).toBe(Number(line.time_end_milliseconds) - start);
      expect(words(line).map(({ start_ms }) => Number(start_ms) + start)).toEqual(
        words(absolute[index]).map(({ start_ms }) => start_ms),
      );
    }
  });

  test('give the same subtitles, however they are timed', async () => {
    const subtitles = async (sandbox: Sandbox): Promise<string> => {
      const url = `${sandbox.origin}/API${INTERVIEW}segments/srt/?segment_type=TRANSCRIPTION&words_per_line=4`;
      const headers = { 'app-id': sandbox.appId, 'auth-token': sandbox.authToken };
      return (await sandbox.fetch(url, { headers })).text();
    };
    expect(await subtitles(hard({ relativeWords: true }))).toBe(await subtitles(hard(false)));
  });
});

describe('metadata in a view', () => {
  const path = `/metadata/v1/assets/${ids.interview}/views/${ids.rightsView}/`;

  test('has every field of the view and its separators, with nulls at the top', async () => {
    const sandbox = hard({ wholeViews: true });
    const technical = `/metadata/v1/assets/${ids.interview}/views/${ids.technicalView}/`;
    const { body: view } = await ask(sandbox, `GET /metadata/v1/views/${ids.technicalView}/`);
    const { body } = await ask(sandbox, `GET ${technical}`);
    const names = [...rows(view.view_fields).map(({ name }) => String(name)), '__separator__'];
    expect(Object.keys(body.metadata_values as object)).toEqual(names);
    const empty = { date_created: null, field_values: [] };
    expect(body.metadata_values).toMatchObject({
      camera_model: { field_values: [{ value: 'Sony FX6' }] },
      qc_note: empty,
      __separator__: empty,
    });
    expect(body).toMatchObject({
      object_type: 'assets',
      object_id: ids.interview,
      version_id: ids.interviewVersions[2],
      date_created: null,
      date_modified: null,
    });
    const written = await ask(sandbox, `PUT ${technical}`, {
      metadata_values: { camera_model: { field_values: [] } },
    });
    expect(Object.keys(written.body.metadata_values as object)).toEqual(names);
    expect(written.body.metadata_values).toMatchObject({ camera_model: empty });
  });

  test('of a collection names the collection as its version; without values it is a 404', async () => {
    const sandbox = hard({ wholeViews: true });
    const of = (id: string) => `GET /metadata/v1/collections/${id}/views/${ids.editorialView}/`;
    expect((await ask(sandbox, of(ids.drones2025))).body).toMatchObject({
      object_type: 'collections',
      version_id: ids.drones2025,
    });
    expect((await ask(sandbox, of(ids.football))).status).toBe(404);
  });

  test('drops fields that are not in the view, with 200', async () => {
    const sandbox = hard({ dropsUnknownFields: true, wholeViews: true });
    const values = {
      rights_holder: { field_values: [{ value: 'City Archive' }] },
      keywords: { field_values: [{ value: 'lost' }] },
      __separator__: { field_values: [] },
    };
    const { status, body } = await ask(sandbox, `PUT ${path}`, { metadata_values: values });
    expect(status).toBe(200);
    expect(body.metadata_values).toMatchObject({ rights_holder: { field_values: [{ value: 'City Archive' }] } });
    expect(body.metadata_values).not.toHaveProperty('keywords');
    const editorial = `/metadata/v1/assets/${ids.interview}/views/${ids.editorialView}/`;
    expect(JSON.stringify((await ask(sandbox, `GET ${editorial}`)).body)).not.toContain('lost');
    const wrong = { rights_clearance: { field_values: [{ value: 'no such option' }] } };
    expect((await ask(sandbox, `PUT ${path}`, { metadata_values: wrong })).status).toBe(400);
  });
});

test('an edit of a version answers all versions of the asset', async () => {
  const sandbox = hard({ answersAllVersions: true });
  const [first] = ids.interviewVersions;
  for (const method of ['PATCH', 'PUT']) {
    const answer = await ask(sandbox, `${method} ${INTERVIEW}versions/${first}/`, { status: 'IN_PROGRESS' });
    expect(answer).toMatchObject({ status: 200, body: { asset_id: ids.interview, system_domain_id: ids.domain } });
    expect(rows(answer.body.versions).map(({ id }) => id)).toEqual([...ids.interviewVersions]);
  }
});

test('segments found by search keep the words of a transcript in metadata_cache', async () => {
  const query = { doc_types: ['segments'], query: 'segment_text:"swimming school" AND segment_type:TRANSCRIPTION' };
  const [plain] = rows((await ask(hard(false), 'POST /search/v1/search/', query)).body.objects);
  const [bare] = rows((await ask(hard({ textlessSegmentHits: true }), 'POST /search/v1/search/', query)).body.objects);
  expect(bare).not.toHaveProperty('segment_text');
  expect(bare?.metadata_cache).toBe(plain?.segment_text);
});

test('optional fields without a value are null, in lists and inside of objects', async () => {
  const sandbox = hard({ nulls: true });
  const get = async (path: string) => (await ask(sandbox, `GET ${path}`)).body;
  expect(await get(`${ASSETS}${ids.placeholder}/`)).toMatchObject({
    original_asset_id: null,
    date_deleted: null,
    versions: [{ transcribe_status: 'N/A', person_ids: null }],
  });
  const [segment] = rows((await get(`${INTERVIEW}segments/MARKER/`)).objects);
  expect(segment).toMatchObject({ transcription: null, parent_id: null, segment_color: 'green' });
  const [content] = rows((await get(`${COLLECTIONS}${ids.football}/contents/`)).objects);
  expect(content).toMatchObject({ object_type: 'collections', custom_poster: null });
  const view = await get(`/metadata/v1/views/${ids.rightsView}/`);
  expect(rows(view.view_fields)[0]).toMatchObject({ name: 'rights_clearance', min_value: null });
  // The answer of work in the background is no segment.
  const started = await ask(sandbox, `POST ${INTERVIEW}segments/bulk/`, { objects: [{ segment_type: 'MARKER' }] });
  expect(Object.keys(started.body).sort()).toEqual(['id', 'status']);
});

describe('odd assets', () => {
  test('have two transcriptions of one language on one version, the older first', async () => {
    const sandbox = hard({ oddAssets: true });
    const path = `${ASSETS}${oddIds.transcribedTwice}/`;
    const { body: asset } = await ask(sandbox, `GET ${path}`);
    const [version] = rows(asset.versions);
    const properties = await ask(sandbox, `GET ${path}versions/${version?.id}/transcriptions/properties/`);
    expect(rows(properties.body.objects)).toMatchObject(oddIds.transcriptions.map((id) => ({ id, language: 'en' })));
    const lines = rows((await ask(sandbox, `GET ${path}segments/TRANSCRIPTION/?per_page=100`)).body.objects);
    const dates = oddIds.transcriptions.map((id) => lines.find((line) => line.transcription_id === id)?.date_created);
    expect(lines).toHaveLength(8);
    expect(Date.parse(String(dates[0]))).toBeLessThan(Date.parse(String(dates[1])));
  });

  test('have versions without numbers, the newest first; a new one goes to the front', async () => {
    const sandbox = hard({ oddAssets: true });
    const path = `${ASSETS}${oddIds.unnumbered}/`;
    const versions = async () => rows((await ask(sandbox, `GET ${path}`)).body.versions);
    expect((await versions()).map(({ id }) => id)).toEqual([...oddIds.unnumberedVersions].reverse());
    expect((await versions()).filter((version) => 'version_number' in version)).toEqual([]);
    const { body: files } = await ask(sandbox, `GET /files/v1/assets/${oddIds.unnumbered}/files/`);
    expect(rows(files.objects)[0]?.version_id).toBe(oddIds.unnumberedVersions[2]);
    await ask(sandbox, `PUT ${path}versions/${oddIds.unnumberedVersions[0]}/promote/`);
    sandbox.settle();
    const after = await versions();
    expect(after).toHaveLength(4);
    expect(after.slice(1).map(({ id }) => id)).toEqual([...oddIds.unnumberedVersions].reverse());
  });

  test('leave the rest of the archive as it is', async () => {
    const listed = async (sandbox: Sandbox) => idsIn(await ask(sandbox, `GET ${ASSETS}?per_page=1000`));
    const [plain, odd] = [await listed(hard(false, { assets: 200 })), await listed(hard({ oddAssets: true }))];
    expect(odd.filter((id) => !plain.includes(id))).toEqual([oddIds.transcribedTwice, oddIds.unnumbered]);
  });
});

test('search can refuse to sort by id, and still sorts by everything else', async () => {
  const sandbox = createSandbox({ faults: { refuseSortById: true } });
  const sorted = (name: string) =>
    ask(sandbox, 'POST /search/v1/search/', { query: '', sort: [{ name, order: 'asc' }] });
  expect(await sorted('id')).toMatchObject({ status: 400, body: { errors: { sort: expect.any(String) } } });
  expect((await sorted('date_created')).status).toBe(200);
});
