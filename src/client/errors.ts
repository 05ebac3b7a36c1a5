/** Why a call to Iconik or to a storage did not come back with an answer. */
export type FailureCode =
  | 'refused' // an answer with a 4xx status
  | 'upstream' // an answer with a 5xx status
  | 'throttled' // 429
  | 'redirect' // a 3xx: never followed, it would carry the credentials along
  | 'network' // no answer: connection refused, reset, no such host
  | 'timeout' // the deadline passed
  | 'cancelled' // the caller gave up
  | 'unreadable' // an answer that is not the JSON it should be
  | 'too_large' // an answer beyond the cap
  | 'forbidden_url'; // a storage address that must not be called

export interface FailureDetails {
  readonly code: FailureCode;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** What Iconik said, at most 2 kB, one string a message; `field: message` where it named a field. */
  readonly messages?: readonly string[];
  readonly requestId?: string;
  /** Whether the same call may work later. */
  readonly retryable?: boolean;
  readonly retryAfterSeconds?: number;
  /** Requests sent, this one included. */
  readonly attempts?: number;
  /** A write that was sent and not answered: it may or may not have happened. */
  readonly outcomeUnknown?: boolean;
  /** What went wrong in earlier attempts, oldest first. */
  readonly earlier?: readonly string[];
}

/** A call that failed. `message` is safe to show: no header, no address with a signature. */
export class IconikError extends Error {
  override readonly name = 'IconikError';
  readonly code: FailureCode;
  readonly status: number | undefined;
  readonly messages: readonly string[];
  readonly requestId: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;
  readonly attempts: number;
  readonly outcomeUnknown: boolean;
  readonly earlier: readonly string[];

  constructor(message: string, details: FailureDetails) {
    super(message);
    this.code = details.code;
    this.status = details.status;
    this.messages = details.messages ?? [];
    this.requestId = details.requestId;
    this.retryable = details.retryable ?? false;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.attempts = details.attempts ?? 1;
    this.outcomeUnknown = details.outcomeUnknown ?? false;
    this.earlier = details.earlier ?? [];
  }
}

/** The cause of a failure, named like Node's own codes: no connection within the time for one. */
export const CONNECT_TIMEOUT = 'CONNECT_TIMEOUT';
/** A name that resolves to a private address. */
export const PRIVATE_ADDRESS = 'EPRIVATE';

/** Characters of all messages of an answer. */
const MAX_MESSAGES = 2_000;

/** Iconik's `errors` (list or object, values string or list), or the first words of a body that is no JSON. */
export function messagesOf(body: unknown): string[] {
  const found: string[] = [];
  const visit = (value: unknown, field: string): void => {
    if (value === null || value === undefined || value === '') return;
    if (Array.isArray(value)) for (const item of value) visit(item, field);
    else if (typeof value === 'object') {
      for (const [key, item] of Object.entries(value)) visit(item, field ? `${field}.${key}` : key);
    } else found.push(field ? `${field}: ${String(value)}` : String(value));
  };
  if (typeof body === 'string') visit(withoutTags(body).slice(0, 200), '');
  else if (typeof body === 'object' && body !== null) {
    const document = body as Record<string, unknown>;
    visit(document.errors ?? document.message ?? document.detail, '');
  }
  return cut(found);
}

/** An HTML error page as one line of text. */
export function withoutTags(text: string): string {
  return text
    .slice(0, 4_000)
    .replace(/<script\b.*?(?:<\/script>|$)/gis, ' ')
    .replace(/<style\b.*?(?:<\/style>|$)/gis, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function cut(messages: readonly string[]): string[] {
  const kept: string[] = [];
  let room = MAX_MESSAGES;
  for (const message of messages) {
    if (room <= 0) break;
    kept.push(message.length > room ? `${message.slice(0, room)}…` : message);
    room -= message.length;
  }
  return kept;
}
