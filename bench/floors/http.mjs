// The thinnest HTTP proxy: bare `node:http`, one request in, one fetch, one answer out. No schema, no check, no limit.
import { createServer } from 'node:http';

const { ICONIK_BASE_URL, ICONIK_APP_ID, ICONIK_AUTH_TOKEN } = process.env;
const headers = { 'App-ID': ICONIK_APP_ID, 'Auth-Token': ICONIK_AUTH_TOKEN };

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', async () => {
    const { id, params } = JSON.parse(body);
    const answer = await fetch(`${ICONIK_BASE_URL}/API/assets/v1/assets/${params.arguments.asset_id}/`, { headers });
    const result = { content: [{ type: 'text', text: await answer.text() }] };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
  });
});
server.listen(0, '127.0.0.1', () => console.log(`serves http://127.0.0.1:${server.address().port}/mcp`));
process.stdin.once('end', () => process.exit()).resume();
