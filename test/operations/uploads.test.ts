import { describe, expect, test } from 'vitest';
import { type Answer, ids, SIGNED, type Watched, type World, watched, world } from '../support/traffic.ts';

const asset = { asset_id: ids.interview };

/** A new proxy on a storage, to upload to. */
async function proxyOn({ call }: World, storage_id: string) {
  const { id } = await call('create_asset_proxy', { ...asset, filename: 'new.mp4', storage_id });
  return { ...asset, proxy_id: String(id) };
}

async function s3Upload(made: World) {
  const proxy = await proxyOn(made, ids.proxyStorage);
  const { upload_id } = await made.call('get_upload_id_for_proxy', proxy);
  return { proxy, upload: { ...proxy, upload_id } };
}

const toStorage = ({ sent }: Watched) => sent.filter(({ route }) => route.includes('/_storage/'));
const numbersIn = (parts: Answer[]): number[] => parts.map(({ number }) => number);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const partOf = (url: string): number => Number(new URL(url).searchParams.get('partNumber'));

describe('get_upload_id_for_proxy', () => {
  test('starts an upload on S3, without Iconik’s credentials', async () => {
    const made = await watched();
    const proxy = await proxyOn(made, ids.proxyStorage);
    const started = await made.call('get_upload_id_for_proxy', proxy);
    expect(started).toMatchObject({ storage_method: 'S3', upload_id: expect.stringMatching(/\S/) });
    expect(started).not.toHaveProperty('session_url');
    const [request, ...more] = toStorage(made);
    expect(more).toEqual([]);
    expect(request?.route).toMatch(/^POST \/_storage\/s3\/harbour-proxies\//);
    expect(request?.query).toHaveProperty('uploads');
    const again = await made.call('get_upload_id_for_proxy', proxy);
    expect(again.upload_id).not.toBe(started.upload_id);
  });

  test('starts a session on GCS, to which the bytes can be put', async () => {
    const made = await watched();
    const proxy = await proxyOn(made, ids.gcsStorage);
    const { storage_method, session_url, upload_id } = await made.call('get_upload_id_for_proxy', proxy);
    expect({ storage_method, upload_id }).toEqual({ storage_method: 'GCS', upload_id: undefined });
    const [request] = toStorage(made);
    expect(request?.headers.get('x-goog-resumable')).toBe('start');
    const put = await made.sandbox.fetch(session_url, { method: 'PUT', body: 'moving pictures' });
    expect(put.status).toBe(200);
    await made.call('update_asset_proxy', { ...proxy, status: 'CLOSED' });
    const { url } = await made.call('get_asset_proxy', { ...proxy, include_urls: true });
    expect(await (await made.sandbox.fetch(url)).text()).toBe('moving pictures');
  });

  test.each([ids.proxyStorage, ids.gcsStorage])('never sends a credential to the storage %s', async (storage) => {
    const made = await watched();
    await made.call('get_upload_id_for_proxy', await proxyOn(made, storage));
    expect(toStorage(made)).toHaveLength(1);
    for (const { headers } of toStorage(made)) {
      const all = JSON.stringify([...headers]);
      expect([...headers.keys()]).not.toEqual(expect.arrayContaining([expect.stringMatching(/app-id|auth|cookie/)]));
      expect(all).not.toContain(made.sandbox.authToken);
      expect(all).not.toContain(made.sandbox.appId);
    }
  });

  test.each([
    ['FILE', ids.gatewayStorage, 'gateway transfers the file itself'],
    ['AZURE', ids.archiveStorage, 'x-ms-blob-type: BlockBlob'],
    ['B2', ids.b2Storage, 'upload_credentials'],
  ])('says what to do on %s instead', async (method, storage, hint) => {
    const made = await watched();
    const text = await made.refused('get_upload_id_for_proxy', await proxyOn(made, storage));
    expect(text).toContain(`this proxy is on ${method}`);
    expect(text).toContain(hint);
    expect(toStorage(made)).toEqual([]);
  });

  test.each([
    [
      403,
      '<Error><Code>AccessDenied</Code><Message>&quot;new.mp4&quot; &amp; its key have expired</Message></Error>',
      /^get_upload_id_for_proxy failed: The S3 storage refused to start the upload \(HTTP 403\): ""new.mp4" & its key have expired"\. No upload was started\.$/,
    ],
    [
      307,
      '',
      /^get_upload_id_for_proxy failed: The S3 storage refused to start the upload \(HTTP 307\)\. No upload was started\.$/,
    ],
    [503, '<Error><Message>Slow down</Message></Error>', /503\): "Slow down"\. Outcome unknown/],
    [200, '<Something/>', /no UploadId/],
  ])('passes a storage’s %i answer on without the address', async (status, xml, expected) => {
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        return request.url.includes('/_storage/') ? new Response(xml, { status }) : sandbox.fetch(request);
      },
    });
    const text = await made.refused('get_upload_id_for_proxy', await proxyOn(made, ids.proxyStorage));
    expect(text).toMatch(expected);
    expect(text).not.toMatch(SIGNED);
  });
});

describe('get_s3_presigned_url', () => {
  test('gives the URLs of all 23 parts in order, in one call', async () => {
    const made = await watched();
    const { upload } = await s3Upload(made);
    const { parts_num, parts, next_part } = await made.call('get_s3_presigned_url', { ...upload, parts_num: 23 });
    expect({ parts_num, next_part }).toEqual({ parts_num: 23, next_part: undefined });
    expect(numbersIn(parts)).toEqual(upTo(23));
    expect(parts.map(({ url }: Answer) => partOf(url))).toEqual(upTo(23));
    expect(made.last().query).toMatchObject({ parts_num: '23', upload_id: upload.upload_id });
  });

  test('pages on where Iconik answers ten at a time', async () => {
    const pages: string[] = [];
    const made = await world({
      fetch: (sandbox) => (input, init) => {
        const request = new Request(input, init);
        const url = new URL(request.url);
        if (!url.pathname.endsWith('/part/')) return sandbox.fetch(request);
        pages.push(url.searchParams.get('page') ?? '1');
        url.searchParams.delete('per_page');
        return sandbox.fetch(new Request(url, request));
      },
    });
    const { upload } = await s3Upload(made);
    const { parts } = await made.call('get_s3_presigned_url', { ...upload, parts_num: 23 });
    expect(numbersIn(parts)).toEqual(upTo(23));
    expect(pages).toEqual(['1', '2', '3']);
  });

  test('gives 230 parts in several answers, each to be asked for with next_part', async () => {
    const made = await watched();
    const { upload } = await s3Upload(made);
    const seen: Answer[] = [];
    for (let from: number | undefined = 1; from !== undefined; ) {
      const answer: Answer = await made.call('get_s3_presigned_url', { ...upload, parts_num: 230, from_part: from });
      expect(made.last().query).not.toHaveProperty('from_part');
      expect(answer.next_part ?? 231).toBe(from + answer.parts.length);
      seen.push(...answer.parts);
      from = answer.next_part;
    }
    expect(numbersIn(seen)).toEqual(upTo(230));
  });

  test('says how many URLs there were where Iconik gives too few', async () => {
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        const { pathname, searchParams } = new URL(request.url);
        const isLater = pathname.endsWith('/part/') && searchParams.get('page') !== '1';
        return isLater ? Response.json({ objects: [] }) : sandbox.fetch(request);
      },
    });
    const { upload } = await s3Upload(made);
    const text = await made.refused('get_s3_presigned_url', { ...upload, parts_num: 150 });
    expect(text).toContain('100 of 150 parts');
    expect(text).not.toMatch(SIGNED);
  });

  test.each([0, 10_001, 1.5])('refuses %d parts', async (parts_num) => {
    const { refused, requests } = await world();
    const args = { ...asset, proxy_id: ids.interviewProxy, upload_id: 'a', parts_num };
    expect(await refused('get_s3_presigned_url', args)).toContain('parts_num');
    expect(requests).toEqual([]);
  });

  test('passes on that the storage has no parts', async () => {
    const made = await world();
    const proxy = await proxyOn(made, ids.gcsStorage);
    const text = await made.refused('get_s3_presigned_url', { ...proxy, upload_id: 'a', parts_num: 2 });
    expect(text).toMatch(/400.*GCS storages have no S3 multipart uploads/);
  });
});

describe('a proxy upload to S3', () => {
  test('goes from the first call to a proxy that plays', async () => {
    const made = await watched();
    const { proxy, upload } = await s3Upload(made);
    const pieces = ['one;', 'two;', 'three'];
    const { parts } = await made.call('get_s3_presigned_url', { ...upload, parts_num: pieces.length });
    const listed: string[] = [];
    for (const [index, { number, url }] of parts.entries()) {
      const put = await made.sandbox.fetch(url, { method: 'PUT', body: pieces[index] ?? '' });
      expect(put.status).toBe(200);
      listed.push(`<Part><PartNumber>${number}</PartNumber><ETag>${put.headers.get('etag')}</ETag></Part>`);
    }
    const { complete_url } = await made.call('get_s3_complete_url', { ...upload, max_part_number: 3 });
    expect(made.last().query).toEqual({ upload_id: upload.upload_id, type: 'complete_url', max_part_number: '3' });
    const body = `<CompleteMultipartUpload>${listed.join('')}</CompleteMultipartUpload>`;
    expect((await made.sandbox.fetch(complete_url, { method: 'POST', body })).status).toBe(200);

    await made.call('update_asset_proxy', { ...proxy, status: 'CLOSED' });
    const done = await made.call('get_asset_proxy', { ...proxy, include_urls: true });
    expect(done).toMatchObject({ status: 'CLOSED', size: pieces.join('').length });
    expect(await (await made.sandbox.fetch(done.url)).text()).toBe(pieces.join(''));
  });

  test('can be given up', async () => {
    const made = await world();
    const { upload } = await s3Upload(made);
    const { abort_url, complete_url } = await made.call('get_s3_complete_url', { ...upload, type: 'abort_url' });
    expect(complete_url).toBeUndefined();
    expect((await made.sandbox.fetch(abort_url, { method: 'DELETE' })).status).toBe(204);
    const { list_parts_url } = await made.call('get_s3_complete_url', { ...upload, type: 'list_parts_url' });
    expect((await made.sandbox.fetch(list_parts_url[0])).status).toBe(404);
  });
});
