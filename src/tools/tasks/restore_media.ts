import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { task } from '../define.ts';
import { reasonOf } from '../errors.ts';
import {
  allStorages,
  byStorage,
  exactBytes,
  MEDIA_FIELDS,
  type Original,
  originalIn,
  originalLines,
  skippedNotes,
  storageLabel,
  storageNamed,
} from '../library/archive/media.ts';
import { type Moves, startMoves, withFreshState } from '../library/archive/moves.ts';
import { documentsOf, manyAssets, oneWay } from '../library/selection.ts';
import { integer, strings, text } from '../params.ts';
import { outOfTime, showing } from '../run/notes.ts';

const MAX_LINES = 50;

export const restore_media = task({
  title: 'Restore media from the archive',
  description:
    'Bring archived originals back online from cold storage, e.g. for editing. Returns a plan first: how many TB, from the archive to where, what is online already. Then returns a handle: check_jobs with wait_for says when they are ready. For deleted assets use restore_assets.',
  effect: 'update',
  outbound: true,
  idempotent: true,
  roles: ['can_restore_archived_formats', 'can_search', 'can_read_storages'],
  input: {
    ...manyAssets,
    to: z.string().min(1).optional().describe('Storage for files: name or id. Default: where it was before.'),
  },
  output: { started: integer, wait_for: text, failed: strings, remaining: integer, notes: strings },
  validate: oneWay,
  preview: async ({ to, ...targets }, context) => {
    const [found, storages] = await Promise.all([documentsOf(context, targets, MEDIA_FIELDS), allStorages(context)]);
    const docs = await withFreshState(context, found.docs);
    const target = to === undefined ? undefined : storageNamed(storages, to, 'FILES');
    const originals: Original[] = [];
    const skipped: { title: string; reason: string }[] = [];
    for (const doc of docs) {
      const one = originalIn(doc, storages, true);
      if ('original' in one) originals.push(one.original);
      else skipped.push({ title: doc.title ?? String(doc.id), reason: one.reason });
    }
    const plan: Moves = { ids: originals.map(({ id }) => id), to: target?.id, removes: false };
    const place = target?.id ? storageLabel(storages, target.id) : 'where they were before';
    const total = originals.reduce((sum, { bytes }) => sum + bytes, 0);
    return {
      preview: {
        summary:
          originals.length === 0
            ? 'Nothing to restore.'
            : `Restores the originals of ${plural(originals.length, 'asset')}, ${exactBytes(total)}, to ${place}. It can take hours, and retrieval from an archive can cost money.`,
        affected: originalLines(originals, MAX_LINES),
        notes: [
          ...found.notes,
          ...(originals.length > 0 ? [`From: ${byStorage(originals, storages)}.`] : []),
          ...skippedNotes(skipped),
          ...(originals.length > MAX_LINES ? [showing(MAX_LINES, originals.length)] : []),
        ],
      },
      plan,
      touches: plan.ids,
      skipConfirm: originals.length === 0,
    };
  },
  run: async (_, context, plan: Moves) => {
    const { started, jobs, handle, failed, remaining } = await startMoves(context, plan, true);
    return {
      started,
      ...(handle && { wait_for: handle }),
      ...(failed.length > 0 && { failed: failed.map(({ count, error }) => `${count} assets: ${reasonOf(error)}`) }),
      ...(remaining > 0 && { remaining }),
      notes: [
        ...(plan.ids.length === 0 ? ['Nothing to restore: none of them is in the archive.'] : []),
        ...(handle
          ? [`${plural(jobs.length, 'job')} at work: check_jobs with wait_for ["${handle}"] says when they are ready.`]
          : []),
        ...(started > 0 && !handle ? ['Iconik told no job: check_jobs with type RESTORE lists it.'] : []),
        ...(remaining > 0 ? [outOfTime(remaining)] : []),
      ],
    };
  },
});
