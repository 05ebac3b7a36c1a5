import type { Script, Upstream } from '../support/upstream.ts';
import { type Host, type HostOptions, hostOf, obliging, upstream } from './host.ts';

interface Pair {
  readonly options: string;
  readonly up: Upstream;
  readonly host: Host;
}

/** Servers that wait for their next test, the longest first. They leave with this process, whose end they read on stdin. */
const idle: Pair[] = [];
/** As many as the tests of one file that run at a time. */
const MAX_IDLE = 5;

/**
 * As `against`, with a server that passed earlier tests in this process, if there is one with the same options: most of
 * what a test takes is the start of a server. It keeps its pace, its cache and its tokens; a server that failed a test, or
 * that has ended, is not used again.
 */
export async function againstRunning<T>(
  script: Script,
  work: (host: Host, up: Upstream) => Promise<T>,
  options: Pick<HostOptions, 'flags' | 'env'> = {},
): Promise<T> {
  const pair = await take(script, options);
  try {
    const value = await work(pair.host, pair.up);
    await giveBack(pair);
    return value;
  } catch (error) {
    await end(pair);
    throw error;
  }
}

async function take(script: Script, options: HostOptions): Promise<Pair> {
  const key = JSON.stringify(options);
  const at = idle.findIndex((one) => one.options === key);
  const [known] = at < 0 ? [] : idle.splice(at, 1);
  if (known) {
    await known.up.renew(script);
    return known;
  }
  const up = await upstream(script);
  return { options: key, up, host: await hostOf(up.url, options) };
}

async function giveBack(pair: Pair): Promise<void> {
  const { host, up } = pair;
  if (host.child.stdin.writableEnded || host.child.exitCode !== null) return end(pair);
  await up.renew(obliging);
  // It answers in order: by now it knows that its connections are closed, and what it wrote is here after one more turn.
  await host.request('ping');
  await new Promise((resolve) => setTimeout(resolve, 1));
  host.forget();
  idle.push(pair);
  const [oldest] = idle.length > MAX_IDLE ? idle.splice(0, 1) : [];
  if (oldest) await end(oldest);
}

async function end({ host, up }: Pair): Promise<void> {
  await host[Symbol.asyncDispose]();
  await up[Symbol.asyncDispose]();
}
