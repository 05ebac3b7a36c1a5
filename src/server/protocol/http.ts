import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import type { Core } from '../core.ts';
import { createServer } from './mcp.ts';
import { type MessageFault, readMessage } from './message.ts';

/** A request to the endpoint after who sends it is known. */
export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface PostAnswer {
  readonly status: number;
  /** JSON; `undefined` where there is none. */
  readonly body: string | undefined;
}

/** The SDK takes a request of the web; where it was sent to plays no part. */
const URL_OF_POST = 'http://localhost/mcp';

/**
 * Answers one POST of Streamable HTTP, without a session: a server of the SDK for it alone, over what is kept for its
 * caller. Where `signal` aborts, so does the work.
 */
export async function answerPost(core: Core, { headers, body }: Post, signal: AbortSignal): Promise<PostAnswer> {
  const given = parsed(body);
  if (given === undefined) return refused({ id: null, code: -32_700, message: 'Parse error' });
  const fault = faultIn(given);
  if (fault) return refused(fault);
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  const server = createServer(core);
  const end = (): void => void server.close();
  signal.addEventListener('abort', end, { once: true });
  try {
    await server.connect(transport);
    const request = new Request(URL_OF_POST, { method: 'POST', headers });
    const response = await transport.handleRequest(request, { parsedBody: messagesOf(given) });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : text };
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/** Several messages in one body came with the protocol of March 2025 and left with the next. */
const listOf = (given: unknown): readonly unknown[] => (Array.isArray(given) ? given : [given]);

function faultIn(given: unknown): MessageFault | undefined {
  const all = listOf(given);
  if (all.length === 0) return { id: null, code: -32_600, message: 'Invalid Request' };
  for (const one of all) {
    const read = readMessage(one);
    if ('fault' in read) return read.fault;
  }
  return undefined;
}

function messagesOf(given: unknown): unknown {
  const messages = listOf(given).flatMap((one) => {
    const read = readMessage(one);
    return 'message' in read ? [read.message] : [];
  });
  return Array.isArray(given) ? messages : messages[0];
}

const refused = ({ id, code, message }: MessageFault): PostAnswer => ({
  status: id === null ? 400 : 200,
  body: JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } }),
});
