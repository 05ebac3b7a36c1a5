import { plural } from '../../../text/english.ts';
import { ToolError } from '../../errors.ts';
import type { Person } from '../../library/people.ts';
import { page, under } from '../../library/search.ts';
import {
  endLine,
  everyShare,
  guestLabel,
  guestsLine,
  guestsWho,
  type Internals,
  isLive,
  reachingShares,
  type Share,
  type Shared,
  sharedLabel,
  sharesApart,
  sharesOf,
} from '../../library/shares/shares.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** A share to end, or the guests to take out of one that others keep. */
export interface Loss {
  readonly share_id: string;
  readonly of: Shared;
  /** Guests to take out; absent where the whole share ends. */
  readonly guests?: readonly { readonly id: string; readonly email: string }[];
}

export interface Wanted {
  readonly ids?: readonly string[] | undefined;
  readonly of?: Shared | undefined;
  readonly who?: Partial<Person> | undefined;
}

export interface Chosen {
  readonly losses: readonly Loss[];
  readonly shares: ReadonlyMap<string, Share>;
  readonly notes: readonly string[];
}

/** The shares that are meant. Throws `ToolError` for ids that are not found. */
export async function chooseLosses(context: Context, { ids, of, who }: Wanted): Promise<Chosen> {
  const found = of ? { list: await sharesOf(context, of), isWhole: true } : await everyShare(context, ids);
  const { isWhole } = found;
  const list = sharesApart(found.list);
  const missing = (ids ?? []).filter((id) => !list.some((one) => one.id === id));
  if (missing.length > 0) {
    const where = of ? `among the shares of the ${sharedLabel(of)}` : 'among the shares that you may see';
    const hint = of ? 'list_shares shows them.' : 'If one was made a moment ago, name its asset or collection as well.';
    throw new ToolError(`shares: ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} not ${where}. ${hint}`);
  }
  const named = list.filter(({ id }) => ids === undefined || ids.includes(id));
  const live = ids ? named : named.filter((one) => isLive(one, Date.now()));
  const losses = live.flatMap((share) => lossOf(share, who) ?? []);
  const past = named.length - live.length;
  return {
    losses,
    shares: new Map(list.map((one) => [one.id, one])),
    notes: [
      ...(isWhole
        ? []
        : ['Only shares that you made or got were looked at: for those of others name the asset or collection.']),
      ...(past > 0
        ? [
            `${plural(past, 'share')} ended before and ${past === 1 ? 'is' : 'are'} left as ${past === 1 ? 'it is' : 'they are'}.`,
          ]
        : []),
    ],
  };
}

function lossOf(share: Share, who: Partial<Person> | undefined): Loss | undefined {
  const whole = { share_id: share.id, of: share.of };
  if (who === undefined) return whole;
  const guests = guestsWho(share, who).flatMap(({ id, email = '' }) => (id ? [{ id, email }] : []));
  if (guests.length === 0) return undefined;
  return guests.length === (share.users ?? []).length ? whole : { ...whole, guests };
}

/** Collections whose contents are counted, and objects whose other shares are looked at. */
const MAX_LOOKED_AT = 20;

/** Per object, how many assets a share of it reaches: `collection "Spring Campaign" with 7 assets`. */
export async function reachOf(context: Context, losses: readonly Loss[]): Promise<ReadonlyMap<string, string>> {
  const objects = [...new Map(losses.map(({ of }) => [of.object_id, of])).values()];
  const counted = objects.filter(({ object_type }) => object_type === 'collections').slice(0, MAX_LOOKED_AT);
  const { done } = await each(counted, { ...context, progress: () => undefined }, ({ object_id }) =>
    page(context, under(object_id), { per_page: 1, include_fields: ['id'] }),
  );
  const sizes = new Map(
    done.map(({ item, result }) => [item.object_id, ` with all ${plural(result.total, 'asset')} in it`]),
  );
  return new Map(objects.map((of) => [of.object_id, `${sharedLabel(of)}${sizes.get(of.object_id) ?? ''}`]));
}

/** `asset "…": anna@client.example (external, 6 visits) loses access; was until …; id`. */
export function lossLine(loss: Loss, share: Share, reach: string, internals: Internals): string {
  const { guests } = loss;
  const leaving = guests ? (share.users ?? []).filter(({ id }) => guests.some((one) => one.id === id)) : undefined;
  const who = leaving ? leaving.map((one) => guestLabel(one, internals)).join(', ') : guestsLine(share, internals);
  const stay = leaving ? `; ${plural((share.users ?? []).length - leaving.length, 'other guest')} not affected` : '';
  return `${reach}: ${who}${stay}; ${endLine(share, Date.now())}; ${loss.share_id}`;
}

/** Other open shares that let people see the same objects: only the planned ones end. */
export async function remainingNotes(context: Context, chosen: Chosen, internals: Internals): Promise<string[]> {
  const ending = new Set(chosen.losses.flatMap(({ share_id, guests }) => (guests ? [] : [share_id])));
  const objects = [...new Map(chosen.losses.map(({ of }) => [of.object_id, of])).values()];
  const { done } = await each(objects.slice(0, MAX_LOOKED_AT), { ...context, progress: () => undefined }, (of) =>
    reachingShares(context, of),
  );
  const notes = done.flatMap(({ item, result }) =>
    result
      .filter(
        (one) =>
          isLive(one, Date.now()) && !ending.has(one.id) && !chosen.losses.some((loss) => loss.share_id === one.id),
      )
      .map(
        (one) =>
          `Stays: ${sharedLabel(item)} is also shared by ${one.id} (${sharedLabel(one.of)}) with ${guestsLine(one, internals)}.`,
      ),
  );
  const skipped = objects.length - done.length;
  return [
    ...[...new Set(notes)].slice(0, MAX_LOOKED_AT),
    ...(skipped > 0 ? [`Other shares of ${plural(skipped, 'object')} were not looked at.`] : []),
  ];
}
