import * as z from 'zod';
import { breaches, type CaptionShape, type Cue, captionCues, cutWords } from '../../media/captions/cues.ts';
import { captionsSrt, captionsVtt } from '../../media/captions/write.ts';
import type { Clip } from '../../media/time.ts';
import { formatElapsed, formatTimecode, splitTimecode } from '../../media/timecode.ts';
import { type SpokenWord, spokenWords } from '../../media/words.ts';
import { clean } from '../../text/clean.ts';
import { plural } from '../../text/english.ts';
import { oneLine } from '../../text/quote.ts';
import { task } from '../define.ts';
import { attachDocument } from '../documents.ts';
import { ToolError } from '../errors.ts';
import { coverageOf, gapNotes } from '../library/media/coverage.ts';
import { transcriptOf } from '../library/media/transcript.ts';
import { oneAsset, oneVersion } from '../library/selection.ts';
import { subjectOf, versionLabel } from '../library/subject.ts';
import { integer, strings, text } from '../params.ts';

const PREVIEW_LINES = 4;
const PREVIEW_LINE_LENGTH = 100;
/** Characters of a speaker's name in a caption. */
const MAX_NAME_LENGTH = 60;

const FORMATS = {
  srt: { label: 'SubRip', mime: 'application/x-subrip', write: captionsSrt },
  vtt: { label: 'WebVTT', mime: 'text/vtt', write: captionsVtt },
} as const;

/** A number within limits that an error tells: listed, they would cost every session tokens. */
const within = (min: number, max: number, description: string) =>
  z
    .number()
    .refine((value) => value >= min && value <= max, { error: `must be from ${min} to ${max}` })
    .optional()
    .describe(description);

export const export_captions = task({
  title: 'Export captions',
  description:
    'Export captions or subtitles of what is said, from the transcript in a language, as an SRT or WebVTT file. For comments and markers use export_markers.',
  effect: 'read',
  attaches: true,
  roles: ['can_read_segments', 'can_read_transcriptions', 'can_read_assets'],
  input: {
    asset: oneAsset,
    language: z.string().optional().describe('e.g. pt. Default: the first.'),
    format: z.enum(['srt', 'vtt']).optional().describe('Default srt.'),
    line_length: within(10, 100, 'Characters a line. Default 42.'),
    lines: within(1, 4, 'Lines a caption. Default 2.'),
    reading_speed: within(5, 50, 'Characters a second. Default 17.'),
    shortest: within(0.2, 5, 'Seconds. Default 1.'),
    longest: within(1, 30, 'Seconds. Default 7.'),
    speakers: z.boolean().optional().describe('Name who speaks.'),
    times: z.enum(['media', 'timecode']).optional().describe('timecode: from the start timecode.'),
    version: oneVersion,
  },
  output: {
    title: text,
    version: text,
    language: text,
    coverage: text,
    other_languages: strings,
    total: integer,
    uri: text,
    preview: strings,
    notes: strings,
  },
  validate: ({ shortest = 1, longest = 7 }) =>
    shortest > longest ? `shortest: ${shortest} s is more than longest, ${longest} s.` : undefined,
  run: async ({ asset, language, version, format = 'srt', times = 'media', speakers = false, ...args }, context) => {
    const subject = await subjectOf(context, asset, version);
    const transcript = await transcriptOf(context, subject, language);
    const shape = { ...shapeOf(args), language: transcript.language };
    const words = spokenWords(transcript.segments).map((word) => ({ ...word, text: clean(word.text) }));
    const cues = captionCues(words, shape);
    if (cues.length === 0) throw new ToolError(`The transcript in ${transcript.language} has no words.`);
    const { label, mime, write } = FORMATS[format];
    const offset = times === 'timecode' ? startOf(subject.clip) : 0;
    const names = Object.entries(transcript.speakers).map(
      ([number, name]) => [number, oneLine(name, MAX_NAME_LENGTH)] as const,
    );
    const document = write(cues, { offset, ...(speakers && { speakers: Object.fromEntries(names) }) });
    const uri = `iconik://asset/${subject.id}/captions.${encodeURIComponent(transcript.language)}.${format}`;
    attachDocument(context, { uri, mimeType: mime, text: document }, { of: plural(cues.length, 'caption') });
    return {
      title: subject.title,
      version: versionLabel(subject),
      language: transcript.language,
      coverage: coverageOf(subject, transcript),
      ...(transcript.others.length > 0 && { other_languages: [...transcript.others] }),
      total: cues.length,
      uri,
      preview: cues
        .slice(0, PREVIEW_LINES)
        .map(
          ({ start, lines }) => `${formatElapsed(start + offset)} ${oneLine(lines.join(' | '), PREVIEW_LINE_LENGTH)}`,
        ),
      notes: [
        `${label}; ${times === 'media' ? 'times from the first frame' : `the first frame is ${formatElapsed(offset)}, its start timecode; from there real time`}.`,
        ...shapeNotes(words, cues, shape),
        ...(speakers ? ['Names are added to the lines: these may be longer.'] : []),
        ...(await gapNotes(context, subject, transcript)),
        ...transcript.notes,
        'The words are as transcribed: read them over before they are published.',
      ],
    };
  },
});

/** What captions are like, and where they could not be as asked for. */
function shapeNotes(words: readonly SpokenWord[], cues: readonly Cue[], shape: CaptionShape): string[] {
  const { lines, charactersPerLine, charactersPerSecond, shortest } = shape;
  const { fast, short } = breaches(cues, shape);
  const cut = cutWords(words, charactersPerLine);
  return [
    `At most ${lines} x ${charactersPerLine} characters, one speaker a caption, no overlaps.`,
    ...(fast > 0
      ? [`${fast} of ${cues.length} are faster than ${charactersPerSecond} characters a second: said faster than that.`]
      : []),
    ...(short > 0 ? [`${short} are shorter than ${shortest / 1000} s: the next one begins.`] : []),
    ...(cut > 0 ? [`${plural(cut, 'word')} longer than a line: cut.`] : []),
  ];
}

function shapeOf(args: {
  readonly line_length?: number | undefined;
  readonly lines?: number | undefined;
  readonly reading_speed?: number | undefined;
  readonly shortest?: number | undefined;
  readonly longest?: number | undefined;
}): CaptionShape {
  return {
    charactersPerLine: Math.round(args.line_length ?? 42),
    lines: Math.round(args.lines ?? 2),
    charactersPerSecond: args.reading_speed ?? 17,
    shortest: Math.round((args.shortest ?? 1) * 1000),
    longest: Math.round((args.longest ?? 7) * 1000),
  };
}

/** The start timecode as a time of day in milliseconds: `10:00:00:12` at 25 fps is 10:00:00.480. Throws `ToolError`. */
function startOf({ clock }: Clip): number {
  if (!clock)
    throw new ToolError('times: the start timecode is not known, since no proxy has a frame rate. Use times media.');
  const label = splitTimecode(formatTimecode(0, clock));
  if (!label) return 0;
  const { hours, minutes, seconds, frames } = label;
  return (hours * 3600 + minutes * 60 + seconds) * 1000 + Math.round((frames * 1000) / clock.rate.nominal);
}
