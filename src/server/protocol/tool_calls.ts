import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Core } from '../core.ts';
import { createServer, type KnownHost } from './mcp.ts';

/** Answers one `tools/call`. Where the signal aborts, so does the work. */
export type AnswerToolCall = (request: JSONRPCRequest, signal: AbortSignal) => Promise<JSONRPCMessage>;

/**
 * Answers calls of one caller, with one server of the SDK for all of them: to make one, and a request and a response of
 * the web, takes as long as the call itself. Nobody can be asked within a call: the token is the way.
 */
export function createToolCalls(core: Core, host: KnownHost): AnswerToolCall {
  const waiting = new Map<number, (response: JSONRPCMessage) => void>();
  const transport: Transport = {
    start: async () => undefined,
    close: async () => undefined,
    // Progress has nowhere to go: the answer is one document.
    send: async (message) => {
      if ('id' in message && !('method' in message)) waiting.get(Number(message.id))?.(message);
    },
  };
  const connected = createServer({ ...core, options: { ...core.options, confirm: 'token' } }, host).connect(transport);
  let last = 0;
  return async (request, signal) => {
    await connected;
    signal.throwIfAborted();
    last += 1;
    // Callers choose their ids without knowing of each other.
    const id = last;
    return new Promise((resolve, reject) => {
      const end = (): void => {
        waiting.delete(id);
        signal.removeEventListener('abort', leave);
      };
      const leave = (): void => {
        end();
        transport.onmessage?.({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } });
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave);
      waiting.set(id, (response) => {
        end();
        resolve({ ...response, id: request.id } as JSONRPCMessage);
      });
      transport.onmessage?.({ ...request, id });
    });
  };
}
