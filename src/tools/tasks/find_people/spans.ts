import { all } from '../../library/search.ts';
import { batches, each } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** A time on screen, in milliseconds from the first frame. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Timed {
  readonly time_start_milliseconds?: number | undefined;
  readonly time_end_milliseconds?: number | undefined;
}

/** Times that touch or overlap as one, in order. */
export function joined(spans: readonly Span[]): Span[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** The times that are in both; each list is in order and without overlaps. */
export const shared = (a: readonly Span[], b: readonly Span[]): Span[] =>
  a.flatMap((one) =>
    b.flatMap((other) => {
      const span = { start: Math.max(one.start, other.start), end: Math.min(one.end, other.end) };
      return span.start < span.end ? [span] : [];
    }),
  );

export const totalOf = (spans: readonly Span[]): number => spans.reduce((sum, { start, end }) => sum + end - start, 0);

/** The times that segments hold; those without a time, as of pictures, have none. */
export const spansOf = (segments: readonly Timed[]): Span[] =>
  joined(
    segments.flatMap(({ time_start_milliseconds: start, time_end_milliseconds: end = start }) =>
      start === undefined || end === undefined ? [] : [{ start, end }],
    ),
  );

/** Assets whose segments are read in one search. */
const ASSETS_IN_SEARCH = 500;
const FIELDS = ['asset_id', 'version_id', 'person_id', 'status', 'time_start_milliseconds', 'time_end_milliseconds'];

const keyOf = (person_id: string, version_id: string): string => `${person_id}/${version_id}`;

/** When persons are on screen, by person and version: the segments of type PERSON in the search index, which is late. */
export async function screenTimes(
  context: Context,
  person_ids: readonly string[],
  asset_ids: readonly string[],
): Promise<(person_id: string, version_id: string) => readonly Span[]> {
  const quiet = { ...context, progress: () => undefined };
  const kind = { name: 'segment_type', value_in: ['PERSON'] };
  const who = { name: 'person_id', value_in: person_ids };
  const read = await each(
    batches(asset_ids, ASSETS_IN_SEARCH),
    quiet,
    (some) =>
      all(context, { doc_types: ['segments'], terms: [kind, who, { name: 'asset_id', value_in: some }] }, FIELDS),
    { untimed: true },
  );
  for (const { error } of read.failed) throw error;
  const groups = new Map<string, Timed[]>();
  for (const doc of read.done.flatMap(({ result }) => result)) {
    if (!doc.person_id || !doc.version_id || doc.status === 'DELETED') continue;
    const key = keyOf(doc.person_id, doc.version_id);
    const group = groups.get(key);
    if (group) group.push(doc);
    else groups.set(key, [doc]);
  }
  return (person_id, version_id) => spansOf(groups.get(keyOf(person_id, version_id)) ?? []);
}
