import { frameToMilliseconds, millisecondsToFrame } from './rate.ts';
import { type Clip, type Counting, type ParsedTime, parseTime } from './time.ts';

/** When the last frame of a clip begins, in milliseconds; the end itself where frames are not known. */
export function lastFrame({ clock, duration }: Clip): number | undefined {
  if (duration === undefined || !clock) return duration;
  return Math.max(0, frameToMilliseconds(millisecondsToFrame(duration, clock.rate) - 1, clock.rate));
}

/** A time as a point, which is on a frame: the end of a clip is none, and its last frame is meant. */
export const onFrame = (milliseconds: number, clip: Clip): number =>
  Math.min(milliseconds, lastFrame(clip) ?? milliseconds);

/** Parses the time of a point like `parseTime`; `end` and the length itself are the last frame. Throws `MediaError`. */
export function parsePoint(given: string, clip: Clip, counting?: Counting): ParsedTime & { readonly isLast: boolean } {
  const { milliseconds, readAs } = parseTime(given, clip, counting);
  const at = onFrame(milliseconds, clip);
  return { milliseconds: at, readAs, isLast: at !== milliseconds };
}
