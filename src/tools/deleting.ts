import type { Context, Planned, Preview } from './types.ts';

/** Values of `status` with which a write deletes the object it is sent to (`PATCH …/versions/{version_id}/` and others). */
export const DELETING = ['DELETED', 'DELETING'] as const;

/** Whether the body deletes. */
export const isDeleting = ({ status }: { readonly status?: unknown }): boolean =>
  DELETING.some((value) => value === status);

/** Nothing to agree to, and no turn to wait for: Iconik merges single fields itself. */
export const HARMLESS: Planned = {
  preview: { summary: '', affected: [] },
  plan: undefined,
  skipConfirm: true,
  touches: [],
};

export type PreviewOf<A, P> = (args: A, context: Context) => Promise<P>;

/**
 * The preview of an update that deletes with some values of `status`, or lets more people see the object: `deletion` is
 * asked for with these values alone, `exposure` answers `undefined` where nobody sees more.
 */
export const whenGrave =
  <A extends { readonly status?: unknown }>(
    deletion: PreviewOf<A, Preview | Planned>,
    exposure: PreviewOf<A, Preview | undefined> | undefined,
  ) =>
  async (args: A, context: Context): Promise<Planned> => {
    const found = isDeleting(args) ? await deletion(args, context) : await exposure?.(args, context);
    if (!found) return HARMLESS;
    return 'preview' in found ? found : { preview: found, plan: undefined };
  };
