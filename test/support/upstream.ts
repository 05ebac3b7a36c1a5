import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type ClientOptions, createClient, defaults } from '../../src/client/index.ts';
import type { Client } from '../../src/client/types.ts';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Milliseconds since the upstream started. */
  readonly at: number;
}

export type Script = (request: Seen, response: ServerResponse, count: number) => unknown;

export interface Upstream extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Connections that are open now, and how many there ever were. */
  readonly sockets: ReadonlySet<Socket>;
  connections(): number;
  /** Begins anew with another script: nothing was seen, and all connections are closed. */
  renew(script: Script): Promise<void>;
}

/** A loopback server that does what a test tells it: answers, stalls, lies or dies. */
export async function upstream(first: Script): Promise<Upstream> {
  const sockets = new Set<Socket>();
  const begin = (script: Script) => ({ script, seen: [] as Seen[], connections: 0, started: performance.now() });
  let scene = begin(first);
  const server = createServer(async (request, response) => {
    const { script, seen, started } = scene;
    const at = performance.now() - started;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one: Seen = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
      at,
    };
    seen.push(one);
    await script(one, response, seen.length);
  });
  server.on('connection', (socket) => {
    scene.connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    get seen() {
      return scene.seen;
    },
    sockets,
    connections: () => scene.connections,
    async renew(script) {
      const closed = [...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve).destroy()));
      await Promise.all(closed);
      scene = begin(script);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export const TOKEN = 'eyJhbGciOiJub25lIn0.secret-token-of-the-test.x';
export const APP_ID = '1f2e3d4c-aaaa-11ef-8000-00000000abcd';

export function clientOf(url: string, options: Partial<ClientOptions> = {}): Client {
  return createClient({
    ...defaults,
    limits: { ...defaults.limits, rate: 0 },
    baseUrl: url,
    appId: APP_ID,
    authToken: TOKEN,
    userAgent: 'iconik-mcp/test',
    ...options,
  });
}
