import { sharedKind } from '../../cache.ts';
import { jobsById } from '../../library/jobs/list.ts';
import type { Started } from '../../library/jobs/start.ts';
import type { Doc } from '../../library/search.ts';
import type { Context } from '../../types.ts';

interface Delivered {
  readonly jobs: readonly string[];
}

/** What this server delivered within an hour, by location and asset: Iconik's jobs do not name the location. */
const DELIVERED = sharedKind<Delivered>({ name: 'deliveries', max: 10_000, ttl: 3_600_000 });
const keyOf = (location: string, asset: string): string => `${location}/${asset}`;

/** Remembers that the delivery of these assets was started. */
export function rememberDelivered(context: Context, location: string, { ids, jobs }: Started): void {
  for (const id of ids) context.cache.set(DELIVERED, keyOf(location, id), { jobs });
}

const DONE_OR_RUNNING = ['READY', 'WAITING', 'STARTED', 'PAUSED', 'FINISHED'];

/** The ids of the assets that were delivered to a location within the last hour by jobs that did not fail. */
export async function deliveredBefore(
  context: Context,
  location: string,
  docs: readonly Doc[],
): Promise<ReadonlySet<string>> {
  const known = docs.flatMap(({ id = '' }) => {
    const delivery = context.cache.get(DELIVERED, keyOf(location, id));
    return delivery ? [{ id, ...delivery }] : [];
  });
  const ids = [...new Set(known.flatMap(({ jobs }) => jobs))];
  const jobs = ids.length > 0 ? await jobsById(context, ids) : [];
  const broken = new Set(jobs.filter(({ status = '' }) => !DONE_OR_RUNNING.includes(status)).map(({ id }) => id));
  return new Set(known.filter((one) => !one.jobs.some((job) => broken.has(job))).map(({ id }) => id));
}
