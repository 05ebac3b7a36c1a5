import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { statusOf } from '../../errors.ts';
import { collections } from '../../operations/collections.ts';
import type { Context, Place } from '../../types.ts';
import type { Named } from '../objects.ts';
import { guestsLine, internalsOf, isLive, reachingShares, type Share, sharedLabel } from './shares.ts';

/** Shares that a plan names. */
const MAX_SHARES = 5;

/** Who sees a collection only in its new place, and who only in its old one: shares reach what is inside. */
export async function shareNotes(context: Context, from: Named | undefined, to: Named | undefined): Promise<string[]> {
  return orUnread(context, 'the old and the new place', async () => {
    const [before, after] = await Promise.all([reaching(context, from), reaching(context, to)]);
    const gained = after.filter(({ id }) => !before.some((one) => one.id === id));
    const lost = before.filter(({ id }) => !after.some((one) => one.id === id));
    return [
      ...(gained.length > 0 ? [`Will show all that is in it to: ${await sharesLine(context, gained)}.`] : []),
      ...(lost.length > 0 ? [`Will no longer show it to: ${await sharesLine(context, lost)}.`] : []),
    ];
  });
}

/** Who will see what is put into collections, because of shares of these or of collections above; none where nobody does. */
export function guestNotes(context: Context, into: readonly Place[]): Promise<string[]> {
  return orUnread(context, into.map(({ id, title = id }) => inQuotes(title)).join(', '), async () => {
    const found = (await Promise.all(into.map(async (one) => reaching(context, await named(context, one))))).flat();
    const shares = [...new Map(found.map((share) => [share.id, share])).values()];
    return shares.length > 0 ? [`Will show it to: ${await sharesLine(context, shares)}.`] : [];
  });
}

/** Undefined where there is no such collection: the change itself is then refused. */
async function named(context: Context, { id, title }: Place): Promise<Named | undefined> {
  if (title !== undefined) return { id, title };
  try {
    const found = await context.use(collections.tools.get_collection, { collection_id: id });
    return { id, title: found.title ?? id };
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

async function orUnread(context: Context, place: string, read: () => Promise<string[]>): Promise<string[]> {
  try {
    return await read();
  } catch (error) {
    if (context.signal.aborted || statusOf(error) === undefined) throw error;
    return [`Which shares reach ${place} could not be read: list_shares may say.`];
  }
}

async function sharesLine(context: Context, shares: readonly Share[]): Promise<string> {
  const internals = await internalsOf(context, shares);
  const line = (share: Share): string => `share of the ${sharedLabel(share.of)} with ${guestsLine(share, internals)}`;
  const more = shares.length - MAX_SHARES;
  return `${shares.slice(0, MAX_SHARES).map(line).join('; ')}${more > 0 ? ` and ${plural(more, 'more share')}` : ''}`;
}

async function reaching(context: Context, parent: Named | undefined): Promise<Share[]> {
  if (parent === undefined) return [];
  const { id: object_id, title } = parent;
  const shares = await reachingShares(context, { object_type: 'collections', object_id, title });
  return shares.filter((one) => isLive(one, Date.now()));
}
