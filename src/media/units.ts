/** Milliseconds as people say a length: `0:12`, `12:04`, `1:02:10`. Rounded to the second. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const sign = milliseconds < 0 && seconds > 0 ? '-' : '';
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${sign}${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${sign}${minutes}:${tail}`;
}

const BYTES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** Bytes in decimal units, as storage is sold (SI, 1 kB = 1000 B): `999 B`, `1.2 TB`, `340 GB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.5 is where rounding would show 1000.
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

/** How long something has lasted, in its largest whole unit: `45 s`, `12 min`, `3 h`, `5 d`, `2 mo`, `4 y`. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [unit, length] = AGES.find(([, one]) => seconds >= one) ?? (['s', 1] as const);
  return `${Math.floor(seconds / length)} ${unit}`;
}
