import { statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/index.ts';
import { serveSandbox } from '../../src/sandbox/serve.ts';
import { clipIn } from '../../src/sandbox/storage/mp4.ts';
import type { Row } from '../../src/sandbox/types.ts';
import { ids } from '../../src/sandbox/world/build/ids.ts';
import { ask, rows } from './support.ts';

const sandbox = createSandbox();
const proxyOf = async (asset: string): Promise<Row> =>
  rows((await ask(sandbox, `GET /files/v1/assets/${asset}/proxies/`)).body.objects)[0] as Row;
const load = async (url: unknown, init?: RequestInit): Promise<Response> => sandbox.fetch(String(url), init);
const bytesOf = async (answer: Response): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await answer.arrayBuffer());

/** Seconds that a film says it lasts. */
function secondsOf(film: Uint8Array<ArrayBuffer>): number {
  const at = new TextDecoder('latin1').decode(film).indexOf('mdhd');
  const view = new DataView(film.buffer, at + 16);
  return view.getUint32(4) / view.getUint32(0);
}

describe('the proxy of a video', () => {
  test('is a film as long as its asset', async () => {
    const proxy = await proxyOf(ids.interview);
    const answer = await load(proxy.url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    const { body } = await ask(sandbox, `GET /files/v1/assets/${ids.interview}/formats/ORIGINAL/`);
    const [about] = rows(body.metadata);
    const film = await bytesOf(answer);
    expect(secondsOf(film)).toBeCloseTo(Number(about?.duration) / 1000, 1);
    expect(film.byteLength).toBe(Number(answer.headers.get('content-length')));
  });

  test('runs at the frame rate of its asset', async () => {
    const drop = sandbox.store.proxies.list(({ frame_rate: rate }) => rate === '29.97')[0] as Row;
    const film = await bytesOf(await load((await proxyOf(String(drop.asset_id))).url));
    const at = new TextDecoder('latin1').decode(film).indexOf('stts');
    const view = new DataView(film.buffer, at);
    const [frames, delta] = [view.getUint32(12), view.getUint32(16)];
    expect(delta).toBe(1001);
    expect(frames / secondsOf(film)).toBeCloseTo(30_000 / 1001, 6);
    const { sizes, keys } = clipIn(film);
    expect(sizes).toHaveLength(frames);
    expect(keys[0]).toBe(1);
  });

  test('comes in parts, as a player asks for it', async () => {
    const { url } = await proxyOf(ids.interview);
    const whole = await bytesOf(await load(url));
    const part = async (range: string): Promise<unknown[]> => {
      const answer = await load(url, { headers: { range } });
      const { headers, status } = answer;
      return [status, headers.get('content-range'), headers.get('content-length'), await bytesOf(answer)];
    };
    const size = whole.byteLength;
    expect(await part('bytes=0-9')).toEqual([206, `bytes 0-9/${size}`, '10', whole.slice(0, 10)]);
    expect(await part(`bytes=${size - 4}-`)).toEqual([
      206,
      `bytes ${size - 4}-${size - 1}/${size}`,
      '4',
      whole.slice(-4),
    ]);
    expect(await part('bytes=-4')).toEqual([206, `bytes ${size - 4}-${size - 1}/${size}`, '4', whole.slice(-4)]);
    expect((await part(`bytes=${size}-`))[0]).toBe(416);
    expect((await part('bytes=0-1,4-5'))[0]).toBe(200);
  });

  test('is refused unsigned, and under an address signed for another method', async () => {
    const { url } = await proxyOf(ids.interview);
    expect((await load(String(url).split('?')[0])).status).toBe(403);
    expect((await load(url, { method: 'HEAD' })).status).toBe(403);
  });

  test('plays from a socket', async () => {
    const served = await serveSandbox({ port: 0 });
    try {
      const headers = { 'app-id': served.appId, 'auth-token': served.authToken };
      const list = await fetch(`${served.url}/API/files/v1/assets/${ids.interview}/proxies/`, { headers });
      const { objects } = (await list.json()) as Row;
      const url = String(rows(objects)[0]?.url);
      const answer = await fetch(url, { headers: { range: 'bytes=0-99' } });
      expect([answer.status, answer.headers.get('accept-ranges')]).toEqual([206, 'bytes']);
      expect((await answer.arrayBuffer()).byteLength).toBe(100);
    } finally {
      await served.close();
    }
  });
});

test('the clip behind it is small', () => {
  const { size } = statSync(new URL('../../src/sandbox/storage/clip.mp4', import.meta.url));
  expect(size).toBeLessThan(150_000);
});
