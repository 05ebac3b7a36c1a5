import { formatBytes } from '../../../media/units.ts';
import { firstOf, plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { titlesOf, toldApart } from '../../library/plans/titles.ts';
import { all, type Doc } from '../../library/search.ts';
import { sharedNow } from '../../library/shares/shares.ts';
import { subclipsOf } from '../../library/subclips.ts';
import type { Report } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import type { Original } from './originals.ts';

/** Collections and storages of one copy that are named. */
const MAX_NAMED = 3;

/** Where assets are used; a part that cannot be read is absent, and noted. */
export interface Uses {
  readonly collections?: ReadonlyMap<string, string>;
  /** Sub-clips by the asset they are cut from. */
  readonly subclips?: ReadonlyMap<string, readonly Doc[]>;
  readonly shared?: Awaited<ReturnType<typeof sharedNow>>;
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

/** `"Drone, sunrise" (id) · v1 · 1.8 GB on Harbour GCS (GCS) · created 2025-06-21 · in "Drone 2025" · shared`. */
export function copyLine({ asset, version, size, storages, places }: Original, uses: Uses): string {
  const { id = '', title = 'untitled', date_created, comments_count = 0 } = asset;
  const cut = uses.subclips?.get(id)?.length ?? 0;
  return [
    `${inQuotes(title)} (${id})`,
    version,
    `${size === undefined ? 'size not known' : formatBytes(size)} ${places.size > 0 ? `on ${firstOf(storages, MAX_NAMED)}` : 'archived away or missing'}`,
    date_created && `created ${date_created.slice(0, 10)}`,
    placesLine(asset, uses),
    cut > 0 && plural(cut, 'sub-clip'),
    uses.shared && sharedLine(asset, uses.shared.ids),
    comments_count > 0 && plural(comments_count, 'comment'),
  ]
    .filter(Boolean)
    .join(' · ');
}

function placesLine({ in_collections = [] }: Doc, { collections }: Uses): string | false {
  if (!collections) return false;
  return in_collections.length === 0
    ? 'in no collection'
    : `in ${titlesOf(toldApart(in_collections.map((id) => ({ id, title: collections.get(id) }))), MAX_NAMED)}`;
}

function sharedLine({ id = '', ancestor_collections = [] }: Doc, shared: ReadonlySet<string>): string | false {
  if (shared.has(id)) return 'shared';
  return ancestor_collections.some((one) => shared.has(one)) && 'shared with its collection';
}
