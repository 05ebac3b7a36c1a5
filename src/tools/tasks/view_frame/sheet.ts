import type { Clip } from '../../../media/time.ts';
import { formatTimecode } from '../../../media/timecode.ts';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { reasonOf, ToolError } from '../../errors.ts';
import { GALLERY_FIELDS, galleryItem } from '../../library/media/gallery.ts';
import { fetchBytes, momentLabel, nearestTo, posterStill, type Still } from '../../library/media/stills.ts';
import type { Doc } from '../../library/search.ts';
import { documentsOf } from '../../library/selection.ts';
import { subjectAt } from '../../library/subject.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { picturesOf } from './subclip.ts';

/** Pictures of a sheet: more are too small to see. */
export const MAX_CELLS = 30;
/** Bytes of a sheet: some hosts refuse an answer of a megabyte, and base64 adds a third. */
const MAX_SHEET_BYTES = 650_000;

/** Milliseconds kept for the sheet itself. */
const RESERVED_MS = 4_000;
const OUT_OF_TIME = 'out of time';

/** A place of the sheet. */
interface Wanted {
  /** Drawn below the picture. */
  readonly label: string;
  /** What the place shows. */
  readonly line: string;
  /** Its picture; undefined where there is none. Throws. */
  readonly find: () => Promise<Still | undefined> | Still | undefined;
}

/** The sheet of one clip: the keyframe nearest to each time, each once, with its own time below. */
export async function attachClipSheet(
  context: Context,
  stills: readonly Still[],
  times: readonly number[],
  clip: Clip,
) {
  const nearest = new Map(times.flatMap((time) => nearestTo(stills, time).slice(0, 1)).map((one) => [one.id, one]));
  const wanted = [...nearest.values()].map((still) => ({
    label: formatTimecode(still.at ?? 0, clip.clock),
    line: momentLabel(still.at ?? 0, clip),
    find: () => still,
  }));
  const { notes, ...answer } = await attachSheet(context, wanted);
  const shared = times.length - wanted.length;
  return {
    ...answer,
    notes: [
      'One picture: keyframes from left to right and down, each with its own time below.',
      ...(shared > 0 ? [`${plural(shared, 'time')} left out: the nearest keyframe is shown already.`] : []),
      ...notes,
    ],
  };
}

/** The sheet of a selection: the poster of each asset, numbered. */
export async function attachSelectionSheet(context: Context, selection: string, after: number, count: number) {
  const found = await documentsOf(context, { selection, first: after + count }, [
    'type',
    'custom_poster',
    'custom_keyframe',
    ...(context.showsPages ? GALLERY_FIELDS : []),
  ]);
  const docs = found.docs.slice(after);
  if (docs.length === 0) throw new ToolError(`after: ${after} leaves nothing of the ${plural(found.total, 'asset')}.`);
  context.show({ kind: 'assets', total: docs.length, items: docs.flatMap(galleryItem) });
  const wanted = docs.map((doc, index) => numbered(context, doc, after + index + 1));
  const { notes, ...answer } = await attachSheet(context, wanted);
  const end = after + docs.length;
  return {
    total: found.total,
    ...answer,
    notes: [
      ...found.notes.slice(0, 1),
      'One picture: posters from left to right and down, each with its number below.',
      ...notes,
      ...(end < found.total ? [`${found.total - end} more: call again with after: ${end}.`] : []),
    ],
  };
}

const numbered = (context: Context, { id = '', title, type, custom_poster, custom_keyframe }: Doc, number: number) => ({
  label: String(number),
  line: `${number}: ${inQuotes(title ?? 'untitled')} (${id})`,
  find: async () =>
    (await posterStill(context, id, [custom_poster, custom_keyframe])) ??
    (type === 'SUBCLIP' ? firstOfCut(context, id) : undefined),
});

/** The picture at the start of a sub-clip, from its original. */
async function firstOfCut(context: Context, id: string): Promise<Still | undefined> {
  const { stills } = await picturesOf(context, await subjectAt(context, { id, title: '' }));
  return nearestTo(stills, 0)[0] ?? stills[0];
}

/** Attaches the sheet as one JPEG, and returns a line about each place. Throws `ToolError` where all would be empty. */
async function attachSheet(context: Context, wanted: readonly Wanted[]) {
  // Loaded when the first sheet is made: nothing else decodes pictures.
  const { cellPicture, contactSheet } = await import('../../../media/contact_sheet/contact_sheet.ts');
  const work = async ({ find }: Wanted) => {
    const still = await find();
    const bytes = still && (await fetchBytes(context, still));
    // To decode a large picture can take a second, in which nothing else runs.
    if (context.timeLeft() < RESERVED_MS) throw new ToolError(OUT_OF_TIME);
    return bytes && cellPicture(bytes);
  };
  const { done, failed, rest } = await each(wanted, context, work, { reserve: RESERVED_MS });
  const [first] = failed;
  const pictures = new Map(done.map(({ item, result }) => [item, result]));
  const reasons = new Map<Wanted, string>([
    ...done.flatMap(({ item, result }) => (result ? [] : [[item, 'it has no keyframes'] as const])),
    ...failed.map(({ item, error }) => [item, reasonOf(error)] as const),
    ...rest.map((item) => [item, OUT_OF_TIME] as const),
  ]);
  if (reasons.size === wanted.length)
    throw new ToolError(
      `No picture of ${wanted.length} can be shown: ${first ? reasonOf(first.error) : rest.length > 0 ? OUT_OF_TIME : 'they have no keyframes'}.`,
    );
  const sheet = contactSheet(
    wanted.map((one) => ({ label: one.label, picture: pictures.get(one) })),
    MAX_SHEET_BYTES,
  );
  context.attach({ kind: 'image', data: Buffer.from(sheet.bytes).toString('base64'), mimeType: 'image/jpeg' });
  return {
    shown: wanted.length - reasons.size,
    sheet: `${sheet.columns} x ${sheet.rows}, ${sheet.width}x${sheet.height} pixels`,
    pictures: wanted.map((one) => `${one.line}${reasons.has(one) ? `: no picture: ${reasons.get(one)}` : ''}`),
    notes: [
      ...(rest.length > 0 ? [`Ran out of time with ${rest.length} pictures remaining. Ask for fewer at once.`] : []),
    ],
  };
}
