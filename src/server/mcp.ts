import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { Protocol, type RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  type ContentBlock,
  ElicitResultSchema,
  ErrorCode,
  GetPromptRequestSchema,
  JSONRPCMessageSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  type ServerNotification,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import type { Attachment, Toolset } from '../tools/types.ts';
import type { Caller } from './call.ts';
import type { Calls, CallsOptions } from './calls.ts';
import type { Reply } from './consent.ts';
import { instructions } from './instructions.ts';
import { faultOfCall, MAX_LINE, withoutNull } from './lines.ts';
import { toolList } from './listing.ts';
import type { Log } from './log.ts';
import { listedPrompt, type Prompt, promptsFor } from './prompts.ts';
import { isTemplate, listedResource, listedTemplate, type Resource, resourceAt, resourcesFor } from './resources.ts';
import { select } from './select.ts';
import { signsOfLife } from './signs_of_life.ts';
import { jsonLines } from './stdio.ts';

/** Milliseconds that a person has for an answer; thinking takes longer than any call may. */
const ANSWER_WITHIN = 600_000;

export interface ServerOptions extends CallsOptions {
  /** Schemas and code of the tools: loaded with the first call. */
  readonly loadTools: () => Promise<readonly Toolset[]>;
  readonly version: string;
  readonly sandbox: boolean;
  /** Who agrees to a change that was shown: the person, asked by the host where it can, or whoever sends the token. */
  readonly confirm?: 'host' | 'token';
  /** Milliseconds that a person has for an answer. */
  readonly answerWithin?: number;
}

/** An MCP server over one client. The low-level class, because the list and the errors are our own (`schema.ts`, `call.ts`). */
export function createServer(options: ServerOptions): Server {
  const tools = select(options.entries, options.selection);
  const [prompts, resources] = [promptsFor(tools), resourcesFor(tools)];
  const capabilities = {
    tools: {},
    ...(prompts.length > 0 && { prompts: {}, completions: {} }),
    ...(resources.length > 0 && { resources: {} }),
  };
  const server = new Server(
    { name: 'iconik', title: 'Iconik', version: options.version },
    { capabilities, instructions: instructions(tools, options), jsonSchemaValidator },
  );
  let loaded: Promise<Calls> | undefined;
  const calls: LoadCalls = () => {
    loaded ??= loadCalls(options);
    return loaded;
  };
  const list = toolList(tools);
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
    refuseCursor(params);
    return { tools: list };
  });
  offerCalls(server, calls, options);
  if (prompts.length > 0) offerPrompts(server, calls, prompts);
  if (resources.length > 0) offerResources(server, calls, resources);
  return server;
}

/** For the answers to forms, which have no fields here. The SDK would make one with ajv, which the build leaves out. */
const jsonSchemaValidator = {
  getValidator: () => {
    throw new Error('answers to forms are not validated');
  },
};

type LoadCalls = () => Promise<Calls>;

async function loadCalls(options: ServerOptions): Promise<Calls> {
  try {
    const [{ createCalls }, toolsets] = await Promise.all([import('./calls.ts'), options.loadTools()]);
    return createCalls(options, toolsets);
  } catch (error) {
    options.log.error('the tools could not be loaded', { error: error instanceof Error ? error.name : typeof error });
    // An update takes the files of the old version away. The message of the error would hold their path.
    const message = 'The tools could not be loaded. If this server was updated or removed while it ran, restart it.';
    throw new McpError(ErrorCode.InternalError, message);
  }
}

function offerCalls(server: Server, calls: LoadCalls, options: ServerOptions): void {
  // The method of `Server` would parse each call a second time, and our own answer once.
  const { setRequestHandler } = Protocol.prototype as typeof server;
  setRequestHandler.call(server, CallToolRequestSchema, async ({ params }, extra) => {
    const { call } = await calls();
    const host = caller(server, options, params._meta?.progressToken, extra);
    const { text, structured, isError, attached = [] } = await call(params.name, params.arguments, host);
    return {
      content: [{ type: 'text', text }, ...attached.map(block)],
      ...(structured && { structuredContent: structured }),
      ...(isError && { isError }),
    };
  });
}

function offerPrompts(server: Server, calls: LoadCalls, prompts: readonly Prompt[]): void {
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
    const { complete } = await calls();
    const values = await complete(params.argument, caller(server, undefined, undefined, extra));
    return { completion: { values, hasMore: false } };
  });
}

function offerResources(server: Server, calls: LoadCalls, resources: readonly Resource[]): void {
  server.setRequestHandler(ListResourcesRequestSchema, ({ params }) => {
    refuseCursor(params);
    return { resources: resources.filter((one) => !isTemplate(one)).map(listedResource) };
  });
  server.setRequestHandler(ListResourceTemplatesRequestSchema, ({ params }) => {
    refuseCursor(params);
    return { resourceTemplates: resources.filter(isTemplate).map(listedTemplate) };
  });
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }, extra) => {
    const { call, document: documentAt } = await calls();
    const document = documentAt(uri);
    if (document) return { contents: [{ uri, mimeType: document.mimeType, text: document.text }] };
    const found = resourceAt(resources, uri);
    const known = resources.map((one) => one.uri).join(', ');
    if (!found)
      throw new McpError(ErrorCode.InvalidParams, `There is no resource ${uri.slice(0, 100)}. Known: ${known}.`);
    const { tool, args } = found.resource;
    const { text, isError } = await call(tool, args(found.id), caller(server, undefined, undefined, extra));
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
  const wire = jsonLines(process.stdin, process.stdout);
  // JSON-RPC 2.0, section 5: an error without a known request has the id null.
  const refuse = (id: string | number | null, code: number, message: string): void =>
    wire.send({ jsonrpc: '2.0', id, error: { code, message } });
  const transport: Transport = {
    send: async (message) => wire.send(message),
    close: async () => transport.onclose?.(),
    start: async () =>
      wire.read({
        tooLong: () => refuse(null, -32_600, `Invalid Request: a line is longer than ${MAX_LINE} bytes`),
        notJson: () => refuse(null, -32_700, 'Parse error'),
        message(given) {
          const { data, success } = JSONRPCMessageSchema.safeParse(given);
          if (!success) {
            log.debug('a line that is no JSON-RPC message');
            return refuse(null, -32_600, 'Invalid Request');
          }
          const fault = faultOfCall(data);
          // The SDK would answer with an internal error and a dump of its parser.
          if (fault) return refuse(fault.id, -32_602, `Invalid params: ${fault.text}`);
          transport.onmessage?.(withoutNull(data));
        },
      }),
  };
  await server.connect(transport);
}
