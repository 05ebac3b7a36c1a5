import { reasonOf } from '../../errors.ts';
import { labelOf, titleOf } from '../../library/plans/titles.ts';
import { assetChanges } from '../../operations/asset_changes.ts';
import { assets } from '../../operations/assets.ts';
import { collectionChanges } from '../../operations/collection_changes.ts';
import { collections } from '../../operations/collections.ts';
import { each, instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Item } from './plan.ts';

export interface Written {
  /** Read back as asked. */
  readonly verified: readonly Item[];
  /** A line for each asset on which not everything could be changed, with what was. */
  readonly failed: readonly string[];
  readonly unconfirmed: readonly string[];
  readonly remaining: number;
}

interface Step {
  readonly done: string;
  readonly work: () => Promise<unknown>;
}

/** Writes the items one by one and reads each back by its id. What fails on an asset ends the work on that asset alone. */
export async function writeItems(context: Context, items: readonly Item[]): Promise<Written> {
  const { done, failed, rest } = await each(items, context, async (item) => {
    const finished: string[] = [];
    for (const step of stepsOf(context, item)) {
      try {
        await step.work();
        finished.push(step.done);
      } catch (error) {
        if (context.signal.aborted) throw error;
        return {
          error: finished.length > 0 ? `${reasonOf(error)}. Done before: ${finished.join(', ')}` : reasonOf(error),
        };
      }
    }
    return { isShown: await isWritten(context, item).catch(instead(context, false)) };
  });
  return {
    verified: done.filter(({ result }) => result.isShown).map(({ item }) => item),
    failed: [
      ...done.flatMap(({ item, result }) => (result.error === undefined ? [] : [`${labelOf(item)}: ${result.error}`])),
      ...failed.map(({ item, error }) => `${labelOf(item)}: ${reasonOf(error)}`),
    ],
    unconfirmed: done.filter(({ result }) => result.isShown === false).map(({ item }) => labelOf(item)),
    remaining: rest.length,
  };
}

function stepsOf({ use }: Context, { id, fields, add, remove }: Item): Step[] {
  const given = Object.entries(fields).filter(([, value]) => value !== '');
  const clear = (['category', 'external_id'] as const).filter((name) => fields[name] === '');
  const body = { asset_id: id, ...Object.fromEntries(given), ...(clear.length > 0 && { clear }) };
  const content = { object_type: 'assets' as const, object_id: id };
  return [
    ...(Object.keys(fields).length > 0
      ? [{ done: Object.keys(fields).join(', '), work: () => use(assetChanges.tools.partial_update_asset, body) }]
      : []),
    ...add.map((place) => ({
      done: `added to ${titleOf(place)}`,
      work: () => use(collections.tools.add_to_collection, { collection_id: place.id, ...content }),
    })),
    ...remove.map((place) => ({
      done: `taken out of ${titleOf(place)}`,
      work: () => use(collectionChanges.tools.remove_from_collection, { collection_id: place.id, ...content }),
    })),
  ];
}

async function isWritten(context: Context, { id, fields, add, remove }: Item): Promise<boolean> {
  const now = await context.use(assets.tools.get_asset, { asset_id: id, include_collections: true });
  const places = now.in_collections ?? [];
  const holds = (name: 'title' | 'category' | 'external_id'): boolean =>
    fields[name] === undefined || (now[name] ?? '') === fields[name];
  return (
    (['title', 'category', 'external_id'] as const).every(holds) &&
    add.every((one) => places.includes(one.id)) &&
    remove.every((one) => !places.includes(one.id))
  );
}
