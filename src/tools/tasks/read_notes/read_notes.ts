import * as z from 'zod';
import { plural } from '../../../text/english.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { cursorOf } from '../../handles.ts';
import { nameOrMine } from '../../library/people.ts';
import { keepThreads, nounOf } from '../../library/segments/numbers.ts';
import {
  isTickable,
  NOTE_KINDS,
  type NoteKind,
  type NumberedNote,
  notesOf,
  numbered,
  numberedLine,
  ofVersion,
} from '../../library/segments/threads.ts';
import { type Subject, showInPlayer, subjectOf, versionLabel } from '../../library/subject.ts';
import { countedByVersion, otherVersionsLines } from '../../operations/segment_counts.ts';
import { integer, strings, text } from '../../params.ts';
import type { Context } from '../../types.ts';
import { isOfMany, readMany } from './many.ts';
import { countedOf, type NotesPage, wantedOf, wroteNone } from './wanted.ts';

const MAX_PAGE_TOKENS = 2_500;
/** More notes than have room on a page: the others need not be written to find out. */
const MAX_PAGE_NOTES = 250;

const CURSOR = cursorOf<NotesPage>('read_notes');

export const read_notes = task({
  title: 'Read comments, markers and tags',
  description:
    'Read the review comments (notes) on an asset as numbered threads (timecode, author, guests, open or done, drawing, replies); with kinds its markers and tags. annotate_asset takes the numbers. To find comments across assets use find_assets.',
  effect: 'read',
  page: 'player',
  roles: ['can_read_segments'],
  input: {
    asset: z.string().min(1).optional().describe('Id, title, file name or path; or sel_….'),
    state: z.enum(['open', 'done', 'all']).optional().describe('Of comments.'),
    kinds: z.array(z.enum(NOTE_KINDS)).min(1).optional().describe('Default COMMENT. Markers are m1, tags t1.'),
    by: z.string().trim().min(1).optional().describe('Threads in which this person wrote.'),
    version: z.string().min(1).optional().describe('e.g. v3; all. Default: current.'),
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
    notes: strings,
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
    const asked = async (): Promise<NotesPage> => ({ ...args, asset, by: await nameOrMine(context, args.by) });
    const request = cursor === undefined ? await asked() : context.handles.get(CURSOR, cursor);
    if (isOfMany(request)) return readMany(context, request, (next) => context.handles.keep(CURSOR, next));
    const subject = await subjectOf(context, request.asset, request.version);
    showInPlayer(context, subject);
    const kinds = [...new Set(request.kinds ?? (['COMMENT'] as const))];
    const all = await notesOf(context, subject.id, kinds);
    const notes = await numbered(context, ofVersion(all, subject.version?.id));
    const { total, open, done } = countedOf(notes);
    const others = otherVersionsLines(
      countedByVersion(all),
      subject.versions.filter((one) => one !== subject.version),
    );
    const { page, next } = pageOf(notes, subject, request, others.length > 0);
    const otherKinds = total === 0 ? await countOthers(context, subject, kinds) : '';
    const resolved = { ...request, asset: subject.id, ...(subject.version && { version: subject.version.id }) };
    return {
      asset: subject.title,
      version: versionLabel(subject),
      total,
      ...(kinds.some(isTickable) && { open, done }),
      shown: page.filter(({ under }) => !under).length,
      items: page.map((one) => numberedLine(one, subject)),
      ...(total > 0 && { threads: keepThreads(context, subject, notes, kinds) }),
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

function pageOf(notes: readonly NumberedNote[], subject: Subject, request: NotesPage, elsewhere: boolean) {
  const { by, after } = request;
  const wanted = wantedOf(notes, request);
  if (by !== undefined && notes.length > 0 && wantedOf(notes, { by }).length === 0)
    wroteNone(by, notes, elsewhere ? ' For the other versions, too, give version "all".' : '');
  const start = after === undefined ? 0 : notes.findIndex(({ number }) => number === after) + 1;
  const behind = new Set(notes.slice(start));
  const rest = wanted.filter((one) => behind.has(one));
  const count = countFittingLines(
    rest.slice(0, MAX_PAGE_NOTES).map((one) => numberedLine(one, subject)),
    0,
    MAX_PAGE_TOKENS,
  );
  const page = rest.slice(0, count);
  return { page, next: count < rest.length ? page.at(-1)?.number : undefined };
}
