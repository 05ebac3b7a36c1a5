import { daysUntil, weekdayOf } from './days_ahead.ts';

/** Periods that are named from today on, in words. Times are midnights as if in UTC. */

export interface Period {
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;
/** The longest "last 500 days", in days, weeks, months or years. */
const MAX_UNITS = 999;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  /^(january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep|october|oct|november|nov|december|dec)\.?$/;
/** The month that each begins with, from 0: those of the northern half, which answers name. */
const SEASONS: Readonly<Record<string, number>> = { spring: 2, summer: 5, autumn: 8, fall: 8, winter: 11 };
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** Words in one writing: `in the last twelve months` is `last 12 months`, `in the last year` is `last 1 year`. */
export function plainWords(text: string): string {
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const counted = words.replace(/\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/g, (word) =>
    String(NUMBERS.indexOf(word) + 1),
  );
  // "last year" is the one before this one; "in the last year", or "the past year", ends today.
  return counted
    .replace(/^(?:(?:in|within|over|during) )?(?:the )?past (day|week|month|quarter|year)$/, 'last 1 $1')
    .replace(/^(?:(?:in|within|over|during) )?the last (day|week|month|quarter|year)$/, 'last 1 $1')
    .replace(/^(?:in|within|over|during) the next (day|week|month|quarter|year)$/, 'next 1 $1')
    .replace(/^(?:(?:in|within|over|during) )?(?:the )?(?:up)?coming /, 'next ')
    .replace(
      /^for (?:(?:over|more than) )?(?:the (?:last|past) )?((?:an?|\d{1,3}) (?:day|week|month|quarter|year)s?)$/,
      'last $1',
    )
    .replace(/^(week|month|quarter|year) to date$/, 'this $1')
    .replace(/^last an? /, 'last 1 ')
    .replace(/^(?:in|within|over|during|on|at) /, '')
    .replace(/^the /, '');
}

/** A range with one open end, by the period that it begins or ends with: `since summer`, `older than 2 years`. */
export function openRange(
  words: string,
): { readonly word: string; readonly from?: boolean; readonly to?: boolean; readonly isAfter?: boolean } | undefined {
  const age = /^(?:older than|more than|over) ((?:an?|\d{1,3}) (?:day|week|month|quarter|year)s?)(?: ago)?$/.exec(
    words,
  )?.[1];
  if (age) return { word: `${age} ago`, to: true, isAfter: true };
  const [, sign = '', rest = ''] =
    /^(since|from|after|later than|before|earlier than|until|till|up to|through|by) (.+)$/.exec(words) ?? [];
  const word = plainWords(rest.replace(/ (?:on|onwards?)$/, ''));
  if (word === '' || /\.\./.test(word)) return undefined;
  if (sign === 'since' || sign === 'from') return { word, from: true };
  // What is due by Friday is due by the one that comes, which may be today.
  const day = /^(?:end of )?([a-z]+)$/.exec(word)?.[1] ?? '';
  if (sign === 'by' && weekdayOf(day) >= 0) return { word: `coming ${day}`, to: true, isAfter: true };
  if (sign === 'after' || sign === 'later than') return { word, from: true, isAfter: true };
  return { word, to: true, isAfter: sign !== 'before' && sign !== 'earlier than' };
}

/** The period that words name, from today on; undefined for other words. */
export function namedPeriod(words: string, today: () => number): Period | undefined {
  if (words === 'today' || words === 'now') return { from: today(), to: today() + DAY };
  if (words === 'yesterday') return { from: today() - DAY, to: today() };
  if (words === 'tomorrow') return { from: today() + DAY, to: today() + 2 * DAY };
  const [, which = '', unit = ''] = /^(?:(this|last|next) )?(week|month|quarter|year|weekend)$/.exec(words) ?? [];
  if (unit === 'weekend') return weekend(which, today());
  if (which)
    return { from: startOf(unit, today(), AWAY[which] ?? 0), to: startOf(unit, today(), (AWAY[which] ?? 0) + 1) };
  return counted(words, today) ?? dayInMonth(words, today) ?? inCalendar(words, today);
}

const AWAY: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 };

/** Saturday and Sunday: of this week, of the one before or after it; `the weekend` is the last that has begun. */
function weekend(which: string, today: number): Period {
  const saturday = (away: number): number => startOf('week', today, away) + 5 * DAY;
  const from = saturday(AWAY[which] ?? (saturday(0) <= today ? 0 : -1));
  return { from, to: from + 2 * DAY };
}

/** `last 7 days`, which ends today; `next 7 days`, which begins today; `3 months ago`, which is a day. */
function counted(words: string, today: () => number): Period | undefined {
  const [, which, count = '', unit = ''] =
    /^(last|past|next) (\d{1,3}) (day|week|month|quarter|year)s?$/.exec(words) ?? [];
  if (unit) {
    if (Number(count) < 1 || Number(count) > MAX_UNITS) return undefined;
    if (which === 'next') return { from: today(), to: before(today(), -Number(count), unit) };
    return { from: before(today(), Number(count), unit) + DAY, to: today() + DAY };
  }
  const [, ago = '', of = ''] = /^(an?|\d{1,3}) (day|week|month|quarter|year)s? ago$/.exec(words) ?? [];
  if (!of) return undefined;
  const day = before(today(), /^a/.test(ago) ? 1 : Number(ago), of);
  return { from: day, to: day + DAY };
}

/** `12 October 2026`, `Oct 12`: without a year the last one that has begun. */
function dayInMonth(words: string, today: () => number): Period | undefined {
  const turned = words
    .replace(/^([a-z]+\.?) (\d{1,2})(?=st|nd|rd|th|,| |$)/, '$2 $1')
    .replace(/^(\d+ [a-z]+\.?)(?:st|nd|rd|th)/, '$1');
  const [, day = '', name = '', year] =
    /^(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? ([a-z]+\.?)(?:,? ([12]\d{3}))?$/.exec(turned) ?? [];
  if (!MONTH.test(name)) return undefined;
  const month = MONTHS.indexOf(name.slice(0, 3));
  const at = (one: number): number => Date.UTC(one, month, Number(day));
  const now = today();
  const thisYear = new Date(now).getUTCFullYear();
  const from = at(year === undefined ? thisYear - Number(at(thisYear) > now) : Number(year));
  return new Date(from).getUTCMonth() === month ? { from, to: from + DAY } : undefined;
}

/** `October`, `last summer`, `Q3 2025`, `Monday`: without a year the last one that has begun. */
function inCalendar(words: string, today: () => number): Period | undefined {
  const [, which = '', name = '', year, yearAway] =
    /^(?:(this|last|next|coming) )?([a-z]+\.?|[qh][1-4])(?:,? (?:of )?(?:([12]\d{3})|(this|last|next) year))?$/.exec(
      words,
    ) ?? [];
  const weekday = weekdayOf(name);
  if (weekday >= 0 && (year ?? yearAway) === undefined) return dayOfWeek(weekday, which, today());
  const [first, length] = monthsOf(name);
  if (first === undefined || (which && (year ?? yearAway))) return undefined;
  const at = (one: number): Period => ({ from: Date.UTC(one, first), to: Date.UTC(one, first + length) });
  if (year !== undefined) return at(Number(year));
  const now = today();
  if (yearAway) return at(new Date(now).getUTCFullYear() + (AWAY[yearAway] ?? 0));
  const years = [1, 0, -1, -2].map((away) => at(new Date(now).getUTCFullYear() + away));
  if (which === 'next') return years.toReversed().find(({ from }) => from > now);
  if (which === 'last') return years.find(({ to }) => to <= now);
  const begun = years.find(({ from }) => from <= now);
  // Of this year, though it may not have begun; a winter that goes on is this one.
  return which === 'this' && begun && begun.to <= now ? years[1] : begun;
}

/** The month with which it begins, from 0, and how many it has. */
function monthsOf(name: string): readonly [first: number | undefined, length: number] {
  if (MONTH.test(name)) return [MONTHS.indexOf(name.slice(0, 3)), 1];
  const [unit, number] = /^(?:q[1-4]|h[12])$/.test(name) ? name : '';
  const length = unit === 'h' ? 6 : 3;
  return unit ? [(Number(number) - 1) * length, length] : [SEASONS[name], 3];
}

/**
 * The last day of that name, today included; with `this` that of this week, from Monday; with `last` the one before today, with
 * `next` the one after it, with `coming` the next one or today.
 */
function dayOfWeek(weekday: number, which: string, today: number): Period {
  const ahead = daysUntil(weekday, today);
  const ofThisWeek = today + ((weekday || 7) - (new Date(today).getUTCDay() || 7)) * DAY;
  const latest = today + (ahead === 0 ? 0 : ahead - 7) * DAY;
  const named: Readonly<Record<string, number>> = {
    coming: today + ahead * DAY,
    next: today + (ahead || 7) * DAY,
    last: today + (ahead - 7) * DAY,
    this: ofThisWeek,
  };
  const from = named[which] ?? latest;
  return { from, to: from + DAY };
}

/** What is to be known of a period whose name leaves it open: `, the calendar month before this one`. */
export function meaningOf(words: string): string {
  const [, which, named] = /^(last|next) (week|month|quarter|year)$/.exec(words) ?? [];
  if (named) return `, the calendar ${named} ${which === 'next' ? 'after' : 'before'} this one`;
  const season = /\b(spring|summer|autumn|fall|winter)\b/.exec(words)?.[1];
  return season ? `, taking ${season} as it is in the north` : '';
}

/** The first midnight of the week (Monday), month, quarter or year that is `away` from that of a day. */
function startOf(unit: string, day: number, away: number): number {
  const date = new Date(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === 'year') return Date.UTC(year + away, 0);
  if (unit === 'quarter') return Date.UTC(year, month - (month % 3) + away * 3);
  if (unit === 'month') return Date.UTC(year, month + away);
  return day - ((date.getUTCDay() + 6) % 7) * DAY + away * 7 * DAY;
}

const MONTHS_IN: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

function before(day: number, count: number, unit: string): number {
  if (unit === 'day' || unit === 'week') return day - count * (unit === 'week' ? 7 : 1) * DAY;
  const date = new Date(day);
  const months = count * (MONTHS_IN[unit] ?? 1);
  // The last day of a shorter month, where it has no such day.
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, Math.min(date.getUTCDate(), length));
}
