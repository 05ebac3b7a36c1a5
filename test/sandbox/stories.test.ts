import { afterEach, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import type { Row } from '../../src/sandbox/types.ts';
import { ids, largeIds } from '../../src/sandbox/world/build/ids.ts';
import { logSheet } from '../../src/sandbox/world/large/cards.ts';
import { QUEUE } from '../../src/sandbox/world/large/queue.ts';
import { REYES_2025 } from '../../src/sandbox/world/large/reyes.ts';
import { SPRING } from '../../src/sandbox/world/large/spring.ts';

const large = createSandbox({ assets: 2_000, indexLagMs: 0, backgroundMs: 0 });
afterEach(() => large.settle());

async function call(sandbox: Sandbox, route: string, body?: unknown): Promise<{ status: number; body: Row }> {
  const [method = '', path = ''] = route.split(' ');
  const response = await sandbox.fetch(`${sandbox.origin}/API${path}`, {
    method,
    headers: { 'app-id': sandbox.appId, 'auth-token': sandbox.authToken, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}
const rows = (value: unknown): Row[] => (Array.isArray(value) ? value : []);
const idsOf = ({ objects }: Row): unknown[] => rows(objects).map(({ id }) => id);

async function find(terms: readonly Row[], more: Row = {}): Promise<Row> {
  const criteria = { doc_types: ['assets'], query: '', filter: { operator: 'AND', terms }, ...more };
  return (await call(large, 'POST /search/v1/search/?per_page=1000', criteria)).body;
}

const REYES = [
  { name: 'metadata.people_on_camera', value_in: ['Jordan Reyes'] },
  { name: 'metadata.content_kind', value_in: ['interview'] },
  { name: 'metadata.shoot_date', range: { min: '2025-01-01', max: '2025-12-31' } },
];
const AT_HOME = { name: 'archive_status', value_in: ['NOT_ARCHIVED'] };
const facet = (found: Row, name: string): Record<string, number> =>
  Object.fromEntries(
    rows((found.facets as Record<string, Row>)[name]?.buckets).map((one) => [String(one.key), Number(one.doc_count)]),
  );

describe('a large world', () => {
  test('has the interviews of one person in one year, and what looks alike', async () => {
    const found = await find([...REYES, AT_HOME], { facets: ['metadata.rights_expiry_date', 'permissions'] });
    expect(found.total).toBe(REYES_2025);
    expect(facet(found, 'metadata.rights_expiry_date')['2027-01-01']).toBe(2);
    expect(facet(found, 'permissions')).toMatchObject({ read: REYES_2025, write: REYES_2025 - 1 });
    expect((await find(REYES)).total).toBeGreaterThan(REYES_2025);
    const created = { name: 'date_created', range: { min: '2025-01-01', max: '2025-12-31' } };
    expect((await find([...REYES.slice(0, 2), created, AT_HOME])).total).not.toBe(REYES_2025);
  });

  test('has an hour of transcript with twelve mentions, and others that are none', async () => {
    const on = `/assets/v1/assets/${largeIds.longInterview}/`;
    const spoken = `segments/TRANSCRIPTION/?per_page=1000`;
    const all = rows((await call(large, `GET ${on}${spoken}`)).body.objects);
    const lines = all.filter(({ transcription_id: id }) => id === largeIds.longTranscription);
    expect(lines).toHaveLength(750);
    const text = lines.map((line) => line.segment_text).join(' ');
    expect(text.match(/\bclimate\b/gi)).toHaveLength(12);
    expect(text.match(/climati|acclimati|climatolog/gi)).toHaveLength(5);
    expect(text.split(' ').length).toBeGreaterThan(8_500);
    const [, current] = largeIds.longInterviewVersions;
    const { body } = await call(large, `GET ${on}versions/${current}/transcriptions/properties/`);
    expect(body.objects).toMatchObject([
      { id: largeIds.longTranscription, language: 'en', speaker_labels: { 0: 'Lena Vogt', 1: 'Helena Duarte' } },
      { id: largeIds.longTranscriptionPortuguese, language: 'pt' },
    ]);
    const marker = (await call(large, `GET ${on}segments/${largeIds.climateMarker}/`)).body;
    const marked = lines.find((line) => line.time_start_milliseconds === marker.time_start_milliseconds);
    expect(marked?.segment_text).toContain('climate');
  });

  test('has a campaign of which a part is pending', async () => {
    const under = { name: 'ancestor_collections', value_in: [ids.springCampaign] };
    const found = await find([under], { facets: ['metadata.rights_clearance'] });
    expect(found.total).toBe(SPRING.assets);
    expect(facet(found, 'metadata.rights_clearance').pending).toBe(SPRING.pending);
    expect((await find([under], { doc_types: ['collections'] })).total).toBe(SPRING.collections - 1);
  });

  test('knows the files of a log sheet: most once, some twice, one not at all', async () => {
    const counts = await Promise.all(
      logSheet.map(async ({ file }) => (await find([{ name: 'files.name', value_in: [file] }])).total),
    );
    const times = (wanted: number): number => counts.filter((count) => count === wanted).length;
    expect([times(1), times(2), times(0)]).toEqual([36, 3, 1]);
  });

  test('has a long queue with reasons in the steps of its jobs', async () => {
    const queue = (await call(large, 'GET /transcode/v1/transcode/queue/?per_page=1000')).body;
    const waiting = QUEUE.filter(({ status }) => ['WAITING', 'READY', 'STARTED', 'PAUSED'].includes(status));
    const added = waiting.reduce((sum, { count }) => sum + count, 0);
    expect(queue.total).toBe(added + 8);
    const [oldest] = rows(queue.objects);
    const job = (await call(large, `GET /jobs/v1/jobs/${oldest?.job_id}/`)).body;
    expect(job).toMatchObject({ type: 'TRANSCODE', title: expect.any(String), object_type: 'assets' });
    const failed = (await call(large, 'GET /jobs/v1/jobs/?type=TRANSCODE&status=FAILED&per_page=100')).body;
    const steps = rows(failed.objects).flatMap((one) => rows(one.steps));
    expect(new Set(steps.map((step) => step.error_message).filter(Boolean)).size).toBeGreaterThan(2);
  });

  test('writes a batch piece by piece, leaves out in silence what may not be written, and search follows', async () => {
    const under = { name: 'ancestor_collections', value_in: [ids.springCampaign] };
    const pending = [under, { name: 'metadata.rights_clearance', value_in: ['pending'] }];
    const object_ids = rows((await find(pending)).objects).map(({ id }) => id);
    const metadata_values = { rights_clearance: { field_values: [{ value: 'cleared' }] } };
    const path = `/metadata/v1/assets/views/${ids.rightsView}/`;
    const answer = await call(large, `PUT ${path}`, { object_ids, metadata_values });
    expect(answer).toEqual({ status: 202, body: {} });
    large.settle();
    const left = rows((await find(pending)).objects);
    expect(left.map(({ id }) => id)).toEqual([largeIds.lockedSpring]);
  });
});

describe('any world', () => {
  const sandbox = createSandbox();

  test('shows pictures that differ from moment to moment', async () => {
    const path = `/files/v1/assets/${ids.hourClip}/keyframes/?per_page=100`;
    const keyframes = rows((await call(sandbox, `GET ${path}`)).body.objects).filter(({ type }) => type === 'KEYFRAME');
    expect(keyframes.length).toBeGreaterThan(50);
    const bytes = await Promise.all(
      keyframes.slice(0, 3).map(async ({ url }) => {
        const answer = await sandbox.fetch(String(url));
        expect(answer.headers.get('content-type')).toBe('image/jpeg');
        return Buffer.from(await answer.arrayBuffer()).toString('hex');
      }),
    );
    for (const hex of bytes) expect(hex).toMatch(/^ffd8ffe0.*ffd9$/);
    expect(new Set(bytes).size).toBe(3);
    const poster = await call(sandbox, `GET /files/v1/collections/${ids.highlights}/keyframes/`);
    expect((await sandbox.fetch(String(rows(poster.body.objects)[0]?.url))).status).toBe(200);
    expect((await call(sandbox, `GET /files/v1/collections/${ids.football}/keyframes/`)).status).toBe(404);
  });

  test('captures a poster of an exact moment in the background', async () => {
    const path = `/files/v1/assets/${ids.interview}/`;
    const job = await call(sandbox, `POST ${path}files/${ids.interviewFile}/capture/123480/`, {});
    sandbox.settle();
    expect((await call(sandbox, `GET /jobs/v1/jobs/${job.body.job_id}/`)).body.status).toBe('FINISHED');
    const all = rows((await call(sandbox, `GET ${path}keyframes/?per_page=100`)).body.objects);
    expect(all.at(-1)).toMatchObject({ type: 'POSTER', time_code: { frames_number: 3087 } });
  });

  test('keeps some doors closed', async () => {
    const asset = (id: string): string => `/assets/v1/assets/${id}/`;
    expect((await call(sandbox, `GET ${asset(ids.hidden)}`)).status).toBe(403);
    expect((await call(sandbox, `GET ${asset(ids.locked)}`)).status).toBe(200);
    expect((await call(sandbox, `PATCH ${asset(ids.locked)}`, { title: 'x' })).status).toBe(403);
    expect((await call(sandbox, `DELETE ${asset(ids.locked)}`)).status).toBe(403);
    expect((await call(sandbox, `POST ${asset(ids.locked)}segments/`, { segment_type: 'MARKER' })).status).toBe(403);
    const permissions = `/acls/v1/acl/assets/${ids.locked}/permissions/`;
    expect((await call(sandbox, `GET ${permissions}`)).body).toEqual({ permissions: ['read'] });
    const found = await call(sandbox, 'POST /search/v1/search/', { query: '"Board meeting"', doc_types: ['assets'] });
    expect(found.body.total).toBe(0);
  });

  test('leads from a share to what is shared', async () => {
    const listed = (await call(sandbox, `GET /assets/v1/shares/?ids=${ids.share}`)).body;
    expect(listed.objects).toMatchObject([
      { object_id: ids.interview, object_title: 'Interview Jordan Reyes, Lisbon' },
    ]);
    expect((await call(sandbox, 'GET /assets/v1/shares/all/')).body.total).toBe(3);
    const one = await call(sandbox, `GET /assets/v1/assets/${ids.interview}/shares/${ids.share}/`);
    expect(one.body).toMatchObject({ allow_download: false, users: [{ email: 'anna@client.example' }, {}] });
    expect((await call(sandbox, `GET /assets/v1/assets/${ids.match}/shares/${ids.share}/`)).status).toBe(404);
  });

  test('lists the shares of an object with those of its collections, and takes what Iconik describes', async () => {
    const above = { allow_approving_comments: false, allow_comments: true, allow_download: false };
    const body = { ...above, allow_setting_approve_status: false, title: 'Interviews' };
    const { body: found } = await call(sandbox, `GET /assets/v1/assets/${ids.interview}/?include_collections=true`);
    const [collection] = found.in_collections as string[];
    const share = await call(sandbox, `POST /assets/v1/collections/${collection}/shares/url/`, body);
    sandbox.settle();
    for (const path of [`assets/${ids.interview}`, `collections/${collection}`]) {
      const { status, body: all } = await call(sandbox, `GET /assets/v1/${path}/shares/all/`);
      expect(status).toBe(200);
      expect(idsOf(all)).toContain(share.body.id);
      expect(idsOf(all).includes(ids.share)).toBe(path.startsWith('assets'));
    }
    expect((await call(sandbox, 'GET /assets/v1/shares/?include_created_by_me=true')).status).toBe(200);
    const mine = async (query: string) => idsOf((await call(sandbox, `GET /assets/v1/shares/?${query}`)).body);
    expect(await mine('_exists_=title,object_id')).toContain(share.body.id);
    expect(await mine('_exists_=project_id')).toEqual([]);
    expect((await call(sandbox, 'GET /assets/v1/shares/?_exists_=title:Interviews')).status).toBe(400);
    expect((await call(sandbox, 'GET /jobs/v1/jobs/?_missing_=NOT%20parent_id')).status).toBe(400);
  });

  test('asks for approval, and counts the answers', async () => {
    const on = `/assets/v1/assets/${ids.interview}/approvals/`;
    expect((await call(sandbox, `GET ${on}request/`)).body).toMatchObject({
      status: 'REQUESTED',
      users_info: [{}, {}],
    });
    await call(sandbox, `PUT ${on}`, { status: 'NOT_APPROVED' });
    expect((await call(sandbox, `GET ${on}`)).body.total).toBe(1);
    expect((await call(sandbox, `GET /assets/v1/assets/${ids.match}/approvals/request/`)).status).toBe(404);
  });

  test('tells which views go with which kind of asset, and which transcoder serves a storage', async () => {
    const views = await call(sandbox, 'GET /metadata/v1/assets/categories/sport/views/?writable_only=true');
    expect(rows(views.body.views).map(({ name }) => name)).toEqual(['Sports log', 'Editorial', 'Rights']);
    const transcoders = await call(sandbox, `GET /files/v1/storages/${ids.gatewayStorage}/transcoders/`);
    expect(transcoders.body.objects).toMatchObject([{ name: 'lisbon-edge-1', storage_id: ids.gatewayStorage }]);
    expect((await call(sandbox, 'GET /transcode/v1/edge_transcode/workers/')).status).toBe(403);
  });

  test('gives a collection an order of its own', async () => {
    const contents = `/assets/v1/collections/${ids.drones2025}/contents/`;
    const titles = async (): Promise<unknown[]> =>
      rows((await call(sandbox, `GET ${contents}`)).body.objects).map(({ title }) => title);
    const start = await call(sandbox, `POST ${contents}ordering/custom/`, { custom_order_sort: 'title,desc' });
    expect(start.status).toBe(202);
    sandbox.settle();
    const before = await titles();
    expect(before).toEqual(before.toSorted().toReversed());
    await call(sandbox, `PUT ${contents}assets/${ids.drone}/`, { position: 0 });
    sandbox.reindex();
    expect((await titles())[0]).toBe('Drone, Old Harbour at sunrise');
  });
});

describe('faults', () => {
  const path = `GET /assets/v1/assets/${ids.interview}/`;
  const statuses = async (sandbox: Sandbox, times: number): Promise<number[]> => {
    const all: number[] = [];
    for (let i = 0; i < times; i += 1) all.push((await call(sandbox, path)).status);
    return all;
  };

  test('come every n-th time', async () => {
    expect(await statuses(createSandbox({ faults: { refuseEvery: 3 } }), 6)).toEqual([200, 200, 429, 200, 200, 429]);
    expect(await statuses(createSandbox({ faults: { failEvery: 2 } }), 4)).toEqual([200, 503, 200, 503]);
    expect(await statuses(createSandbox({ faults: { throttle: { perSecond: 0.001, burst: 2 } } }), 3)).toEqual([
      200, 200, 429,
    ]);
  });

  test('lose the answer of a write that was done', async () => {
    const sandbox = createSandbox({ faults: { loseEvery: 2 } });
    const write = (text: string) =>
      call(sandbox, `POST /assets/v1/assets/${ids.interview}/segments/`, {
        segment_type: 'MARKER',
        segment_text: text,
      });
    await write('one');
    await expect(write('two')).rejects.toThrow('fetch failed');
    expect(sandbox.store.segments.list((row) => row.segment_text === 'two')).toHaveLength(1);
  });
});
