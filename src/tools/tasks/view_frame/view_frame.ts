import * as z from 'zod';
import { parseTime } from '../../../media/time.ts';
import { inQuotes } from '../../../text/quote.ts';
import { task } from '../../define.ts';
import { ToolError } from '../../errors.ts';
import { findCollection } from '../../library/objects.ts';
import { oneVersion } from '../../library/selection.ts';
import { olderOf, type Subject, subjectOf } from '../../library/subject.ts';
import { assets } from '../../operations/assets.ts';
import { integer, strings, text } from '../../params.ts';
import type { Context } from '../../types.ts';
import { attachPictures, type WantedPicture } from './pictures.ts';
import { nearestTo, type Still, stillsOf, stillsOfCollection } from './stills.ts';

const MAX_PICTURES = 8;

export const view_frame = task({
  title: 'View frames',
  description:
    'Show what a clip looks like: a frame (the nearest existing keyframe) at given timecodes, or a contact sheet (every or count), as images, with the offset of each. Without a time: the poster of an asset or collection. For spoken words use read_transcript.',
  effect: 'read',
  attaches: true,
  roles: ['can_read_assets', 'can_search'],
  input: {
    asset: z.string().min(1).optional().describe('Id, web address or exact title.'),
    at: z
      .array(z.string().min(1))
      .min(1)
      .max(MAX_PICTURES)
      .optional()
      .describe(`Timecode 01:02:10:00, or from the first frame 12:04 (mm:ss), 90s.`),
    every: z.string().min(1).optional().describe('Contact sheet: interval, e.g. 30s, from at or the first frame on.'),
    count: z
      .int()
      .min(1)
      .max(MAX_PICTURES)
      .optional()
      .describe(`Contact sheet: number of pictures. Default ${MAX_PICTURES}.`),
    version: oneVersion,
    collection: z.string().min(1).optional().describe('In place of asset: its picture. Name, path or id.'),
  },
  output: { title: text, id: text, shown: integer, keyframes: integer, pictures: strings, notes: strings },
  validate: ({ asset, collection, at, every, count, version }) => {
    if ((asset === undefined) === (collection === undefined)) return 'Name either an asset or a collection.';
    if (collection !== undefined && [at, every, count, version].some((one) => one !== undefined))
      return 'collection: a collection has one picture and no times. Leave out at, every, count and version.';
    if (at && at.length > 1 && (every !== undefined || count !== undefined))
      return 'at: with every or count give only one time, the start of the contact sheet.';
    return undefined;
  },
  run: async ({ asset = '', collection, at, every, count, version }, context) => {
    if (collection !== undefined) {
      const { id, title } = await findCollection(context, collection);
      const stills = await stillsOfCollection(context, id);
      if (stills.length === 0) throw new ToolError(`The collection ${inQuotes(title)} has no picture of its own.`);
      const { notes, ...answer } = await attachPictures(context, [{ stills: posterFirst(stills) }], {});
      return { title, id, ...answer, ...(notes.length > 0 && { notes }) };
    }
    const subject = await subjectOf(context, asset, version);
    const { id, title, clip } = subject;
    const stills = await stillsOf(context, id, olderOf(subject), clip);
    if (stills.length === 0) {
      throw new ToolError(
        `${inQuotes(title)} has no keyframes: Iconik creates them with the proxy. It is audio-only, has no media, or is still transcoding: check_jobs with this asset shows which.`,
      );
    }
    const times = timesOf({ at, every, count }, subject, stills);
    const isUntimed = times.length > 0 && !stills.some((one) => one.at !== undefined);
    const wanted =
      times.length === 0 || isUntimed
        ? [await posterOf(context, subject, stills)]
        : times.map((time) => ({ time, stills: nearestTo(stills, time) }));
    const { notes, ...answer } = await attachPictures(context, wanted, clip);
    if (isUntimed) notes.unshift('Its pictures carry no times: this is the first one.');
    return { title, id, keyframes: stills.length, ...answer, ...(notes.length > 0 && { notes }) };
  },
});

/** Milliseconds of the requested pictures; empty for the poster. */
function timesOf(
  {
    at,
    every,
    count,
  }: {
    readonly at?: readonly string[] | undefined;
    readonly every?: string | undefined;
    readonly count?: number | undefined;
  },
  { clip }: Subject,
  stills: readonly Still[],
): number[] {
  const read = (words: string): number => parseTime(words, clip).milliseconds;
  if (every === undefined && count === undefined) return (at ?? []).map(read);
  const from = at?.[0] === undefined ? 0 : read(at[0]);
  const end = clip.duration ?? stills.at(-1)?.at ?? 0;
  if (every === undefined) {
    const pictures = count ?? MAX_PICTURES;
    // The middle of each section, since first and last frames are often black.
    return Array.from({ length: pictures }, (_, n) => Math.round(from + ((end - from) * (n + 0.5)) / pictures));
  }
  const { milliseconds: step } = parseTime(every);
  if (step === 0) throw new ToolError(`every: "${every}" is not an interval. Allowed: e.g. 10s, 1:00.`);
  const times = Array.from({ length: count ?? MAX_PICTURES }, (_, n) => from + n * step);
  return times.filter((time, n) => n === 0 || time <= end);
}

/** The poster that was chosen for the asset, otherwise the first poster or keyframe. */
async function posterOf(context: Context, subject: Subject, stills: readonly Still[]): Promise<WantedPicture> {
  if (olderOf(subject)) return { stills: posterFirst(stills) };
  const { custom_poster, custom_keyframe } = await context.use(assets.tools.get_asset, { asset_id: subject.id });
  const chosen = stills.filter((one) => one.id === custom_poster || one.id === custom_keyframe);
  return { stills: [...chosen, ...posterFirst(stills)] };
}

const posterFirst = (stills: readonly Still[]): Still[] =>
  [...stills].sort((a, b) => Number(b.type === 'POSTER') - Number(a.type === 'POSTER'));
