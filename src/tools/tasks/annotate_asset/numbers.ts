import type { Added } from '../../library/segments/note_writing.ts';
import { keepThreads } from '../../library/segments/numbers.ts';
import { notesOf, numbered, ofVersion } from '../../library/segments/threads.ts';
import { instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Plan } from './plan.ts';

/** The numbers of what was added, by place and text; from now on they mean that. Empty where they cannot be read. */
export async function numbersOf(
  context: Context,
  { subject, look }: Plan,
  { made }: Added,
): Promise<ReadonlyMap<string, string>> {
  if (made.length === 0) return new Map();
  const ids = new Set(made.map(({ id }) => id));
  const segments = await notesOf(context, subject.id, [look.kind]).catch(instead(context, []));
  const all = await numbered(context, ofVersion(segments, subject.version?.id)).catch(instead(context, []));
  const own = all.filter(({ id }) => ids.has(id));
  // The numbers that were shown of others stay what they meant: they may have moved.
  if (own.length > 0) keepThreads(context, subject, own, []);
  return new Map(own.map(({ number, start, text }) => [keyOf({ start, text }), number]));
}

interface Placed {
  readonly start?: number | undefined;
  readonly text: string;
}

/** What tells notes of one run apart. */
export const keyOf = ({ start, text }: Placed): string => `${start ?? ''} ${text}`;
