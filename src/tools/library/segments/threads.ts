import { inQuotes, oneLine } from '../../../text/quote.ts';
import { shortenWithLength } from '../../../text/tokens.ts';
import type { Context } from '../../types.ts';
import { namesOf } from '../people.ts';
import { type Subject, when } from '../subject.ts';
import { extentOf, type Segment, segmentsOf } from './segments.ts';

/** What people leave on an asset; transcript lines, scenes and faces are no notes. */
export const NOTE_KINDS = ['COMMENT', 'MARKER', 'TAG', 'GENERIC', 'QC'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** What the numbers of a kind begin with: comments are 1, 2, 3. */
export const PREFIXES: Readonly<Record<NoteKind, string>> = {
  COMMENT: '',
  MARKER: 'm',
  TAG: 't',
  GENERIC: 'g',
  QC: 'q',
};

/** Only these can be ticked off. */
export const isTickable = (kind: string | undefined): boolean => kind === 'COMMENT' || kind === 'QC';

/** A note with its number: comment `4`, `4.1` for the first reply to it, marker `m4`. */
export interface NumberedNote {
  readonly number: string;
  readonly kind: NoteKind;
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly start?: number;
  readonly end?: number;
  readonly done: boolean;
  readonly drawing: boolean;
  readonly color?: string;
  readonly track?: string;
  /** Id of the sub-clip that was made of it. */
  readonly subclip?: string;
  /** Id of the comment it answers, at the top of its thread. */
  readonly under?: string;
}

/** The notes of all versions, as Iconik has them; its list takes one kind at a time. */
export async function notesOf(context: Context, asset_id: string, kinds: readonly NoteKind[]): Promise<Segment[]> {
  const read = async (segment_type: NoteKind): Promise<Segment[]> => {
    const filter = { segment_type, include_all_versions: true, include_users: true };
    return (await segmentsOf(context, asset_id, filter)).map((one) => ({ ...one, segment_type }));
  };
  const lists = await Promise.all([...new Set(kinds)].map(read));
  return lists.flat();
}

/** A segment that names no version belongs to each. */
export const ofVersion = (segments: readonly Segment[], version: string | undefined): Segment[] =>
  segments.filter((one) => version === undefined || one.version_id === undefined || one.version_id === version);

/** Notes as numbered threads, kind by kind in order of time; those about the whole asset come last of their kind. */
export async function numbered(context: Context, segments: readonly Segment[]): Promise<NumberedNote[]> {
  const names = await namesOf(
    context,
    segments.map(({ author, user_id }) => (author ? undefined : user_id)),
  );
  return NOTE_KINDS.flatMap((kind) => {
    const own = segments.filter(({ segment_type }) => segment_type === kind);
    return numberedOf(kind, own, names);
  });
}

/** Those of one kind: numbers do not depend on which other kinds were read. */
function numberedOf(kind: NoteKind, segments: readonly Segment[], names: ReadonlyMap<string, string>): NumberedNote[] {
  const byId = new Map(segments.map((one) => [one.id, one]));
  const roots = segments.filter((one) => topOf(one, byId) === one).sort(byTimecode);
  return roots.flatMap((root, index) => {
    const number = `${PREFIXES[kind]}${index + 1}`;
    const replies = segments.filter((one) => one !== root && topOf(one, byId) === root).sort(byCreation);
    return [
      numberedNote(root, kind, number, names),
      ...replies.map((one, place) => numberedNote(one, kind, `${number}.${place + 1}`, names, root.id)),
    ];
  });
}

/** The comment that a thread began with; an answer to what is gone stands for itself. */
function topOf(segment: Segment, byId: ReadonlyMap<string | undefined, Segment>): Segment {
  let top = segment;
  const seen = new Set([top]);
  for (let next = above(top, byId); next && !seen.has(next); next = above(top, byId)) {
    top = next;
    seen.add(next);
  }
  return top;
}

const above = ({ parent_id }: Segment, byId: ReadonlyMap<string | undefined, Segment>): Segment | undefined =>
  parent_id === undefined ? undefined : byId.get(parent_id);

const byCreation = (a: Segment, b: Segment): number =>
  compare(a.date_created ?? '', b.date_created ?? '') || compare(a.id ?? '', b.id ?? '');
const byTimecode = (a: Segment, b: Segment): number => compare(startOf(a), startOf(b)) || byCreation(a, b);
const startOf = (segment: Segment): number => extentOf(segment)?.start ?? Number.POSITIVE_INFINITY;
const compare = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

function numberedNote(
  one: Segment,
  kind: NoteKind,
  number: string,
  names: ReadonlyMap<string, string>,
  under?: string,
): NumberedNote {
  return {
    number,
    kind,
    id: String(one.id),
    author: one.author ?? names.get(String(one.user_id)) ?? 'unknown author',
    text: one.segment_text ?? '',
    ...extentOf(one),
    done: one.segment_checked === true,
    drawing: one.has_drawing === true || one.drawing !== undefined,
    ...(one.segment_color && { color: one.segment_color }),
    ...(one.segment_track && { track: one.segment_track }),
    ...(one.subclip_id && { subclip: one.subclip_id }),
    ...(under && { under }),
  };
}

/** Characters of the text of a note in a line. */
const MAX_TEXT_CHARACTERS = 600;
const MAX_LABEL_CHARACTERS = 60;

/** `4 · 10:06:27:20 · Maria Almeida · open · has drawing · "Love this answer."`; a reply shows no time of its own. */
export function numberedLine(one: NumberedNote, subject: Subject, length = MAX_TEXT_CHARACTERS): string {
  const facts = one.under ? [] : [when(subject, one.start, one.end)];
  const state = one.under || !isTickable(one.kind) ? [] : [one.done ? 'done' : 'open'];
  const text = shortenWithLength(one.text, length);
  return [
    one.number,
    ...facts,
    one.author,
    ...state,
    ...(one.drawing ? ['has drawing'] : []),
    ...(one.subclip ? ['has sub-clip'] : []),
    ...(one.color ? [oneLine(one.color, MAX_LABEL_CHARACTERS)] : []),
    ...(one.track ? [`track ${inQuotes(one.track)}`] : []),
    `"${text}"`,
  ].join(' · ');
}
