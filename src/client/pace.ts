/** How many requests a second are allowed now: the full rate, less after a 429, and back within about ten seconds. */
export interface Pace {
  /** Requests a second. */
  readonly rate: number;
  readonly isSlowed: boolean;
  /** Halves the rate, or takes it down to what was answered in the last second where that is less. */
  slow(time: number): void;
  /** A request was answered at `time`, in milliseconds. */
  answered(time: number): void;
}

/** Requests a second that a slowed rate never goes below. */
const MIN_RATE = 2;
/** An unlimited rate counts as whole again from here on. */
const UNLIMITED_RATE = 1_000;
/** Answers that are remembered to see what Iconik really lets through. */
const MAX_REMEMBERED = 100;

export function createPace(full: number): Pace {
  /** What a slowed rate gains in a second. */
  const gain = Math.min(full, 100) / 10;
  let rate = full;
  let answers: number[] = [];
  return {
    get rate() {
      return rate;
    },
    get isSlowed() {
      return rate < full;
    },
    slow(time) {
      const recent = answers.slice(-MAX_REMEMBERED).filter((at) => at > time - 1_000).length;
      rate = Math.max(MIN_RATE, Math.min(rate / 2, recent));
    },
    answered(time) {
      answers.push(time);
      if (answers.length >= 2 * MAX_REMEMBERED) answers = answers.slice(-MAX_REMEMBERED);
      if (rate < full) rate += gain / rate;
      if (rate >= Math.min(full, UNLIMITED_RATE)) rate = full;
    },
  };
}
