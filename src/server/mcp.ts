import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Client } from '../client/types.ts';
import type { Toolset } from '../tools/define.ts';
import { callTool } from './call.ts';
import { createConfirmations } from './confirm.ts';
import { instructions } from './instructions.ts';
import { type Listed, listed } from './schema.ts';
import { type Selection, select } from './select.ts';

export interface ServerOptions {
  readonly toolsets: readonly Toolset[];
  readonly selection: Selection;
  readonly client: Client;
  readonly version: string;
  readonly sandbox: boolean;
}

/** An MCP server over one client. The low-level class, because the list and the errors are our own (`schema.ts`, `call.ts`). */
export function createServer(options: ServerOptions): Server {
  const tools = select(options.toolsets, options.selection);
  const server = new Server(
    { name: 'iconik', title: 'Iconik', version: options.version },
    { capabilities: { tools: {} }, instructions: instructions(tools, options) },
  );
  const pipeline = {
    tools,
    left: (name: string) => leftOut(options, name),
    client: options.client,
    confirmations: createConfirmations(),
  };
  let list: Listed[] | undefined;
  server.setRequestHandler(ListToolsRequestSchema, () => {
    list ??= [...tools].map(([name, { tool }]) => listed(name, tool));
    return { tools: list };
  });
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const { text, structured, isError } = await callTool(pipeline, params.name, params.arguments, signal);
    return {
      content: [{ type: 'text', text }],
      ...(structured && { structuredContent: structured }),
      ...(isError && { isError }),
    };
  });
  return server;
}

/** Serves one host over stdin and stdout until it closes them. */
export async function serveStdio(server: Server): Promise<void> {
  await server.connect(new StdioServerTransport());
}

export type { Transport };

function leftOut({ toolsets, selection }: ServerOptions, name: string): string | undefined {
  const set = toolsets.find(({ tools }) => Object.hasOwn(tools, name) && tools[name]?.listed);
  const tool = set?.tools[name];
  if (!set || !tool) return undefined;
  if (selection.readOnly && tool.effect !== 'read')
    return 'this server runs read-only (--read-only), and it changes things.';
  return `its toolset "${set.name}" is switched off (--toolsets).`;
}
