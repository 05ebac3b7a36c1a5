import { MediaError } from '../../../media/errors.ts';
import { lastFrame } from '../../../media/points.ts';
import { inQuotes } from '../../../text/quote.ts';
import { type Subject, when } from '../../library/subject.ts';

/** `At the end: text`, `at the start text`, `end: text`, `start - text`, `end The date is wrong`. */
const PHRASE =
  /^\s*(at the very end|at the end|at end|at the start|at the beginning|at start)(?!\s+of\b)(?![\p{L}\p{N}])[\s,:|\-–—]*/iu;
const WORD = /^\s*(end|start|beginning)(?:\s*[:|–—]\s*|\s+-\s+|\s+(?=[\p{Lu}\d"“]))/u;
/** The same where a note has to have a time: `end final whistle`, `the last frame: logo`. */
const LOOSE =
  /^\s*(?:(?:[Rr]ight )?(?:[Aa]t )?[Tt]he (?:very )?(end|start|beginning|last frame|first frame)|(?:[Aa]t )?([Ll]ast frame|[Ff]irst frame)|(end|start|beginning)(?=\s+\p{Ll}))(?!\s+of\b)(?![\p{L}\p{N}])[\s,:|\-–—]*/u;
/** The same words, in front of what may be a text (`End credits are too long`) or in other ways and languages. */
const UNCLEAR = [
  /^\s*(?:right )?(?:(?:at|in|near|from|until|to) )?(?:the )?(?:very )?(?:end|start|beginning|(?:last|first) (?:frame|second)s?)(?![\p{L}\p{N}])/iu,
  /^\s*(?:ganz )?(?:(?:am|zum) (?:ende|anfang|schluss)|à la fin|au début|al (?:final|principio|inicio)|no (?:fim|final|início)|alla fine|all['’]inizio)(?![\p{L}\p{N}])/iu,
  // The number of a minute: `minute 20`, `in the 20th minute`.
  /^\s*(?:in\s)?(?:the\s)?(?:min(?:ute)?\.?\s\d{1,3}|\d{1,3}(?:st|nd|rd|th|\.)\s?min(?:ute)?)(?![\p{L}\p{N}])/iu,
  // What looks like a time in a form that is not read: `20m30`, `00:20'`, `around 20 min`.
  /^\s*[[(]?\d{1,4}(?:[:.,]\d{1,2})?\s?(?:['\u2032\u2019"\u2033\u201d]|[hm]\d)/iu,
  /^\s*(?:~|approx\.?|approximately|around|about|ca\.?|circa|roughly|near|nach|etwa)\s?\d{1,3}\s?(?:min|['\u2032\u2019])/iu,
  // A time behind a word: `from 12:04 to the end`, `around 12:04`.
  /^\D{1,20}\d{1,2}[:;]\d\d(?!\d)/u,
];
/** `12:04-end text`: after a sign without spaces, or after a word. */
const TO_END =
  /^(\s*[[(]?[\d:;.,]{1,20}[a-z]{0,3})(?:[-–—]|\s+(?:to|until|till)\s+(?:the\s+)?(?:very\s+)?)end(?![\p{L}\p{N}]|\s+of\b)/iu;
/** The same where it is the end of something else, or nothing but a text: `12:04 to end of match Great`. */
const TO = /^\s*[[(]?[\d:;.,]{1,20}[a-z]{0,3}(?:[-–—]|\s+(?:to|until|till)\s)/i;
const SOME_END = /^(?:the\s)?(?:very\s)?(?:end|close|finish)\b/i;

function goesToSomeEnd(line: string): boolean {
  const [to] = TO.exec(line) ?? [];
  return to !== undefined && SOME_END.test(line.slice(to.length).trimStart());
}

/**
 * Items whose time is a word, with the time in its place; `notes` say which. `timed`: each note has to have a time, so that a
 * word in front is one; `isUnclear` where it may be part of the text. Throws `MediaError` where the end is not known.
 */
export function withEnds(items: readonly string[], subject: Subject, timed: boolean) {
  const notes = new Set<string>();
  let isUnclear = false;
  const placed = (word: string, rest: string, line: string): string => {
    const isEnd = /end$|^last/i.test(word);
    const at = isEnd ? lastFrameOf(subject, line) : 0;
    notes.add(`${inQuotes(word)} → the ${isEnd ? 'last' : 'first'} frame, ${when(subject, at)}`);
    return `${at}ms ${rest}`;
  };
  const inLine = (line: string): string => {
    const word = (PHRASE.exec(line) ?? WORD.exec(line))?.[1];
    if (word !== undefined) return placed(word, line.replace(PHRASE, '').replace(WORD, ''), line);
    const [whole, ...words] = (timed && LOOSE.exec(line)) || [];
    if (whole !== undefined) {
      isUnclear = true;
      return placed(words.find(Boolean) ?? '', line.slice(whole.length), line);
    }
    if (goesToSomeEnd(line) && !TO_END.test(line)) isUnclear = true;
    return line.replace(TO_END, (_, from: string) => {
      const end = lengthOf(subject, line);
      notes.add(`"end" of a range → ${when(subject, end)}`);
      return `${from}-${end}ms`;
    });
  };
  return {
    items: items.map((item) =>
      item
        .split(/\r\n?|\n/)
        .map(inLine)
        .join('\n'),
    ),
    notes: [...notes],
    isUnclear,
  };
}

/** How a text without a time was read that may begin with one. */
export const unclearTime = (item: string): string | undefined =>
  UNCLEAR.some((one) => one.test(item))
    ? `${inQuotes(item)} was read as a text about the whole asset. If its first words are a time, write "end: …", "start: …" or "12:04 …".`
    : undefined;

function lengthOf({ clip }: Subject, line: string): number {
  if (clip.duration) return clip.duration;
  throw new MediaError(`${inQuotes(line)}: the length of this asset is not known. Write the time, e.g. 12:04.`);
}

function lastFrameOf(subject: Subject, line: string): number {
  const length = lengthOf(subject, line);
  return lastFrame(subject.clip) ?? length;
}
