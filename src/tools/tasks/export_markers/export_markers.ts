import * as z from 'zod';
import { MARKER_FORMATS, type Marker, type MarkerFormat } from '../../../media/markers/index.ts';
import { oneLine } from '../../../media/markers/marker.ts';
import { type Clip, parseTimeRange } from '../../../media/time.ts';
import { formatTimecode } from '../../../media/timecode.ts';
import { clean } from '../../../text/clean.ts';
import { plural } from '../../../text/english.ts';
import { shorten, truncate } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { attachDocument } from '../../documents.ts';
import { MAX_NOTE_LENGTH } from '../../library/segments/notes.ts';
import { type Segment, segmentsOf } from '../../library/segments/segments.ts';
import { oneAsset, oneVersion } from '../../library/selection.ts';
import { olderOf, type Subject, subjectOf } from '../../library/subject.ts';
import { free, integer, strings, text } from '../../params.ts';
import type { Context } from '../../types.ts';
import { stringOut } from './string_out.ts';

const KINDS = ['COMMENT', 'MARKER', 'QC', 'TAG', 'GENERIC', 'SCENE', 'PERSON'] as const;
type Kind = (typeof KINDS)[number];

const FORMATS = Object.keys(MARKER_FORMATS) as [MarkerFormat, ...MarkerFormat[]];

/** Excel takes a comma for a delimiter only where numbers have a decimal point. */
const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;

const DEFAULT_KINDS: readonly Kind[] = ['COMMENT', 'MARKER'];

/** Characters of the text of a marker. */
const MAX_TEXT = MAX_NOTE_LENGTH;
const PREVIEW_LINES = 5;
const PREVIEW_LINE_LENGTH = 80;

export const export_markers = task({
  title: 'Export markers',
  description:
    'Export comments and markers of an asset as a document for an editing system: EDL for Resolve, XML for Premiere, FCPXML, Avid, CSV, SRT, WebVTT, chapters; with cut a string-out EDL (CMX 3600) of sub-clips and ranges. In the chat: read_notes.',
  effect: 'read',
  attaches: true,
  roles: ['can_read_segments', 'can_read_assets'],
  input: {
    asset: oneAsset.optional(),
    cut: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('In order: sub-clips, collections, handles, "Title 12:04-12:31"; m3 of asset.'),
    format: z.enum(FORMATS).optional().describe('Default edl.'),
    delimiter: z.enum(['comma', 'semicolon', 'tab']).optional().describe('Of csv.'),
    kinds: z.array(z.enum(KINDS)).min(1).optional().describe('Default COMMENT and MARKER.'),
    open_only: z.boolean().optional().describe('Not what is ticked off.'),
    replies: z.boolean().optional().describe('Add replies.'),
    between: z.string().min(1).optional().describe('e.g. 12:04-20:00.'),
    version: oneVersion,
  },
  output: { title: text, total: integer, counts: free, uri: text, preview: strings, notes: strings },
  validate: ({ asset, version, cut, format = 'edl', delimiter, ...ofMarkers }) => {
    if (delimiter && format !== 'csv') return `delimiter: ${format} has none. Leave it out, or give format csv.`;
    if (cut === undefined)
      return asset === undefined ? 'asset is missing: give an id, title or file name; or ranges in cut.' : undefined;
    if (format !== 'edl')
      return `format: cut is written as edl alone. Leave out format, or cut for markers as ${format}.`;
    const [given] = Object.entries(ofMarkers).find(([, value]) => value !== undefined) ?? [];
    if (given) return `${given}: it is for markers. With cut leave it out.`;
    return version !== undefined && asset === undefined ? 'version: give its asset, too.' : undefined;
  },
  run: async ({ asset = '', cut, format = 'edl', kinds = DEFAULT_KINDS, ...args }, context) => {
    if (cut) return stringOut(context, { cut, asset: asset || undefined, version: args.version });
    const { between, version, open_only, replies, delimiter = 'comma' } = args;
    const subject = await subjectOf(context, asset, version);
    const { id, title, clip } = subject;
    const range = between === undefined ? undefined : parseTimeRange(between, clip);
    const all = await segmentsOfKinds(context, subject, [...new Set(kinds)]);
    const kept = all
      .filter(({ segment_checked }) => !open_only || segment_checked !== true)
      .filter((one) => isTopLevel(one) && (!range || isWithin(one, range)));
    if (kept.length === 0) {
      const which = `Nothing of kind ${kinds.join(' or ')} matches${all.length > 0 ? ` (${all.length} exist)` : ''}`;
      return { title, total: 0, notes: [`${which}: no document was written.`] };
    }
    const answers = all.filter((one) => !isTopLevel(one));
    const markers = kept.map((one) => markerOf(one, replies ? answers : []));
    const untimed = kept.filter(({ time_start_milliseconds: start }) => start === undefined).length;
    const long = kept.filter(({ segment_text = '' }) => segment_text.length > MAX_TEXT).length;
    const { mime, extension, label, write, notes } = MARKER_FORMATS[format];
    const list = { title: clean(truncate(title, MAX_TEXT)), markers, ...clip, delimiter: DELIMITERS[delimiter] };
    const document = write(list);
    const uri = `iconik://asset/${id}/markers.${extension}`;
    const made = { of: plural(markers.length, 'marker'), advice: 'Narrow it with between or kinds.' };
    attachDocument(context, { uri, mimeType: mime, text: document }, made);
    return {
      title,
      total: markers.length,
      counts: countsOf(kept),
      uri,
      preview: previewOf(markers, clip),
      notes: [
        `${label}; ${timeBase(clip, format)}.`,
        ...(format === 'srt' || format === 'vtt' ? [captionsNote(context)] : []),
        ...(notes?.(list) ?? []),
        ...(long > 0 ? [`${plural(long, 'text')} longer than ${MAX_TEXT} characters: cut there.`] : []),
        ...(untimed > 0 ? [`${untimed} about the whole clip, without a time: placed on the first frame.`] : []),
        ...(open_only ? untickableNote(kept) : []),
        ...(answers.length > 0 && !replies ? [`Replies left out: ${answers.length}. replies: true adds them.`] : []),
      ],
    };
  },
});

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
