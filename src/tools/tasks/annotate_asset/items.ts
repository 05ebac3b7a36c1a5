import { joinErrors, MediaError } from '../../../media/errors.ts';
import { lastFrame, parsePoint } from '../../../media/points.ts';
import { type Clip, parseTime, parseTimeRange } from '../../../media/time.ts';
import { formatTimecode } from '../../../media/timecode.ts';
import {
  beginsWithTime,
  hasShortEnd,
  holdsListedTime,
  splitTimedLine,
  splitTimedLines,
} from '../../../media/timed_line.ts';
import { formatDuration } from '../../../media/units.ts';
import { inQuotes, oneLine } from '../../../text/quote.ts';
import { shorten } from '../../../text/tokens.ts';
import { isBlank } from '../../../text/trim.ts';
import { ToolError } from '../../errors.ts';
import type { Note } from '../../library/segments/notes.ts';
import { type Places, textAt } from '../../library/segments/places.ts';
import { type Subject, when } from '../../library/subject.ts';
import { unclearTime, withEnds } from './ends.ts';
import { withSpokenTimes } from './spoken.ts';

/** Unreadable items that an error lists. */
const MAX_ERRORS = 5;

/**
 * Parses items such as `12:04 Goal Reyes`, `12:04-12:31 Goal`, `01:02:10:00 text`; `text` is used for items without one.
 * An item with several timed lines counts as several. Throws `ToolError` that lists the items that cannot be read.
 */
export function readItems(
  items: readonly string[],
  subject: Subject,
  text: string | undefined,
  timed: boolean,
  colors: readonly (string | undefined)[] = [],
) {
  const errors: Error[] = [];
  const { items: given, notes, isUnclear: words } = withoutWords(items, subject, timed);
  const fromWords = notes.length;
  let unclear = 0;
  const lines = given.flatMap((item, n) => linesOf(item).map((line) => ({ line, color: colors[n] })));
  const found = lines.flatMap(({ line, color }): Note[] => {
    try {
      const { note, reading, isUnclear, isLast } = readItem(line, subject, text, timed);
      // Those that are read in the same way as the first need no note.
      if (reading && (isLast || notes.length === fromWords || (isUnclear && unclear === 0))) notes.push(reading);
      if (isUnclear) unclear += 1;
      return [color === undefined ? note : { ...note, color }];
    } catch (error) {
      if (!(error instanceof MediaError || error instanceof ToolError)) throw error;
      errors.push(error);
      return [];
    }
  });
  if (errors.length === 0) return { items: found, notes, isUnclear: words || unclear > 0 };
  throw new ToolError(`items: ${joinErrors(errors, MAX_ERRORS)} Nothing was written.`);
}

/** Items whose times are words, with times in their place. */
function withoutWords(items: readonly string[], subject: Subject, timed: boolean) {
  try {
    const spoken = withSpokenTimes(items, timed);
    const ends = withEnds(spoken.items, subject, timed);
    return { ...ends, notes: [...spoken.notes, ...ends.notes], isUnclear: spoken.isUnclear || ends.isUnclear };
  } catch (error) {
    if (error instanceof MediaError) throw new ToolError(`items: ${error.message} Nothing was written.`);
    throw error;
  }
}

function linesOf(item: string): string[] {
  const lines = splitTimedLines(item.trim());
  if (lines) return lines;
  throw new ToolError(
    `items: "${shorten(item.trim(), 60)}" has times in later lines, but not in its first. Give one item per time. Nothing was written.`,
  );
}

function readItem(item: string, subject: Subject, fallback: string | undefined, timed: boolean): Read {
  const line = splitTimedLine(item);
  if (line && (beginsWithTime(line.text) || hasShortEnd(item))) throw unreadable(item);
  if (line && holdsListedTime(line.text)) throw several(item);
  const own = (line ? line.text : item).trim();
  const text = isBlank(own) ? fallback?.trim() : own;
  if (!text || isBlank(text))
    throw new ToolError(`"${shorten(item, 60)}" has no text: write it after the time, or give text.`);
  if (!line) {
    if (/^\d+([:;.,]\d+)*(\s|$)/.test(item)) throw unreadable(item);
    if (timed) throw untimed(item, subject);
    const reading = unclearTime(item);
    return { note: { text }, ...(reading && { reading, isUnclear: true }) };
  }
  const { from, to } = line;
  if (to !== undefined) {
    const { start, end, readAs } = parseTimeRange(`${from}..${to}`, subject.clip);
    return { note: { start, end, text }, ...timeReading(from, start, readAs, subject) };
  }
  const { milliseconds, readAs, isLast } = parsePoint(from, subject.clip);
  if (isLast)
    return {
      note: { start: milliseconds, end: milliseconds, text },
      reading: `${inQuotes(from)} is the end of the clip → its last frame, ${when(subject, milliseconds)}`,
      isLast,
    };
  return {
    note: { start: milliseconds, end: milliseconds, text },
    ...timeReading(from, milliseconds, readAs, subject),
  };
}

const unreadable = (item: string): MediaError =>
  new MediaError(
    `"${item.slice(0, 60)}" does not begin with a time or a range.`,
    'Allowed: 12:04 Goal, 12:04-12:31 Goal, 10:12:04:00 Goal, 724000ms Goal.',
  );

const several = (item: string): ToolError =>
  new ToolError(`${inQuotes(item)} holds several times. Give one item per time, or the words in text.`);

/** Only digits at its start make a text look like an item with a time. */
const untimed = (item: string, { clip }: Subject): Error =>
  /\d/.test(item.slice(0, 12))
    ? unreadable(item)
    : new ToolError(
        `${inQuotes(item)} does not begin with a time or a range, and a MARKER has one. For the whole asset use kind COMMENT, TAG or GENERIC; for a place write e.g. 12:04 ${oneLine(item, 20)}, for the last frame end: …${lastNote(clip)}.`,
      );

function lastNote(clip: Clip): string {
  const at = lastFrame(clip);
  return at === undefined ? '' : ` (${formatTimecode(at, clip.clock)})`;
}

/** How a time was read, if it can be read in two ways: `12:04` can, unless the timecode of the clip starts at zero. */
function timeReading(text: string, at: number, readAs: string, subject: Subject): TimeReading {
  if (readAs === 'timecode') {
    if (!/^\d+:\d+:\d+$/.test(text)) return {};
    const read = `"${text}" → timecode ${when(subject, at)}, ${formatDuration(at)} from the first frame`;
    if (!isNearPastEnd(text, subject.clip)) return { reading: read };
    const end = formatDuration(subject.clip.duration ?? 0);
    return { reading: `${read}. Counted from the first frame it would be past the end, ${end}.`, isUnclear: true };
  }
  if (!subject.clip.clock?.start || /ms$/.test(text)) return {};
  return { reading: `"${text}" from the first frame → ${when(subject, at)}` };
}

interface Read extends TimeReading {
  readonly note: Note;
}

interface TimeReading {
  readonly reading?: string;
  /** Whether the other reading is one that a person may have meant, too. */
  readonly isUnclear?: boolean;
  /** Whether a point at the end became the last frame. */
  readonly isLast?: boolean;
}

/** Whether a time that is past the end of the clip from the first frame is no more than its length past it. */
const isNearPastEnd = (text: string, { duration = 0 }: Clip): boolean => parseTime(text).milliseconds < 2 * duration;

/** A note for each place where words are said; fills in `{said}`, `{speaker}` and `{n}`. */
export const notesAt = ({ places, phrase }: Places, pattern: string = phrase): Note[] =>
  places.map((place, index) => {
    const { start, end } = place;
    return { start, end, text: textAt(pattern, place, index + 1), covered: true };
  });
