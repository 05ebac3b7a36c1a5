import { MediaError } from '../../../media/errors.ts';
import { type Clip, parseDuration } from '../../../media/time.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';

/** Milliseconds; more is a range of its own. */
const MAX_MARGIN = 600_000;

/** What is added before and after a range, in milliseconds; a number counts seconds. Throws `ToolError`. */
export function marginOf(given: string | undefined, clip: Clip): number {
  const text = given?.trim() || '0';
  try {
    const margin = parseDuration(/^\d+(?:[.,]\d+)?$/.test(text) ? `${text}s` : text, clip);
    if (margin <= MAX_MARGIN) return margin;
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
  }
  throw new ToolError(
    `margin: ${inQuotes(text)} is not a time of up to ${MAX_MARGIN / 1_000} seconds. Allowed: 2 or 2s (seconds), 1500ms, 0:02, or a timecode.`,
  );
}
