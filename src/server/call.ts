import type { Client } from '../client/types.ts';
import type { Context, Planned } from '../tools/context.ts';
import type { Shelf } from '../tools/shelf.ts';
import { ArgumentError, nearest, parseArguments } from './arguments.ts';
import { CONFIRM_SECONDS, type Confirmations } from './confirm.ts';
import { createContext, type Trace } from './context.ts';
import { explain, isForeseen, kindOf, outOfTime } from './explain.ts';
import type { Log } from './log.ts';
import { type Mask, maskSignatures } from './mask.ts';
import { project } from './project.ts';
import { type Result, toResult } from './result.ts';
import type { Chosen } from './select.ts';

export interface Pipeline {
  readonly tools: ReadonlyMap<string, Chosen>;
  /** Names that exist but were left out at start, with the reason. */
  readonly left: (name: string) => string | undefined;
  readonly readOnly: boolean;
  /** Milliseconds for one call. */
  readonly deadline: number;
  readonly client: Client;
  readonly shelf: Shelf;
  readonly confirmations: Confirmations;
  readonly mask: Mask;
  readonly log: Log;
}

export interface Caller {
  readonly signal: AbortSignal;
  readonly progress: Context['progress'];
  /** Asks the person in front of the host; absent where the host can't. */
  readonly ask?: (question: string) => Promise<boolean>;
}

type Args = Readonly<Record<string, unknown>>;

/** One call, from the host's arguments to its answer. Never throws: what fails comes back as a readable error. */
export async function callTool(pipeline: Pipeline, name: string, given: unknown, caller: Caller): Promise<Result> {
  const chosen = pipeline.tools.get(name);
  if (!chosen) return failed(pipeline, unknownTool(pipeline, name));
  const { tool } = chosen;
  const trace: Trace = { attached: [] };
  const clock = AbortSignal.timeout(pipeline.deadline);
  let change: Args | undefined;
  try {
    const { confirm, ...args } = parseArguments<Record<string, unknown>>(tool.input, given);
    const contradiction = tool.check?.(args) ?? readsOnly(pipeline, args);
    if (contradiction) throw new ArgumentError(contradiction);
    const context = createContext(
      { ...pipeline, ...caller, soft: soft(pipeline), signal: AbortSignal.any([caller.signal, clock]) },
      trace,
    );
    const planned = await tool.preview?.(args, context);
    const stopped = planned && (await previewed(pipeline, name, args, confirm, planned, caller));
    if (stopped) return stopped;
    if (tool.effect !== 'read') change = args;
    const raw = await tool.run(args, context, planned?.plan);
    const signed = Object.entries(args).some(([key, value]) => value === true && ASKS_FOR_URLS.test(key));
    const projected = (project(tool.output, raw, { signed }) ?? {}) as Record<string, unknown>;
    return { ...toResult(projected, pipeline.mask), attached: trace.attached };
  } catch (error) {
    trace.failure = error;
    if (clock.aborted && !caller.signal.aborted) return failed(pipeline, outOfTime(name, tool, pipeline.deadline));
    if (!isForeseen(error)) pipeline.log.error('a tool failed', { tool: name, error: kindOf(error) });
    return failed(pipeline, explain(name, tool, error));
  } finally {
    if (change) pipeline.log.audit(auditOf(name, change, trace));
  }
}

/** Time is kept for the answer itself: 5 s, or a fifth of a short deadline. */
const soft = ({ deadline }: Pipeline): number => deadline - Math.min(5_000, deadline / 5);

const ASKS_FOR_URLS = /^(include_urls|generate_signed(_\w+)?_url)$/;

/** Even Iconik's search history is a write. */
function readsOnly({ readOnly }: Pipeline, args: Args): string | undefined {
  if (!readOnly || args.save_search_history !== true) return undefined;
  return 'save_search_history: true is not allowed, this server runs read-only (--read-only).';
}

/** Shows what would happen, or lets it go on: `undefined` means that the change was shown and is agreed to. */
async function previewed(
  { confirmations, mask }: Pipeline,
  name: string,
  args: Args,
  confirm: unknown,
  { preview, plan, straight }: Planned,
  caller: Caller,
): Promise<Result | undefined> {
  if (straight && confirm === undefined) return undefined;
  const shown = [preview, plan];
  const refused = confirm === undefined ? '' : confirmations.refuse(String(confirm), name, args, shown);
  if (refused !== undefined) {
    const token = confirmations.issue(name, args, shown);
    const head = refused ? `${refused} Nothing was changed. This is a new preview.` : 'Nothing has changed yet.';
    const note = `${head} If the person agrees, call again with the same arguments and confirm: ${token} (good for ${CONFIRM_SECONDS} s).`;
    const whole = { note, status: 'preview', ...preview, confirm: token, expires_in_seconds: CONFIRM_SECONDS };
    const { text, structured } = toResult(whole, mask);
    return refused ? { isError: true, text } : { text, ...(structured && { structured }) };
  }
  if (caller.ask && !(await caller.ask(`${preview.will} Go ahead?`))) {
    return failed({ mask }, `${name}: the person did not agree. Nothing was changed.`);
  }
  return undefined;
}

function auditOf(tool: string, args: Args, trace: Trace) {
  const ids = Object.entries(args).filter(([key, value]) => key.endsWith('_id') && typeof value === 'string');
  const failure = trace.failure as { status?: number; code?: string; requestId?: string } | undefined;
  const status = failure ? (failure.status ?? failure.code ?? 'failed') : (trace.status ?? 'done');
  const id = failure ? failure.requestId : trace.requestId;
  return { tool, object: Object.fromEntries(ids) as Record<string, string>, status, ...(id && { request_id: id }) };
}

const failed = ({ mask }: Pick<Pipeline, 'mask'>, text: string): Result => ({
  isError: true,
  text: mask(maskSignatures(text)),
});

function unknownTool(pipeline: Pipeline, name: string): string {
  const left = pipeline.left(name);
  if (left) return `The tool ${name} is not available: ${left}`;
  const near = nearest(name, [...pipeline.tools.keys()]);
  return `There is no tool "${name.slice(0, 60)}".${near ? ` Did you mean ${near}?` : ' See tools/list.'}`;
}
