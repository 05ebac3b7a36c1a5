import { MediaError } from '../../../media/errors.ts';
import { parseTime, parseTimeRange } from '../../../media/time.ts';
import { beginsWithTime, splitTimedLine, splitTimedLines } from '../../../media/timed_line.ts';
import { shorten } from '../../../text/tokens.ts';
import { ToolError } from '../../errors.ts';
import type { Note } from '../../library/segments/notes.ts';
import type { Places } from '../../library/segments/places.ts';
import { type Subject, when } from '../../library/subject.ts';

/**
 * Reads items such as `12:04 Goal Reyes`, `12:04-12:31 Goal`, `01:02:10:00 text`; `text` is for those without their own.
 * An item of several timed lines counts as several. Throws `ToolError` with every item that can't be read.
 */
export function readItems(items: readonly string[], subject: Subject, text: string | undefined, timed: boolean) {
  const wrong: string[] = [];
  const notes: string[] = [];
  const found = items.flatMap(linesOf).flatMap((item): Note[] => {
    try {
      const { note, how } = readItem(item, subject, text, timed);
      if (how && notes.length === 0) notes.push(how);
      return [note];
    } catch (error) {
      if (!(error instanceof MediaError || error instanceof ToolError)) throw error;
      wrong.push(error.message);
      return [];
    }
  });
  if (wrong.length === 0) return { items: found, notes };
  const more = wrong.length > 5 ? ` And ${wrong.length - 5} more.` : '';
  throw new ToolError(`items: ${wrong.slice(0, 5).join(' ')}${more} Nothing was written.`);
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
  const text = (line ? line.text : item).trim() || fallback?.trim();
  if (!text) throw new ToolError(`"${shorten(item, 60)}" has no text: write it after the time, or give text.`);
  if (!line) {
    if (timed || /^\d+([:;.,]\d+)*(\s|$)/.test(item)) throw unreadable(item);
    return { note: { text } };
  }
  const { from, to } = line;
  if (to !== undefined) {
    const { start, end, readAs } = parseTimeRange(`${from}..${to}`, subject.clip);
    return { note: { start, end, text }, how: how(from, start, readAs, subject) };
  }
  const { milliseconds, readAs } = parseTime(from, subject.clip);
  return { note: { start: milliseconds, end: milliseconds, text }, how: how(from, milliseconds, readAs, subject) };
}

const unreadable = (item: string): ToolError =>
  new ToolError(
    `"${item.slice(0, 60)}" does not begin with a time or a range. Allowed: 12:04 Goal, 12:04-12:31 Goal, 10:12:04:00 Goal, 724000ms Goal.`,
  );

/** Where a clip does not start at zero, `12:04` could be misunderstood. */
function how(text: string, at: number, readAs: string, subject: Subject): string | undefined {
  if (readAs === 'timecode')
    return /^\d+:\d+:\d+$/.test(text) ? `"${text}" → timecode ${when(subject, at)}` : undefined;
  if (!subject.clip.clock?.start || /ms$/.test(text)) return undefined;
  return `"${text}" from the first frame → ${when(subject, at)}`;
}

/** Notes at the places where words are said: `{said}`, `{speaker}` and `{n}` in the text stand for those of each. */
export const notesAt = ({ places, phrase }: Places, pattern: string = phrase): Note[] =>
  places.map(({ start, end, text, speaker = '' }, index) => ({
    start,
    end,
    text: pattern.replace(/\{(said|speaker|n)\}/g, (_, name: string) =>
      name === 'said' ? text : name === 'speaker' ? speaker : String(index + 1),
    ),
    covered: true,
  }));
