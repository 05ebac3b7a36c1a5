import { expect, test } from 'vitest';
import { cost } from '../support/cost.ts';
import { findPhrase, said } from './speech.ts';

test('finding a phrase takes eight times as long in eight times the speech', () => {
  const speech = (segments: number) =>
    Array.from({ length: segments }, (_, index) => said(index * 4800, `${'a '.repeat(11)}climate`));
  const [short, long] = [speech(900), speech(7_200)];
  for (const phrase of ['climate', `${'a '.repeat(500)}b`]) {
    const few = cost(() => findPhrase(short, phrase, { stem: true }), 3);
    expect(cost(() => findPhrase(long, phrase, { stem: true }), 3)).toBeLessThan(20 * Math.max(few, 5));
  }
  expect(findPhrase(long, 'climate', { stem: true })).toHaveLength(7_200);
});
