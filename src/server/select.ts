import type { Effect } from '../tools/types.ts';
import type { ToolEntry } from './listing.ts';

export interface Selection {
  /** Only tools that change nothing. */
  readonly readOnly: boolean;
  /** Names of toolsets; empty: the default list. */
  readonly toolsets: readonly string[];
}

/** The tools that a host sees, by name, in the order of the list. The one filter: what it leaves out can't be called. */
export function select(entries: readonly ToolEntry[], selection: Selection): ReadonlyMap<string, ToolEntry> {
  const chosen = entries.filter((entry) => isOn(selection, entry) && isAllowed(selection, entry.effect));
  return new Map(chosen.map((entry) => [entry.name, entry]));
}

const isOn = ({ toolsets }: Selection, { toolset, onlyChosen = false }: ToolEntry): boolean =>
  toolsets.length === 0 ? !onlyChosen : toolsets.includes(toolset);
const isAllowed = ({ readOnly }: Selection, effect: Effect): boolean => !readOnly || effect === 'read';

/** Why a tool that exists is not offered, in one sentence; `undefined` where no listed tool has the name. */
export function whyUnavailable(entries: readonly ToolEntry[], selection: Selection, name: string): string | undefined {
  const entry = entries.find((one) => one.name === name);
  if (!entry) return undefined;
  if (!isAllowed(selection, entry.effect)) return 'this server runs read-only (--read-only), and it changes things.';
  if (entry.onlyChosen && selection.toolsets.length === 0)
    return `it is not in the default list: start the server with "${entry.toolset}" among --toolsets.`;
  return `its toolset "${entry.toolset}" is switched off (--toolsets).`;
}
