import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '../../errors.ts';
import { jobs } from '../../operations/jobs.ts';
import { rememberWrite, sentTo } from '../../operations/own_writes.ts';
import { segments } from '../../operations/segments.ts';
import { batches, each, instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Subject } from '../subject.ts';
import { missing, type Note } from './notes.ts';
import { segmentsOf } from './segments.ts';

export type Kind = 'MARKER' | 'COMMENT' | 'TAG' | 'GENERIC';

/** How the notes look, the same for all. */
export interface Look {
  readonly kind: Kind;
  readonly color?: string | undefined;
  readonly track?: string | undefined;
}

export interface Done<T> {
  /** Read back as it should be. */
  readonly verified: readonly T[];
  readonly failed: readonly { readonly item: T; readonly error: Error }[];
  /** Sent, and not yet to be seen. */
  readonly unconfirmed: readonly T[];
  /** Not begun: the time was over. */
  readonly rest: readonly T[];
}

/** Up to so many are written one by one: each says at once what is wrong with it. */
const ONE_BY_ONE_LIMIT = 25;
/** Milliseconds kept for the read-back; half of the time left, where that is less. */
const RESERVE = 4_000;
const reserveOf = (context: Context): number => Math.min(RESERVE, context.timeLeft() / 2);

/** Writes notes and reads back. Many go to Iconik's bulk operation, which answers with a job and goes on by itself. */
export async function writeNotes(
  context: Context,
  subject: Subject,
  look: Look,
  notes: readonly Note[],
): Promise<Done<Note>> {
  if (notes.length === 0) return { verified: [], failed: [], unconfirmed: [], rest: [] };
  const bodies = (some: readonly Note[]) => some.map((note) => bodyOf(subject, look, note));
  const asset_id = subject.id;
  const job_ids: string[] = [];
  const work = notes.length <= ONE_BY_ONE_LIMIT ? notes.map((note) => [note]) : batches(notes);
  const send = async (some: readonly Note[]) => {
    const [only] = bodies(some);
    if (some.length === 1 && only) return context.use(segments.tools.create_segment, { asset_id, ...only });
    const { job_id, id = job_id } = await context.use(segments.tools.create_segments_bulk, {
      asset_id,
      objects: bodies(some),
    });
    if (id) job_ids.push(id);
    return undefined;
  };
  const { done, failed, rest } = await each(work, context, send, { reserve: reserveOf(context) });
  const sent = [...done, ...failed].flatMap(({ item }) => item);
  const waits = {
    ...(done.length > 0 && notes.length > ONE_BY_ONE_LIMIT && { jobs: job_ids }),
    late: failed.some(({ error }) => (error as { outcomeUnknown?: boolean }).outcomeUnknown === true),
  };
  const unconfirmed = await unconfirmedOf(context, subject, look, sent, waits);
  const errors = failed.flatMap(({ item, error }) =>
    item.filter((note) => unconfirmed.includes(note)).map((note) => ({ item: note, error })),
  );
  const wrong = errors.map(({ item }) => item);
  if (waits.jobs && !(await anyFailed(context, waits.jobs)))
    for (const body of bodies(unconfirmed.filter((note) => !wrong.includes(note))))
      rememberWrite(context, sentTo(asset_id), JSON.stringify(body), body);
  return {
    verified: sent.filter((note) => !unconfirmed.includes(note)),
    failed: errors,
    unconfirmed: unconfirmed.filter((note) => !wrong.includes(note)),
    rest: rest.flat(),
  };
}

const bodyOf = (subject: Subject, { kind, color, track }: Look, { start, end, text, parent_id }: Note) => ({
  segment_type: kind,
  segment_text: text,
  ...(start !== undefined && { time_start_milliseconds: start, time_end_milliseconds: end ?? start }),
  ...(subject.version && { version_id: subject.version.id }),
  ...(color && { segment_color: color }),
  ...(track && { segment_track: track }),
  ...(parent_id && { parent_id }),
});

/** Milliseconds in which a change of unknown outcome may still come to be seen. */
const LATE = 4_000;

interface Waits {
  /** They are at work on it. */
  readonly jobs?: readonly string[];
  /** Something was sent and not answered. */
  readonly late: boolean;
}

/** Lists until all are there; waits only where there is something to wait for, and not for jobs that have failed. */
async function unconfirmedOf(
  context: Context,
  subject: Subject,
  { kind }: Look,
  sent: readonly Note[],
  { jobs, late }: Waits,
): Promise<Note[]> {
  const filter = { segment_type: kind, version_id: subject.version?.id };
  const look = async (some: readonly Note[]): Promise<Note[]> =>
    missing(some, await segmentsOf(context, subject.id, filter).catch(instead(context, [])), subject);
  const until = performance.now() + LATE;
  const waits = () => jobs || (late && performance.now() < until);
  let open = await look(sent);
  for (
    let wait = 200;
    waits() && open.length > 0 && context.timeLeft() > wait + 1_000;
    wait = Math.min(2_000, wait * 1.5)
  ) {
    await sleep(wait, undefined, { signal: context.signal });
    open = await look(open);
    context.progress(sent.length - open.length, sent.length, 'read back');
    if (jobs && open.length > 0 && wait > 500 && (await anyFailed(context, jobs))) break;
  }
  return open;
}

async function anyFailed(context: Context, ids: readonly string[]): Promise<boolean> {
  // Who may not read jobs waits for the segments alone.
  const read = (job_id: string) => context.use(jobs.tools.get_job, { job_id }).catch(() => undefined);
  const states = (await Promise.all(ids.map(read))).map((job) => job?.status);
  return states.length > 0 && states.every((state) => state === 'FAILED' || state === 'ABORTED');
}

/** A comment to be ticked off, or to be opened again. */
export interface Tick {
  readonly id: string;
  readonly number: string;
  readonly done: boolean;
  /** The comment as a line, for reports. */
  readonly line: string;
}

/** Ticks comments and reads back. */
export async function writeTicks(context: Context, subject: Subject, ticks: readonly Tick[]): Promise<Done<Tick>> {
  if (ticks.length === 0) return { verified: [], failed: [], unconfirmed: [], rest: [] };
  const asset_id = subject.id;
  const send = ({ id, done: segment_checked }: Tick) =>
    context.use(segments.tools.partial_update_segment, { asset_id, segment_id: id, segment_checked });
  const { done, failed, rest } = await each(ticks, context, send, { reserve: reserveOf(context) });
  const filter = { segment_type: 'COMMENT', include_all_versions: true };
  const all = await segmentsOf(context, asset_id, filter).catch(instead(context, []));
  const now = new Map(all.map((one) => [one.id, one.segment_checked === true]));
  const sent = [...done.map(({ item }) => item), ...failed.map(({ item }) => item)];
  const verified = sent.filter((tick) => now.get(tick.id) === tick.done);
  const wrong = failed.filter(({ item }) => !verified.includes(item));
  const unconfirmed = sent.filter((tick) => !verified.includes(tick) && !wrong.some(({ item }) => item === tick));
  return { verified, failed: wrong, unconfirmed, rest };
}

/** `10:12:04:00 "Goal": HTTP 403: …` for those that failed. */
export const failures = <T>({ failed }: Done<T>, line: (item: T) => string): string[] =>
  failed.map(({ item, error }) => `${line(item)}: ${reasonOf(error)}`);
