import { inQuotes } from '../../../text/quote.ts';

/** What people call the work of the types of jobs. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(transcod(es|ing)|encod(e|es|ing)|prox(y|ies))$/, 'TRANSCODE'],
  [/^(transfers|transferring)$/, 'TRANSFER'],
  [/^(exports|exporting|deliver(y|ies))$/, 'EXPORT'],
  [/^(archives|archiving|archivals?)$/, 'ARCHIVE'],
  [/^(restores|restoring|retrievals?)$/, 'RESTORE'],
  [/^(deletes|deleting|deletions?)$/, 'DELETE'],
  [/^(moves|moving)$/, 'MOVE'],
  [/^(copies|copying)$/, 'COPY'],
  [/^(scans|scanning)$/, 'SCAN'],
  [/^(transcriptions|transcripts?|transcribing)$/, 'TRANSCRIPTION'],
  [/^(keyframe|thumbnails?|posters?)$/, 'KEYFRAMES'],
  [/^(analys[ei]s|analyz?ing|analysing)$/, 'ANALYZE'],
  [/^(ingests?|ingesting)$/, 'STORAGE_GATEWAY_FILE_INGEST'],
];

/** The type that words such as `transcodes` or `proxy jobs` mean; other words as Iconik writes types. */
export function jobType(words: string | undefined): { readonly type?: string; readonly notes: readonly string[] } {
  if (words === undefined) return { notes: [] };
  const plain = words
    .trim()
    .toLowerCase()
    .split(/[\s_-]/)
    .filter(Boolean)
    .join(' ')
    .replace(/ jobs?$/, '');
  const written = plain.toUpperCase().replaceAll(' ', '_');
  const meant = WORDS.find(([pattern]) => pattern.test(plain))?.[1];
  return { type: meant ?? written, notes: meant ? [`type: ${inQuotes(words)} → ${meant}.`] : [] };
}
