import { formatDuration } from '../../../media/units.ts';
import { plural } from '../../../text/english.ts';
import { reasonOf, ToolError } from '../../errors.ts';
import { byCollection, COLLECTIONS } from '../../library/plans/by_collection.ts';
import { refusalNote } from '../../library/plans/refusals.ts';
import { titleBesideId, titlesOf } from '../../library/plans/titles.ts';
import type { Doc } from '../../library/search.ts';
import { documentsOf } from '../../library/selection.ts';
import { assets } from '../../operations/assets.ts';
import { persons } from '../../operations/persons.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Targets } from './plan.ts';

/** Assets in one call, which is Iconik's maximum for one request, and lines of a plan. */
const MAX_ANALYSED = 500;
const MAX_LINES = 50;
const FIELDS = ['media_type', 'duration_milliseconds', 'face_recognition_status', 'permissions', COLLECTIONS];

export interface AnalysisPlan {
  readonly kind: 'analysis';
  readonly ids: readonly string[];
}

/** What face recognition would look at. What it has looked at, or is at, is left out: asking twice would cost twice. */
export async function analysisOf(context: Context, targets: Targets) {
  const found = await documentsOf(context, targets, FIELDS);
  const pictures = found.docs.filter(({ media_type: type }) => type === 'video' || type === 'image');
  const fresh = await withState(context, pictures);
  const wanted = fresh.filter(
    ({ face_recognition_status: state }) => state === undefined || state === 'N/A' || state === 'FAILED',
  );
  const running = fresh.filter(
    ({ face_recognition_status: state }) => state === 'REQUESTED' || state === 'IN_PROGRESS',
  );
  const done = fresh.length - wanted.length - running.length;
  const videos = wanted.filter(({ media_type: type }) => type === 'video');
  const time = videos.reduce((sum, { duration_milliseconds: length = 0 }) => sum + length, 0);
  const lines = wanted.slice(0, MAX_LINES).map(lineOf);
  return {
    plan: { kind: 'analysis' as const, ids: wanted.flatMap(({ id }) => id ?? []) },
    preview: {
      summary:
        wanted.length === 0
          ? 'Nothing to analyse.'
          : `Sends the pictures of ${plural(wanted.length, 'asset')} to face recognition, an AI service that is paid by the hour of video and by the image: ${plural(videos.length, 'video')}, ${formatDuration(time)} in all, and ${plural(wanted.length - videos.length, 'image')}. What was spent does not come back.`,
      affected: lines,
      notes: [
        ...found.notes,
        ...(done > 0 ? [`Skipped, analysed before: ${done}.`] : []),
        ...(running.length > 0 ? [`Skipped, being analysed: ${titlesOf(running)}.`] : []),
        ...(found.docs.length > pictures.length
          ? [`Skipped, without a picture: ${found.docs.length - pictures.length}.`]
          : []),
        ...(lines.length < wanted.length ? [`Showing ${lines.length} of ${wanted.length}.`] : []),
        ...(await byCollection(context, found.docs, wanted)),
        ...refusalNote(wanted, 'write'),
      ],
    },
  };
}

/** The state of face recognition as it is now: the index is late. Throws `ToolError` where they are too many. */
async function withState(context: Context, docs: readonly Doc[]): Promise<readonly Doc[]> {
  const open = docs.filter(({ face_recognition_status: state }) => state !== 'DONE');
  if (open.length > MAX_ANALYSED)
    throw new ToolError(
      `${open.length} assets, at most ${MAX_ANALYSED} are analysed in one call: narrow the collection or selection. Nothing was started.`,
    );
  const quiet = { ...context, progress: () => undefined };
  const read = await each(open, quiet, ({ id = '' }) => context.use(assets.tools.get_asset, { asset_id: id }), {
    untimed: true,
  });
  for (const { error } of read.failed) throw error;
  const states = new Map(read.done.map(({ item, result }) => [item.id, result.face_recognition_status]));
  return docs.map((doc) => {
    const state = states.get(doc.id);
    return state ? { ...doc, face_recognition_status: state } : doc;
  });
}

const lineOf = ({ media_type: type, duration_milliseconds: length, ...doc }: Doc): string =>
  [titleBesideId(doc), type, length && formatDuration(length), doc.id].filter(Boolean).join(' · ');

/** Starts face recognition in one request: it is started for all, or for none. */
export async function startAnalysis(context: Context, { ids }: AnalysisPlan) {
  if (ids.length === 0) return { started: 0, notes: ['Nothing to analyse.'] };
  try {
    await context.use(persons.tools.extract_faces, { object_type: 'assets', object_ids: [...ids] });
  } catch (error) {
    if (context.signal.aborted) throw error;
    return {
      started: 0,
      failed: [`face recognition of ${plural(ids.length, 'asset')}: ${reasonOf(error)}`],
      notes: [],
    };
  }
  return {
    started: ids.length,
    notes: [
      'Iconik took it and works in the background: check_jobs with type FACE_RECOGNITION follows it, then find_people shows who was found.',
    ],
  };
}
