import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  ErrorCode,
  type JSONRPCMessage,
  type JSONRPCRequest,
  type RequestId,
} from '@modelcontextprotocol/sdk/types.js';
import type { Core } from '../core.ts';
import { callerOf } from './mcp.ts';
import { type Named, offersOf } from './offers.ts';

/** A `tools/call` whose form is right, as `readMessage` leaves no other. */
export type ToolCall = JSONRPCRequest & { readonly params: Named };

/** Whether it is a call and no task, which is for the SDK to answer. */
export function isToolCall(message: unknown): message is ToolCall {
  const { method, id, params } = message as Partial<JSONRPCRequest>;
  return method === 'tools/call' && id !== undefined && params?.task === undefined;
}

/**
 * Answers the tool calls of a host that stays connected, and ends those that it cancels, beside its `server`: the SDK's own
 * way to a handler takes as long as a tenth of the call. Answers whether the message was one of these.
 */
export function toolCalls(core: Core, server: Server, send: (message: object) => void) {
  const offers = offersOf(core);
  const underWay = new Map<RequestId, AbortController>();
  const answer = async ({ id, params }: ToolCall, { signal }: AbortController): Promise<void> => {
    const notify = async (notification: object): Promise<void> => send({ jsonrpc: '2.0', ...notification });
    const ended = await offers.call(params, callerOf(server, core.options, params, { signal, notify })).then(
      (result) => ({ result }),
      ({ message }: Error) => ({ error: { code: ErrorCode.InternalError, message } }),
    );
    underWay.delete(id);
    // Nobody waits for what was cancelled.
    if (!signal.aborted) send({ jsonrpc: '2.0', id, ...ended });
  };
  return (message: JSONRPCMessage): boolean => {
    if (isToolCall(message)) {
      const control = new AbortController();
      underWay.set(message.id, control);
      void answer(message, control);
      return true;
    }
    const cancelled = cancelledBy(message);
    const control = cancelled === undefined ? undefined : underWay.get(cancelled);
    control?.abort();
    return control !== undefined;
  };
}

function cancelledBy(message: JSONRPCMessage): RequestId | undefined {
  const { method, params } = message as Partial<JSONRPCRequest>;
  return method === 'notifications/cancelled' ? (params?.requestId as RequestId | undefined) : undefined;
}
