import { Agent, createServer, request as send } from 'node:http';
import { answers } from './faults.mjs';
import { between, createRandom, oneOf, weighted } from './random.mjs';

/** How many of a thousand requests meet which fault. "After": the sandbox has done it, and only the answer is lost. */
const FAULTS = {
  'slow answer': 40,
  'slow body': 20,
  '5xx before': 20,
  '5xx after': 15,
  '503 with Retry-After': 4,
  '429 without Retry-After': 0.5,
  'reset before': 10,
  'reset after': 10,
  'reset in the body': 10,
  'body cut short': 5,
  'body is no JSON': 3,
  'no answer at all': 0.7,
  'connection closed after': 15,
};
const MARKS = /soak-\d+-\d+(?:x\d+)?/g;

/**
 * A proxy on loopback that hands requests on to `target` and does to them what networks and gateways do. Every some
 * seconds it answers 429 for a moment, as a rate limit does.
 */
export async function startProxy(target, seed) {
  const random = createRandom(seed);
  const agent = new Agent({ keepAlive: true });
  const seen = {
    requests: 0,
    faults: {},
    /** Requests that wait for their answer: what they are, and what was done to them. */
    open: new Set(),
    sockets: new Set(),
    mostSockets: 0,
    /** By mark: how often the sandbox has done it, and when a request with it last came in. */
    done: new Map(),
    lastCame: new Map(),
    quiet: false,
  };
  let throttled = { from: performance.now() + 5_000, to: 0 };

  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    seen.requests += 1;
    const own = { what: `${request.method} ${request.url}`, fault: 'none yet' };
    seen.open.add(own);
    response.once('close', () => seen.open.delete(own));
    handle(request, response, own).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    seen.sockets.add(socket);
    seen.mostSockets = Math.max(seen.mostSockets, seen.sockets.size);
    socket.once('close', () => seen.sockets.delete(socket));
    socket.on('error', () => undefined);
  });

  async function handle(request, response, own) {
    const body = await readAll(request);
    const writes = request.method !== 'GET' && !request.url.includes('/search/');
    const marks = writes ? new Set(body.toString().match(MARKS)) : [];
    for (const mark of marks) seen.lastCame.set(mark, performance.now());
    const forward = async () => {
      const answer = await forwarded(agent, target, request, body);
      if (answer.status < 300) for (const mark of marks) seen.done.set(mark, (seen.done.get(mark) ?? 0) + 1);
      return answer;
    };
    const fault = pick();
    own.fault = fault ?? 'none';
    if (fault) seen.faults[fault] = (seen.faults[fault] ?? 0) + 1;
    await pause(seen.quiet ? 0 : between(random, 5, 60));
    await answers[fault ?? 'as it is']({ forward, response, random, writes });
  }

  function pick() {
    if (seen.quiet) return undefined;
    const now = performance.now();
    if (now > throttled.from) throttled = { from: now + between(random, 30_000, 80_000), to: now + 500 };
    if (now < throttled.to) return oneOf(random, ['429 with Retry-After', '429 with RateLimit-Reset']);
    const sum = Object.values(FAULTS).reduce((all, one) => all + one);
    const name = weighted(random, { 'as it is': 1_000 - sum, ...FAULTS });
    return name === 'as it is' ? undefined : name;
  }

  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    seen,
    close() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function readAll(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The target's whole answer. It is asked even if nobody waits any more: a request on its way is not taken back. */
function forwarded(agent, target, { method, url, headers }, body) {
  const { connection: _, 'transfer-encoding': __, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const own = { ...kept, host: new URL(target).host, 'content-length': body.length };
    const outgoing = send(target + url, { method, agent, headers: own }, async (answer) => {
      const type = answer.headers['content-type'] ?? 'application/json';
      const id = answer.headers['x-request-id'];
      resolve({
        status: answer.statusCode,
        headers: { 'content-type': type, ...(id && { 'x-request-id': id }) },
        body: await readAll(answer),
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
