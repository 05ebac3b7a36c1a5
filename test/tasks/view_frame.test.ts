import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { readImageSize } from '../../src/media/image_size.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, answerOf, ids, type World, world } from '../support/world.ts';

useJumpingClock();

/** A call with the images that came beside the answer. */
async function look({ raw }: World, args: Record<string, unknown>) {
  const result = await raw('view_frame', args);
  const images = result.content.flatMap((one) => (one.type === 'image' ? [one] : []));
  const { title, shown, pictures, notes } = answerOf('view_frame', result);
  const text = result.content.map((one) => (one.type === 'text' ? one.text : '')).join('');
  return { title, shown, pictures, notes, images, text, isError: result.isError === true };
}

/** A storage that sends other bytes for pictures. */
const sending =
  (bytes: Uint8Array | ((path: string) => Uint8Array | undefined), status = 200) =>
  (sandbox: Sandbox): typeof globalThis.fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    const body = typeof bytes === 'function' ? bytes(pathname) : bytes;
    if (!pathname.startsWith('/_storage/') || !body) return sandbox.fetch(request);
    return new Response(Uint8Array.from(body), { status });
  };

const jpeg = (width: number, height: number, weight = 100): Uint8Array => {
  const bytes = new Uint8Array(weight);
  bytes.set([
    0xff,
    0xd8,
    0xff,
    0xe0,
    0,
    4,
    1,
    1,
    0xff,
    0xc0,
    0,
    17,
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
  ]);
  return bytes;
};

describe('view_frame', () => {
  test('shows the keyframe nearest to a timecode, and says how far off it is', async () => {
    const made = await world();
    const { images, pictures, title, shown, text } = await look(made, { asset: ids.hourClip, at: ['01:02:10:00'] });
    expect(title).toBe('The Breakwater, episode 4, master');
    expect(shown).toBe(1);
    expect(pictures).toEqual([
      '01:02:10:00 (130130 ms): picture 1, keyframe of 01:01:59:21 (119995 ms), 10.1 s earlier, 320x180',
    ]);
    expect(images).toHaveLength(1);
    expect(images[0]?.mimeType).toBe('image/jpeg');
    expect([...Buffer.from(images[0]?.data ?? '', 'base64').subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect(encode(text).length).toBeLessThan(300);
  });

  test.each(['end', 'the last frame', 'at the end'])('shows the last frame for %s', async (word) => {
    const made = await world();
    const { pictures } = await look(made, { asset: ids.match, at: [word] });
    expect(pictures[0]).toMatch(/^02:57:59;28 \(\d+ ms\): /);
  });

  test('counts drop frame, and says where a picture is exactly there', async () => {
    const made = await world();
    const { pictures } = await look(made, { asset: ids.match, at: ['01:02:00;04'] });
    expect(pictures).toEqual([
      '01:02:00;04 (120120 ms): picture 1, keyframe of 01:01:59;28 (119987 ms), 133 ms earlier, 320x180',
    ]);
    const again = await look(made, { asset: ids.hourClip, at: ['119995ms'] });
    expect(again.pictures[0]).toContain('exactly there');
  });

  test('puts each image into the answer once, and into the data never', async () => {
    const made = await world();
    const result = await made.raw('view_frame', { asset: ids.hourClip, at: ['1:00'] });
    const [image] = result.content.filter((one) => one.type === 'image');
    const rest = JSON.stringify(result.content.filter((one) => one !== image));
    expect(rest).not.toContain(String(image?.data).slice(0, 40));
    expect(rest).not.toMatch(/https?:|X-Amz/);
  });

  test('never shows a map of many pictures as one', async () => {
    const { pictures } = await look(await world(), { asset: ids.hourClip, at: ['0:00'] });
    expect(pictures[0]).toContain('keyframe of 01:00:01:23');
  });

  test('shows a keyframe that several times share once', async () => {
    const { images, pictures, notes } = await look(await world(), { asset: ids.interview, at: ['0:10', '0:11'] });
    expect(images).toHaveLength(1);
    expect(pictures).toHaveLength(2);
    expect(notes[0]).toContain('shown once');
  });

  test('shows the poster where no time is given, and the one that was chosen first', async () => {
    const made = await world();
    expect((await look(made, { asset: ids.hourClip })).pictures[0]).toMatch(/^picture 1, poster of 01:14:48/);
    const chosen = made.sandbox.store.keyframes.where('asset_id', ids.hourClip)[5];
    made.sandbox.store.assets.update(ids.hourClip, { custom_keyframe: String(chosen?.id) });
    expect((await look(made, { asset: ids.hourClip })).pictures[0]).toMatch(/^picture 1, keyframe of/);
  });

  test('shows the cover that somebody chose for a collection', async () => {
    const made = await world();
    made.sandbox.store.collections.update(ids.drones2025, { keyframe_asset_ids: [ids.hourClip, ids.interview] });
    const { images, notes } = await look(made, { collection: 'Drone 2025' });
    expect(images).toHaveLength(2);
    expect(notes).toContain('Its cover: the posters of the chosen assets.');
  });

  test('shows the picture of a collection, and says where it has none', async () => {
    const made = await world();
    const { images, title } = await look(made, { collection: 'Matchday 12 highlights' });
    expect(images).toHaveLength(1);
    expect(title).toBe('Matchday 12 highlights');
    expect(await made.refused('view_frame', { collection: 'Aerials' })).toContain(
      '"Aerials" has no picture of its own',
    );
  });

  test('looks into an older version', async () => {
    const made = await world();
    const older = await look(made, { asset: ids.interview, version: 1, at: ['0:10'] });
    expect(older.images).toHaveLength(1);
    expect(made.requests.some((one) => one.includes(`/versions/${ids.interviewVersions[0]}/keyframes/`))).toBe(true);
    const refused = await made.refused('view_frame', { asset: ids.interview, version: 9 });
    expect(refused).toMatch(/version: "Interview Jordan Reyes, Lisbon" has no version "9"\. Its versions: v1 \(/);
  });

  test('leaves nothing behind and sends no credentials to the storage', async () => {
    const headers: Headers[] = [];
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        if (new URL(request.url).pathname.startsWith('/_storage/')) headers.push(request.headers);
        return sandbox.fetch(request);
      },
    });
    await look(made, { asset: ids.hourClip, count: 2 });
    expect(headers).toHaveLength(2);
    for (const one of headers) expect([one.has('auth-token'), one.has('app-id')]).toEqual([false, false]);
    expect(made.requests.filter((one) => !/^GET |^POST \/API\/search/.test(one))).toEqual([]);
    expect(made.log.filter((line) => line.includes('audit'))).toEqual([]);
  });

  test('says what is missing where there are no keyframes', async () => {
    const { refused } = await world();
    expect(await refused('view_frame', { asset: ids.placeholder })).toContain('has no keyframes');
  });

  test('refuses a time outside of the clip, and arguments that do not fit together', async () => {
    const { refused } = await world();
    expect(await refused('view_frame', { asset: ids.hourClip, at: ['03:00:00:00'] })).toMatch(
      /"03:00:00:00" is beyond the end/,
    );
    expect(await refused('view_frame', {})).toContain('Name either an asset or a collection or a selection');
    expect(await refused('view_frame', { asset: ids.match, collection: 'News' })).toContain(
      'either an asset or a collection',
    );
    expect(await refused('view_frame', { collection: 'News', at: ['1:00'] })).toContain('Leave out at');
    expect(await refused('view_frame', { asset: ids.match, at: ['1:00', '2:00'], count: 2 })).toContain(
      'only one time',
    );
    expect(await refused('view_frame', { asset: ids.match, every: '0s' })).toContain('every: "0s" is not an interval');
    expect(await refused('view_frame', { asset: 'Sunset behind the cranes' })).toContain(ids.twins[1]);
  });

  test('refuses what is no picture, whatever it is called', async () => {
    const made = await world({ fetch: sending(new TextEncoder().encode('<svg onload="x"></svg>')) });
    const { images, text, isError } = await look(made, { asset: ids.hourClip, at: ['1:00'] });
    expect([images.length, isError]).toEqual([0, true]);
    expect(text).toContain('not a JPEG, PNG, GIF or WebP picture');
    expect(text).not.toContain('svg');
  });

  test.each([
    ['wide', jpeg(1_280, 720), '1280x720 pixels'],
    ['heavy', jpeg(640, 360, 250_000), '250 kB'],
    ['huge', jpeg(640, 360, 4_100_000), 'more than 4 MB'],
  ])('refuses pictures that are too %s, in a sentence', async (_, bytes, says) => {
    const made = await world({ fetch: sending(bytes) });
    const { images, text } = await look(made, { asset: ids.hourClip, at: ['1:00'] });
    expect(images).toEqual([]);
    expect(text).toContain(says);
    expect(text).toContain('the limit is 1024 pixels per side and 200 kB');
  });

  test('takes the next picture where the nearest is too large, and says so', async () => {
    const first = new Set<string>();
    const { images, notes, pictures } = await look(
      await world({
        fetch: sending((path) => {
          if (!path.startsWith('/_storage/')) return undefined;
          first.add(path);
          return first.size === 1 ? jpeg(4_000, 3_000) : undefined;
        }),
      }),
      { asset: ids.hourClip, at: ['1:00'] },
    );
    expect(images).toHaveLength(1);
    expect(pictures[0]).toMatch(/30\.0 s (earlier|later)/);
    expect(notes.join()).toContain('4000x3000 pixels');
  });

  test('leaves pictures out that together are too much for a host, and says so', async () => {
    const made = await world({ fetch: sending(jpeg(640, 360, 190_000)) });
    const { images, pictures, notes, shown } = await look(made, {
      asset: ids.hourClip,
      at: ['0:10', '5:10', '10:10', '15:10', '20:10', '25:10'],
    });
    expect([images.length, shown]).toEqual([3, 3]);
    expect(images.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThan(1_000_000);
    expect(pictures[5]).toMatch(/: no picture$/);
    expect(notes.join()).toContain('3 pictures are left out');
  });

  test('shows a photograph, which has no times', async () => {
    const made = await world();
    const photo = made.sandbox.store.keyframes.list((row) => row.time_code === undefined && Boolean(row.asset_id))[0];
    const { images, notes } = await look(made, { asset: String(photo?.asset_id), at: ['0:01'] });
    expect(images).toHaveLength(1);
    expect(notes[0]).toContain('carry no times');
  });

  test('says what the storage said', async () => {
    const made = await world({ fetch: sending(new Uint8Array(1), 403) });
    expect((await look(made, { asset: ids.hourClip, at: ['1:00'] })).text).toContain('HTTP 403');
  });

  test('reads times that are counted from midnight, too', async () => {
    const made = await world();
    const { store } = made.sandbox;
    for (const row of store.keyframes.where('asset_id', ids.hourClip) as Answer[]) {
      if (!row.time_code) continue;
      const frames_number = row.time_code.frames_number + 86_400;
      store.keyframes.update(String(row.id), { time_code: { ...row.time_code, frames_number } });
    }
    const { pictures } = await look(made, { asset: ids.hourClip, at: ['01:02:10:00'] });
    expect(pictures[0]).toContain('keyframe of 01:01:59:21');
  });
});

describe('a picture', () => {
  const bytes = (text: string, ...more: number[]): Uint8Array =>
    Uint8Array.from([...Buffer.from(text, 'latin1'), ...more]);
  test.each([
    ['image/jpeg', jpeg(640, 360)],
    ['image/png', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 0, 0, 2, 128, 0, 0, 1, 104)],
    ['image/gif', bytes('GIF89a', 128, 2, 104, 1)],
    ['image/webp', bytes('RIFF\0\0\0\0WEBPVP8 \n\0\0\0\0\0\0\x9d\x01\x2a', 128, 2, 104, 1)],
    ['image/webp', bytes('RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0', 127, 2, 0, 103, 1, 0, 0)],
    ['image/webp', bytes('RIFF\0\0\0\0WEBPVP8L\x05\0\0\0\x2f', 127, 194, 89, 0)],
  ])('tells its kind and its size: %s', (mimeType, whole) => {
    expect(readImageSize(whole)).toEqual({ mimeType, width: 640, height: 360 });
    expect(readImageSize(whole.subarray(0, 9))).toBeUndefined();
  });

  test.each([
    [
      'a GIF',
      bytes('GIF89a', 1, 0, 1, 0, 0, 0, 0, 0x21, 0xf9, 4, 0, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 255, 255, 255, 255, 0),
    ],
    [
      'a GIF with a color table',
      bytes('GIF87a', 1, 0, 1, 0, 0x80, 0, 0, ...Array(6).fill(0), 0x2c, 0, 0, 0, 0, 255, 255, 255, 255, 0),
    ],
    [
      'a WebP',
      bytes(
        'RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0',
        0,
        0,
        0,
        0,
        0,
        0,
        ...bytes('VP8 \n\0\0\0\0\0\0\x9d\x01\x2a'),
        255,
        63,
        255,
        63,
      ),
    ],
    [
      'a PNG that moves',
      bytes(
        '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0crc!\0\0\0\x1afcTL\0\0\0\0',
        ...[0, 0, 255, 255, 0, 0, 255, 255],
        ...Array(18).fill(0),
      ),
    ],
    [
      'a JPEG with two frame headers',
      bytes(
        '\xff\xd8\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xff\xc2\0\x0b\x08\xff\xff\xff\xff\x01\x01\x11\0\xff\xda',
      ),
    ],
  ])('counts with its largest frame, which a decoder makes room for: %s', (_, whole) => {
    expect(readImageSize(whole)?.width).toBeGreaterThan(16_000);
    expect(readImageSize(whole)?.height).toBeGreaterThan(16_000);
  });

  test('is none without a pixel', () => {
    expect(readImageSize(bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 0, 0, 0, 0, 0, 0, 0, 0))).toBeUndefined();
    expect(readImageSize(bytes('GIF89a', 0, 0, 1, 0))).toBeUndefined();
  });

  test.each([[''], ['x'], ['<html></html>'], ['\xff\xd8\xff\xda'], ['RIFF\0\0\0\0WAVEfmt \0\0\0\0\0\0\0\0\0\0']])(
    'is not %j',
    (text) => {
      expect(readImageSize(bytes(text))).toBeUndefined();
    },
  );

  test('shows of a sub-clip the pictures of its original at its own times, and says so', async () => {
    const made = await world();
    const asset = 'Goal Reyes, 1:0, Matchday 12';
    const { images, pictures, notes, title } = await look(made, { asset });
    expect(images).toHaveLength(1);
    expect(title).toBe(asset);
    expect(notes.join()).toContain('no pictures of its own: these are of "Matchday 12, Harbour City v Northgate');
    const original = await look(made, { asset: ids.match, at: ['12:04'] });
    const place = /^(\S+) \(724000 ms\)/.exec(original.pictures[0])?.[1];
    expect(pictures[0]).toContain(`${place} (0 ms)`);
    expect(images[0]?.data).toBe(original.images[0]?.data);
    const end = await look(made, { asset, at: ['27s'] });
    expect(end.pictures[0]).toContain('(27000 ms)');
    const { selection } = await made.call('find_assets', { words: '"Goal Reyes"' });
    expect((await look(made, { selection })).images).toHaveLength(1);
  });
});
