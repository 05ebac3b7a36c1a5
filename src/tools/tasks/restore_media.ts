import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { task } from '../define.ts';
import {
  ARCHIVED,
  allLeft,
  allStorages,
  byStorage,
  MEDIA_FIELDS,
  originalLines,
  skippedNotes,
  sortOriginals,
  storageLabel,
  storageNamed,
} from '../library/archive/media.ts';
import { type Moves, startMoves, withFreshState } from '../library/archive/moves.ts';
import { sizeLine } from '../library/files.ts';
import { startedOutput, startedReport } from '../library/jobs/start.ts';
import { byCollection } from '../library/plans/by_collection.ts';
import { assetsToChange, documentsOf, oneWay, onlyForFirst } from '../library/selection.ts';
import { showing } from '../run/notes.ts';

const MAX_LINES = 50;

export const restore_media = task({
  title: 'Restore media from the archive',
  description:
    'Bring archived originals back online from cold storage, e.g. for editing. Returns a plan first: TB, from where to where. Then a handle: check_jobs says when they are ready. For deleted assets use restore_assets.',
  effect: 'update',
  outbound: true,
  idempotent: true,
  roles: ['can_restore_archived_formats', 'can_search', 'can_read_storages'],
  input: {
    ...assetsToChange,
    to: z.string().min(1).optional().describe('Storage for files: name or id. Default: where it was before.'),
  },
  output: startedOutput,
  validate: oneWay,
  preview: async ({ to, ...targets }, context) => {
    const only = onlyForFirst(targets, ARCHIVED);
    const [found, storages] = await Promise.all([
      documentsOf(context, targets, MEDIA_FIELDS, only),
      allStorages(context),
    ]);
    const docs = await withFreshState(context, found.docs);
    const target = to === undefined ? undefined : storageNamed(storages, to, 'FILES');
    const { originals, skipped, bytes } = sortOriginals(docs, storages, true);
    const plan: Moves = { ids: originals.map(({ id }) => id), to: target?.id, removes: false, left: allLeft(skipped) };
    const place = target?.id ? storageLabel(storages, target.id) : 'where they were before';
    return {
      preview: {
        summary:
          originals.length === 0
            ? 'Nothing to restore.'
            : `Restores the originals of ${plural(originals.length, 'asset')}, ${sizeLine(bytes)}, to ${place}. It can take hours, and retrieval from an archive can cost money.`,
        affected: originalLines(originals, MAX_LINES),
        notes: [
          ...found.notes,
          ...(originals.length > 0 ? [`From: ${byStorage(originals, storages)}.`] : []),
          ...(await byCollection(context, docs, originals)),
          ...skippedNotes(skipped),
          ...(originals.length > MAX_LINES ? [showing(MAX_LINES, originals.length)] : []),
        ],
      },
      plan,
      returns: { of: 'originals', ids: plan.ids },
      touches: plan.ids,
      skipConfirm: originals.length === 0,
    };
  },
  run: async ({ selection }, context, plan: Moves) =>
    startedReport(context, await startMoves(context, plan, true), {
      tool: 'restore_media',
      selection,
      left: plan.left,
      nothing: 'Nothing to restore.',
      progress: 'says when they are ready',
      type: 'RESTORE',
    }),
});
