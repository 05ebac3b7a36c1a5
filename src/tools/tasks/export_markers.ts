import * as z from 'zod';
import { MARKER_FORMATS, type Marker, type MarkerFormat } from '../../media/markers/index.ts';
import { oneLine } from '../../media/markers/marker.ts';
import { type Clip, parseTimeRange } from '../../media/time.ts';
import { formatTimecode } from '../../media/timecode.ts';
import { shorten } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { ToolError } from '../errors.ts';
import { oneAsset, oneVersion } from '../library/selection.ts';
import { olderOf, type Subject, subjectOf } from '../library/subject.ts';
import { segments } from '../operations/segments.ts';
import { free, integer, strings, text } from '../params.ts';
import type { Context } from '../types.ts';

const KINDS = ['COMMENT', 'MARKER', 'QC', 'TAG', 'GENERIC', 'SCENE', 'PERSON'] as const;
type Kind = (typeof KINDS)[number];

const FORMATS = ['edl', 'csv', 'srt', 'vtt', 'fcpxml'] as const satisfies readonly MarkerFormat[];

const DEFAULT: readonly Kind[] = ['COMMENT', 'MARKER'];

const PAGE = 1_000;
/** Characters of a document: hosts refuse answers of a megabyte. */
const LONGEST = 700_000;
/** Lines and characters of the preview. */
const LINES = 5;
const SHOWN = 80;

export const export_markers = task({
  title: 'Export markers',
  description:
    'Write comments and markers of an asset as a document for editing: EDL for Resolve, FCPXML, CSV, SRT or WebVTT, with the right start timecode and drop frame. It comes as a resource beside a short preview with counts. To read comments here use read_comments.',
  effect: 'read',
  roles: ['can_read_segments', 'can_read_assets'],
  input: {
    asset: oneAsset,
    format: z.enum(FORMATS).optional().describe('Default edl.'),
    kinds: z.array(z.enum(KINDS)).min(1).optional().describe('Default COMMENT and MARKER.'),
    open_only: z.boolean().optional().describe('Only comments and QC notes not ticked off. Default false.'),
    replies: z.boolean().optional().describe('Replies below their comment, in its text. Default false.'),
    between: z.string().min(1).optional().describe('Only this range, e.g. 12:04-20:00 (mm:ss) or timecodes.'),
    version: oneVersion,
  },
  output: { title: text, total: integer, counts: free, uri: text, preview: strings, notes: strings },
  run: async ({ asset, format = 'edl', kinds = DEFAULT, between, version, ...how }, context) => {
    const subject = await subjectOf(context, asset, version);
    const { id, title, clip } = subject;
    const all = await segmentsOf(context, subject, [...new Set(kinds)]);
    const range = between === undefined ? undefined : parseTimeRange(between, clip);
    const kept = all
      .filter(({ segment_checked }) => !how.open_only || segment_checked !== true)
      .filter((one) => isTop(one) && (!range || isWithin(one, range)));
    const replies = all.filter((one) => !isTop(one));
    const markers = kept.map((one) => markerOf(one, how.replies ? replies : []));
    const timeless = kept.filter(({ time_start_milliseconds: start }) => start === undefined).length;
    const notes = [
      ...(timeless > 0 ? [`${timeless} about the whole clip, without a time: put on its first frame.`] : []),
      ...(replies.length > 0 && !how.replies ? [`Replies left out: ${replies.length}. replies: true adds them.`] : []),
    ];
    const counts = countsOf(kept);
    if (markers.length === 0) {
      return {
        title,
        total: 0,
        notes: [
          `Nothing of ${kinds.join(', ')} fits${all.length > 0 ? `, of ${all.length} there` : ''}: no document was written.`,
        ],
      };
    }
    const { mime, extension, label, write } = MARKER_FORMATS[format];
    const document = write({ title, markers, ...clip });
    if (document.length > LONGEST) {
      throw new ToolError(
        `${markers.length} markers make a document of ${document.length} characters, at most ${LONGEST} can be handed over: narrow it with between or kinds.`,
      );
    }
    const uri = `iconik://asset/${id}/markers.${extension}`;
    context.attach({ kind: 'document', uri, mimeType: mime, text: document });
    return {
      title,
      total: markers.length,
      counts,
      uri,
      preview: previewOf(markers, clip),
      notes: [`${label}; ${startOf(clip, format)}`, ...notes],
    };
  },
});

type Segment = Awaited<ReturnType<typeof pageOf>>['objects'][number];

const pageOf = (context: Context, subject: Subject, segment_type: Kind, page: number) =>
  context.use(segments.tools.list_segments, {
    asset_id: subject.id,
    segment_type,
    include_users: true,
    page,
    per_page: PAGE,
    version_id: olderOf(subject),
  });

/** All segments of some kinds; Iconik's list takes one kind at a time. */
async function segmentsOf(context: Context, subject: Subject, kinds: readonly Kind[]): Promise<Segment[]> {
  const lists = await Promise.all(
    kinds.map(async (kind) => {
      const found = new Map<string, Segment>();
      for (let page = 1; ; page += 1) {
        const { objects } = await pageOf(context, subject, kind, page);
        const before = found.size;
        for (const one of objects) found.set(one.id ?? `${page}/${found.size}`, one);
        if (objects.length < PAGE || found.size === before) return [...found.values()];
      }
    }),
  );
  return lists.flat().filter(({ status }) => status !== 'DELETED');
}

const isTop = ({ parent_id, top_level }: Segment): boolean => !parent_id && top_level !== false;

function isWithin(
  { time_start_milliseconds: start, time_end_milliseconds: end = start }: Segment,
  range: { readonly start: number; readonly end: number },
): boolean {
  return start !== undefined && end !== undefined && start <= range.end && end >= range.start;
}

/** Comments and QC notes can be ticked off, nothing else. */
const canBeDone = ({ segment_type }: Segment): boolean => segment_type === 'COMMENT' || segment_type === 'QC';

function markerOf(one: Segment, replies: readonly Segment[]): Marker {
  const { time_start_milliseconds: start = 0, time_end_milliseconds: end = start, segment_text = '', author } = one;
  const answers = replies
    .filter(({ parent_id }) => parent_id === one.id)
    .map((reply) => `${reply.author ?? 'reply'}: ${reply.segment_text ?? ''}`);
  return {
    start,
    end: Math.max(start, end),
    text: [segment_text, ...answers].join('\n'),
    kind: (one.segment_type ?? 'marker').toLowerCase(),
    ...(author && { author }),
    ...(one.segment_color && { color: one.segment_color }),
    ...(canBeDone(one) && { done: one.segment_checked === true }),
  };
}

function countsOf(kept: readonly Segment[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { segment_type = 'other' } of kept) counts[segment_type] = (counts[segment_type] ?? 0) + 1;
  const tickable = kept.filter(canBeDone);
  if (tickable.length > 0) counts.open = tickable.filter(({ segment_checked }) => segment_checked !== true).length;
  return counts;
}

function previewOf(markers: readonly Marker[], { clock }: Clip): string[] {
  return [...markers]
    .sort((a, b) => a.start - b.start)
    .slice(0, LINES)
    .map(({ start, author, text: words }) => {
      const line = `${formatTimecode(start, clock)} ${author ? `${author}: ` : ''}${oneLine(words)}`;
      return shorten(line, SHOWN);
    });
}

function startOf({ clock }: Clip, format: MarkerFormat): string {
  if (format === 'srt' || format === 'vtt') return 'times from the first frame';
  if (!clock) return 'times from the first frame: its frame rate is not known';
  return `the first frame is ${formatTimecode(0, clock)}${clock.rate.drop ? ', drop frame' : ''}`;
}
