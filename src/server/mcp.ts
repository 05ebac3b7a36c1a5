import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, type JSONRPCMessage, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Client } from '../client/types.ts';
import type { Toolset } from '../tools/define.ts';
import { type Caller, callTool, type Pipeline } from './call.ts';
import { createConfirmations } from './confirm.ts';
import { instructions } from './instructions.ts';
import type { Log } from './log.ts';
import type { Mask } from './mask.ts';
import { type Listed, listed } from './schema.ts';
import { type Selection, select } from './select.ts';

export interface ServerOptions {
  readonly toolsets: readonly Toolset[];
  readonly selection: Selection;
  readonly client: Client;
  readonly version: string;
  readonly sandbox: boolean;
  readonly mask: Mask;
  readonly log: Log;
}

/** An MCP server over one client. The low-level class, because the list and the errors are our own (`schema.ts`, `call.ts`). */
export function createServer(options: ServerOptions): Server {
  const tools = select(options.toolsets, options.selection);
  const server = new Server(
    { name: 'iconik', title: 'Iconik', version: options.version },
    { capabilities: { tools: {} }, instructions: instructions(tools, options) },
  );
  const pipeline: Pipeline = {
    tools,
    left: (name) => leftOut(options, name),
    readOnly: options.selection.readOnly,
    client: options.client,
    confirmations: createConfirmations(),
    mask: options.mask,
    log: options.log,
  };
  let list: Listed[] | undefined;
  server.setRequestHandler(ListToolsRequestSchema, () => {
    list ??= [...tools].map(([name, { tool }]) => listed(name, tool));
    return { tools: list };
  });
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const { text, structured, isError } = await callTool(
      pipeline,
      params.name,
      params.arguments,
      caller(server, signal),
    );
    return {
      content: [{ type: 'text', text }],
      ...(structured && { structuredContent: structured }),
      ...(isError && { isError }),
    };
  });
  return server;
}

/** The host behind a call. Where it can show a form, the person is asked in addition to the confirm token. */
function caller(server: Server, signal: AbortSignal): Caller {
  if (!server.getClientCapabilities()?.elicitation) return { signal };
  return {
    signal,
    async ask(message) {
      const { action } = await server.elicitInput(
        { message, requestedSchema: { type: 'object', properties: {} } },
        { signal, timeout: 40_000 },
      );
      return action === 'accept';
    },
  };
}

/** Serves one host over stdin and stdout until it closes them. Lines that are no JSON-RPC are answered as such. */
export async function serveStdio(server: Server, log: Log): Promise<void> {
  // Answers to a thousand calls at once wait for the same pipe.
  process.stdout.setMaxListeners(0);
  const transport = new StdioServerTransport();
  await server.connect(transport);
  const inner = transport.onmessage;
  transport.onmessage = (message) => inner?.(repaired(message));
  transport.onerror = (error) => {
    log.debug('a line that is no JSON-RPC message', { error: error.name });
    const broken = error instanceof SyntaxError;
    const reply = { code: broken ? -32_700 : -32_600, message: broken ? 'Parse error' : 'Invalid Request' };
    // JSON-RPC 2.0, section 5: an error without a known request has the id null, which the SDK's type leaves out.
    void transport.send({ jsonrpc: '2.0', id: null, error: reply } as unknown as JSONRPCMessage).catch(() => undefined);
  };
}

/** `arguments: null`, which some hosts send for none, is not worth a protocol error. */
function repaired(message: JSONRPCMessage): JSONRPCMessage {
  if (!('method' in message) || message.method !== 'tools/call' || !message.params) return message;
  const { arguments: given, ...params } = message.params;
  if (given !== null) return message;
  return { ...message, params };
}

function leftOut({ toolsets, selection }: ServerOptions, name: string): string | undefined {
  const set = toolsets.find(({ tools }) => Object.hasOwn(tools, name) && tools[name]?.listed);
  const tool = set?.tools[name];
  if (!set || !tool) return undefined;
  if (selection.readOnly && tool.effect !== 'read') {
    return 'this server runs read-only (--read-only), and it changes things.';
  }
  return `its toolset "${set.name}" is switched off (--toolsets).`;
}
