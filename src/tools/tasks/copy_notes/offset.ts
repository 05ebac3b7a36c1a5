import { MediaError } from '../../../media/errors.ts';
import { frameToMilliseconds, millisecondsToFrame } from '../../../media/rate.ts';
import { parseDuration } from '../../../media/time.ts';
import { type Clock, labelToFrames, splitTimecode } from '../../../media/timecode.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';

/** Moves a time in milliseconds from the first frame of one version to that of another. */
export type Shift = (milliseconds: number) => number;

const FORMS = 'Allowed: "48f" (frames), "-00:00:02:00", "2s", "-0:02" (mm:ss) or "500ms".';
const MINUS = /^[-\u2212\u2013]/;
const FRAMES = /^(\d{1,9}) ?f(?:r|rames?)?$/i;

/** `48f`, `-00:00:02:00`, `+2s`: frames stay frames at the rate of the clock. Throws `ToolError`. */
export function shiftBy(offset: string | undefined, clock: Clock | undefined): Shift {
  if (offset === undefined) return (at) => at;
  const text = offset.trim();
  const sign = MINUS.test(text) ? -1 : 1;
  const length = text.replace(/^[-\u2212\u2013+]/, '').trim();
  if (/^\d+$/.test(length)) throw new ToolError(`offset: ${inQuotes(offset)} has no unit. ${FORMS}`);
  const frames = framesIn(length, clock);
  if (frames === undefined) return byMilliseconds(sign * millisecondsIn(length));
  if (!clock)
    throw new ToolError(
      `offset: ${inQuotes(offset)} counts frames, and no frame rate is known. Give seconds, e.g. "2s".`,
    );
  const count = sign * frames;
  return (at) => {
    const frame = millisecondsToFrame(at, clock.rate) + count;
    return frame < 0 ? -1 : frameToMilliseconds(frame, clock.rate);
  };
}

const byMilliseconds =
  (offset: number): Shift =>
  (at) =>
    at + offset;

function framesIn(length: string, clock: Clock | undefined): number | undefined {
  const counted = FRAMES.exec(length)?.[1];
  if (counted !== undefined) return Number(counted);
  const label = splitTimecode(length);
  if (!label) return undefined;
  return clock ? readable(() => labelToFrames(label, clock.rate, length)) : 0;
}

const millisecondsIn = (length: string): number => readable(() => parseDuration(length));

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof MediaError) throw new ToolError(`offset: ${error.message} ${FORMS}`);
    throw error;
  }
}
