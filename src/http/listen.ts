import { createServer as createPlain, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from './endpoint.ts';

export interface ListenOptions {
  readonly bind: string;
  readonly port: number;
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  readonly answer: (request: IncomingMessage, signal: AbortSignal) => Promise<Reply>;
  readonly failed: (error: unknown) => void;
}

export interface Listening {
  readonly port: number;
  /** Waits for the answers under way, up to so many milliseconds, and closes. */
  close(within: number): Promise<void>;
}

/** Milliseconds: whoever sends slower than this, or nothing, is let go. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
};
/** Between two looks whether all is answered. */
const LOOK_INTERVAL = 20;
const MAX_CONNECTIONS = 2_000;
const MAX_HEADER_BYTES = 32_768;

/** Listens on an address. Rejects where that is taken or not of this machine. */
export async function listen({ bind, port, tls, answer, failed }: ListenOptions): Promise<Listening> {
  const settings = { ...LIMITS, maxHeaderSize: MAX_HEADER_BYTES };
  const handle = (request: IncomingMessage, response: ServerResponse): void => void respond(request, response);
  const server: Server = tls ? createSecure({ ...settings, ...tls }, handle) : createPlain(settings, handle);
  server.maxConnections = MAX_CONNECTIONS;
  let underWay = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, bind, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close(within) {
      const end = performance.now() + within;
      while (underWay > 0 && performance.now() < end) await sleep(LOOK_INTERVAL);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    const { socket } = request;
    underWay += 1;
    let left = false;
    const leave = (): void => {
      socket.off('close', leave);
      // The end of a connection is told to both.
      if (left) return;
      left = true;
      underWay -= 1;
      if (!response.writableFinished) gone.abort();
    };
    response.once('close', leave);
    // An answer that waits behind another on its connection (pipelining) has no connection to end with.
    socket.setMaxListeners(0).once('close', leave);
    try {
      write(response, await answer(request, gone.signal));
    } catch (error) {
      if (gone.signal.aborted) return;
      failed(error);
      write(response, {
        status: 500,
        body: '{"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error"},"id":null}',
      });
    }
  }
}

const COMMON = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

function write(response: ServerResponse, { status, headers = {}, body }: Reply): void {
  if (response.destroyed) return;
  const length = Buffer.byteLength(body ?? '');
  const type = body?.startsWith('{') || body?.startsWith('[') ? 'application/json' : 'text/plain; charset=utf-8';
  response.writeHead(status, {
    ...COMMON,
    ...(body !== undefined && { 'Content-Type': type }),
    'Content-Length': length,
    ...headers,
  });
  response.end(body);
  // What was not read of the request is not read any more.
  if (headers.Connection === 'close') response.once('finish', () => response.socket?.destroySoon());
}
