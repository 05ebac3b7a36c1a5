import { firstOf } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { shorten } from '../../../text/tokens.ts';
import type { Version } from '../../operations/version_list.ts';
import { createReport } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { isTickable, type NumberedNote, notesOf, numbered, ofVersion } from './threads.ts';

/** Open comments and QC notes on one version, for what is cut or delivered of it. */
export interface OpenNotes {
  /** Those that lie on a range, in milliseconds: `open 4 (Maria Almeida): "Do not use"`; undefined for none. */
  at(start: number, end: number): string | undefined;
  /** Those about the whole asset, and why they are not known, as sentences. */
  readonly notes: readonly string[];
}

/** Notes that a line names, and characters of each. */
const MAX_NOTES = 3;
const MAX_TEXT = 80;
/** Other versions whose notes are named, the newest first. */
const MAX_VERSIONS = 1;

/** What nobody may miss among other remarks: it is named first. */
const LEGAL =
  /\b(do not|don['’]?t|must not|not cleared|release|rights?|clearance|legal|embargo|licen[cs]e|consent|blur|verboten|freigabe|rechte)\b/i;

/** `others` are the versions of which the notes are shown, too, where they have a place: what was said of an older cut may still hold. */
export async function openNotes(
  context: Context,
  asset_id: string,
  version_id: string | undefined,
  others: readonly Pick<Version, 'id' | 'name'>[] = [],
): Promise<OpenNotes> {
  const report = createReport(context);
  const listed = (await report.part('Open comments', notesOf(context, asset_id, ['COMMENT', 'QC']))) ?? [];
  const openOf = async (id: string | undefined): Promise<NumberedNote[]> => {
    const all = await numbered(context, ofVersion(listed, id));
    return all.filter(({ kind, done, under }) => isTickable(kind) && !done && !under);
  };
  const open = await openOf(version_id);
  const older = await Promise.all(
    others
      .toReversed()
      .filter(({ id }) => id !== version_id && listed.some((one) => one.version_id === id))
      .map(async ({ id, name }) => {
        const own = new Set(listed.flatMap((one) => (one.version_id === id ? (one.id ?? []) : [])));
        return { name, open: (await openOf(id)).filter((one) => own.has(one.id)) };
      }),
  );
  const whole = open.filter(({ start }) => start === undefined);
  return {
    at: (start, end) => {
      const on = (some: readonly NumberedNote[]) =>
        some.filter((one) => one.start !== undefined && one.start <= end && (one.end ?? one.start) >= start);
      const own = on(open);
      const there = older
        .map(({ name, open: some }) => ({ name, found: on(some) }))
        .filter(({ found }) => found.length > 0);
      const more = there.slice(MAX_VERSIONS).map(({ name }) => name);
      const parts = [
        ...(own.length > 0 ? [`open ${named(own)}`] : []),
        ...there.slice(0, MAX_VERSIONS).map(({ name, found }) => `open on ${name} ${named(found)}`),
        ...(more.length > 0 ? [`open on ${more.join(', ')}, too`] : []),
      ];
      return parts.length > 0 ? parts.join('; ') : undefined;
    },
    notes: [...(whole.length > 0 ? [`Open about the whole asset: ${named(whole)}.`] : []), ...report.notes],
  };
}

const named = (notes: readonly NumberedNote[]): string => {
  const first = notes.toSorted((a, b) => Number(LEGAL.test(b.text)) - Number(LEGAL.test(a.text)));
  return firstOf(first, MAX_NOTES, ({ number, author, text }) => {
    return `${number} (${shorten(author, MAX_TEXT)}): ${inQuotes(shorten(text, MAX_TEXT))}`;
  });
};
