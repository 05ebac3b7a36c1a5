import { type ImageSize, readImageSize } from '../../../media/image_size.ts';
import { frameToMilliseconds, millisecondsToFrame } from '../../../media/rate.ts';
import type { Clip } from '../../../media/time.ts';
import { formatTimecode } from '../../../media/timecode.ts';
import { formatBytes } from '../../../media/units.ts';
import { ToolError } from '../../errors.ts';
import { keyframes } from '../../operations/keyframes.ts';
import { allOf, pagesByLastId } from '../../run/pages.ts';
import type { Context, OutputOf } from '../../types.ts';

type Row = OutputOf<typeof keyframes.tools.list_keyframes.output.shape>['objects'][number];

/** A keyframe or poster. `at` is in milliseconds from the first frame; absent if the picture has no time. */
export interface Still {
  readonly id: string;
  readonly type: string;
  readonly url: string;
  readonly at?: number;
}

/** The pictures of an asset or of one of its versions, by time, without keyframe maps (many pictures in one). */
export async function stillsOf(
  context: Context,
  asset_id: string,
  version_id: string | undefined,
  clip: Clip,
): Promise<Still[]> {
  const { list_keyframes, list_version_keyframes } = keyframes.tools;
  const rows = await allOf(
    pagesByLastId((paging) =>
      version_id === undefined
        ? context.use(list_keyframes, { asset_id, generate_signed_url: true, ...paging })
        : context.use(list_version_keyframes, { asset_id, version_id, generate_signed_url: true, ...paging }),
    ),
  );
  return sinceFirstFrame(rows.flatMap(stillOf), clip).sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

/** Pictures that are looked through for a poster; what Iconik's own pages ask for. */
const POSTER_PAGE = 150;

/** The picture that stands for an asset: the chosen one, else a poster, else a keyframe. Undefined where it has none. */
export async function posterStill(context: Context, asset_id: string, chosen: readonly unknown[]) {
  const request = { asset_id, generate_signed_url: true, per_page: POSTER_PAGE };
  const { objects } = await context.use(keyframes.tools.list_keyframes, request);
  const stills = posterFirst(objects.flatMap(stillOf));
  return stills.find(({ id }) => chosen.includes(id)) ?? stills[0];
}

/** The pictures among the keyframes of a search hit, that which stands for the asset first. */
export const posterFirstOf = (keyframes: readonly unknown[], chosen: readonly unknown[]): Still[] =>
  posterFirst(keyframes.flatMap((one) => stillOf(Object(one)))).sort(
    (a, b) => Number(chosen.includes(b.id)) - Number(chosen.includes(a.id)),
  );

export const posterFirst = (stills: readonly Still[]): Still[] =>
  [...stills].sort((a, b) => Number(b.type === 'POSTER') - Number(a.type === 'POSTER'));

/** The pictures of a collection. */
export async function stillsOfCollection(context: Context, collection_id: string): Promise<Still[]> {
  const request = { collection_id, generate_signed_url: true };
  const rows = await allOf(
    pagesByLastId((paging) => context.use(keyframes.tools.list_collection_keyframes, { ...request, ...paging })),
  );
  return rows.flatMap(stillOf);
}

function stillOf({ id, type = '', status = 'CLOSED', url, time_code }: Row): Still[] {
  if (!id || !url || status !== 'CLOSED' || type === 'KEYFRAME_MAP') return [];
  const at = time_code && timeOf(time_code);
  return [{ id, type, url, ...(at !== undefined && { at }) }];
}

/** `time_base` is the duration of a frame in seconds; a value above one second is taken as a frame rate. */
function timeOf({ frames_number, time_base }: NonNullable<Row['time_code']>): number | undefined {
  const { numerator, denominator } = time_base ?? {};
  if (frames_number === undefined || !numerator || !denominator) return undefined;
  const [over, under] = numerator > denominator ? [denominator, numerator] : [numerator, denominator];
  return frameToMilliseconds(frames_number, { numerator: under, denominator: over, nominal: 0, drop: false });
}

/**
 * Times from the first frame. Iconik's description does not say from where frames are counted: if all times are past the
 * start timecode and some are past the end of the clip, they are counted from midnight.
 */
function sinceFirstFrame(stills: readonly Still[], { clock, duration }: Clip): Still[] {
  const start = clock ? frameToMilliseconds(clock.start, clock.rate) : 0;
  const times = stills.flatMap(({ at }) => (at === undefined ? [] : [at]));
  const fits = duration !== undefined && Math.max(0, ...times) <= duration + 1_000;
  if (start === 0 || fits || times.length === 0 || Math.min(...times) < start - 1_000) return [...stills];
  return stills.map((one) => (one.at === undefined ? one : { ...one, at: Math.max(0, one.at - start) }));
}

/** The stills by distance from a time; of the same time, keyframes before posters. */
export const nearestTo = (stills: readonly Still[], milliseconds: number): Still[] =>
  stills
    .filter(({ at }) => at !== undefined)
    .sort(
      (a, b) =>
        distance(a, milliseconds) - distance(b, milliseconds) ||
        Number(a.type === 'POSTER') - Number(b.type === 'POSTER'),
    );

const distance = ({ at = 0 }: Still, milliseconds: number): number => Math.abs(at - milliseconds);

/** `exactly there`, or `10.0 s earlier`. */
export function offsetLabel({ at = 0 }: Still, milliseconds: number, { clock }: Clip): string {
  const isSameFrame = clock
    ? millisecondsToFrame(at, clock.rate) === millisecondsToFrame(milliseconds, clock.rate)
    : at === milliseconds;
  if (isSameFrame) return 'exactly there';
  const gap = Math.abs(at - milliseconds);
  return `${gap < 1_000 ? `${gap} ms` : `${(gap / 1_000).toFixed(1)} s`} ${at < milliseconds ? 'earlier' : 'later'}`;
}

/** `10:02:00:00 (120000 ms)`. */
export const momentLabel = (milliseconds: number, { clock }: Clip): string =>
  `${formatTimecode(milliseconds, clock)} (${milliseconds} ms)`;

/** An image as a host shows it. */
export interface StillImage extends ImageSize {
  /** Base64. */
  readonly data: string;
}

/** Pixels of the longer side of an image. */
const MAX_SIDE = 1_024;
/** Bytes of an image, and bytes that are fetched at most to find out. */
const MAX_BYTES = 200_000;
const MAX_FETCHED_BYTES = 4_000_000;

const tooLarge = (size: string): ToolError =>
  new ToolError(
    `A picture is too large to show: ${size}; the limit is ${MAX_SIDE} pixels per side and ${formatBytes(MAX_BYTES)}. Look at it in Iconik.`,
  );

function rethrow(error: { readonly code?: unknown }): never {
  throw error.code === 'too_large' ? tooLarge(`more than ${formatBytes(MAX_FETCHED_BYTES)}`) : error;
}

/** The bytes of a picture from its signed URL. Throws `ToolError` if there are too many. */
export async function fetchBytes(context: Context, { url }: Still): Promise<Uint8Array> {
  const { status, bytes } = await context.transfer(url, { method: 'GET', limit: MAX_FETCHED_BYTES }).catch(rethrow);
  if (status !== 200) throw new ToolError(`The storage did not return the picture (HTTP ${status}). Call again later.`);
  return bytes;
}

/** Fetches a picture to be shown as it is. Throws `ToolError` if it is not an image or too large. */
export async function fetchStill(context: Context, still: Still): Promise<StillImage> {
  const bytes = await fetchBytes(context, still);
  const picture = readImageSize(bytes);
  if (!picture) throw new ToolError('The file on the storage is not a JPEG, PNG, GIF or WebP picture.');
  const { width, height } = picture;
  if (Math.max(width, height) > MAX_SIDE || bytes.byteLength > MAX_BYTES) {
    throw tooLarge(`${width}x${height} pixels and ${formatBytes(bytes.byteLength)}`);
  }
  return { ...picture, data: Buffer.from(bytes).toString('base64') };
}
