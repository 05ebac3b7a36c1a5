/** Lowest, middle and highest of some measurements. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[Math.floor(sorted.length / 2)], max: sorted.at(-1) };
}

export const milliseconds = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
export const perSecond = (value) => `${value.toFixed(value < 100 ? 1 : 0)}/s`;
export const megabytes = (value) => `${value.toFixed(0)} MB`;
export const count = (value) => value.toLocaleString('en');

/** A line of the table: `values` is a spread, `format` writes one of its numbers. A `floor` is what others are held against. */
export const row = (what, values, format, more = {}) => ({ what, values, format, ...more });

/** An aim that is a most or a least of the median. */
export const aim = (value, sign, limit, text) => ({
  aim: `${sign} ${text}`,
  met: sign === '<=' ? value <= limit : value >= limit,
});

const HEAD = ['', 'min', 'median', 'max', 'to floor', 'aim'];

/** Prints all rows as one table. An aim that was missed is marked; it does not fail the run: machines differ. */
export function print(rows) {
  const cells = rows.map(({ what, values, format, ratio, aim: wanted, met }) => [
    what,
    ...[values.min, values.median, values.max].map(format),
    ratio === undefined ? '' : `${ratio.toFixed(2)} x`,
    wanted === undefined ? '' : `${wanted}${met ? '' : '  MISSED'}`,
  ]);
  const table = [HEAD, ...cells];
  const widths = HEAD.map((_, column) => Math.max(...table.map((line) => line[column].length)));
  const write = (line) =>
    line
      .map((cell, column) =>
        column === 0 || column === HEAD.length - 1 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
      )
      .join('   ');
  for (const line of table) console.log(write(line).trimEnd());
}
