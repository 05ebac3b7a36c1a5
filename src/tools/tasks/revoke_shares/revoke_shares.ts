import * as z from 'zod';
import { plural } from '../../../text/english.ts';
import { task } from '../../define.ts';
import { reasonOf, statusOf } from '../../errors.ts';
import { assetOrCollection, namedObject } from '../../library/shares/shared_object.ts';
import { internalsOf, personWithShare, sharedLabel } from '../../library/shares/shares.ts';
import { shareChanges } from '../../operations/share_changes.ts';
import { integer, strings } from '../../params.ts';
import { each } from '../../run/each.ts';
import { outOfTime, showing } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import { awaitedNotes } from './awaited.ts';
import { chooseLosses, type Loss, lossLine, reachOf, remainingNotes } from './losses.ts';

const MAX_LINES = 50;

interface Plan {
  readonly losses: readonly Loss[];
  /** How the person was understood. */
  readonly notes: readonly string[];
}

export const revoke_shares = task({
  title: 'Revoke shares',
  description:
    'Revoke access: end shares and share links by id, all open ones of an asset or collection, or take one person out of every share. Returns a plan first: who loses what, and what stays shared another way. The assets stay.',
  effect: 'delete',
  access: true,
  roles: ['can_read_shares', 'can_delete_object_shares', 'can_write_shares'],
  input: {
    shares: z.array(z.string().min(1)).min(1).max(500).optional().describe('Share ids from list_shares.'),
    ...assetOrCollection,
    person: z.string().min(1).optional().describe('Only the access of this one: e-mail or name.'),
  },
  output: { ended: integer, taken_out: integer, failed: strings, remaining: integer, notes: strings },
  validate: ({ shares, asset, collection, person }) => {
    if (asset !== undefined && collection !== undefined) return 'asset, collection: name one of the two.';
    if ([shares, asset, collection, person].every((one) => one === undefined))
      return 'Say which: shares, asset, collection or person.';
    return undefined;
  },
  preview: async ({ shares: ids, person, ...named }, context) => {
    const [of, { who, notes: whoNotes }] = await Promise.all([
      namedObject(context, named),
      person === undefined ? { who: undefined, notes: [] } : personWithShare(context, person),
    ]);
    const chosen = await chooseLosses(context, { ids, of, who });
    const { losses } = chosen;
    const shown = losses.slice(0, MAX_LINES).flatMap((loss) => {
      const share = chosen.shares.get(loss.share_id);
      return share ? [{ loss, share }] : [];
    });
    const [internals, reach] = await Promise.all([
      internalsOf(context, [...chosen.shares.values()].slice(0, 2 * MAX_LINES)),
      reachOf(context, losses),
    ]);
    const [stays, awaited] = await Promise.all([
      remainingNotes(context, chosen, internals),
      awaitedNotes(context, chosen),
    ]);
    const lines = shown.map(({ loss, share }) =>
      lossLine(loss, share, reach.get(loss.of.object_id) ?? sharedLabel(loss.of), internals),
    );
    return {
      preview: {
        summary: summaryOf(losses),
        affected: lines,
        notes: [
          ...whoNotes,
          ...chosen.notes,
          ...stays,
          ...awaited,
          ...(losses.length > lines.length ? [showing(lines.length, losses.length)] : []),
        ],
      },
      plan: { losses, notes: whoNotes },
      touches: losses.flatMap(({ share_id, of }) => [share_id, of.object_id]),
      skipConfirm: losses.length === 0,
    };
  },
  run: async (_, context, { losses, notes }: Plan) => {
    const { done, failed, rest } = await each(losses, context, (loss) => revoke(context, loss));
    const taken = done.filter(({ item }) => item.guests).length;
    return {
      ended: done.length - taken,
      ...(taken > 0 && { taken_out: taken }),
      ...(failed.length > 0 && {
        failed: failed.slice(0, MAX_LINES).map(({ item, error }) => `${item.share_id}: ${reasonOf(error)}`),
      }),
      ...(rest.length > 0 && { remaining: rest.length }),
      notes: [
        ...(losses.length === 0 ? ['Nothing to revoke: no open share fits.', ...notes] : []),
        ...(rest.length > 0 ? [outOfTime(rest.length)] : []),
      ],
    };
  },
});

function summaryOf(losses: readonly Loss[]): string {
  const parts = losses.filter(({ guests }) => guests).length;
  const whole = losses.length - parts;
  const what = [
    ...(whole > 0 ? [`ends ${plural(whole, 'share')}`] : []),
    ...(parts > 0 ? [`takes the person out of ${plural(parts, 'share')} that others keep`] : []),
  ].join(' and ');
  if (!what) return 'Nothing to revoke: no open share fits.';
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}, at once. It cannot be undone: a new share has a new link.`;
}

/** Ends a share, or takes guests out of it. What is gone already counts as ended. */
async function revoke(context: Context, { share_id, of, guests }: Loss): Promise<void> {
  const path = { object_type: of.object_type, object_id: of.object_id, share_id };
  const { delete_share, remove_share_guest } = shareChanges.tools;
  if (!guests) await unlessGone(context.use(delete_share, path));
  for (const { id } of guests ?? []) await unlessGone(context.use(remove_share_guest, { ...path, share_user_id: id }));
}

async function unlessGone(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (statusOf(error) !== 404) throw error;
  });
}
