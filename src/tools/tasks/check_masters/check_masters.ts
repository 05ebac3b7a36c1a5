import * as z from 'zod';
import { writeExcelCsv } from '../../../media/sheet.ts';
import { clean } from '../../../text/clean.ts';
import { firstOf, plural } from '../../../text/english.ts';
import { inQuotes, oneLine } from '../../../text/quote.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { attachDocument } from '../../documents.ts';
import { keepAssets } from '../../library/kept_selections.ts';
import { type Finding, fileName, MASTER_FIELDS, type Master, readMasters } from '../../library/masters/masters.ts';
import { MEDIA_RULES, type Rule, readRules } from '../../library/masters/rules.ts';
import { documentsOf, manyAssets, oneWay } from '../../library/selection.ts';
import { free, integer, strings, text } from '../../params.ts';
import { groupBy } from '../../run/group_by.ts';
import { createReport } from '../../run/report.ts';
import type { Context } from '../../types.ts';

/** Lines of one answer and their tokens; characters of what was found. */
const MAX_LINES = 60;
const MAX_TOKENS = 6_500;
const MAX_FOUND = 120;

const TABLES = z.enum(['failures', 'all']);
/** `true` is a table of all. */
const CSV = z
  .preprocess((given) => {
    const word = typeof given === 'string' ? given.trim().toLowerCase() : given;
    if (word === false || word === 'false') return undefined;
    return word === true || word === 'true' ? 'all' : word;
  }, TABLES.optional())
  .meta({ listed: TABLES });

const rule = (description: string) => z.string().optional().describe(description);

export const check_masters = task({
  title: 'Check masters',
  description:
    'Check master files against a delivery spec by media info. Lists only which are wrong, found against wanted; not known is not passed. Returns a selection of those that fail.',
  effect: 'read',
  attaches: true,
  roles: ['can_search', 'can_read_formats'],
  input: {
    ...manyAssets,
    codec: rule('e.g. ProRes 422 HQ; | between alternatives, also below.'),
    resolution: rule('e.g. 1920x1080'),
    frame_rate: rule('e.g. 23.98'),
    scan: z.enum(['progressive', 'interlaced']).optional().describe('Scan type.'),
    audio: rule('e.g. 24 bit 48 kHz 2 ch'),
    start_timecode: rule('HH:MM:SS:FF'),
    container: rule('e.g. mov'),
    duration: rule('e.g. 20:00..60:00'),
    size: rule('e.g. ..100 GB'),
    file_name: rule('Pattern with *, ? and # (a digit).'),
    format: rule('Default ORIGINAL.'),
    after: z.int().min(0).optional().describe('Lines to skip.'),
    csv: CSV.optional().describe('As a CSV file, too.'),
  },
  output: {
    assets: integer,
    passed: integer,
    failed: integer,
    not_known: integer,
    by_rule: free,
    total: integer,
    shown: integer,
    lines: strings,
    selection: text.describe('Of the assets that fail.'),
    selection_not_known: text,
    uri: text,
    notes: strings,
  },
  validate: (args) =>
    oneWay(args) ??
    (RULES.every((name) => args[name] === undefined)
      ? `Give at least one rule to check: ${RULES.join(', ')}.`
      : undefined),
  run: async ({ assets, selection, collection, first, format = 'ORIGINAL', after = 0, csv, ...args }, context) => {
    const rules = readRules(args);
    const report = createReport(context);
    const { docs, notes } = await documentsOf(context, { assets, selection, collection, first }, MASTER_FIELDS);
    const masters = await readMasters(context, report, docs, format);
    const verdicts = masters.map((master) => judge(master, rules));
    const failed = verdicts.filter(({ fails }) => fails.length > 0);
    const unknown = verdicts.filter(({ fails, missing }) => fails.length === 0 && missing.length > 0);
    const passed = verdicts.filter(({ fails, missing }) => fails.length + missing.length === 0);
    const all = [...failed, ...unknown].map((one) => lineOf(one, format));
    const table = csv === undefined ? [] : rowsOf([...failed, ...unknown, ...passed], csv);
    const page = all.slice(after, after + MAX_LINES);
    const lines = page.slice(0, countFittingLines(page, 0, MAX_TOKENS));
    const remaining = all.length - after - lines.length;
    if (remaining > 0) report.note(`${remaining} more: call again with after: ${after + lines.length}.`);
    return {
      assets: docs.length,
      passed: passed.length,
      failed: failed.length,
      not_known: unknown.length,
      by_rule: countsOf(verdicts, rules),
      total: all.length,
      shown: lines.length,
      lines,
      ...(failed.length > 0 && { selection: keep(context, failed, 'masters that break the spec') }),
      ...(unknown.length > 0 && { selection_not_known: keep(context, unknown, 'masters not known well enough') }),
      ...(table.length > 0 && { uri: attachTable(context, table) }),
      notes: [
        ...notes,
        `Checked: ${rules.map(({ name, wanted }) => `${name} ${wanted}`).join('; ')}; format ${format} of the current version.`,
        ...(unknown.length > 0 ? ['Not known: media info lacks it. That is neither passed nor failed.'] : []),
        ...rules.flatMap((one) => allFailNote(verdicts, one)),
        ...(csv !== undefined && table.length === 0 ? ['Nothing fails: no CSV was written.'] : []),
        ...report.notes,
      ],
    };
  },
});

const RULES = [...MEDIA_RULES, 'duration', 'size', 'file_name'] as const;

interface Verdict {
  readonly master: Master;
  /** `codec: AVC High@L4.2, wanted ProRes 422 HQ`. */
  readonly fails: readonly string[];
  /** The rules for which nothing is known. */
  readonly missing: readonly string[];
  /** What was found, by rule that it breaks. */
  readonly broken: ReadonlyMap<string, string>;
  /** What became of each rule. */
  readonly findings: readonly { readonly rule: Rule; readonly finding: Finding | undefined }[];
}

function judge(master: Master, rules: readonly Rule[]): Verdict {
  const findings = rules.map((one) => ({ rule: one, finding: master.format && one.check(master) }));
  const broken = findings.flatMap(({ rule: one, finding }) => (finding && !finding.passes ? [{ one, finding }] : []));
  return {
    master,
    fails: broken.map(({ one, finding }) => `${one.name}: ${oneLine(finding.found, MAX_FOUND)}, wanted ${one.wanted}`),
    broken: new Map(broken.map(({ one, finding }) => [one.name, finding.found])),
    findings,
    missing: findings.flatMap(({ rule: one, finding }) => (finding ? [] : [one.name])),
  };
}

/** `"The Pilots, episode 1, master" (id) · codec: AVC High, wanted ProRes 422 HQ · not known: audio`. */
function lineOf({ master, fails, missing }: Verdict, format: string): string {
  const { doc } = master;
  const unknown = master.format ? missing.join(', ') : `everything: no format ${format} is known`;
  const parts = [
    `${inQuotes(doc.title ?? 'untitled')} (${doc.id})`,
    ...fails,
    ...(missing.length > 0 ? [`not known: ${unknown}`] : []),
  ];
  return parts.join(' · ');
}

/** `{ codec: { failed: 8, "not known": 1 } }` as texts: `8 failed, 1 not known`. */
function countsOf(verdicts: readonly Verdict[], rules: readonly Rule[]): Record<string, string> {
  return Object.fromEntries(
    rules.map(({ name }) => {
      const failed = verdicts.filter(({ broken }) => broken.has(name)).length;
      const unknown = verdicts.filter(({ missing }) => missing.includes(name)).length;
      return [name, `${failed} failed, ${unknown} not known`];
    }),
  );
}

const URI = 'iconik://masters.csv';

/** What was found and wanted, a line a rule, the worst first. */
function rowsOf(verdicts: readonly Verdict[], which: z.output<typeof TABLES>): string[][] {
  return verdicts.flatMap((verdict) => {
    const { doc } = verdict.master;
    const head = [doc.id ?? '', doc.title ?? '', fileName(verdict.master) ?? ''];
    const cells = cellsOf(verdict).filter(([, result]) => which === 'all' || result !== PASSED);
    return cells.map((some) => [...head, ...some].map(clean));
  });
}

/** Attaches a table and returns its address. */
function attachTable(context: Context, rows: readonly string[][]): string {
  const table = writeExcelCsv([['id', 'title', 'file name', 'rule', 'result', 'found', 'wanted'], ...rows], ',');
  const made = { of: plural(rows.length, 'line'), advice: 'Take fewer with first.' };
  attachDocument(context, { uri: URI, mimeType: 'text/csv', text: table }, made);
  return URI;
}

const PASSED = 'passed';

/** Rule, result, found and wanted: what is broken comes first; a master that passes all rules has one line. */
function cellsOf({ findings, fails, missing }: Verdict): string[][] {
  if (fails.length + missing.length === 0) return [['all', PASSED, '', '']];
  const results = ['failed', 'not known', PASSED];
  return findings
    .map(({ rule: one, finding }) => {
      const result = finding ? (finding.passes ? PASSED : 'failed') : 'not known';
      return [one.name, result, oneLine(finding?.found ?? '', MAX_FOUND), one.wanted];
    })
    .sort(([, a = ''], [, b = '']) => results.indexOf(a) - results.indexOf(b));
}

/** Values that a note counts. */
const MAX_VALUES = 5;

/** Where no master passes a rule, it may be the rule: `codec: all 6 fail, wanted X. Found: AVC High 4, ProRes 422 2.` */
function allFailNote(verdicts: readonly Verdict[], { name, wanted }: Rule): string[] {
  const found = verdicts.flatMap(({ broken }) => broken.get(name) ?? []);
  const known = verdicts.filter(({ missing }) => !missing.includes(name)).length;
  if (found.length < 2 || found.length < known) return [];
  const counts = [...groupBy(found, (one) => one)].sort((a, b) => b[1].length - a[1].length);
  const shown = firstOf(counts, MAX_VALUES, ([value, all]) => `${oneLine(value, MAX_FOUND)} ${all.length}`);
  return [`${name}: all ${known} fail, wanted ${wanted}. Found: ${shown}. If one of these is meant, check for that.`];
}

const keep = (context: Context, verdicts: readonly Verdict[], description: string): string =>
  keepAssets(
    context,
    verdicts.flatMap(({ master }) => master.doc.id ?? []),
    description,
  );
