import { ToolError } from '../../errors.ts';
import type { Conditions } from '../../library/metadata/conditions.ts';
import {
  all,
  byIds,
  type Criteria,
  type Doc,
  MAX_DOCUMENTS,
  MAX_IDS,
  onlyThese,
  page,
  type Term,
} from '../../library/search.ts';
import {
  assetsWith,
  COMMENT,
  COMMENT_FIELDS,
  countOfOpen,
  openComments,
} from '../../library/segments/open_comments.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import { groupBy } from '../../run/group_by.ts';
import type { Context } from '../../types.ts';
import type { Part } from './states.ts';

/** Comments that are read for a page of hits. */
const MAX_COMMENTS = 1_000;

/**
 * By asset id, what the current version of each hit has: `3 open comments`, `comments done`. Replies do not count. The
 * index counts the comments of all versions, replies too, so the comments themselves are read, in one request; without it
 * (no right, too many comments) there is nothing about them.
 */
export async function commentsOfHits(context: Context, docs: readonly Doc[]): Promise<Map<string, string>> {
  const commented = docs.filter(({ id, comments_count = 0 }) => id && comments_count > 0);
  if (commented.length === 0) return new Map();
  const terms = [COMMENT, { name: 'asset_id', value_in: commented.map(({ id = '' }) => id) }];
  const found = await page(
    context,
    { doc_types: ['segments'], terms },
    { per_page: MAX_COMMENTS, include_fields: COMMENT_FIELDS },
  ).catch((error: unknown) => {
    if (context.signal.aborted) throw error;
    return undefined;
  });
  if (!found || found.total > found.docs.length) return new Map();
  return new Map(commented.map((doc) => [String(doc.id), stateOf(doc, found.docs)]));
}

function stateOf(doc: Doc, comments: readonly Doc[]): string {
  const current = sortedVersions(doc).latest?.id;
  const all = comments.filter(
    ({ asset_id, parent_id, status }) => asset_id === doc.id && !parent_id && status !== 'DELETED',
  );
  const own = all.filter(({ version_id }) => !current || !version_id || version_id === current);
  const open = own.filter(({ segment_checked }) => !segment_checked).length;
  if (open > 0) return `${open} open comment${open > 1 ? 's' : ''}`;
  if (own.length > 0) return own.length > 1 ? `${own.length} comments, all done` : '1 comment, done';
  return all.length > 0 ? 'comments on other versions' : '';
}

const IS_COMMENTS = /^(open )?comments?$/i;
const COMMENT_STATES = ['open', 'not empty', 'empty'] as const;
export type CommentState = (typeof COMMENT_STATES)[number];

/** Takes the condition on comments, which are no metadata, out of the others. Throws `ToolError` for other values. */
export function takeComments(where: Readonly<Record<string, unknown>>) {
  const entries = Object.entries(where);
  const found = entries.find(([label]) => IS_COMMENTS.test(label.trim()));
  if (!found) return { where, comments: undefined };
  const [label, value] = found;
  const values = [value].flat().map((one) => String(one).trim().toLowerCase());
  const state = COMMENT_STATES.find((one) => values.length === 1 && values[0] === one);
  if (!state)
    throw new ToolError(
      `${label}: give one of ${COMMENT_STATES.map((one) => `"${one}"`).join(', ')}. To find words in comments use comment.`,
    );
  return { where: Object.fromEntries(entries.filter((one) => one !== found)), comments: state };
}

/** The condition on comments, as far as the index has a field for it: any or none, on whatever version. */
export function commentCondition(state: CommentState): Conditions {
  if (state === 'open') return { terms: [], not: [], notes: ['comments: open → not ticked off, on whatever version'] };
  const notes = [`comments: ${state} → as the index counts them: replies too, on whatever version`];
  if (state === 'empty') return { terms: [], not: ['comments_count:[1 TO *]'], notes };
  return { terms: [COMMENTED], not: [], notes };
}

const COMMENTED: Term = { name: 'comments_count', range: { min: '1' } };

/**
 * Of what the criteria find, the assets with open comments, on whatever version; as `parts` that condition alone, where it is
 * known. Where the library has too many of them, those that fit the criteria are looked at alone. Throws `ToolError` where
 * these are too many as well.
 */
export async function withOpenComments(
  context: Context,
  criteria: Criteria,
): Promise<{ readonly criteria: Criteria; readonly parts: readonly Part[] }> {
  const isReadable = (await countOfOpen(context)) <= MAX_DOCUMENTS;
  const assets = isReadable ? assetsWith(await openComments(context)) : undefined;
  if (assets && assets.size <= MAX_IDS) {
    const part = { label: 'comments', terms: [byIds([...assets])], clauses: [] };
    return { criteria: onlyThese(criteria, [...assets]), parts: [part] };
  }
  const commented = { ...criteria, terms: [...criteria.terms, COMMENTED] };
  const { total } = await page(context, commented, { per_page: 1, include_fields: ['id'] });
  if (total > MAX_IDS)
    throw new ToolError(
      `comments: ${total} assets with comments fit the other conditions, and at most ${MAX_IDS} can be checked for open ones. Narrow the search, for example by collection or by date.`,
    );
  const ids = (await all(context, commented, [])).map(({ id = '' }) => id);
  const own = assets ?? assetsWith(await openComments(context, ids));
  const fitting = ids.filter((id) => own.has(id));
  return { criteria: onlyThese(criteria, fitting), parts: [] };
}

/** How many open comments the current version of an asset has. */
export async function openCounts(context: Context): Promise<(doc: Doc) => number> {
  const byAsset = groupBy(await openComments(context), ({ asset_id }) => asset_id);
  return (doc) => {
    const current = sortedVersions(doc).latest?.id;
    return (byAsset.get(doc.id) ?? []).filter(({ version_id }) => !current || !version_id || version_id === current)
      .length;
  };
}
