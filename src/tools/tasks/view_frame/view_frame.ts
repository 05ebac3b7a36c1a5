import * as z from 'zod';
import { endMeant } from '../../../media/end_words.ts';
import { parsePoint } from '../../../media/points.ts';
import { type Clip, parseTime } from '../../../media/time.ts';
import { formatTimecode } from '../../../media/timecode.ts';
import { inQuotes } from '../../../text/quote.ts';
import { task } from '../../define.ts';
import { ToolError } from '../../errors.ts';
import { nearestTo, posterFirst, type Still } from '../../library/media/stills.ts';
import { oneVersion } from '../../library/selection.ts';
import { olderOf, type Subject, subjectOf } from '../../library/subject.ts';
import { assets } from '../../operations/assets.ts';
import { integer, strings, text } from '../../params.ts';
import type { Context } from '../../types.ts';
import { attachCollection } from './collection.ts';
import { attachPictures, type WantedPicture } from './pictures.ts';
import { attachClipSheet, attachSelectionSheet, MAX_CELLS } from './sheet.ts';
import { picturesOf } from './subclip.ts';

/** Pictures that are shown apart. */
const MAX_PICTURES = 8;
/** Pictures of a sheet where no number is given. */
const SHEET_PICTURES = 12;

export const view_frame = task({
  title: 'View frames',
  description:
    'Show what a clip looks like: frames (the nearest existing keyframes) at timecodes, or a contact sheet as one picture: of a clip (every or count), or the posters of a selection. Without a time: the poster of an asset or collection.',
  effect: 'read',
  page: 'gallery',
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
    count: z.int().min(1).max(MAX_CELLS).optional().describe(`Contact sheet: pictures. Default ${SHEET_PICTURES}.`),
    version: oneVersion,
    collection: z.string().min(1).optional().describe('In place of asset: its picture. Name, path or id.'),
    selection: z.string().optional().describe('In place of asset: their posters.'),
    after: z.int().min(0).optional().describe('Assets to skip.'),
  },
  output: {
    title: text,
    id: text,
    total: integer,
    shown: integer,
    keyframes: integer,
    sheet: text,
    pictures: strings,
    notes: strings,
  },
  validate: ({ asset, collection, selection, at, every, count, version, after }) => {
    if ([asset, collection, selection].filter((one) => one !== undefined).length !== 1)
      return 'Name either an asset or a collection or a selection.';
    if (selection !== undefined && [at, every, version].some((one) => one !== undefined))
      return 'selection: its sheet has one poster an asset and no times. Leave out at, every and version.';
    if (selection === undefined && after !== undefined) return 'after: it counts assets of a selection. Leave it out.';
    if (collection !== undefined && [at, every, count, version].some((one) => one !== undefined))
      return 'collection: a collection has one picture and no times. Leave out at, every, count and version.';
    if (at && at.length > 1 && (every !== undefined || count !== undefined))
      return 'at: with every or count give only one time, the start of the contact sheet.';
    return undefined;
  },
  run: async ({ asset = '', collection, selection, at, every, count, version, after = 0 }, context) => {
    if (selection !== undefined) return attachSelectionSheet(context, selection, after, count ?? MAX_CELLS);
    if (collection !== undefined) return attachCollection(context, collection);
    const subject = await subjectOf(context, asset, version);
    const { id, title } = subject;
    const { stills, clip, note } = await picturesOf(context, subject);
    if (stills.length === 0) throw new ToolError(withoutPictures(subject));
    const asked = timesOf({ at, every, count }, clip, stills);
    const times = asked.length === 0 && note !== undefined ? [0] : asked;
    const isUntimed = times.length > 0 && !stills.some((one) => one.at !== undefined);
    if ((every ?? count) !== undefined && times.length > 1 && !isUntimed) {
      const answer = await attachClipSheet(context, stills, times, clip);
      const next = every !== undefined && count === undefined ? nextStart(times, clip) : undefined;
      const notes = [
        ...(note ? [note] : []),
        ...answer.notes,
        ...(next ? [`The clip goes on: for the next sheet at ["${next}"].`] : []),
      ];
      context.show({ kind: 'frames', lines: answer.pictures });
      return { title, id, keyframes: stills.length, ...answer, notes };
    }
    const wanted =
      times.length === 0 || isUntimed
        ? [await posterOf(context, subject, stills)]
        : times.map((time) => ({ time, stills: nearestTo(stills, time) }));
    const { notes, ...answer } = await attachPictures(context, wanted, clip);
    context.show({ kind: 'frames', lines: answer.pictures });
    if (isUntimed) notes.unshift('Its pictures carry no times: this is the first one.');
    if (note) notes.unshift(note);
    return { title, id, keyframes: stills.length, ...answer, ...(notes.length > 0 && { notes }) };
  },
});

const withoutPictures = ({ title, type }: Subject): string =>
  type === 'SUBCLIP'
    ? `${inQuotes(title)} is a sub-clip without keyframes, and Iconik has none of what it is cut from: look at the original, which show_asset names.`
    : `${inQuotes(title)} has no keyframes: Iconik creates them with the proxy. It is audio-only, has no media, or is still transcoding: check_jobs with this asset shows which.`;

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
  clip: Clip,
  stills: readonly Still[],
): number[] {
  const read = (words: string): number => (endMeant(words) ? parsePoint : parseTime)(words, clip).milliseconds;
  if (every === undefined && count === undefined) return (at ?? []).map(read);
  const from = at?.[0] === undefined ? 0 : read(at[0]);
  const end = clip.duration ?? stills.at(-1)?.at ?? 0;
  if (every === undefined) {
    const pictures = count ?? SHEET_PICTURES;
    // The middle of each section, since first and last frames are often black.
    return Array.from({ length: pictures }, (_, n) => Math.round(from + ((end - from) * (n + 0.5)) / pictures));
  }
  const { milliseconds: step } = parseTime(every);
  if (step === 0) throw new ToolError(`every: "${every}" is not an interval. Allowed: e.g. 10s, 1:00.`);
  const times = Array.from({ length: count ?? MAX_CELLS }, (_, n) => from + n * step);
  return times.filter((time, n) => n === 0 || time <= end);
}

/** Where a sheet with an interval goes on; undefined where it reached the end of the clip. */
function nextStart(times: readonly number[], { clock, duration = 0 }: Clip): string | undefined {
  const [last = 0, before = 0] = times.toReversed();
  const next = last + (last - before);
  return times.length === MAX_CELLS && next <= duration ? formatTimecode(next, clock) : undefined;
}

/** The poster that was chosen for the asset, otherwise the first poster or keyframe. */
async function posterOf(context: Context, subject: Subject, stills: readonly Still[]): Promise<WantedPicture> {
  if (olderOf(subject)) return { stills: posterFirst(stills) };
  const { custom_poster, custom_keyframe } = await context.use(assets.tools.get_asset, { asset_id: subject.id });
  const chosen = stills.filter((one) => one.id === custom_poster || one.id === custom_keyframe);
  return { stills: [...chosen, ...posterFirst(stills)] };
}
