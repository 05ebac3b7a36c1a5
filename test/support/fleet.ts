import { once } from 'node:events';
import { binary, type Running, start } from './binary.ts';
import { STATE_KEY } from './replicas.ts';
import type { CallAnswer } from './team.ts';

/** One of the built servers that share a Redis: a process of its own, called over a real socket. */
export interface Replica {
  readonly running: Running;
  readonly url: string;
  /** Sends one message, with the credentials that all callers here have. */
  send(message: object, headers?: Readonly<Record<string, string>>): Promise<Response>;
  call(name: string, args: object): Promise<CallAnswer>;
}

export interface ReplicaOptions {
  readonly redis: { readonly url: string };
  readonly iconik: { readonly url: string; readonly appId: string; readonly authToken: string };
  readonly argv?: readonly string[];
}

const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

export async function replica({ redis, iconik, argv = [] }: ReplicaOptions): Promise<Replica> {
  const running = start({
    args: [binary, 'serve', '--port', '0', '--state', redis.url, '--replicas', '3', ...argv],
    env: { ICONIK_BASE_URL: iconik.url, ICONIK_STATE_KEY: STATE_KEY },
  });
  await once(running.child.stdout, 'data');
  const url = /serves (\S+)/.exec(running.stdout())?.[1] ?? '';
  const own = { ...HEADERS, 'x-iconik-app-id': iconik.appId, 'x-iconik-auth-token': iconik.authToken };
  const send: Replica['send'] = (message, headers = {}) =>
    fetch(url, {
      method: 'POST',
      headers: { ...own, ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
    });
  return {
    running,
    url,
    send,
    async call(name, args) {
      const response = await send({ method: 'tools/call', params: { name, arguments: args } });
      const { result } = (await response.json()) as CallAnswer['data'];
      return { text: result.content[0].text, isError: result.isError ?? false, data: result.structuredContent };
    },
  };
}
