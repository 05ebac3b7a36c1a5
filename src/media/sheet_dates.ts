/** The order of day and month in the dates of a column, where it is known. */
export type DayOrder = 'day first' | 'month first';

/** A day as ISO 8601, in both readings where a date has two. */
interface Reading {
  readonly order?: DayOrder;
  readonly day: string;
}

/** What a spreadsheet makes of a date: `31.12.2027`, `12/31/2027`, `2027/12/31`; the parts with one or two digits. */
export function dateReadings(text: string): Reading[] {
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
  if (year) return dayOf(year, month, day).map((one) => ({ day: one }));
  const [, first = '', sign = '', second = '', last = ''] = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text) ?? [];
  if (!last) return [];
  const european = dayOf(last, second, first).map((one): Reading => ({ day: one, order: 'day first' }));
  // Dots stand between day, month and year alone.
  if (sign === '.') return european.map(({ day: one }) => ({ day: one }));
  const american = dayOf(last, first, second).map((one): Reading => ({ day: one, order: 'month first' }));
  const both = [...european, ...american];
  return both.length === 2 && both[0]?.day === both[1]?.day ? [{ day: both[0]?.day ?? '' }] : both;
}

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
      const sure = readings.length === 1 ? readings : same.length === 1 ? same : [];
      return sure.flatMap(({ order }) => order ?? []);
    }),
  );
  const [order] = orders;
  return orders.size === 1 ? order : undefined;
}
