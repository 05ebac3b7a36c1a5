import { firstOf } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { shorten } from '../../../text/tokens.ts';
import { type OwnRun, runsNamed, runsSince, undoOfAll } from '../../library/plans/own_runs.ts';
import { changedSince, mergedRuns, type Patch, RUNS, type Run, runOn } from '../../library/segments/runs.ts';
import { extentOf, type Segment } from '../../library/segments/segments.ts';
import type { Subject } from '../../library/subject.ts';
import type { Context } from '../../types.ts';

/** Notes that a line names, and characters of each. */
const MAX_NAMED = 5;
const MAX_TEXT = 40;

/** Which of the notes that an undo leaves alone the caller himself has changed since, and how all of it is taken back. */
export function ownChanges(
  context: Context,
  { id: asset }: Subject,
  runs: readonly OwnRun<Run>[],
  kept: readonly Segment[],
): string[] {
  const later = runsSince(context, RUNS, runs);
  const byRun = new Map<string, string[]>();
  for (const now of kept) {
    const by = later.filter(({ run }) => run.changed?.some(({ id }) => id === now.id)).map(({ handle }) => handle);
    if (by.length === 0 || !isLeftBy(context, asset, [...runs.map(({ handle }) => handle), ...by], now)) continue;
    for (const handle of by) byRun.set(handle, [...(byRun.get(handle) ?? []), now.segment_text ?? '']);
  }
  if (byRun.size === 0) return [];
  const lines = [...byRun].map(([handle, texts]) => {
    const named = firstOf(texts, MAX_NAMED, (text) => inQuotes(shorten(text, MAX_TEXT)));
    return `Of these changed by your later ${handle}: ${named}.`;
  });
  return [...lines, ...undoOfAll('annotate_asset', { asset }, runs, [...byRun.keys()])];
}

/** Whether a note is as these runs left it, one after the other. */
function isLeftBy(context: Context, asset: string, handles: readonly string[], now: Segment): boolean {
  const all = mergedRuns(runsNamed(context, RUNS, handles.join(' ')).map(({ run }) => runOn(run, asset) ?? run));
  const made = all?.made.find(({ id }) => id === now.id);
  if (made) return changedSince(made, now).length === 0;
  return all?.changed?.every(({ id, after }) => id !== now.id || holds(now, after)) ?? false;
}

function holds(now: Segment, after: Patch): boolean {
  const { start, end } = extentOf(now) ?? {};
  const held: Patch = {
    segment_checked: now.segment_checked === true,
    segment_text: now.segment_text ?? '',
    ...(now.segment_color && { segment_color: now.segment_color }),
    time_start_milliseconds: start ?? null,
    time_end_milliseconds: end ?? null,
  };
  return Object.entries(after).every(([name, value]) => held[name as keyof Patch] === value);
}
