import { reasonOf, statusOf } from '../../errors.ts';
import { type Done, NOTHING, reserveOf } from '../../library/segments/note_writing.ts';
import type { Patch } from '../../library/segments/runs.ts';
import { type NoteKind, notesOf } from '../../library/segments/threads.ts';
import type { Subject } from '../../library/subject.ts';
import { get_segment } from '../../operations/one_segment.ts';
import { segmentDeletions } from '../../operations/segment_deletions.ts';
import { segments } from '../../operations/segments.ts';
import { batches, each, instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** A note to be changed. */
export interface Change {
  readonly id: string;
  readonly number: string;
  readonly kind: NoteKind;
  readonly does: 'tick' | 'untick' | 'change';
  readonly patch: Patch;
  /** What the note has now in the same fields. */
  readonly before: Patch;
  /** For plans and reports. */
  readonly line: string;
}

/** Changes notes and reads back. */
export async function writeChanges(
  context: Context,
  subject: Subject,
  changes: readonly Change[],
): Promise<Done<Change>> {
  if (changes.length === 0) return NOTHING;
  const asset_id = subject.id;
  const send = ({ id, patch }: Change) =>
    context.use(segments.tools.partial_update_segment, { asset_id, segment_id: id, ...sentFor(patch) });
  const { done, failed, rest } = await each(changes, context, send, { reserve: reserveOf(context) });
  const kinds = changes.map(({ kind }) => kind);
  const all = await notesOf(context, asset_id, kinds).catch(instead(context, []));
  const now = new Map(all.map((one) => [one.id, one as Readonly<Record<string, unknown>>]));
  const isDone = ({ id, patch }: Change): boolean =>
    Object.entries(patch).every(([key, value]) => (now.get(id)?.[key] ?? (value === null ? null : false)) === value);
  const sent = [...done.map(({ item }) => item), ...failed.map(({ item }) => item)];
  const verified = sent.filter(isDone);
  const wrong = failed.filter(({ item }) => !verified.includes(item));
  const unconfirmed = sent.filter((one) => !verified.includes(one) && !wrong.some(({ item }) => item === one));
  return { verified, failed: wrong, unconfirmed, rest };
}

const TIMES = ['time_start_milliseconds', 'time_end_milliseconds'] as const;

/** Iconik is sent a null in `clear`. */
function sentFor({ time_start_milliseconds: start, time_end_milliseconds: end, ...rest }: Patch) {
  if (start === undefined || end === undefined) return rest;
  const times = { time_start_milliseconds: start, time_end_milliseconds: end };
  return start === null || end === null ? { ...rest, clear: [...TIMES] } : { ...rest, ...times };
}

/** A note to be deleted. */
export interface Removal {
  readonly id: string;
  /** For plans and reports. */
  readonly line: string;
}

/** Deletions that are read back by id; the rest is taken as Iconik answered. */
const MAX_READ = 25;

/** Deletes notes for good (`DELETE /assets/v1/assets/{id}/segments/bulk/`), whose description says nothing of replies: name them too. */
export async function deleteNotes(
  context: Context,
  subject: Subject,
  removals: readonly Removal[],
): Promise<Done<Removal>> {
  if (removals.length === 0) return NOTHING;
  const asset_id = subject.id;
  const send = (some: readonly Removal[]) =>
    context.use(segmentDeletions.tools.delete_segments_bulk, { asset_id, segment_ids: some.map(({ id }) => id) });
  const { done, failed, rest } = await each(batches(removals), context, send, { reserve: reserveOf(context) });
  const sent = [...done, ...failed].flatMap(({ item }) => item);
  const errors = new Map(failed.flatMap(({ item, error }) => item.map((one) => [one, error] as const)));
  const isThere = async ({ id }: Removal): Promise<boolean | undefined> => {
    try {
      return (await context.use(get_segment, { asset_id, segment_id: id })).status !== 'DELETED';
    } catch (error) {
      if (context.signal.aborted) throw error;
      return statusOf(error) === 404 ? false : undefined;
    }
  };
  const read = await each(sent.slice(0, MAX_READ), { ...context, progress: () => undefined }, isThere);
  const seen = new Map(read.done.map(({ item, result }) => [item, result]));
  const isGone = (one: Removal): boolean => (seen.has(one) ? seen.get(one) === false : !errors.has(one));
  return {
    verified: sent.filter(isGone),
    failed: sent.flatMap((item) => {
      const error = isGone(item) ? undefined : errors.get(item);
      return error ? [{ item, error }] : [];
    }),
    unconfirmed: sent.filter((one) => !isGone(one) && !errors.has(one)),
    rest: rest.flat(),
  };
}

/** `10:12:04:00 "Goal": HTTP 403: …` for those that failed. */
export const failures = <T>({ failed }: Done<T>, line: (item: T) => string): string[] =>
  failed.map(({ item, error }) => `${line(item)}: ${reasonOf(error)}`);
