const OUTCOMES = ['ok', 'refused', 'failed', 'unknown', 'cancelled', 'wrong', 'hung', 'broken'];
const HEAD = ['call', 'calls', ...OUTCOMES, 'p50 ms', 'p99 ms', 'max ms'];

/** One line for each kind of call and one for all. Times are those of calls that were answered. */
export function outcomes(labels, records) {
  const line = (label, own) => {
    const times = own.filter(({ outcome }) => outcome !== 'cancelled').map(({ ms }) => ms);
    const count = (outcome) => own.filter((record) => record.outcome === outcome).length || '';
    const figures = [0.5, 0.99, 1].map((part) => (times.length > 0 ? quantile(times, part).toFixed(0) : ''));
    return [label, own.length, ...OUTCOMES.map(count), ...figures];
  };
  const kinds = labels.map((label) =>
    line(
      label,
      records.filter((record) => record.label === label),
    ),
  );
  return table([HEAD, ...kinds, line('all', records)]);
}

/** What was looked at: { what, found, allowed, met }. */
export function checks(list) {
  return table([
    ['checked', 'found', 'allowed', ''],
    ...list.map(({ what, found, allowed, met }) => [what, found, allowed, met ? 'ok' : 'FAILED']),
  ]);
}

export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const numeric = (column) => rows.slice(1).every((row) => /^[\d.]*$/.test(String(row[column])));
  const cell = (text, column) =>
    numeric(column) ? String(text).padStart(widths[column]) : String(text).padEnd(widths[column]);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}
