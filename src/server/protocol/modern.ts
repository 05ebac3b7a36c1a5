import {
  CLIENT_CAPABILITIES_META_KEY,
  createMcpHandler,
  inputRequired,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { type ServeStdioOptions, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Caller } from '../call.ts';
import type { Reply } from '../consent.ts';
import type { Core } from '../core.ts';
import { type HostCapabilities, showsPages } from './apps.ts';
import { offersOf } from './offers.ts';

/**
 * The revision 2026-07-28, loaded with the first message that follows it. It has no connections: each request says who
 * asks, and a question to the person ends a call, to be answered by a call that repeats it.
 */

/** Answers one request that came over HTTP. */
export async function answerModern(core: Core, request: Request, parsedBody: unknown): Promise<Response> {
  return createMcpHandler(() => createServer(core), { legacy: 'reject' }).fetch(request, { parsedBody });
}

type Wire = NonNullable<ServeStdioOptions['transport']>;
type Message = Parameters<Wire['send']>[0];

/** Takes the messages of one host, in order, and sends the answers. */
export function answering(core: Core, send: (message: object) => void): (message: Message) => void {
  const transport: Wire = {
    start: async () => undefined,
    send: async (message) => send(message),
    close: async () => transport.onclose?.(),
  };
  serveStdio(() => createServer(core), { legacy: 'reject', transport });
  return (message) => transport.onmessage?.(message);
}

/** Milliseconds. Lists differ by the rights of whoever asks; they change with the version of this server, never while it runs. */
const LIST = { ttlMs: 300_000, cacheScope: 'private' } as const;
/** What is read may be changed by anybody, at any time. */
const CONTENT = { ttlMs: 0, cacheScope: 'private' } as const;
const cacheHints = {
  'server/discover': LIST,
  'tools/list': LIST,
  'prompts/list': LIST,
  'resources/list': LIST,
  'resources/templates/list': LIST,
  'resources/read': CONTENT,
};

function createServer(core: Core): Server {
  const offers = offersOf(core);
  const { capabilities, instructions } = offers;
  const server = new Server(offers.identity, { capabilities, instructions, cacheHints, jsonSchemaValidator });
  server.setRequestHandler('tools/list', ({ params }, { mcpReq }) => offers.tools(params, pagesOf(mcpReq.envelope)));
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    const { caller, asked } = callerOf(core, context);
    const answer = await offers.call(params, caller);
    return asked() ?? answer;
  });
  if ('prompts' in capabilities) {
    server.setRequestHandler('prompts/list', ({ params }) => offers.prompts(params));
    server.setRequestHandler('prompts/get', ({ params }) => offers.prompt(params));
    server.setRequestHandler('completion/complete', ({ params }, context) =>
      offers.completion(params, callerOf(core, context).caller),
    );
  }
  if ('resources' in capabilities) {
    server.setRequestHandler('resources/list', ({ params }, { mcpReq }) =>
      offers.resources(params, pagesOf(mcpReq.envelope)),
    );
    server.setRequestHandler('resources/templates/list', ({ params }) => offers.templates(params));
    server.setRequestHandler('resources/read', ({ params }, context) =>
      offers.resource(params, callerOf(core, context).caller),
    );
  }
  return server;
}

/** Nothing that a client sends is validated against a schema of ours: the SDK would load ajv for it. */
const jsonSchemaValidator = {
  getValidator: () => {
    throw new Error('answers to forms are not validated');
  },
};

type InputRequired = ReturnType<typeof inputRequired>;

interface Round {
  readonly caller: Caller;
  /** What the call has to end with, where it has a question to the person. */
  asked(): InputRequired | undefined;
}

/** Whoever makes a request. Where the host can show a form, the person is asked in addition to the confirm token. */
function callerOf({ options }: Core, { mcpReq, http }: ServerContext): Round {
  const { signal, _meta: meta, envelope } = mcpReq;
  const token = meta?.progressToken;
  const progress: Caller['progress'] = (done, total, message) => {
    // An answer over HTTP is one document: it ends when the call does.
    if (token === undefined || http || signal.aborted) return;
    const params = { progressToken: token, progress: done, total, ...(message && { message }) };
    void mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
  let required: InputRequired | undefined;
  const asked = () => required;
  const host = { signal, progress, ...pagesOf(envelope) };
  if (options.confirm === 'token' || !showsForms(envelope)) return { caller: host, asked };
  const ask: Caller['ask'] = async (question, marks) => {
    const reply = replyIn(mcpReq.inputResponses);
    const mark = mcpReq.requestState();
    if (reply && typeof mark === 'string' && marks.redeem(mark)) return reply;
    required = inputRequired({ inputRequests: { [QUESTION]: form(question) }, requestState: marks.issue() });
    return 'pending';
  };
  return { caller: { ...host, ask }, asked };
}

/** The name of the one question that a call may have. */
const QUESTION = 'confirm';

const form = (message: string) =>
  inputRequired.elicit({ message, requestedSchema: { type: 'object', properties: {} } });

function replyIn(responses: Readonly<Record<string, unknown>> | undefined): Reply | undefined {
  const { action } = (responses?.[QUESTION] ?? {}) as { readonly action?: unknown };
  return REPLIES.find((one) => one === action);
}

const REPLIES = ['accept', 'decline', 'cancel'] as const;

/** A host that says no more than `elicitation: {}` shows forms; one that says `url` alone only opens web pages. */
function showsForms(envelope: object = {}): boolean {
  const { [CLIENT_CAPABILITIES_META_KEY]: capabilities } = envelope as Envelope;
  const elicitation = capabilities?.elicitation;
  return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}

const pagesOf = (envelope: object = {}): Pick<Caller, 'showsPages'> =>
  showsPages((envelope as Envelope)[CLIENT_CAPABILITIES_META_KEY]) ? { showsPages: true } : {};

/** What each request says of whoever makes it; the types of the SDK leave it open. */
interface Envelope {
  readonly [CLIENT_CAPABILITIES_META_KEY]?: HostCapabilities & {
    readonly elicitation?: { readonly form?: unknown; readonly url?: unknown };
  };
}
