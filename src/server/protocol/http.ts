import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { isJsonContentType } from '@modelcontextprotocol/sdk/shared/mediaType.js';
import {
  type JSONRPCMessage,
  type JSONRPCRequest,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/sdk/types.js';
import type { Core } from '../core.ts';
import { appsSession, type HostCapabilities, isAppsSession, showsPages } from './apps.ts';
import { createServer, type KnownHost } from './mcp.ts';
import { isModern, type MessageFault, readMessage } from './message.ts';
import { type Named, offersOf } from './offers.ts';

/** A request to the endpoint after who sends it is known. */
export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface PostAnswer {
  readonly status: number;
  /** `undefined` where there is none. */
  readonly body: string | undefined;
  /** Of the body; JSON where it is absent. */
  readonly type?: string | undefined;
  /** A session id for the host. */
  readonly session?: string;
}

/** The SDK takes a request of the web; where it was sent to plays no part. */
const URL_OF_POST = 'http://localhost/mcp';

/** Answers one POST of Streamable HTTP, over what is kept for its caller. Where `signal` aborts, so does the work. */
export async function answerPost(core: Core, post: Post, signal: AbortSignal): Promise<PostAnswer> {
  const given = parsed(post.body);
  if (given === undefined) return refused({ id: null, code: -32_700, message: 'Parse error' });
  const read = messagesIn(given);
  if ('fault' in read) return refused(read.fault);
  const { messages } = read;
  if (isPlainToolCall(post, messages))
    return { status: 200, body: JSON.stringify(await answerToolCall(core, hostOf(post.headers), messages, signal)) };
  const request = new Request(URL_OF_POST, { method: 'POST', headers: post.headers, signal });
  // A request of the web follows the signal by weak references: where nothing else holds its own, that never aborts.
  signal.addEventListener('abort', () => request.signal, { once: true });
  if (!isOfModernLine(post, messages)) {
    const session = initializesPages(messages) ? { session: appsSession() } : {};
    return { ...(await answerIn(await answerOlder(core, hostOf(post.headers), request, messages))), ...session };
  }
  const { answerModern } = await import('./modern.ts');
  return answerIn(await answerModern(core, request, messages));
}

const hostOf = (headers: Post['headers']): KnownHost => ({ showsPages: isAppsSession(headers['mcp-session-id']) });

/** A `tools/call` whose form is right, as `readMessage` leaves no other. */
type ToolCall = JSONRPCRequest & { readonly params: Named };

/** A single `tools/call` of an older revision in which the SDK's transport would find no fault. */
function isPlainToolCall(post: Post, messages: unknown): messages is ToolCall {
  const { method, id, params } = messages as Partial<JSONRPCRequest>;
  if (method !== 'tools/call' || id === undefined || isOfModernLine(post, messages)) return false;
  // Tasks are for the SDK to answer.
  if (params?.task !== undefined) return false;
  const { accept = '', 'content-type': type = null, 'mcp-protocol-version': revision } = post.headers;
  return (
    isJsonContentType(type) &&
    ['application/json', 'text/event-stream'].every((one) => accept.includes(one)) &&
    (revision === undefined || SUPPORTED_PROTOCOL_VERSIONS.includes(revision))
  );
}

/**
 * Without the SDK: to make a server of it, and a request and a response of the web, takes as long as the call itself. Nobody can
 * be asked within the call: the token is the way; and progress has nowhere to go, for the answer is one document.
 */
async function answerToolCall(
  core: Core,
  host: KnownHost,
  { id, params }: ToolCall,
  signal: AbortSignal,
): Promise<JSONRPCMessage> {
  const call = offersOf(core).call(params, { ...host, signal, progress: () => undefined });
  return { jsonrpc: '2.0', id, result: await unlessAborted(call, signal, () => undefined) };
}

/** Without a session: a server of the SDK for this request alone. Nobody can be asked within it: the token is the way. */
async function answerOlder(core: Core, host: KnownHost, request: Request, parsedBody: unknown): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  const { server } = createServer({ ...core, options: { ...core.options, confirm: 'token' } }, host);
  await server.connect(transport);
  // Nothing else holds the server: after its answer there is nothing to close.
  return unlessAborted(transport.handleRequest(request, { parsedBody }), request.signal, () => void server.close());
}

/** Whether a host that shows pages says what it can. */
function initializesPages(messages: unknown): boolean {
  const { method, params } = messages as { readonly method?: unknown; readonly params?: Initialization };
  return method === 'initialize' && showsPages(params?.capabilities);
}

interface Initialization {
  readonly capabilities?: HostCapabilities;
}

/** The SDK leaves the answer of a server that was closed open for ever. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal, end: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      end();
      reject(signal.reason);
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

async function answerIn(response: Response): Promise<PostAnswer> {
  const text = await response.text();
  return {
    status: response.status,
    ...(text === '' ? { body: undefined } : { body: text, type: response.headers.get('content-type') ?? undefined }),
  };
}

/** The header says it, too; what follows from a header and a body that do not agree is for the SDK to say. */
const isOfModernLine = ({ headers }: Post, messages: unknown): boolean =>
  isModern(messages) || (headers['mcp-protocol-version'] ?? '') >= FIRST_MODERN_REVISION;

/** Revisions are dates. */
const FIRST_MODERN_REVISION = '2026-07-28';

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}

/**
 * The message of a body, or several, which came with the protocol of March 2025 and left with the next; or what is wrong
 * with the first that is none.
 */
function messagesIn(given: unknown): { readonly messages: unknown } | { readonly fault: MessageFault } {
  if (!Array.isArray(given)) {
    const read = readMessage(given);
    return 'fault' in read ? read : { messages: read.message };
  }
  if (given.length === 0) return { fault: { id: null, code: -32_600, message: 'Invalid Request' } };
  if (given.length > MAX_MESSAGES) return { fault: { id: null, code: -32_600, message: TOO_MANY } };
  const messages: unknown[] = [];
  for (const one of given) {
    const read = readMessage(one);
    if ('fault' in read) return read;
    messages.push(read.message);
  }
  return { messages };
}

/** Messages of one request: a request counts once among those under way. */
const MAX_MESSAGES = 20;
const TOO_MANY = `Invalid Request: a list may hold ${MAX_MESSAGES} messages at most. Send the others on their own.`;

const refused = ({ id, code, message }: MessageFault): PostAnswer => ({
  status: id === null ? 400 : 200,
  body: JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } }),
});
