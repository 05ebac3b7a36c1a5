import { millisecondsToFrame } from '../../../media/rate.ts';
import type { Clip } from '../../../media/time.ts';
import { type Cut, cutById, lengthOfCut } from '../../library/media/cut.ts';
import { type Still, stillsOf } from '../../library/media/stills.ts';
import { olderOf, type Subject, subjectLabel, subjectOf, when } from '../../library/subject.ts';
import type { Context } from '../../types.ts';

/** The pictures of a clip, and how their times are counted. */
export interface Pictures {
  readonly stills: readonly Still[];
  readonly clip: Clip;
  /** Whose they are, where they are not the clip's own. */
  readonly note?: string;
}

/** The pictures of an asset; of a sub-clip without any, those of its original, from the start of the cut on. */
export async function picturesOf(context: Context, subject: Subject): Promise<Pictures> {
  const { id, clip } = subject;
  const stills = await stillsOf(context, id, olderOf(subject), clip);
  const cut = stills.length > 0 ? undefined : await cutById(context, id);
  return cut ? picturesOfCut(context, cut) : { stills, clip };
}

async function picturesOfCut(context: Context, cut: Cut): Promise<Pictures> {
  // The version that it was cut from may be deleted.
  const original = await subjectOf(context, cut.original, cut.version).catch(() => subjectOf(context, cut.original));
  const all = await stillsOf(context, original.id, olderOf(original), original.clip);
  const length = lengthOfCut(cut);
  const timed = all.flatMap((one) => (one.at === undefined ? [] : [{ ...one, at: one.at - cut.start }]));
  const inside = timed.filter(({ at }) => at >= 0 && (length === undefined || at <= length));
  const where = `${subjectLabel(original)}, which this sub-clip is cut from at ${when(original, cut.start, cut.end)}`;
  const near = inside.length > 0 ? '' : ' None of them is inside the cut: the nearest is shown.';
  return {
    stills: inside.length > 0 ? inside : timed.length > 0 ? timed : all,
    clip: clipOfCut(original.clip, cut.start, length),
    note: `It has no pictures of its own: these are of ${where}.${near}`,
  };
}

/** Counts from the start of the cut, in the timecode of the original. */
function clipOfCut({ clock }: Clip, start: number, duration: number | undefined): Clip {
  const shifted = clock && { ...clock, start: clock.start + millisecondsToFrame(start, clock.rate) };
  return { ...(shifted && { clock: shifted }), ...(duration !== undefined && { duration }) };
}
