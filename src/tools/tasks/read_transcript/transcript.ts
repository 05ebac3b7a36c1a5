import type { TranscriptSegment } from '../../../media/words.ts';
import { searchKey } from '../../../text/compare.ts';
import { ToolError } from '../../errors.ts';
import { type Segment, segmentsOf } from '../../library/segments/segments.ts';
import { type Subject, versionLabel } from '../../library/subject.ts';
import { transcriptions } from '../../operations/transcriptions.ts';
import type { Context } from '../../types.ts';

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
}

interface Properties {
  readonly id?: string | undefined;
  readonly language?: string | undefined;
  readonly speaker_labels?: Readonly<Record<string, string>> | undefined;
}

/**
 * The transcript in the language that is named (a tag, a name or the id of the transcription), else in the language
 * that was transcribed first. Throws `ToolError` with the languages and versions there are.
 */
export async function transcriptOf(context: Context, subject: Subject, language?: string): Promise<Transcript> {
  const { id: asset_id, version } = subject;
  const { objects } = version
    ? await context.use(transcriptions.tools.list_transcriptions, { asset_id, version_id: version.id })
    : { objects: [] };
  const chosen = choose(objects, subject, language);
  const filter = { segment_type: 'TRANSCRIPTION', version_id: version?.id, transcription_id: chosen?.id };
  const found = await segmentsOf(context, asset_id, filter);
  if (found.length === 0) throw new ToolError(noneOf(subject));
  return {
    ...(chosen?.id && { id: chosen.id }),
    language: chosen?.language ?? 'unknown',
    others: objects.filter((one) => one !== chosen).map(({ language: other = 'unknown' }) => other),
    segments: found as readonly TranscriptSegment[],
    speakers: speakersOf(found, chosen?.speaker_labels),
  };
}

function choose(all: readonly Properties[], { version, title }: Subject, language?: string): Properties | undefined {
  if (language === undefined) {
    const first = version?.languages.find((tag) => all.some((one) => one.language === tag));
    return all.find((one) => one.language === first) ?? all[0];
  }
  const meant = all.find(({ id, language: tag = '' }) => id === language || tag === language);
  const named = meant ?? all.find(({ language: tag }) => tag !== undefined && means(language, tag));
  if (named) return named;
  const known = all.map(({ language: tag = 'unknown' }) => tag).join(', ') || 'none';
  throw new ToolError(`"${title}" has no transcript in "${language}". Languages of this version: ${known}.`);
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
  return `"${subject.title}" (${versionLabel(subject)}) has no transcript.${where ? ` With one: ${where}.` : ' Nor has another version.'}`;
}

/** The other versions that have a transcript: `v2 (en, pt)`. */
export const otherVersions = ({ versions, version }: Subject): string[] =>
  versions
    .filter((one) => one !== version && one.languages.length > 0)
    .map((one) => `${one.name} (${one.languages.join(', ')})`);
