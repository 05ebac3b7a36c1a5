import { type JSONRPCMessage, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import { faultOfCall, withoutNull } from '../lines.ts';

/** Why a document is no message that can be handed on, as JSON-RPC says it. */
export interface MessageFault {
  /** Of the request; null where nothing of it is known (JSON-RPC 2.0, section 5). */
  readonly id: string | number | null;
  readonly code: number;
  readonly message: string;
}

/** A document from a host as a message, or what is wrong with it. The SDK would answer with a dump of its parser. */
export function readMessage(given: unknown): { readonly message: JSONRPCMessage } | { readonly fault: MessageFault } {
  const { data, success } = JSONRPCMessageSchema.safeParse(given);
  if (!success) return { fault: { id: null, code: -32_600, message: 'Invalid Request' } };
  const fault = faultOfCall(data);
  if (fault) return { fault: { id: fault.id, code: -32_602, message: `Invalid params: ${fault.text}` } };
  return { message: withoutNull(data) };
}

/** By which each message of the revision 2026-07-28 and later says, in `_meta`, what revision it follows. */
const CLAIM = 'io.modelcontextprotocol/protocolVersion';

/** Whether a message follows the revision 2026-07-28 or a later one: these have no `initialize`. */
export function isModern(message: unknown): boolean {
  const { method, params } = (message ?? {}) as {
    readonly method?: unknown;
    readonly params?: { readonly _meta?: object };
  };
  return method === 'server/discover' || CLAIM in (params?._meta ?? {});
}
