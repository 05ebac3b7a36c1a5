import { plural } from '../../../text/english.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { reasonOf, ToolError } from '../../errors.ts';
import { graceHours, keptFor } from '../../library/bin/contents.ts';
import { byCollection, COLLECTIONS } from '../../library/plans/by_collection.ts';
import { LEAVE_OUT, namedOrKept } from '../../library/plans/left_out.ts';
import { refusalNote } from '../../library/plans/refusals.ts';
import { labelOf, type Titled, titlesOf } from '../../library/plans/titles.ts';
import type { Doc } from '../../library/search.ts';
import { assetsToChange, documentsOf, type Found, oneWay } from '../../library/selection.ts';
import { countSubclips, subclipsOf } from '../../library/subclips.ts';
import { assetChanges } from '../../operations/asset_changes.ts';
import { assets } from '../../operations/assets.ts';
import { integer, strings } from '../../params.ts';
import { each, instead } from '../../run/each.ts';
import { outOfTime, showing } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import { type Doomed, readDoomed } from './consequences.ts';

interface Item extends Titled {
  readonly id: string;
}

/** Assets that a plan describes, tokens of their lines, and assets in one plan. */
const MAX_IN_PLAN = 50;
const MAX_PLAN_TOKENS = 4_000;
const MAX_ASSETS = 2_000;
/** Lines of `failed` and of `unconfirmed`. */
const MAX_LINES = 50;

export const delete_assets = task({
  title: 'Delete assets (recycle bin)',
  description:
    'Delete assets or sub-clips: move one, several or all in a collection to the recycle bin (trash). First a plan: versions, comments, shares and sub-clips that go or break. restore_assets undoes it. Purges nothing.',
  effect: 'delete',
  roles: ['can_delete_assets', 'can_read_assets', 'can_search'],
  input: assetsToChange,
  output: { deleted: integer, failed: strings, unconfirmed: strings, remaining: integer, notes: strings },
  validate: oneWay,
  preview: async (targets, context) => {
    const found = await documentsOf(context, targets, ['permissions', 'archive_status', COLLECTIONS]);
    const all = found.docs.flatMap(({ id, title, apart }): Item[] => (id ? [{ id, title, apart }] : []));
    if (all.length > MAX_ASSETS)
      throw new ToolError(
        `${all.length} assets: at most ${MAX_ASSETS} go to the bin in one plan. Take the first ${MAX_ASSETS} with first, or narrow the selection.`,
      );
    const doomed = await readAll(context, all);
    const items = all.filter(({ id }) => !doomed.gone.some((one) => one.id === id));
    const shown = countFittingLines(doomed.lines, 0, MAX_PLAN_TOKENS);
    const hours = items.length > 0 ? await graceHours(context) : undefined;
    return {
      preview: {
        summary:
          items.length === 0
            ? `Nothing to delete: ${all.length === 1 ? 'it is' : `all ${all.length} are`} in the recycle bin already.`
            : `Moves ${plural(items.length, 'asset')} to the recycle bin, with all versions, files, comments and metadata. restore_assets brings them back ${keptFor(hours)}; then Iconik purges them.`,
        affected: doomed.lines.slice(0, shown),
        notes: [
          ...found.notes,
          ...(await byCollection(context, found.docs, items)),
          ...consequences(context, found, doomed),
          ...(items.length > shown
            ? [
                `${showing(shown, items.length)} Comments, shares and collections of assets beyond the first ${MAX_IN_PLAN} were not read.`,
              ]
            : []),
        ],
      },
      plan: items,
      touches: items.map(({ id }) => id),
      skipConfirm: items.length === 0,
    };
  },
  run: async (_, context, items: readonly Item[]) => {
    const { done, failed, rest } = await each(items, context, async ({ id }) => {
      await context.use(assetChanges.tools.delete_asset, { asset_id: id });
      const now = context.use(assets.tools.get_asset, { asset_id: id });
      return (await now.catch(instead(context, { status: undefined }))).status;
    });
    const unconfirmed = done.filter(({ result }) => result !== 'DELETED').map(({ item }) => labelOf(item));
    const deleted = done.length - unconfirmed.length;
    return {
      deleted,
      ...(failed.length > 0 && {
        failed: failed.slice(0, MAX_LINES).map(({ item, error }) => `${labelOf(item)}: ${reasonOf(error)}`),
      }),
      ...(unconfirmed.length > 0 && { unconfirmed: unconfirmed.slice(0, MAX_LINES) }),
      ...(rest.length > 0 && { remaining: rest.length }),
      notes: [
        items.length === 0
          ? 'Nothing to delete.'
          : `Confirmed ${deleted} of ${items.length}: Iconik shows them as deleted. restore_assets with the same ids or titles brings them back.`,
        ...(rest.length > 0 ? [outOfTime(rest.length)] : []),
        ...(failed.length > MAX_LINES ? [`failed: ${showing(MAX_LINES, failed.length)}`] : []),
      ],
    };
  },
});

interface AllDoomed {
  readonly read: readonly Doomed[];
  readonly lines: readonly string[];
  /** In the recycle bin already. */
  readonly gone: readonly Doomed[];
  /** Sub-clips that stay without their original, by the id of that. */
  readonly orphans: ReadonlyMap<string, readonly Doc[]>;
}

/** The first assets of a plan in full, and the sub-clips of all. */
async function readAll(context: Context, all: readonly Item[]): Promise<AllDoomed> {
  const ids = new Set(all.map(({ id }) => id));
  const subclips = await subclipsOf(context, [...ids]);
  const staying = (id: string) => (subclips.get(id) ?? []).filter((one) => !ids.has(String(one.id)));
  const { done, failed } = await each(
    all.slice(0, MAX_IN_PLAN),
    context,
    (item) => readDoomed(context, item, staying(item.id)),
    { untimed: true },
  );
  if (failed[0]) throw failed[0].error;
  const read = done.map(({ result }) => result);
  return {
    read,
    lines: read.filter(({ isDeleted }) => !isDeleted).map(({ line }) => line),
    gone: read.filter(({ isDeleted }) => isDeleted),
    orphans: new Map([...ids].map((id) => [id, staying(id)])),
  };
}

function consequences(context: Context, { docs }: Found, { read, gone, orphans }: AllDoomed): string[] {
  const archived = docs.filter(({ archive_status: state }) => state === 'ARCHIVED').length;
  const shared = read.filter(({ openShares }) => openShares > 0);
  const shares = shared.reduce((sum, one) => sum + one.openShares, 0);
  const { count, whose } = countSubclips(context, docs, orphans);
  return [
    count > 0 &&
      `${plural(count, 'sub-clip')} cut from these ${count === 1 ? 'stays in the library without its' : 'stay in the library without their'} original.`,
    count > 0 && whose,
    shares > 0 &&
      `${plural(shares, 'open share')} of these: whoever has the link sees nothing while they are in the bin.`,
    shares > 0 && `Shared: ${namedOrKept(context, shared, 'assets with open shares')}.`,
    (count > 0 || shares > 0) && LEAVE_OUT,
    archived > 0 &&
      `${archived} of these ${archived === 1 ? 'is' : 'are'} archived: a purge takes the archived media as well.`,
    gone.length > 0 && `In the bin already, skipped: ${titlesOf(gone)}.`,
    ...refusalNote(docs, 'delete'),
  ].filter((line): line is string => typeof line === 'string');
}
