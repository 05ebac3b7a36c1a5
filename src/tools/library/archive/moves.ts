import { plural } from '../../../text/english.ts';
import { reasonOf, statusOf } from '../../errors.ts';
import { archive } from '../../operations/archive.ts';
import { assets } from '../../operations/assets.ts';
import { integer, strings, text } from '../../params.ts';
import { batches, each } from '../../run/each.ts';
import { outOfTime } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import { keepJobs } from '../jobs/list.ts';
import type { Doc } from '../search.ts';

/** Originals to archive or to restore, with where to; without it, to the archive or back to where they were. */
export interface Moves {
  readonly ids: readonly string[];
  readonly to: string | undefined;
  /** Archive: whether the media leaves its storage. */
  readonly removes: boolean;
  /** Why nothing moves, where nothing does: there is no plan then that would have shown it. */
  readonly reasons: readonly string[];
}

/** Assets whose state is read once more: the index is late. */
const MAX_FRESH = 100;

/** The documents with the archive state as it is now; of many, as the index knows it. */
export async function withFreshState(context: Context, docs: readonly Doc[]): Promise<readonly Doc[]> {
  if (docs.length > MAX_FRESH) return docs;
  const quiet = { ...context, progress: () => undefined };
  const { done } = await each(docs, quiet, ({ id = '' }) => context.use(assets.tools.get_asset, { asset_id: id }), {
    untimed: true,
  });
  const states = new Map(done.map(({ item, result }) => [item.id, result.archive_status]));
  return docs.map((doc) => {
    const archive_status = states.get(doc.id) ?? doc.archive_status;
    return { ...doc, ...(archive_status && { archive_status }) };
  });
}

interface Started {
  /** Assets whose move was started. */
  readonly started: number;
  readonly jobs: readonly string[];
  /** For check_jobs; absent where Iconik named no job. */
  readonly handle?: string;
  readonly failed: readonly { readonly count: number; readonly error: Error }[];
  readonly remaining: number;
}

/**
 * Starts the moves, 500 a job (`POST /files/v2/assets/bulk/…/`; of systems without it, `POST
 * /files/v1/formats/ORIGINAL/…/bulk/`).
 */
export async function startMoves(context: Context, { ids, to, removes }: Moves, isRestore: boolean): Promise<Started> {
  const { archive_assets_v2, archive_formats_bulk, restore_assets_v2, restore_formats_bulk } = archive.tools;
  const place = to === undefined ? {} : { destination_storage_id: to };
  const work = async (some: readonly string[]) => {
    const objects = some.map((id) => ({ id, formats: ['ORIGINAL'] }));
    const old = { format_name: 'ORIGINAL', object_type: 'assets' as const, object_ids: [...some], ...place };
    try {
      if (isRestore) return await context.use(restore_assets_v2, { objects, ...place });
      const moved = objects.map((one) => ({ ...one, delete_original: removes }));
      return await context.use(archive_assets_v2, { objects: moved, ...place });
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
      if (isRestore) return context.use(restore_formats_bulk, old);
      return context.use(archive_formats_bulk, { ...old, delete_original: removes });
    }
  };
  const { done, failed, rest } = await each(batches(ids), context, work);
  const jobs = done.flatMap(({ result }) => result.job_id ?? result.id ?? []);
  const count = (lists: readonly (readonly string[])[]): number => lists.reduce((sum, one) => sum + one.length, 0);
  return {
    started: count(done.map(({ item }) => item)),
    jobs,
    ...(jobs.length > 0 && { handle: keepJobs(context, jobs) }),
    failed: failed.map(({ item, error }) => ({ count: item.length, error })),
    remaining: count(rest),
  };
}

interface Words {
  readonly nothing: string;
  /** What check_jobs shows of the jobs: `says how far it is`. */
  readonly progress: string;
  /** The type of the jobs. */
  readonly type: 'ARCHIVE' | 'RESTORE';
}

/** Keys of an answer about moves. */
export const movesOutput = { started: integer, wait_for: text, failed: strings, remaining: integer, notes: strings };

/** The answer once the moves are started. */
export function movesAnswer({ ids, reasons }: Moves, outcome: Started, { nothing, progress, type }: Words) {
  const { started, jobs, handle, failed, remaining } = outcome;
  return {
    started,
    ...(handle && { wait_for: handle }),
    ...(failed.length > 0 && {
      failed: failed.map(({ count, error }) => `${plural(count, 'asset')}: ${reasonOf(error)}`),
    }),
    ...(remaining > 0 && { remaining }),
    notes: [
      ...(ids.length === 0 ? [nothing, ...reasons] : []),
      ...(handle ? [`${plural(jobs.length, 'job')} at work: check_jobs with wait_for ["${handle}"] ${progress}.`] : []),
      ...(started > 0 && !handle ? [`Iconik named no job: check_jobs with type ${type} lists it.`] : []),
      ...(remaining > 0 ? [outOfTime(remaining)] : []),
    ],
  };
}
