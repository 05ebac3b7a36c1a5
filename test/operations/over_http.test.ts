import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ServedWorld, servedWorld } from '../support/served.ts';
import { type Answer, ids } from '../support/world.ts';
import { examples, shapeOf } from './examples.ts';

let made: ServedWorld;
beforeAll(async () => {
  made = await servedWorld();
});
beforeEach(() => made.renew());
afterAll(() => made[Symbol.asyncDispose]());

describe('over real sockets, through the built server', () => {
  test.each(Object.entries(examples))('%s sends the documented requests and gets its answer', async (name, example) => {
    const args = typeof example.args === 'function' ? await example.args(made) : example.args;
    const before = made.requests.length;
    const answer: Answer = await made.call(name, args);
    expect(Object.keys(answer)).not.toEqual([]);
    expect(made.requests.slice(before).map(shapeOf)).toEqual(example.sends);
  });
});

const MIB = 1024 * 1024;
const interview = { asset_id: ids.interview };

async function proxyOn(storage_id: string): Promise<{ asset_id: string; proxy_id: string }> {
  const { id } = await made.call('create_asset_proxy', { ...interview, filename: 'new.mp4', storage_id });
  return { ...interview, proxy_id: id };
}

/** Closes the proxy and downloads what it now holds. */
async function played(proxy: { asset_id: string; proxy_id: string }): Promise<Buffer> {
  await made.call('update_asset_proxy', { ...proxy, status: 'CLOSED' });
  const { url } = await made.call('get_asset_proxy', { ...proxy, include_urls: true });
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

describe('an upload over real sockets', () => {
  test('to S3 in three parts arrives byte for byte', async () => {
    const parts = [randomBytes(5 * MIB), randomBytes(5 * MIB), randomBytes(MIB + 1)];
    const proxy = await proxyOn(ids.proxyStorage);
    const { upload_id } = await made.call('get_upload_id_for_proxy', proxy);
    const { parts: places } = await made.call('get_s3_presigned_url', { ...proxy, upload_id, parts_num: parts.length });
    const listed = await Promise.all(
      places.map(async ({ number, url }: Answer) => {
        const { status, headers } = await fetch(url, { method: 'PUT', body: new Blob([parts[number - 1] ?? '']) });
        expect(status).toBe(200);
        return `<Part><PartNumber>${number}</PartNumber><ETag>${headers.get('etag')}</ETag></Part>`;
      }),
    );
    const { complete_url } = await made.call('get_s3_complete_url', { ...proxy, upload_id });
    const body = `<CompleteMultipartUpload>${listed.join('')}</CompleteMultipartUpload>`;
    expect((await fetch(complete_url, { method: 'POST', body })).status).toBe(200);
    expect((await played(proxy)).equals(Buffer.concat(parts))).toBe(true);
  });

  test('to GCS in two chunks arrives byte for byte', async () => {
    const bytes = randomBytes(3 * MIB + 7);
    const proxy = await proxyOn(ids.gcsStorage);
    const { session_url } = await made.call('get_upload_id_for_proxy', proxy);
    const put = (from: number, to: number) =>
      fetch(session_url, {
        method: 'PUT',
        body: new Blob([bytes.subarray(from, to)]),
        headers: { 'content-range': `bytes ${from}-${to - 1}/${bytes.length}` },
      });
    expect((await put(0, 2 * MIB)).status).toBe(308);
    expect((await put(2 * MIB, bytes.length)).status).toBe(200);
    expect((await played(proxy)).equals(bytes)).toBe(true);
  });
});
