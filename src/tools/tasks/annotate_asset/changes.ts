import { MediaError } from '../../../media/errors.ts';
import { parsePoint } from '../../../media/points.ts';
import { isTimeRange, parseTimeRange } from '../../../media/time.ts';
import { splitTimedLine } from '../../../media/timed_line.ts';
import { inQuotes } from '../../../text/quote.ts';
import { shorten } from '../../../text/tokens.ts';
import { isBlank } from '../../../text/trim.ts';
import { ToolError } from '../../errors.ts';
import { requireNoteLength } from '../../library/segments/notes.ts';
import type { Patch } from '../../library/segments/runs.ts';
import { isTickable, type NumberedNote, numberedLine } from '../../library/segments/threads.ts';
import { type Subject, when } from '../../library/subject.ts';
import { type AskedColors, numberAndColor, recolored } from './colors.ts';
import type { Change } from './note_changes.ts';

/** Which notes get what, by numbers or ids. */
export interface AskedChanges extends AskedColors {
  readonly tick?: readonly string[] | undefined;
  readonly untick?: readonly string[] | undefined;
  /** `m3 New text`. */
  readonly edit?: readonly string[] | undefined;
  /** `m3 12:10-12:31`. */
  readonly move?: readonly string[] | undefined;
}

export interface PlannedChanges {
  readonly changes: readonly Change[];
  /** Requested changes that are there already, counted. */
  readonly existing: number;
}

/** `m3 New text` as its number and the rest. Throws `ToolError` where one is missing. */
export function numberAndRest(item: string, argument: 'edit' | 'move'): { number: string; rest: string } {
  const text = item.trim();
  const at = text.search(/\s/);
  const number = (at < 0 ? text : text.slice(0, at)).replace(/[:,)]$/, '');
  const rest = at < 0 ? '' : text.slice(at).trim();
  if (!isBlank(rest)) return { number, rest };
  const example = argument === 'edit' ? 'm3 New text' : 'm3 12:10-12:31';
  throw new ToolError(
    `${argument}: "${shorten(text, 60)}" is not a number and what it gets, as in "${example}". Nothing was written.`,
  );
}

/** The numbers or ids in these arguments. */
export const numbersIn = ({ tick = [], untick = [], edit = [], move = [], recolor = [] }: AskedChanges): string[] => [
  ...tick,
  ...untick,
  ...edit.map((item) => numberAndRest(item, 'edit').number),
  ...move.map((item) => numberAndRest(item, 'move').number),
  ...recolor.map((item) => numberAndColor(item).number),
];

type Pick = (number: string) => NumberedNote;

/** What to change: numbers and times resolved. Throws `ToolError` that names what cannot be. */
export function planChanges(asked: AskedChanges, subject: Subject, pick: Pick): PlannedChanges {
  const ticks = [
    ...(asked.tick ?? []).map((number) => tickOf(pick(number), true, subject)),
    ...(asked.untick ?? []).map((number) => tickOf(pick(number), false, subject)),
  ];
  const patches = new Map<NumberedNote, Patch>();
  const add = (argument: string, note: NumberedNote, patch: Patch): void => {
    const earlier = patches.get(note) ?? {};
    if (Object.keys(patch).some((key) => key in earlier))
      throw new ToolError(`${argument}: ${note.number} is there twice. Nothing was written.`);
    patches.set(note, { ...earlier, ...patch });
  };
  for (const item of asked.edit ?? []) {
    const { number, rest } = numberAndRest(item, 'edit');
    requireNoteLength(rest);
    add('edit', pick(number), { segment_text: rest });
  }
  for (const item of asked.move ?? []) {
    const { number, rest } = numberAndRest(item, 'move');
    const note = pick(number);
    add('move', note, movedTo(note, rest, subject));
  }
  for (const { number, color } of recolored(asked)) add('recolor', pick(number), { segment_color: color });
  const wanted = [...patches].map(([note, patch]) => ({ note, patch: newIn(note, patch) }));
  const changed = wanted.filter(({ patch }) => Object.keys(patch).length > 0);
  const ticked = ticks.filter(({ change, wasDone }) => change.patch.segment_checked !== wasDone);
  return {
    changes: [
      ...ticked.map(({ change }) => change),
      ...changed.map(({ note, patch }) => changeOf(note, patch, subject)),
    ],
    existing: ticks.length - ticked.length + wanted.length - changed.length,
  };
}

export function tickOf(note: NumberedNote, done: boolean, subject: Subject): { change: Change; wasDone: boolean } {
  const { id, number, kind } = note;
  if (!isTickable(kind))
    throw new ToolError(
      `${done ? 'tick' : 'untick'}: ${number} is no comment. Only comments and QC notes are ticked off.`,
    );
  const does = done ? 'tick' : 'untick';
  const line = numberedLine(note, subject);
  const patch = { segment_checked: done };
  return { change: { id, number, kind, does, patch, before: heldBy(note, patch), line }, wasDone: note.done };
}

/** A single time keeps the duration of the note. Throws `ToolError`. */
function movedTo({ number, under, start = 0, end = start }: NumberedNote, given: string, { clip }: Subject): Patch {
  if (under !== undefined)
    throw new ToolError(
      `move: ${number} is a reply, which has no time of its own: move ${number.split('.')[0]}. Nothing was written.`,
    );
  const range = isTimeRange(given) ? given : undefined;
  const line = range ? undefined : splitTimedLine(given);
  if (line && !isBlank(line.text))
    throw new ToolError(
      `move: "${shorten(`${number} ${given}`, 60)}" has a text after the time. Give the text in edit. Nothing was written.`,
    );
  try {
    if (range || line?.to !== undefined) {
      const read = parseTimeRange(range ?? `${line?.from}..${line?.to}`, clip);
      return { time_start_milliseconds: read.start, time_end_milliseconds: read.end };
    }
    const { milliseconds } = parsePoint(line?.from ?? given, clip);
    const until = milliseconds + end - start;
    return {
      time_start_milliseconds: milliseconds,
      time_end_milliseconds: Math.max(milliseconds, Math.min(until, clip.duration ?? until)),
    };
  } catch (error) {
    if (error instanceof MediaError) throw new ToolError(`move: ${error.message} Nothing was written.`);
    throw error;
  }
}

/** What of a patch a note does not have yet; times change together. */
function newIn(note: NumberedNote, { segment_text, segment_color, ...times }: Patch): Patch {
  const { time_start_milliseconds: start, time_end_milliseconds: end } = times;
  const stays = start === undefined || (start === note.start && end === note.end);
  return {
    ...(segment_text !== undefined && segment_text !== note.text && { segment_text }),
    ...(segment_color !== undefined && segment_color !== note.color && { segment_color }),
    ...(!stays && times),
  };
}

/** What a note has in the fields of a patch. */
export const heldBy = ({ done, text, color, start, end = start }: NumberedNote, patch: Patch): Patch => ({
  ...(patch.segment_checked !== undefined && { segment_checked: done }),
  ...(patch.segment_text !== undefined && { segment_text: text }),
  ...(patch.segment_color !== undefined && color !== undefined && { segment_color: color }),
  ...(patch.time_start_milliseconds !== undefined && {
    time_start_milliseconds: start ?? null,
    time_end_milliseconds: end ?? null,
  }),
});

/** `m3 (Maria Almeida): 10:12:04:00 → 10:13:00:00, "Gaol" → "Goal", color none → green`. */
export function changeOf(note: NumberedNote, patch: Patch, subject: Subject): Change {
  const { id, number, kind, author } = note;
  const {
    segment_text: text,
    segment_color: color,
    time_start_milliseconds: start,
    time_end_milliseconds: end,
  } = patch;
  const moved =
    start !== undefined &&
    `${when(subject, note.start, note.end)} → ${when(subject, start ?? undefined, end ?? undefined)}`;
  const edited = text !== undefined && `${inQuotes(note.text)} → ${inQuotes(text)}`;
  const parts = [
    moved || `${when(subject, note.start, note.end)}`,
    edited || inQuotes(note.text),
    color !== undefined && `color ${note.color ? inQuotes(note.color) : 'none'} → ${color}`,
  ].filter(Boolean);
  const line = `${number} (${author}): ${parts.join(', ')}`;
  return { id, number, kind, does: 'change', patch, before: heldBy(note, patch), line };
}
