import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock();

/** Size of a JPEG, read from its frame header. */
function jpegSize(data: string): { width: number; height: number } {
  const bytes = Buffer.from(data, 'base64');
  for (let at = 2; at < bytes.length; ) {
    const marker = bytes.readUInt16BE(at);
    if (marker >= 0xffc0 && marker <= 0xffc2)
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  throw new Error('not a JPEG');
}

test('the picture at a timecode, of a clip that does not start at zero', async () => {
  const title = 'Matchday 12, Harbour City v Northgate, full match';
  const made = await story(`Show me what ${title} looks like at 01:02:10;00.`);
  const answer = await made.ask('view_frame', { asset: title, at: ['01:02:10;00'] });
  const images = answer.content.filter(({ type }: { type: string }) => type === 'image');
  expect(images).toHaveLength(1);
  expect(images[0].mimeType).toBe('image/jpeg');
  expect(Math.max(...Object.values(jpegSize(images[0].data)))).toBeLessThanOrEqual(1_024);
  expect(Buffer.from(images[0].data, 'base64').byteLength).toBeLessThanOrEqual(200_000);
  // The file begins at 01:00:00;00: 2 min 10 s in, where a keyframe each two minutes is 10 s off.
  expect(answer.text).toMatch(/01:02:10;00/);
  expect(answer.text).toMatch(/10(\.\d+)? s/);
  expect(JSON.stringify(answer.pictures)).not.toContain(images[0].data.slice(0, 40));
  expect(made.changed()).toEqual({});
  within(made.spent());
});

test('a timecode outside of the clip says where it begins and ends', async () => {
  const made = await story(`Show me ${ids.match} at 09:00:00;00.`);
  const text = await made.fail('view_frame', { asset: ids.match, at: ['09:00:00;00'] });
  expect(text).toMatch(/09:00:00;00/);
  expect(text).toMatch(/01:00:00;00/);
});
