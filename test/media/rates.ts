import fc from 'fast-check';
import { parseRate } from '../../src/media/rate.ts';
import { framesPerDay } from '../../src/media/timecode.ts';

/** Every kind of rate: film, PAL, NTSC with and without drop frame, high ones, and one that is no whole number. */
export const RATES = {
  '23.976': parseRate('23.976'),
  '24': parseRate('24'),
  '25': parseRate('25'),
  '29.97': parseRate('29.97'),
  '29.97 drop': parseRate('29.97', true),
  '30': parseRate('30'),
  '47.952': parseRate('47.952'),
  '50': parseRate('50'),
  '59.94': parseRate('59.94'),
  '59.94 drop': parseRate('59.94', true),
  '60': parseRate('60'),
  '119.88 drop': parseRate('119.88', true),
  '12.5': parseRate('12.5'),
};
export const anyRate = fc.constantFrom(...Object.values(RATES));

/** A frame of the 24 hours that timecode has. */
export const frameOfDay = anyRate.chain((rate) =>
  fc.record({ rate: fc.constant(rate), frame: fc.integer({ min: 0, max: framesPerDay(rate) - 1 }) }),
);
