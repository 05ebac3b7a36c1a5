import * as z from 'zod';
import { formatBytes } from '../../../media/units.ts';
import { plural } from '../../../text/english.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { sizeLine, storagesOf } from '../../library/files.ts';
import { keepAssets } from '../../library/kept_selections.ts';
import { documentsOf, manyAssets, oneWay } from '../../library/selection.ts';
import { integer, strings, text } from '../../params.ts';
import { createReport } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { copiesIn, type Group, groupsOf } from './groups.ts';
import { ORIGINAL_FIELDS } from './originals.ts';
import { readElsewhere, readOriginals } from './read.ts';
import { copyLine, type Uses, usesOf } from './uses.ts';

/** Groups of one answer, copies of one group that are named, and tokens of all groups. */
const MAX_GROUPS = 30;
const MAX_COPIES = 12;
const MAX_TOKENS = 7_000;

export const find_duplicates = task({
  title: 'Find duplicates',
  description:
    'Find duplicate media (footage, clips): assets whose originals are the same file, ingested twice: by checksum, else by size, name and duration (weaker, said), with wasted space and where each copy is used. Deletes nothing.',
  effect: 'read',
  roles: ['can_search', 'can_read_files', 'can_read_storages'],
  input: {
    ...manyAssets,
    everywhere: z.boolean().optional().describe('Also against the rest of the library.'),
    after: z.int().min(0).optional().describe('Groups to skip.'),
  },
  output: {
    assets: integer,
    total: integer.describe('Groups.'),
    wasted: text,
    groups: z.array(z.looseObject({ match: text, copies: strings })).optional(),
    selection: text.describe('The copies, without the oldest of each group.'),
    notes: strings,
  },
  validate: (args) => {
    const fault = oneWay(args);
    return fault && `${fault} For the whole library: find_assets without arguments gives its selection.`;
  },
  run: async ({ everywhere = false, after = 0, ...targets }, context) => {
    const report = createReport(context);
    const [{ docs, notes }, stores = []] = await Promise.all([
      documentsOf(context, targets, ORIGINAL_FIELDS),
      report.part('names of storages', storagesOf(context)),
    ]);
    const own = await readOriginals(context, report, docs, stores);
    const others = everywhere ? await readElsewhere(context, report, own, stores) : [];
    const groups = groupsOf([...own, ...others]);
    const page = groups.slice(after, after + MAX_GROUPS);
    const shown = new Map(page.flatMap(({ originals }) => originals.map(({ asset }) => [asset.id, asset])));
    const uses: Uses = page.length > 0 ? await usesOf(context, report, [...shown.values()]) : {};
    const rows = page.map((group) => ({
      match: matchLine(group),
      copies: atMost(group.originals.map((one) => copyLine(one, uses))),
    }));
    const fitting = rows.slice(
      0,
      countFittingLines(
        rows.map(({ match, copies }) => [match, ...copies].join('\n')),
        0,
        MAX_TOKENS,
      ),
    );
    const remaining = groups.length - after - fitting.length;
    if (remaining > 0)
      report.note(`${plural(remaining, 'more group')}: call again with after: ${after + fitting.length}.`);
    const copies = copiesIn(groups);
    return {
      assets: docs.length,
      total: groups.length,
      wasted: `at least ${sizeLine(groups.reduce((sum, { wasted }) => sum + wasted, 0))}, if one of each group is kept`,
      groups: fitting,
      ...(copies.length > 0 && { selection: keepAssets(context, copies, COPIES) }),
      notes: [...notes, ...scopeNotes(everywhere, groups, uses), ...report.notes, ...nextNotes(context, groups)],
    };
  },
});

/** What the selection holds, in words that a plan repeats. */
const COPIES = 'copies with the same checksum, without the oldest of each group and without those that share a file';

function matchLine({ by, originals, wasted, sharesFile }: Group): string {
  const [first] = originals;
  return [
    by === 'checksum' ? `same checksum ${first?.checksum?.slice(0, 40)}` : `weaker: same ${by}`,
    plural(originals.length, 'original'),
    `wasted ${formatBytes(wasted)}`,
    sharesFile && 'SOME ARE THE SAME FILE ON THE STORAGE: deleting one may take the media of the other',
  ]
    .filter(Boolean)
    .join(' · ');
}

const atMost = (lines: readonly string[]): string[] =>
  lines.length > MAX_COPIES ? [...lines.slice(0, MAX_COPIES), `and ${lines.length - MAX_COPIES} more`] : [...lines];

const scopeNotes = (everywhere: boolean, groups: readonly Group[], { shared }: Uses): string[] => [
  ...(everywhere
    ? []
    : ['Compared among themselves only: everywhere: true also finds copies in the rest of the library.']),
  ...(shared && !shared.isWhole ? ['Shares: only those that this user made or is a member of.'] : []),
  ...(groups.length > 0 ? ['Uses come from the index, some seconds behind.'] : []),
];

function nextNotes(context: Context, groups: readonly Group[]): string[] {
  if (groups.length === 0) return [];
  const tool = ['delete_assets', 'delete_asset', 'change_operation'].find((name) => context.offers(name));
  return [
    `Nothing was deleted.${tool ? ` To move a copy to the recycle bin use ${tool}, after you asked which to keep.` : ''} Comments and metadata of a copy go with it.`,
  ];
}
