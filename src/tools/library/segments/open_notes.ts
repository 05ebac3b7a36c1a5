import { firstOf } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { shorten } from '../../../text/tokens.ts';
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

/** What nobody may miss among other remarks: it is named first. */
const LEGAL =
  /\b(do not|don['’]?t|must not|not cleared|release|rights?|clearance|legal|embargo|licen[cs]e|consent|blur|verboten|freigabe|rechte)\b/i;

export async function openNotes(
  context: Context,
  asset_id: string,
  version_id: string | undefined,
): Promise<OpenNotes> {
  const report = createReport(context);
  const read = async (): Promise<NumberedNote[]> =>
    numbered(context, ofVersion(await notesOf(context, asset_id, ['COMMENT', 'QC']), version_id));
  const all = (await report.part('Open comments', read())) ?? [];
  const open = all.filter(({ kind, done, under }) => isTickable(kind) && !done && !under);
  const whole = open.filter(({ start }) => start === undefined);
  return {
    at: (start, end) => {
      const own = open.filter((one) => one.start !== undefined && one.start <= end && (one.end ?? one.start) >= start);
      return own.length > 0 ? `open ${named(own)}` : undefined;
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
