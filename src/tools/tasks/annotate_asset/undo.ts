import { inQuotes } from '../../../text/quote.ts';
import { shortenWithLength } from '../../../text/tokens.ts';
import type { OwnRun } from '../../library/plans/own_runs.ts';
import { isOneOf } from '../../library/segments/note_writing.ts';
import { keepThreads } from '../../library/segments/numbers.ts';
import {
  type ChangedNote,
  changedSince,
  type MadeNote,
  madeNote,
  mergedRuns,
  type Patch,
  type Run,
} from '../../library/segments/runs.ts';
import type { Segment } from '../../library/segments/segments.ts';
import { type NumberedNote, notesOf, numbered, ofVersion } from '../../library/segments/threads.ts';
import { type Subject, when } from '../../library/subject.ts';
import type { Context } from '../../types.ts';
import { changeOf, heldBy, tickOf } from './changes.ts';
import type { Change, Removal } from './note_changes.ts';
import { ownChanges } from './own_changes.ts';
import { MAX_TEXT } from './removals.ts';

/** What takes an earlier call back; notes name what stays, and why. */
export interface Undo {
  readonly removals: readonly Removal[];
  readonly changes: readonly Change[];
  readonly notes: readonly string[];
}

/**
 * What earlier calls added or changed and nobody has changed since. `deleted` are notes that the same call deletes
 * anyway.
 */
export async function planUndo(
  context: Context,
  subject: Subject,
  runs: readonly OwnRun<Run>[],
  deleted: readonly Removal[],
): Promise<Undo> {
  const run = mergedRuns(runs.map((one) => one.run));
  if (!run) return { removals: [], changes: [], notes: [] };
  const listed = await notesOf(context, subject.id, run.kinds);
  const added = await undoAdditions(context, subject, listed, run, deleted);
  const goes = new Set([...deleted, ...added.removals].map(({ id }) => id));
  const changed = (run.changed ?? []).filter(({ id }) => !goes.has(id));
  const numbers = await numbersNow(
    context,
    subject,
    listed,
    changed.map(({ id }) => id),
  );
  const { changes, notes, kept } = undoChanges(subject, changed, numbers);
  const left = new Set([...added.kept, ...kept]);
  const own = ownChanges(
    context,
    subject,
    runs,
    listed.filter(({ id = '' }) => left.has(id)),
  );
  return { removals: added.removals, changes, notes: [...added.notes, ...notes, ...own] };
}

async function undoAdditions(
  context: Context,
  subject: Subject,
  listed: readonly Segment[],
  { made, sent }: Run,
  deleted: readonly Removal[],
): Promise<Omit<Undo, 'changes'> & { readonly kept: readonly string[] }> {
  const byId = new Map(listed.map((one) => [one.id, one]));
  const known = new Set(made.map(({ id }) => id));
  const late = listed.filter((one) => !known.has(String(one.id)) && isOneOf(one, sent)).map(madeNote);
  const all = [...made, ...late];
  const found = all.flatMap((note) => {
    const now = byId.get(note.id);
    return now ? [{ note, changes: changedSince(note, now) }] : [];
  });
  const unchanged = new Set(found.filter(({ changes }) => changes.length === 0).map(({ note }) => note.id));
  const goes = new Set(deleted.map(({ id }) => id));
  const judged = found
    .filter(({ note }) => !goes.has(note.id))
    .map(({ note, changes }) => {
      const replies = listed.filter(({ id, parent_id }) => parent_id === note.id && !unchanged.has(String(id))).length;
      return { note, changes: [...changes, ...(replies > 0 ? [`replies: ${replies}`] : [])] };
    });
  const kept = judged.filter(({ changes }) => changes.length > 0);
  const gone = all.length - found.length;
  const missing = sent.length - late.length;
  return {
    kept: kept.map(({ note }) => note.id),
    removals: judged
      .filter(({ changes }) => changes.length === 0)
      .map(({ note }) => ({ id: note.id, line: lineOf(note, subject) })),
    notes: [
      ...(kept.length > 0
        ? [
            keptLine(
              kept,
              await numbersNow(
                context,
                subject,
                listed,
                kept.map(({ note }) => note.id),
              ),
              subject,
            ),
          ]
        : []),
      ...(gone > 0 ? [`${gone} deleted already.`] : []),
      ...(missing > 0 ? [`${missing} that were sent are not in Iconik's list: call again in a minute.`] : []),
    ],
  };
}

/** A note of the run that stays, and what was changed of it. */
interface Kept {
  readonly note: MadeNote;
  readonly changes: readonly string[];
}

/** Notes as they are now, by id; from now on their numbers mean them. */
async function numbersNow(
  context: Context,
  subject: Subject,
  listed: readonly Segment[],
  some: readonly string[],
): Promise<ReadonlyMap<string, NumberedNote>> {
  if (some.length === 0) return new Map();
  const ids = new Set(some);
  const own = (await numbered(context, ofVersion(listed, subject.version?.id))).filter(({ id }) => ids.has(id));
  keepThreads(context, subject, own, []);
  return new Map(own.map((one) => [one.id, one]));
}

/** Puts the fields back that a call changed and that are still as it left them. */
function undoChanges(
  subject: Subject,
  changed: readonly ChangedNote[],
  now: ReadonlyMap<string, NumberedNote>,
): Omit<Undo, 'removals'> & { readonly kept: readonly string[] } {
  const there = changed.flatMap(({ id, before, after }) => {
    const note = now.get(id);
    return note ? [{ note, before, after }] : [];
  });
  const isAsLeft = ({ note, after }: (typeof there)[number]): boolean => same(heldBy(note, after), after);
  const isBack = ({ note, before, after }: (typeof there)[number]): boolean => same(heldBy(note, after), before);
  const others = there.filter((one) => !isAsLeft(one) && !isBack(one));
  const lines = others.slice(0, MAX_KEPT).map(({ note }) => shortLine(note, subject));
  const more = others.length > MAX_KEPT ? [`and ${others.length - MAX_KEPT} more`] : [];
  const colored = there.filter((one) => isAsLeft(one) && hadNoColor(one)).map(({ note }) => note.number);
  const gone = changed.length - there.length;
  return {
    kept: others.map(({ note }) => note.id),
    changes: there.filter(isAsLeft).flatMap(({ note, before }) => {
      if (before.segment_checked !== undefined) return [tickOf(note, before.segment_checked, subject).change];
      return Object.keys(before).length > 0 ? [changeOf(note, before, subject)] : [];
    }),
    notes: [
      ...(others.length > 0 ? [`Left alone, changed since: ${[...lines, ...more].join('; ')}.`] : []),
      ...(colored.length > 0
        ? [`The color of ${colored.join(', ')} stays: Iconik takes none off. Recolor it instead.`]
        : []),
      ...(gone > 0 ? [`${gone} deleted since.`] : []),
    ],
  };
}

const same = (one: Patch, other: Patch): boolean =>
  Object.keys({ ...one, ...other }).every((key) => one[key as keyof Patch] === other[key as keyof Patch]);

const hadNoColor = ({ before, after }: Pick<ChangedNote, 'before' | 'after'>): boolean =>
  after.segment_color !== undefined && before.segment_color === undefined;

const shortLine = ({ number, start, end, text }: Placed, subject: Subject): string =>
  `${number} ${when(subject, start, end)} ${inQuotes(shortenWithLength(text, MAX_TEXT))}`;

type Placed = Pick<NumberedNote, 'number' | 'text'> & { readonly start?: number; readonly end?: number };

/** Notes of a plan that are named one by one; of more, only the numbers. */
const MAX_KEPT = 5;

/** `Kept, changed since: m5 01:02:03:00 "Goal" (time). To delete it, too, give delete ["m5"].` */
function keptLine(kept: readonly Kept[], now: ReadonlyMap<string, NumberedNote>, subject: Subject): string {
  const lines = kept.slice(0, MAX_KEPT).map(({ note, changes }) => {
    return `${shortLine(now.get(note.id) ?? { ...note, number: note.id }, subject)} (${changes.join(', ')})`;
  });
  const more = kept.length > MAX_KEPT ? [`and ${kept.length - MAX_KEPT} more`] : [];
  const numbers = JSON.stringify(kept.map(({ note }) => now.get(note.id)?.number ?? note.id));
  return `Kept, changed since: ${[...lines, ...more].join('; ')}. To delete ${kept.length > 1 ? 'them' : 'it'}, too, give delete ${numbers}.`;
}

const lineOf = ({ start, end, text }: MadeNote, subject: Subject): string =>
  `${when(subject, start, end)} ${inQuotes(text)}`;
