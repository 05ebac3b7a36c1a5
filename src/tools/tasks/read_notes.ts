import * as z from 'zod';
import { searchKey } from '../../text/compare.ts';
import { firstOf, plural } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { countFittingLines } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { ToolError } from '../errors.ts';
import { cursorOf } from '../handles.ts';
import { keepThreads, nounOf } from '../library/segments/numbers.ts';
import {
  isTickable,
  NOTE_KINDS,
  type NoteKind,
  type NumberedNote,
  notesOf,
  numbered,
  numberedLine,
  ofVersion,
} from '../library/segments/threads.ts';
import { oneAsset, oneVersion } from '../library/selection.ts';
import { type Subject, showInPlayer, subjectOf, versionLabel } from '../library/subject.ts';
import { countedByVersion, otherVersionsLines } from '../operations/segment_counts.ts';
import { integer, strings, text } from '../params.ts';
import type { Context } from '../types.ts';

const MAX_PAGE_TOKENS = 2_500;
/** More notes than have room on a page: the others need not be written to find out. */
const MAX_PAGE_NOTES = 250;

interface NotesPage {
  readonly asset: string;
  readonly version?: string | undefined;
  readonly kinds?: readonly NoteKind[] | undefined;
  readonly state?: 'open' | 'done' | 'all' | undefined;
  /** Part of the name of an author. */
  readonly by?: string | undefined;
  /** The last number shown. */
  readonly after?: string;
}

const CURSOR = cursorOf<NotesPage>('read_notes');

export const read_notes = task({
  title: 'Read comments, markers and tags',
  description:
    'Read the review comments (notes) on one version of an asset as numbered threads (timecode, author, guests, open or done, drawing, replies); with kinds its markers and tags. annotate_asset takes the numbers. To find comments across assets use find_assets.',
  effect: 'read',
  page: 'player',
  roles: ['can_read_segments'],
  input: {
    asset: oneAsset.optional(),
    state: z.enum(['open', 'done', 'all']).optional().describe('Of comments. Default all.'),
    kinds: z.array(z.enum(NOTE_KINDS)).min(1).optional().describe('Default COMMENT. Markers are numbered m1, tags t1.'),
    by: z.string().trim().min(1).optional().describe('Only threads in which this person wrote.'),
    version: oneVersion,
    cursor: z.string().optional().describe('next of the last answer.'),
  },
  output: {
    asset: text,
    version: text,
    total: integer,
    open: integer,
    done: integer,
    shown: integer,
    items: strings,
    threads: text,
    other_versions: strings,
    other_kinds: text,
    next: text,
  },
  validate: ({ asset, cursor, ...rest }) => {
    if (asset === undefined && cursor === undefined) return 'asset is missing: give an id, web address or exact title.';
    const [given] = Object.entries(rest).find(([, value]) => value !== undefined) ?? [];
    return cursor !== undefined && given
      ? `cursor: leave out ${given}. The cursor continues the earlier call.`
      : undefined;
  },
  run: async ({ cursor, asset = '', ...args }, context) => {
    const request: NotesPage = cursor === undefined ? { ...args, asset } : context.handles.get(CURSOR, cursor);
    const subject = await subjectOf(context, request.asset, request.version);
    showInPlayer(context, subject);
    const kinds = [...new Set(request.kinds ?? (['COMMENT'] as const))];
    const all = await notesOf(context, subject.id, kinds);
    const notes = await numbered(context, ofVersion(all, subject.version?.id));
    const threads = notes.filter(({ under }) => !under);
    const tickable = threads.filter(({ kind }) => isTickable(kind));
    const done = tickable.filter((one) => one.done).length;
    const { page, next } = pageOf(notes, subject, request);
    const others = otherVersionsLines(
      countedByVersion(all),
      subject.versions.filter((one) => one !== subject.version),
    );
    const otherKinds = threads.length === 0 ? await countOthers(context, subject, kinds) : '';
    const resolved = { ...request, asset: subject.id, ...(subject.version && { version: subject.version.id }) };
    return {
      asset: subject.title,
      version: versionLabel(subject),
      total: threads.length,
      ...(kinds.some(isTickable) && { open: tickable.length - done, done }),
      shown: page.filter(({ under }) => !under).length,
      items: page.map((one) => numberedLine(one, subject)),
      ...(threads.length > 0 && { threads: keepThreads(context, subject, notes, kinds) }),
      ...(others.length > 0 && { other_versions: others }),
      ...(otherKinds && { other_kinds: otherKinds }),
      ...(next && { next: context.handles.keep(CURSOR, { ...resolved, after: next }) }),
    };
  },
});

/** `12 markers, 3 tags`: what a version has where it has none of the kinds asked for. */
async function countOthers(context: Context, subject: Subject, kinds: readonly NoteKind[]): Promise<string> {
  const rest = NOTE_KINDS.filter((kind) => !kinds.includes(kind));
  const lists = await notesOf(context, subject.id, rest);
  const own = ofVersion(lists, subject.version?.id);
  return rest
    .map((kind) => [own.filter(({ segment_type }) => segment_type === kind).length, kind] as const)
    .flatMap(([count, kind]) => (count > 0 ? [plural(count, nounOf(kind))] : []))
    .join(', ');
}

/** Authors that an error names. */
const MAX_AUTHORS = 20;

/** Ids of the threads in which somebody wrote whose name has these words in it. Throws `ToolError` with those who did. */
function threadsWith(notes: readonly NumberedNote[], by: string): ReadonlySet<string> {
  const wanted = searchKey(by);
  const found = notes.filter(({ author }) => searchKey(author).includes(wanted));
  if (found.length > 0 || notes.length === 0) return new Set(found.map(({ id, under }) => under ?? id));
  const authors = [...new Set(notes.map(({ author }) => author))];
  throw new ToolError(
    `by: ${inQuotes(by)} wrote none of these notes. Authors: ${firstOf(authors, MAX_AUTHORS, inQuotes)}.`,
  );
}

/** Numbers do not depend on `state` and `by`: threads left out leave gaps. */
function pageOf(notes: readonly NumberedNote[], subject: Subject, { state = 'all', by, after }: NotesPage) {
  const states = new Map(notes.map(({ id, done }) => [id, done ? 'done' : 'open']));
  const written = by === undefined ? undefined : threadsWith(notes, by);
  const matches = ({ id, kind, under }: NumberedNote): boolean =>
    (state === 'all' || !isTickable(kind) || states.get(under ?? id) === state) && written?.has(under ?? id) !== false;
  const start = after === undefined ? 0 : notes.findIndex(({ number }) => number === after) + 1;
  const rest = notes.slice(start).filter(matches);
  const count = countFittingLines(
    rest.slice(0, MAX_PAGE_NOTES).map((one) => numberedLine(one, subject)),
    0,
    MAX_PAGE_TOKENS,
  );
  const page = rest.slice(0, count);
  return { page, next: count < rest.length ? page.at(-1)?.number : undefined };
}
