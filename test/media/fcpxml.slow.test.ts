import { expect, test } from 'vitest';
import { readMarkerList } from '../../src/media/marker_lists.ts';

const LENGTH = 990_000;
const HEAD = '<fcpxml version="1.10"><library>';
const fill = (text: string): string => text.repeat(Math.floor(LENGTH / text.length));

test.each([
  ['elements in each other', HEAD + fill('<gap><marker start="1s"/>')],
  ['attributes', `${HEAD}<gap ${Array.from({ length: 80_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`],
  ['a long value', `${HEAD}<gap><marker start="1s" value="${fill('x')}"/>`],
  ['references', HEAD + fill('&amp;')],
  ['signs of a comment', `${HEAD}<!--${fill('-')}`],
  ['markers', `${HEAD}<sequence>${fill('<marker start="1s" value="a"/>')}</sequence></library></fcpxml>`],
  ['clips', `${HEAD}<sequence>${fill('<asset-clip><marker start="1s"/></asset-clip>')}</sequence></library></fcpxml>`],
])('FCPXML of a million characters, all %s, is read or refused in a moment', (_, text) => {
  const begin = performance.now();
  try {
    expect(readMarkerList(text)?.name).toContain('Final Cut Pro');
  } catch (error) {
    expect(String(error)).toContain('MediaError: The FCPXML is broken in line 1: ');
  }
  expect(performance.now() - begin).toBeLessThan(5000);
});
