/** Part of the calls that are to be cancelled. Some are answered before that: about a twentieth comes to it. */
const CANCELLED = 0.09;
/** When, in milliseconds after the start: mostly soon, when most calls are still under way. */
const moment = (random) => random() ** 4 * 1_500;

/** Tools whose calls change the library; the mark of a call is in what it writes. */
const WRITES = /^(create|update|partial_update|annotate|set)_/;
/** A task that is done in part is called so often at most; what is done is skipped, it says. */
const ROUNDS = 12;

/**
 * Keeps `inFlight` calls under way until `end` (performance.now()) and answers the record of each once the last is
 * answered. Outcomes: `ok`, `refused` (as it should be), `failed` (nothing was written), `unknown` (so says the server),
 * `cancelled`, `hung`, `broken` (a protocol error), `wrong` (the answer to another question).
 */
export async function drive({ server, mix, random, seed, inFlight, end }) {
  const records = [];
  const worker = async () => {
    while (performance.now() < end) {
      const number = records.length;
      const mark = `soak-${seed}-${number}`;
      const call = mix.next(mark);
      const marks = WRITES.test(call.tool) ? (call.marks ?? [mark]) : [];
      const record = { label: call.label, marks, outcome: 'open' };
      records.push(record);
      await one(server, call, record, random() < CANCELLED ? moment(random) : undefined);
      if (record.outcome === 'ok') call.afterwards?.();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return records;
}

async function one(server, call, record, cancelAfter) {
  const control = new AbortController();
  const timer =
    cancelAfter === undefined
      ? undefined
      : setTimeout(() => {
          record.cancelledAt = performance.now();
          control.abort('soak');
        }, cancelAfter);
  const began = performance.now();
  try {
    const result = await rounds(server, call, record, control.signal);
    record.ms = performance.now() - began;
    Object.assign(record, judged(result, call, record));
  } catch (error) {
    record.ms = performance.now() - began;
    if (record.cancelledAt !== undefined) record.outcome = 'cancelled';
    else Object.assign(record, { outcome: error.code === -32_001 ? 'hung' : 'broken', text: error.message });
  } finally {
    clearTimeout(timer);
  }
}

/** One call, or those that a task takes until it is done: the plan, the confirmed plan, what was left. */
async function rounds(server, { tool, args, again }, record, signal) {
  let result = await server.call(tool, args, signal);
  for (let round = 2, next = again?.(result); next && round <= ROUNDS; round += 1, next = again(result)) {
    record.rounds = round;
    result = await server.call(tool, next, signal);
  }
  return result;
}

function judged({ isError, content, structuredContent }, { right, refused, behind }, { rounds: taken = 1 }) {
  const text = content?.[0]?.text ?? '';
  if (isError) {
    // What a round before this one wrote is there all the same.
    if (/outcome unknown/i.test(text) || taken > 2) return { outcome: 'unknown', text };
    return { outcome: refused?.test(text) ? 'refused' : 'failed', text };
  }
  // Tasks say what they could not do, or could not see done.
  if (structuredContent.failed || structuredContent.unconfirmed || structuredContent.remaining) {
    return { outcome: 'unknown', text };
  }
  if (right && !safely(right, structuredContent)) return { outcome: 'wrong', text };
  return { outcome: refused ? 'wrong' : 'ok', text: '', behind: behind?.(structuredContent) };
}

function safely(right, structured) {
  try {
    return right(structured);
  } catch {
    return false;
  }
}
