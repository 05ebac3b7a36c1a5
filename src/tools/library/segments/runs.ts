import type { HandleKind } from '../../handles.ts';
import { groupBy } from '../../run/group_by.ts';
import type { Note } from './notes.ts';
import { extentOf, type Segment } from './segments.ts';
import type { NoteKind } from './threads.ts';

/** A note as one call made it. */
export interface MadeNote extends Note {
  readonly id: string;
  readonly track?: string;
  readonly done?: boolean;
}

/** Fields of a segment that a change sets; times in milliseconds from the first frame, null: the whole asset. */
export interface Patch {
  readonly segment_checked?: boolean;
  readonly segment_text?: string;
  readonly segment_color?: string;
  readonly time_start_milliseconds?: number | null;
  readonly time_end_milliseconds?: number | null;
}

/** A note that a call changed: what it had in the fields that it has otherwise since; a field it had not is missing. */
export interface ChangedNote {
  readonly id: string;
  readonly before: Patch;
  readonly after: Patch;
}

/** What one call added and changed, kept so that exactly this can be taken back. */
export interface Run {
  readonly asset_id: string;
  /** When it ended, in milliseconds since 1970; absent where a server of an earlier version kept it. */
  readonly at?: number;
  readonly version_id?: string;
  readonly kinds: readonly NoteKind[];
  readonly made: readonly MadeNote[];
  readonly changed?: readonly ChangedNote[];
  /** Sent, and without an id when the call ended. */
  readonly sent: readonly Note[];
  /** The same of other assets, where one call wrote on several. */
  readonly others?: readonly Run[];
}

/** What a call wrote on one asset; undefined where it wrote nothing there. */
export const runOn = ({ others = [], ...run }: Run, asset_id: string): Run | undefined =>
  [run, ...others].find((one) => one.asset_id === asset_id);

export const RUNS: HandleKind<Run> = {
  prefix: 'run',
  noun: 'what a call wrote as notes',
  argument: 'undo',
  renew: 'Read the numbers with read_notes and use delete.',
};

export const madeNote = (segment: Segment): MadeNote => ({
  id: String(segment.id),
  ...extentOf(segment),
  text: segment.segment_text ?? '',
  ...(segment.segment_color && { color: segment.segment_color }),
  ...(segment.segment_track && { track: segment.segment_track }),
  ...(segment.segment_checked === true && { done: true }),
  ...(segment.parent_id && { parent_id: segment.parent_id }),
});

/**
 * Runs on one version as if they were one call, the latest first: a note that the earlier one made or changed has what the later
 * one left. Undefined without any.
 */
export function mergedRuns(runs: readonly Run[]): Run | undefined {
  const [latest] = runs;
  if (!latest) return undefined;
  const { asset_id, at, version_id } = latest;
  const changed = new Map<string, ChangedNote>();
  for (const one of runs.toReversed().flatMap((run) => run.changed ?? [])) {
    // Ticks are changes of their own.
    const key = `${one.id} ${'segment_checked' in one.after}`;
    const earlier = changed.get(key);
    const own = Object.entries(one.before).filter(([name]) => !(name in (earlier?.after ?? {})));
    changed.set(key, {
      id: one.id,
      before: { ...Object.fromEntries(own), ...earlier?.before },
      after: { ...earlier?.after, ...one.after },
    });
  }
  const afters = groupBy([...changed.values()], ({ id }) => id);
  return {
    asset_id,
    ...(at !== undefined && { at }),
    ...(version_id !== undefined && { version_id }),
    kinds: [...new Set(runs.flatMap(({ kinds }) => kinds))],
    made: runs.flatMap(({ made }) => made).map((note) => (afters.get(note.id) ?? []).reduce(changedTo, note)),
    changed: [...changed.values()],
    sent: runs.flatMap(({ sent }) => sent),
  };
}

function changedTo(note: MadeNote, { after }: ChangedNote): MadeNote {
  const { start: _, end: __, done: ___, ...rest } = note;
  const { segment_text, segment_color, segment_checked = note.done === true } = after;
  const start = after.time_start_milliseconds === undefined ? note.start : after.time_start_milliseconds;
  const end = after.time_end_milliseconds === undefined ? note.end : after.time_end_milliseconds;
  return {
    ...rest,
    ...(typeof start === 'number' && { start, end: end ?? start }),
    ...(segment_text !== undefined && { text: segment_text }),
    ...(segment_color !== undefined && { color: segment_color }),
    ...(segment_checked && { done: true }),
  };
}

/** What somebody changed on a note since it was made, in words; empty for nothing. */
export function changedSince(made: MadeNote, now: Segment): string[] {
  const { start, end, text, color, track, done } = madeNote(now);
  const changes = [
    [text !== made.text, 'text'],
    [start !== made.start || end !== made.end, 'time'],
    [color !== made.color, 'color'],
    [track !== made.track, 'track'],
    [done !== made.done, done ? 'ticked off' : 'reopened'],
    [now.subclip_id !== undefined, 'has a sub-clip'],
  ] as const;
  return changes.flatMap(([changed, word]) => (changed ? [word] : []));
}
