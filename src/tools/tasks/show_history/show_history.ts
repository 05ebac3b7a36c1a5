import * as z from 'zod';
import { datesMeant, parseDateRange } from '../../../media/dates.ts';
import { searchKey } from '../../../text/compare.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { reasonOf } from '../../errors.ts';
import { cursorOf } from '../../handles.ts';
import { nameOrMine, namesOf } from '../../library/people.ts';
import { titleOf, toldApart } from '../../library/plans/titles.ts';
import { manyAssets } from '../../library/selection.ts';
import { integer, strings, text } from '../../params.ts';
import { each, instead } from '../../run/each.ts';
import { createReport } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { type AssetHistory, type Entry, entryLine, historyOf, KINDS, peopleOf, type Range } from './entries.ts';
import { subjectsOf } from './subjects.ts';

const MAX_TOKENS = 6_000;
const DEFAULT_LIMIT = 50;
/** Assets whose state is shown as well. */
const MAX_STATES = 5;
/** Milliseconds of a call that are kept for the names and the answer. */
const RESERVE_MS = 4_000;

interface Rest {
  readonly lines: readonly string[];
  readonly from: number;
}
const CURSOR = cursorOf<Rest>('show_history');

/** What Iconik has no entries for: without it "no entry" reads as "did not happen". */
const NOT_KEPT =
  'Iconik records no renames, old metadata, comments or single views, and keeps no ended shares or earlier requests for approval.';

export const show_history = task({
  title: 'Show the history: who did what, when',
  description:
    'Who changed, deleted, downloaded, shared, approved or archived what and when: the history (audit log) of assets, a collection, a person, a week.',
  effect: 'read',
  roles: ['can_read_assets_history', 'can_read_assets', 'can_search'],
  input: {
    assets: manyAssets.assets,
    selection: manyAssets.selection,
    collection: manyAssets.collection,
    days: z.string().optional().describe('e.g. last week, 2026-11-20..2026-11-26. Needed if no asset is named.'),
    by: z.string().optional().describe('Part of a name.'),
    what: z
      .array(z.enum(Object.keys(KINDS) as [string, ...string[]]))
      .optional()
      .describe('Only these.'),
    time_zone: z.string().optional().describe('Default UTC.'),
    limit: z.int().min(1).max(200).optional().describe('Default 50.'),
    cursor: z.string().optional().describe('next of the last answer.'),
  },
  output: { total: integer, shown: integer, entries: strings, state: strings, next: text, notes: strings },
  validate: ({ assets, selection, collection, days, cursor }) => {
    const ways = [assets, selection, collection].filter((one) => one !== undefined).length;
    if (ways > 1) return 'Name the assets in one way: assets, selection or collection.';
    return ways === 0 && days === undefined && cursor === undefined
      ? 'Name assets, a selection or a collection, or give days, e.g. 2026-11-20..2026-11-26.'
      : undefined;
  },
  run: async (args, context) => {
    const { days, by: words, what, time_zone: zone = 'UTC', limit = DEFAULT_LIMIT, cursor, ...targets } = args;
    if (cursor !== undefined) return pageOf(context, context.handles.get(CURSOR, cursor), limit);
    const by = await nameOrMine(context, words);
    const range: Range = days === undefined ? {} : parseDateRange(days, zone);
    const meant = days && datesMeant(days, zone);
    const subjects = await subjectsOf(context, targets, { range, zone, what });
    const report = createReport(context);
    const { done, failed, rest } = await each(
      subjects.ids,
      context,
      (id) => historyOf(context, report, id, { range, zone }),
      { reserve: RESERVE_MS },
    );
    if (done.length === 0 && failed[0]) throw failed[0].error;
    const read = done.map(({ result }) => result);
    const all = read.flatMap(({ entries }) => entries);
    const names = await namesIn(context, all);
    const entries = all
      .filter((entry) => isAsked(entry, what, by, names))
      .sort((a, b) => Date.parse(b.date) - Date.parse(a.date));
    // Without a hit the state answers only what was asked of named assets, unfiltered: when they were last changed or viewed.
    const hasStates =
      entries.length > 0 || (all.length === 0 && Object.values(targets).some((one) => one !== undefined));
    const unread = read.reduce((sum, one) => sum + one.unread, 0);
    const lines = entries.map((entry) => entryLine(entry, names, zone));
    return {
      ...pageOf(context, { lines, from: 0 }, limit),
      ...(read.length <= MAX_STATES && hasStates && { state: statesOf(read) }),
      notes: [
        ...(meant ? [`days: ${meant} (${zone}).`] : []),
        ...subjects.notes,
        ...(entries.length < all.length ? [`${entries.length} of ${all.length} entries fit by and what.`] : []),
        ...(all.length === 0
          ? [`No entry in the history of ${read.length} assets${days ? ` in ${days} (${zone})` : ''}.`]
          : []),
        ...(unread > 0 ? [`${unread} older entries were not read: give days.`] : []),
        ...(failed[0] ? [`${failed.length} could not be read: ${reasonOf(failed[0].error)}.`] : []),
        ...(rest.length > 0 ? [`Ran out of time: ${rest.length} assets were not looked at. Name fewer.`] : []),
        ...report.notes,
        NOT_KEPT,
      ],
    };
  },
});

const statesOf = (read: readonly AssetHistory[]): string[] =>
  toldApart(read).map((one) => `${titleOf(one)}: ${one.state}`);

/** The names of those who did something, were asked or answered; empty where they cannot be read. */
const namesIn = (context: Context, entries: readonly Entry[]): Promise<Map<string, string>> =>
  namesOf(
    context,
    entries.flatMap((one) => [...peopleOf(one), ...(one.asked ?? [])]).filter((one) => !/[@ ]/.test(one)),
  ).catch(instead(context, new Map<string, string>()));

function pageOf(context: Context, { lines, from }: Rest, limit: number) {
  const some = lines.slice(from, from + limit);
  const shown = countFittingLines(some, 0, MAX_TOKENS);
  const next = from + shown;
  return {
    total: lines.length,
    shown,
    entries: some.slice(0, shown),
    ...(next < lines.length && { next: context.handles.keep(CURSOR, { lines, from: next }) }),
  };
}

function isAsked(
  entry: Entry,
  what: readonly string[] | undefined,
  by: string | undefined,
  names: ReadonlyMap<string, string>,
): boolean {
  const types = what?.flatMap((kind) => KINDS[kind] ?? []);
  if (types && !types.includes(entry.type)) return false;
  if (by === undefined) return true;
  const words = searchKey(by).split(/\s+/);
  return peopleOf(entry).some((one) => words.every((word) => searchKey(names.get(one) ?? one).includes(word)));
}
