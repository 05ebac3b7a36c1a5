import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  type ContentBlock,
  ElicitResultSchema,
  ErrorCode,
  GetPromptRequestSchema,
  type JSONRPCMessage,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  type ServerNotification,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import type { Client } from '../client/types.ts';
import { createCache } from '../tools/cache.ts';
import { createHandles } from '../tools/handles.ts';
import type { Attachment, Toolset } from '../tools/types.ts';
import { type Caller, callTool, type Pipeline } from './call.ts';
import { complete } from './complete.ts';
import { createConfirmations } from './confirm.ts';
import { type Reply, signsOfLife } from './consent.ts';
import { createDocuments } from './documents.ts';
import { instructions } from './instructions.ts';
import { faultOfCall, LONGEST_LINE, shortLines, withoutNull } from './lines.ts';
import type { Log } from './log.ts';
import type { Mask } from './mask.ts';
import { listedPrompt, type Prompt, promptsFor } from './prompts.ts';
import { isTemplate, listedResource, listedTemplate, type Resource, resourceAt, resourcesFor } from './resources.ts';
import { type Listed, listed } from './schema.ts';
import { type Selection, select, whyUnavailable } from './select.ts';
import { createTurns } from './turns.ts';

/** Calls at a time from which on memory counts more than speed. */
const CROWD = 100;
/** Milliseconds that a person has for an answer; thinking takes longer than any call may. */
const ANSWER_WITHIN = 600_000;

export interface ServerOptions {
  readonly toolsets: readonly Toolset[];
  readonly selection: Selection;
  readonly client: Client;
  readonly version: string;
  /** Milliseconds for one call. */
  readonly deadline: number;
  readonly sandbox: boolean;
  readonly mask: Mask;
  readonly log: Log;
  /** Who agrees to a change that was shown: the person, asked by the host where it can, or whoever sends the token. */
  readonly confirm?: 'host' | 'token';
  /** Milliseconds that a person has for an answer. */
  readonly answerWithin?: number;
  /** Hears of the first crowd of calls. */
  readonly onCrowd?: () => void;
}

/** An MCP server over one client. The low-level class, because the list and the errors are our own (`schema.ts`, `call.ts`). */
export function createServer(options: ServerOptions): Server {
  const tools = select(options.toolsets, options.selection);
  const [prompts, resources] = [promptsFor(tools), resourcesFor(tools)];
  const capabilities = {
    tools: {},
    ...(prompts.length > 0 && { prompts: {}, completions: {} }),
    ...(resources.length > 0 && { resources: {} }),
  };
  const server = new Server(
    { name: 'iconik', title: 'Iconik', version: options.version },
    { capabilities, instructions: instructions(tools, options) },
  );
  const pipeline: Pipeline = {
    tools,
    unavailable: (name) => whyUnavailable(options.toolsets, options.selection, name),
    readOnly: options.selection.readOnly,
    deadline: options.deadline,
    client: options.client,
    handles: createHandles(),
    cache: createCache(),
    confirmations: createConfirmations(),
    turns: createTurns(),
    documents: createDocuments(),
    mask: options.mask,
    log: options.log,
  };
  let list: Listed[] | undefined;
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
    refuseCursor(params);
    list ??= [...tools].map(([name, { tool }]) => listed(name, tool, (other) => tools.has(other)));
    return { tools: list };
  });
  let underWay = 0;
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    underWay += 1;
    if (underWay === CROWD) options.onCrowd?.();
    const host = caller(server, options, params._meta?.progressToken, extra);
    const result = await callTool(pipeline, params.name, params.arguments, host).finally(() => {
      underWay -= 1;
    });
    const { text, structured, isError, attached = [] } = result;
    return {
      content: [{ type: 'text', text }, ...attached.map(block)],
      ...(structured && { structuredContent: structured }),
      ...(isError && { isError }),
    };
  });
  if (prompts.length > 0) offerPrompts(server, pipeline, prompts);
  if (resources.length > 0) offerResources(server, pipeline, resources);
  return server;
}

function offerPrompts(server: Server, pipeline: Pipeline, prompts: readonly Prompt[]): void {
  server.setRequestHandler(ListPromptsRequestSchema, ({ params }) => {
    refuseCursor(params);
    return { prompts: prompts.map(listedPrompt) };
  });
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => {
    const prompt = prompts.find(({ name }) => name === params.name);
    const known = prompts.map(({ name }) => name).join(', ');
    if (!prompt) throw new McpError(ErrorCode.InvalidParams, `There is no prompt "${params.name}". Known: ${known}.`);
    const args = params.arguments ?? {};
    const missing = prompt.arguments.find(({ name, required }) => required && !args[name]?.trim());
    if (missing) throw new McpError(ErrorCode.InvalidParams, `${missing.name} is missing. ${missing.description}`);
    const text = prompt.text(args);
    return { description: prompt.description, messages: [{ role: 'user', content: { type: 'text', text } }] };
  });
  server.setRequestHandler(CompleteRequestSchema, async ({ params }, extra) => {
    const values = await complete(pipeline, params.argument, caller(server, undefined, undefined, extra));
    return { completion: { values, hasMore: false } };
  });
}

function offerResources(server: Server, pipeline: Pipeline, resources: readonly Resource[]): void {
  server.setRequestHandler(ListResourcesRequestSchema, ({ params }) => {
    refuseCursor(params);
    return { resources: resources.filter((one) => !isTemplate(one)).map(listedResource) };
  });
  server.setRequestHandler(ListResourceTemplatesRequestSchema, ({ params }) => {
    refuseCursor(params);
    return { resourceTemplates: resources.filter(isTemplate).map(listedTemplate) };
  });
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }, extra) => {
    const document = pipeline.documents.get(uri);
    if (document) return { contents: [{ uri, mimeType: document.mimeType, text: document.text }] };
    const found = resourceAt(resources, uri);
    const known = resources.map((one) => one.uri).join(', ');
    if (!found)
      throw new McpError(ErrorCode.InvalidParams, `There is no resource ${uri.slice(0, 100)}. Known: ${known}.`);
    const { tool, args } = found.resource;
    const { text, isError } = await callTool(
      pipeline,
      tool,
      args(found.id),
      caller(server, undefined, undefined, extra),
    );
    if (isError) throw new McpError(ErrorCode.InvalidParams, text);
    return { contents: [{ uri, mimeType: 'text/plain', text }] };
  });
}

/** All lists are one page long, so no cursor is ours. An empty one is none. */
function refuseCursor(params: { readonly cursor?: string | undefined } | undefined): void {
  if (!params?.cursor) return;
  throw new McpError(ErrorCode.InvalidParams, 'This cursor is unknown: ask without one, the list is a single page.');
}

function block(part: Attachment): ContentBlock {
  if (part.kind === 'image') return { type: 'image', data: part.data, mimeType: part.mimeType };
  const { uri, mimeType, text } = part;
  return { type: 'resource', resource: { uri, mimeType, text } };
}

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** The host behind a call. Where it can show a form, the person is asked in addition to the confirm token. */
function caller(
  server: Server,
  { confirm = 'host', answerWithin = ANSWER_WITHIN }: Pick<ServerOptions, 'confirm' | 'answerWithin'> = {},
  progressToken: string | number | undefined,
  extra: Extra,
): Caller {
  const { signal } = extra;
  const progress: Caller['progress'] = (done, total, message) => {
    if (progressToken === undefined || signal.aborted) return;
    const params = { progressToken, progress: done, total, ...(message && { message }) };
    void extra.sendNotification({ method: 'notifications/progress', params }).catch(() => undefined);
  };
  // A host that only opens web pages (`elicitation: { url }`) cannot put a question of ours to anybody.
  if (confirm === 'token' || !server.getClientCapabilities()?.elicitation?.form) return { signal, progress };
  return { signal, progress, ask: (question) => ask(server, question, { signal, progress, answerWithin }) };
}

interface Asking {
  readonly signal: AbortSignal;
  readonly progress: Caller['progress'];
  readonly answerWithin: number;
}

/** Puts a question to the person, and keeps the host's own time limit from running out meanwhile. */
async function ask(server: Server, message: string, { signal, progress, answerWithin }: Asking): Promise<Reply> {
  const stopSigns = signsOfLife(progress, answerWithin);
  const params = { mode: 'form', message, requestedSchema: { type: 'object', properties: {} } } as const;
  try {
    const options = { signal, timeout: answerWithin };
    return (await server.request({ method: 'elicitation/create', params }, ElicitResultSchema, options)).action;
  } catch (error) {
    if (signal.aborted || !(error instanceof McpError) || error.code === ErrorCode.ConnectionClosed) throw error;
    return error.code === ErrorCode.RequestTimeout ? 'timeout' : 'unavailable';
  } finally {
    stopSigns();
  }
}

/** Serves one host over stdin and stdout until it closes them. Lines that are no JSON-RPC are answered as such. */
export async function serveStdio(server: Server, log: Log): Promise<void> {
  // Answers to a thousand calls at once wait for the same pipe.
  process.stdout.setMaxListeners(0);
  const input = shortLines(() => refuse(null, -32_600, `Invalid Request: a line is longer than ${LONGEST_LINE} bytes`));
  const transport = new StdioServerTransport(process.stdin.pipe(input), process.stdout);
  await server.connect(transport);
  const inner = transport.onmessage;
  transport.onmessage = (message) => {
    const fault = faultOfCall(message);
    // The SDK would answer with an internal error and a dump of its parser.
    if (fault) return refuse(fault.id, -32_602, `Invalid params: ${fault.text}`);
    inner?.(withoutNull(message));
  };
  transport.onerror = (error) => {
    log.debug('a line that is no JSON-RPC message', { error: error.name });
    const broken = error instanceof SyntaxError;
    refuse(null, broken ? -32_700 : -32_600, broken ? 'Parse error' : 'Invalid Request');
  };

  function refuse(id: string | number | null, code: number, message: string): void {
    // JSON-RPC 2.0, section 5: an error without a known request has the id null, which the SDK's type leaves out.
    const reply = { jsonrpc: '2.0', id, error: { code, message } } as unknown as JSONRPCMessage;
    void transport.send(reply).catch(() => undefined);
  }
}
