import ky, { type KyInstance } from 'ky';
import { publicOnly } from './addresses.ts';
import { createTransport, type Fetch, type HttpResponse } from './transport.ts';

export interface SenderOptions {
  /** Requests under way at a time. */
  readonly inFlight: number;
  /** In place of the network: the sandbox. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface Outgoing {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** Sends one request, once. Rejects with the network's error or the signal's reason. */
export type Send = (url: URL, outgoing: Outgoing) => Promise<HttpResponse>;

export interface Sender {
  readonly send: Send;
  /** For addresses that Iconik gave: connects to public addresses only. */
  readonly sendPublic: Send;
  close(): Promise<void>;
}

/** Two ways out through ky, with warm connections of their own. Retries, limits and deadlines are made around it. */
export function createSender({ inFlight, fetch }: SenderOptions): Sender {
  const base = ky.create({ retry: 0, timeout: false, throwHttpErrors: false, redirect: 'manual' });
  const anywhere = createTransport({ connections: inFlight });
  const publicHosts = createTransport({ connections: inFlight, lookup: publicOnly });
  return {
    send: through(base, fetch ?? anywhere.fetch),
    sendPublic: through(base, fetch ?? publicHosts.fetch),
    async close() {
      await Promise.all([anywhere.close(), publicHosts.close()]);
    },
  };
}

const through =
  (base: KyInstance, fetch: Fetch): Send =>
  (url, { method, headers, ...init }) =>
    // ky hands on what its fetch answers, and reads no more of it than `ok`.
    base(url, { method, headers, fetch: ((request: Request) => fetch(request, init)) as typeof globalThis.fetch });
