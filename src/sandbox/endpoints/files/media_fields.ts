import { cursorQuery, defaulting, flag, nullable, objectOf, oneOf, readOnly, text, whole } from '../../fields.ts';
import type { Fields } from '../../types.ts';

/** Statuses of a file, a proxy and a keyframe. */
export const mediaStatus = oneOf(
  'OPEN',
  'GROWING',
  'AWAITED',
  'CLOSED',
  'FAILED',
  'ARCHIVED',
  'MISSING',
  'REDISCOVERED',
  'DELETED',
);
export const resolution = objectOf({ height: whole, width: whole });
export const optionalText = nullable(text);

export const disposition: Fields = { content_disposition: defaulting(text, 'inline') };
export const allVersions: Fields = { include_all_versions: flag };
export const fileCount: Fields = { file_count: defaulting(flag, false) };
/** Query parameters of a list whose rows have URLs. */
export const signedList = (byDefault: boolean): Fields => ({
  ...cursorQuery,
  ...disposition,
  generate_signed_url: defaulting(flag, byDefault),
});

/** Read-only fields about the upload. */
export const uploadFields: Fields = {
  storage_method: readOnly(text),
  upload_url: readOnly(text),
  upload_method: readOnly(text),
  upload_credentials: readOnly({ type: 'object' }),
};
