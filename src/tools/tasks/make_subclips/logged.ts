import { formatDuration } from '../../../media/units.ts';
import { inQuotes } from '../../../text/quote.ts';
import { shorten } from '../../../text/tokens.ts';
import { extentOf, segmentsOf } from '../../library/segments/segments.ts';
import type { Context } from '../../types.ts';
import type { Cut } from './cuts.ts';

/** Markers named for a range, characters of each, and milliseconds within which the nearest one is named. */
const MAX_MARKERS = 2;
const MAX_TEXT = 60;
const NEARBY = 60_000;

/** Says for a range what is logged there: `logged: "Goal Reyes 1:0"`; nothing where nothing at all is logged. */
export async function loggedAt(context: Context, asset_id: string, version_id: string) {
  const found = await segmentsOf(context, asset_id, { segment_type: 'MARKER', version_id });
  const markers = found.flatMap((segment) => {
    const extent = extentOf(segment);
    const text = segment.segment_text?.trim();
    return extent && text ? [{ ...extent, text: inQuotes(shorten(text, MAX_TEXT)) }] : [];
  });
  return ({ start, end }: Cut): string | undefined => {
    if (markers.length === 0) return undefined;
    const inside = markers.filter((one) => one.start <= end && one.end >= start).sort((a, b) => a.start - b.start);
    if (inside.length > 0) {
      const more = inside.length > MAX_MARKERS ? ` and ${inside.length - MAX_MARKERS} more` : '';
      return `logged: ${inside
        .slice(0, MAX_MARKERS)
        .map(({ text }) => text)
        .join(', ')}${more}`;
    }
    const away = (one: { start: number; end: number }): number => (one.end < start ? start - one.end : one.start - end);
    const [nearest] = markers.sort((a, b) => away(a) - away(b));
    if (!nearest || away(nearest) > NEARBY) return 'nothing logged';
    const side = nearest.end < start ? 'before' : 'after';
    return `nothing logged; ${formatDuration(away(nearest))} ${side} it: ${nearest.text}`;
  };
}
