import { ToolError } from '../../errors.ts';
import { type NumberedNote, numberedLine } from '../../library/segments/threads.ts';
import type { Subject } from '../../library/subject.ts';
import type { Removal } from './note_changes.ts';

/** Characters of a text in a line of a plan. */
export const MAX_TEXT = 120;

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

/** Throws `ToolError` for a note that is to be deleted and changed in one call. */
export function requireApart(removals: readonly Removal[], changed: readonly { id: string; number: string }[]): void {
  const both = changed.find(({ id }) => removals.some((one) => one.id === id));
  if (both) throw new ToolError(`delete: ${both.number} is also to be changed. Give it once. Nothing was written.`);
}
