import { capitalized, plural } from '../../../text/english.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { keepRun } from '../../library/plans/own_runs.ts';
import type { Added, Done } from '../../library/segments/note_writing.ts';
import { type Note, noteLine } from '../../library/segments/notes.ts';
import { nounOf } from '../../library/segments/numbers.ts';
import { madeNote, RUNS } from '../../library/segments/runs.ts';
import { subjectLabel } from '../../library/subject.ts';
import { outOfTime, showing } from '../../run/notes.ts';
import type { Context, Preview } from '../../types.ts';
import { type Change, failures, type Removal } from './note_changes.ts';
import { keyOf } from './numbers.ts';
import type { Plan } from './plan.ts';

/** Lines of a plan, and their tokens. */
const MAX_PLAN_LINES = 50;
const MAX_PLAN_TOKENS = 5_000;
/** Lines of each list of a report. */
const MAX_LINES = 15;

/** How many writes a plan has. */
export const countOf = ({ additions, changes, removals }: Plan): number =>
  additions.length + changes.length + removals.length;

export function previewOf(plan: Plan): Preview {
  const { subject, look, additions, changes, removals, existing, undone, there } = plan;
  const notes = [...there, ...plan.notes];
  const lines = [
    ...additions.map((note) => `+ ${noteLine(note, subject)}`),
    ...changes.map(changeLine),
    ...removals.map(removalLine),
  ];
  const shown = countFittingLines(lines.slice(0, MAX_PLAN_LINES), 0, MAX_PLAN_TOKENS);
  const skipped = existing > 0 ? ` ${existing} already there, skipped.` : '';
  const forGood = removals.length > (undone?.removals ?? 0) ? ' What is deleted cannot be brought back.' : '';
  const allNotes = [
    ...notes.slice(0, MAX_LINES),
    ...(notes.length > MAX_LINES ? [`${notes.length - MAX_LINES} more notes.`] : []),
    ...(look.color && additions.length > 0 ? [`Color: ${look.color}.`] : []),
    ...(look.track && additions.length > 0 ? [`Track: ${look.track}.`] : []),
    ...(lines.length > shown ? [showing(shown, lines.length)] : []),
  ];
  return {
    summary: `${summaryOf(plan)} on ${subjectLabel(subject)}.${skipped}${forGood}`,
    affected: lines.slice(0, shown),
    ...(allNotes.length > 0 && { notes: allNotes }),
  };
}

/** `Adds 1 comment, ticks off 2 comments`. */
function summaryOf({ look, additions, changes, removals, undone }: Plan): string {
  const own = undone?.removals ?? 0;
  const others = removals.length - own;
  const count = (does: Change['does']): number => changes.filter((one) => one.does === does).length;
  const parts = [
    additions.length > 0 && `adds ${plural(additions.length, nounOf(look.kind))}`,
    count('tick') > 0 && `ticks off ${plural(count('tick'), 'comment')}`,
    count('untick') > 0 && `reopens ${plural(count('untick'), 'comment')}`,
    count('change') > 0 && `${undone ? 'sets back' : 'changes'} ${plural(count('change'), 'note')}`,
    own > 0 &&
      `deletes ${own < (undone?.added ?? 0) ? `${own} of the ${plural(undone?.added ?? 0, 'note')}` : `the ${plural(own, 'note')}`} that it added`,
    others > 0 && `deletes ${plural(others, 'note')} for good`,
  ].filter(Boolean);
  if (parts.length === 0) return 'Nothing to do';
  const does = parts.join(', ');
  return undone
    ? `Takes back ${undone.run}, ${/\s/.test(undone.run) ? 'calls' : 'a call'} of yours${undone.age}: ${does}`
    : capitalized(does);
}

const SENT_NOTE =
  "Unconfirmed items are sent; Iconik's list does not show them yet. Wait a minute, then call again without confirm.";

const changeLine = ({ does, line }: Change): string => `${does} ${line}`;
const removalLine = ({ line }: Removal): string => `delete ${line}`;
const doneLine = ({ number, does, line }: Change): string =>
  does === 'change' ? `changed ${line}` : `${does === 'tick' ? 'ticked' : 'unticked'} ${number}`;

interface Outcome {
  readonly added: Added;
  readonly changed: Done<Change>;
  readonly deleted: Done<Removal>;
  /** Of what was added, by `keyOf`. */
  readonly numbers: ReadonlyMap<string, string>;
}

export function report(context: Context, plan: Plan, { added, changed, deleted, numbers }: Outcome) {
  const { subject } = plan;
  const line = (note: Note): string => noteLine(note, subject);
  const items = [
    ...added.verified.map((note) => ['added', numbers.get(keyOf(note)), line(note)].filter(Boolean).join(' ')),
    ...changed.verified.map(doneLine),
    ...deleted.verified.map((one) => `deleted ${one.line}`),
  ];
  const failed = [...failures(added, line), ...failures(changed, changeLine), ...failures(deleted, removalLine)];
  const unconfirmed = [
    ...added.unconfirmed.map(line),
    ...changed.unconfirmed.map(changeLine),
    ...deleted.unconfirmed.map(removalLine),
  ];
  const remaining = added.rest.length + changed.rest.length + deleted.rest.length;
  const did = (does: Change['does']): number => changed.verified.filter((one) => one.does === does).length;
  const has = (does: Change['does']): boolean => plan.changes.some((one) => one.does === does);
  const longest = Math.max(items.length, failed.length, unconfirmed.length);
  const run = runOf(context, plan, added, changed);
  return {
    added: added.verified.length,
    ...((has('tick') || has('untick')) && { ticked: did('tick'), unticked: did('untick') }),
    ...(has('change') && { changed: did('change') }),
    ...(plan.removals.length > 0 && { deleted: deleted.verified.length }),
    already_there: plan.existing,
    ...(items.length > 0 && { items: items.slice(0, MAX_LINES) }),
    ...(failed.length > 0 && { failed: failed.slice(0, MAX_LINES) }),
    ...(unconfirmed.length > 0 && { unconfirmed: unconfirmed.slice(0, MAX_LINES) }),
    ...(remaining > 0 && { remaining }),
    ...(run && { run }),
    notes: [
      countOf(plan) === 0
        ? `Nothing to change on ${subjectLabel(subject)}.`
        : `Confirmed ${items.length} of ${countOf(plan)} on ${subjectLabel(subject)}.`,
      ...plan.there,
      ...(plan.undone?.stays ?? []),
      ...(longest > MAX_LINES ? [`Showing at most ${MAX_LINES} of each list.`] : []),
      ...(unconfirmed.length > 0 ? [SENT_NOTE] : []),
      ...(remaining > 0 ? [outOfTime(remaining)] : []),
    ],
  };
}

/** A handle that takes back what was added and changed. */
function runOf(
  context: Context,
  { subject, look }: Plan,
  { made, unconfirmed }: Added,
  { verified, unconfirmed: sent }: Done<Change>,
): string | undefined {
  const changed = [...verified, ...sent];
  if (made.length + unconfirmed.length + changed.length === 0) return undefined;
  return keepRun(context, RUNS, {
    asset_id: subject.id,
    at: Date.now(),
    ...(subject.version && { version_id: subject.version.id }),
    kinds: [...new Set([look.kind, ...changed.map(({ kind }) => kind)])],
    made: made.map(madeNote),
    sent: unconfirmed,
    changed: changed.map(({ id, before, patch }) => ({ id, before, after: patch })),
  });
}
