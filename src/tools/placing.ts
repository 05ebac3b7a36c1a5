import { HARMLESS } from './deleting.ts';
import type { Context, Planned } from './types.ts';

/** What comes into collections, in one sentence, the ids of these, and of what comes in where it is there already. */
export interface Placing {
  readonly summary: string;
  readonly into: readonly (string | undefined)[];
  readonly brings?: readonly (string | undefined)[];
}

/** The preview of an operation that may put something into collections; `before` is what is previewed of it anyway. */
export const whenPlaced =
  <A>(placing: (args: A) => Placing, before: (args: A, context: Context) => Promise<Planned> = async () => HARMLESS) =>
  async (args: A, context: Context): Promise<Planned> => {
    const planned = await before(args, context);
    const { summary, into, brings = [] } = placing(args);
    const preview = planned.skipConfirm ? { summary, affected: [] } : planned.preview;
    const given = (ids: Placing['into']): string[] => ids.filter((id) => id !== undefined);
    return { ...planned, preview, into: given(into).map((id) => ({ id })), brings: given(brings) };
  };
