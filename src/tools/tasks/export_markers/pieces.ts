import { MediaError } from '../../../media/errors.ts';
import { isTimeRange, parseTimeRange } from '../../../media/time.ts';
import { splitTimedLine } from '../../../media/timed_line.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { SELECTION } from '../../library/kept_selections.ts';
import { refuseHandle } from '../../library/objects.ts';
import { kindsOf, pickNotes, THREADS, type Threads } from '../../library/segments/numbers.ts';
import { PLACES, placesAt } from '../../library/segments/places.ts';
import {
  type NoteKind,
  type NumberedNote,
  notesOf,
  numbered,
  numberedLine,
  ofVersion,
} from '../../library/segments/threads.ts';
import { documentsOf } from '../../library/selection.ts';
import { type Subject, subjectAt, subjectOf } from '../../library/subject.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { numbersIn, splitRange, withoutHandles } from './element.ts';
import type { Piece, Pieces } from './piece.ts';
import { ofAssets, ofName } from './whole.ts';

const HANDLE = /^([a-z]{3}_\w{6})(?:[\s:,#]+(.+))?$/s;

/** Words for all notes of a kind, of which those with a range are meant. */
const KINDS: Readonly<Record<string, NoteKind>> = {
  marker: 'MARKER',
  comment: 'COMMENT',
  tag: 'TAG',
  segment: 'GENERIC',
};

/**
 * The ranges that words mean, in their order: sub-clips, whole clips, collections, handles of read_transcript, read_notes and
 * find_assets, ranges and numbers of notes of `own`. Throws `ToolError` for words that mean none.
 */
export async function piecesOf(
  context: Context,
  cut: readonly string[],
  own: Subject | undefined,
  margin: number,
): Promise<Pieces> {
  const quiet = { ...context, progress: () => undefined };
  const read = (element: string) => widened(context, element.trim(), own, margin);
  const { done, failed } = await each(cut, quiet, read, { untimed: true });
  const [wrong] = failed;
  if (wrong) {
    const { item, error } = wrong;
    if (!(error instanceof ToolError || error instanceof MediaError)) throw error;
    throw new ToolError(error.message.startsWith('cut: ') ? error.message : `cut: ${inQuotes(item)}: ${error.message}`);
  }
  const all = done.map(({ result }) => result);
  return {
    pieces: all.flatMap(({ pieces }) => pieces),
    leftOut: all.flatMap(({ leftOut }) => leftOut),
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
  };
}

const only = (...pieces: readonly Piece[]): Pieces => ({ pieces, leftOut: [], notes: [] });

/** What `plc_k3x9p2 +2s` means: each range with so much more before and after. */
async function widened(context: Context, element: string, own: Subject | undefined, margin: number): Promise<Pieces> {
  const { text, handles, notes } = withoutHandles(element);
  const read = await pieceOf(context, text, own);
  const by = handles || margin;
  if (by === 0) return read;
  const wide = ({ start, end, again, ...rest }: Piece): Piece => ({
    ...rest,
    start: Math.max(0, start - by),
    ...(end !== undefined && { end: end + by }),
    again: handles === 0 ? again : element,
  });
  return { ...read, pieces: read.pieces.map(wide), notes: [...notes, ...read.notes] };
}

async function pieceOf(context: Context, element: string, own: Subject | undefined): Promise<Pieces> {
  const [, handle, rest] = HANDLE.exec(element) ?? [];
  const known = handle === undefined ? undefined : context.handles.kindOf(handle);
  if (handle !== undefined && (known || rest === undefined)) return ofHandle(context, handle, rest, element);
  return (own && (await ofOwn(context, own, element))) ?? ofOthers(context, element);
}

/** Ranges and notes of the asset that is named; undefined for words that may mean others. */
async function ofOwn(context: Context, own: Subject, element: string): Promise<Pieces | undefined> {
  if (isTimeRange(element)) return only(rangeOf(own, element, element));
  const kind = KINDS[element.toLowerCase().replace(/s$/, '')];
  if (kind) return ofNotes(own, await numberedOf(context, own, [kind]), element);
  const numbers = numbersIn(element);
  if (numbers) return ofNumbers(context, own, numbers, undefined, element);
  // Words behind a range are what it is called.
  const split = splitTimedLine(element)?.to === undefined ? undefined : splitRange(element);
  return split && only({ ...rangeOf(own, split.range, element), name: split.words });
}

async function ofOthers(context: Context, element: string): Promise<Pieces> {
  const split = splitRange(element);
  if (split) {
    const subject = await subjectOf(context, split.words);
    if (subject.type !== 'SUBCLIP') return only(rangeOf(subject, split.range, element));
    throw new ToolError(`${inQuotes(subject.title)} is itself a sub-clip: name it whole, or a range of its original.`);
  }
  if (isTimeRange(element)) throw new ToolError('the range is of no asset: give asset, or write "Title 12:04-12:31".');
  return ofName(context, element);
}

async function ofHandle(context: Context, handle: string, rest: string | undefined, again: string): Promise<Pieces> {
  const { handles } = context;
  const { prefix } = handles.kindOf(handle) ?? { prefix: handle.slice(0, 3) };
  if (prefix === SELECTION.prefix) {
    if (rest !== undefined)
      throw new ToolError(`a selection is taken whole, without ${inQuotes(rest)}. Or name its assets one by one.`);
    const { docs, notes } = await documentsOf(context, { selection: handle, ordered: true }, []);
    return { ...(await ofAssets(context, docs)), notes };
  }
  if (prefix === THREADS.prefix) {
    const threads = handles.get(THREADS, handle, 'cut');
    const all = Object.keys(threads.ids).filter((one) => !one.includes('.'));
    const subject = await subjectAt(context, { id: threads.asset_id, title: threads.asset_id }, threads.version_id);
    return ofNumbers(context, subject, rest === undefined ? all : (numbersIn(rest) ?? [rest]), threads, again);
  }
  if (prefix !== PLACES.prefix) refuseHandle(context, handle, 'an asset');
  handles.get(PLACES, handle, 'cut');
  const { asset_id, version_id, places } = placesAt(context, again);
  return only(
    ...places.map(({ start, end, text }): Piece => ({ asset_id, version_id, start, end, name: text, again })),
  );
}

async function ofNumbers(
  context: Context,
  subject: Subject,
  wanted: readonly string[],
  handle: Threads | undefined,
  again: string,
): Promise<Pieces> {
  const notes = await numberedOf(context, subject, kindsOf(wanted));
  return ofNotes(subject, pickNotes(context, subject, notes, wanted, handle), again);
}

async function numberedOf(context: Context, { id, version }: Subject, kinds: readonly NoteKind[]) {
  return numbered(context, ofVersion(await notesOf(context, id, kinds), version?.id));
}

/** Characters of a note that is left out. */
const MAX_TEXT = 60;

/** Notes with a range; a point has nothing to be cut. */
function ofNotes(subject: Subject, notes: readonly NumberedNote[], again: string): Pieces {
  const threads = notes.filter(({ under }) => !under);
  const isRanged = ({ start = 0, end = start }: NumberedNote): boolean => end > start;
  return {
    pieces: threads
      .filter(isRanged)
      .map(({ start = 0, end, text }): Piece => ({ ...about(subject), start, end, name: text, again })),
    leftOut: threads
      .filter((one) => !isRanged(one))
      .map((one) => `${numberedLine(one, subject, MAX_TEXT)}: a point without a range`),
    notes: [],
  };
}

const about = ({ id, version }: Subject) => ({ asset_id: id, ...(version && { version_id: version.id }) });

function rangeOf(subject: Subject, range: string, again: string): Piece {
  const { start, end } = parseTimeRange(range, subject.clip);
  return { ...about(subject), start, end, again };
}
