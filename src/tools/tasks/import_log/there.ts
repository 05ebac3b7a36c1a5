import { inQuotes } from '../../../text/quote.ts';
import { isAsAsked, thereNotes, twiceNotes } from '../../library/segments/already_there.ts';
import type { Kind } from '../../library/segments/note_writing.ts';
import { subjectAt } from '../../library/subject.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { type SortedSegments, subjectOf } from './segments.ts';

/** Assets whose segments are named. */
const MAX_ASSETS = 3;

/** Rows whose segment is there with another end, or in an earlier row, as sentences; those that are there as they are say nothing. */
export async function notAsWritten(context: Context, kind: Kind, found: readonly SortedSegments[]): Promise<string[]> {
  const other = found
    .map((one) => ({ ...one, there: one.there.filter((each) => !isAsAsked(each, subjectOf(one))) }))
    .filter(({ there }) => there.length > 0);
  const quiet = { ...context, progress: () => undefined };
  const { done } = await each(other.slice(0, MAX_ASSETS), quiet, async (one) =>
    thereNotes(context, await subjectAt(context, one), one.there, { kind }),
  );
  const more = other.length - MAX_ASSETS;
  return [
    ...done.flatMap(({ item, result }) =>
      result.map((line) => (found.length > 1 ? `${inQuotes(item.title)}: ${line}` : line)),
    ),
    ...(more > 0 ? [`Segments of ${more} more assets are there with another end.`] : []),
    ...found.flatMap((one) => twiceNotes(one.twice, subjectOf(one))),
  ];
}
