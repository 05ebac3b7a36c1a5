// What the MCP SDK costs by itself: a server without a tool. `start.mjs` bundles it as our build bundles the server.
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new Server({ name: 'floor', version: '0' }, { capabilities: {} });
await server.connect(new StdioServerTransport());
