import type { Limiter, Limits } from './limiter.ts';
import type { Expanded, Parts, Route } from './route.ts';

export interface ClientOptions {
  /** Scheme and host: `https://app.iconik.io`. */
  readonly baseUrl: string;
  readonly appId: string;
  readonly authToken: string;
  /** Sent as `User-Agent`. */
  readonly userAgent: string;
  /** Milliseconds for one call: waiting, retries, headers and body together. */
  readonly deadline: number;
  /** Milliseconds for one attempt, headers and body together. */
  readonly attempt: number;
  readonly limits: Limits;
  /**
   * Waits for a turn at this rate, which several processes keep together, or until the signal fires. Asked once a request has
   * its turn here. Never rejects.
   */
  readonly turn?: (rate: number, signal: AbortSignal) => Promise<void>;
  /** Tells the other processes that Iconik has nothing left for this many milliseconds. */
  readonly pause?: (ms: number) => void;
  /** Decoded bytes of one answer. */
  readonly maxBytes: number;
  /** Storage hosts that may be called although they are on a private network. */
  readonly storageHosts: readonly string[];
  /** Takes secrets out of a text. */
  readonly mask?: (text: string) => string;
  /** In place of the network: the sandbox. */
  readonly fetch?: typeof globalThis.fetch;
  /** In place of one of its own: several clients of one user of Iconik share their turns. */
  readonly limiter?: Limiter;
  /** Rejects a write that may not be sent. */
  readonly permit?: (write: Expanded) => Promise<void>;
  /** Hears of each 429. */
  readonly throttled?: () => void;
}

export interface Answer {
  readonly status: number;
  /** The JSON document, or the text that was asked for; `undefined` where the answer had no body. */
  readonly body: unknown;
  readonly requestId?: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** A POST that only reads (search): may be repeated like a GET. */
  readonly readOnly?: boolean;
  /** On the clock of `performance.now()`: when the call that this is part of has to end, if before the own deadline. */
  readonly until?: number;
  /** The answer is a text (subtitles, CSV), not JSON. */
  readonly text?: boolean;
}

/** Headers of an answer, by their name in any case. */
export type AnswerHeaders = Pick<Headers, 'get'>;

export interface TransferAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly text: string;
  readonly bytes: Uint8Array;
}

export interface TransferInit {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Decoded bytes of the answer. Default 1 MB; beyond them it fails with `too_large`. */
  readonly limit?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly until?: number;
}

/** HTTP to one Iconik with one pair of credentials. */
export interface Client {
  /** Sends one operation. Throws `IconikError` for anything but a 2xx, `UnsafePathError` before sending. */
  request(route: Route, args: Readonly<Record<string, unknown>>, options?: CallOptions): Promise<Answer>;
  /** The same for a request in parts, whose path is checked by `leadsThere` before anything is sent. */
  call(parts: Parts, options?: CallOptions): Promise<Answer>;
  /** Calls a signed storage address, without Iconik's credentials. Throws `IconikError`. */
  transfer(url: string, init: TransferInit): Promise<TransferAnswer>;
  /** Closes the connections that were kept warm. */
  close(): Promise<void>;
}
