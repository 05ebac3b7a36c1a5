import { lostNotes, MARKER_FORMATS, type Marker, type MarkerFormat } from '../../../media/markers/index.ts';
import { oneLine } from '../../../media/markers/marker.ts';
import { type Clip, parseTimeRange } from '../../../media/time.ts';
import { formatTimecode } from '../../../media/timecode.ts';
import { clean } from '../../../text/clean.ts';
import { plural } from '../../../text/english.ts';
import { shorten, truncate } from '../../../text/tokens.ts';
import { attachDocument } from '../../documents.ts';
import { MAX_NOTE_LENGTH } from '../../library/segments/notes.ts';
import { type Segment, segmentsOf } from '../../library/segments/segments.ts';
import { olderOf, type Subject, subjectOf } from '../../library/subject.ts';
import type { Context } from '../../types.ts';
import { commentsElsewhere, type Elsewhere, elsewhereNote } from './elsewhere.ts';

export const KINDS = ['COMMENT', 'MARKER', 'QC', 'TAG', 'GENERIC', 'SCENE', 'PERSON'] as const;
type Kind = (typeof KINDS)[number];

/** Excel takes a comma for a delimiter only where numbers have a decimal point. */
const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;

const DEFAULT_KINDS: readonly Kind[] = ['COMMENT', 'MARKER'];

/** Characters of the text of a marker. */
const MAX_TEXT = MAX_NOTE_LENGTH;
const PREVIEW_LINES = 5;
const PREVIEW_LINE_LENGTH = 80;

interface Asked {
  readonly asset: string;
  readonly format?: MarkerFormat | undefined;
  readonly delimiter?: keyof typeof DELIMITERS | undefined;
  readonly kinds?: readonly Kind[] | undefined;
  readonly open_only?: boolean | undefined;
  readonly replies?: boolean | undefined;
  readonly between?: string | undefined;
  readonly version?: string | undefined;
}

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
  const answers = all.filter((one) => !isTopLevel(one));
  const markers = kept.map((one) => markerOf(one, replies ? answers : []));
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
      ...(kept.some((one) => one.segment_type === 'COMMENT') ? [] : elsewhereCall(asked, others)),
      ...(answers.length > 0 && !replies ? [`Replies left out: ${answers.length}. replies: true adds them.`] : []),
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
function placeNotes(kept: readonly Segment[]): string[] {
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

const isTopLevel = ({ parent_id, top_level }: Segment): boolean => !parent_id && top_level !== false;

function isWithin(
  { time_start_milliseconds: start, time_end_milliseconds: end = start }: Segment,
  range: { readonly start: number; readonly end: number },
): boolean {
  return start !== undefined && end !== undefined && start <= range.end && end >= range.start;
}

/** Only comments and QC notes can be ticked off. */
const isTickable = ({ segment_type }: Segment): boolean => segment_type === 'COMMENT' || segment_type === 'QC';

const captionsNote = ({ offers }: Context): string =>
  `Notes, not what is said${offers('export_captions') ? ': for captions use export_captions' : ''}.`;

function untickableNote(kept: readonly Segment[]): string[] {
  const others = kept.filter((one) => !isTickable(one)).length;
  return others > 0
    ? [`open_only is about comments; ${others} others cannot be ticked off: kinds ["COMMENT"] leaves them out.`]
    : [];
}

/** Writers guard what a text begins with: it is cleaned before them, or an invisible character would hide it. */
function markerOf(one: Segment, replies: readonly Segment[]): Marker {
  const { time_start_milliseconds: start = 0, time_end_milliseconds: end = start, segment_text = '', author } = one;
  const answers = replies
    .filter(({ parent_id }) => parent_id === one.id)
    .map((reply) => `${reply.author ?? 'reply'}: ${reply.segment_text ?? ''}`);
  return {
    start,
    end: Math.max(start, end),
    text: clean(truncate([segment_text, ...answers].join('\n'), MAX_TEXT)),
    kind: (one.segment_type ?? 'marker').toLowerCase(),
    ...(author && { author: clean(truncate(author, MAX_TEXT)) }),
    ...(one.segment_color && { color: clean(truncate(one.segment_color, MAX_TEXT)) }),
    ...(isTickable(one) && { done: one.segment_checked === true }),
  };
}

function countsOf(kept: readonly Segment[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { segment_type = 'other' } of kept) counts[segment_type] = (counts[segment_type] ?? 0) + 1;
  const tickable = kept.filter(isTickable);
  if (tickable.length > 0) counts.open = tickable.filter(({ segment_checked }) => segment_checked !== true).length;
  return counts;
}

function previewOf(markers: readonly Marker[], { clock }: Clip): string[] {
  return [...markers]
    .sort((a, b) => a.start - b.start)
    .slice(0, PREVIEW_LINES)
    .map(({ start, author, text: words }) => {
      const line = `${formatTimecode(start, clock)} ${author ? `${author}: ` : ''}${oneLine(words)}`;
      return shorten(line, PREVIEW_LINE_LENGTH);
    });
}

function timeBase({ clock }: Clip, format: MarkerFormat): string {
  if (['srt', 'vtt', 'chapters'].includes(format)) return 'times from the first frame';
  if (!clock) return 'times from the first frame, since the frame rate is unknown';
  return `the first frame is ${formatTimecode(0, clock)}${clock.rate.drop ? ', drop frame' : ''}`;
}
