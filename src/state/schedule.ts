/** Requests that may go at once after a pause. */
export const BURST = 5;

/** Turns at an even rate (GCRA): each takes the next free moment, and a pause saves up to `burst` of them. */
export interface Schedule {
  /** Milliseconds until the turn that this call takes. */
  turn(time: number, rate: number): number;
}

/** A schedule for this process alone. Times are milliseconds. */
export function createSchedule(burst: number): Schedule {
  let next = 0;
  return {
    turn(time, rate) {
      const step = 1_000 / rate;
      const due = Math.max(next, time - (burst - 1) * step);
      next = due + step;
      return Math.ceil(Math.max(0, due - time));
    },
  };
}

/**
 * The same for all replicas, on the clock of Redis. `KEYS[1]`: the schedule; `ARGV`: microseconds between two turns, and how
 * far back an unused one may date. Answers milliseconds. Lua would write a number of this size with fewer digits.
 */
export const TURN = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local step = tonumber(ARGV[1])
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now - tonumber(ARGV[2]))
redis.call('SET', KEYS[1], string.format('%.0f', due + step), 'PX', 60000)
return math.ceil(math.max(0, due - now) / 1000)
`;
