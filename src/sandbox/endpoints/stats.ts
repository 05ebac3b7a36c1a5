import { text } from '../fields.ts';
import { type Call, type Endpoint, Refusal, type Reply, type Row } from '../types.ts';
import { isRow } from '../values.ts';
import { ok } from './common.ts';

const DAY_MS = 86_400_000;
/** The most periods in one answer. */
const MAX_PERIODS = 400;

/** The start of the period that a moment is in (UTC), and of the one after. */
const PERIODS: Readonly<Record<string, (year: number, month: number, day: number) => readonly [number, number]>> = {
  day: (year, month, day) => [Date.UTC(year, month, day), Date.UTC(year, month, day + 1)],
  month: (year, month) => [Date.UTC(year, month), Date.UTC(year, month + 1)],
  year: (year) => [Date.UTC(year, 0), Date.UTC(year + 1, 0)],
};

/** Rows of files, proxies and keyframes that are on a storage in full. */
const isStored = (row: Row): boolean => !['DELETED', 'ARCHIVED', 'OPEN', 'MISSING'].includes(String(row.status));

/** What a storage is called in statistics: its bucket, or else its name. */
function bucketOf(storage: Row): string {
  const settings = isRow(storage.settings) ? storage.settings : {};
  return String(settings.bucket ?? settings.bucket_name ?? settings.container ?? storage.name);
}

/** Bytes by storage: when each came, oldest first. */
function arrivals({ store }: Call): Map<unknown, (readonly [at: number, bytes: number])[]> {
  const grouped = new Map<unknown, (readonly [number, number])[]>();
  for (const table of ['files', 'proxies', 'keyframes'] as const)
    for (const row of store[table].list(isStored)) {
      const arrival = [Date.parse(String(row.date_created)), Number(row.size ?? 0)] as const;
      const group = grouped.get(row.storage_id);
      if (group) group.push(arrival);
      else grouped.set(row.storage_id, [arrival]);
    }
  for (const group of grouped.values()) group.sort(([a], [b]) => a - b);
  return grouped;
}

function moment(call: Call, name: 'from_date' | 'to_date', otherwise: number): number {
  const given = call.query[name];
  if (given === undefined) return otherwise;
  const at = Date.parse(String(given));
  if (Number.isNaN(at)) throw new Refusal(400, { [name]: 'Not a valid date.' });
  return at;
}

/** The periods between two moments, each as its start and its end; the last may still run. */
function periodsOf(call: Call): (readonly [start: number, end: number])[] {
  const around = PERIODS[String(call.path.period)];
  if (!around) throw new Refusal(400, { period: `Must be one of: ${Object.keys(PERIODS).join(', ')}.` });
  const to = moment(call, 'to_date', Date.parse(call.store.now()));
  const from = moment(call, 'from_date', to - 365 * DAY_MS);
  const found: (readonly [number, number])[] = [];
  for (let at = from; at <= to; at = found.at(-1)?.[1] ?? Infinity) {
    const date = new Date(at);
    found.push(around(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
    if (found.length > MAX_PERIODS) throw new Refusal(400, `At most ${MAX_PERIODS} periods at once`);
  }
  return found;
}

/** Bytes stored at the end of each period, by bucket. */
function usage(call: Call): Reply {
  const periods = periodsOf(call);
  const stored = arrivals(call);
  const objects = call.store.storages
    .list((storage) => stored.has(storage.id))
    .flatMap((storage) =>
      periods.map(([start, end]): Row => {
        const there = (stored.get(storage.id) ?? []).filter(([at]) => at < end);
        return {
          bucket_name: bucketOf(storage),
          bytes_stored: there.reduce((sum, [, bytes]) => sum + bytes, 0),
          date: new Date(start).toISOString().slice(0, 10),
          system_domain_id: call.user.system_domain_id,
        };
      }),
    );
  const links = { first_url: null, last_url: null, next_url: null, prev_url: null };
  return ok({ objects, page: 1, pages: 1, per_page: objects.length, total: objects.length, ...links });
}

export const statsEndpoints: readonly Endpoint[] = [
  {
    route: 'GET /API/stats/v1/storage/usage/by/{period}/',
    roles: ['can_read_stats'],
    query: { from_date: text, to_date: text },
    handle: usage,
  },
];
