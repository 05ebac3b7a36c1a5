import { ACTIVE, all, type Doc } from '../../library/search.ts';
import { collections } from '../../operations/collections.ts';
import { each } from '../../run/each.ts';
import type { Report } from '../../run/report.ts';
import type { Context } from '../../types.ts';

/** A collection with everything below it. */
export interface Sized {
  readonly id: string;
  /** Titles from the root down. */
  readonly path: readonly string[];
  /** Of originals. */
  readonly bytes: number;
  readonly assets?: number;
}

/** Collections that are measured in one call. */
const MAX_READS = 400;
/** Milliseconds kept for the answer. */
const RESERVED_MS = 3_000;

/**
 * The largest collections, by their originals. A collection is measured (`…/collections/{id}/content/info/`) only where
 * the one above it is among the largest: what it holds counts in both. Notes what was not measured.
 */
export async function largestCollections(context: Context, report: Report, count: number): Promise<Sized[]> {
  const docs = await all(context, { doc_types: ['collections'], terms: [ACTIVE] }, ['title', 'parent_id']);
  const byId = new Map(docs.map((doc) => [String(doc.id), doc]));
  const parentOf = ({ parent_id }: Doc): string | undefined =>
    parent_id && byId.has(parent_id) ? parent_id : undefined;
  const found: Sized[] = [];
  let next = docs.filter((doc) => parentOf(doc) === undefined);
  let reads = 0;
  let unread = 0;
  while (next.length > 0) {
    const wave = next.slice(0, MAX_READS - reads);
    const { done, failed, rest } = await each(
      wave,
      context,
      ({ id: collection_id = '' }) =>
        context.use(collections.tools.get_collection_content_info, { collection_id, format_name: 'ORIGINAL' }),
      { reserve: RESERVED_MS },
    );
    reads += wave.length;
    unread += next.length - wave.length + failed.length + rest.length;
    for (const { item, result } of done)
      found.push({
        id: String(item.id),
        path: pathTo(item, byId),
        bytes: result.total_size ?? 0,
        ...(result.assets_count !== undefined && { assets: result.assets_count }),
      });
    found.sort((a, b) => b.bytes - a.bytes);
    const least = found[count - 1]?.bytes ?? 1;
    const large = new Set(
      done.filter(({ result }) => (result.total_size ?? 0) >= Math.max(1, least)).map(({ item }) => item.id),
    );
    next = docs.filter((doc) => large.has(parentOf(doc)));
  }
  if (unread > 0)
    report.note(
      `${unread} of ${docs.length} collections were not measured, nor what is below them: time, the limit of ${MAX_READS}, or no right to. There may be larger ones.`,
    );
  return found.filter(({ bytes }) => bytes > 0).slice(0, count);
}

function pathTo(doc: Doc, byId: ReadonlyMap<string, Doc>): string[] {
  const path: string[] = [];
  const seen = new Set<Doc>();
  for (let at: Doc | undefined = doc; at && !seen.has(at); at = at.parent_id ? byId.get(at.parent_id) : undefined) {
    seen.add(at);
    path.unshift(at.title ?? 'untitled');
  }
  return path;
}
