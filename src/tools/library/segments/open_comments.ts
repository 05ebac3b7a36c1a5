import { batches } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { all, type Criteria, type Doc, page } from '../search.ts';

export const COMMENT = { name: 'segment_type', value_in: ['COMMENT'] };

/** What is needed to tell open comments, and of which version they are. */
export const COMMENT_FIELDS = ['asset_id', 'version_id', 'parent_id', 'segment_checked', 'status'];

const OPEN: Criteria = { doc_types: ['segments'], terms: [COMMENT], query: 'NOT segment_checked:true' };

/** Assets whose comments are read together. */
const ASSETS_PER_REQUEST = 500;

/** How many the index has, replies among them. */
export const countOfOpen = async (context: Context): Promise<number> =>
  (await page(context, OPEN, { per_page: 1, include_fields: ['id'] })).total;

/** Comments that nobody has ticked off, without replies, of all versions: of these assets, or of all. */
export async function openComments(context: Context, ids?: readonly string[]): Promise<Doc[]> {
  const parts = ids ? batches(ids, ASSETS_PER_REQUEST).map((value_in) => [{ name: 'asset_id', value_in }]) : [[]];
  const found: Doc[] = [];
  for (const terms of parts)
    found.push(...(await all(context, { ...OPEN, terms: [...OPEN.terms, ...terms] }, COMMENT_FIELDS)));
  return found.filter(
    ({ parent_id, segment_checked, status }) => !parent_id && !segment_checked && status !== 'DELETED',
  );
}

/** The assets that comments belong to. */
export const assetsWith = (comments: readonly Doc[]): Set<string> =>
  new Set(comments.flatMap(({ asset_id }) => asset_id ?? []));
