// What the parts that this project is fixed on cost by themselves: the MCP SDK, ky and one fetch, with no check of ours.
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import ky from 'ky';

const { ICONIK_BASE_URL, ICONIK_APP_ID, ICONIK_AUTH_TOKEN } = process.env;
const iconik = ky.create({
  prefixUrl: `${ICONIK_BASE_URL}/API`,
  headers: { 'App-ID': ICONIK_APP_ID, 'Auth-Token': ICONIK_AUTH_TOKEN },
});
const jsonSchemaValidator = { getValidator: () => () => ({ valid: true }) };
const server = new Server({ name: 'floor', version: '0' }, { capabilities: { tools: {} }, jsonSchemaValidator });
server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
  const asset = await iconik.get(`assets/v1/assets/${params.arguments.asset_id}/`, { signal }).json();
  return { content: [{ type: 'text', text: JSON.stringify(asset) }], structuredContent: asset };
});
await server.connect(new StdioServerTransport());
