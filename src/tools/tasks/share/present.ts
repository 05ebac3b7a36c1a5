import { statusOf } from '../../errors.ts';
import {
  endLine,
  guestsLine,
  guestsWho,
  internalsOf,
  isLive,
  mayLine,
  reachingShares,
  type Share,
  type Shared,
  sharedLabel,
  sharesOf,
} from '../../library/shares/shares.ts';
import { showing } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import type { Terms } from './terms.ts';

/** Shares that a plan names. */
const MAX_SHARES = 10;

interface Made {
  readonly of: Shared;
  readonly terms: Terms;
  readonly there: readonly { readonly share_id: string; readonly emails: readonly string[] }[];
}

interface Present {
  /** Open shares of the object, and of the collections above it. */
  readonly live: readonly Share[];
  readonly notes: readonly string[];
}

/** A collection above may be one that this user does not see. */
export async function presentShares(context: Context, of: Shared): Promise<Present> {
  const now = Date.now();
  const live = (list: readonly Share[]): Share[] => list.filter((one) => isLive(one, now));
  try {
    return { live: live(await reachingShares(context, of)), notes: [] };
  } catch (error) {
    if (![403, 404].includes(statusOf(error) ?? 0)) throw error;
    const notes = ['Shares of collections above it could not all be read: they may show it to the same people.'];
    return { live: live(await sharesOf(context, of)), notes };
  }
}

/**
 * What is shared of the object already, and with these people what holds it: until when, and what they may. They see it through
 * each of their shares; those of others come last, and only of the object itself.
 */
export async function presentNotes(
  context: Context,
  plan: Made,
  { live, notes }: Present,
  people: readonly string[],
): Promise<string[]> {
  const isTheirs = (one: Share): boolean => people.some((email) => guestsWho(one, { email }).length > 0);
  const own = live.filter((one) => !isTheirs(one) && one.of.object_id === plan.of.object_id);
  const all = [...live.filter(isTheirs), ...own];
  const shown = all.slice(0, MAX_SHARES);
  const internals = await internalsOf(context, shown);
  const same = new Map(plan.there.map((one) => [one.share_id, one.emails]));
  const lines = shown.map((one) => {
    const skipped = same.get(one.id);
    const who = skipped
      ? `${skipped.join(', ') || 'a link'} with the same terms: not made again`
      : [guestsLine(one, internals), ...(isTheirs(one) ? [mayLine(one)] : [])].join('; ');
    const through = one.of.object_id === plan.of.object_id ? '' : ` with the ${sharedLabel(one.of)}`;
    const stays = skipped ? '' : staysLine(plan.terms, one, isTheirs(one));
    return `Shared already${through} (${one.id}): ${who}; ${endLine(one, Date.now())}.${stays}`;
  });
  return [...lines, ...(all.length > shown.length ? [`Shares: ${showing(shown.length, all.length)}`] : []), ...notes];
}

/** What a share that is there means for the new one. */
function staysLine(terms: Terms, one: Share, isTheirs: boolean): string {
  const end = (expires: string | undefined): number => (expires === undefined ? Infinity : Date.parse(expires));
  const outlasts = isTheirs && end(one.expires) > end(terms.expires);
  const longer = outlasts
    ? ' They can look longer through it than through the new one: end it for the new end to hold.'
    : '';
  return ` It stays open, on its own terms: revoke_shares ends it.${longer}`;
}
