import { MediaError, quote } from './errors.ts';

/** A range of time as ISO 8601 instants in UTC: `from` is included, `to` is not. An open end is undefined. */
export interface DateRange {
  readonly from?: string;
  readonly to?: string;
}

const DAY = 86_400_000;
const FORMS =
  '2025, 2025-03, 2025-03-04, 2025-03-04..2025-04-01 (both included), 2025-01-01.. or ..2025, today, yesterday, this or last week, month or year, last 7 days (today and the 6 before)';

/**
 * Parses a day, month or year (ISO 8601), or two of them joined by `..`, into the instants where the range begins and ends
 * in a time zone (IANA name, `+02:00` or `Z`; UTC by default). The last day, month or year is included. `yesterday`,
 * `last week` (from Monday) and `last 7 days` (today and the six before) count from `now`, epoch milliseconds. Throws `MediaError`.
 */
export function parseDateRange(text: string, zone = 'UTC', now = Date.now()): DateRange {
  const [first = '', last = first, ...more] = text.split('..').map((part) => part.trim());
  if (more.length > 0 || (first === '' && last === '')) throw refusal(text);
  const midnight = wallClockIn(zone);
  const periodOf = (date: string) => relativePeriod(date.toLowerCase(), () => todayIn(zone, now)) ?? period(date, text);
  const from = first === '' ? undefined : midnight(periodOf(first).from);
  const to = last === '' ? undefined : midnight(periodOf(last).to);
  if (from !== undefined && to !== undefined && from >= to)
    throw new MediaError(`${quote(text)} ends before it begins. Write the earlier date first.`);
  return {
    ...(from !== undefined && { from: new Date(from).toISOString() }),
    ...(to !== undefined && { to: new Date(to).toISOString() }),
  };
}

/**
 * How words such as `last week` were taken, for an answer: `last month → 2026-10-01..2026-10-31, the calendar month before`.
 * Empty for dates that were written as such. Throws `MediaError`.
 */
export function datesMeant(text: string, zone: string, { from, to }: DateRange = parseDateRange(text, zone)): string {
  if (!/[a-z]/i.test(text)) return '';
  const last = to && new Date(Date.parse(to) - 1).toISOString();
  const named = /^last (week|month|year)$/i.exec(text.trim())?.[1]?.toLowerCase();
  const meaning = named ? `, the calendar ${named} before this one` : '';
  return `${text} → ${from ? dayIn(from, zone) : ''}..${last ? dayIn(last, zone) : ''}${meaning}`;
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

/** The longest "last 500 days", in days, weeks, months or years. */
const MAX_UNITS = 999;

/** The midnights around a time that is named from today on, as if in UTC; undefined for other words. */
function relativePeriod(words: string, today: () => number): { from: number; to: number } | undefined {
  if (words === 'today') return { from: today(), to: today() + DAY };
  if (words === 'yesterday') return { from: today() - DAY, to: today() };
  const named = /^(this|last) (week|month|year)$/.exec(words);
  if (named) {
    const [, which, unit = ''] = named;
    const back = which === 'last' ? 1 : 0;
    return { from: startOf(unit, today(), -back), to: startOf(unit, today(), 1 - back) };
  }
  const [, count = '', unit = ''] = /^(?:last|past) (\d{1,3}) (day|week|month|year)s?$/.exec(words) ?? [];
  if (!unit || Number(count) < 1 || Number(count) > MAX_UNITS) return undefined;
  return { from: before(today(), Number(count), unit) + DAY, to: today() + DAY };
}

/** The first midnight of the week (Monday), month or year that is `away` from that of a day. */
function startOf(unit: string, day: number, away: number): number {
  const date = new Date(day);
  if (unit === 'year') return Date.UTC(date.getUTCFullYear() + away, 0);
  if (unit === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + away);
  return day - ((date.getUTCDay() + 6) % 7) * DAY + away * 7 * DAY;
}

function before(day: number, count: number, unit: string): number {
  if (unit === 'day' || unit === 'week') return day - count * (unit === 'week' ? 7 : 1) * DAY;
  const date = new Date(day);
  const months = count * (unit === 'year' ? 12 : 1);
  // The last day of a shorter month, where it has no such day.
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, Math.min(date.getUTCDate(), length));
}

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
