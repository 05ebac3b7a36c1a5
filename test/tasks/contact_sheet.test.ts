import { decode, encode } from 'jpeg-js';
import { describe, expect, test } from 'vitest';
import { readImageSize } from '../../src/media/image_size.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { useJumpingClock } from '../support/clock.ts';
import { answerOf, ids, type World, world } from '../support/world.ts';

useJumpingClock();

/** A call with its one picture, decoded. */
async function sheetOf({ raw }: World, args: Record<string, unknown>) {
  const result = await raw('view_frame', args);
  const images = result.content.flatMap((one) => (one.type === 'image' ? [one] : []));
  const bytes = Buffer.from(images[0]?.data ?? '', 'base64');
  return { ...answerOf('view_frame', result), images, bytes };
}

/** Whether a picture is one grey, as the place of a missing one is, around a point given in parts of its size. */
function isBlank(bytes: Uint8Array, x: number, y: number): boolean {
  const { width, height, data } = decode(bytes, { useTArray: true });
  const at = (Math.round(y * height) * width + Math.round(x * width)) * 4;
  return [0, 1, 2].every((channel) => Math.abs((data[at + channel] ?? 0) - 64) < 6);
}

/** A storage that sends other bytes for the pictures whose number (from 0, in the order they are asked for) is named. */
const sending =
  (bytes: Uint8Array, ...numbers: number[]) =>
  (sandbox: Sandbox): typeof globalThis.fetch => {
    const asked: string[] = [];
    return async (input, init) => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith('/_storage/')) return sandbox.fetch(request);
      const isBroken = numbers.length === 0 || numbers.includes(asked.push(pathname) - 1);
      return isBroken ? new Response(Uint8Array.from(bytes)) : sandbox.fetch(request);
    };
  };

const picture = (width: number, height: number): Buffer =>
  encode({ width, height, data: new Uint8Array(width * height * 4).fill(200) }, 80).data;

describe('a contact sheet', () => {
  test('is one picture with the time of each keyframe, as large as hosts take', async () => {
    const sheet = await sheetOf(await world(), { asset: ids.hourClip, count: 12 });
    expect(sheet.images).toHaveLength(1);
    expect(sheet.images[0]?.mimeType).toBe('image/jpeg');
    expect(String(sheet.images[0]?.data).length).toBeLessThan(900_000);
    expect(sheet).toMatchObject({ shown: 12, sheet: '3 x 4, 1456x1180 pixels' });
    expect(readImageSize(sheet.bytes)).toEqual({ mimeType: 'image/jpeg', width: 1_456, height: 1_180 });
    expect(sheet.pictures).toHaveLength(12);
    for (const line of sheet.pictures) expect(line).toMatch(/^01:\d\d:\d\d:\d\d \(\d+ ms\)$/);
    expect(isBlank(sheet.bytes, 0.1, 0.1)).toBe(false);
  });

  test('starts at a time, with an interval', async () => {
    const args = { asset: ids.hourClip, every: '30s', at: ['1:00'], count: 3 };
    const { pictures } = await sheetOf(await world(), args);
    const times = pictures.map((line: string) => Number(/\((\d+) ms\)/.exec(line)?.[1]));
    for (const [index, time] of times.entries())
      expect(Math.abs(time - (60_000 + index * 30_000))).toBeLessThan(15_000);
  });

  test('shows a keyframe that several times share once, and says so', async () => {
    const { pictures, notes } = await sheetOf(await world(), { asset: ids.hourClip, every: '1s', count: 30 });
    expect(new Set(pictures).size).toBe(pictures.length);
    expect(notes.join()).toContain(`${30 - pictures.length} times left out`);
  });

  test('of a selection has the poster of each asset, numbered, page by page', async () => {
    const made = await world();
    const { selection, total } = await made.call('find_assets', { collection: ids.football, media_type: ['video'] });
    const first = await sheetOf(made, { selection, count: 5 });
    expect(first).toMatchObject({ total, shown: 5 });
    expect(first.images).toHaveLength(1);
    expect(first.pictures[0]).toMatch(/^1: ".+" \([0-9a-f-]{36}\)$/);
    expect(first.notes.join()).toContain('after: 5');
    const second = await sheetOf(made, { selection, count: 5, after: 5 });
    expect(second.pictures[0]).toMatch(/^6: /);
    expect(second.pictures.join()).not.toContain(first.pictures[4].slice(3));
  });

  test('shows the picture that was chosen for an asset', async () => {
    const made = await world();
    const { selection } = await made.call('find_assets', { words: 'Breakwater' });
    const chosen = made.sandbox.store.keyframes.where('asset_id', ids.hourClip).find(({ type }) => type === 'KEYFRAME');
    made.sandbox.store.assets.update(ids.hourClip, { custom_keyframe: String(chosen?.id) });
    made.sandbox.reindex();
    await sheetOf(made, { selection });
    expect(made.requests.some((one) => one.includes(String(chosen?.id)))).toBe(true);
  });

  test.each([
    ['broken', picture(64, 36).subarray(0, 200), 'the JPEG is broken'],
    ['no picture', Buffer.from('<svg onload="x"></svg>'), 'it is not a picture'],
    ['too large', picture(1_700, 1_300), '1700x1300 pixels are too many'],
    ['a PNG', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\x68', 'latin1'), 'this is PNG'],
    ['endless', Buffer.concat([picture(64, 36), Buffer.from('ffda'.repeat(40), 'hex')]), 'more than 24 passes'],
  ])('has an empty place that says so where a picture is %s', async (_, bytes, says) => {
    const made = await world({ fetch: sending(bytes, 0) });
    const { pictures, shown, bytes: jpeg } = await sheetOf(made, { asset: ids.hourClip, count: 4 });
    expect(shown).toBe(3);
    const index = pictures.findIndex((line: string) => line.includes(': no picture: '));
    expect(pictures[index]).toContain(says);
    const [x, y] = [(index % 2) * 0.5 + 0.4, Math.floor(index / 2) * 0.5 + 0.1];
    expect(isBlank(jpeg, x, y)).toBe(true);
    expect(isBlank(jpeg, 0.9 - x, y)).toBe(false);
  });

  test('is refused where it would be empty, with the reason', async () => {
    const made = await world({ fetch: sending(Buffer.from('<html>')) });
    expect(await made.refused('view_frame', { asset: ids.hourClip, count: 4 })).toContain(
      'No picture of 4 can be shown: it is not a picture',
    );
  });

  test('decodes nothing once its time is over', async () => {
    const { refused } = await world({ deadline: 4_000 });
    expect(await refused('view_frame', { asset: ids.hourClip, count: 4 })).toContain('out of time');
  });

  test('refuses what does not go with a selection', async () => {
    const { refused, call } = await world();
    const { selection, total } = await call('find_assets', { collection: ids.football });
    expect(await refused('view_frame', { selection, at: ['1:00'] })).toContain('Leave out at');
    expect(await refused('view_frame', { selection, after: total })).toContain('leaves nothing');
    expect(await refused('view_frame', { asset: ids.match, after: 3 })).toContain('after: it counts assets');
  });
});
