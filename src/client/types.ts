import type { Route } from './route.ts';

export interface Answer {
  readonly status: number;
  /** The JSON document; `undefined` where the answer had no body. */
  readonly body: unknown;
  readonly requestId?: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** A POST that only reads (search): may be repeated like a GET. */
  readonly readOnly?: boolean;
  /** On the clock of `performance.now()`: when the call that this is part of has to end, if before the own deadline. */
  readonly until?: number;
}

export interface TransferAnswer {
  readonly status: number;
  readonly headers: Headers;
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
  /** Calls a signed storage address, without Iconik's credentials. Throws `IconikError`. */
  transfer(url: string, init: TransferInit): Promise<TransferAnswer>;
  /** Closes the connections that were kept warm. */
  close(): Promise<void>;
}
