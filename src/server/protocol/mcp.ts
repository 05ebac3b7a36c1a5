import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { Protocol, type RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  type CallToolRequest,
  CallToolRequestSchema,
  CompleteRequestSchema,
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
import type { Caller } from '../call.ts';
import type { Reply } from '../consent.ts';
import type { Core, ServerOptions } from '../core.ts';
import { signsOfLife } from '../signs_of_life.ts';
import { showsPages } from './apps.ts';
import { type Offers, offersOf } from './offers.ts';

/** Milliseconds that a person has for an answer; thinking takes longer than any call may. */
const ANSWER_WITHIN = 600_000;

/** What is known of a host before it says anything. */
export type KnownHost = Pick<Caller, 'showsPages'>;

/**
 * A server of the revisions up to 2025-11-25. The low-level class, because the list and the errors are our own. `known`:
 * what an earlier `initialize` said of the host, where it came to another server.
 */
export function createServer(core: Core, known: KnownHost = {}): { readonly server: Server; readonly call: CallTool } {
  const offers = offersOf(core);
  const { capabilities, instructions } = offers;
  const server = new Server(offers.identity, { capabilities, instructions, jsonSchemaValidator });
  const pages = () => (known.showsPages || showsPages(server.getClientCapabilities()) ? { showsPages: true } : {});
  const askedBy = (extra: Extra): Caller => ({ ...caller(server, undefined, undefined, extra), ...pages() });
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => offers.tools(params, pages()));
  const call: CallTool = (params, extra) =>
    offers.call(params, { ...caller(server, core.options, params._meta?.progressToken, extra), ...pages() });
  // The method of `Server` would parse each call a second time, and our own answer once.
  const { setRequestHandler } = Protocol.prototype as typeof server;
  setRequestHandler.call(server, CallToolRequestSchema, ({ params }, extra) => call(params, extra));
  if ('prompts' in capabilities) {
    server.setRequestHandler(ListPromptsRequestSchema, ({ params }) => offers.prompts(params));
    server.setRequestHandler(GetPromptRequestSchema, ({ params }) => offers.prompt(params));
    server.setRequestHandler(CompleteRequestSchema, ({ params }, extra) => offers.completion(params, askedBy(extra)));
  }
  if ('resources' in capabilities) {
    server.setRequestHandler(ListResourcesRequestSchema, ({ params }) => offers.resources(params, pages()));
    server.setRequestHandler(ListResourceTemplatesRequestSchema, ({ params }) => offers.templates(params));
    server.setRequestHandler(ReadResourceRequestSchema, ({ params }, extra) => offers.resource(params, askedBy(extra)));
  }
  return { server, call };
}

/** For the answers to forms, which have no fields here. The SDK would make one with ajv, which the build leaves out. */
const jsonSchemaValidator = {
  getValidator: () => {
    throw new Error('answers to forms are not validated');
  },
};

type Extra = Pick<RequestHandlerExtra<ServerRequest, ServerNotification>, 'signal' | 'sendNotification'>;

/** Answers a `tools/call` whose form is right. */
export type CallTool = (params: CallToolRequest['params'], extra: Extra) => ReturnType<Offers['call']>;

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

/** With these a host says that it has nothing to ask with. */
const CANNOT_ASK = new Set<number>([ErrorCode.MethodNotFound, ErrorCode.InvalidParams, ErrorCode.InvalidRequest]);

/** Puts a question to the person, and keeps the host's own time limit from running out meanwhile. */
async function ask(server: Server, message: string, { signal, progress, answerWithin }: Asking): Promise<Reply> {
  const stopSigns = signsOfLife(progress, answerWithin);
  const params = { mode: 'form', message, requestedSchema: { type: 'object', properties: {} } } as const;
  try {
    const options = { signal, timeout: answerWithin };
    return (await server.request({ method: 'elicitation/create', params }, ElicitResultSchema, options)).action;
  } catch (error) {
    // Without a transport the host has gone; a host that is there may use the code of that, -32000, for its own ends.
    if (signal.aborted || !(error instanceof McpError) || !server.transport) throw error;
    if (error.code === ErrorCode.RequestTimeout) return 'timeout';
    // Codes of its own may stand for a person who sent the question away, and so may that for whatever a host throws.
    if (error.code === ErrorCode.InternalError) return 'failed';
    return CANNOT_ASK.has(error.code) ? 'unavailable' : 'cancel';
  } finally {
    stopSigns();
  }
}
