import { findPhrase, type PhraseMatch } from '../../../media/phrase.ts';
import { parseTime } from '../../../media/time.ts';
import { paragraphs } from '../../../media/transcript.ts';
import { wordOrigin } from '../../../media/transcript_segment.ts';
import { searchKey } from '../../../text/compare.ts';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { trimEnds } from '../../../text/trim.ts';
import { ToolError } from '../../errors.ts';
import { extentOf } from '../../library/media/coverage.ts';
import type { Transcript } from '../../library/media/transcript.ts';
import type { Places } from '../../library/segments/places.ts';
import { type Subject, when } from '../../library/subject.ts';
import { almost, merged, phrasesIn } from './phrases.ts';
import { speakerNamed } from './speakers.ts';

/** What of a transcript is asked for, and how much of it was shown. */
export interface Reading {
  readonly asset: string;
  readonly version?: string | undefined;
  readonly language?: string | undefined;
  readonly find?: string | undefined;
  readonly forms?: boolean | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly speaker?: string | undefined;
  readonly offset: number;
  readonly places?: string;
}

/** Resolves names and times, which keeps the meaning of a cursor fixed; also returns how times were read. */
export function readingOf(given: Reading, subject: Subject, transcript: Transcript) {
  const notes: string[] = [];
  const time = (name: 'from' | 'to') => {
    const text = given[name];
    if (text === undefined) return {};
    const { milliseconds, readAs } = parseTime(text, subject.clip);
    notes.push(
      `${name} "${text}" → ${when(subject, milliseconds)} (${readAs === 'elapsed' ? 'from the first frame' : 'timecode'})`,
    );
    return { [name]: `${milliseconds}ms` };
  };
  const reading: Reading = {
    ...given,
    asset: subject.id,
    ...(subject.version && { version: subject.version.id }),
    ...(transcript.id && { language: transcript.id }),
    ...(given.speaker !== undefined && { speaker: speakerNamed(transcript, given.speaker) }),
    ...time('from'),
    ...time('to'),
  };
  const { from, to } = rangeOf(reading);
  if (to <= from) throw new ToolError(`to: "${given.to}" is not after from "${given.from ?? '0:00'}".`);
  return { reading, notes };
}

const rangeOf = ({ from, to }: Pick<Reading, 'from' | 'to'>) => ({
  from: from === undefined ? 0 : Number.parseInt(from, 10),
  to: to === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(to, 10),
});

interface Lines {
  readonly lines: readonly string[];
  readonly notes?: readonly string[];
  readonly places?: Places;
}

/** Longer paragraphs than for the eye: each costs a timecode and a name. */
const SHAPE = { longest: 900, pause: 4_000 };

/** The transcript as `10:12:04:00-10:12:07:10 Jordan Reyes: I am always up at this hour.` */
export function textLines(reading: Reading, subject: Subject, { segments, speakers }: Transcript): Lines {
  // Of a range the times of the sentences matter: whoever asks for one cuts or quotes there.
  const pieces =
    reading.from === undefined && reading.to === undefined ? SHAPE : { ...SHAPE, pause: Number.NEGATIVE_INFINITY };
  const all = paragraphs(segments, { ...pieces, ...rangeOf(reading), speakers });
  const own = all.filter((one) => isOf(reading, one));
  if (own.length === 0) throw new ToolError(silence(reading, subject, segments, all.length));
  return {
    notes: speakerNote(reading, all.length - own.length),
    lines: own.map(
      ({ start, end, speaker, text }) => `${when(subject, start, end)} ${speaker ? `${speaker}: ` : ''}${text}`,
    ),
  };
}

const isOf = ({ speaker: wanted }: Reading, { speaker }: { readonly speaker?: string }): boolean =>
  wanted === undefined || speaker === wanted;

const speakerNote = ({ speaker }: Reading, others: number): string[] =>
  speaker === undefined
    ? []
    : [`speaker → ${inQuotes(speaker)}${others > 0 ? `; of others, left out: ${others}` : ''}.`];

function silence(
  { from, speaker }: Reading,
  subject: Subject,
  segments: Transcript['segments'],
  others: number,
): string {
  if (speaker !== undefined && others > 0)
    return `${inQuotes(speaker)} says nothing there. Others do: ${plural(others, 'paragraph')} without speaker.`;
  const there = extentOf(subject, segments);
  if (!there) return 'The transcript has no words.';
  return `Nothing is said there${from === undefined ? '' : ` (from ${when(subject, rangeOf({ from }).from)})`}: the transcript covers ${there}.`;
}

/**
 * What the words are timed from, where some lines speak against it: decided once for the transcription, since Iconik has
 * both and says neither.
 */
export function wordTimes({ segments }: Transcript): string[] {
  const { origin, decided, otherwise } = wordOrigin(segments);
  if (otherwise === 0) return [];
  const from = origin === 'segment' ? 'their line' : 'the asset';
  const but = `${otherwise} of ${decided} lines fit the other reading better`;
  return [`Word times were read as counted from the start of ${from}; ${but}.`];
}

/** Words before and after a place. */
const BEFORE = 7;
const AFTER = 5;

/** The places as `3 10:12:04:00-10:12:04:18 (724000 ms) Jordan Reyes: …whole [climate] report…` */
export function placeLines(reading: Reading, subject: Subject, { segments, speakers }: Transcript): Lines {
  const { find = '', forms = false } = reading;
  const { from, to } = rangeOf(reading);
  const options = { context: BEFORE, after: AFTER, fold: searchKey, speakers, sentences: true };
  const inRange = ({ start }: PhraseMatch): boolean => start >= from && start < to;
  const lookAll = (stem: boolean) => (phrase: string) =>
    findPhrase(segments, phrase, { ...options, stem }).filter(inRange);
  const look = (stem: boolean) => (phrase: string) => lookAll(stem)(phrase).filter((one) => isOf(reading, one));
  const phrases = phrasesIn(find);
  const all = merged(phrases.flatMap(lookAll(forms)));
  const found = all.filter((one) => isOf(reading, one));
  return {
    notes: [
      ...(phrases.length > 1 ? [`find → ${phrases.map(inQuotes).join(' or ')}`] : []),
      ...speakerNote(reading, all.length - found.length),
      ...(found.length === 0 ? almost(phrases, forms, look) : []),
    ],
    lines: found.map(({ start, end, speaker, before, text, after }, index) => {
      const around = [before && `…${before}`, `[${text}]`, after && `${after}…`].filter(Boolean).join(' ');
      return `${index + 1} ${when(subject, start, end)} (${start} ms) ${speaker ? `${speaker}: ` : ''}${around}`;
    }),
    places: {
      asset_id: subject.id,
      ...(subject.version && { version_id: subject.version.id }),
      phrase: find.trim(),
      places: found.map(({ start, end, text, speaker, sentence }) => ({
        start,
        end,
        text: bare(text),
        ...(speaker && { speaker }),
        ...(sentence && { sentence }),
      })),
    },
  };
}

/** Words without the signs around them. */
const bare = (text: string): string => trimEnds(text, /[^\p{L}\p{N}]/u);
