import type { PageName } from '../tools/page_data.ts';
import type { Effect, Tool } from '../tools/types.ts';

export type JsonSchema = { [key: string]: unknown };

/** One tool as `tools/list` shows it. No host hands output schemas to a model, and they would be a third of the list. */
export interface Listed {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonSchema & { type: 'object' };
  readonly annotations: {
    readonly title: string;
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint: boolean;
    readonly openWorldHint: boolean;
  };
  /** For hosts with MCP Apps alone. */
  readonly _meta?: { readonly ui: { readonly resourceUri?: string; readonly visibility?: readonly ['app'] } };
}

/**
 * What `initialize` needs of a tool. It is plain data: the build puts it into the server, and what `tools/list` shows beside
 * it. Schemas and code of the tools load with the first call.
 */
export interface ToolEntry {
  readonly name: string;
  readonly toolset: string;
  /** The smaller set that it is in, which `--toolsets` takes too. */
  readonly group?: string;
  readonly effect: Effect;
  /** It is listed only where `--toolsets` names its toolset. */
  readonly onlyChosen?: boolean;
  /** It shows what it would change before it does. */
  readonly confirms: boolean;
  readonly prefer?: readonly [task: string, when: string];
  /** The page of its answer, and the pages that alone call it. */
  readonly page?: PageName;
  readonly forPages?: readonly PageName[];
}

/** Each tool as `tools/list` shows it, by name; without the sentence on what to prefer. */
export type Listing = Readonly<Record<string, Listed>>;

/** `tools/list`. No description points to a tool that is not offered. */
export const toolList = (tools: ReadonlyMap<string, ToolEntry>, listing: Listing): Listed[] =>
  [...tools.values()].flatMap(({ name, prefer }) => {
    const one = listing[name];
    return one ? { ...one, description: preferring(one.description, prefer, (other) => tools.has(other)) } : [];
  });

/** A description with the task that serves better, where that is offered. */
export function preferring(description: string, prefer: Tool['prefer'], has: (name: string) => boolean): string {
  const [task, when] = prefer ?? [];
  return task && has(task) ? `${description} ${when}: ${task}.` : description;
}
