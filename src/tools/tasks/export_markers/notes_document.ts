import { lostNotes, MARKER_FORMATS, type MarkerFormat } from '../../../media/markers/index.ts';
import { type Clip, parseTimeRange } from '../../../media/time.ts';
import { formatTimecode } from '../../../media/timecode.ts';
import { clean } from '../../../text/clean.ts';
import { plural } from '../../../text/english.ts';
import { truncate } from '../../../text/tokens.ts';
import { attachDocument } from '../../documents.ts';
import { type Segment, segmentsOf } from '../../library/segments/segments.ts';
import { olderOf, type Subject, subjectOf } from '../../library/subject.ts';
import type { Context } from '../../types.ts';
import { type Asked, DEFAULT_KINDS, DELIMITERS, type Kind } from './asked.ts';
import { commentsElsewhere, type Elsewhere, elsewhereNote } from './elsewhere.ts';
import {
  countsOf,
  isTickable,
  isTopLevel,
  MAX_TEXT,
  markerOf,
  previewOf,
  repliesBelow,
  repliesLeft,
} from './note_markers.ts';

/** Writes the notes of one version as a document, and says what it has otherwise than Iconik. */
export async function exportNotes(context: Context, asked: Asked) {
  const { format = 'edl', delimiter = 'comma', between, open_only, replies } = asked;
  const subject = await subjectOf(context, asked.asset, asked.version);
  const { id, title, clip } = subject;
  const range = between === undefined ? undefined : parseTimeRange(between, clip);
  const kinds = [...new Set(asked.kinds ?? DEFAULT_KINDS)];
  const [all, others] = await Promise.all([
    segmentsOfKinds(context, subject, kinds),
    kinds.includes('COMMENT') ? commentsElsewhere(context, subject, open_only) : [],
  ]);
  const kept = all
    .filter(({ segment_checked }) => !open_only || segment_checked !== true)
    .filter((one) => isTopLevel(one) && (!range || isWithin(one, range)));
  if (kept.length === 0) return { title, total: 0, notes: nothingNotes(asked, kinds, all.length, others) };
  const answers = repliesBelow(all);
  const markers = kept.map((one) =>
    markerOf(one, replies ? (answers.get(one.id) ?? []) : [], replies === true && format === 'csv'),
  );
  const { mime, extension, label, write, notes } = MARKER_FORMATS[format];
  const list = { title: clean(truncate(title, MAX_TEXT)), markers, ...clip, delimiter: DELIMITERS[delimiter] };
  const uri = `iconik://asset/${id}/markers.${extension}`;
  const made = { of: plural(markers.length, 'marker'), advice: 'Narrow it with between or kinds.' };
  attachDocument(context, { uri, mimeType: mime, text: write(list) }, made);
  return {
    title,
    total: markers.length,
    counts: countsOf(kept),
    uri,
    preview: previewOf(markers, clip),
    notes: [
      `${label}; ${timeBase(clip, format)}.`,
      ...(format === 'srt' || format === 'vtt' ? [captionsNote(context)] : []),
      ...lostNotes(format, markers),
      ...(notes?.(list) ?? []),
      ...placeNotes(kept),
      ...(open_only ? untickableNote(kept) : []),
      ...elsewhereNote(others),
      ...(others.length > 0 && format === 'csv' ? ['version "all" has them, too.'] : []),
      ...(kept.some((one) => one.segment_type === 'COMMENT') ? [] : elsewhereCall(asked, others)),
      ...repliesLeft(all, replies),
    ],
  };
}

/** Why there is no document, and the call for another version that has what was asked for. */
function nothingNotes(asked: Asked, kinds: readonly Kind[], exist: number, others: readonly Elsewhere[]): string[] {
  const which = `Nothing of kind ${kinds.join(' or ')} matches${exist > 0 ? ` (${exist} exist)` : ''}`;
  return [`${which}: no document was written.`, ...elsewhereNote(others), ...elsewhereCall(asked, others)];
}

/** The same call for the newest other version with comments. */
function elsewhereCall(asked: Asked, others: readonly Elsewhere[]): string[] {
  const [next] = others.toReversed();
  return next ? [`For those of ${next.name}: export_markers ${JSON.stringify({ ...asked, version: next.name })}`] : [];
}

/** Where notes stand that have no place of their own, and which texts are cut. */
export function placeNotes(kept: readonly Segment[]): string[] {
  const untimed = kept.filter(({ time_start_milliseconds: start }) => start === undefined).length;
  const long = kept.filter(({ segment_text = '' }) => segment_text.length > MAX_TEXT).length;
  return [
    ...(long > 0 ? [`${plural(long, 'text')} longer than ${MAX_TEXT} characters: cut there.`] : []),
    ...(untimed > 0 ? [`${untimed} about the whole clip, without a time: placed on the first frame.`] : []),
  ];
}

/** All segments of some kinds; Iconik's list takes one kind at a time. */
async function segmentsOfKinds(context: Context, subject: Subject, kinds: readonly Kind[]): Promise<Segment[]> {
  const filter = { version_id: olderOf(subject), include_users: true };
  const read = (segment_type: Kind) => segmentsOf(context, subject.id, { segment_type, ...filter });
  return (await Promise.all(kinds.map(read))).flat();
}

function isWithin(
  { time_start_milliseconds: start, time_end_milliseconds: end = start }: Segment,
  range: { readonly start: number; readonly end: number },
): boolean {
  return start !== undefined && end !== undefined && start <= range.end && end >= range.start;
}

const captionsNote = ({ offers }: Context): string =>
  `Notes, not what is said${offers('export_captions') ? ': for captions use export_captions' : ''}.`;

export function untickableNote(kept: readonly Segment[]): string[] {
  const others = kept.filter((one) => !isTickable(one)).length;
  return others > 0
    ? [`open_only is about comments; ${others} others cannot be ticked off: kinds ["COMMENT"] leaves them out.`]
    : [];
}

function timeBase({ clock }: Clip, format: MarkerFormat): string {
  if (['srt', 'vtt', 'chapters'].includes(format)) return 'times from the first frame';
  if (!clock) return 'times from the first frame, since the frame rate is unknown';
  return `the first frame is ${formatTimecode(0, clock)}${clock.rate.drop ? ', drop frame' : ''}`;
}
