import { IconikError } from '../client/errors.ts';
import { template } from '../client/route.ts';
import type { Client } from '../client/types.ts';
import { clean } from '../text/clean.ts';
import type { Cache } from '../tools/cache.ts';
import type { Handles } from '../tools/handles.ts';
import { keepAnswer, whatIsMissing } from '../tools/library/other_kinds.ts';
import type { PageData } from '../tools/page_data.ts';
import type { Attachment, Context, Tool } from '../tools/types.ts';
import { answerOf } from './answer.ts';
import { ArgumentError, goneToken, parseArguments, withoutHostArguments, withoutToken } from './arguments.ts';
import type { Confirmations } from './confirm.ts';
import { type Change, settle } from './consent.ts';
import { type CallContext, type Clock, createContext, heardByMany, type Written } from './context.ts';
import type { Documents } from './documents.ts';
import { explain, isForeseen, kindOf } from './explain.ts';
import { withGuests } from './guests.ts';
import type { Log } from './log.ts';
import { type Mask, maskSignatures } from './mask.ts';
import { createNearNames } from './near_names.ts';
import { project } from './project.ts';
import type { Replicas } from './replicas.ts';
import { pageData, type Result, toResult } from './result.ts';
import type { Turns } from './turns.ts';
import { unknownTool } from './unknown_tool.ts';

export interface Pipeline {
  /** The tools that this server offers, by name. */
  readonly tools: ReadonlyMap<string, Tool>;
  /** Names that exist but were left out at start, with the reason. */
  readonly unavailable: (name: string) => string | undefined;
  readonly readOnly: boolean;
  /** Milliseconds for one call. */
  readonly deadline: number;
  /** Domains of the people that may be let in; empty for all. */
  readonly shareDomains: Context['shareDomains'];
  readonly client: Client;
  readonly handles: Handles;
  readonly cache: Cache;
  readonly confirmations: Confirmations;
  readonly turns: Turns;
  readonly documents: Documents;
  readonly mask: Mask;
  readonly log: Log;
  /** Absent where the server is alone. */
  readonly replicas?: Replicas;
}

export interface Caller {
  readonly signal: AbortSignal;
  readonly progress: Context['progress'];
  /** Asks the person in front of the host; absent where the host cannot, or where the token alone is enough. */
  readonly ask?: NonNullable<Change['ask']>;
  /** Whether the host shows pages (MCP Apps). */
  readonly showsPages?: boolean;
}

type Args = Readonly<Record<string, unknown>>;

/** Arguments before parsing, and the confirm token that came with them. */
interface Asked {
  readonly given: unknown;
  readonly confirm?: string;
}

/** One call, from the host's arguments to its answer. Never throws: what fails comes back as a readable error. */
export async function callTool(pipeline: Pipeline, name: string, given: unknown, caller: Caller): Promise<Result> {
  const tool = pipeline.tools.get(name);
  if (!tool || (tool.forPages && !caller.showsPages)) return failed(pipeline, unknownTool(pipeline, name));
  const page: { data?: PageData } = {};
  const result = await runTool(pipeline, name, tool, given, { ...caller, ...(caller.showsPages && { page }) });
  return withPage(pipeline, result, caller, page.data);
}

/** What a tool hands to its page comes before the plan of the answer, which such a page finds in the answer itself. */
function withPage({ mask }: Pipeline, result: Result, { showsPages }: Caller, data: PageData | undefined): Result {
  const { page: plan, ...rest } = result;
  const own = result.isError ? plan : (data ?? plan);
  return showsPages && own ? { ...rest, page: pageData(own, mask) } : rest;
}

interface PagedCaller extends Caller {
  /** Gets what the tool hands to the page of its answer. */
  readonly page?: { data?: PageData };
}

async function runTool(
  pipeline: Pipeline,
  name: string,
  tool: Tool,
  given: unknown,
  caller: PagedCaller,
): Promise<Result> {
  const attached: Attachment[] = [];
  const own = worksAlone(tool) ? { signal: caller.signal, end: () => undefined } : withOwnEnd(caller.signal);
  const clock = { until: performance.now() + pipeline.deadline };
  let written = 0;
  let refused = 0;
  const audit = auditOf(pipeline, name, ({ mayHaveChanged, status }) => {
    if (mayHaveChanged) written += 1;
    if (status === 403) refused += 1;
  });
  const names = createNearNames(tool);
  const takes = names.take;
  const { progress, page } = caller;
  const context = createContext(pipeline, { progress, page, signal: own.signal, clock, attached, audit, takes });
  let args: Args = {};
  try {
    const { given: kept, ignored } = withoutHostArguments(tool.input, given);
    if (ignored.length > 0) pipeline.log.debug('arguments of the host were left aside', { tool: name, ignored });
    const asked: Asked = tool.preview ? withoutToken(name, kept, pipeline.confirmations) : { given: kept };
    args = soundArguments(pipeline, tool, name, asked);
    const { preview } = tool;
    const plan = preview && (() => names.planned(async () => withGuests(await preview(args, context), context)));
    const by = { signal: caller.signal, ask: askOn(clock, caller) };
    const settled = plan && (await settle(pipeline, { tool: name, args, ...asked, ...by, plan }));
    if (settled && 'ends' in settled) return settled.ends;
    const raw = await tool.run(args, context, settled?.plan).finally(() => settled?.end());
    const signed = Object.entries(args).some(([key, value]) => value === true && ASKS_FOR_URLS.test(key));
    const projected = (project(tool.output, raw, { signed }) ?? {}) as Record<string, unknown>;
    const course = { ignored, unshown: settled?.unshown ?? [], near: names.notes(), refused, written };
    const answer = answerOf(name, tool, projected, course);
    const { text, structured } = toResult(answer, pipeline.mask);
    keepAnswer(pipeline, name, structured);
    const parts = attached.map((part) => presentable(part, pipeline.mask));
    for (const part of parts) if (part.kind === 'document') pipeline.documents.keep(part);
    return { text, ...(structured && !tool.attaches && { structured }), attached: parts };
  } catch (error) {
    if (!isForeseen(error)) pipeline.log.error('a tool failed', { tool: name, error: kindOf(error) });
    else if (error instanceof IconikError && error.code !== 'cancelled')
      pipeline.log.warn('a request failed', failureFacts(name, error));
    const missing = await missingIn(tool, args, context, error);
    return failed(pipeline, explain(name, tool, error, { written, missing }));
  } finally {
    own.end();
  }
}

/** Milliseconds for what a 404 does not say. */
const MAX_LOOKUP = 3_000;

/** What was not found by an operation. A task knows itself what its words stood for. */
async function missingIn({ route }: Tool, args: Args, context: Context, error: unknown): Promise<string | undefined> {
  if (!route || !(error instanceof IconikError) || error.status !== 404 || context.timeLeft() === 0) return undefined;
  const path = Object.fromEntries(template(route).pathNames.map((name) => [name, args[name]]));
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(MAX_LOOKUP)]);
  const looking = context.readingOnly(signal, () => undefined);
  return whatIsMissing(looking, path);
}

/** The parsed arguments. Throws `ArgumentError`; beside a token that is gone, what is wrong with the others is rarely the fault. */
function soundArguments(pipeline: Pipeline, tool: Tool, name: string, { given, confirm }: Asked): Args {
  try {
    const args = parseArguments<Args>(tool.input, given, (name) => pipeline.tools.has(name));
    const contradiction = tool.validate?.(args) ?? readsOnly(pipeline, args);
    if (contradiction) throw new ArgumentError(contradiction);
    return args;
  } catch (error) {
    if (!(error instanceof ArgumentError) || confirm === undefined) throw error;
    const { confirmations } = pipeline;
    if (confirm === '' || confirmations.givenFor(confirm, name)) throw error;
    throw goneToken(name, confirmations.isUsed(confirm));
  }
}

const failureFacts = (tool: string, { code, status, requestId, attempts }: IconikError): object => ({
  tool,
  code,
  ...(status !== undefined && { status }),
  ...(requestId && { request_id: requestId }),
  ...(attempts > 1 && { attempts }),
});

/** Writes an audit line for each write of a tool; `hear` gets how each ended. */
const auditOf =
  ({ log }: Pipeline, tool: string, hear: (result: Written) => void): CallContext['audit'] =>
  (object) => {
    const ended = log.begin({ tool, object });
    return (result) => {
      if (!result) return ended(undefined);
      const { mayHaveChanged: _, ...facts } = result;
      hear(result);
      ended(facts);
    };
  };

/** One for all calls: making an error for each that succeeds takes longer than it is worth. */
const OVER = new DOMException('The call is over.', 'AbortError');

/** Whether a tool is one request: nothing goes on beside it that a failure would have to end. */
const worksAlone = ({ kind, preview }: Tool): boolean => kind === 'operation' && !preview;

/** A signal for the work of one call: the first failure ends what the call still does beside it. */
function withOwnEnd(caller: AbortSignal): { readonly signal: AbortSignal; end(): void } {
  const control = new AbortController();
  const cancel = (): void => control.abort(caller.reason);
  if (caller.aborted) cancel();
  caller.addEventListener('abort', cancel, { once: true });
  return {
    signal: heardByMany(control.signal),
    end() {
      caller.removeEventListener('abort', cancel);
      control.abort(OVER);
    },
  };
}

/** Asks the person while the clock of the call stands still: only work counts against its deadline. */
function askOn(clock: Clock, { ask }: Caller): Caller['ask'] {
  if (!ask) return undefined;
  return async (question, marks) => {
    const began = performance.now();
    try {
      return await ask(question, marks);
    } finally {
      clock.until += performance.now() - began;
    }
  };
}

/** A document holds texts of the library as an answer does; its line ends belong to its format. */
const presentable = (part: Attachment, mask: Mask): Attachment =>
  part.kind === 'document' ? { ...part, text: mask(cleanDocument(part.text)) } : part;

/** The byte order mark of a CSV stays, without which spreadsheets read accents wrongly. */
function cleanDocument(text: string): string {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  return mark + text.split('\r\n').map(clean).join('\r\n');
}

const ASKS_FOR_URLS = /^(include_urls|generate_signed(_\w+)?_url)$/;

/** Even Iconik's search history is a write. */
function readsOnly({ readOnly }: Pipeline, args: Args): string | undefined {
  if (!readOnly || args.save_search_history !== true) return undefined;
  return 'save_search_history: true is not allowed, nothing may be changed here (--read-only, or your access).';
}

const failed = ({ mask }: Pick<Pipeline, 'mask'>, text: string): Result => ({
  isError: true,
  text: mask(maskSignatures(text)),
});
