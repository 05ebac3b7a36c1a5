import type { Tool, Toolset } from '../tools/types.ts';

export interface Selection {
  /** Only tools that change nothing. */
  readonly readOnly: boolean;
  /** Names of toolsets; empty: all. */
  readonly toolsets: readonly string[];
}

export interface SelectedTool {
  readonly name: string;
  readonly toolset: string;
  readonly tool: Tool;
}

/** The tools that a host sees, by name, in the order of the toolsets. The one filter: what it leaves out can't be called. */
export function select(toolsets: readonly Toolset[], selection: Selection): ReadonlyMap<string, SelectedTool> {
  const chosen = new Map<string, SelectedTool>();
  for (const set of toolsets) {
    if (selection.toolsets.length > 0 && !selection.toolsets.includes(set.name)) continue;
    for (const [name, tool] of Object.entries(set.tools)) {
      if (!tool.listed || (selection.readOnly && tool.effect !== 'read')) continue;
      chosen.set(name, { name, toolset: set.name, tool });
    }
  }
  return chosen;
}

/** Why a tool that exists is not offered, in one sentence; `undefined` where no listed tool has the name. */
export function whyUnavailable(toolsets: readonly Toolset[], selection: Selection, name: string): string | undefined {
  const set = toolsets.find(({ tools }) => Object.hasOwn(tools, name) && tools[name]?.listed);
  const tool = set?.tools[name];
  if (!set || !tool) return undefined;
  if (selection.readOnly && tool.effect !== 'read') {
    return 'this server runs read-only (--read-only), and it changes things.';
  }
  return `its toolset "${set.name}" is switched off (--toolsets).`;
}
