import { setTimeout as sleep } from 'node:timers/promises';
import { jobs } from '../../operations/jobs.ts';
import { rememberWrite, sentTo } from '../../operations/own_writes.ts';
import { segments } from '../../operations/segments.ts';
import { batches, each, instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Subject } from '../subject.ts';
import { missing, type Note } from './notes.ts';
import { type Segment, segmentsOf } from './segments.ts';

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

export const NOTHING = { verified: [], failed: [], unconfirmed: [], rest: [] } as const;

export interface Added extends Done<Note> {
  /** The verified ones as Iconik lists them. */
  readonly made: readonly Segment[];
}

/** Up to so many are written one by one: each says at once what is wrong with it. */
const ONE_BY_ONE_LIMIT = 25;
/** Milliseconds kept for the read-back; half of the time left, where that is less. */
const RESERVE = 4_000;
export const reserveOf = (context: Context): number => Math.min(RESERVE, context.timeLeft() / 2);

/** Writes notes and reads back. Many go to Iconik's bulk operation, which answers with a job and goes on by itself. */
export async function writeNotes(
  context: Context,
  subject: Subject,
  look: Look,
  notes: readonly Note[],
): Promise<Added> {
  if (notes.length === 0) return { ...NOTHING, made: [] };
  const bodies = (some: readonly Note[]) => some.map((note) => bodyOf(subject, look, note));
  const asset_id = subject.id;
  const job_ids: string[] = [];
  const created = new Set<string>();
  const work = notes.length <= ONE_BY_ONE_LIMIT ? notes.map((note) => [note]) : batches(notes);
  const send = async (some: readonly Note[]) => {
    const [only] = bodies(some);
    if (some.length === 1 && only) {
      const segment = await context.use(segments.tools.create_segment, { asset_id, ...only });
      if (segment.id) created.add(segment.id);
      return;
    }
    const { job_id, id = job_id } = await context.use(segments.tools.create_segments_bulk, {
      asset_id,
      objects: bodies(some),
    });
    if (id) job_ids.push(id);
  };
  const { done, failed, rest } = await each(work, context, send, { reserve: reserveOf(context) });
  const sent = [...done, ...failed].flatMap(({ item }) => item);
  const waits = {
    ...(done.length > 0 && notes.length > ONE_BY_ONE_LIMIT && { jobs: job_ids }),
    late: failed.some(({ error }) => (error as { outcomeUnknown?: boolean }).outcomeUnknown === true),
  };
  const { open: unconfirmed, listed } = await readBack(context, subject, look, sent, waits);
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
    made: listed.filter((one) => created.has(one.id ?? '') || ((waits.jobs || waits.late) && isOneOf(one, sent))),
  };
}

const bodyOf = (
  subject: Subject,
  { kind, color: all, track }: Look,
  { start, end, text, parent_id, color = all }: Note,
) => ({
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
async function readBack(
  context: Context,
  subject: Subject,
  { kind }: Look,
  sent: readonly Note[],
  { jobs, late }: Waits,
): Promise<{ readonly open: Note[]; readonly listed: readonly Segment[] }> {
  let listed: readonly Segment[] = [];
  const filter = { segment_type: kind, version_id: subject.version?.id };
  const look = async (some: readonly Note[]): Promise<Note[]> => {
    listed = await segmentsOf(context, subject.id, filter).catch(instead(context, []));
    return missing(some, listed, subject);
  };
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
  return { open, listed };
}

/** Whether a segment is exactly as one of these notes was sent: the bulk operation answers without ids. */
export const isOneOf = (segment: Segment, notes: readonly Note[]): boolean =>
  notes.some(
    ({ start, end = start, text, parent_id }) =>
      segment.segment_text === text &&
      segment.time_start_milliseconds === start &&
      segment.time_end_milliseconds === end &&
      segment.parent_id === parent_id,
  );

async function anyFailed(context: Context, ids: readonly string[]): Promise<boolean> {
  // Who may not read jobs waits for the segments alone.
  const read = (job_id: string) => context.use(jobs.tools.get_job, { job_id }).catch(() => undefined);
  const states = (await Promise.all(ids.map(read))).map((job) => job?.status);
  return states.length > 0 && states.every((state) => state === 'FAILED' || state === 'ABORTED');
}
