import * as z from 'zod';
import { type Clip, parseTime } from '../../../media/time.ts';
import { task } from '../../define.ts';
import { ToolError } from '../../errors.ts';
import { findCollection } from '../../library/objects.ts';
import { oneVersion } from '../../library/selection.ts';
import { olderOf, type Subject, subjectOf } from '../../library/subject.ts';
import { assets } from '../../operations/assets.ts';
import { integer, strings, text } from '../../params.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import {
  fetchStill,
  moment,
  nearestTo,
  offset,
  type Shown,
  type Still,
  stillsOf,
  stillsOfCollection,
} from './stills.ts';

/** Pictures of one answer. */
const MOST = 8;
/** Characters of all images together: some hosts refuse an answer of a megabyte. */
const HEAVIEST = 900_000;
/** Stills that are tried where the nearest one is too large to be shown. */
const TRIES = 3;

interface Wanted {
  /** Milliseconds; absent where no time was asked for. */
  readonly time?: number;
  /** The best still first. */
  readonly stills: readonly Still[];
}

export const view_frame = task({
  title: 'View frames',
  description:
    'Show what a clip looks like: the frames (existing keyframes) nearest to timecodes, or a contact sheet (every or count), as images, with how far off each is. Without a time: the poster of an asset or a collection. It makes no new ones. For spoken words use read_transcript.',
  effect: 'read',
  attaches: true,
  roles: ['can_read_assets', 'can_search'],
  input: {
    asset: z
      .string()
      .min(1)
      .optional()
      .describe('Id, Iconik web address or exact title, e.g. "Interview Jordan Reyes, Lisbon".'),
    at: z
      .array(z.string().min(1))
      .min(1)
      .max(MOST)
      .optional()
      .describe(`Times: the clip's timecode 01:02:10:00, or from the first frame 12:04 (mm:ss), 90s. At most ${MOST}.`),
    every: z.string().min(1).optional().describe('Contact sheet: step, e.g. 30s or 1:00, from at or the start on.'),
    count: z
      .int()
      .min(1)
      .max(MOST)
      .optional()
      .describe(`Contact sheet: pictures. Default ${MOST}; without every spread over the clip.`),
    version: oneVersion,
    collection: z
      .string()
      .min(1)
      .optional()
      .describe('Instead of asset: the picture of a collection, by id, address or name.'),
  },
  output: { title: text, id: text, shown: integer, keyframes: integer, pictures: strings, notes: strings },
  validate: ({ asset, collection, at, every, count, version }) => {
    if ((asset === undefined) === (collection === undefined)) return 'Name either an asset or a collection.';
    if (collection !== undefined && [at, every, count, version].some((one) => one !== undefined))
      return 'collection: a collection has a picture of its own, and no times: leave out at, every, count and version.';
    if (at && at.length > 1 && (every !== undefined || count !== undefined))
      return 'at: with every or count only one time may be given, where the contact sheet begins.';
    return undefined;
  },
  run: async ({ asset = '', collection, at, every, count, version }, context) => {
    if (collection !== undefined) {
      const { id, title } = await findCollection(context, collection);
      const stills = await stillsOfCollection(context, id);
      if (stills.length === 0) throw new ToolError(`The collection "${title}" has no picture of its own.`);
      return { title, id, ...(await show(context, [{ stills: posterFirst(stills) }], {})) };
    }
    const subject = await subjectOf(context, asset, version);
    const { id, title, clip } = subject;
    const stills = await stillsOf(context, id, olderOf(subject), clip);
    if (stills.length === 0) {
      throw new ToolError(
        `"${title}" has no keyframes: Iconik makes them with the proxy. It is sound, has no media, or is still being transcoded; the jobs of the asset tell.`,
      );
    }
    const times = timesOf({ at, every, count }, subject, stills);
    const timeless = times.length > 0 && !stills.some((one) => one.at !== undefined);
    const wanted =
      times.length === 0 || timeless
        ? [await poster(context, subject, stills)]
        : times.map((time) => ({ time, stills: nearestTo(stills, time) }));
    const shown = await show(context, wanted, clip);
    const notes = [
      ...(timeless ? ['Its pictures carry no times: this is the first one.'] : []),
      ...(shown.notes ?? []),
    ];
    return { title, id, keyframes: stills.length, ...shown, ...(notes.length > 0 && { notes }) };
  },
});

/** Milliseconds of the pictures that are asked for; none for the poster. */
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
    const pictures = count ?? MOST;
    // The middle of each part: first and last frames are often black.
    return Array.from({ length: pictures }, (_, n) => Math.round(from + ((end - from) * (n + 0.5)) / pictures));
  }
  const { milliseconds: step } = parseTime(every);
  if (step === 0) throw new ToolError(`every: "${every}" is no step. Allowed: e.g. 10s, 1:00.`);
  const times = Array.from({ length: count ?? MOST }, (_, n) => from + n * step);
  return times.filter((time, n) => n === 0 || time <= end);
}

async function poster(context: Context, subject: Subject, stills: readonly Still[]): Promise<Wanted> {
  if (olderOf(subject)) return { stills: posterFirst(stills) };
  const { custom_poster, custom_keyframe } = await context.use(assets.tools.get_asset, { asset_id: subject.id });
  const chosen = stills.filter((one) => one.id === custom_poster || one.id === custom_keyframe);
  return { stills: [...chosen, ...posterFirst(stills)] };
}

const posterFirst = (stills: readonly Still[]): Still[] =>
  [...stills].sort((a, b) => Number(b.type === 'POSTER') - Number(a.type === 'POSTER'));

/** Fetches each picture once, puts them beside the answer in their order and tells what each is. */
async function show(context: Context, wanted: readonly Wanted[], clip: Clip) {
  const firsts = [...new Map(wanted.map((one) => [one.stills[0]?.id, one])).values()];
  const { done, failed, rest } = await each(firsts, context, ({ stills }) => fetchFirst(context, stills));
  if (done.length === 0 && failed[0]) throw failed[0].error;
  const { images, numbers, remaining } = numbered(done);
  for (const { data, mimeType } of images) context.attach({ kind: 'image', data, mimeType });
  const pictures = wanted.map(({ time, stills: [first] }) => {
    const one = numbers.get(first?.id);
    const asked = time === undefined ? '' : `${moment(time, clip)}: `;
    return one ? `${asked}${told(one, time, clip)}` : `${asked}no picture`;
  });
  const errors = new Set([
    ...failed.map(({ error }) => error.message),
    ...done.flatMap(({ result: { instead } }) => (instead ? [`Another one is shown instead. ${instead}`] : [])),
  ]);
  const notes = [
    ...(firsts.length < wanted.length ? ['Some times share their nearest keyframe: it is shown once.'] : []),
    ...errors,
    ...(remaining > 0
      ? [`${remaining} pictures are left out, the answer would be too large: ask for them by their times.`]
      : []),
    ...(rest.length > 0 ? [`The time was over with ${rest.length} pictures left: ask for fewer at once.`] : []),
  ];
  return { shown: images.length, pictures, ...(notes.length > 0 && { notes }) };
}

/** The pictures in their order, each once, as far as an answer may weigh, by the still that was wanted first. */
function numbered(done: readonly { readonly item: Wanted; readonly result: Fetched }[]) {
  const images: Shown[] = [];
  const numbers = new Map<string | undefined, Fetched & { readonly number: number }>();
  const known = new Map<string, number>();
  let weight = 0;
  for (const { item, result } of done) {
    const { still, shown } = result;
    if (!known.has(still.id) && weight + shown.data.length <= HEAVIEST) {
      weight += shown.data.length;
      known.set(still.id, images.push(shown));
    }
    const number = known.get(still.id);
    if (number !== undefined) numbers.set(item.stills[0]?.id, { ...result, number });
  }
  return { images, numbers, remaining: done.length - numbers.size };
}

interface Fetched {
  readonly still: Still;
  readonly shown: Shown;
  /** Why it is not the first one. */
  readonly instead?: string;
}

/** The first of the stills that can be shown. */
async function fetchFirst(context: Context, stills: readonly Still[]): Promise<Fetched> {
  let first: Error | undefined;
  for (const still of stills.slice(0, TRIES)) {
    try {
      const shown = await fetchStill(context, still);
      return { still, shown, ...(first && { instead: first.message }) };
    } catch (error) {
      if (context.signal.aborted) throw error;
      first ??= error as Error;
    }
  }
  throw first;
}

function told(
  { still, shown, number }: Fetched & { readonly number: number },
  time: number | undefined,
  clip: Clip,
): string {
  const kind = still.type === 'POSTER' ? 'poster' : 'keyframe';
  const size = `${shown.width}x${shown.height}`;
  if (still.at === undefined) return `picture ${number}, ${kind}, ${size}`;
  const gap = time === undefined ? '' : `, ${offset(still, time, clip)}`;
  return `picture ${number}, ${kind} of ${moment(still.at, clip)}${gap}, ${size}`;
}
