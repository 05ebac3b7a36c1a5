import { archive } from '../../operations/archive.ts';
import { assets } from '../../operations/assets.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { type Left, newestOf, type Started, startJobs } from '../jobs/start.ts';
import type { Doc } from '../search.ts';

/** Originals to archive or to restore, with where to; without it, to the archive or back to where they were. */
export interface Moves {
  readonly ids: readonly string[];
  readonly to: string | undefined;
  /** Archive: whether the media leaves its storage. */
  readonly removes: boolean;
  readonly left: Left;
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

/**
 * Starts the moves, 500 a job (`POST /files/v2/assets/bulk/…/`; of systems without it, `POST
 * /files/v1/formats/ORIGINAL/…/bulk/`).
 */
export function startMoves(context: Context, { ids, to, removes }: Moves, isRestore: boolean): Promise<Started> {
  const { archive_assets_v2, archive_formats_bulk, restore_assets_v2, restore_formats_bulk } = archive.tools;
  const place = to === undefined ? {} : { destination_storage_id: to };
  return startJobs(context, ids, (some) => {
    const objects = some.map((id) => ({ id, formats: ['ORIGINAL'] }));
    const old = { format_name: 'ORIGINAL', object_type: 'assets' as const, object_ids: [...some], ...place };
    if (isRestore)
      return newestOf(
        () => context.use(restore_assets_v2, { objects, ...place }),
        () => context.use(restore_formats_bulk, old),
      );
    const moved = objects.map((one) => ({ ...one, delete_original: removes }));
    return newestOf(
      () => context.use(archive_assets_v2, { objects: moved, ...place }),
      () => context.use(archive_formats_bulk, { ...old, delete_original: removes }),
    );
  });
}
