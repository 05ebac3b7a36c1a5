import type { IncomingMessage } from 'node:http';
import { isAppsSession } from '../server/protocol/apps.ts';
import { answerPost } from '../server/protocol/http.ts';
import { readBody } from './body.ts';
import { challengeOf, METADATA_PATHS, metadataOf, type Resource } from './callers/challenge.ts';
import { type Caller, callerOf, NotAllowed, type SignIn } from './callers/index.ts';
import { type Guards, refusalOf, repeatedIn } from './guards.ts';
import type { Rights } from './rights.ts';
import { createShares, type Hold, QUARTER, type Shares, WHOLE } from './shares.ts';
import type { Tenants } from './tenants.ts';

export interface EndpointOptions {
  readonly guards: () => Guards;
  readonly signIns: readonly SignIn[];
  readonly rights: Rights;
  readonly tenants: Tenants;
  readonly resource: () => Resource | undefined;
  /** Whether the connection of a request to a proxy, or to this server, was encrypted where it has to be. */
  readonly isSecure: (request: IncomingMessage) => boolean;
  /** Whether requests are taken; not while the server stops. */
  readonly isReady: () => boolean;
  /** Runs the work of a request with what its log lines tell beside those of its caller: it makes all work slower. */
  readonly logged: <T>(facts: object, work: () => Promise<T>) => Promise<T>;
}

/** The answer to one request. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON or plain text; nothing where there is none. */
  readonly body?: string | undefined;
}

/** Answers each request that comes in. Nothing of a body is read before it is known who sends it. */
export function createEndpoint(
  options: EndpointOptions,
): (request: IncomingMessage, signal: AbortSignal) => Promise<Reply> {
  // Where nobody signs in, there is nobody else.
  const shares = createShares(options.signIns.length > 0 ? QUARTER : WHOLE);
  let underWay = 0;
  return async (request, signal) => {
    const path = request.url?.split('?')[0] ?? '';
    const health = healthOf(options, path);
    if (health) return health;
    const repeated = repeatedIn(request.headersDistinct);
    if (repeated !== undefined) return failure(400, `The header ${repeated} is there twice. Send it once.`);
    const refusal = refusalOf(options.guards(), request.headers);
    if (refusal !== undefined) return failure(403, refusal);
    if (!options.isSecure(request)) return failure(403, 'This connection is not encrypted.');
    const cors = corsOf(request);
    if (request.method === 'OPTIONS' && cors) return { status: 204, headers: { ...cors, ...PREFLIGHT } };
    const reply = await answered();
    return cors ? { ...reply, headers: { ...cors, ...reply.headers } } : reply;

    async function answered(): Promise<Reply> {
      const resource = options.resource();
      if (resource && METADATA_PATHS.includes(path)) return json(200, metadataOf(resource));
      if (path !== '/mcp') return failure(404, 'The endpoint is /mcp.');
      if (request.method !== 'POST') return { ...failure(405, 'Send POST.'), headers: { Allow: 'POST' } };
      const session = request.headers['mcp-session-id'];
      if (session !== undefined && !isAppsSession(session))
        return failure(404, 'There are no sessions here: initialize.');
      if (!options.isReady()) return retryLater('This server is about to stop.');
      if (underWay >= WHOLE.requests) return retryLater('Too many requests are under way.');
      underWay += 1;
      try {
        return await posted(options, shares, request, signal);
      } finally {
        underWay -= 1;
      }
    }
  };
}

async function posted(
  options: EndpointOptions,
  shares: Shares,
  request: IncomingMessage,
  signal: AbortSignal,
): Promise<Reply> {
  try {
    const caller = await callerOf(options.signIns, request.headers);
    const work = (hold: Hold): Promise<Reply> => answeredTo(options, caller, request, hold, signal);
    return (await shares.within(caller.subject, work)) ?? TOO_MANY;
  } catch (error) {
    if (!(error instanceof NotAllowed)) throw error;
    const challenge = error.status === 503 ? undefined : { 'WWW-Authenticate': challengeOf(error, options.resource()) };
    return { ...failure(error.status, error.message), ...(challenge && { headers: challenge }) };
  }
}

async function answeredTo(
  options: EndpointOptions,
  caller: Caller,
  request: IncomingMessage,
  hold: Hold,
  signal: AbortSignal,
): Promise<Reply> {
  const { headers } = request;
  const account = await options.rights(caller, headers);
  const body = await readBody(request, hold);
  if (body === 'too much') return retryLater('Too much is sent at once.');
  if (body === 'too long') return { ...failure(413, 'The request is too long.'), headers: { Connection: 'close' } };
  const { core } = options.tenants.of(caller, account);
  const trace = headers.traceparent;
  const work = async (): Promise<Reply> => {
    const sent = { headers: relevant(headers), body };
    const { status, body: text, type, session } = await answerPost(core, sent, signal);
    const own = {
      ...(type !== undefined && { 'Content-Type': type }),
      ...(session && { 'Mcp-Session-Id': session }),
    };
    return { status, body: text, ...(Object.keys(own).length > 0 && { headers: own }) };
  };
  return isTrace(trace) ? options.logged({ traceparent: trace }, work) : work();
}

/** What the protocol reads of the headers; the others hold secrets. */
const relevant = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    ['accept', 'content-type', 'mcp-protocol-version', 'mcp-method', 'mcp-name', 'mcp-session-id'].flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );

/** W3C Trace Context, version 00. */
const isTrace = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(value);

function healthOf({ isReady }: EndpointOptions, path: string): Reply | undefined {
  if (path === '/healthz') return { status: 200, body: 'ok\n' };
  if (path !== '/readyz') return undefined;
  return isReady() ? { status: 200, body: 'ready\n' } : { status: 503, body: 'not ready\n' };
}

const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers':
    'Authorization, Content-Type, Accept, MCP-Protocol-Version, Mcp-Method, Mcp-Name, Mcp-Session-Id, X-Iconik-App-Id, X-Iconik-Auth-Token, traceparent',
  'Access-Control-Max-Age': '600',
};

/** For a page that may call, what lets it read the answer. */
function corsOf({ headers: { origin } }: IncomingMessage): Record<string, string> | undefined {
  if (origin === undefined) return undefined;
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': 'WWW-Authenticate, Mcp-Session-Id',
    Vary: 'Origin',
  };
}

const json = (status: number, value: object): Reply => ({ status, body: JSON.stringify(value) });

/** As the SDK's transport answers what is no message of the protocol. */
export const failure = (status: number, message: string): Reply =>
  json(status, { jsonrpc: '2.0', error: { code: -32_000, message }, id: null });

const RETRY_LATER = { 'Retry-After': '2', Connection: 'close' };

const retryLater = (message: string): Reply => ({ ...failure(503, message), headers: RETRY_LATER });

const TOO_MANY: Reply = {
  ...failure(
    429,
    `You have ${QUARTER.requests} requests under way, and may not have more. Wait for one of their answers.`,
  ),
  headers: RETRY_LATER,
};
