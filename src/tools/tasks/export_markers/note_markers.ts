import type { Marker } from '../../../media/markers/index.ts';
import { oneLine } from '../../../media/markers/marker.ts';
import type { Clip } from '../../../media/time.ts';
import { formatTimecode } from '../../../media/timecode.ts';
import { clean } from '../../../text/clean.ts';
import { shorten, truncate } from '../../../text/tokens.ts';
import { MAX_NOTE_LENGTH } from '../../library/segments/notes.ts';
import type { Segment } from '../../library/segments/segments.ts';

/** Characters of the text of a marker. */
export const MAX_TEXT = MAX_NOTE_LENGTH;
const PREVIEW_LINES = 5;
const PREVIEW_LINE_LENGTH = 80;

/** Only comments and QC notes can be ticked off. */
export const isTickable = ({ segment_type }: Segment): boolean => segment_type === 'COMMENT' || segment_type === 'QC';

export function countsOf(kept: readonly Segment[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { segment_type = 'other' } of kept) counts[segment_type] = (counts[segment_type] ?? 0) + 1;
  const tickable = kept.filter(isTickable);
  if (tickable.length > 0) counts.open = tickable.filter(({ segment_checked }) => segment_checked !== true).length;
  return counts;
}

export const isTopLevel = ({ parent_id, top_level }: Segment): boolean => !parent_id && top_level !== false;

/** The replies below each note at the top, by its id: an answer to a reply is below what that answers. */
export function repliesBelow(all: readonly Segment[]): ReadonlyMap<string | undefined, Segment[]> {
  const byId = new Map(all.map((one) => [one.id, one]));
  const below = new Map<string | undefined, Segment[]>();
  for (const reply of all.filter((one) => !isTopLevel(one))) {
    const seen = new Set<Segment>();
    let top: Segment | undefined = reply;
    while (top && !isTopLevel(top) && !seen.has(top)) {
      seen.add(top);
      top = byId.get(top.parent_id);
    }
    if (top) below.set(top.id, [...(below.get(top.id) ?? []), reply]);
  }
  return below;
}

/** How many replies a document does not have. */
export function repliesLeft(all: readonly Segment[], replies: boolean | undefined): string[] {
  const left = all.filter((one) => !isTopLevel(one)).length;
  return left > 0 && !replies ? [`Replies left out: ${left}. replies: true adds them.`] : [];
}

/** Writers guard what a text begins with: it is cleaned before them, or an invisible character would hide it. `areApart`: replies are not in the text. */
export function markerOf(one: Segment, replies: readonly Segment[], areApart: boolean): Marker {
  const { time_start_milliseconds: start = 0, time_end_milliseconds: end = start, segment_text = '', author } = one;
  const answers = replies.map((reply) => `${reply.author ?? 'reply'}: ${reply.segment_text ?? ''}`);
  return {
    start,
    end: Math.max(start, end),
    text: clean(truncate([segment_text, ...(areApart ? [] : answers)].join('\n'), MAX_TEXT)),
    kind: (one.segment_type ?? 'marker').toLowerCase(),
    ...(author && { author: clean(truncate(author, MAX_TEXT)) }),
    ...(one.segment_color && { color: clean(truncate(one.segment_color, MAX_TEXT)) }),
    ...(areApart && { replies: answers.map((words) => clean(truncate(words, MAX_TEXT))) }),
    ...(isTickable(one) && { done: one.segment_checked === true }),
  };
}

export function previewOf(markers: readonly Marker[], { clock }: Clip): string[] {
  return [...markers]
    .sort((a, b) => a.start - b.start)
    .slice(0, PREVIEW_LINES)
    .map(({ start, author, text: words }) => {
      const line = `${formatTimecode(start, clock)} ${author ? `${author}: ` : ''}${oneLine(words)}`;
      return shorten(line, PREVIEW_LINE_LENGTH);
    });
}
