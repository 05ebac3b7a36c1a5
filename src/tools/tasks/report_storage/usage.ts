import { reasonOf } from '../../errors.ts';
import { type Storage, storageLabel, storagesOf } from '../../library/files.ts';
import { fileLists } from '../../operations/file_lists.ts';
import { stats } from '../../operations/stats.ts';
import { each } from '../../run/each.ts';
import type { Report } from '../../run/report.ts';
import type { Context } from '../../types.ts';

/** What one bucket held at the end of each month. */
export interface BucketUse {
  /** `Harbour originals (S3)`; the bucket itself where no storage of it can be seen. */
  readonly name: string;
  readonly bucket: string;
  /** Bytes by month, `2026-11`, oldest first; a month that Iconik leaves out is absent. */
  readonly bytes: ReadonlyMap<string, number>;
  /** Now; absent where they could not be counted. */
  readonly files?: number;
}

export interface Usage {
  /** The largest first. */
  readonly buckets: readonly BucketUse[];
  /** Oldest first: the last still runs. */
  readonly months: readonly string[];
}

/** Bytes by storage and month (`GET /stats/v1/storage/usage/by/month/`) for as many months, and one before them. */
export async function readUsage(context: Context, report: Report, count: number): Promise<Usage | undefined> {
  const [answer, stores = []] = await Promise.all([
    report.part('Use of storages by month', context.use(stats.tools.get_storage_usage, { period: 'month' })),
    report.part('Names of storages', storagesOf(context)),
  ]);
  const files = await countFiles(context, report, stores);
  if (!answer) return undefined;
  if ((answer.pages ?? 1) > 1) report.note(`Iconik gave the first of ${answer.pages} pages of statistics.`);
  const found = new Map<string, Map<string, number>>();
  for (const { bucket_name: bucket, bytes_stored: bytes, date } of answer.objects) {
    if (!bucket || bytes === undefined || !date) continue;
    const own = found.get(bucket) ?? new Map<string, number>();
    const month = date.slice(0, 7);
    found.set(bucket, own.set(month, Math.max(bytes, own.get(month) ?? 0)));
  }
  const months = [...new Set([...found.values()].flatMap((own) => [...own.keys()]))].sort().slice(-count - 1);
  const buckets = [...found].map(([bucket, bytes]): BucketUse => {
    const own = stores.filter((storage) => bucketOf(storage) === bucket);
    const counts = own.map(({ id = '' }) => files.get(id));
    return {
      bucket,
      name: own.map((storage) => storageLabel(storage, storage.id, storage.method)).join(' and ') || `bucket ${bucket}`,
      bytes: new Map(months.flatMap((month) => (bytes.has(month) ? [[month, bytes.get(month) ?? 0] as const] : []))),
      ...(own.length > 0 && !counts.includes(undefined) && { files: sum(counts) }),
    };
  });
  const absent = stores.filter((storage) => !found.has(bucketOf(storage))).map(({ name }) => name);
  if (absent.length > 0) report.note(`Not in the statistics: ${absent.join(', ')}.`);
  const last = months.at(-1) ?? '';
  return { months, buckets: buckets.sort((a, b) => (b.bytes.get(last) ?? 0) - (a.bytes.get(last) ?? 0)) };
}

const sum = (numbers: readonly (number | undefined)[]): number =>
  numbers.reduce<number>((all, one) => all + (one ?? 0), 0);

/** What a storage is called in statistics: its bucket, or else its name. */
const bucketOf = ({ settings, name = '' }: Storage): string =>
  settings?.bucket ?? settings?.bucket_name ?? settings?.container ?? name;

/** The files on each storage, folders left out. */
async function countFiles(
  context: Context,
  report: Report,
  stores: readonly Storage[],
): Promise<ReadonlyMap<string, number>> {
  const ids = stores.flatMap(({ id }) => id ?? []);
  const { done, failed, rest } = await each(ids, context, (storage_id) =>
    context.use(fileLists.tools.list_storage_files, { storage_id, type: 'FILE', per_page: 1 }),
  );
  if (failed.length + rest.length > 0)
    report.note(
      `Files of ${failed.length + rest.length} of ${ids.length} storages were not counted${failed[0] ? ` (${reasonOf(failed[0].error)})` : ''}.`,
    );
  return new Map(done.flatMap(({ item, result: { total } }) => (total === undefined ? [] : [[item, total] as const])));
}
