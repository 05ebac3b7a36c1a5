import { plural } from '../../../text/english.ts';
import { statusOf } from '../../errors.ts';
import type { Named } from '../../library/objects.ts';
import { guestsLine, internalsOf, isLive, reachingShares, type Share, sharedLabel } from '../../library/shares.ts';
import type { Context } from '../../types.ts';

/** Shares that a plan names. */
const MAX_SHARES = 5;

/** Who sees a collection only in its new place, and who only in its old one: shares reach what is inside. */
export async function shareNotes(context: Context, from: Named | undefined, to: Named | undefined): Promise<string[]> {
  try {
    const [before, after] = await Promise.all([reaching(context, from), reaching(context, to)]);
    const gained = after.filter(({ id }) => !before.some((one) => one.id === id));
    const lost = before.filter(({ id }) => !after.some((one) => one.id === id));
    const internals = await internalsOf(context, [...gained, ...lost]);
    const line = (share: Share): string => `share of the ${sharedLabel(share.of)} with ${guestsLine(share, internals)}`;
    const lines = (list: readonly Share[]): string =>
      `${list.slice(0, MAX_SHARES).map(line).join('; ')}${list.length > MAX_SHARES ? ` and ${plural(list.length - MAX_SHARES, 'more share')}` : ''}`;
    return [
      ...(gained.length > 0 ? [`Will show all that is in it to: ${lines(gained)}.`] : []),
      ...(lost.length > 0 ? [`Will no longer show it to: ${lines(lost)}.`] : []),
    ];
  } catch (error) {
    if (context.signal.aborted) throw error;
    if (statusOf(error) === undefined) throw error;
    return ['Which shares reach the old and the new place could not be read: list_shares may say.'];
  }
}

async function reaching(context: Context, parent: Named | undefined): Promise<Share[]> {
  if (parent === undefined) return [];
  const { id: object_id, title } = parent;
  const shares = await reachingShares(context, { object_type: 'collections', object_id, title });
  return shares.filter((one) => isLive(one, Date.now()));
}
