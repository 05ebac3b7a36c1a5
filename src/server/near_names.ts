import type { Planned, Tool } from '../tools/types.ts';

/** The names of one call that were taken for the only thing they can mean. */
export interface NearNames {
  /** For `Context.takes`. */
  take(words: string, thing: string): boolean;
  /** A plan, with what was taken in front; a person then agrees first, however small the change. */
  planned(plan: () => Promise<Planned>): Promise<Planned>;
  notes(): string[];
}

type NearTool = Pick<Tool, 'effect' | 'outbound' | 'preview'>;

/**
 * What only reads takes such a name and says so. What changes something takes it in a plan, which a person sees before
 * anything happens; what deletes or reaches people outside takes none.
 */
export function createNearNames({ effect, outbound, preview }: NearTool): NearNames {
  const reads = effect === 'read';
  const plans = preview !== undefined && !outbound && effect !== 'delete';
  const taken = new Set<string>();
  let isPlanning = false;
  return {
    take(words, thing) {
      const note = `${words} taken as ${thing}.`;
      // After the plan only what was planned: the same words must not come to mean something else.
      if (!reads && !(plans && isPlanning) && !taken.has(note)) return false;
      taken.add(note);
      return true;
    },
    async planned(plan) {
      isPlanning = true;
      try {
        const made = await plan();
        if (taken.size === 0) return made;
        const { preview } = made;
        const isNothing = made.skipConfirm === true && preview.affected.length === 0;
        return {
          ...made,
          preview: { ...preview, notes: [...taken, ...(preview.notes ?? [])] },
          skipConfirm: isNothing,
        };
      } finally {
        isPlanning = false;
      }
    },
    notes: () => (reads ? [...taken] : []),
  };
}
