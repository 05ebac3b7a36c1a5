import type { TranscriptSegment } from '../../../media/transcript_segment.ts';
import { searchKey } from '../../../text/compare.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { transcriptions } from '../../operations/transcriptions.ts';
import type { Context } from '../../types.ts';
import { type Segment, segmentsOf } from '../segments/segments.ts';
import { type Subject, versionLabel } from '../subject.ts';

/** What is said in one version of an asset, in one language. */
export interface Transcript {
  /** Absent where the lines belong to no transcription. */
  readonly id?: string;
  readonly language: string;
  /** Languages of the other transcripts of this version. */
  readonly others: readonly string[];
  readonly segments: readonly TranscriptSegment[];
  /** A name for each number that a speaker has. */
  readonly speakers: Readonly<Record<string, string>>;
  /** Which transcription was chosen, where there are several in one language. */
  readonly notes: readonly string[];
}

interface Properties {
  readonly id?: string | undefined;
  readonly language?: string | undefined;
  readonly speaker_labels?: Readonly<Record<string, string>> | undefined;
}

/**
 * The transcript in the language that is named (a tag, a name or the id of the transcription), else in the language
 * that was transcribed first; of several in one language the newest. Throws `ToolError` with the languages and versions
 * there are.
 */
export async function transcriptOf(context: Context, subject: Subject, language?: string): Promise<Transcript> {
  const { id: asset_id, version } = subject;
  const { objects } = version
    ? await context.use(transcriptions.tools.list_transcriptions, { asset_id, version_id: version.id })
    : { objects: [] };
  const candidates = choose(context, objects, subject, language);
  const transcription_id = candidates.length === 1 ? candidates[0]?.id : undefined;
  const filter = { segment_type: 'TRANSCRIPTION', version_id: version?.id, transcription_id };
  const runs = runsOf(await segmentsOf(context, asset_id, filter)).filter(
    ({ id }) => candidates.length === 0 || candidates.some((one) => one.id === id),
  );
  const [newest] = runs;
  if (!newest) throw new ToolError(noneOf(subject));
  const chosen = candidates.find((one) => one.id === newest.id);
  const tag = chosen?.language ?? 'unknown';
  const others = objects.map(({ language: other = 'unknown' }) => other).filter((other) => other !== tag);
  return {
    ...(chosen?.id && { id: chosen.id }),
    language: tag,
    others: [...new Set(others)],
    segments: newest.segments as readonly TranscriptSegment[],
    speakers: speakersOf(newest.segments, chosen?.speaker_labels),
    notes: runs.length > 1 ? [severalRuns(runs, chosen && tag)] : [],
  };
}

/** The records of the language that is meant: several where it was transcribed again, none where there are no records. */
function choose(
  { offers }: Context,
  all: readonly Properties[],
  { version, title }: Subject,
  language?: string,
): readonly Properties[] {
  const inLanguageOf = (one: Properties) => all.filter((other) => other.language === one.language);
  if (language === undefined) {
    const first = version?.languages.find((tag) => all.some((one) => one.language === tag));
    const one = all.find((candidate) => candidate.language === first) ?? all[0];
    return one ? inLanguageOf(one) : [];
  }
  const meant = all.find(({ id }) => id === language);
  if (meant) return [meant];
  const named =
    all.find(({ language: tag = '' }) => tag === language) ??
    all.find(({ language: tag }) => tag !== undefined && means(language, tag));
  if (named) return inLanguageOf(named);
  const way = offers('create_transcription')
    ? ': create_transcription starts that'
    : offers('find_operations')
      ? '; find_operations finds how to start that, or to add subtitles that somebody has translated'
      : '';
  const known = [...new Set(all.map(({ language: tag = 'unknown' }) => tag))].join(', ') || 'none';
  throw new ToolError(
    `${inQuotes(title)} has no transcript in "${language}". Languages of this version: ${known}. Iconik writes down what is spoken and does not translate${way}.`,
  );
}

/** The segments of one transcription. */
interface Run {
  readonly id: string | undefined;
  /** Of the newest segment, in milliseconds since 1970; -Infinity where none has a date. */
  readonly date: number;
  readonly segments: readonly Segment[];
}

/** Segments by transcription, the newest first: Iconik keeps those of an earlier transcription when it is run again. */
function runsOf(segments: readonly Segment[]): Run[] {
  const runs = new Map<string | undefined, Segment[]>();
  for (const segment of segments) {
    const run = runs.get(segment.transcription_id) ?? [];
    runs.set(segment.transcription_id, run);
    run.push(segment);
  }
  const dateOf = ({ date_created = '' }: Segment) => Date.parse(date_created) || Number.NEGATIVE_INFINITY;
  return [...runs]
    .map(([id, own]) => ({
      id,
      date: own.reduce((latest, one) => Math.max(latest, dateOf(one)), -Infinity),
      segments: own,
    }))
    .sort((a, b) => Number(b.date > a.date) - Number(b.date < a.date));
}

/** `2 transcripts in en: this is the newest, of 2025-09-09. Older: 2025-09-02 (language: id).` */
function severalRuns(runs: readonly Run[], language: string | undefined): string {
  const day = ({ date }: Run) => (Number.isFinite(date) ? new Date(date).toISOString().slice(0, 10) : 'no date');
  const [newest, ...older] = runs as [Run, ...Run[]];
  const which = language === undefined ? 'without a language' : `in ${language}`;
  const rest = older.map((run) => `${day(run)}${language === undefined ? '' : ` (language: ${run.id})`}`);
  return `${runs.length} transcripts ${which}: this is the newest, of ${day(newest)}. Older: ${rest.join(', ')}.`;
}

/** Whether words name a language: `pt-BR` means pt where there is only that, and so do Portuguese and português. */
function means(words: string, tag: string): boolean {
  const [primary = tag] = tag.toLowerCase().split(/[-_]/);
  const names = ['en', primary].flatMap((inLanguage) => {
    try {
      return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(primary) ?? [];
    } catch {
      return [];
    }
  });
  const wanted = searchKey(words);
  return names.map(searchKey).includes(wanted) || wanted.split(/[-_]/)[0] === primary;
}

/** Labels where there are, else `Speaker 1`: people count from one, transcriptions from zero. */
function speakersOf(segments: readonly Segment[], labels: Readonly<Record<string, string>> = {}) {
  const numbers = segments.flatMap(({ transcription }) => {
    const speaker = (transcription as { readonly speaker?: unknown } | undefined)?.speaker;
    return speaker === undefined || speaker === null ? [] : [String(speaker)];
  });
  const first = numbers.includes('0') ? 1 : 0;
  return Object.fromEntries(
    [...new Set(numbers)].map((number) => {
      const count = Number(number);
      const own = Object.hasOwn(labels, number) ? labels[number]?.trim() : '';
      return [number, own || (Number.isInteger(count) ? `Speaker ${count + first}` : number)];
    }),
  );
}

function noneOf(subject: Subject): string {
  const others = subject.versions.filter((one) => one !== subject.version && one.languages.length > 0);
  const where = others.map((one) => `${one.name} (${one.languages.join(', ')})`).join(', ');
  return `${inQuotes(subject.title)} (${versionLabel(subject)}) has no transcript.${where ? ` With one: ${where}.` : ' Nor has another version.'}`;
}

/** The other versions that have a transcript: `v2 (en, pt)`. */
export const otherVersions = ({ versions, version }: Subject): string[] =>
  versions
    .filter((one) => one !== version && one.languages.length > 0)
    .map((one) => `${one.name} (${one.languages.join(', ')})`);
