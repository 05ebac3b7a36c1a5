/**
 * Requests that may go at once after a pause. Iconik allows about 50 in a second: at 45 there is room for these, and for one of each
 * replica that was too busy to send it in time.
 */
export const BURST = 3;

/** Milliseconds that a schedule is remembered without a turn. */
const LIFETIME = 3_600_000;

/**
 * Turns at an even rate (GCRA), for all replicas on the clock of Redis. Each takes the next free moment; a pause saves up some
 * of them. A schedule that Redis does not know has none saved: there may have been turns before Redis was started.
 *
 * `KEYS[1]`: the schedule; `ARGV`: microseconds between two turns, and how far back an unused one may date. Answers the
 * milliseconds until the turn. Lua would write a number of this size with fewer digits.
 */
export const TURN = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local step = tonumber(ARGV[1])
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now - tonumber(ARGV[2]))
redis.call('SET', KEYS[1], string.format('%.0f', due + step), 'PX', ${LIFETIME})
return math.ceil(math.max(0, due - now) / 1000)
`;

/** No turn of `KEYS[1]` comes for so many microseconds, `ARGV[1]`. */
export const PAUSE = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now + tonumber(ARGV[1]))
redis.call('SET', KEYS[1], string.format('%.0f', due), 'PX', ${LIFETIME})
`;
