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

/** A picture that Iconik has. `at` in milliseconds from the first frame, absent where it has no time. */
export interface Still {
  readonly id: string;
  readonly type: string;
  readonly url: string;
  readonly at?: number;
}

/** The pictures of an asset or of one of its versions, by time. Maps, which hold many pictures in one, are left out. */
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
  return sinceFirstFrame(rows.flatMap(still), clip).sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

/** The pictures of a collection. */
export async function stillsOfCollection(context: Context, collection_id: string): Promise<Still[]> {
  const asked = { collection_id, generate_signed_url: true };
  const rows = await allOf(
    pagesByLastId((paging) => context.use(keyframes.tools.list_collection_keyframes, { ...asked, ...paging })),
  );
  return rows.flatMap(still);
}

function still({ id, type = '', status = 'CLOSED', url, time_code }: Row): Still[] {
  if (!id || !url || status !== 'CLOSED' || type === 'KEYFRAME_MAP') return [];
  const at = time_code && timeOf(time_code);
  return [{ id, type, url, ...(at !== undefined && { at }) }];
}

/** `time_base` is the length of a frame in seconds; one of a second and more would be a rate instead. */
function timeOf({ frames_number, time_base }: NonNullable<Row['time_code']>): number | undefined {
  const { numerator, denominator } = time_base ?? {};
  if (frames_number === undefined || !numerator || !denominator) return undefined;
  const [over, under] = numerator > denominator ? [denominator, numerator] : [numerator, denominator];
  return frameToMilliseconds(frames_number, { numerator: under, denominator: over, nominal: 0, drop: false });
}

/** Iconik's description does not say where frames are counted from: all beyond a start timecode are counted from midnight. */
function sinceFirstFrame(stills: readonly Still[], { clock, duration }: Clip): Still[] {
  const start = clock ? frameToMilliseconds(clock.start, clock.rate) : 0;
  const times = stills.flatMap(({ at }) => (at === undefined ? [] : [at]));
  const fits = duration !== undefined && Math.max(0, ...times) <= duration + 1_000;
  if (start === 0 || fits || times.length === 0 || Math.min(...times) < start - 1_000) return [...stills];
  return stills.map((one) => (one.at === undefined ? one : { ...one, at: Math.max(0, one.at - start) }));
}

/** The stills from the nearest to a time on; keyframes before posters of the same time. */
export const nearestTo = (stills: readonly Still[], milliseconds: number): Still[] =>
  stills
    .filter(({ at }) => at !== undefined)
    .sort(
      (a, b) =>
        far(a, milliseconds) - far(b, milliseconds) || Number(a.type === 'POSTER') - Number(b.type === 'POSTER'),
    );

const far = ({ at = 0 }: Still, milliseconds: number): number => Math.abs(at - milliseconds);

/** How far a still is from a time: `exactly there`, `10.0 s earlier`. */
export function offset({ at = 0 }: Still, milliseconds: number, { clock }: Clip): string {
  const same = clock
    ? millisecondsToFrame(at, clock.rate) === millisecondsToFrame(milliseconds, clock.rate)
    : at === milliseconds;
  if (same) return 'exactly there';
  const gap = Math.abs(at - milliseconds);
  return `${gap < 1_000 ? `${gap} ms` : `${(gap / 1_000).toFixed(1)} s`} ${at < milliseconds ? 'earlier' : 'later'}`;
}

/** `10:02:00:00 (120000 ms)`. */
export const moment = (milliseconds: number, { clock }: Clip): string =>
  `${formatTimecode(milliseconds, clock)} (${milliseconds} ms)`;

export interface Shown extends ImageSize {
  /** Base64. */
  readonly data: string;
}

/** Pixels of the longer side, and bytes, of a picture that a model is shown. */
const LONGEST = 1_024;
const HEAVIEST = 200_000;
/** More is not even fetched. */
const FETCHED = 4_000_000;

const refused = (is: string): ToolError =>
  new ToolError(
    `A picture is too large to be shown here: ${is}, at most ${LONGEST} pixels a side and ${formatBytes(HEAVIEST)} are. Look at it in Iconik.`,
  );

function tooHeavy(error: { readonly code?: unknown }): never {
  throw error.code === 'too_large' ? refused(`more than ${formatBytes(FETCHED)}`) : error;
}

/** Fetches a picture from its signed address. Throws `ToolError` for what is no picture, or too large a one. */
export async function fetchStill(context: Context, { url }: Still): Promise<Shown> {
  const { status, bytes } = await context.transfer(url, { method: 'GET', limit: FETCHED }).catch(tooHeavy);
  if (status !== 200) throw new ToolError(`The storage did not give the picture (HTTP ${status}). Call again later.`);
  const picture = readImageSize(bytes);
  if (!picture) throw new ToolError('What the storage has in its place is not a JPEG, PNG, GIF or WebP picture.');
  const { width, height } = picture;
  if (Math.max(width, height) > LONGEST || bytes.byteLength > HEAVIEST) {
    throw refused(`${width}x${height} pixels and ${formatBytes(bytes.byteLength)}`);
  }
  return { ...picture, data: Buffer.from(bytes).toString('base64') };
}
