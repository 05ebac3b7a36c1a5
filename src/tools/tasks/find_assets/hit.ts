import { dayIn } from '../../../media/dates.ts';
import { shorten } from '../../../text/tokens.ts';
import { cutLabel, cutOf } from '../../library/media/cut.ts';
import { GALLERY_FIELDS, lengthOf, statesOf } from '../../library/media/gallery.ts';
import { MAX_TITLE_LENGTH } from '../../library/objects.ts';
import type { Doc } from '../../library/search.ts';

/** A hit as one line: title, kind, duration, date, flags, id. Flags name only the unusual: archived, offline, versions. */
export function hitLine(doc: Doc, zone: string, extra: readonly (string | undefined)[] = []): string {
  const kind = [doc.media_type ?? doc.type?.toLowerCase() ?? doc.object_type?.replace(/s$/, ''), lengthOf(doc)]
    .filter(Boolean)
    .join(' ');
  const cut = cutOf(doc);
  const parts = [
    `"${shorten(doc.title ?? 'untitled', MAX_TITLE_LENGTH)}"`,
    kind,
    cut && cutLabel(cut),
    doc.date_created && dayIn(doc.date_created, zone),
    ...statesOf(doc),
    ...extra,
    doc.id,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Characters of a quotation, and of the text before its first highlight. */
const MAX_QUOTE_LENGTH = 50;
const MAX_LEAD_LENGTH = 22;

/** The part of a highlighted text around its first highlight, without the tags (`<em>`). */
export function quoteAround(marked: string): string {
  const text = marked.replace(/<\/?em>/g, '');
  const mark = Math.max(0, marked.indexOf('<em>'));
  const gap = text.indexOf(' ', mark - MAX_LEAD_LENGTH);
  // Starts at a word shortly before the highlight, or at the highlight itself in scripts without spaces.
  const start =
    text.length <= MAX_QUOTE_LENGTH || mark <= MAX_LEAD_LENGTH ? 0 : gap >= 0 && gap < mark ? gap + 1 : mark;
  return `${start > 0 ? '…' : ''}${shorten(text.slice(start), MAX_QUOTE_LENGTH)}`;
}

/** `in description: "…"` if the title does not show the match; otherwise undefined. */
export function matchOf({ _highlight }: Doc): string | undefined {
  const found = Object.entries((_highlight ?? {}) as Readonly<Record<string, unknown>>);
  if (found.length === 0 || found.some(([field]) => field === 'title')) return undefined;
  // A match outside the joined segment texts says more.
  const [field, fragments] = found.find(([name]) => !IN_SEGMENTS.includes(name)) ?? found[0] ?? ['', ''];
  return `in ${field.replace(/^metadata\./, '')}: "${quoteAround(firstOf(fragments))}"`;
}

export const firstOf = (fragments: unknown): string => String(Array.isArray(fragments) ? fragments[0] : fragments);

/** Fields that hold the texts of all segments of an asset. */
const IN_SEGMENTS: readonly string[] = ['segment_text', 'transcription_text'];

/** Whether the words match only in segments: their places then explain the hit. */
export function inSegmentsOnly({ _highlight }: Doc): boolean {
  const fields = Object.keys((_highlight ?? {}) as object);
  return fields.length > 0 && fields.every((field) => IN_SEGMENTS.includes(field));
}

/** Fields of a document that a hit line needs. */
export const HIT_FIELDS = [...GALLERY_FIELDS, 'id', 'title', 'date_created', 'comments_count'] as const;
