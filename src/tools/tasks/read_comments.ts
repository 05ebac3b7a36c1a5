import * as z from 'zod';
import { countFittingLines } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { cursorOf } from '../handles.ts';
import {
  type Comment,
  commentLine,
  commentsOf,
  keepThreads,
  numbered,
  ofVersion,
} from '../library/segments/threads.ts';
import { oneAsset, oneVersion } from '../library/selection.ts';
import { type Subject, subjectOf, versionLabel } from '../library/subject.ts';
import { countedByVersion, otherVersionsLines } from '../operations/segment_counts.ts';
import { integer, strings, text } from '../params.ts';

const MAX_PAGE_TOKENS = 2_500;

interface CommentPage {
  readonly asset: string;
  readonly version?: string | undefined;
  readonly state?: 'open' | 'done' | 'all' | undefined;
  /** The last number shown. */
  readonly after?: string;
}

const CURSOR = cursorOf<CommentPage>('read_comments');

export const read_comments = task({
  title: 'Read comments',
  description:
    'Read the review comments of one version of an asset as numbered threads: timecode, author (guests are marked), open or done, drawing, replies. annotate_asset takes the numbers and the threads handle to reply and tick off. To find comments across assets use find_assets.',
  effect: 'read',
  roles: ['can_read_segments'],
  input: {
    asset: oneAsset.optional(),
    state: z.enum(['open', 'done', 'all']).optional().describe('Default all.'),
    version: oneVersion,
    cursor: z.string().optional().describe('next from the previous answer, to continue.'),
  },
  output: {
    asset: text,
    version: text,
    total: integer,
    open: integer,
    done: integer,
    shown: integer,
    comments: strings,
    threads: text,
    other_versions: strings,
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
    const request: CommentPage = cursor === undefined ? { ...args, asset } : context.handles.get(CURSOR, cursor);
    const subject = await subjectOf(context, request.asset, request.version);
    const all = await commentsOf(context, subject.id);
    const comments = await numbered(context, ofVersion(all, subject.version?.id));
    const threads = comments.filter(({ under }) => !under);
    const done = threads.filter((one) => one.done).length;
    const { page, next } = pageOf(comments, subject, request);
    const others = otherVersionsLines(
      countedByVersion(all),
      subject.versions.filter((one) => one !== subject.version),
    );
    const resolved = { ...request, asset: subject.id, ...(subject.version && { version: subject.version.id }) };
    return {
      asset: subject.title,
      version: versionLabel(subject),
      total: threads.length,
      open: threads.length - done,
      done,
      shown: page.filter(({ under }) => !under).length,
      comments: page.map((one) => commentLine(one, subject)),
      ...(threads.length > 0 && { threads: keepThreads(context, subject, comments) }),
      ...(others.length > 0 && { other_versions: others }),
      ...(next && { next: context.handles.keep(CURSOR, { ...resolved, after: next }) }),
    };
  },
});

/** Numbers do not depend on `state`: threads left out leave gaps. */
function pageOf(comments: readonly Comment[], subject: Subject, { state = 'all', after }: CommentPage) {
  const states = new Map(comments.map(({ id, done }) => [id, done ? 'done' : 'open']));
  const matches = ({ id, under }: Comment): boolean => state === 'all' || states.get(under ?? id) === state;
  const wanted = comments.filter(matches);
  const start = after === undefined ? 0 : comments.findIndex(({ number }) => number === after) + 1;
  const rest = wanted.filter((one) => comments.indexOf(one) >= start);
  const count = countFittingLines(
    rest.map((one) => commentLine(one, subject)),
    0,
    MAX_PAGE_TOKENS,
  );
  const page = rest.slice(0, count);
  return { page, next: count < rest.length ? page.at(-1)?.number : undefined };
}
