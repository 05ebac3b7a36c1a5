import type { Client } from '../client/types.ts';
import { type SharedState, StateGone } from '../state/types.ts';
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
import { createReplicas, type Replicas } from './replicas.ts';
import type { Result } from './result.ts';
import { isReadOnly, type Selection, select, whyUnavailable } from './select.ts';
import { createSharedTurns } from './shared_turns.ts';
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
  /** What other servers share with this one; absent where it is alone. */
  readonly state?: SharedState;
}

/** The half of the server that starting and listing can do without. */
export interface Calls {
  call(name: string, args: unknown, host: Caller): Promise<Result>;
  /** Values for an argument of a prompt or resource, from what was typed so far. */
  complete(argument: { readonly name: string; readonly value: string }, host: Caller): Promise<string[]>;
  /** A document that an earlier answer attached, to this user. */
  document(uri: string): Promise<Document | undefined>;
}

export function createCalls(options: CallsOptions, toolsets: readonly Toolset[]): Calls {
  const { entries, selection, state, log } = options;
  const offered = select(entries, selection);
  const listed = entries.filter(({ forPages }) => !forPages);
  const memory = {
    handles: createHandles(),
    cache: createCache(),
    confirmations: createConfirmations(),
    documents: createDocuments(),
    log,
  };
  const replicas = state && createReplicas(state, memory);
  const pipeline: Pipeline = {
    ...options,
    ...memory,
    shareDomains: options.shareDomains ?? [],
    tools: new Map(toolsets.flatMap(({ tools }) => Object.entries(tools).filter(([name]) => offered.has(name)))),
    unavailable: (name) => whyUnavailable(listed, selection, name),
    readOnly: isReadOnly(selection),
    turns: state ? createSharedTurns(createTurns(), state) : createTurns(),
    ...(replicas && { replicas }),
  };
  return {
    call: (name, args, host) =>
      replicas ? sharedCall(pipeline, replicas, name, args, host) : callTool(pipeline, name, args, host),
    complete: (argument, host) => complete(pipeline, argument, host),
    async document(uri) {
      return pipeline.documents.get(uri) ?? (await replicas?.document(uri).catch(() => undefined));
    },
  };
}

/** A call between what it takes from the other replicas and what it leaves to them. */
async function sharedCall(
  pipeline: Pipeline,
  replicas: Replicas,
  ...[name, args, host]: Parameters<Calls['call']>
): Promise<Result> {
  const reads = pipeline.tools.get(name)?.effect === 'read';
  try {
    await replicas.enter(args, { reads });
  } catch (error) {
    if (!(error instanceof StateGone)) throw error;
    return { isError: true, text: `${name.slice(0, MAX_NAME)} failed: ${error.message}` };
  }
  const result = await callTool(pipeline, name, args, host);
  await replicas.save();
  return result;
}

/** Characters of a name in an error. */
const MAX_NAME = 60;
