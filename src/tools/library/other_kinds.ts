import { inQuotes } from '../../text/quote.ts';
import type { Context } from '../types.ts';
import { type Doc, page } from './search.ts';

const FIELDS = ['id', 'object_type', 'title', 'asset_id', 'segment_type', 'versions.id', 'versions.version_number'];

/**
 * What an id stands for that was given as another kind of object: `the collection "Season 2025"`, a segment, or a version
 * with its asset; undefined where the index has nothing with it, or cannot be asked.
 */
export async function objectWithId(context: Context, id: string): Promise<string | undefined> {
  const ask = (doc_types: readonly ('assets' | 'collections' | 'segments')[], name: string) =>
    page(context, { doc_types, terms: [{ name, value_in: [id] }] }, { per_page: 1, include_fields: FIELDS }).catch(
      () => ({ docs: [] as readonly Doc[] }),
    );
  const [named, versioned] = await Promise.all([
    ask(['assets', 'collections', 'segments'], 'id'),
    ask(['assets'], 'versions.id'),
  ]);
  const [doc] = named.docs;
  const [asset] = versioned.docs;
  if (doc?.object_type === 'collections') return `the collection ${inQuotes(doc.title ?? id)}`;
  if (doc?.object_type === 'segments')
    return `a ${doc.segment_type?.toLowerCase() ?? 'segment'} on the asset ${doc.asset_id}`;
  if (doc) return `the asset ${inQuotes(doc.title ?? id)}`;
  return asset && `a version of the asset ${inQuotes(asset.title ?? '')} (${asset.id})`;
}
