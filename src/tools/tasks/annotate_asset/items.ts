import { MediaError } from '../../../media/errors.ts';
import { parseTime, parseTimeRange } from '../../../media/time.ts';
import { beginsWithTime, splitTimedLine, splitTimedLines } from '../../../media/timed_line.ts';
import { shorten } from '../../../text/tokens.ts';
import { isBlank } from '../../../text/trim.ts';
import { ToolError } from '../../errors.ts';
import type { Note } from '../../library/segments/notes.ts';
import type { Places } from '../../library/segments/places.ts';
import { type Subject, when } from '../../library/subject.ts';

/** Unreadable items that an error lists. */
const MAX_ERRORS = 5;

/**
 * Parses items such as `12:04 Goal Reyes`, `12:04-12:31 Goal`, `01:02:10:00 text`; `text` is used for items without one.
 * An item with several timed lines counts as several. Throws `ToolError` that lists the items that cannot be read.
 */
export function readItems(items: readonly string[], subject: Subject, text: string | undefined, timed: boolean) {
  const errors: string[] = [];
  const notes: string[] = [];
  const found = items.flatMap(linesOf).flatMap((item): Note[] => {
    try {
      const { note, reading } = readItem(item, subject, text, timed);
      if (reading && notes.length === 0) notes.push(reading);
      return [note];
    } catch (error) {
      if (!(error instanceof MediaError || error instanceof ToolError)) throw error;
      errors.push(error.message);
      return [];
    }
  });
  if (errors.length === 0) return { items: found, notes };
  const more = errors.length > MAX_ERRORS ? ` And ${errors.length - MAX_ERRORS} more.` : '';
  throw new ToolError(`items: ${errors.slice(0, MAX_ERRORS).join(' ')}${more} Nothing was written.`);
}

function linesOf(item: string): string[] {
  const lines = splitTimedLines(item.trim());
  if (lines) return lines;
  throw new ToolError(
    `items: "${shorten(item.trim(), 60)}" has times in later lines, but not in its first. Give one item per time. Nothing was written.`,
  );
}

function readItem(item: string, subject: Subject, fallback: string | undefined, timed: boolean) {
  const line = splitTimedLine(item);
  if (line && beginsWithTime(line.text)) throw unreadable(item);
  const own = (line ? line.text : item).trim();
  const text = isBlank(own) ? fallback?.trim() : own;
  if (!text || isBlank(text))
    throw new ToolError(`"${shorten(item, 60)}" has no text: write it after the time, or give text.`);
  if (!line) {
    if (timed || /^\d+([:;.,]\d+)*(\s|$)/.test(item)) throw unreadable(item);
    return { note: { text } };
  }
  const { from, to } = line;
  if (to !== undefined) {
    const { start, end, readAs } = parseTimeRange(`${from}..${to}`, subject.clip);
    return { note: { start, end, text }, reading: timeReading(from, start, readAs, subject) };
  }
  const { milliseconds, readAs } = parseTime(from, subject.clip);
  return {
    note: { start: milliseconds, end: milliseconds, text },
    reading: timeReading(from, milliseconds, readAs, subject),
  };
}

const unreadable = (item: string): ToolError =>
  new ToolError(
    `"${item.slice(0, 60)}" does not begin with a time or a range. Allowed: 12:04 Goal, 12:04-12:31 Goal, 10:12:04:00 Goal, 724000ms Goal.`,
  );

/** How a time was read, if it is ambiguous: `12:04` is, unless the timecode of the clip starts at zero. */
function timeReading(text: string, at: number, readAs: string, subject: Subject): string | undefined {
  if (readAs === 'timecode')
    return /^\d+:\d+:\d+$/.test(text) ? `"${text}" → timecode ${when(subject, at)}` : undefined;
  if (!subject.clip.clock?.start || /ms$/.test(text)) return undefined;
  return `"${text}" from the first frame → ${when(subject, at)}`;
}

/** A note for each place where words are said; fills in `{said}`, `{speaker}` and `{n}`. */
export const notesAt = ({ places, phrase }: Places, pattern: string = phrase): Note[] =>
  places.map(({ start, end, text, speaker = '' }, index) => ({
    start,
    end,
    text: pattern.replace(/\{(said|speaker|n)\}/g, (_, name: string) =>
      name === 'said' ? text : name === 'speaker' ? speaker : String(index + 1),
    ),
    covered: true,
  }));
