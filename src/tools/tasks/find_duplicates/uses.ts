import { formatBytes } from '../../../media/units.ts';
import { firstOf, plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { titlesOf } from '../../library/plans/refusals.ts';
import { all, type Doc } from '../../library/search.ts';
import { shares } from '../../operations/shares.ts';
import { allOf, pagesByNumber } from '../../run/pages.ts';
import type { Report } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { groupBy } from './group_by.ts';
import type { Original } from './originals.ts';

/** Collections and storages of one copy that are named. */
const MAX_NAMED = 3;

/** Where assets are used; a part that cannot be read is absent, and noted. */
export interface Uses {
  readonly collections?: ReadonlyMap<string, string>;
  /** Sub-clips by the asset they are cut from. */
  readonly subclips?: ReadonlyMap<string, number>;
  /** Ids of assets and collections that are shared now. */
  readonly shared?: ReadonlySet<string>;
}

export async function usesOf(context: Context, report: Report, docs: readonly Doc[]): Promise<Uses> {
  const ids = docs.flatMap(({ id }) => id ?? []);
  const [collections, subclips, shared] = await Promise.all([
    report.part(
      'collections',
      collectionTitles(context, [...new Set(docs.flatMap(({ in_collections }) => in_collections ?? []))]),
    ),
    report.part('sub-clips', subclipsOf(context, ids)),
    report.part('shares', sharedNow(context)),
  ]);
  return { ...(collections && { collections }), ...(subclips && { subclips }), ...(shared && { shared }) };
}

async function collectionTitles(context: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const docs = await all(context, { doc_types: ['collections'], terms: [{ name: 'id', value_in: ids }] }, ['title']);
  return new Map(docs.map(({ id = '', title = id }) => [id, title]));
}

async function subclipsOf(context: Context, ids: readonly string[]): Promise<Map<string, number>> {
  const active = { name: 'status', value_in: ['ACTIVE'] };
  const cut = { name: 'original_asset_id', value_in: ids };
  const docs = await all(context, { doc_types: ['assets'], terms: [active, cut] }, ['original_asset_id']);
  const counts = groupBy(docs, ({ original_asset_id }) => original_asset_id ?? '');
  return new Map([...counts].map(([id, list]) => [id, list.length]));
}

/** Of the shares that this user created or is a member of. */
async function sharedNow(context: Context): Promise<Set<string>> {
  const list = await allOf(
    pagesByNumber((paging) => context.use(shares.tools.list_own_shares, { include_member_of: true, ...paging }), {
      size: 100,
    }),
  );
  const now = Date.now();
  const current = list.filter(({ expires }) => !expires || !(Date.parse(expires) < now));
  return new Set(current.flatMap(({ object_id }) => object_id ?? []));
}

/** `"Drone, sunrise" (id) · v1 · 1.8 GB on Harbour GCS (GCS) · created 2025-06-21 · in "Drone 2025" · shared`. */
export function copyLine({ asset, version, size, storages, places }: Original, uses: Uses): string {
  const { id = '', title = 'untitled', date_created, comments_count = 0 } = asset;
  const cut = uses.subclips?.get(id) ?? 0;
  return [
    `${inQuotes(title)} (${id})`,
    version,
    `${size === undefined ? 'size not known' : formatBytes(size)} ${places.size > 0 ? `on ${firstOf(storages, MAX_NAMED)}` : 'archived away or missing'}`,
    date_created && `created ${date_created.slice(0, 10)}`,
    placesLine(asset, uses),
    cut > 0 && plural(cut, 'sub-clip'),
    uses.shared && sharedLine(asset, uses.shared),
    comments_count > 0 && plural(comments_count, 'comment'),
  ]
    .filter(Boolean)
    .join(' · ');
}

function placesLine({ in_collections = [] }: Doc, { collections }: Uses): string | false {
  if (!collections) return false;
  return in_collections.length === 0
    ? 'in no collection'
    : `in ${titlesOf(
        in_collections.map((one) => collections.get(one) ?? one),
        MAX_NAMED,
      )}`;
}

function sharedLine({ id = '', ancestor_collections = [] }: Doc, shared: ReadonlySet<string>): string | false {
  if (shared.has(id)) return 'shared';
  return ancestor_collections.some((one) => shared.has(one)) && 'shared with its collection';
}
