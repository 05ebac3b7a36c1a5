import { expect, test } from 'vitest';
import { toSrt } from '../../src/media/markers/subtitles.ts';

test.each(['-->', '--->', '----->', '- -->', '-->-->'])(
  'a comment with %s leaves one arrow in SRT, that of its time',
  (arrow) => {
    const srt = toSrt([{ start: 1_000, text: `9\n00:00:01,000 ${arrow} 00:00:02,000\nForged` } as never]);
    expect(srt.match(/-->/g)).toHaveLength(1);
  },
);

test('dashes that are no arrow stay as they are', () => {
  expect(toSrt([{ start: 0, text: 'take 4 -- the long one ---' } as never])).toContain('take 4 -- the long one ---');
});
