import { setTimeout as sleep } from 'node:timers/promises';
import { collections } from '../../operations/collections.ts';
import type { Context } from '../../types.ts';

/** Milliseconds kept for moving and reading back. */
const RESERVED_MS = 5_000;

/** Enables the custom order of a collection, which Iconik does in the background; false if time runs out first. */
export async function enableOrder(context: Context, collection_id: string): Promise<boolean> {
  const readStatus = async () =>
    (await context.use(collections.tools.get_collection, { collection_id })).custom_order_status;
  let status = await readStatus();
  if (status !== 'ENABLED' && status !== 'ENABLING') {
    await context.use(collections.tools.enable_collection_order, { collection_id });
    status = await readStatus();
  }
  for (let wait = 100; status !== 'ENABLED' && context.timeLeft() > RESERVED_MS; wait = Math.min(2_000, wait * 2)) {
    await sleep(wait, undefined, { signal: context.signal });
    status = await readStatus();
  }
  return status === 'ENABLED';
}
