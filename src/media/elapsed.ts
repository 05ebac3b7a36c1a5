import { MediaError, quote } from './errors.ts';

/** Hours, minutes and seconds with their units, with at most one space between two parts. */
const UNITS =
  /^(?:(\d{1,9}) ?h(?:r|rs|ours?)?)? ?(?:(\d{1,9}) ?m(?:in|ins|inutes?)?)? ?(?:(\d{1,9}(?:[.,]\d{1,9})?) ?s(?:ec|ecs|econds?)?)?$/i;
/** `20'`, `1'30"`. */
const PRIMES = /^(\d{1,4})['\u2032\u2019](?: ?(\d{1,2})(?:["\u2033\u201d]|'')?)?$/;
/** `1h20`. */
const HOURS = /^(\d{1,3})h(\d\d)$/i;
const MILLISECONDS = /^\d+(?:\s*ms)?$/i;

/** `20 minutes in` without its last word. */
const bare = (text: string): string => text.replace(/\s+/g, ' ').replace(/ (?:in|into it)$/i, '');

/** Whether a text is a time from the first frame by its units. */
export const isElapsed = (text: string): boolean =>
  MILLISECONDS.test(text) || [UNITS, PRIMES, HOURS].some((one) => one.test(bare(text)));

/** `1500`, `1500ms`, `90s`, `1h2m10s`, `20'`, `20 minutes in` as milliseconds, or undefined for another form. */
export function elapsedUnits(text: string): number | undefined {
  if (MILLISECONDS.test(text)) return checked(Number.parseInt(text, 10), text);
  if (/^\d+[.,]\d+$/.test(text))
    throw new MediaError(`${quote(text)} has no unit. Write ${text}s for seconds, or whole milliseconds.`);
  const words = bare(text);
  const [prime, first = '0', second = '0'] = PRIMES.exec(words) ?? [];
  if (prime !== undefined) return checked((Number(first) * 60 + Number(second)) * 1_000, text);
  const [whole, hour, minute] = HOURS.exec(words) ?? [];
  if (whole !== undefined) return checked((Number(hour) * 60 + Number(minute)) * 60_000, text);
  const match = UNITS.exec(words);
  if (!match || words === '') return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return checked((Number(hours) * 60 + Number(minutes)) * 60_000 + thousandths(seconds), text);
}

export const thousandths = (seconds: string): number => Math.round(Number(seconds.replace(',', '.')) * 1000);

/** Throws `MediaError` for more than a number holds. */
export function checked(milliseconds: number, text: string): number {
  if (Number.isSafeInteger(milliseconds)) return milliseconds;
  throw new MediaError(`${quote(text)} is too long a time.`);
}

/** A minute of a match with added time, at the start of a text. */
const ADDED =
  /^\s{0,9}[[(]?(?:at\s)?(45|90|105|120)['\u2032\u2019]?\s?\+\s?(\d{1,2})['\u2032\u2019]?(?=$|[\s:,;|\])\-\u2013\u2014])/i;

/** What to write instead of `90+2`, which no clip counts; undefined for other texts. */
export function addedTime(text: string): string | undefined {
  const [, minute, more] = ADDED.exec(text) ?? [];
  if (minute === undefined) return undefined;
  const at = Number(minute) + Number(more);
  return `${minute}+${more} is a minute of the match, and where the match is in the clip is not known. Write the time in the clip: ${at}:00 only if the clip begins at the kick-off and has no break.`;
}
