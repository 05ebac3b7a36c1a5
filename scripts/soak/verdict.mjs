import { quantile } from './report.mjs';

/** How often what a call writes may be there after it ended so. */
const ALLOWED = { ok: [1, 1], failed: [0, 0], unknown: [0, 1], cancelled: [0, 1], wrong: [0, 1], hung: [0, 1] };
/** Later writes take the place of these, so that only the proxy knows how often they were done. */
const REPLACED = new Set(['partial_update_segment', 'update_job']);
/** A cancellation takes this long from the host to the socket at most, on a busy machine. */
const CANCELLING = 1_000;

/**
 * What the writes left behind, as checks. `done` and `lastCame` are the proxy's: how often the sandbox did what bears a
 * mark, and when it last came by; `there` is how often the mark is in the sandbox's state.
 */
export function ofWrites(records, { done, lastCame }, there) {
  const all = records.flatMap((record) => record.marks.map((mark) => ({ record, mark })));
  const counts = all.map(({ record, mark }) => {
    const { outcome, label, cancelledAt } = record;
    const often = done.get(mark) ?? 0;
    const kept = there.get(mark) ?? 0;
    const [least, most] = ALLOWED[outcome] ?? [0, 1];
    const came = lastCame.get(mark) ?? 0;
    return {
      bad: { ...record, mark, often, kept },
      twice: Math.max(often, kept) > Math.max(most, 1),
      lost: Math.max(often, kept) < least || (!REPLACED.has(label) && kept < least),
      uninvited: outcome === 'failed' && Math.max(often, kept) > 0,
      late: cancelledAt !== undefined && came > cancelledAt + CANCELLING,
    };
  });
  const check = (what, name) => {
    const bad = counts.filter((one) => one[name]).map((one) => one.bad);
    return { ...none(what, bad.length), bad };
  };
  return [
    check('duplicates written', 'twice'),
    check('reported as written, but not there', 'lost'),
    check('reported as failed, but there', 'uninvited'),
    check('sent after their cancellation', 'late'),
  ];
}

export const none = (what, found) => ({ what, found: String(found), allowed: 'none', met: found === 0 });

export const atMost = (what, found, most, unit = '') => ({
  what,
  found: `${Math.round(found)}${unit}`,
  allowed: `<= ${most}${unit}`,
  met: found <= most,
});

/** Growth from the second fifth of the samples to the last; the first is warm-up. */
export function ofMemory(samples, most) {
  const fifth = Math.floor(samples.length / 5);
  if (fifth < 1 || samples.some((sample) => sample === undefined)) return [];
  const [from, to] = [samples.slice(fifth, 2 * fifth), samples.slice(-fifth)].map((part) => quantile(part, 0.5));
  return [
    {
      what: 'memory: median of the 2nd fifth of the run → of the last',
      found: `${from.toFixed(0)} → ${to.toFixed(0)} MB`,
      allowed: `+${most} MB`,
      met: to - from <= most,
    },
  ];
}

/** What is wrong with a log: lines that are no JSON, and secrets in it. */
export function ofLog(text, secrets) {
  const lines = text.split('\n').filter(Boolean);
  const parsed = lines.map((line) => {
    try {
      return JSON.parse(line);
    } catch {
      return undefined;
    }
  });
  const audits = parsed.filter((line) => line?.audit === true).length;
  const others = parsed
    .filter((line) => line && line.audit !== true)
    .map(({ message, level }) => `${level}: ${message}`);
  return {
    audits,
    others,
    checks: [
      none('lines on stderr that are no JSON', parsed.filter((line) => line === undefined).length),
      none('secrets on stderr', secrets.filter((secret) => text.includes(secret)).length),
    ],
  };
}
