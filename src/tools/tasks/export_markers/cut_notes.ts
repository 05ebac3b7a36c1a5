import { type CutEvent, plainReel } from '../../../media/cut_list.ts';
import { firstOf, plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import type { Piece } from './piece.ts';
import { type Listed, labelOf, type Placed } from './sources.ts';

/** Things that a note lists one by one. */
export const MAX_LISTED = 8;

/** Which names of files do not fit into a reel. */
export function reelNote(
  cuts: readonly { readonly clipName: string; readonly source: string }[],
  events: readonly CutEvent[],
) {
  const changed = cuts.flatMap(({ clipName }, n) => (events[n]?.reel === plainReel(clipName) ? [] : [clipName]));
  const sources = new Set(changed).size;
  return sources > 0
    ? [`Reels have 8 characters: shortened for ${plural(sources, 'file')}, whole in FROM CLIP NAME.`]
    : [];
}

/** Other frame rates that a note each is about. */
const MAX_RATES = 4;
/** Characters of a call that an answer offers. */
const MAX_CALL = 1_000;

/** A list counts frames at one rate: what is counted otherwise takes a list of its own, with the call for it. */
export function otherRates(
  { others }: Listed,
  of: {
    readonly asset?: string | undefined;
    readonly version?: string | undefined;
    readonly margin?: string | undefined;
  },
): string[] {
  return [...others].slice(0, MAX_RATES).map(([rate, pieces]) => {
    const call = JSON.stringify({ ...of, cut: [...new Set(pieces.map(({ again }) => again))] });
    const how = call.length > MAX_CALL ? 'a call with these alone' : `export_markers ${call}`;
    const names = firstOf(pieces, MAX_LISTED, (one: Piece) => labelOf(one));
    return `Left out, since a list has one frame rate: ${pieces.length} at ${rate} (${names}). A list of them: ${how}.`;
  });
}

export const leftOutNotes = (lines: readonly string[]): string[] =>
  lines.length > 0 ? [`Left out ${lines.length}: ${firstOf(lines, MAX_LISTED)}.`] : [];

/** Originals that an editing system will not find online. */
export function awayNote(placed: readonly Placed[]): string[] {
  const away = [...new Map(placed.flatMap((one) => (one.away ? [[one.subject.id, one] as const] : []))).values()];
  const named = ({ subject, away: why }: Placed): string => `${inQuotes(subject.title)} (${why})`;
  return away.length > 0 ? [`Originals that are not online: ${firstOf(away, MAX_LISTED, named)}.`] : [];
}

/** Places are as long as the words that were looked for. */
export function wordsNote(pieces: readonly Piece[]): string[] {
  const bare = pieces.find(({ again }) => /^plc_\w{6}$/.test(again));
  return bare
    ? [
        `Places are as long as their words: "${bare.again} +2s" adds 2 s before and after each, "${bare.again} sentence" takes the sentence each is in.`,
      ]
    : [];
}
