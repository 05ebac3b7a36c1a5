/** The most of these moments, in milliseconds, that are within one second. */
export function mostInOneSecond(moments: readonly number[]): number {
  const sorted = moments.toSorted((a, b) => a - b);
  return Math.max(...sorted.map((from, n) => sorted.slice(n).filter((at) => at < from + 1_000).length));
}
