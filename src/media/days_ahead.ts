import { MediaError, quote } from './errors.ts';
import { monthOf } from './sheet_dates.ts';

const DAY = 86_400_000;
export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The number of a weekday, 0 for Sunday; -1 for another word. */
export const weekdayOf = (word: string): number =>
  word.length < 3 ? -1 : WEEKDAYS.findIndex((name) => name === word || name.slice(0, 3) === word);

/** Days until a weekday, 0 for today. */
export const daysUntil = (weekday: number, today: number): number => (weekday - new Date(today).getUTCDay() + 7) % 7;

/**
 * The midnight of a day to come that people name in words, as if in UTC: `Friday`, `next Friday` (that of the week after this
 * one, from Monday), `6 December`, `Sunday, Dec 6th`, `end of next week` (its Sunday), `end of the month`. Undefined for other
 * words. Throws `MediaError` for a date that is not on the weekday that is said, and for a day that does not exist.
 */
export function dayAhead(words: string, today: number, text: string): number | undefined {
  if (words === 'today' || words === 'tonight') return today;
  if (words === 'tomorrow') return today + DAY;
  return weekdayAhead(words, today) ?? endOfPeriod(words, today) ?? dateAhead(words, today, text);
}

function weekdayAhead(words: string, today: number): number | undefined {
  const [, which, name = ''] = /^(?:(next|this|coming) )?([a-z]+)$/.exec(words) ?? [];
  const weekday = weekdayOf(name);
  if (weekday < 0) return undefined;
  return which === 'next'
    ? endOfWeek(today) + (weekday === 0 ? 7 : weekday) * DAY
    : today + daysUntil(weekday, today) * DAY;
}

const endOfWeek = (day: number): number => day + daysUntil(0, day) * DAY;

function endOfPeriod(words: string, today: number): number | undefined {
  const [, which, unit] = /^(?:the )?(?:end of )?(?:(the|this|next) )?(week|month|year)$/.exec(words) ?? [];
  // "week" alone names no end.
  if (!unit || (which === undefined && !words.includes('end of'))) return undefined;
  const ahead = which === 'next' ? 1 : 0;
  if (unit === 'week') return endOfWeek(today) + ahead * 7 * DAY;
  const date = new Date(today);
  return unit === 'year'
    ? Date.UTC(date.getUTCFullYear() + ahead, 11, 31)
    : Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1 + ahead, 0);
}

/** `6 December`, `December 6th, 2027`; without a year the next one. */
function dateAhead(words: string, today: number, text: string): number | undefined {
  const [, first = '', rest = ''] = /^(?:([a-z]+),? )?(.+)$/.exec(words) ?? [];
  const weekday = weekdayOf(first);
  const date = weekday < 0 ? words : rest;
  const dayFirst = /^(?:the )?(\d{1,2})(?:st|nd|rd|th)?\.?(?: of)? ([a-z]{3,9})\.?,?(?: (\d{4}))?$/.exec(date);
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?$/.exec(date);
  const [day, name, year] = dayFirst
    ? dayFirst.slice(1)
    : monthFirst
      ? [monthFirst[2], monthFirst[1], monthFirst[3]]
      : [];
  const month = Number(monthOf(name ?? ''));
  if (day === undefined || month === 0) return undefined;
  const inYear = (one: number): number => Date.UTC(one, month - 1, Number(day));
  const now = new Date(today).getUTCFullYear();
  const at = year === undefined ? (inYear(now) < today ? inYear(now + 1) : inYear(now)) : inYear(Number(year));
  if (new Date(at).getUTCDate() !== Number(day)) throw new MediaError(`${quote(text)}: that month has no day ${day}.`);
  const real = new Date(at).getUTCDay();
  if (weekday >= 0 && real !== weekday)
    throw new MediaError(`${quote(text)}: that day is a ${WEEKDAYS[real]?.replace(/^./, (one) => one.toUpperCase())}.`);
  return at;
}
