import { inQuotes } from '../../../text/quote.ts';
import { shortenWithLength } from '../../../text/tokens.ts';
import { ToolError } from '../../errors.ts';
import { isOneOf } from '../../library/segments/note_writing.ts';
import { keepThreads } from '../../library/segments/numbers.ts';
import { changedSince, type MadeNote, madeNote, type Run } from '../../library/segments/runs.ts';
import { type NumberedNote, notesOf, numbered, numberedLine, ofVersion } from '../../library/segments/threads.ts';
import { type Subject, when } from '../../library/subject.ts';
import type { Context } from '../../types.ts';
import type { Removal } from './note_changes.ts';

/** Characters of a text in a line of a plan. */
const MAX_TEXT = 120;

/** The chosen notes, each followed by the replies that go with it. */
export function planDeletion(
  chosen: readonly NumberedNote[],
  all: readonly NumberedNote[],
  subject: Subject,
): Removal[] {
  const removals = new Map<string, Removal>();
  for (const note of chosen) {
    removals.set(note.id, { id: note.id, line: numberedLine(note, subject, MAX_TEXT) });
    for (const reply of all.filter(({ under }) => under === note.id))
      if (!removals.has(reply.id))
        removals.set(reply.id, {
          id: reply.id,
          line: `${numberedLine(reply, subject, MAX_TEXT)} (reply, goes with ${note.number})`,
        });
  }
  return [...removals.values()];
}

/**
 * What an earlier call added and nobody has changed since; notes name what stays, and why. `deleted` are notes that the
 * same call deletes anyway.
 */
export async function planUndo(
  context: Context,
  subject: Subject,
  { kinds, made, sent }: Run,
  deleted: readonly Removal[],
): Promise<{ removals: Removal[]; notes: string[] }> {
  const listed = await notesOf(context, subject.id, kinds);
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
    removals: judged
      .filter(({ changes }) => changes.length === 0)
      .map(({ note }) => ({ id: note.id, line: lineOf(note, subject) })),
    notes: [
      ...(kept.length > 0 ? [keptLine(kept, await numbersNow(context, subject, listed, kept), subject)] : []),
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

/** The notes that stay as they are now; from now on their numbers mean them. */
async function numbersNow(
  context: Context,
  subject: Subject,
  listed: Parameters<typeof numbered>[1],
  kept: readonly Kept[],
): Promise<ReadonlyMap<string, NumberedNote>> {
  const ids = new Set(kept.map(({ note }) => note.id));
  const own = (await numbered(context, ofVersion(listed, subject.version?.id))).filter(({ id }) => ids.has(id));
  keepThreads(context, subject, own, []);
  return new Map(own.map((one) => [one.id, one]));
}

/** Notes of a plan that are named one by one; of more, only the numbers. */
const MAX_KEPT = 5;

/** `Kept, changed since: m5 01:02:03:00 "Goal" (time). To delete it, too, give delete ["m5"] in this call.` */
function keptLine(kept: readonly Kept[], now: ReadonlyMap<string, NumberedNote>, subject: Subject): string {
  const lines = kept.slice(0, MAX_KEPT).map(({ note, changes }) => {
    const { number, start, end, text } = now.get(note.id) ?? { ...note, number: note.id };
    return `${number} ${when(subject, start, end)} ${inQuotes(shortenWithLength(text, MAX_TEXT))} (${changes.join(', ')})`;
  });
  const more = kept.length > MAX_KEPT ? [`and ${kept.length - MAX_KEPT} more`] : [];
  const numbers = JSON.stringify(kept.map(({ note }) => now.get(note.id)?.number ?? note.id));
  return `Kept, changed since: ${[...lines, ...more].join('; ')}. To delete ${kept.length > 1 ? 'them' : 'it'}, too, give delete ${numbers} in this call.`;
}

const lineOf = ({ start, end, text }: MadeNote, subject: Subject): string =>
  `${when(subject, start, end)} ${inQuotes(text)}`;

/** Throws `ToolError` for a note that is to be deleted and changed in one call. */
export function requireApart(removals: readonly Removal[], changed: readonly { id: string; number: string }[]): void {
  const both = changed.find(({ id }) => removals.some((one) => one.id === id));
  if (both) throw new ToolError(`delete: ${both.number} is also to be changed. Give it once. Nothing was written.`);
}
