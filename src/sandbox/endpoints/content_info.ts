import { durationOf } from '../documents.ts';
import type { Call, Row } from '../types.ts';
import { objectsIn } from './collection_tree.ts';

interface Sum {
  readonly assets: Set<unknown>;
  files: number;
  size: number;
  duration: number;
}

/** Counts, size and duration of the contents of a collection, in total and by storage. */
export function contentInfo({ store, query }: Call, collection: Row): Row {
  const { assets, collections } = objectsIn(store, collection.id, query.include_subcollections !== false);
  const active = (row: Row): boolean => query.only_active === false || row.status !== 'DELETED';
  const counted = assets.filter(active);
  const durations = new Map(counted.map((asset) => [asset.id, durationOf(store, asset) ?? 0]));
  const named = (formatId: unknown): boolean =>
    query.format_name === undefined || store.formats.get(String(formatId))?.name === query.format_name;
  const files = store.files.list((file) => durations.has(file.asset_id) && named(file.format_id));
  const sums = new Map<unknown, Sum>();
  for (const file of files) {
    const sum = sums.get(file.storage_id) ?? { assets: new Set(), files: 0, size: 0, duration: 0 };
    sums.set(file.storage_id, sum);
    if (!sum.assets.has(file.asset_id)) sum.duration += durations.get(file.asset_id) ?? 0;
    sum.assets.add(file.asset_id);
    sum.files += 1;
    sum.size += Number(file.size ?? 0);
  }
  const total = (numbers: Iterable<number>): number => [...numbers].reduce((sum, number) => sum + number, 0);
  return {
    title: collection.title,
    assets_count: counted.length,
    collections_count: collections.filter(active).length,
    total_duration_milliseconds: total(durations.values()),
    total_size: total(files.map((file) => Number(file.size ?? 0))),
    ...(query.by_storage_id !== false && {
      storage_info: [...sums].map(([id, sum]) => ({
        storage_id: id,
        assets_count: sum.assets.size,
        file_count: sum.files,
        total_size: sum.size,
        total_duration_milliseconds: sum.duration,
      })),
    }),
  };
}
