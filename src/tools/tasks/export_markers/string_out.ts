import { type CutEvent, layOut, MAX_EVENTS, toCutEdl } from '../../../media/cut_list.ts';
import type { FrameRate } from '../../../media/rate.ts';
import { formatFrameRate } from '../../../media/timecode.ts';
import { formatDuration } from '../../../media/units.ts';
import { clean } from '../../../text/clean.ts';
import { firstOf, plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { countFittingLines, shorten, truncate } from '../../../text/tokens.ts';
import { attachDocument } from '../../documents.ts';
import { ToolError } from '../../errors.ts';
import { marginOf } from '../../library/media/margin.ts';
import { rightsOfCut } from '../../library/plans/rights.ts';
import { titleOf, toldApart } from '../../library/plans/titles.ts';
import { openNotes } from '../../library/segments/open_notes.ts';
import { subjectOf } from '../../library/subject.ts';
import { each } from '../../run/each.ts';
import { showing } from '../../run/notes.ts';
import { createReport } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { awayNote, leftOutNotes, MAX_LISTED, otherRates, reelNote, wordsNote } from './cut_notes.ts';
import { piecesOf } from './pieces.ts';
import { listed, type Placed } from './sources.ts';

interface Asked {
  readonly cut: readonly string[];
  readonly asset?: string | undefined;
  readonly version?: string | undefined;
  /** Added before and after each. */
  readonly margin?: string | undefined;
}

const MAX_LINES_TOKENS = 2_500;
const MAX_NAME = 80;
const MAX_TITLE = 200;

/** Lays ranges one behind the other as an EDL (CMX 3600), and says what is open or not cleared in them. */
export async function stringOut(context: Context, { cut, asset, version, margin }: Asked) {
  const own = asset === undefined ? undefined : await subjectOf(context, asset, version);
  const read = await piecesOf(context, cut, own, marginOf(margin, own?.clip ?? {}));
  if (read.pieces.length > MAX_EVENTS)
    throw new ToolError(`cut: ${read.pieces.length} ranges; an EDL (CMX 3600) numbers at most ${MAX_EVENTS}.`);
  const report = createReport(context);
  const list = await listed(context, report, read.pieces);
  const leftOut = [...read.leftOut, ...list.leftOut];
  const title = own?.title ?? 'String-out';
  if (!list.rate)
    return { title, total: 0, notes: ['Nothing can be cut: no document was written.', ...leftOutNotes(leftOut)] };
  const cuts = list.placed.map(({ cut: one }) => one);
  const events = layOut(cuts, list.rate);
  const text = toCutEdl(clean(truncate(title, MAX_TITLE)), cuts, list.rate);
  const uri = own ? `iconik://asset/${own.id}/cut.edl` : 'iconik://cut.edl';
  const made = { of: plural(events.length, 'range'), advice: 'Make two lists.' };
  attachDocument(context, { uri, mimeType: 'text/plain', text }, made);
  const placed = placedApart(list.placed);
  const looked = await lookedAt(context, placed);
  const lines = events.map((event, n) => lineOf(event, placed[n] as Placed, looked.open[n]));
  const shown = countFittingLines(lines, 0, MAX_LINES_TOKENS);
  const marked = events.filter((_, n) => looked.open[n]).map(({ number }) => number);
  return {
    title,
    total: events.length,
    uri,
    preview: lines.slice(0, shown),
    notes: [
      formNote(events, list.rate),
      ...read.notes.slice(0, MAX_LISTED),
      ...(lines.length > shown ? [showing(shown, lines.length)] : []),
      ...(marked.length > 0 ? [`Open comments lie on cuts: ${firstOf(marked, MAX_NUMBERS, String)}.`] : []),
      ...looked.notes,
      ...reelNote(cuts, events),
      ...awayNote(list.placed),
      ...(margin === undefined ? wordsNote(read.pieces) : []),
      ...otherRates(list, { asset, version, margin }),
      ...leftOutNotes(leftOut),
      ...report.notes,
    ],
  };
}

/** Numbers of events that a note lists. */
const MAX_NUMBERS = 30;

function formNote(events: readonly CutEvent[], rate: FrameRate): string {
  const frames = events.reduce((sum, one) => sum + one.frames, 0);
  const long = formatDuration((frames * 1_000 * rate.denominator) / rate.numerator);
  return `EDL (CMX 3600) at ${formatFrameRate(rate)}: ${plural(events.length, 'cut')}, ${long} in all, record from ${events[0]?.record[0]} on without gaps.`;
}

function lineOf({ number, source, record }: CutEvent, { piece, subject }: Placed, open: string | undefined): string {
  const name = piece.name ? `${inQuotes(shorten(piece.name, MAX_NAME))} of ` : '';
  const line = `${number}: ${source.join('-')} ${name}${titleOf(subject)} → ${record[0]}`;
  return open ? `${line}, ${open}` : line;
}

/** The ranges, whose assets say what tells them from others of their title. */
function placedApart(placed: readonly Placed[]): Placed[] {
  const subjects = toldApart(placed.map(({ subject }) => subject));
  return placed.map((one, index) => ({ ...one, subject: subjects[index] ?? one.subject }));
}

/** Open comments on each range, those on the sub-clip itself included, and the rights of what is cut. */
async function lookedAt(context: Context, placed: readonly Placed[]) {
  const originals = new Map(placed.map(({ subject }) => [`${subject.id} ${subject.version?.id}`, subject]));
  const quiet = { ...context, progress: () => undefined };
  const subclips = [...new Set(placed.flatMap(({ piece }) => piece.subclip ?? []))];
  const read = await each(
    [
      ...[...originals].map(([key, { id, version, versions, title, apart }]) => ({
        ...{ key, id, version: version?.id, versions },
        title: titleOf({ id, title, apart }),
      })),
      ...subclips.map((id) => ({ key: id, id, version: undefined, versions: [], title: undefined })),
    ],
    quiet,
    ({ id, version, versions }) => openNotes(context, id, version, versions),
  );
  const known = new Map(read.done.map(({ item, result }) => [item.key, result]));
  const ids = [...new Set([...placed.map(({ subject }) => subject.id), ...subclips])];
  const rights = await rightsOfCut(context, ids);
  const about = read.done.flatMap(({ item: { title }, result }) =>
    title === undefined ? [] : result.notes.map((note) => `${title}: ${note}`),
  );
  return {
    open: placed.map(({ piece, subject, cut }) => {
      const onOriginal = known.get(`${subject.id} ${subject.version?.id}`)?.at(cut.start, cut.end);
      const onSubclip = piece.subclip === undefined ? undefined : known.get(piece.subclip);
      const own = [onSubclip?.at(0, Number.POSITIVE_INFINITY), ...(onSubclip?.notes ?? [])].filter(Boolean).join(' ');
      return [onOriginal, own && `on the sub-clip itself: ${own}`].filter(Boolean).join(', ') || undefined;
    }),
    notes: [
      ...about.slice(0, MAX_LISTED),
      ...(about.length > MAX_LISTED ? [`The same of ${about.length - MAX_LISTED} other assets: read_notes.`] : []),
      ...(read.rest.length > 0
        ? [`Open comments of ${read.rest.length} assets were not read: the time was over.`]
        : []),
      ...rights,
    ],
  };
}
