import * as z from 'zod';
import { datesMeant, parseDateRange } from '../../media/dates.ts';
import { searchKey } from '../../text/compare.ts';
import { countFittingLines } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { cursorOf } from '../handles.ts';
import {
  BIN,
  binContents,
  countInBin,
  type Deleted,
  deletedLine,
  graceHours,
  keptFor,
} from '../library/bin/contents.ts';
import { nameOrMine } from '../library/people.ts';
import { titlesOf } from '../library/plans/titles.ts';
import { integer, strings, text } from '../params.ts';
import { createReport } from '../run/report.ts';

/** Entries of a page, and tokens of their lines. */
const DEFAULT_LIMIT = 50;
const MAX_TOKENS = 6_000;

interface Rest {
  readonly entries: readonly Deleted[];
  readonly from: number;
  readonly bin: string | undefined;
  readonly hours: number | undefined;
  readonly zone: string;
}

const CURSOR = cursorOf<Rest>('list_bin');

export const list_bin = task({
  title: 'List the recycle bin',
  description:
    'What is in the recycle bin (trash): deleted assets and sub-clips, who deleted them and when, until when they are kept. Returns a handle to bring them back with restore_assets.',
  effect: 'read',
  roles: ['can_read_assets'],
  input: {
    words: z.string().optional().describe('Words of the title.'),
    by: z.string().optional().describe('Who: part of a name.'),
    deleted: z.string().optional().describe('e.g. last week, 2026-11-02..2026-11-09.'),
    time_zone: z.string().optional().describe('Default UTC.'),
    limit: z.int().min(1).max(200).optional().describe('Default 50.'),
    cursor: z.string().optional().describe('next of the last answer.'),
  },
  output: { total: integer, shown: integer, entries: strings, bin: text, next: text, notes: strings },
  run: async ({ words, by: given, deleted, time_zone: zone = 'UTC', limit = DEFAULT_LIMIT, cursor }, context) => {
    const show = ({ entries, from, bin, hours, zone }: Rest) => {
      const lines = entries.slice(from, from + limit).map((entry) => deletedLine(entry, hours, zone));
      const shown = countFittingLines(lines, 0, MAX_TOKENS);
      const next = from + shown;
      return {
        total: entries.length,
        shown,
        entries: lines.slice(0, shown),
        ...(bin && { bin }),
        ...(next < entries.length && { next: context.handles.keep(CURSOR, { entries, from: next, bin, hours, zone }) }),
      };
    };
    if (cursor !== undefined) return show(context.handles.get(CURSOR, cursor));
    const report = createReport(context);
    const by = await nameOrMine(context, given);
    const [contents, hours] = await Promise.all([
      binContents(context, deleted === undefined ? undefined : dateFilter(deleted, zone)),
      graceHours(context),
    ]);
    const entries = contents.entries.filter((entry) => fits(entry, words, by));
    if (deleted !== undefined) {
      const meant = datesMeant(deleted, zone);
      if (meant) report.note(`deleted: ${meant} (${zone}).`);
      if (contents.total === 0)
        report.note(
          `Nothing was deleted then; in the bin in all: ${await countInBin(context)}. Leave out deleted to see it.`,
        );
    }
    // Otherwise each line says until when.
    if (hours === undefined || entries.length === 0)
      report.note(`Things are kept ${keptFor(hours)}, then Iconik purges them.`);
    if (!contents.isComplete)
      report.note(
        `Looked at the ${contents.entries.length} deleted last of ${contents.total}. Give days in deleted to look further back.`,
      );
    if (entries.length < contents.entries.length) {
      const asked = [words && 'the words', by && 'the person'].filter(Boolean).join(' and ');
      const latest = entries.length === 0 ? ` Deleted last: ${titlesOf(contents.entries)}.` : '';
      report.note(`${entries.length} of ${contents.entries.length} fit ${asked}.${latest}`);
    }
    report.note('Assets alone: no collections, nor which collections they were in.');
    // Nothing has no handle.
    const bin = entries.length > 0 ? context.handles.keep(BIN, entries) : undefined;
    return { ...show({ entries, from: 0, bin, hours, zone }), notes: [...report.notes] };
  },
});

function dateFilter(deleted: string, zone: string): string {
  const { from, to } = parseDateRange(deleted, zone);
  return [from && `date_deleted,gte,${from}`, to && `date_deleted,lt,${to}`].filter(Boolean).join(';');
}

function fits({ title, name = '' }: Deleted, words: string | undefined, by: string | undefined): boolean {
  const holds = (text: string, wanted: string | undefined): boolean =>
    searchKey(wanted ?? '')
      .split(/\s+/)
      .every((word) => searchKey(text).includes(word));
  return holds(title, words) && holds(name, by);
}
