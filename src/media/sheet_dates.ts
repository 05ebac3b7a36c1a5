/** The order of day and month in the dates of a column, where it is known. */
export type DayOrder = 'day first' | 'month first';

/** A day as ISO 8601, with the order in which it is read where that matters. */
interface Reading {
  readonly order?: DayOrder;
  readonly day: string;
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const CENTURIES = ['19', '20'];

/**
 * The days that a date of a spreadsheet can be: `31.12.2027`, `12/31/2027`, `2027/12/31`, `31 Dec 2027`, `December 31, 2027`;
 * a year of two digits is one of both centuries.
 */
export function dateReadings(text: string): Reading[] {
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
  if (year) return daysOf(year, month, day);
  const inWords = /^(\d{1,2})(?:\. ?|[ -])([a-z]{3,9})\.?[ -](\d{4}|\d{2})$/i.exec(text);
  if (inWords) return daysOf(inWords[3] ?? '', monthOf(inWords[2] ?? ''), inWords[1] ?? '');
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4}|\d{2})$/i.exec(text);
  if (monthFirst) return daysOf(monthFirst[3] ?? '', monthOf(monthFirst[1] ?? ''), monthFirst[2] ?? '');
  const [, first = '', sign = '', second = '', last = ''] =
    /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text) ?? [];
  // Dots stand between day, month and year alone.
  if (sign === '.') return daysOf(last, second, first);
  const american = daysOf(last, first, second, 'month first');
  const european = daysOf(last, second, first, 'day first');
  return first === second ? daysOf(last, first, second) : [...european, ...american];
}

/** The number of a month by its English name or the beginning of it; 0 for another word. */
export function monthOf(word: string): string {
  const key = word.toLowerCase();
  return String(MONTHS.findIndex((month) => month.startsWith(key)) + 1);
}

const daysOf = (year: string, month: string, day: string, order?: DayOrder): Reading[] =>
  (year.length === 2 ? CENTURIES.map((century) => century + year) : [year])
    .flatMap((one) => dayOf(one, month, day))
    .map((one) => ({ day: one, ...(order && { order }) }));

function dayOf(year: string, month: string, day: string): string[] {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isDay = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isDay ? [date.toISOString().slice(0, 10)] : [];
}

/**
 * The order that the dates of a column show: by those with one reading alone, and by those that are what a cell held before
 * in one reading alone. Undefined where they show none, or both.
 */
export function dayOrderOf(cells: readonly { readonly text: string; readonly before: string }[]): DayOrder | undefined {
  const orders = new Set(
    cells.flatMap(({ text, before }) => {
      const readings = dateReadings(text);
      const same = readings.filter(({ day }) => day === before);
      const shown = new Set((same.length === 1 ? same : readings).map(({ order }) => order));
      const [order] = shown;
      return shown.size === 1 && order ? [order] : [];
    }),
  );
  const [order] = orders;
  return orders.size === 1 ? order : undefined;
}
