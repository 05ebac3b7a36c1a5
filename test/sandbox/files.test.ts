import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import type { Row } from '../../src/sandbox/types.ts';
import { ids } from '../../src/sandbox/world/build/ids.ts';
import { checked } from '../support/checked.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = checked(createSandbox());
});
afterEach(() => {
  vi.useRealTimers();
  sandbox.settle();
});

interface Answer {
  status: number;
  body: Row;
}

async function call(route: string, body?: unknown): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const response = await sandbox.fetch(`${sandbox.origin}/API/files/v1/${path}`, {
    method,
    headers: { 'App-ID': sandbox.appId, 'Auth-Token': sandbox.authToken, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

const rows = (value: unknown): Row[] => (Array.isArray(value) ? value : []);
const storage = (url: unknown, init: RequestInit = {}): Promise<Response> => sandbox.fetch(String(url), init);
const etagOf = (text: string): string => `"${createHash('md5').update(text).digest('hex')}"`;
const within = (xml: string, name: string): string => new RegExp(`<${name}>(.*?)</${name}>`).exec(xml)?.[1] ?? '';
const INTERVIEW = `assets/${ids.interview}/`;
const NOTHING = `assets/${ids.placeholder}/`;
const UNKNOWN = '00000000-5b1c-11ef-9c3a-0a580a3db916';

const listed = (parts: readonly [number, string][]): string => {
  const elements = parts.map(([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`);
  return `<CompleteMultipartUpload>${elements.join('')}</CompleteMultipartUpload>`;
};

interface Upload {
  at: string;
  proxy: Row;
  id: string;
}

async function startUpload(where = 'proxies', body: Row = { filename: 'new.mp4' }): Promise<Upload> {
  const { status, body: proxy } = await call(`POST ${INTERVIEW}${where}/`, body);
  expect(status).toBe(201);
  const answer = await storage(proxy.multipart_upload_url, { method: 'POST' });
  expect(answer.status).toBe(200);
  return { at: `${INTERVIEW}${where}/${proxy.id}/`, proxy, id: within(await answer.text(), 'UploadId') };
}

async function partUrls({ at, id }: Upload, count: number, page = 1): Promise<Row[]> {
  const query = new URLSearchParams({ upload_id: id, parts_num: String(count), page: String(page) });
  return rows((await call(`GET ${at}multipart_url/part/?${query}`)).body.objects);
}

async function putParts(upload: Upload, texts: readonly string[]): Promise<[number, string][]> {
  const pages = await Promise.all([1, 2].map((page) => partUrls(upload, texts.length, page)));
  return Promise.all(
    pages.flat().map(async ({ number, url }): Promise<[number, string]> => {
      const answer = await storage(url, { method: 'PUT', body: texts[Number(number) - 1] ?? '' });
      expect(answer.status).toBe(200);
      return [Number(number), answer.headers.get('etag') ?? ''];
    }),
  );
}

async function complete({ at, id }: Upload, xml: string): Promise<Response> {
  const { body } = await call(`GET ${at}multipart_url/?type=complete_url&upload_id=${encodeURIComponent(id)}`);
  expect(Object.keys(body)).toEqual(['complete_url']);
  return storage(body.complete_url, { method: 'POST', body: xml });
}

describe('an S3 upload', () => {
  const texts = Array.from({ length: 12 }, (_, index) => `part ${index + 1};`);

  test('goes all the way with twelve parts', async () => {
    const upload = await startUpload();
    expect(upload.proxy).toMatchObject({ status: 'OPEN', storage_method: 'S3', storage_id: ids.proxyStorage });
    expect(upload.proxy.version_id).toBe(ids.interviewVersions[2]);

    const numbers = async (page: number): Promise<unknown[]> =>
      (await partUrls(upload, 12, page)).map(({ number }) => number);
    expect(await numbers(1)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await numbers(2)).toEqual([11, 12]);
    expect(await numbers(3)).toEqual([]);

    const parts = await putParts(upload, texts);
    expect(parts[0]).toEqual([1, etagOf('part 1;')]);
    const { body: urls } = await call(`GET ${upload.at}multipart_url/?upload_id=${encodeURIComponent(upload.id)}`);
    const shown = await (await storage(rows(urls.list_parts_url)[0])).text();
    expect(shown.match(/<Part>/g)).toHaveLength(12);

    const done = await complete(upload, listed(parts));
    expect(done.status).toBe(200);
    expect(within(await done.text(), 'ETag')).toMatch(/^&quot;[0-9a-f]{32}-12&quot;$/);

    await call(`PATCH ${upload.at}`, { status: 'CLOSED' });
    const { body: proxy } = await call(`GET ${upload.at}`);
    expect(proxy).toMatchObject({ status: 'CLOSED', size: texts.join('').length });
    expect(await (await storage(proxy.url)).text()).toBe(texts.join(''));
  });

  test('is not completed with what was not uploaded', async () => {
    const upload = await startUpload();
    const parts = await putParts(upload, ['a', 'b']);
    const code = async (xml: string): Promise<[number, string]> => {
      const answer = await complete(upload, xml);
      return [answer.status, within(await answer.text(), 'Code')];
    };
    expect(await code(listed([[1, '"wrong"']]))).toEqual([400, 'InvalidPart']);
    expect(await code(listed([[3, etagOf('a')]]))).toEqual([400, 'InvalidPart']);
    expect(await code(listed(parts.toReversed()))).toEqual([400, 'InvalidPartOrder']);
    expect(await code('{"parts": []}')).toEqual([400, 'MalformedXML']);
    expect((await complete(upload, listed(parts))).status).toBe(200);
    expect(await code(listed(parts))).toEqual([404, 'NoSuchUpload']);
  });

  test('can be aborted, at the storage or by a clean-up', async () => {
    const [one, other] = [await startUpload(), await startUpload()];
    const { body } = await call(`GET ${one.at}multipart_url/?upload_id=${encodeURIComponent(one.id)}`);
    expect((await storage(body.abort_url, { method: 'DELETE' })).status).toBe(204);
    await call(`POST ${other.at}multipart/cleanup/`, { upload_id: other.id, abort_upload: true });
    for (const upload of [one, other]) {
      const [part] = await partUrls(upload, 1);
      expect((await storage(part?.url, { method: 'PUT', body: 'a' })).status).toBe(404);
    }
  });

  test('works for files too', async () => {
    const file = { original_name: 'b roll.mov', directory_path: '', type: 'FILE', file_set_id: ids.interviewFileSet };
    const upload = await startUpload('files', file);
    expect(upload.proxy).toMatchObject({ storage_id: ids.s3Storage, format_id: ids.interviewFormat, status: 'OPEN' });
    expect(upload.proxy.name).toContain('b roll.mov');
    const wanted = { upload_id: upload.id, parts: [{ part_number: 1 }] };
    const { body } = await call(`POST ${upload.at}multipart_url/s3/part/`, wanted);
    await storage(rows(body.parts)[0]?.url, { method: 'PUT', body: 'whole' });
    expect((await complete(upload, listed([[1, etagOf('whole')]]))).status).toBe(200);
    expect((await call(`GET ${upload.at}`)).body.size).toBe(5);
  });

  test('needs the number of parts and the upload', async () => {
    const { at } = await startUpload();
    const absent = await call(`GET ${at}multipart_url/part/?upload_id=x`);
    expect(absent).toMatchObject({ status: 400, body: { errors: { parts_num: expect.any(String) } } });
    expect((await call(`GET ${at}multipart_url/`)).body).toMatchObject({ errors: { upload_id: expect.any(String) } });
  });
});

describe('a GCS upload', () => {
  const start = async (): Promise<Row> =>
    (await call(`POST ${INTERVIEW}proxies/`, { filename: 'a.mp4', storage_id: ids.gcsStorage })).body;
  const headers = { 'x-goog-resumable': 'start' };

  test('goes through a session', async () => {
    const proxy = await start();
    expect(proxy.storage_method).toBe('GCS');
    expect(proxy.multipart_upload_url).toBeUndefined();
    expect((await storage(proxy.upload_url, { method: 'POST' })).status).toBe(400);
    const session = await storage(proxy.upload_url, { method: 'POST', headers });
    expect(session.status).toBe(201);
    const location = session.headers.get('location') ?? '';
    expect(location).toContain(session.headers.get('x-guploader-uploadid'));
    expect((await storage(location, { method: 'PUT', body: 'the proxy' })).status).toBe(200);
    const { body } = await call(`GET ${INTERVIEW}proxies/${proxy.id}/`);
    expect(await (await storage(body.url)).text()).toBe('the proxy');
  });

  test('takes chunks', async () => {
    const session = await storage((await start()).upload_url, { method: 'POST', headers });
    const put = (range: string, body: string): Promise<Response> =>
      storage(session.headers.get('location'), { method: 'PUT', body, headers: { 'content-range': range } });
    const first = await put('bytes 0-2/6', 'abc');
    expect([first.status, first.headers.get('range')]).toEqual([308, 'bytes=0-2']);
    expect((await put('bytes */6', '')).status).toBe(308);
    expect((await put('bytes 3-5/6', 'def')).status).toBe(200);
  });
});

describe('the storages', () => {
  test('refuse the credentials of Iconik', async () => {
    const { body } = await call(`GET ${INTERVIEW}proxies/${ids.interviewProxy}/`);
    for (const header of ['App-ID', 'Auth-Token']) {
      const answer = await storage(body.url, { headers: { [header]: 'x' } });
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('Iconik credentials were sent to the storage');
    }
  });

  test('want the right signature, for the right method, in time', async () => {
    const { body } = await call(`GET ${INTERVIEW}proxies/${ids.interviewProxy}/`);
    const url = new URL(String(body.url));
    expect((await storage(url)).status).toBe(200);
    expect((await storage(url, { method: 'PUT', body: 'x' })).status).toBe(403);
    url.searchParams.set('X-Amz-Expires', '999999');
    expect((await storage(url)).status).toBe(403);
    expect((await storage(url.origin + url.pathname)).status).toBe(403);
    vi.useFakeTimers({ now: Date.now() + 3 * 3_600_000, toFake: ['Date'] });
    expect(await (await storage(body.url)).text()).toContain('expired');
  });

  test('serve a picture for a keyframe, and as a file when that is asked for', async () => {
    const { body } = await call(`GET ${INTERVIEW}keyframes/?content_disposition=attachment`);
    const answer = await storage(rows(body.objects)[0]?.url);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect([...new Uint8Array(await answer.arrayBuffer())].slice(0, 3)).toEqual([0xff, 0xd8, 0xff]);
  });

  test('have nothing before the upload', async () => {
    const { body: made } = await call(`POST ${INTERVIEW}proxies/`, {});
    const { body } = await call(`GET ${INTERVIEW}proxies/${made.id}/`);
    expect((await storage(body.url)).status).toBe(404);
    expect((await call(`PATCH ${INTERVIEW}proxies/${made.id}/`, { status: 'CLOSED' })).body.status).toBe('CLOSED');
  });

  test('are listed by their properties, and the right one is picked', async () => {
    const { body } = await call('GET storages/?method=S3&status=ACTIVE&sort=name,desc');
    expect(rows(body.objects).map(({ purpose }) => purpose)).toEqual(['PROXIES', 'FILES', 'KEYFRAMES']);
    expect((await call(`GET storages/?ids=${ids.s3Storage},${ids.gcsStorage}`)).body.total).toBe(2);
    expect((await call('GET storages/matching/FILES/')).body.id).toBe(ids.s3Storage);
    expect((await call('GET storages/matching/FILES/method/GCS/')).body.id).toBe(ids.gcsStorage);
    expect((await call('GET storages/matching/FACES/')).status).toBe(404);
    expect((await call(`GET storages/${ids.s3Storage}/`)).body.settings).toHaveProperty('secret_key');
  });

  test('answer the URLs that search signs', async () => {
    const response = await sandbox.fetch(`${sandbox.origin}/API/search/v1/search/`, {
      method: 'POST',
      headers: { 'App-ID': sandbox.appId, 'Auth-Token': sandbox.authToken, 'content-type': 'application/json' },
      body: JSON.stringify({ doc_types: ['assets'], query: 'Jordan Reyes' }),
    });
    const { objects } = (await response.json()) as Row;
    const url = rows(objects).flatMap(({ keyframes }) => rows(keyframes))[0]?.url;
    expect((await storage(url)).headers.get('content-type')).toBe('image/jpeg');
    expect((await storage(String(url).replace(/Signature=../, 'Signature=zz'))).status).toBe(403);
  });
});

describe('what an asset has', () => {
  test.each(['formats', 'file_sets', 'files', 'proxies', 'keyframes'])(
    '%s: none is a 404, as is an unknown asset',
    async (noun) => {
      const none = await call(`GET ${NOTHING}${noun}/`);
      expect(none.status).toBe(404);
      expect(String(rows(none.body.errors)[0])).toContain("for this asset don't exist");
      expect((await call(`GET assets/${UNKNOWN}/${noun}/`)).status).toBe(404);
      expect((await call(`GET ${INTERVIEW}${noun}/`)).body.total).toBeGreaterThan(0);
    },
  );

  test('signs URLs of proxies, of files on request only', async () => {
    const first = async (path: string): Promise<Row> =>
      rows((await call(`GET ${INTERVIEW}${path}`)).body.objects)[0] ?? {};
    expect(await first('proxies/')).toHaveProperty('url');
    expect(await first('proxies/?generate_signed_url=false')).not.toHaveProperty('url');
    const placeholder = String((await first('files/')).url);
    expect(placeholder).not.toContain('Signature');
    expect((await sandbox.fetch(placeholder)).status).toBe(403);
    expect(await first('files/?generate_signed_url=true')).toHaveProperty('url');
  });

  test('shows the latest version, all on request', async () => {
    const latest = (await call(`GET ${INTERVIEW}proxies/`)).body.total;
    const all = (await call(`GET ${INTERVIEW}proxies/?include_all_versions=true`)).body.total;
    expect(all).toBeGreaterThan(Number(latest));
    const [first] = ids.interviewVersions;
    const { body } = await call(`GET ${INTERVIEW}versions/${first}/proxies/`);
    expect(rows(body.objects).map(({ version_id }) => version_id)).toEqual([first]);
  });

  test('counts files on request', async () => {
    const [plain] = rows((await call(`GET ${INTERVIEW}file_sets/`)).body.objects);
    expect(plain).not.toHaveProperty('file_count');
    const [counted] = rows((await call(`GET ${INTERVIEW}file_sets/?file_count=true`)).body.objects);
    expect(counted?.file_count).toBe(1);
  });

  test('finds a format by id and by name', async () => {
    expect((await call(`GET ${INTERVIEW}formats/${ids.interviewFormat}/`)).body.name).toBe('ORIGINAL');
    expect((await call(`GET ${INTERVIEW}formats/ORIGINAL/`)).body.id).toBe(ids.interviewFormat);
    expect((await call(`GET ${INTERVIEW}formats/NONE/`)).status).toBe(404);
  });

  test('finds files by checksum', async () => {
    const { body: file } = await call(`GET ${INTERVIEW}files/${ids.interviewFile}/`);
    const { body } = await call(`GET files/checksum/${file.checksum}/`);
    expect(rows(body.objects).map(({ id }) => id)).toContain(ids.interviewFile);
    expect((await call('GET files/checksum/none/')).status).toBe(404);
  });
});

describe('new media', () => {
  test('is made from format to file', async () => {
    const { body: format, status } = await call(`POST ${NOTHING}formats/`, { name: 'ORIGINAL' });
    expect(status).toBe(201);
    const set = { name: 'a', format_id: format.id, base_dir: '', component_ids: [] };
    const { body: fileSet } = await call(`POST ${NOTHING}file_sets/`, set);
    expect(fileSet).toMatchObject({ storage_id: ids.s3Storage, file_count: 0, base_dir: '', component_ids: [] });
    const entry = { original_name: 'a.mov', directory_path: '', type: 'FILE', file_set_id: fileSet.id };
    const { body: file } = await call(`POST ${NOTHING}files/`, entry);
    await storage(file.upload_url, { method: String(file.upload_method), body: 'bytes' });
    await call(`PATCH ${NOTHING}files/${file.id}/`, { status: 'CLOSED' });
    expect((await call(`GET ${NOTHING}file_sets/${fileSet.id}/files/`)).body.total).toBe(1);
    const { body: job } = await call(`POST ${NOTHING}files/${file.id}/keyframes/`, {});
    expect(sandbox.store.jobs.get(String(job.job_id))).toMatchObject({ object_id: ids.placeholder, type: 'TRANSCODE' });
    sandbox.settle();
    expect((await call(`GET ${NOTHING}proxies/`)).body.total).toBe(1);
    expect((await call(`GET ${NOTHING}keyframes/`)).body.total).toBe(2);
  });

  test.each([
    ['file_sets', { name: 'a', format_id: ids.interviewFormat }, ['base_dir', 'component_ids']],
    ['files', { original_name: 'a.mov', type: 'FILE' }, ['directory_path']],
    ['formats', {}, ['name']],
  ])('%s: required fields are wanted even where they may be empty', async (noun, body, missing) => {
    const answer = await call(`POST ${INTERVIEW}${noun}/`, body);
    expect(answer.status).toBe(400);
    expect(Object.keys(Object(answer.body.errors)).sort()).toEqual(missing);
  });

  test('belongs to what exists', async () => {
    const lost = { original_name: 'a', directory_path: '', type: 'FILE', file_set_id: UNKNOWN };
    expect((await call(`POST ${INTERVIEW}files/`, lost)).body).toHaveProperty('errors.file_set_id');
    const foreign = { ...lost, file_set_id: ids.interviewFileSet };
    expect((await call(`POST ${NOTHING}files/`, foreign)).body).toHaveProperty('errors.file_set_id');
    expect((await call(`POST ${INTERVIEW}proxies/`, { storage_id: UNKNOWN })).body).toHaveProperty('errors.storage_id');
    expect((await call(`POST ${INTERVIEW}proxies/`, { version_id: UNKNOWN })).body).toHaveProperty('errors.version_id');
  });

  test('goes to the bin, or for good', async () => {
    const binned = await call(`DELETE ${INTERVIEW}file_sets/${ids.interviewFileSet}/`);
    expect(binned).toMatchObject({ status: 200, body: { status: 'DELETED' } });
    expect(sandbox.store.files.get(ids.interviewFile)).toMatchObject({ status: 'DELETED' });
    const gone = await call(`DELETE ${INTERVIEW}formats/${ids.interviewFormat}/?immediately=true`);
    expect(gone.status).toBe(204);
    expect(sandbox.store.files.get(ids.interviewFile)).toBeUndefined();
  });

  test('is downloaded with a note in the history', async () => {
    const before = sandbox.store.history.size;
    const { body } = await call(`GET ${INTERVIEW}proxies/${ids.interviewProxy}/download_url/`);
    expect((await storage(body.url)).headers.get('content-disposition')).toContain('attachment');
    expect(sandbox.store.history.size).toBe(before + 1);
  });
});
