import type { Client } from '../client/types.ts';
import { createCache } from '../tools/cache.ts';
import { createHandles } from '../tools/handles.ts';
import type { Toolset } from '../tools/types.ts';
import { type Caller, callTool, type Pipeline } from './call.ts';
import { complete } from './complete.ts';
import { createConfirmations } from './confirm.ts';
import { createDocuments, type Document } from './documents.ts';
import type { ToolEntry } from './listing.ts';
import type { Log } from './log.ts';
import type { Mask } from './mask.ts';
import type { Result } from './result.ts';
import { type Selection, select, whyUnavailable } from './select.ts';
import { createTurns } from './turns.ts';

export interface CallsOptions {
  readonly entries: readonly ToolEntry[];
  readonly selection: Selection;
  readonly client: Client;
  /** Milliseconds for one call. */
  readonly deadline: number;
  /** Domains of the people that may be let in. Default: all. */
  readonly shareDomains?: readonly string[];
  readonly mask: Mask;
  readonly log: Log;
}

/** The half of the server that starting and listing can do without. */
export interface Calls {
  call(name: string, args: unknown, host: Caller): Promise<Result>;
  /** Values for an argument of a prompt or resource, from what was typed so far. */
  complete(argument: { readonly name: string; readonly value: string }, host: Caller): Promise<string[]>;
  /** A document that an earlier answer of this session attached. */
  document(uri: string): Document | undefined;
}

export function createCalls(options: CallsOptions, toolsets: readonly Toolset[]): Calls {
  const { entries, selection } = options;
  const offered = select(entries, selection);
  const pipeline: Pipeline = {
    ...options,
    shareDomains: options.shareDomains ?? [],
    tools: new Map(toolsets.flatMap(({ tools }) => Object.entries(tools).filter(([name]) => offered.has(name)))),
    unavailable: (name) => whyUnavailable(entries, selection, name),
    readOnly: selection.readOnly,
    handles: createHandles(),
    cache: createCache(),
    confirmations: createConfirmations(),
    turns: createTurns(),
    documents: createDocuments(),
  };
  return {
    call: (name, args, host) => callTool(pipeline, name, args, host),
    complete: (argument, host) => complete(pipeline, argument, host),
    document: (uri) => pipeline.documents.get(uri),
  };
}
