import { MediaError } from '../../../media/errors.ts';
import { isTimeRange, parseTimeRange } from '../../../media/time.ts';
import { inQuotes } from '../../../text/quote.ts';
import { NotFound, ToolError } from '../../errors.ts';
import { SELECTION } from '../../library/kept_selections.ts';
import { cutById } from '../../library/media/cut.ts';
import { findAsset, findCollection, type Named, refuseHandle } from '../../library/objects.ts';
import { kindsOf, pickNotes, THREADS, type Threads } from '../../library/segments/numbers.ts';
import { PLACES } from '../../library/segments/places.ts';
import { notesOf, numbered, numberedLine, ofVersion } from '../../library/segments/threads.ts';
import { documentsOf } from '../../library/selection.ts';
import { type Subject, subjectAt, subjectOf } from '../../library/subject.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** A range of an asset, in milliseconds from its first frame; to its end where none is given. */
export interface Piece {
  readonly asset_id: string;
  readonly version_id?: string | undefined;
  readonly start: number;
  readonly end?: number | undefined;
  readonly name?: string | undefined;
  /** Id of the sub-clip that it is. */
  readonly subclip?: string;
  /** What names it, or a list that it is in, in another call. */
  readonly again: string;
}

export interface Pieces {
  readonly pieces: readonly Piece[];
  /** What is no range, with the reason. */
  readonly leftOut: readonly string[];
  /** How it was understood. */
  readonly notes: readonly string[];
}

const HANDLE = /^([a-z]{3}_\w{6})(?:[\s:,#]+(.+))?$/s;
const NUMBERS = /^#?[mtgq]?\d{1,6}(?:\s*[,;\s]\s*#?[mtgq]?\d{1,6})*$/i;
const numbersIn = (text: string): string[] => text.split(/[,;\s]+/).filter(Boolean);

/**
 * The ranges that words mean, in their order: sub-clips, whole clips, collections, handles of read_transcript, read_notes and
 * find_assets, ranges and numbers of notes of `own`. Throws `ToolError` for words that mean none.
 */
export async function piecesOf(context: Context, cut: readonly string[], own: Subject | undefined): Promise<Pieces> {
  const quiet = { ...context, progress: () => undefined };
  const { done, failed } = await each(cut, quiet, (element) => pieceOf(context, element.trim(), own), {
    untimed: true,
  });
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
    notes: all.flatMap(({ notes }) => notes),
  };
}

const only = (...pieces: readonly Piece[]): Pieces => ({ pieces, leftOut: [], notes: [] });

async function pieceOf(context: Context, element: string, own: Subject | undefined): Promise<Pieces> {
  const [, handle, rest] = HANDLE.exec(element) ?? [];
  const kind = handle === undefined ? undefined : context.handles.kindOf(handle);
  if (handle !== undefined && (kind || rest === undefined)) return ofHandle(context, handle, rest, element);
  if (own && isTimeRange(element)) return only(rangeOf(own, element, element));
  if (own && NUMBERS.test(element)) return ofNumbers(context, own, numbersIn(element), undefined, element);
  const split = splitRange(element);
  if (split) {
    const subject = await subjectOf(context, split.words);
    if (subject.type === 'SUBCLIP')
      throw new ToolError(
        `${inQuotes(subject.title)} is itself a sub-clip: name it whole, or a range of its original.`,
      );
    return only(rangeOf(subject, split.range, element));
  }
  if (isTimeRange(element)) throw new ToolError('the range is of no asset: give asset, or write "Title 12:04-12:31".');
  return ofName(context, element);
}

async function ofHandle(context: Context, handle: string, rest: string | undefined, again: string): Promise<Pieces> {
  const { handles } = context;
  const { prefix } = handles.kindOf(handle) ?? { prefix: handle.slice(0, 3) };
  if (prefix === SELECTION.prefix) {
    const { docs } = await documentsOf(context, { selection: handle, ordered: true }, []);
    return ofAssets(
      context,
      docs.map(({ id = '', title = '' }) => ({ id: String(id), title })),
    );
  }
  if (prefix === THREADS.prefix) {
    const threads = handles.get(THREADS, handle, 'cut');
    const wanted = rest === undefined ? Object.keys(threads.ids).filter((one) => !one.includes('.')) : numbersIn(rest);
    const about = { id: threads.asset_id, title: threads.asset_id };
    return ofNumbers(context, await subjectAt(context, about, threads.version_id), wanted, threads, again);
  }
  if (prefix !== PLACES.prefix) refuseHandle(context, handle, 'an asset');
  const { asset_id, version_id, places } = handles.get(PLACES, handle, 'cut');
  return only(
    ...places.map(({ start, end, text }): Piece => ({ asset_id, version_id, start, end, name: text, again })),
  );
}

/** Notes with a range; a point has nothing to be cut. */
async function ofNumbers(
  context: Context,
  subject: Subject,
  wanted: readonly string[],
  handle: Threads | undefined,
  again: string,
): Promise<Pieces> {
  const all = await notesOf(context, subject.id, kindsOf(wanted));
  const notes = await numbered(context, ofVersion(all, subject.version?.id));
  const picked = pickNotes(context, subject, notes, wanted, handle);
  const isRanged = ({ start = 0, end = start }: (typeof picked)[number]): boolean => end > start;
  return {
    pieces: picked
      .filter(isRanged)
      .map(({ start = 0, end, text }): Piece => ({ ...about(subject), start, end, name: text, again })),
    leftOut: picked
      .filter((one) => !isRanged(one))
      .map((one) => `${numberedLine(one, subject, 60)}: a point without a range`),
    notes: [],
  };
}

const about = ({ id, version }: Subject) => ({ asset_id: id, ...(version && { version_id: version.id }) });

function rangeOf(subject: Subject, range: string, again: string): Piece {
  const { start, end } = parseTimeRange(range, subject.clip);
  return { ...about(subject), start, end, again };
}

/** `Matchday 12, full match 12:04-12:31` as its words and its range. */
function splitRange(element: string): { readonly words: string; readonly range: string } | undefined {
  for (const { index } of element.matchAll(/\s/g)) {
    const range = element.slice(index + 1);
    const words = element.slice(0, index).replace(/[\s,:]+$/, '');
    if (words !== '' && isTimeRange(range)) return { words, range };
  }
  return undefined;
}

/** An asset, or a collection where none is called so. */
async function ofName(context: Context, words: string): Promise<Pieces> {
  try {
    return await ofAssets(context, [await findAsset(context, words)]);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const found = await findCollection(context, words).catch((other: unknown) => {
      throw other instanceof NotFound ? error : other;
    });
    const { docs } = await documentsOf(context, { collection: found.id, ordered: true }, []);
    const byName = new Intl.Collator('en', { numeric: true });
    const sorted = docs
      .map(({ id = '', title = '' }) => ({ id: String(id), title }))
      .sort((a, b) => byName.compare(a.title, b.title));
    const read = await ofAssets(context, sorted);
    return { ...read, notes: [`${inQuotes(words)} → collection ${inQuotes(found.title)}, in the order of titles`] };
  }
}

/** Sub-clips as the ranges that they are, other assets whole. */
async function ofAssets(context: Context, assets: readonly Named[]): Promise<Pieces> {
  const quiet = { ...context, progress: () => undefined };
  const { done, failed } = await each(assets, quiet, ({ id }) => cutById(context, id), { untimed: true });
  if (failed[0]) throw failed[0].error;
  return only(
    ...done.map(({ item: { id, title }, result }): Piece => {
      if (!result) return { asset_id: id, start: 0, name: title, again: id };
      const { original, version, start, end } = result;
      return { asset_id: original, version_id: version, start, end, name: title, subclip: id, again: id };
    }),
  );
}
