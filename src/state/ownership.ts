/**
 * Milliseconds that it is remembered when something was given back: longer than a call may take from reading it to claiming it
 * (`--timeout`).
 */
export const REMEMBERED = 660_000;

/**
 * Gives all of `KEYS` to one owner, or none. `ARGV`: the owner, and milliseconds. Answers what is left of the time for which it is
 * remembered that one of them was given back, the latest; -1: another owner has one.
 */
export const CLAIM = `
local left = 0
for _, key in ipairs(KEYS) do
  local owner = redis.call('GET', key)
  if owner == '' then left = math.max(left, redis.call('PTTL', key))
  elseif owner and owner ~= ARGV[1] then return -1 end
end
for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'PX', ARGV[2]) end
return left
`;

/** Gives back those of `KEYS` that the owner still has. */
export const RELEASE = `
for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then redis.call('SET', key, '', 'PX', ${REMEMBERED}) end
end
`;

/** Removes the first of `KEYS`; where it was there, the second gets the value `ARGV[1]` for `ARGV[2]` milliseconds. */
export const TAKE = `
if redis.call('DEL', KEYS[1]) == 0 then return 0 end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return 1
`;
