import { timeIn } from '../../../media/dates.ts';
import { inQuotes } from '../../../text/quote.ts';
import type { HandleKind } from '../../handles.ts';
import { bin } from '../../operations/bin.ts';
import { instead } from '../../run/each.ts';
import { pagesByNumber } from '../../run/pages.ts';
import type { Context } from '../../types.ts';
import { namesOf } from '../people.ts';

/** An asset in the recycle bin. */
export interface Deleted {
  readonly id: string;
  readonly title: string;
  readonly type?: string;
  readonly archive?: string;
  /** When it was deleted: ISO 8601. */
  readonly date?: string;
  /** Who deleted it: id, and name where it is known. */
  readonly by?: string;
  readonly name?: string;
}

/** What list_bin found, for restore_assets. */
export const BIN: HandleKind<readonly Deleted[]> = {
  prefix: 'bin',
  noun: 'a list of the recycle bin',
  argument: 'bin',
  renew: 'Call list_bin again and use the handle it returns.',
};

/** Entries that are read; the bin of a large library may hold more. */
const MAX_READ = 3_000;
const PAGE_SIZE = 100;

export interface BinContents {
  readonly entries: readonly Deleted[];
  /** In the bin, or in the given days of it. */
  readonly total: number;
  /** Whether all of them were read. */
  readonly isComplete: boolean;
}

/** The recycle bin (`GET /assets/v1/delete_queue/assets/`), what was deleted last first. `filter` is that of the operation. */
export async function binContents(context: Context, filter?: string): Promise<BinContents> {
  const found = new Map<string, Deleted>();
  let total = 0;
  const ask = (paging: { readonly page: number; readonly per_page: number }) =>
    context.use(bin.tools.list_deleted_assets, { sort: 'date_deleted,desc', ...(filter && { filter }), ...paging });
  for await (const page of pagesByNumber(ask, { size: PAGE_SIZE })) {
    for (const { id, title, type, archive_status: archive, date_deleted: date, deleted_by_user: by } of page.objects) {
      const rest = { ...(type && { type }), ...(archive && { archive }), ...(date && { date }), ...(by && { by }) };
      if (id) found.set(id, { id, title: title ?? id, ...rest });
    }
    total = Math.max(found.size, page.total ?? 0);
    if (found.size >= MAX_READ) break;
  }
  const entries = [...found.values()];
  const names = await namesOf(
    context,
    entries.map(({ by }) => by),
  ).catch(instead(context, new Map<string, string>()));
  const named = entries.map((one) => ({
    ...one,
    ...(one.by && names.has(one.by) && { name: names.get(one.by) ?? '' }),
  }));
  return { entries: named, total, isComplete: found.size >= total };
}

/** How many assets are in the bin, whenever they were deleted. */
export async function countInBin(context: Context): Promise<number> {
  const { objects, total = objects.length } = await context.use(bin.tools.list_deleted_assets, {
    page: 1,
    per_page: 1,
  });
  return total;
}

/** Hours that the bin keeps things; undefined where Iconik does not say. */
export async function graceHours(context: Context): Promise<number | undefined> {
  const { delete_grace_period: hours } = await context
    .use(bin.tools.get_merged_settings, { ignore_logo_url: true })
    .catch(instead(context, { delete_grace_period: undefined }));
  return hours;
}

/** `for 90 days after the deletion`, `for the library's own number of days`. */
export const keptFor = (hours: number | undefined): string => {
  if (hours === undefined) return "for the library's own number of days, which Iconik does not tell this user";
  return hours % 24 === 0 && hours > 24 ? `for ${hours / 24} days` : `for ${hours} hours`;
};

/** `"Title" · deleted 2026-11-02 08:14 UTC by Rui Costa · until 2027-01-31 08:14 UTC · SUBCLIP · archived · id` */
export function deletedLine(entry: Deleted, hours: number | undefined, zone: string): string {
  const { id, title, type, archive, date, by, name } = entry;
  const until =
    date && hours !== undefined && !Number.isNaN(Date.parse(date))
      ? timeIn(new Date(Date.parse(date) + hours * 3_600_000).toISOString(), zone)
      : undefined;
  const who = name ?? by;
  return [
    inQuotes(title),
    `deleted ${date ? timeIn(date, zone) : 'at an unknown time'}${who ? ` by ${inQuotes(who)}` : ''}`,
    until && `kept until ${until}`,
    type && type !== 'ASSET' && type.toLowerCase(),
    archive === 'ARCHIVED' && 'archived',
    id,
  ]
    .filter(Boolean)
    .join(' · ');
}
