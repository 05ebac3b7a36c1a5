// What the MCP SDK costs by itself: a server without a tool. `start.mjs` bundles it as our build bundles the server.
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

// A validator of forms keeps the SDK from making its own with ajv, which our server does not load either.
const jsonSchemaValidator = { getValidator: () => () => ({ valid: true }) };
const server = new Server({ name: 'floor', version: '0' }, { capabilities: {}, jsonSchemaValidator });
await server.connect(new StdioServerTransport());
