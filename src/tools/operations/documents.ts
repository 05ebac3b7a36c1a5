import * as z from 'zod';
import { flag, free, integer, strings, text } from '../params.ts';
import { versionAnswer } from './assets.ts';
import { fileAnswer } from './files.ts';
import { formatAnswer } from './formats.ts';
import { keyframeAnswer } from './keyframes.ts';
import { proxyAnswer } from './proxies.ts';
import { segmentAnswer, withAuthor } from './segment_fields.ts';

/** Fields of the index for assets only. */
const assetFields = {
  media_type: text,
  duration_milliseconds: integer,
  is_online: flag,
  is_blocked: flag,
  warning: text,
  archive_status: text,
  approval_status: text,
  /** What the documents of real libraries hold; `approval_status` serves terms and facets. */
  approval: z.looseObject({ status: text, version_id: text, request_date: text, requested_by: text }).optional(),
  analyze_status: text,
  face_recognition_status: text,
  has_unconfirmed_persons: flag,
  person_ids: strings,
  transcribed_languages: strings,
  comments_count: integer,
  versions: z.array(z.looseObject(versionAnswer)).optional(),
  versions_number: integer,
  format: text,
  formats: z.array(z.looseObject(formatAnswer)).optional(),
  files: z.array(z.looseObject(fileAnswer)).optional(),
  proxies: z.array(z.looseObject({ ...proxyAnswer, download_url: text })).optional(),
  keyframes: z.array(z.looseObject(keyframeAnswer)).optional(),
  relations: z.array(z.looseObject({})).optional(),
  original_asset_id: text,
  original_version_id: text,
  original_segment_id: text,
  external_link: text,
  site_name: text,
  date_imported: text,
  date_viewed: text,
  last_archive_restore_date: text,
};

const collectionFields = { is_root: flag, parent_id: text, custom_order_status: text, storage_id: text };

/**
 * A document of the index, of any kind. Iconik's description names only a few of these fields; the others are those of
 * the object. `metadata` holds lists of values by field name; `position` is the position in a collection.
 */
export const documentAnswer = {
  ...segmentAnswer,
  ...collectionFields,
  ...assetFields,
  object_type: text,
  title: text,
  description: text,
  type: text,
  category: text,
  position: integer,
  in_collections: strings,
  ancestor_collections: strings,
  metadata: z.record(z.string(), z.any()).optional(),
  permissions: strings,
  favoured: flag,
  custom_keyframe: text,
  custom_poster: text,
  created_by_user: text,
  updated_by_user: text,
  deleted_by_user: text,
  date_deleted: text,
  _highlight: free,
  // Not an array of any: its nulls count, and projecting an array drops them.
  _sort: z.custom<readonly unknown[]>(Array.isArray).optional(),
};

/** Adds authors to segments, and drops from assets the joined texts of all their segments. */
export function shapeDocuments(body: unknown): unknown {
  const { objects, ...rest } = (body ?? {}) as { readonly objects?: unknown };
  return Array.isArray(objects) ? { ...rest, objects: objects.map(shapeDocument) } : body;
}

function shapeDocument(one: unknown): unknown {
  const { segment_text: _, ...rest } = (one ?? {}) as Readonly<Record<string, unknown>>;
  if (rest.object_type !== 'segments') return rest;
  const segment_text = segmentTextIn(one);
  return withAuthor({ ...rest, ...(segment_text !== undefined && { segment_text }) });
}

/** The fields of an index document that may hold the words of a segment. */
export const SEGMENT_TEXT_FIELDS = ['segment_text', 'metadata_cache'] as const;

/** The words of a segment in the index; those of a transcript may be in `metadata_cache` alone, or missing. */
export function segmentTextIn(document: unknown): string | undefined {
  const { segment_text, metadata_cache } = (document ?? {}) as Readonly<Record<string, unknown>>;
  return [segment_text, metadata_cache].find((text): text is string => typeof text === 'string' && text !== '');
}
