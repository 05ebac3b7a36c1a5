import { partOrWhole } from './date_parts.ts';
import { meaningOf, namedPeriod, openRange, type Period, plainWords } from './date_words.ts';
import { MediaError, quote } from './errors.ts';

/** A range of time as ISO 8601 instants in UTC: `from` is included, `to` is not. An open end is undefined. */
export interface DateRange {
  readonly from?: string;
  readonly to?: string;
}

const DAY = 86_400_000;
const FORMS =
  '2025, 2025-03, 2025-03-04, 2025-03-04..2025-04-01 (both included), 2025-01-01.. or ..2025, today, Monday, October, October 2025, summer, Q3, the end of August, this, last or next week, month, quarter, year or summer, last 7 days (today and the 6 before), last 12 months, since summer, before October, older than 2 years';

/**
 * Parses a day, month or year (ISO 8601), or two of them joined by `..`, into the instants where the range begins and ends
 * in a time zone (IANA name, `+02:00` or `Z`; UTC by default). The last day, month or year is included. `yesterday`,
 * `last week` (from Monday) and `last 7 days` (today and the six before) count from `now`, epoch milliseconds. Throws `MediaError`.
 */
export function parseDateRange(text: string, zone = 'UTC', now = Date.now()): DateRange {
  const midnight = wallClockIn(zone);
  const { first, last } = endsOf(text, (words) => namedPeriod(words, () => todayIn(zone, now)) ?? period(words, text));
  const from = first === undefined ? undefined : midnight(first);
  const to = last === undefined ? undefined : midnight(last);
  if (from !== undefined && to !== undefined && from >= to)
    throw new MediaError(`${quote(text)} ends before it begins. Write the earlier date first.`);
  return {
    ...(from !== undefined && { from: new Date(from).toISOString() }),
    ...(to !== undefined && { to: new Date(to).toISOString() }),
  };
}

/** Characters of the longest words for dates. */
const MAX_LENGTH = 100;

/** The midnights at which a range begins and ends, as if in UTC; an open end is undefined. */
function endsOf(
  text: string,
  periodOf: (words: string) => Period,
): { readonly first?: number; readonly last?: number } {
  if (text.length > MAX_LENGTH) throw refusal(text);
  const words = plainWords(text);
  const span = /^(?:from|between) /.test(words)
    ? words.slice(words.indexOf(' ') + 1).split(/ (?:to|and|until|till) /)
    : [];
  const two = span.length === 2 ? span : words.split(/\.\.| to /);
  const open = two.length === 1 ? openRange(words) : undefined;
  if (open) {
    const { from, to, at = open.isAfter ? to : from } = partOrWhole(open.word, periodOf);
    return open.from ? { first: at } : { last: at };
  }
  const [first = '', last = first, ...more] = two.map(plainWords);
  if (more.length > 0 || (first === '' && last === '')) throw refusal(text);
  return {
    ...(first !== '' && { first: partOrWhole(first, periodOf).from }),
    ...(last !== '' && { last: partOrWhole(last, periodOf).to }),
  };
}

/**
 * How words such as `last week` were taken, for an answer: `last month → 2026-10-01..2026-10-31, the calendar month before`.
 * Empty for dates that were written as such. Throws `MediaError`.
 */
export function datesMeant(text: string, zone: string, { from, to }: DateRange = parseDateRange(text, zone)): string {
  if (!/[a-z]/i.test(text)) return '';
  const last = to && new Date(Date.parse(to) - 1).toISOString();
  return `${text} → ${from ? dayIn(from, zone) : ''}..${last ? dayIn(last, zone) : ''}${meaningOf(plainWords(text))}`;
}

/** The day of an instant (ISO 8601) in a time zone: `2025-05-31`. What is no instant is shortened. Throws `MediaError`. */
export function dayIn(instant: string, zone: string): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at) || zone === 'UTC') return instant.slice(0, 10);
  return new Date(at + offsetIn(zone)(at)).toISOString().slice(0, 10);
}

/** An instant (ISO 8601) as read on a clock in a time zone, with the zone: `2025-05-31 09:30 UTC`. What is no instant is shortened. */
export function timeIn(instant: string, zone: string): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return instant.slice(0, 20);
  const local = new Date(at + offsetIn(zone)(at)).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)} ${zone}`;
}

/** The midnight of the day that it is in a time zone, as if in UTC. Throws `MediaError` for an unknown zone. */
export const todayIn = (zone: string, now: number): number => Math.floor((now + offsetIn(zone)(now)) / DAY) * DAY;

const refusal = (text: string): MediaError =>
  new MediaError(`${quote(text)} is not a date or range of dates. Accepted: ${FORMS}.`);

/** The midnights before and after a day, month or year, as if in UTC. Throws `MediaError`. */
export function period(date: string, text: string): { from: number; to: number } {
  const match = /^([12]\d{3})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date);
  if (!match) throw refusal(text);
  const [year, month, day] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  if (year === undefined) throw refusal(text);
  if (month === undefined) return { from: Date.UTC(year, 0), to: Date.UTC(year + 1, 0) };
  if (month < 1 || month > 12) throw new MediaError(`${quote(date)}: there is no month ${month}. Allowed: 01 to 12.`);
  if (day === undefined) return { from: Date.UTC(year, month - 1), to: Date.UTC(year, month) };
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day < 1 || day > days)
    throw new MediaError(`${quote(date)}: that month has no day ${day}. Allowed: 01 to ${days}.`);
  return { from: Date.UTC(year, month - 1, day), to: Date.UTC(year, month - 1, day + 1) };
}

/**
 * Converts a time of the wall clock, given as if in UTC, to its instant in a time zone: of two the first; the next one that
 * exists where the clocks skip it. Throws `MediaError` for an unknown zone.
 */
export function wallClockIn(zone: string): (asUtc: number) => number {
  const offset = offsetIn(zone);
  return (asUtc) => {
    const around = [asUtc - DAY, asUtc + DAY].map(offset);
    const instants = around.map((one) => asUtc - one);
    const real = instants.filter((instant) => instant + offset(instant) === asUtc);
    // A change of clocks can skip midnight: the day then begins at the jump. If midnight comes twice, the first one counts.
    return real.length > 0 ? Math.min(...real) : Math.max(...instants.filter((one) => one + offset(one) >= asUtc));
  };
}

/** A function from an instant to the zone's offset from UTC, in milliseconds. Throws `MediaError` for an unknown zone. */
export function offsetIn(zone: string): (instant: number) => number {
  const [, sign, hours, minutes = '00'] = /^(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?$/i.exec(zone) ?? [];
  if (sign && Number(hours) <= 14 && Number(minutes) <= 59) {
    const fixed = (Number(hours) * 60 + Number(minutes)) * 60_000;
    return () => (sign === '-' ? -fixed : fixed);
  }
  const format = formatIn(/^z$/i.test(zone) ? 'UTC' : zone);
  return (instant) => {
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
  };
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric';
  const parts = {
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...parts });
  } catch {
    throw new MediaError(
      `${quote(timeZone)} is not a time zone. Allowed: an IANA name, e.g. Europe/Berlin, or +02:00.`,
    );
  }
}
