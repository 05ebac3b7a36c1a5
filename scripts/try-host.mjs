// Starts a server by its command line, as a host does, and fails unless it lists tools:
// `node scripts/try-host.mjs COMMAND [ARGUMENT…]`.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const [command, ...args] = process.argv.slice(2);
if (!command) {
  console.error('Usage: node scripts/try-host.mjs COMMAND [ARGUMENT…]');
  process.exit(2);
}
const client = new Client({ name: 'iconik-mcp-try', version: '1' });
await client.connect(new StdioClientTransport({ command, args }));
const { tools } = await client.listTools();
await client.close();
if (tools.length === 0) throw new Error('it lists no tool');
console.log(`${client.getServerVersion().name} lists ${tools.length} tools`);
