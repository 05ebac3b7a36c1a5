// What the arguments of find_assets take beside labels of metadata.

export const IN_WHERE =
  'created, modified, imported, viewed, comments, transcript, storage, category, external id, size, codec, resolution, frame rate, scan, audio, start timecode, container, checksum';
export const IN_COUNT_BY =
  'media_type, archive_status, is_online, type, approval_status, format, storage, collection, size, codec, year, month, day';

/** What a hit shows by which it is sorted. */
export const SHOWN_BY_SORT: Readonly<Record<string, string>> = {
  changed: 'modified',
  viewed: 'viewed',
  largest: 'size',
  smallest: 'size',
  codec: 'codec',
  resolution: 'resolution',
  frame_rate: 'frame rate',
};
