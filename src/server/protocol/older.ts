import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type CallToolRequest, ErrorCode, type JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Core } from '../core.ts';
import { type CallTool, createServer } from './mcp.ts';

type Id = string | number;

/**
 * Serves a host of the revisions up to 2025-11-25 over a transport whose messages have the right form, as `readMessage` leaves
 * no others. The SDK answers all but tool calls: for one of these it takes longer than the answer does.
 */
export async function connectOlder(core: Core, transport: Transport): Promise<void> {
  const { server, call } = createServer(core);
  await server.connect(transport);
  const calls = createToolCalls(call, (message) => void transport.send(message).catch(() => undefined));
  const { onmessage, onclose } = transport;
  transport.onmessage = (message, extra) => {
    if (!calls.take(message)) onmessage?.(message, extra);
  };
  transport.onclose = () => {
    calls.end();
    onclose?.();
  };
}

interface ToolCalls {
  /** Whether the message was a tool call, which is answered then, or the end of one that the host cancels. */
  take(message: JSONRPCMessage): boolean;
  /** The host has gone. */
  end(): void;
}

function createToolCalls(call: CallTool, send: (message: JSONRPCMessage) => void): ToolCalls {
  const underWay = new Map<Id, AbortController>();
  const answer = async (id: Id, params: CallToolRequest['params']): Promise<void> => {
    const control = new AbortController();
    const { signal } = control;
    underWay.set(id, control);
    const sendNotification: Parameters<CallTool>[1]['sendNotification'] = async (notification) =>
      send({ jsonrpc: '2.0', ...notification });
    const answered = await call(params, { signal, sendNotification }).then(
      (result) => ({ result }),
      (error: unknown) => ({ error: faultOf(error) }),
    );
    if (underWay.get(id) === control) underWay.delete(id);
    // The host waits for no answer to what it cancelled.
    if (!signal.aborted) send({ jsonrpc: '2.0', id, ...answered });
  };
  return {
    take(message) {
      if (!('method' in message)) return false;
      const { method, params = {} } = message;
      if (method === 'notifications/cancelled') {
        const control = underWay.get(params.requestId as Id);
        control?.abort(params.reason);
        return control !== undefined;
      }
      // Tasks are for the SDK to answer.
      if (method !== 'tools/call' || !('id' in message) || 'task' in params) return false;
      void answer(message.id, params as CallToolRequest['params']);
      return true;
    },
    end() {
      for (const control of underWay.values()) control.abort(new Error('The host has gone.'));
    },
  };
}

/** As the SDK makes one of what a handler throws. */
function faultOf(error: unknown): { readonly code: number; readonly message: string; readonly data?: unknown } {
  const { code, message, data } = error as { code?: number; message?: string; data?: unknown };
  return {
    code: code !== undefined && Number.isSafeInteger(code) ? code : ErrorCode.InternalError,
    message: message ?? 'Internal error',
    ...(data !== undefined && { data }),
  };
}
