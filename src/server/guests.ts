import { guestNotes } from '../tools/library/shares/reach.ts';
import type { Context, Planned } from '../tools/types.ts';

/** The plan of a change that puts something into shared collections, with who then sees it and what its rights are: a person agrees to that first. */
export async function withGuests(planned: Planned, context: Context): Promise<Planned> {
  const { into = [], brings = [], preview } = planned;
  const guests = into.length > 0 ? await guestNotes(context, into, brings) : [];
  if (guests.length === 0) return planned;
  return { ...planned, preview: { ...preview, notes: [...(preview.notes ?? []), ...guests] }, skipConfirm: false };
}
