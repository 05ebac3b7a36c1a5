import {
  ClientRequestSchema,
  type JSONRPCMessage,
  JSONRPCMessageSchema,
  type JSONRPCRequest,
} from '@modelcontextprotocol/sdk/types.js';
import { faultOfCall, isObject, withoutNulls } from '../lines.ts';

/** Why a document is no message that can be handed on, as JSON-RPC says it. */
export interface MessageFault {
  /** Of the request; null where nothing of it is known (JSON-RPC 2.0, section 5). */
  readonly id: string | number | null;
  readonly code: number;
  readonly message: string;
}

/** A document from a host as a message, or what is wrong with it. The SDK would answer with a dump of its parser. */
export function readMessage(given: unknown): { readonly message: JSONRPCMessage } | { readonly fault: MessageFault } {
  const mended = withoutNulls(given);
  const { data, success } = isPlainCall(mended)
    ? { data: mended, success: true }
    : JSONRPCMessageSchema.safeParse(mended);
  if (!success) return { fault: faultOfRequest(mended) };
  const fault = faultOfCall(data) ?? faultOfParams(data);
  if (fault) return { fault: { id: fault.id, code: -32_602, message: `Invalid params: ${fault.text}` } };
  return { message: data };
}

/** Nearly every message: a tool call in which the SDK's parser would find no fault, and of which it would make a copy. */
function isPlainCall(message: unknown): message is JSONRPCRequest {
  if (!isObject(message) || Object.keys(message).length > 4) return false;
  const { jsonrpc, id, method, params } = message as Partial<JSONRPCRequest>;
  if (jsonrpc !== '2.0' || method !== 'tools/call' || !isId(id) || !isObject(params)) return false;
  const { _meta: meta } = params;
  return (
    meta === undefined ||
    (isObject(meta) && Object.keys(meta).every((key) => key === 'progressToken' && isId(meta[key])))
  );
}

const isId = (value: unknown): value is string | number => typeof value === 'string' || Number.isSafeInteger(value);

/** A host waits for an answer to what has a method and an id. */
function faultOfRequest(given: unknown): MessageFault {
  const { jsonrpc, method, id, params } = (given ?? {}) as Record<string, unknown>;
  const isRequest = jsonrpc === '2.0' && typeof method === 'string' && ['string', 'number'].includes(typeof id);
  if (!isRequest) return { id: null, code: -32_600, message: 'Invalid Request' };
  const message = isObject(params) ? 'Invalid params' : 'Invalid params: params has to be an object';
  return { id: id as string | number, code: -32_602, message };
}

const REQUESTS = new Map(ClientRequestSchema.options.map((one) => [one.shape.method.value as string, one]));

/** What is wrong with the params of a request of the older revisions, in words. */
function faultOfParams(message: JSONRPCMessage): { readonly id: string | number; readonly text: string } | undefined {
  if (!('method' in message) || !('id' in message) || message.method === 'tools/call' || isModern(message)) return;
  const issue = REQUESTS.get(message.method)?.safeParse(message).error?.issues[0];
  if (!issue) return;
  const expected = 'expected' in issue ? `a ${issue.expected}` : 'as the protocol says';
  return { id: message.id, text: `${issue.path.slice(1).join('.') || 'params'} has to be ${expected}` };
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
