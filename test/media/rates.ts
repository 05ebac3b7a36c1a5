import fc from 'fast-check';
import { parseFrameRate } from '../../src/media/rate.ts';
import { framesPerDay } from '../../src/media/timecode.ts';

/** Every kind of rate: film, PAL, NTSC with and without drop frame, high ones, and one that is no whole number. */
export const RATES = {
  '23.976': parseFrameRate('23.976'),
  '24': parseFrameRate('24'),
  '25': parseFrameRate('25'),
  '29.97': parseFrameRate('29.97'),
  '29.97 drop': parseFrameRate('29.97', true),
  '30': parseFrameRate('30'),
  '47.952': parseFrameRate('47.952'),
  '50': parseFrameRate('50'),
  '59.94': parseFrameRate('59.94'),
  '59.94 drop': parseFrameRate('59.94', true),
  '60': parseFrameRate('60'),
  '119.88 drop': parseFrameRate('119.88', true),
  '12.5': parseFrameRate('12.5'),
};
export const anyRate = fc.constantFrom(...Object.values(RATES));

/** A frame of the 24 hours that timecode has. */
export const frameOfDay = anyRate.chain((rate) =>
  fc.record({ rate: fc.constant(rate), frame: fc.integer({ min: 0, max: framesPerDay(rate) - 1 }) }),
);
