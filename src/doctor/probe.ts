import { causeOf } from '../client/attempt.ts';
import { decode, readBytes } from '../client/body.ts';
import { expand, type Route } from '../client/route.ts';
import { createSender } from '../client/sender.ts';
import type { AnswerHeaders } from '../client/types.ts';
import type { Account } from '../config/index.ts';

/** What came of one request, sent as the server sends its own and never repeated. */
export type Probe =
  | {
      readonly answered: true;
      readonly status: number;
      readonly headers: AnswerHeaders;
      /** Parsed JSON; `undefined` where it is none. */
      readonly body: unknown;
      /** When the answer came, as milliseconds since 1970 on our clock. */
      readonly at: number;
    }
  /** The code of Node's error, such as `ECONNREFUSED`, or `timeout`. */
  | { readonly answered: false; readonly cause: string };

/** Milliseconds for one request. */
const MAX_WAIT = 10_000;
/** Bytes of an answer that are read. */
const MAX_BYTES = 1_000_000;

/** Sends one GET with the credentials of an account. Never rejects. */
export async function probe({ baseUrl, appId, authToken }: Account, route: Route, userAgent: string): Promise<Probe> {
  const sender = createSender({ inFlight: 1 });
  const signal = AbortSignal.timeout(MAX_WAIT);
  const headers = { 'App-ID': appId, 'Auth-Token': authToken, Accept: 'application/json', 'User-Agent': userAgent };
  try {
    const url = new URL(expand(route, {}).path, baseUrl);
    const response = await sender.send(url, 'GET', { headers, signal });
    const text = decode(await readBytes(response, MAX_BYTES));
    return { answered: true, status: response.status, headers: response.headers, body: jsonOf(text), at: Date.now() };
  } catch (error) {
    return { answered: false, cause: signal.aborted ? 'timeout' : causeOf(error) };
  } finally {
    await sender.close();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
