import ky from 'ky';
import { publicOnly } from './addresses.ts';
import type { Method } from './route.ts';
import { createTransport, type Fetch, type HttpResponse, type Outgoing } from './transport.ts';

export interface SenderOptions {
  /** Requests under way at a time. */
  readonly inFlight: number;
  /** In place of the network: the sandbox. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Sends one request, once. Rejects with the network's error or the signal's reason. */
export type Send = (url: URL, method: Method, outgoing: Outgoing) => Promise<HttpResponse>;

export interface Sender {
  readonly send: Send;
  /** For addresses that Iconik gave: connects to public addresses only. */
  readonly sendPublic: Send;
  close(): Promise<void>;
}

/** Two ways out through ky, with warm connections of their own. Retries, limits and deadlines are made around it. */
export function createSender({ inFlight, fetch }: SenderOptions): Sender {
  const anywhere = createTransport({ connections: inFlight });
  const publicHosts = createTransport({ connections: inFlight, lookup: publicOnly });
  return {
    send: through(fetch ?? anywhere.fetch),
    sendPublic: through(fetch ?? publicHosts.fetch),
    async close() {
      await Promise.all([anywhere.close(), publicHosts.close()]);
    },
  };
}

const through =
  (fetch: Fetch): Send =>
  (url, method, outgoing) =>
    new Promise((resolve, reject) => {
      const send = async (request: Request): Promise<Response> => {
        resolve(await fetch(request, outgoing, url));
        return ANSWERED;
      };
      ky(url, {
        method,
        retry: 0,
        // Here and not as its `fetch`, before which ky copies the request for retries of its own.
        hooks: { beforeRequest: [send] },
      }).catch(reject);
    });

/** What ky gets in place of the answer, of which it would read no more than `ok`. */
const ANSWERED = new Response();
