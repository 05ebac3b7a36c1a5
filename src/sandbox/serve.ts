import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createSandbox, type Sandbox, type SandboxOptions } from './index.ts';

/** A sandbox that listens on the loopback interface. */
export interface Served {
  readonly url: string;
  readonly appId: string;
  readonly authToken: string;
  readonly sandbox: Sandbox;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

export interface ServeOptions extends Omit<SandboxOptions, 'origin'> {
  /** 0 takes any that is free. */
  readonly port: number;
  /** Answers in place of the sandbox's own `fetch`, e.g. to watch requests. */
  readonly fetch?: (sandbox: Sandbox) => typeof globalThis.fetch;
}

/** Serves a new sandbox on 127.0.0.1. */
export async function serveSandbox({ port, fetch: wrap, ...options }: ServeOptions): Promise<Served> {
  let fetch: typeof globalThis.fetch | undefined;
  let url = '';
  const server = createServer((request, response) => {
    answer(request, response, url, fetch).catch((error: unknown) => fail(response, error));
  });
  url = `http://127.0.0.1:${await listen(server, port)}`;
  const sandbox = createSandbox({ ...options, origin: url });
  fetch = wrap?.(sandbox) ?? sandbox.fetch;
  return { url, appId: sandbox.appId, authToken: sandbox.authToken, sandbox, close: () => close(server) };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
      else reject(new Error('sandbox: no port'));
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  origin: string,
  fetch?: typeof globalThis.fetch,
): Promise<void> {
  // Keeps web pages from reaching the sandbox by DNS rebinding.
  if (!LOOPBACK.test(incoming.headers.host ?? '')) return send(outgoing, refusal(403, 'sandbox: not a loopback host'));
  if (!fetch) return send(outgoing, refusal(503, 'sandbox: starting'));
  const body = await readBody(incoming);
  if (!body) return send(outgoing, refusal(413, 'sandbox: the body is too large'));
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  await send(outgoing, await fetch(requestFrom(incoming, body, origin, gone.signal)));
}

const refusal = (status: number, message: string): Response => Response.json({ errors: [message] }, { status });

async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}

function requestFrom(incoming: IncomingMessage, body: Buffer, origin: string, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const method = incoming.method ?? 'GET';
  const bodyless = method === 'GET' || method === 'HEAD' || body.length === 0;
  return new Request(origin + (incoming.url ?? '/'), { method, headers, signal, ...(!bodyless && { body }) });
}

async function send(outgoing: ServerResponse, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, [...response.headers].flat());
  outgoing.end(body);
}

function fail(outgoing: ServerResponse, error: unknown): void {
  if (outgoing.destroyed || outgoing.headersSent) return;
  // `fetch` of the sandbox rejects with a TypeError for a broken connection.
  if (error instanceof TypeError) return void outgoing.destroy();
  const message = error instanceof Error ? error.message : String(error);
  outgoing.writeHead(500, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify({ errors: [`sandbox: ${message}`] }));
}
