/** Formats milliseconds as a length, rounded to the second: `0:12`, `12:04`, `1:02:10`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const sign = milliseconds < 0 && seconds > 0 ? '-' : '';
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${sign}${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${sign}${minutes}:${tail}`;
}

const BYTES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** Formats bytes in decimal units (SI, 1 kB = 1000 B): `999 B`, `1.2 TB`, `340 GB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // From 999.5 on, rounding would show 1000.
  while (Math.abs(value) >= (unit === 0 ? 1000 : 999.5) && unit < BYTES.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || Math.abs(value) >= 99.95 ? 0 : 1;
  return `${Number(value.toFixed(digits))} ${BYTES[unit]}`;
}

const AGES = [
  ['y', 365.25 * 86_400],
  ['mo', 30.4375 * 86_400],
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** Formats milliseconds as an age in the largest whole unit: `45 s`, `12 min`, `3 h`, `5 d`, `2 mo`, `4 y`. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [unit, length] = AGES.find(([, one]) => seconds >= one) ?? (['s', 1] as const);
  return `${Math.floor(seconds / length)} ${unit}`;
}
