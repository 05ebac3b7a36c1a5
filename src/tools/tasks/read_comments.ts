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
import type { Segment } from '../library/segments/timeline.ts';
import { oneAsset, oneVersion } from '../library/selection.ts';
import { type Subject, subjectOf, versionSaid } from '../library/subject.ts';
import { integer, strings, text } from '../params.ts';

/** Tokens of a page. */
const MOST = 2_500;

interface Reading {
  readonly asset: string;
  readonly version?: string | undefined;
  readonly state?: 'open' | 'done' | 'all' | undefined;
  /** The last number that was shown. */
  readonly after?: string;
}

const CURSOR = cursorOf<Reading>('read_comments');

export const read_comments = task({
  title: 'Read comments',
  description:
    'Read the comments of one version of an asset as numbered threads: timecode, author (guests of a share named as such), open or done, drawing, answers. The numbers and the threads handle go to annotate_asset, which answers and ticks off. To find comments across assets use find_assets.',
  effect: 'read',
  roles: ['can_read_segments'],
  input: {
    asset: oneAsset.optional(),
    state: z.enum(['open', 'done', 'all']).optional().describe('Default all.'),
    version: oneVersion,
    cursor: z.string().optional().describe('next of the answer before, for more of it.'),
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
    return cursor !== undefined && given ? `cursor: leave out ${given}, the cursor knows what was asked.` : undefined;
  },
  run: async ({ cursor, asset = '', ...asked }, context) => {
    const given: Reading = cursor === undefined ? { ...asked, asset } : context.handles.get(CURSOR, cursor);
    const subject = await subjectOf(context, given.asset, given.version);
    const all = await commentsOf(context, subject.id);
    const comments = await numbered(context, ofVersion(all, subject.version?.id));
    const tops = comments.filter(({ under }) => !under);
    const done = tops.filter((one) => one.done).length;
    const { page, next } = pageOf(comments, subject, given);
    const others = elsewhere(subject, all);
    const last = { ...given, asset: subject.id, ...(subject.version && { version: subject.version.id }) };
    return {
      asset: subject.title,
      version: versionSaid(subject),
      total: tops.length,
      open: tops.length - done,
      done,
      shown: page.filter(({ under }) => !under).length,
      comments: page.map((one) => commentLine(one, subject)),
      ...(tops.length > 0 && { threads: keepThreads(context, subject, comments) }),
      ...(others.length > 0 && { other_versions: others }),
      ...(next && { next: context.handles.keep(CURSOR, { ...last, after: next }) }),
    };
  },
});

/** Whole numbers stay whatever the state asked for: what is left out leaves a gap. */
function pageOf(comments: readonly Comment[], subject: Subject, { state = 'all', after }: Reading) {
  const states = new Map(comments.map(({ id, done }) => [id, done ? 'done' : 'open']));
  const fits = ({ id, under }: Comment): boolean => state === 'all' || states.get(under ?? id) === state;
  const wanted = comments.filter(fits);
  const start = after === undefined ? 0 : comments.findIndex(({ number }) => number === after) + 1;
  const rest = wanted.filter((one) => comments.indexOf(one) >= start);
  const count = countFittingLines(
    rest.map((one) => commentLine(one, subject)),
    0,
    MOST,
  );
  const page = rest.slice(0, count);
  return { page, next: count < rest.length ? page.at(-1)?.number : undefined };
}

/** `v2: 1 open of 3`, for the versions that have comments too. */
function elsewhere({ versions, version }: Subject, all: readonly Segment[]): string[] {
  return versions.flatMap((one) => {
    const own = all.filter((segment) => segment.version_id === one.id && segment.parent_id === undefined);
    const open = own.filter(({ segment_checked }) => segment_checked !== true).length;
    return one === version || own.length === 0 ? [] : [`${one.name}: ${open} open of ${own.length}`];
  });
}
