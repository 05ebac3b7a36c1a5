import * as z from 'zod';
import { writeCsv } from '../../../media/sheet.ts';
import { formatBytes } from '../../../media/units.ts';
import { clean } from '../../../text/clean.ts';
import { plural } from '../../../text/english.ts';
import { inQuotes, oneLine } from '../../../text/quote.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { attachDocument } from '../../documents.ts';
import { sizeLine } from '../../library/files.ts';
import { strings, text } from '../../params.ts';
import { createReport, type Report } from '../../run/report.ts';
import { largestCollections, type Sized } from './largest.ts';
import { type BucketUse, readUsage, type Usage } from './usage.ts';

const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;
const URI = 'iconik://report/storage.csv';
/** Tokens of the lines about storages, and of those about collections. */
const MAX_STORAGE_TOKENS = 4_500;
const MAX_COLLECTION_TOKENS = 3_500;
/** Characters of the names of storages. */
const MAX_NAME_LENGTH = 120;
/** Titles of a path that are named: the first and the last ones. */
const MAX_PATH = 4;

export const report_storage = task({
  title: 'Report storage use',
  description:
    'Report how much storage is used: TB and files per storage, by month with growth, and the biggest collections with their paths. For the files of one asset use locate_files.',
  effect: 'read',
  attaches: true,
  roles: ['can_read_stats', 'can_read_storages', 'can_list_storage_files', 'can_read_collections', 'can_search'],
  input: {
    months: z.int().min(1).max(11).optional().describe('How many, the running one included. Default 3.'),
    collections: z.int().min(0).max(50).optional().describe('How many of the biggest. Default 10; 0: none.'),
    delimiter: z.enum(['comma', 'semicolon', 'tab']).optional().describe('Also as CSV, with this between cells.'),
  },
  output: { total: text, storages: strings, collections: strings, uri: text, notes: strings },
  run: async ({ months = 3, collections: count = 10, delimiter }, context) => {
    const report = createReport(context);
    const [usage, largest] = await Promise.all([
      readUsage(context, report, months),
      count > 0 ? report.part('Collections', largestCollections(context, report, count)) : undefined,
    ]);
    const rows = [...(usage ? usageRows(usage) : []), ...(largest ?? []).map(collectionRow)];
    const hasCsv = delimiter !== undefined && rows.length > 0;
    if (hasCsv) {
      const csv = writeCsv([HEADERS, ...rows], DELIMITERS[delimiter]);
      const made = { of: plural(rows.length, 'row'), advice: 'Ask for fewer months or collections.' };
      attachDocument(context, { uri: URI, mimeType: 'text/csv', text: csv }, made);
    }
    if (usage) for (const note of usageNotes(usage)) report.note(note);
    if (largest)
      report.note('Collections count with everything below them, originals only; what is in two counts in both.');
    return {
      ...(usage && { total: totalLine(usage) }),
      ...(usage && {
        storages: cut(
          report,
          usage.buckets.map((one) => bucketLine(one, usage.months)),
          MAX_STORAGE_TOKENS,
          'storages',
        ),
      }),
      ...(largest && { collections: cut(report, largest.map(collectionLine), MAX_COLLECTION_TOKENS, 'collections') }),
      ...(hasCsv && { uri: URI }),
      notes: [...report.notes],
    };
  },
});

const HEADERS = ['kind', 'name', 'bucket or id', 'month', 'bytes', 'files or assets'];

const usageRows = ({ buckets }: Usage) =>
  buckets.flatMap(({ name, bucket, bytes, files }) =>
    [...bytes].map(([month, stored], index) => [
      'storage',
      clean(name),
      clean(bucket),
      month,
      stored,
      index === bytes.size - 1 ? files : undefined,
    ]),
  );

const collectionRow = ({ id, path, bytes, assets }: Sized) => [
  'collection',
  clean(path.join(' / ')),
  id,
  undefined,
  bytes,
  assets,
];

/** `Harbour originals (S3) · 2026-10: 41 TB · 2026-11: 42.1 TB (+1.1 TB) · 12045 files now`. */
function bucketLine({ name, bytes, files }: BucketUse, months: readonly string[]): string {
  const parts = months
    .slice(1)
    .map((month, index) => monthPart(month, bytes.get(month), bytes.get(months[index] ?? '')));
  const only = months.length === 1 ? [monthPart(months[0] ?? '', bytes.get(months[0] ?? ''), undefined)] : [];
  return [
    oneLine(name, MAX_NAME_LENGTH),
    ...only,
    ...parts,
    files === undefined
      ? 'files not counted'
      : `${plural(files, 'file')} now${files === 0 && (bytes.get(months.at(-1) ?? '') ?? 0) > 0 ? ' in its list: proxies and keyframes are no files there' : ''}`,
  ].join(' · ');
}

function monthPart(month: string, stored: number | undefined, before: number | undefined): string {
  if (stored === undefined) return `${month}: not known`;
  return `${month}: ${formatBytes(stored)}${before === undefined ? '' : ` (${change(stored - before)})`}`;
}

const change = (bytes: number): string => (bytes === 0 ? 'same' : `${bytes > 0 ? '+' : ''}${formatBytes(bytes)}`);

/** Of the last month, and what came in all months that are shown. */
function totalLine({ buckets, months }: Usage): string {
  const at = (month: string | undefined): number =>
    buckets.reduce((sum, { bytes }) => sum + (bytes.get(month ?? '') ?? 0), 0);
  const [first, last] = [months[0], months.at(-1)];
  if (!last) return 'no statistics yet';
  return `${sizeLine(at(last))}${first === last ? '' : `, ${change(at(last) - at(first))} since the end of ${first}`}`;
}

const usageNotes = ({ months }: Usage): string[] => [
  `Months are UTC, each at its end; ${months.at(-1) ?? 'the last'} until now. Files are counted as they are now: Iconik keeps no counts by month.`,
];

/** `2.4 TB · 412 assets · "Football" / "Season 2025" (id)`. */
function collectionLine({ id, path, bytes, assets }: Sized): string {
  const named = path.length > MAX_PATH ? [path[0] ?? '', '…', ...path.slice(1 - MAX_PATH)] : path;
  return [
    formatBytes(bytes),
    assets !== undefined && plural(assets, 'asset'),
    `${named.map(inQuotes).join(' / ')} (${id})`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function cut(report: Report, lines: readonly string[], limit: number, what: string): string[] {
  const shown = lines.slice(0, countFittingLines(lines, 0, limit));
  if (shown.length < lines.length)
    report.note(`Showing ${shown.length} of ${lines.length} ${what}: the CSV has all (delimiter: comma).`);
  return shown;
}
