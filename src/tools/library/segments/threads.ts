import { shortenWithLength } from '../../../text/tokens.ts';
import type { CacheKind } from '../../cache.ts';
import { ToolError } from '../../errors.ts';
import type { HandleKind } from '../../handles.ts';
import type { Context } from '../../types.ts';
import { namesOf } from '../people.ts';
import { type Subject, when } from '../subject.ts';
import { extentOf, type Segment, segmentsOf } from './segments.ts';

/** A comment with its number: `4`, and `4.1` for the first answer to it. */
export interface Comment {
  readonly number: string;
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly start?: number;
  readonly end?: number;
  readonly done: boolean;
  readonly drawing: boolean;
  /** Id of the comment it answers, at the top of its thread. */
  readonly under?: string;
}

/** What the numbers of one answer stood for, kept so that `tick: [4]` means the comment shown as 4. */
export interface Threads {
  readonly asset_id: string;
  readonly version_id?: string;
  readonly ids: Readonly<Record<string, string>>;
}

/** The comments of all versions, as Iconik has them. */
export const commentsOf = (context: Context, asset_id: string): Promise<Segment[]> =>
  segmentsOf(context, asset_id, { segment_type: 'COMMENT', include_all_versions: true, include_users: true });

/** A segment that names no version belongs to each. */
export const ofVersion = (segments: readonly Segment[], version: string | undefined): Segment[] =>
  segments.filter((one) => version === undefined || one.version_id === undefined || one.version_id === version);

/** Comments as numbered threads, in order of time; those about the whole asset come last. */
export async function numbered(context: Context, segments: readonly Segment[]): Promise<Comment[]> {
  const names = await namesOf(
    context,
    segments.map(({ author, user_id }) => (author ? undefined : user_id)),
  );
  const byId = new Map(segments.map((one) => [one.id, one]));
  const roots = segments.filter((one) => topOf(one, byId) === one).sort(byTimecode);
  return roots.flatMap((root, index) => {
    const number = String(index + 1);
    const replies = segments.filter((one) => one !== root && topOf(one, byId) === root).sort(byCreation);
    return [
      comment(root, number, names),
      ...replies.map((one, place) => comment(one, `${number}.${place + 1}`, names, root.id)),
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

function comment(one: Segment, number: string, names: ReadonlyMap<string, string>, under?: string): Comment {
  return {
    number,
    id: String(one.id),
    author: one.author ?? names.get(String(one.user_id)) ?? 'unknown author',
    text: one.segment_text ?? '',
    ...extentOf(one),
    done: one.segment_checked === true,
    drawing: one.has_drawing === true || one.drawing !== undefined,
    ...(under && { under }),
  };
}

const MAX_COMMENT_CHARACTERS = 600;

/** `4 · 10:06:27:20 · Maria Almeida · open · has drawing · "Love this answer."`; an answer shows no time of its own. */
export function commentLine(one: Comment, subject: Subject): string {
  const facts = one.under ? [] : [when(subject, one.start, one.end)];
  const state = one.under ? [] : [one.done ? 'done' : 'open'];
  const text = shortenWithLength(one.text, MAX_COMMENT_CHARACTERS);
  return [one.number, ...facts, one.author, ...state, ...(one.drawing ? ['has drawing'] : []), `"${text}"`].join(' · ');
}

export const THREADS: HandleKind<Threads> = {
  prefix: 'thr',
  noun: 'the threads of an answer',
  argument: 'threads',
  renew: 'Call read_comments again and use the threads it returns.',
};

/** The numbers shown last, by asset and version. */
const LAST_SHOWN: CacheKind<Threads> = { name: 'threads shown last', max: 200, ttl: 24 * 3_600_000 };

const keyOf = ({ id, version }: Subject): string => `${id} ${version?.id ?? ''}`;

/** Keeps what the numbers stand for: under a handle, and as the numbers shown last of this version. */
export function keepThreads(context: Context, subject: Subject, comments: readonly Comment[]): string {
  const version_id = subject.version?.id;
  const ids = Object.fromEntries(comments.map(({ number, id }) => [number, id]));
  const threads: Threads = { asset_id: subject.id, ...(version_id && { version_id }), ids };
  context.cache.set(LAST_SHOWN, keyOf(subject), threads);
  return context.handles.keep(THREADS, threads);
}

/**
 * The comments that numbers or ids mean. A number means what its handle showed. Without a handle it means what it means
 * now, which has to be what was shown last. Throws `ToolError`.
 */
export function pickComments(
  context: Context,
  subject: Subject,
  comments: readonly Comment[],
  wanted: readonly string[],
  handle: Threads | undefined,
): Comment[] {
  const last = context.cache.get(LAST_SHOWN, keyOf(subject));
  return wanted.map((given) => {
    const word = given.trim().replace(/^#/, '').toLowerCase();
    const now = comments.find(({ number, id }) => number === word || id === word);
    const isId = now?.id === word;
    const meant = isId ? word : (handle ?? last)?.ids[word];
    if (handle && !meant) throw new ToolError(noSuch(given, Object.keys(handle.ids)));
    const found = meant && handle ? comments.find(({ id }) => id === meant) : now;
    const moved = meant !== undefined && found?.id !== meant;
    if (moved)
      throw new ToolError(
        `The comments have changed since ${given} was shown: run read_comments again and take its numbers.`,
      );
    if (!found)
      throw new ToolError(
        noSuch(
          given,
          comments.map(({ number }) => number),
        ),
      );
    return found;
  });
}

const noSuch = (given: string, numbers: readonly string[]): string => {
  const tops = numbers.filter((number) => !number.includes('.'));
  const known = tops.length === 0 ? 'This version has no comments.' : `Comments: 1 to ${tops.length}.`;
  return `There is no comment "${given}". ${known}`;
};
