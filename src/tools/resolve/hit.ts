import { formatDuration } from '../../media/units.ts';
import type { Doc } from './library.ts';

/**
 * One hit as one line: title, kind, length, date, flags, id. What everybody expects (active, online, one version) is
 * left out; what is unusual is said.
 */
export function hitLine(doc: Doc, extra: readonly (string | undefined)[] = []): string {
  const kind = [doc.media_type ?? doc.type?.toLowerCase() ?? doc.object_type, lengthOf(doc)].filter(Boolean).join(' ');
  const versions = Array.isArray(doc.versions) ? doc.versions.length : 0;
  const flags = [
    doc.status && doc.status !== 'ACTIVE' && doc.status.toLowerCase(),
    doc.archive_status &&
      doc.archive_status !== 'NOT_ARCHIVED' &&
      doc.archive_status.toLowerCase().replaceAll('_', ' '),
    doc.is_online === false && 'offline',
    versions > 1 && `${versions} versions`,
  ];
  const parts = [`"${doc.title ?? 'untitled'}"`, kind, doc.date_created?.slice(0, 10), ...flags, ...extra, doc.id];
  return parts.filter(Boolean).join(' · ');
}

const lengthOf = ({ duration_milliseconds: ms }: Doc): string | undefined =>
  ms === undefined ? undefined : formatDuration(ms);

/** What a hit line needs of a document. */
export const HIT_FIELDS = [
  'id',
  'title',
  'object_type',
  'type',
  'media_type',
  'status',
  'archive_status',
  'is_online',
  'duration_milliseconds',
  'date_created',
  'versions',
] as const;
