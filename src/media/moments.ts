import { offsetIn, period, todayIn, wallClockIn } from './dates.ts';
import { dayAhead, WEEKDAYS } from './days_ahead.ts';
import { MediaError, quote } from './errors.ts';

const DAY = 86_400_000;
const STEPS: Readonly<Record<string, number>> = { day: DAY, week: 7 * DAY };
/** Of "in 3 days", whatever its unit: ten years. */
const MAX_AHEAD = 3_653 * DAY;
/** The last second of a day that is named without a time. */
const END_OF_DAY = DAY - 1_000;

const FORMS =
  'Friday, next Friday 18:00, 6 December, tomorrow, in 3 days, end of next week, 2026-12-24, 2026-12-24 18:00, 2026-12-24T18:00:00Z';

/**
 * Parses the end of something, as a person says it, into an instant (epoch milliseconds). A day without a time ends with
 * its last second in the time zone; a weekday is the next one, today included, and `next Friday` that of next week; `in 3
 * days` ends with that day. Throws `MediaError` for other forms, for days that do not exist and for an unknown zone.
 */
export function parseEnd(text: string, zone: string, now: number): number {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^(?:until|till|by|on) /, '')
    .trim();
  if (/^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:z|[+-]\d{2}:\d{2})$/.test(words))
    return isoInstant(words, text);
  const ahead = /^in (\d{1,4}|an?|one) (day|week)s?$/.exec(words);
  const today = todayIn(zone, now);
  if (ahead) {
    const [, count = '', unit = ''] = ahead;
    const span = (/^\d/.test(count) ? Number(count) : 1) * (STEPS[unit] ?? 0);
    if (span === 0 || span > MAX_AHEAD)
      throw new MediaError(`${quote(text)} is not between a day and ten years ahead.`);
    return wallClockIn(zone)(today + span + END_OF_DAY);
  }
  const [, day = '', time] = /^(.+?)(?:(?:,? at |,? |(?<=\d)t)(\d{1,2}:\d{2}))?$/.exec(words) ?? [];
  const midnight = dayNamed(day, today, text);
  if (midnight === undefined) throw refusal(text);
  return wallClockIn(zone)(midnight + (time === undefined ? END_OF_DAY : timeOfDay(time, text)));
}

const refusal = (text: string): MediaError =>
  new MediaError(`${quote(text)} is not a day or time that is understood. Accepted: ${FORMS}.`);

function isoInstant(words: string, text: string): number {
  const at = Date.parse(words.toUpperCase());
  if (Number.isNaN(at)) throw refusal(text);
  return at;
}

/** The midnight of a day that is named, as if in UTC. */
const dayNamed = (day: string, today: number, text: string): number | undefined =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) ? period(day, text).from : dayAhead(day, today, text);

function timeOfDay(time: string, text: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  if (hours > 24 || minutes > 59 || (hours === 24 && minutes > 0))
    throw new MediaError(`${quote(text)}: there is no such time of day.`);
  return (hours * 60 + minutes) * 60_000;
}

/** `Fri 2026-11-27 23:59 Europe/Lisbon (UTC+00:00)`. Throws `MediaError` for an unknown zone. */
export function formatMoment(at: number, zone: string): string {
  const offset = offsetIn(zone)(at);
  const local = new Date(at + offset);
  const weekday = WEEKDAYS[local.getUTCDay()] ?? '';
  const name = `${weekday.slice(0, 1).toUpperCase()}${weekday.slice(1, 3)}`;
  const day = `${name} ${local.toISOString().slice(0, 16).replace('T', ' ')}`;
  if (/^(?:utc|z|gmt)$/i.test(zone)) return `${day} UTC`;
  const size = new Date(Math.abs(offset)).toISOString().slice(11, 16);
  return `${day} ${zone} (UTC${offset < 0 ? '-' : '+'}${size})`;
}
