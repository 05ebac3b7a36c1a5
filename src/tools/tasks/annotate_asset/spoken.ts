import { addedTime } from '../../../media/elapsed.ts';
import { MediaError } from '../../../media/errors.ts';
import { splitSpokenLine } from '../../../media/spoken_times.ts';
import { splitTimedLine } from '../../../media/timed_line.ts';
import { inQuotes } from '../../../text/quote.ts';

/**
 * Items whose time is spoken, `20 min Goal`, with that time as `20:00`. `timed`: each note has to have a time; `isUnclear` where
 * it may be part of the text. Throws `MediaError` for a minute of a match that no clip counts, `90+2 Goal`.
 */
export function withSpokenTimes(items: readonly string[], timed: boolean) {
  const notes = new Set<string>();
  const inLine = (line: string, index: number): string => {
    const added = addedTime(line);
    if (added) throw new MediaError(`${inQuotes(line)}: ${added}`);
    const spoken = splitSpokenLine(line);
    if (!spoken || (splitTimedLine(line) && !spoken.isLong)) return line;
    const { from, to, text, isSure, isPrime } = spoken;
    // In a line below another it may go on with the text above.
    if (!isSure && (index > 0 || !(timed || isPrime))) return line;
    const match = isPrime ? ' The minute of a match counts from its kick-off.' : '';
    if (!isSure) notes.add(`${inQuotes(line)} was read as ${from} from the first frame.${match}`);
    return `${from}${to === undefined ? '' : `-${to}`} ${text}`;
  };
  const read = items.map((item) =>
    item
      .split(/\r\n?|\n/)
      .map(inLine)
      .join('\n'),
  );
  return { items: read, notes: [...notes], isUnclear: notes.size > 0 };
}
