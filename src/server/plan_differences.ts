import { oneLine } from '../text/quote.ts';
import type { Preview } from '../tools/types.ts';

/** Lines that are kept of a plan, and characters of each. */
const MAX_KEPT = 200;
const MAX_LENGTH = 200;
/** Differences that are named. */
const MAX_NAMED = 5;

/** What a plan says, to be compared with a later one: first what is affected, since the summary follows from it. */
export const linesOf = ({ affected, notes = [], summary }: Preview): string[] => [
  ...affected.slice(0, MAX_KEPT).map(asText),
  ...notes.slice(0, MAX_KEPT).map(asText),
  asText(summary),
];

const asText = (line: Preview['affected'][number]): string =>
  oneLine(typeof line === 'string' ? line : Object.values(line).join(' · '), MAX_LENGTH);

/** `was: "A": Rating 5 → 2` and `now: …`, as far as a plan reads otherwise than it did. Empty where it reads the same. */
export function differencesOf(before: readonly string[], { affected, notes = [], summary }: Preview): string[] {
  const now = [...affected, ...notes, summary].map(asText);
  const [earlier, present] = [new Set(before), new Set(now)];
  // What was not kept of a long plan is no news.
  const isWhole = affected.length <= MAX_KEPT && before.length <= MAX_KEPT;
  const gone = before.filter((line) => !present.has(line)).map((line) => `was: ${line}`);
  const fresh = isWhole ? now.filter((line) => !earlier.has(line)).map((line) => `now: ${line}`) : [];
  const all = Array.from({ length: Math.max(gone.length, fresh.length) }, (_, n) => [gone[n], fresh[n]]).flat();
  const found = all.filter((line) => line !== undefined);
  const more = found.length - MAX_NAMED;
  return more > 0 ? [...found.slice(0, MAX_NAMED), `and ${more} more`] : found;
}
