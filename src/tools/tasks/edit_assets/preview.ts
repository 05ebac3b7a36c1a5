import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { ToolError } from '../../errors.ts';
import { SELECTION } from '../../library/kept_selections.ts';
import { byCollection, COLLECTIONS } from '../../library/plans/by_collection.ts';
import { hasNumber } from '../../library/plans/patterns.ts';
import { refusalNote } from '../../library/plans/refusals.ts';
import { namesLine } from '../../library/plans/titles.ts';
import { documentsOf, type Found, type Targets } from '../../library/selection.ts';
import { showing } from '../../run/notes.ts';
import type { Context, Planned } from '../../types.ts';
import { byStart, changes, type Item, itemLine, itemsOf, placesOf, readAssets, twinsOf, type Wanted } from './plan.ts';

/** Assets of one call. */
const MAX_ASSETS = 500;
/** Lines of a plan and their tokens. */
const MAX_LINES = 50;
const MAX_PLAN_TOKENS = 3_500;

interface Args extends Targets, Wanted {
  readonly add_to?: readonly string[] | undefined;
  readonly take_out_of?: readonly string[] | undefined;
}

/** What changes, item by item, with how it was understood. */
export async function planEdit(
  context: Context,
  { add_to, take_out_of, assets, selection, collection, except, first, ...wanted }: Args,
): Promise<Planned<readonly Item[]>> {
  const isOrdered = hasNumber(wanted.title) || hasNumber(wanted.external_id);
  const targets = { assets, selection, collection, except, first };
  const [found, places] = await Promise.all([
    targetsOf(context, targets, isOrdered),
    placesOf(context, add_to, take_out_of),
  ]);
  const read = await readAssets(context, found.docs);
  const order = isOrdered ? orderOf(context, targets, read) : { list: read, notes: [] };
  const all = itemsOf(order.list, wanted, places);
  const items = all.filter((item) => changes(item) > 0);
  const twins = await twinsOf(context, items);
  const { lines, shown } = shownOf(items);
  const same = all.length - items.length;
  const changing = new Set(items.map(({ id }) => id));
  return {
    preview: {
      summary:
        items.length === 0
          ? 'Nothing to do.'
          : `Changes ${plural(items.length, 'asset')}. The answer has the undo; old values are listed below${shown < items.length ? ` for the first ${shown}` : ''}.`,
      affected: lines,
      notes: [
        ...found.notes,
        ...order.notes,
        ...(twins.length > 0 ? [`Several assets will have the same title: ${namesLine(twins)}.`] : []),
        ...(same > 0
          ? [`Skipped, as asked already${wanted.find ? ` or without ${inQuotes(wanted.find)}` : ''}: ${same}.`]
          : []),
        ...more(shown, items),
        ...(await byCollection(context, found.docs, items)),
        ...refusalNote(
          found.docs.filter(({ id }) => id && changing.has(id)),
          'write',
        ),
      ],
    },
    plan: items,
    into: joinedBy(items),
    brings: broughtBy(items),
    touches: [...changing, ...places.add.map(({ id }) => id), ...places.remove.map(({ id }) => id)],
    skipConfirm: items.length === 0 || (items.length === 1 && items.every((item) => changes(item) === 1)),
  };
}

/** The collections that assets come into, each once. */
const joinedBy = (items: readonly Item[]) => [
  ...new Map(items.flatMap(({ add }) => add).map((one) => [one.id, one])).values(),
];

const broughtBy = (items: readonly Item[]): string[] => items.flatMap(({ id, add }) => (add.length > 0 ? [id] : []));

/** The assets, in their order where it counts. Throws `ToolError` where they are too many. */
async function targetsOf(context: Context, targets: Targets, isOrdered: boolean): Promise<Found> {
  const found = await documentsOf(context, { ...targets, ordered: isOrdered }, ['permissions', COLLECTIONS]);
  if (found.docs.length > MAX_ASSETS)
    throw new ToolError(
      `${found.total} assets: at most ${MAX_ASSETS} are edited in one call. Take the first ${MAX_ASSETS} with first, or narrow the selection. Nothing was changed.`,
    );
  return found;
}

const ANOTHER = 'For another order name them in assets, or take a selection of find_assets with sort.';

/** The order in which assets are numbered, and a note that says so: that of a person comes first. */
function orderOf<T extends Parameters<typeof byStart>[0]>(context: Context, { assets, selection }: Targets, list: T) {
  const { criteria, order } = selection === undefined ? {} : context.handles.get(SELECTION, selection);
  const as = (how: string) => ({ list, notes: [`{n} counts the assets ${how}`] });
  if (assets !== undefined) return as('as they are named.');
  if (criteria?.sort ?? order) return as('in the order of the selection.');
  const sorted = list.length > 1 ? byStart(list) : undefined;
  if (sorted) return { list: sorted, notes: [`{n} counts the sub-clips by their start. ${ANOTHER}`] };
  return as(selection === undefined ? 'by title.' : `as the search ranks them. ${ANOTHER}`);
}

/** The lines of a plan that have room. */
function shownOf(items: readonly Item[]) {
  const lines = items.slice(0, MAX_LINES).map(itemLine);
  const shown = countFittingLines(lines, 0, MAX_PLAN_TOKENS);
  return { lines: lines.slice(0, shown), shown };
}

const more = (shown: number, items: readonly Item[]): string[] =>
  items.length > shown ? [showing(shown, items.length)] : [];

/** A plan of items that are to be set back. */
export function backPlan(items: readonly Item[], summary: string, notes: readonly string[]): Planned<readonly Item[]> {
  const { lines, shown } = shownOf(items);
  const places = items.flatMap(({ add, remove }) => [...add, ...remove]).map(({ id }) => id);
  return {
    preview: { summary, affected: lines, notes: [...notes, ...more(shown, items)] },
    plan: items,
    into: joinedBy(items),
    brings: broughtBy(items),
    touches: [...new Set([...items.map(({ id }) => id), ...places])],
    skipConfirm: items.length === 0,
  };
}
