import type { Clip } from '../../../media/time.ts';
import { fetchStill, momentLabel, offsetLabel, type Still, type StillImage } from '../../library/media/stills.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** Characters of all images (base64): some hosts refuse an answer of a megabyte. */
const MAX_IMAGE_CHARACTERS = 900_000;
/** Stills to try if the nearest one is too large. */
const MAX_TRIES = 3;

/** One picture to show. */
export interface WantedPicture {
  /** Milliseconds; absent for a poster. */
  readonly time?: number;
  /** The best still first. */
  readonly stills: readonly Still[];
}

/** Fetches each still once, attaches the images in order, and returns a line about each picture. */
export async function attachPictures(context: Context, wanted: readonly WantedPicture[], clip: Clip) {
  const distinct = [...new Map(wanted.map((one) => [one.stills[0]?.id, one])).values()];
  const { done, failed, rest } = await each(distinct, context, ({ stills }) => fetchFirst(context, stills));
  if (done.length === 0 && failed[0]) throw failed[0].error;
  const { images, byStill, leftOut } = numberPictures(done);
  for (const { data, mimeType } of images) context.attach({ kind: 'image', data, mimeType });
  const pictures = wanted.map(({ time, stills: [first] }) => {
    const picture = byStill.get(first?.id);
    const label = time === undefined ? '' : `${momentLabel(time, clip)}: `;
    return `${label}${picture ? pictureLine(picture, time, clip) : 'no picture'}`;
  });
  const errors = new Set([
    ...failed.map(({ error }) => error.message),
    ...done.flatMap(({ result }) => (result.refusal ? [`Another picture is shown instead. ${result.refusal}`] : [])),
  ]);
  const notes = [
    ...(distinct.length < wanted.length ? ['Times with the same nearest keyframe share it: it is shown once.'] : []),
    ...errors,
    ...(leftOut > 0 ? [`${leftOut} pictures are left out to limit the size. Ask for them by their times.`] : []),
    ...(rest.length > 0 ? [`Ran out of time with ${rest.length} pictures remaining. Ask for fewer at once.`] : []),
  ];
  return { shown: images.length, pictures, notes };
}

interface FetchedPicture {
  readonly still: Still;
  readonly image: StillImage;
  /** Why it is not the first of the stills. */
  readonly refusal?: string;
}

/** The first of the stills that can be shown. */
async function fetchFirst(context: Context, stills: readonly Still[]): Promise<FetchedPicture> {
  let firstError: Error | undefined;
  for (const still of stills.slice(0, MAX_TRIES)) {
    try {
      const image = await fetchStill(context, still);
      return { still, image, ...(firstError && { refusal: firstError.message }) };
    } catch (error) {
      if (context.signal.aborted) throw error;
      firstError ??= error as Error;
    }
  }
  throw firstError;
}

interface NumberedPicture extends FetchedPicture {
  readonly number: number;
}

/** Numbers the images in order, each once and as many as fit; `byStill` finds them by the id of the wanted still. */
function numberPictures(done: readonly { readonly item: WantedPicture; readonly result: FetchedPicture }[]) {
  const images: StillImage[] = [];
  const byStill = new Map<string | undefined, NumberedPicture>();
  const numbers = new Map<string, number>();
  let characters = 0;
  for (const { item, result } of done) {
    const { still, image } = result;
    if (!numbers.has(still.id) && characters + image.data.length <= MAX_IMAGE_CHARACTERS) {
      characters += image.data.length;
      numbers.set(still.id, images.push(image));
    }
    const number = numbers.get(still.id);
    if (number !== undefined) byStill.set(item.stills[0]?.id, { ...result, number });
  }
  return { images, byStill, leftOut: done.length - byStill.size };
}

/** `picture 1, keyframe of 01:02:00:00 (120000 ms), 10.0 s earlier, 640x360`. */
function pictureLine({ still, image, number }: NumberedPicture, time: number | undefined, clip: Clip): string {
  const kind = still.type === 'POSTER' ? 'poster' : 'keyframe';
  const size = `${image.width}x${image.height}`;
  if (still.at === undefined) return `picture ${number}, ${kind}, ${size}`;
  const offset = time === undefined ? '' : `, ${offsetLabel(still, time, clip)}`;
  return `picture ${number}, ${kind} of ${momentLabel(still.at, clip)}${offset}, ${size}`;
}
