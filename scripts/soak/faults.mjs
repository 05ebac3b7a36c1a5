import { between, oneOf } from './random.mjs';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const HTML = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** Gateways answer with a page, Iconik with JSON. */
const page = (status) => ({
  status,
  headers: HTML,
  body: Buffer.from(`<html><body><h1>${status}</h1><hr>gateway</body></html>`),
});
const failed = (random, status) =>
  random() < 0.5
    ? page(status)
    : { status, headers: JSON_TYPE, body: Buffer.from(JSON.stringify({ errors: [`Status ${status}`] })) };

function answer(response, { status, headers, body }, more = {}) {
  response.writeHead(status, { ...headers, ...more, 'content-length': body.length });
  response.end(body);
}

/** Half of the body, then nothing. */
async function half(response, { status, headers, body }) {
  response.writeHead(status, { ...headers, 'content-length': Math.max(body.length, 2) });
  response.write(body.subarray(0, Math.floor(body.length / 2)));
  await pause(10);
}

/** A reset of a socket that is just being ended fails, and leaves it open for ever. */
function reset({ socket }) {
  if (socket?.writableEnded) socket.destroy();
  else socket?.resetAndDestroy();
}

/** What each fault does; `forward` has the sandbox do it and answers what the sandbox says. */
export const answers = {
  'as it is': async ({ forward, response }) => answer(response, await forward()),

  async 'slow answer'({ forward, response, random }) {
    await pause(between(random, 200, 2_000));
    answer(response, await forward());
  },
  async 'slow body'({ forward, response, random }) {
    const { status, headers, body } = await forward();
    response.writeHead(status, headers);
    const pieces = 8;
    for (let piece = 0; piece < pieces; piece += 1) {
      const [from, to] = [piece, piece + 1].map((at) => Math.floor((at * body.length) / pieces));
      response.write(body.subarray(from, to));
      await pause(between(random, 20, 200));
    }
    response.end();
  },

  '5xx before': async ({ response, random }) => answer(response, failed(random, oneOf(random, [500, 502, 503, 504]))),
  async '5xx after'({ forward, response, random, writes }) {
    await forward();
    // A 503 promises that nothing was done. For a read that makes no difference.
    answer(response, failed(random, oneOf(random, writes ? [500, 502, 504] : [500, 502, 503, 504])));
  },
  '503 with Retry-After': async ({ response, random }) => answer(response, failed(random, 503), { 'retry-after': '1' }),
  '429 with Retry-After': async ({ response, random }) => answer(response, failed(random, 429), { 'retry-after': '1' }),
  '429 with RateLimit-Reset': async ({ response, random }) =>
    answer(response, failed(random, 429), { 'ratelimit-remaining': '0', 'ratelimit-reset': '1' }),
  '429 without Retry-After': async ({ response, random }) => answer(response, failed(random, 429)),

  'reset before': async ({ response }) => reset(response),
  async 'reset after'({ forward, response }) {
    await forward();
    reset(response);
  },
  async 'reset in the body'({ forward, response }) {
    await half(response, await forward());
    reset(response);
  },
  async 'body cut short'({ forward, response }) {
    await half(response, await forward());
    response.socket?.end();
  },
  async 'body is no JSON'({ forward, response, random }) {
    const { status, headers, body } = await forward();
    if (random() < 0.5) return answer(response, page(200));
    answer(response, { status, headers, body: body.subarray(0, Math.floor(body.length / 2)) });
  },
  // Until the other side gives up.
  async 'no answer at all'({ forward, random }) {
    if (random() < 0.5) await forward();
  },
  // Often just when the next request is on its way.
  async 'connection closed after'({ forward, response, random }) {
    const { socket } = response;
    answer(response, await forward());
    await pause(between(random, 0, 20));
    socket?.end();
  },
};
