import { colorOf } from '../../../media/markers/colors.ts';
import { firstOf } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { type Subject, when } from '../subject.ts';
import { asNote, frameOf, type Note, noteLine, type There, type Twice } from './notes.ts';
import { keepShown } from './numbers.ts';
import { extentOf, type Segment } from './segments.ts';
import { isTickable, type NoteKind, type NumberedNote, notesOf, numbered, numberedLine, ofVersion } from './threads.ts';

/** What is wanted of a note beside its text and place, where it is wanted at all. */
interface Looks {
  readonly color?: string | undefined;
  readonly track?: string | undefined;
  readonly done?: boolean | undefined;
}

/** Notes that are named one by one: those that are as asked, those that are not, and characters of a text. */
const MAX_AS_ASKED = 15;
const MAX_OTHERWISE = 5;
const MAX_TEXT = 120;

/** What was asked for and is otherwise, in words, and what annotate_asset takes to change it. */
interface Differences {
  readonly words: readonly string[];
  readonly changes: Readonly<Partial<Record<'recolor' | 'move' | 'tick' | 'untick', string>>>;
  /** Whether something differs that annotate_asset does not change. */
  readonly isFixed: boolean;
}

function differencesOf(note: Note & Looks, look: Looks, segment: Segment, subject: Subject): Differences {
  const { color = look.color, track = look.track, done, start, end = start } = note;
  const extent = extentOf(segment);
  const ends = note.covered || note.parent_id || end === undefined ? undefined : extent?.end;
  const longer = ends !== undefined && Math.abs(ends - (end ?? ends)) > frameOf(subject.clip);
  const isRange = longer && end !== start;
  const place = when(subject, start, end);
  const own = segment.segment_color;
  const recolored = color !== undefined && color !== (own && (colorOf(own) ?? own));
  const retracked = track !== undefined && track !== segment.segment_track;
  const ticked = done !== undefined && isTickable(segment.segment_type as NoteKind) && !note.parent_id;
  const redone = ticked && done !== (segment.segment_checked === true);
  return {
    words: [
      ...(longer ? [place] : []),
      ...(recolored ? [color] : []),
      ...(retracked ? [`track ${inQuotes(track)}`] : []),
      ...(redone ? [done ? 'done' : 'open'] : []),
    ],
    changes: {
      ...(recolored && { recolor: ` ${color}` }),
      ...(isRange && { move: ` ${place}` }),
      ...(redone && { [done ? 'tick' : 'untick']: '' }),
    },
    isFixed: retracked || (longer && !isRange),
  };
}

/** Whether a note is there as it was asked for. */
export const isAsAsked = ({ note, segment }: There, subject: Subject): boolean =>
  differencesOf(note, {}, segment, subject).words.length === 0;

interface Wanted {
  readonly kind: NoteKind;
  readonly look?: Looks;
  /** Before what was wanted otherwise; `asked for` if nothing is given. */
  readonly wantedBy?: string;
}

/**
 * Sentences about notes that are there already: the numbers and authors of those that are as asked; what the others have
 * otherwise and what changes it. From now on the numbers mean these notes.
 */
export async function thereNotes(
  context: Context,
  subject: Subject,
  there: readonly There[],
  { kind, look = {}, wantedBy = 'asked for' }: Wanted,
): Promise<string[]> {
  if (there.length === 0) return [];
  const listed = await notesOf(context, subject.id, [kind]).catch(instead(context, []));
  const all = await numbered(context, ofVersion(listed, subject.version?.id)).catch(instead(context, []));
  const byId = new Map(all.map((one) => [one.id, one]));
  const found = there.map(({ note, segment }) => ({
    note,
    segment,
    own: segment.id === undefined ? undefined : byId.get(segment.id),
    ...differencesOf(note, look, segment, subject),
  }));
  const own = found.flatMap((one) => one.own ?? []);
  if (own.length > 0) keepShown(context, subject, own, []);
  const otherwise = found.filter(({ words }) => words.length > 0);
  const asAsked = found.filter(({ words }) => words.length === 0);
  const more = otherwise.length - MAX_OTHERWISE;
  return [
    ...(asAsked.length > 0 ? [`There already: ${firstOf(asAsked, MAX_AS_ASKED, nameOf(subject))}.`] : []),
    ...otherwise.slice(0, MAX_OTHERWISE).map((one) => {
      const line = one.own ? numberedLine(one.own, subject, MAX_TEXT) : nameOf(subject)(one);
      return [`There already: ${line}; ${wantedBy}: ${one.words.join(', ')}.`, ...waysOf(one)].join(' ');
    }),
    ...(more > 0 ? [`${more} more there already are not as ${wantedBy}.`] : []),
  ];
}

interface Found extends Differences {
  readonly segment: Segment;
  readonly own: NumberedNote | undefined;
}

/** `m3 (Tom Becker)`; what was sent a moment ago has no number yet. */
const nameOf =
  (subject: Subject) =>
  ({ own, segment }: Pick<Found, 'own' | 'segment'>): string =>
    own ? `${own.number} (${own.author})` : noteLine(asNote(segment), subject);

function waysOf({ own, changes, isFixed }: Found): string[] {
  if (!own) return [];
  const calls = Object.entries(changes).map(([name, rest]) => `${name} ${JSON.stringify([`${own.number}${rest}`])}`);
  return [
    ...(calls.length > 0 ? [`To change it: annotate_asset ${calls.join(', ')}.`] : []),
    ...(isFixed ? [`For its track, or to make a range a point: delete ["${own.number}"] and add it anew.`] : []),
    'Another text makes a second one.',
  ];
}

/** Those of one call that have the text and start of an earlier one, and something else. */
export function twiceNotes(twice: readonly Twice[], subject: Subject): string[] {
  const other = twice.filter(({ note, first }) => note.color !== first.color || note.end !== first.end);
  const lines = other.slice(0, MAX_OTHERWISE).map(({ note, first }) => {
    const words = `${noteLine(note, subject)} has the text and start of ${noteLine(first, subject)}`;
    return `${words}: only the first is written.`;
  });
  return other.length > MAX_OTHERWISE ? [...lines, `And ${other.length - MAX_OTHERWISE} more.`] : lines;
}
