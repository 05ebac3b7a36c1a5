import { checkBody, checkQuery } from './check.ts';
import { unanswered } from './endpoints/unanswered.ts';
import type { Hard } from './hard.ts';
import { withNulls } from './nulls.ts';
import { checkPermission } from './permissions.ts';
import { createFinder } from './routes.ts';
import { type Call, type Endpoint, Refusal, type Reply, type Row, type Store } from './types.ts';
import { isRow } from './values.ts';

/** The credentials that are accepted, and the roles that the user lacks. */
export interface Access {
  readonly appId: string;
  readonly authToken: string;
  readonly userId: string;
  readonly denied: ReadonlySet<string>;
}

export interface RouterOptions {
  readonly endpoints: readonly Endpoint[];
  readonly store: Store;
  /** The rows that lists from the search index show. */
  readonly index: Store;
  readonly hard: Hard;
  readonly origin: string;
  readonly access: Access;
}

/** Answers requests as the API does: authentication, route, roles, permissions, query and body, then the endpoint. */
export function createRouter(options: RouterOptions): (request: Request) => Promise<Response> {
  const { endpoints, store, index, hard, origin, access } = options;
  const find = createFinder(endpoints);

  const answer = async (request: Request): Promise<Reply> => {
    const user = authenticate(request.headers, options);
    const url = new URL(request.url);
    const found = find(request.method, url.pathname);
    if (!('endpoint' in found)) return refuseRoute(found, request.method, url.pathname);
    const { endpoint, path } = found;
    authorize(endpoint.roles, access);
    checkPermission(store, endpoint.route, path);
    const query = checkQuery(endpoint.query ?? {}, url.searchParams);
    const body = endpoint.body ? checkBody(endpoint.body, await readBody(request), endpoint.partial) : {};
    const call: Call = { path, query, body, user, url, headers: request.headers, store, index, hard, origin };
    const reply = await endpoint.handle(call);
    return hard.nulls ? withNulls(endpoint.route, reply) : reply;
  };

  return async (request) => {
    request.signal.throwIfAborted();
    const reply = await unlessAborted(answer(request).catch(refusalReply), request.signal);
    return respond(reply, store.newId());
  };
}

function authenticate(headers: Headers, { store, access }: RouterOptions): Row {
  if (!headers.has('app-id')) throw new Refusal(401, 'App-ID header is required');
  const user = store.users.get(access.userId);
  const known = headers.get('app-id') === access.appId && headers.get('auth-token') === access.authToken;
  // Iconik reads `Authorization` first, even if it is empty, and knows no such token.
  if (!known || !user || headers.has('authorization')) throw new Refusal(401, 'Token is invalid');
  return user;
}

function authorize(roles: readonly string[], { denied }: Access): void {
  const missing = roles.filter((role) => denied.has(role));
  if (missing.length > 0) throw new Refusal(403, `User is missing the required role: ${missing.join(', ')}`);
}

const findUnanswered = createFinder(unanswered);

function refuseRoute(methods: readonly string[], method: string, pathname: string): Reply {
  const isUnanswered = 'endpoint' in findUnanswered(method, pathname);
  // Not a 404: that is what an object gets that does not exist, and Iconik may have the route.
  if (methods.length === 0 || isUnanswered) throw new Refusal(501, `sandbox: not implemented: ${method} ${pathname}`);
  return { status: 405, body: { errors: [`Method not allowed: ${method}`] }, headers: { allow: methods.join(', ') } };
}

async function readBody(request: Request): Promise<Row> {
  const text = await request.text();
  if (text === '') return {};
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new Refusal(400, 'Content-Type must be application/json');
  }
  const body = parse(text);
  if (!isRow(body)) throw new Refusal(400, 'The body must be a JSON object');
  return body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'The body is not valid JSON');
  }
}

function refusalReply(error: unknown): Reply {
  if (error instanceof Refusal) return { status: error.status, body: { errors: error.errors } };
  return { status: 500, body: { errors: [`sandbox: ${error instanceof Error ? error.message : String(error)}`] } };
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function respond(reply: Reply, requestId: string): Response {
  const headers = new Headers({ 'x-request-id': requestId });
  const text = reply.text ?? (reply.body === undefined ? null : JSON.stringify(reply.body));
  if (text !== null && reply.text === undefined) headers.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(reply.headers ?? {})) headers.set(name, value);
  return new Response(reply.status === 204 ? null : text, { status: reply.status, headers });
}
