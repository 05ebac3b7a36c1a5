import { inQuotes } from '../../../text/quote.ts';
import { isBlank } from '../../../text/trim.ts';
import { ToolError } from '../../errors.ts';
import type { HandleKind } from '../../handles.ts';
import type { Context } from '../../types.ts';
import { filledIn } from '../plans/patterns.ts';

/** Where words are said. Kept under a handle, so that times do not travel through the model. */
export interface Places {
  readonly asset_id: string;
  readonly version_id?: string;
  readonly phrase: string;
  /** In milliseconds from the first frame. */
  readonly places: readonly Place[];
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly speaker?: string;
  /** The sentence that the words are in; absent where a server of an earlier version kept them. */
  readonly sentence?: Omit<Place, 'speaker' | 'sentence'>;
}

export const PLACES: HandleKind<Places> = {
  prefix: 'plc',
  noun: 'the places of an answer',
  argument: 'at_places',
  renew: 'Call read_transcript with find again and use the places it returns.',
};

/** Words of a pattern beside `{n}`, where words are said. */
export const PLACE_WORDS = ['said', 'speaker'];

/** A pattern with what is at a place: `{n}`, and where words are said `{said}` and `{speaker}`. */
export const textAt = (pattern: string, place: Place | undefined, n: number): string =>
  filledIn(pattern, n, place ? { said: place.text, speaker: place.speaker ?? '' } : {});

const WITHOUT = /^(?:but not|all but|not|without|except)\b/i;

/** `sentence`, `+sentence`, `as whole sentences` behind a handle. */
const SENTENCE = /\+?\s{0,3}(?:\b(?:to|as|the|their|whole|full)\s{1,3}){0,3}\bsentences?\b/i;

/**
 * The places behind a handle: all, or those whose numbers follow it: `plc_k3x9p2 1, 3-5`, `plc_k3x9p2 not 2`; with `sentence`
 * as long as their sentences, each once. Throws `ToolError`.
 */
export function placesAt(context: Context, given: string): Places {
  const [handle = ''] = /^\w*/.exec(given.trim()) ?? [];
  const behind = given.trim().slice(handle.length);
  const isWhole = SENTENCE.test(behind);
  const rest = behind.replace(SENTENCE, '').replace(/^[\s:,#([]+/, '');
  const [without = ''] = WITHOUT.exec(rest) ?? [];
  const numbers = rest.slice(without.length);
  const all = context.handles.get(PLACES, handle);
  const widened = (places: readonly Place[]): Places => ({ ...all, places: isWhole ? sentencesOf(places) : places });
  if (isBlank(without + numbers)) return widened(all.places);
  const wanted = numbersIn(numbers, all.places.length, `${without}${numbers}`, handle);
  const places = all.places.filter((_, index) => wanted.has(index + 1) === (without === ''));
  if (places.length > 0) return widened(places);
  throw new ToolError('at_places: no place is left. Leave out fewer.');
}

function sentencesOf(places: readonly Place[]): Place[] {
  const whole = places.map((place) => {
    if (!place.sentence) throw new ToolError('at_places: these places have no sentences. Call read_transcript again.');
    return { ...place, ...place.sentence };
  });
  return whole.filter(({ start }, index) => whole.findIndex((one) => one.start === start) === index);
}

/** Throws `ToolError` for a number that no place has. */
function numbersIn(numbers: string, count: number, text: string, handle: string): Set<number> {
  const parts = numbers.split(/[\s,;&()[\]]+|\b(?:and|only|just|places?|numbers?)\b/i).filter(Boolean);
  const isNone = parts.length === 0 || parts.some((part) => !NUMBERS.test(part));
  if (isNone && WIDER.test(text))
    throw new ToolError(
      `at_places: ${inQuotes(text)} widens no place here. Seconds on both sides: margin "2s" of make_subclips, or "${handle} +2s" in cut of export_markers; whole sentences: "${handle} sentence".`,
    );
  if (isNone)
    throw new ToolError(
      `at_places: ${inQuotes(text)} is no number of a place. Allowed: "${handle} 1, 3-5" (these), "${handle} not 2" (all but these), "${handle} 1 sentence" (the sentence it is in).`,
    );
  return new Set(
    parts.flatMap((part) => {
      const [, first, last = first] = NUMBERS.exec(part) ?? [];
      const [from, to] = [Number(first), Number(last)];
      const wrong = [from, to].find((one) => one < 1 || one > count);
      if (wrong !== undefined)
        throw new ToolError(
          `at_places: there is no place ${wrong}. Places: 1 to ${count}, as read_transcript numbers them.`,
        );
      if (to < from) throw new ToolError(`at_places: "${part}" ends before it begins. Write ${to}-${from}.`);
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    }),
  );
}

/** What asks for more before and after: `+2s`, `±2`. */
const WIDER = /^(?:\d[\d\s,-]{0,200})?(?:\+|±)/;
/** `3`, `#3`, `3-5`. */
const NUMBERS = /^#?(\d{1,6})(?:[-–]#?(\d{1,6}))?$/;
