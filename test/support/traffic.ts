import type { Sandbox } from '../../src/sandbox/index.ts';
import { type Answer, allToolsets, ids, type World, type WorldOptions, world } from './world.ts';

export { type Answer, allToolsets, ids, type World, world };

/** An id in the vendor's form that nothing has. */
export const UNKNOWN = '00000000-5b1c-11ef-9c3a-0a580a3db916';

/** One request as it reached Iconik or a storage. */
export interface Sent {
  /** `PUT /API/…/`, without the query. */
  readonly route: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Answer;
  readonly headers: Headers;
}

export interface Watched extends World {
  readonly sent: readonly Sent[];
  /** The last request. */
  last(): Sent;
}

/** A world that keeps what is sent: path, query and body. */
export async function watched(options: Omit<WorldOptions, 'fetch'> = {}): Promise<Watched> {
  const sent: Sent[] = [];
  const made = await world({
    ...options,
    fetch: (sandbox) => async (input, init) => {
      const request = new Request(input, init);
      const { pathname, searchParams } = new URL(request.url);
      const text = await request.clone().text();
      sent.push({
        route: `${request.method} ${pathname}`,
        query: Object.fromEntries(searchParams),
        body: text === '' ? undefined : JSON.parse(text),
        headers: request.headers,
      });
      return sandbox.fetch(request);
    },
  });
  return {
    ...made,
    sent,
    last() {
      const request = sent.at(-1);
      if (!request) throw new Error('nothing was sent');
      return request;
    },
  };
}

/** Iconik, but what it answers to the routes that match is changed on its way. */
export const spoiled =
  (routes: RegExp, change: (body: Answer) => unknown) =>
  (sandbox: Sandbox): typeof globalThis.fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    const response = await sandbox.fetch(request);
    if (!routes.test(`${request.method} ${new URL(request.url).pathname}`)) return response;
    const text = await response.text();
    if (text === '') return new Response(null, { status: response.status });
    return Response.json(change(JSON.parse(text)), { status: response.status });
  };

/** Iconik's own answer, past all tools: `GET files/v1/storages/`. */
export async function iconik({ sandbox }: Pick<World, 'sandbox'>, route: string): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const headers = { 'App-ID': sandbox.appId, 'Auth-Token': sandbox.authToken };
  const response = await sandbox.fetch(`${sandbox.origin}/API/${path}`, { method, headers });
  return response.json();
}

/** A copy of a row as it is now. */
export const rowNow = (row: object | undefined): Answer => structuredClone(row);

/** The row without what every write stamps. */
export function unstamped(row: object | undefined): Answer {
  const { date_modified: _, ...rest } = rowNow(row);
  return rest;
}

/** What looks like a signed address. */
export const SIGNED = /X-Amz-Signature|X-Goog-Signature|Signature=|_storage\//;
