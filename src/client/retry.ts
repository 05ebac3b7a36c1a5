import type { AnswerHeaders } from './types.ts';

/** When a request may be sent again, and when. Times are milliseconds. */
export interface Policy {
  /** Attempts after the first. */
  readonly retries: number;
  /** Full jitter: a random time up to `base`·2ⁿ, at most `ceiling`. */
  readonly base: number;
  readonly ceiling: number;
  /** The longest wait that Iconik's own word (`Retry-After`) may ask of us. */
  readonly longest: number;
  /** Retries a credential may spend before a success earns new ones, so that an outage is not made worse. */
  readonly budget: number;
}

export const policy: Policy = { retries: 3, base: 250, ceiling: 8_000, longest: 20_000, budget: 20 };

/** How a request failed, as far as repeating it is concerned. */
export interface Failure {
  /** HTTP status; absent where no answer came. */
  readonly status?: number;
  /** No byte of the request left this machine. */
  readonly unsent: boolean;
  /** What the answer's headers asked for. */
  readonly asked?: number;
}

const LATER = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Reads go again on network faults and on 408, 429, 500, 502, 503, 504. Writes go again only where nothing was sent
 * or Iconik said "later" (429, or 503 with a time): Iconik has no idempotency key.
 */
export function mayRepeat(failure: Failure, reads: boolean): boolean {
  if (failure.unsent) return true;
  if (failure.status === undefined) return reads;
  if (reads) return LATER.has(failure.status);
  return failure.status === 429 || (failure.status === 503 && failure.asked !== undefined);
}

/** Milliseconds before a request that was throttled goes again, at least: what was asked for may be nothing. */
const MIN_AFTER_429 = 1_000;

/** The wait before attempt `attempt` + 1 (`attempt` counts from 1); `undefined`: longer than we are willing to wait. */
export function delay(failure: Failure, attempt: number, random: () => number = Math.random): number | undefined {
  const jitter = random() * Math.min(policy.ceiling, policy.base * 2 ** attempt);
  const least = failure.status === 429 ? MIN_AFTER_429 : 0;
  if (failure.asked === undefined) return least + jitter;
  return failure.asked > policy.longest ? undefined : Math.max(failure.asked, least) + jitter / 4;
}

/** The three forms of a date in HTTP (RFC 9110): `Sun, 06 Nov 1994 08:49:37 GMT`, with a full weekday, and of asctime. */
const HTTP_DATE =
  /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$|^[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$|^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

/** Milliseconds that `Retry-After` or `RateLimit-Reset` ask for: digits (seconds) or a date; else they ask for nothing. */
export function askedFor(headers: AnswerHeaders, now: number = Date.now()): number | undefined {
  const value = (
    headers.get('retry-after') ??
    headers.get('ratelimit-reset') ??
    headers.get('x-ratelimit-reset')
  )?.trim();
  if (value === undefined) return undefined;
  // A large figure is a moment, not a span.
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  if (/^\d{10}$/.test(value)) return Math.max(0, Number(value) * 1_000 - now);
  const date = HTTP_DATE.test(value) ? Date.parse(/GMT$/.test(value) ? value : `${value} GMT`) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

export interface Budget {
  /** Takes one retry; false: none left. */
  spend(): boolean;
  /** A request succeeded: part of a retry is earned back. */
  earn(): void;
}

export function createBudget(size: number = policy.budget): Budget {
  let left = size;
  return {
    spend() {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    earn() {
      left = Math.min(size, left + 0.5);
    },
  };
}
