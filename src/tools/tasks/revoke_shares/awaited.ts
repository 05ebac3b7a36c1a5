import { firstOf } from '../../../text/english.ts';
import { isOpen, outstanding, requestLabel, requestsOf } from '../../library/approvals.ts';
import { toldApart } from '../../library/plans/titles.ts';
import { ACTIVE, page } from '../../library/search.ts';
import { instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Chosen } from './losses.ts';

/** Assets whose requests for approval are looked at, and those that a note names. */
const MAX_READ = 50;
const MAX_NAMED = 5;

/** Guests who lose access and are waited for: without it they may not be able to answer. */
export async function awaitedNotes(context: Context, { losses, shares }: Chosen): Promise<string[]> {
  const leaving = losses.flatMap(({ share_id, guests }): { readonly email?: string | undefined }[] => [
    ...(guests ?? shares.get(share_id)?.users ?? []),
  ]);
  const guests = new Set(leaving.flatMap(({ email }) => email?.toLowerCase() ?? []));
  const value_in = [...new Set(losses.map(({ of }) => of.object_id))];
  if (guests.size === 0) return [];
  const waiting = { name: 'approval_status', value_in: ['REQUESTED', 'MIXED'] };
  const found = await Promise.all(
    ['id', 'ancestor_collections'].map((name) =>
      page(
        context,
        { doc_types: ['assets'], terms: [ACTIVE, waiting, { name, value_in }] },
        { per_page: MAX_READ, include_fields: ['id', 'title'] },
      ).catch(instead(context, { docs: [] })),
    ),
  );
  const docs = [...new Map(found.flatMap((one) => one.docs).map((doc) => [doc.id, doc])).values()];
  const { list } = await requestsOf(context, toldApart(docs.slice(0, MAX_READ)), true);
  const awaited = list.filter(isOpen).map((request) => ({
    request,
    who: outstanding(request).filter((one) => guests.has(one.toLowerCase())),
  }));
  const lines = awaited.filter(({ who }) => who.length > 0);
  if (lines.length === 0) return [];
  const named = firstOf(lines, MAX_NAMED, ({ request, who }) => `${requestLabel(request)} waits on ${who.join(', ')}`);
  return [`Asked for approval, and may not be able to answer after this: ${named}.`];
}
