import { holdingsNotes } from '../tools/library/collections/holdings.ts';
import { guestNotes, returnNotes } from '../tools/library/shares/reach.ts';
import type { Context, Planned } from '../tools/types.ts';

/**
 * The plan of a change that puts something into shared collections, with who then sees it and what its rights are: a person
 * agrees to that first. Of one that takes collections away, with what is in them and who sees it now. Of one that brings
 * something back, with who sees it again.
 */
export async function withGuests(planned: Planned, context: Context): Promise<Planned> {
  const { into = [], brings = [], goes = [], returns, preview, skipConfirm } = planned;
  const guests = into.length > 0 ? await guestNotes(context, into, brings) : [];
  const again = returns ? await returnNotes(context, returns, into.length === 0) : [];
  const holdings = goes.length > 0 ? await holdingsNotes(context, goes) : [];
  if (guests.length + holdings.length + again.length === 0) return planned;
  // A plan may say the same of its assets itself.
  const notes = [...new Set([...(preview.notes ?? []), ...guests, ...again, ...holdings])];
  return {
    ...planned,
    preview: { ...preview, notes },
    skipConfirm: guests.length + again.length === 0 && skipConfirm === true,
  };
}
