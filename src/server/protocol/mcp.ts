import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { Protocol, type RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  type ContentBlock,
  ElicitResultSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  type ServerNotification,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import type { Attachment } from '../../tools/types.ts';
import type { Caller } from '../call.ts';
import type { Reply } from '../consent.ts';
import type { Core, LoadCalls, ServerOptions } from '../core.ts';
import { listedPrompt, type Prompt } from '../prompts.ts';
import { isTemplate, listedResource, listedTemplate, type Resource, resourceAt } from '../resources.ts';
import { signsOfLife } from '../signs_of_life.ts';

/** Milliseconds that a person has for an answer; thinking takes longer than any call may. */
const ANSWER_WITHIN = 600_000;

/** An MCP server over one client. The low-level class, because the list and the errors are our own (`schema.ts`, `call.ts`). */
export function createServer(core: Core): Server {
  const { options, prompts, resources, list, calls } = core;
  const capabilities = {
    tools: {},
    ...(prompts.length > 0 && { prompts: {}, completions: {} }),
    ...(resources.length > 0 && { resources: {} }),
  };
  const server = new Server(
    { name: 'iconik', title: 'Iconik', version: options.version },
    { capabilities, instructions: core.instructions, jsonSchemaValidator },
  );
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
    refuseCursor(params);
    return { tools: [...list] };
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
    const document = await documentAt(uri);
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
