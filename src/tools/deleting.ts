import type { Context, Planned, Preview } from './types.ts';

/** Values of `status` with which a write deletes the object it is sent to (`PATCH …/versions/{version_id}/` and others). */
export const DELETING = ['DELETED', 'DELETING'] as const;

/** Whether the body deletes. */
export const isDeleting = ({ status }: { readonly status?: unknown }): boolean =>
  DELETING.some((value) => value === status);

/** Nothing to agree to, and no turn to wait for: Iconik merges single fields itself. */
const HARMLESS: Planned = { preview: { summary: '', affected: [] }, plan: undefined, skipConfirm: true, touches: [] };

/** The preview of an update that deletes with some values of `status`: it is asked for with these alone. */
export const whenDeleting =
  <A extends { readonly status?: unknown }>(deletion: (args: A, context: Context) => Promise<Preview>) =>
  async (args: A, context: Context): Promise<Planned> =>
    isDeleting(args) ? { preview: await deletion(args, context), plan: undefined } : HARMLESS;
