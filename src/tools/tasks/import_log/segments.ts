import type { Clip } from '../../../media/time.ts';
import { reasonOf } from '../../errors.ts';
import { all } from '../../library/search.ts';
import { type Kind, writeNotes } from '../../library/segments/note_writing.ts';
import { missing, type Note } from '../../library/segments/notes.ts';
import { type Segment, segmentsOf } from '../../library/segments/timeline.ts';
import type { Subject } from '../../library/subject.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** What is to be on the current version of one asset. */
export interface Marked {
  readonly id: string;
  readonly title: string;
  readonly clip: Clip;
  readonly notes: readonly Note[];
}

export interface Added {
  /** Read back. */
  readonly created: number;
  /** Were there before. */
  readonly there: number;
  readonly failed: readonly { readonly item: Marked; readonly error: string }[];
  /** Sent, and not yet to be seen. */
  readonly unseen: readonly Marked[];
  /** Not begun: the time was over. */
  readonly rest: readonly Marked[];
}

/** Milliseconds kept for the read-back and the answer. */
const RESERVE = 4_000;

const subjectOf = ({ id, title, clip }: Marked): Subject => ({ id, title, clip, versions: [] });

/** Makes what is not there yet, asset by asset, and reads it back: a repeat makes nothing twice. */
export async function addSegments(context: Context, kind: Kind, marked: readonly Marked[]): Promise<Added> {
  const add = async (item: Marked) => {
    const subject = subjectOf(item);
    const open = missing(item.notes, await segmentsOf(context, item.id, { segment_type: kind }), subject);
    // Progress counts assets.
    const quiet = { ...context, progress: () => undefined };
    return { open, ...(await writeNotes(quiet, subject, { kind }, open)) };
  };
  const { done, failed, rest } = await each(marked, context, add, { reserve: RESERVE });
  const errors = done.flatMap(({ item, result }) => {
    const [first] = result.failed;
    return first ? [{ item, error: reasonOf(first.error) }] : [];
  });
  return {
    created: done.reduce((sum, { result }) => sum + result.verified.length, 0),
    there: done.reduce((sum, { item, result }) => sum + item.notes.length - result.open.length, 0),
    failed: [...errors, ...failed.map(({ item, error }) => ({ item, error: reasonOf(error) }))],
    unseen: done.filter(({ result }) => result.unseen.length > 0).map(({ item }) => item),
    rest: [...rest, ...done.filter(({ result }) => result.rest.length > 0).map(({ item }) => item)],
  };
}

/**
 * Leaves out what is there already: by the index, in one search for all of them; those in `fresh`, which the index may
 * not know yet, one by one.
 */
export async function withoutKnown(
  context: Context,
  kind: Kind,
  marked: readonly Marked[],
  fresh: ReadonlySet<string>,
): Promise<Marked[]> {
  const indexed = marked.filter(({ id }) => !fresh.has(id));
  const known = new Map<string, readonly Segment[]>();
  for (const segment of await indexedOn(
    context,
    kind,
    indexed.map(({ id }) => id),
  )) {
    const id = String(segment.asset_id);
    known.set(id, [...(known.get(id) ?? []), segment]);
  }
  const { done } = await each(
    marked.filter(({ id }) => fresh.has(id)),
    context,
    ({ id }) => segmentsOf(context, id, { segment_type: kind }),
  );
  for (const { item, result } of done) known.set(item.id, result);
  return marked.map((one) => ({ ...one, notes: missing(one.notes, known.get(one.id) ?? [], subjectOf(one)) }));
}

async function indexedOn(context: Context, kind: Kind, ids: readonly string[]): Promise<Segment[]> {
  if (ids.length === 0) return [];
  const terms = [
    { name: 'asset_id', value_in: ids },
    { name: 'segment_type', value_in: [kind] },
  ];
  const fields = ['asset_id', 'segment_text', 'time_start_milliseconds', 'time_end_milliseconds', 'status'];
  const docs = await all(context, { doc_types: ['segments'], terms }, fields);
  return docs.filter(({ status }) => status !== 'DELETED');
}
