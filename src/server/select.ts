import type { ToolEntry } from './listing.ts';

/** How far a caller may go; each includes those before it. */
export type Granted = 'read' | 'write' | 'delete';

export interface Selection {
  /** Only tools that change nothing. */
  readonly readOnly: boolean;
  /** Names of toolsets; empty: the default list. */
  readonly toolsets: readonly string[];
  /** How much of the toolset `catalogue`. Default: all. */
  readonly catalogue?: 'off' | 'read' | 'all';
  /** Whether a model may run programs. Default: on. */
  readonly programs?: 'off' | 'on';
  /** What the caller was given the right to. Default: all. */
  readonly granted?: Granted;
}

/** Whether anything may be changed. */
export const isReadOnly = ({ readOnly, granted }: Selection): boolean => readOnly || granted === 'read';

/**
 * The tools that are offered, by name, in the order of the list. The one filter: what it leaves out can't be called. Those
 * `forPages` come last, where a tool that shows such a page is offered: only hosts with MCP Apps have them.
 */
export function select(entries: readonly ToolEntry[], selection: Selection): ReadonlyMap<string, ToolEntry> {
  const allowed = entries.filter((entry) => !refusal(selection, entry));
  const chosen = allowed.filter((entry) => !entry.forPages && isOn(selection, entry));
  const pages = new Set(chosen.flatMap(({ page }) => page ?? []));
  const ofPages = allowed.filter(({ forPages = [] }) => forPages.some((page) => pages.has(page)));
  return new Map([...chosen, ...ofPages].map((entry) => [entry.name, entry]));
}

/** The tools that every host sees, of those that are offered. */
export const withoutPages = (offered: ReadonlyMap<string, ToolEntry>): ReadonlyMap<string, ToolEntry> =>
  new Map([...offered].filter(([, { forPages }]) => !forPages));

const isOn = ({ toolsets }: Selection, { toolset, group, onlyChosen = false }: ToolEntry): boolean =>
  toolsets.length === 0 ? !onlyChosen : toolsets.some((name) => name === toolset || name === group);

/** The flag that takes a tool away, whatever toolsets are chosen. */
function refusal(selection: Selection, { toolset, effect, name }: ToolEntry): string | undefined {
  const { readOnly, catalogue = 'all', programs = 'on', granted = 'delete' } = selection;
  if (readOnly && effect !== 'read') return 'this server runs read-only (--read-only), and it changes things.';
  if (granted === 'read' && effect !== 'read')
    return 'it changes things, and your access lacks the scope iconik:write.';
  if (granted === 'write' && effect === 'delete') return 'it deletes, and your access lacks the scope iconik:delete.';
  if (name === 'run_query' && programs === 'off') return 'programs are switched off (--programs off).';
  if (toolset !== 'catalogue' || catalogue === 'all' || (catalogue === 'read' && effect === 'read')) return undefined;
  return `this part of the catalogue is switched off (--catalogue ${catalogue}).`;
}

/** Why a tool that exists is not offered, in one sentence; `undefined` where no listed tool has the name. */
export function whyUnavailable(entries: readonly ToolEntry[], selection: Selection, name: string): string | undefined {
  const entry = entries.find((one) => one.name === name);
  if (!entry) return undefined;
  const refused = refusal(selection, entry);
  if (refused) return refused;
  if (entry.onlyChosen && selection.toolsets.length === 0)
    return `it is not in the default list: start the server with "${entry.toolset}" among --toolsets.`;
  return `its toolset "${entry.group ?? entry.toolset}" is switched off (--toolsets).`;
}
