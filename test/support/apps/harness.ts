import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';

/** A host in a page, and the origin of its views. */
export interface Harness {
  /** Of the page; with `?revision=2026-07-28` it speaks that revision, with `?theme=dark` it is dark. */
  readonly url: string;
  close(): Promise<void>;
}

interface View {
  readonly html: string;
  readonly csp: Csp;
}

/** What a page declares in `_meta.ui.csp`. */
interface Csp {
  readonly connectDomains?: readonly string[];
  readonly resourceDomains?: readonly string[];
}

/** A page that is a host: its script, by its path in this package, and its document, which loads it as `/host.js`. */
export interface HostDocument {
  readonly script: string;
  readonly html: string;
}

/** Serves a host, with the MCP endpoint `server` behind its origin. `root` is that of this package. */
export async function startHarness(root: string, server: string, host: HostDocument = OF_TESTS): Promise<Harness> {
  const script = await hostScript(join(root, host.script));
  const views: View[] = [];
  const viewServer = createServer((request, response) => {
    const view = views[Number(request.url?.slice(1))];
    if (!view) return void response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyOf(view.csp),
    });
    response.end(view.html);
  });
  // Another site, which browsers keep in a process of its own, as hosts have their views.
  const viewUrl = (await listening(viewServer)).replace('127.0.0.1', 'localhost');
  const hostServer = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const answered =
      pathname === '/mcp'
        ? passOn(request, response, server)
        : pathname === '/views'
          ? keepView(request, response, views, viewUrl)
          : Promise.resolve(page(response, pathname, script, host.html));
    answered.catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  const url = await listening(hostServer);
  return {
    url: `${url}/`,
    async close() {
      await Promise.all([viewServer, hostServer].map(closed));
    },
  };
}

/** As hosts of MCP Apps make it of what a page declares (2026-01-26, "Security Implications"). */
function policyOf({ connectDomains = [], resourceDomains = [] }: Csp): string {
  const resources = resourceDomains.join(' ');
  const allow = (...sources: readonly string[]): string => sources.filter(Boolean).join(' ');
  return [
    "default-src 'none'",
    `script-src ${allow("'self'", "'unsafe-inline'", resources)}`,
    `style-src ${allow("'self'", "'unsafe-inline'", resources)}`,
    `img-src ${allow("'self'", 'data:', resources)}`,
    `media-src ${allow("'self'", 'data:', resources)}`,
    `font-src ${allow("'self'", resources)}`,
    `connect-src ${connectDomains.join(' ') || "'none'"}`,
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'self'",
  ].join('; ');
}

async function hostScript(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}

const OF_TESTS: HostDocument = {
  script: 'test/support/apps/host_page.ts',
  html:
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Host</title>' +
    '<link rel="icon" href="data:,"><style>iframe{border:0;width:100%;height:600px}body{background:light-dark(#fff,#181818);margin:16px}</style>' +
    '<body><script type="module" src="/host.js"></script></body></html>',
};

function page(response: ServerResponse, pathname: string, script: string, html: string): void {
  const isScript = pathname === '/host.js';
  response.writeHead(200, { 'content-type': isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8' });
  response.end(isScript ? script : html);
}

async function keepView(
  request: IncomingMessage,
  response: ServerResponse,
  views: View[],
  viewUrl: string,
): Promise<void> {
  const index = views.push(JSON.parse(await bodyOf(request)) as View) - 1;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ url: `${viewUrl}/${index}` }));
}

const PASSED = ['accept', 'content-type', 'mcp-method', 'mcp-name', 'mcp-protocol-version', 'mcp-session-id'];

/** The endpoint has no rule for this page's origin: what it sends comes as from a program. */
async function passOn(request: IncomingMessage, response: ServerResponse, server: string): Promise<void> {
  const headers = Object.fromEntries(
    PASSED.flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])]] : [])),
  );
  const { method = 'GET' } = request;
  const answer = await fetch(server, { method, headers, ...(method === 'POST' && { body: await bodyOf(request) }) });
  const session = answer.headers.get('mcp-session-id');
  response.writeHead(answer.status, {
    'content-type': answer.headers.get('content-type') ?? 'application/json',
    ...(session && { 'mcp-session-id': session }),
  });
  response.end(await answer.text());
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const closed = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
