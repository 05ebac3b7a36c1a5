import type { Period } from './date_words.ts';

const DAY = 86_400_000;

/** In sixths of the whole; `at`: the moment that is meant after "since", "before" and the like. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly at?: number;
}

const BEGINNING: Part = { from: 0, to: 2, at: 0 };
const MIDDLE: Part = { from: 2, to: 4, at: 3 };
const PARTS: Readonly<Record<string, Part>> = {
  beginning: BEGINNING,
  start: BEGINNING,
  middle: MIDDLE,
  mid: MIDDLE,
  end: { from: 4, to: 6, at: 6 },
  early: { from: 0, to: 2 },
  late: { from: 4, to: 6 },
  'first half': { from: 0, to: 3 },
  'second half': { from: 3, to: 6 },
};

/**
 * The period or a part of it, a third or a half: `mid-August`, `the end of last month`. `at` is the moment that such a part
 * means as the end of a range: since the end of August is from September on.
 */
export function partOrWhole(
  words: string,
  periodOf: (words: string) => Period,
): Period & { readonly at?: number | undefined } {
  const [, name = '', word = '', rest = ''] =
    /^(?:(beginning|start|middle|end|first half|second half)(?: of)?|(early|mid|late))[ -](?:the )?(.+)$/.exec(words) ??
    [];
  const part = PARTS[name || word];
  if (!part) return periodOf(words);
  const whole = periodOf(rest.replace(/^(?=(?:week|month|quarter|year)$)/, 'this '));
  return {
    from: share(whole, part.from),
    to: share(whole, part.to),
    at: part.at === undefined ? undefined : share(whole, part.at),
  };
}

/** The midnight after so many sixths of a period: that of a whole month, where one begins there. */
function share({ from, to }: Period, sixths: number): number {
  const [first, last] = [new Date(from), new Date(to)];
  const months = (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth();
  const isMonths = first.getUTCDate() === 1 && last.getUTCDate() === 1 && (months * sixths) % 6 === 0;
  if (isMonths) return Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + (months * sixths) / 6);
  return from + Math.floor((((to - from) / DAY) * sixths) / 6) * DAY;
}
