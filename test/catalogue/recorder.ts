import { type World, type WorldOptions, world } from '../support/world.ts';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A search is sent as a POST, and changes nothing unless it is kept in the user's history. */
export const isWriting = ({ method, path, query }: Sent): boolean =>
  method !== 'GET' && !(path === '/API/search/v1/search/' && query.save_search_history === 'false');

export interface Recorded extends World {
  /** What reached Iconik since the last look. */
  sent(): Promise<Sent[]>;
}

const THING = {
  id: 'a55e7001-5b1c-11ef-9c3a-0a580a3db916',
  title: 'A thing',
  status: 'ACTIVE',
  date_created: '2026-01-01T00:00:00+00:00',
};

/** A server in front of an Iconik that writes down what it is sent and answers everything alike. */
export async function recorded(options: WorldOptions = {}, answer: unknown = THING): Promise<Recorded> {
  let seen: Request[] = [];
  const fetch = async (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
    seen.push(new Request(input, init));
    return Response.json(answer);
  };
  const made = await world({ ...options, fetch: () => fetch as unknown as typeof globalThis.fetch });
  return {
    ...made,
    async sent() {
      const requests = seen;
      seen = [];
      return Promise.all(requests.map(read));
    },
  };
}

async function read(request: Request): Promise<Sent> {
  const url = new URL(request.url);
  const text = await request.text();
  return {
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    ...(text && { body: JSON.parse(text) }),
  };
}
