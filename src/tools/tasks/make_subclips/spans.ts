import { joinErrors, MediaError } from '../../../media/errors.ts';
import { parsePoint } from '../../../media/points.ts';
import { type Clip, isTime, parseTimeRange } from '../../../media/time.ts';
import { plural } from '../../../text/english.ts';
import { ToolError } from '../../errors.ts';
import { marginOf } from '../../library/media/margin.ts';
import { faultOfPattern, hasNumber } from '../../library/plans/patterns.ts';
import { PLACE_WORDS, type Places, textAt } from '../../library/segments/places.ts';
import { type Subject, when } from '../../library/subject.ts';
import { type Cut, versionToCut } from './cuts.ts';

/** Cuts in one call: each takes up to three requests in sequence. */
export const MAX_CUTS = 50;

interface Asked {
  readonly ranges?: readonly string[] | undefined;
  readonly at_places?: string | undefined;
  readonly names?: readonly string[] | undefined;
  readonly first_number?: number | undefined;
  /** Seconds before the start and after the end: `2`, `2s`, `0:02`, `00:00:02:00`. */
  readonly margin?: string | undefined;
}

/** A time range of a clip, in milliseconds from its first frame. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What to cut, named, and what a person should know of it. Throws `MediaError` for a bad range, `ToolError` for names that
 * do not match the ranges and places that cannot be cut.
 */
export function readCuts(asked: Asked, places: Places | undefined, subject: Subject) {
  const { ranges = [] } = asked;
  const margin = marginOf(asked.margin, subject.clip);
  const given = places ? placesIn(places, subject) : spansOf(ranges, subject.clip, margin);
  const spans = given.map((span) => widened(span, margin, subject.clip));
  const names = namesOf(asked, places, spans.length);
  const cuts = spans.map(({ start, end }, n): Cut => ({ start, end, name: names[n] ?? '' }));
  for (const cut of cuts) if (cut.end <= cut.start) throw new ToolError(`"${cut.name}" has no length: give margin.`);
  const duplicate = cuts.find(
    (one, n) => cuts.findIndex(({ start, end }) => start === one.start && end === one.end) < n,
  );
  if (duplicate) throw new ToolError(`ranges: the range of "${duplicate.name}" is given twice.`);
  return {
    cuts,
    notes: [...marginNote(given, spans, margin, subject), ...wordsNote(asked, places, margin), ...overlapNote(spans)],
  };
}

/** Ranges that an error names. */
const MAX_ERRORS = 8;

/** Throws `ToolError` that names all ranges that cannot be read. */
function spansOf(ranges: readonly string[], clip: Clip, margin: number): Span[] {
  const errors: MediaError[] = [];
  const spans = ranges.flatMap((range) => {
    try {
      return [spanOf(range, clip, margin)];
    } catch (error) {
      if (!(error instanceof MediaError)) throw error;
      errors.push(error);
      return [];
    }
  });
  if (errors.length > 0) throw new ToolError(`ranges: ${joinErrors(errors, MAX_ERRORS)}`);
  return spans;
}

/** With a margin a time alone is a place, too. */
function spanOf(range: string, clip: Clip, margin: number): Span {
  if (margin === 0 || !isTime(range.trim())) return parseTimeRange(range, clip);
  const { milliseconds } = parsePoint(range, clip);
  return { start: milliseconds, end: milliseconds };
}

function placesIn({ asset_id, version_id, places }: Places, subject: Subject): readonly Span[] {
  if (asset_id !== subject.id)
    throw new ToolError(`at_places belongs to another asset (${asset_id}): give that one as asset.`);
  if (version_id !== undefined && version_id !== versionToCut(subject)) {
    const own = subject.versions.find(({ id }) => id === version_id);
    throw new ToolError(
      `at_places belongs to ${own?.name ?? version_id}, and sub-clips are cut from the current version: call read_transcript with find and without version.`,
    );
  }
  if (places.length <= MAX_CUTS) return places;
  throw new ToolError(
    `at_places: ${places.length} places; at most ${MAX_CUTS} are cut per call. Give some by their numbers, as in "plc_k3x9p2 1-${MAX_CUTS}".`,
  );
}

const widened = ({ start, end }: Span, by: number, { duration = Number.POSITIVE_INFINITY }: Clip): Span => ({
  start: Math.max(0, start - by),
  end: Math.min(duration, end + by),
});

/** A name for each, or one pattern with `{n}`, and of places `{said}` and `{speaker}`. */
function namesOf({ names = [], first_number = 1 }: Asked, places: Places | undefined, count: number): string[] {
  const [pattern = places?.phrase ?? ''] = names;
  const written = names.join(' ');
  const word = places ? undefined : PLACE_WORDS.find((one) => written.includes(`{${one}}`));
  if (word) throw new ToolError(`names: {${word}} is known of at_places alone. With ranges only {n} is filled in.`);
  const fault = faultOfPattern('names', written, places ? PLACE_WORDS : []);
  if (fault) throw new ToolError(fault);
  if (names.length > 1 && names.length !== count) {
    throw new ToolError(
      `names: ${names.length} names for ${plural(count, places ? 'place' : 'range')}. Give one name per ${places ? 'place' : 'range'}, or one pattern with {n}, e.g. "Goal {n}".`,
    );
  }
  return Array.from({ length: count }, (_, n) => {
    const isNamed = count === 1 || names.length > 1 || hasNumber(pattern);
    const name = isNamed ? (names[n] ?? pattern) : `${pattern} {n}`;
    return textAt(name, places?.places[n], first_number + n);
  });
}

/** `Margin: 2 s before and after; 1 shortened by the start or end of the clip: 10:00:00:00-10:00:03:00.` */
function marginNote(given: readonly Span[], spans: readonly Span[], margin: number, subject: Subject): string[] {
  if (margin === 0) return [];
  const cut = spans.filter(({ start, end }, n) => {
    const { start: from = 0, end: to = 0 } = given[n] ?? {};
    return from - start < margin || end - to < margin;
  });
  const shortened = cut.map(({ start, end }) => when(subject, start, end)).join(', ');
  const less = cut.length > 0 ? `; less for ${cut.length}, where the clip starts or ends: ${shortened}` : '';
  return [`Margin: ${margin / 1_000} s before and after${less}.`];
}

/** Places are as long as the words that were looked for. */
function wordsNote({ at_places = '' }: Asked, places: Places | undefined, margin: number): string[] {
  if (!places || margin > 0 || places.places.some(({ sentence, text }) => sentence?.text === text)) return [];
  return [
    `Places are as long as their words: margin "2s" widens each, at_places "${at_places.trim()} sentence" to its sentence.`,
  ];
}

/** Places that are near each other come twice. */
function overlapNote(spans: readonly Span[]): string[] {
  const ordered = spans.toSorted((a, b) => a.start - b.start);
  const overlapping = ordered.filter(({ start }, n) => start < (ordered[n - 1]?.end ?? 0)).length;
  return overlapping > 0
    ? [`${plural(overlapping, 'sub-clip')} begin${overlapping === 1 ? 's' : ''} before the end of another.`]
    : [];
}
