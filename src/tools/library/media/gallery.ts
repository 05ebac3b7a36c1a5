import { formatDuration } from '../../../media/units.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import type { GalleryItem } from '../../page_data.ts';
import type { Doc } from '../search.ts';
import { cutOf, lengthOfCut } from './cut.ts';

/** Fields of a document that an item of a gallery needs. */
export const GALLERY_FIELDS = [
  'object_type',
  'type',
  'media_type',
  'status',
  'archive_status',
  'is_online',
  'duration_milliseconds',
  'versions',
  'time_start_milliseconds',
  'time_end_milliseconds',
  'original_asset_id',
] as const;

/** Characters of a title: more are too many to look at. */
const MAX_TITLE = 500;

/** A hit as an item of a gallery; none where the document has no id. */
export function galleryItem(doc: Doc): GalleryItem[] {
  const { id, title = 'untitled', media_type, type, object_type } = doc;
  if (!id) return [];
  const kind = media_type ?? type?.toLowerCase() ?? (object_type === 'collections' ? 'collection' : object_type);
  const duration = lengthOf(doc);
  return [
    {
      id,
      title: title.slice(0, MAX_TITLE),
      ...(kind && { type: kind }),
      ...(duration && { duration }),
      states: statesOf(doc),
    },
  ];
}

/** What is unusual about an asset: `archived`, `offline`, `3 versions`. */
export function statesOf(doc: Doc): string[] {
  const { status, archive_status, is_online } = doc;
  const versions = sortedVersions(doc).list.length;
  return [
    ...(status && status !== 'ACTIVE' ? [status.toLowerCase()] : []),
    ...(archive_status && archive_status !== 'NOT_ARCHIVED' ? [archive_status.toLowerCase().replaceAll('_', ' ')] : []),
    ...(is_online === false ? ['offline'] : []),
    ...(versions > 1 ? [`${versions} versions`] : []),
  ];
}

/** The length of a clip or of a cut, as people read it. */
export function lengthOf(doc: Doc): string | undefined {
  const cut = cutOf(doc);
  const ms = doc.duration_milliseconds ?? (cut && lengthOfCut(cut));
  return ms === undefined ? undefined : formatDuration(ms);
}
