import { decode, looksOf, parseJson, readBytes } from './body.ts';
import { CONNECT_TIMEOUT, IconikError, messagesOf } from './errors.ts';
import { askedFor, type Failure } from './retry.ts';
import type { Method } from './route.ts';
import type { Send } from './sender.ts';
import type { HttpResponse, Outgoing } from './transport.ts';
import type { Answer, AnswerHeaders } from './types.ts';

export interface Target {
  readonly url: URL;
  readonly method: Method;
  /** The answer is a text, not JSON. */
  readonly text?: boolean;
}

export interface Reading {
  /** Decoded bytes of one answer. */
  readonly maxBytes: number;
  /** Takes the credentials out of what an upstream echoes, before any limit could cut one in two. */
  readonly mask?: Mask;
}

type Mask = (text: string) => string;

interface State {
  readonly attempts: number;
  readonly earlier: readonly string[];
  /** Whether the operation only reads: an unanswered write has an unknown outcome. */
  readonly reads: boolean;
}

export type Result =
  | { readonly ok: true; readonly answer: Answer; readonly slow?: number }
  | {
      readonly ok: false;
      readonly failure: Failure;
      /** For the list of earlier attempts. */
      readonly cause: string;
      error(state: State): IconikError;
    };

/** Sends one request once and reads its whole answer. Throws only when the caller's own signal fired. */
export async function attempt(
  send: Send,
  { url, method, text = false }: Target,
  outgoing: Outgoing & { readonly signal: AbortSignal },
  { maxBytes, mask = (plain) => plain }: Reading,
): Promise<Result> {
  let status: number | undefined;
  try {
    const response = await send(url, method, outgoing);
    status = response.status;
    if (!response.ok) return refusal(response, mask(await errorText(response, maxBytes, outgoing.signal)), mask);
    const answer = decode(await readBytes(response, maxBytes));
    return success(response, text ? mask(answer) || undefined : parsed(response, answer, mask), mask);
  } catch (error) {
    return unanswered(error, outgoing.signal, url.host, status);
  }
}

/** Milliseconds for the body of an error once its status is known. */
const MAX_ERROR_BODY = 2_000;

/** The body of an error; empty if it is too large, breaks off or drips: the status alone decides. */
async function errorText(response: HttpResponse, maxBytes: number, signal: AbortSignal): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Uint8Array>((resolve) => {
    timer = setTimeout(() => resolve(new Uint8Array()), MAX_ERROR_BODY);
  });
  const body = readBytes(response, maxBytes).catch(() => {
    if (signal.aborted && typeof signal.reason !== 'symbol') throw signal.reason;
    return new Uint8Array();
  });
  try {
    return decode(await Promise.race([body, late]));
  } finally {
    clearTimeout(timer);
    // What still drips must not keep its connection.
    const { destroy } = (response.body ?? {}) as { destroy?: () => void };
    destroy?.call(response.body);
  }
}

const parsed = ({ status, headers }: HttpResponse, text: string, mask: Mask): unknown =>
  parseJson(text, status, headers.get('content-type') ?? '', mask);

function success(response: HttpResponse, body: unknown, mask: Mask): Result {
  const requestId = requestIdOf(response.headers, mask);
  const remaining = response.headers.get('ratelimit-remaining');
  const slow = remaining?.trim() === '0' ? Math.min(askedFor(response.headers) ?? 1_000, 20_000) : undefined;
  return {
    ok: true,
    answer: { status: response.status, body, ...(requestId && { requestId }) },
    ...(slow !== undefined && { slow }),
  };
}

function refusal(response: HttpResponse, text: string, mask: Mask): Result {
  const { status, headers } = response;
  const requestId = requestIdOf(headers, mask);
  const redirected = status >= 300 && status < 400;
  const asked = askedFor(headers);
  const retryAfterSeconds = asked === undefined ? undefined : Math.ceil(asked / 1_000);
  const code = redirected ? 'redirect' : status === 429 ? 'throttled' : status >= 500 ? 'upstream' : 'refused';
  const messages = messagesOf(jsonOr(text));
  return {
    ok: false,
    failure: { status, unsent: false, ...(asked !== undefined && { asked }) },
    cause: `HTTP ${status}`,
    error: ({ attempts, earlier, reads }) =>
      new IconikError(
        redirected
          ? `HTTP ${status}: Iconik redirected the request, and credentials are never sent along a redirect. Check ICONIK_BASE_URL.`
          : `HTTP ${status}`,
        {
          code,
          status,
          messages,
          attempts,
          earlier,
          retryable: status === 429 || status === 408 || (status >= 500 && status !== 501 && reads),
          outcomeUnknown: !reads && status >= 500 && status !== 503 && status !== 501,
          ...(requestId && { requestId }),
          ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
        },
      ),
  };
}

const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', CONNECT_TIMEOUT]);

function unanswered(error: unknown, signal: AbortSignal, host: string, status: number | undefined): Result {
  const tooLargeOrUnreadable = error instanceof IconikError;
  if (signal.aborted && typeof signal.reason !== 'symbol') throw signal.reason;
  const late = signal.aborted;
  const cause = late ? 'no answer in time' : causeOf(error);
  const unsent = !late && UNSENT.has(cause);
  return {
    ok: false,
    failure: tooLargeOrUnreadable ? { status: status ?? 200, unsent: false } : { unsent },
    cause,
    error: ({ attempts, earlier, reads }) => {
      // A status of success was known: only the rest of the answer is lost.
      const isDone = !reads && status !== undefined;
      const state = { attempts, earlier, outcomeUnknown: !reads && !unsent && !isDone };
      if (isDone && !tooLargeOrUnreadable)
        return new IconikError(
          `${host} accepted the change (HTTP ${status}), but its answer did not arrive (${cause}). Read the object before you go on.`,
          { code: late ? 'timeout' : 'network', status, ...state },
        );
      if (tooLargeOrUnreadable) {
        return new IconikError(error.message, { code: error.code, status: error.status ?? 200, ...state });
      }
      return late
        ? new IconikError(`${host} did not answer in time.`, { code: 'timeout', retryable: true, ...state })
        : new IconikError(`${host} could not be reached (${cause}).`, { code: 'network', retryable: true, ...state });
    },
  };
}

/** `ECONNREFUSED`, `ENOTFOUND`, `ECONNRESET` …: the innermost code, without addresses. */
export function causeOf(error: unknown): string {
  let at = error as { code?: unknown; cause?: unknown; errors?: unknown[]; name?: unknown } | undefined;
  let code = 'network error';
  for (let depth = 0; at && depth < 5; depth += 1) {
    if (typeof at.code === 'string') code = at.code;
    at = (at.cause ?? at.errors?.[0]) as typeof at;
  }
  return code;
}

const requestIdOf = (headers: AnswerHeaders, mask: Mask): string | undefined =>
  mask(headers.get('x-request-id') ?? headers.get('request-id') ?? '')
    .replace(/[^\w.:-]/g, '')
    .slice(0, 100) || undefined;

function jsonOr(text: string): unknown {
  try {
    return looksOf(text).isTooDeep ? text : JSON.parse(text);
  } catch {
    return text;
  }
}
