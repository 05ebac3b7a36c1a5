import { Client as Host } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { serveSandbox } from '../../src/sandbox/serve.ts';
import { binary } from './binary.ts';
import { checked } from './checked.ts';
import { schemaValidator } from './schema_validator.ts';
import { allToolsets, callsOf, type World } from './world.ts';

export interface ServedWorld extends World, AsyncDisposable {
  /** What follows meets the archive as it was at the start. */
  renew(): void;
}

/** Host ↔ built server ↔ real sockets ↔ sandbox: `world`, with nothing in one process but the host and the sandbox. */
export async function servedWorld(): Promise<ServedWorld> {
  const requests: string[] = [];
  let current: Sandbox | undefined;
  const served = await serveSandbox({
    port: 0,
    indexLagMs: 20,
    backgroundMs: 20,
    fetch: () => async (input, init) => {
      const request = new Request(input, init);
      const { pathname, search } = new URL(request.url);
      requests.push(`${request.method} ${pathname}${search}`);
      return (current ?? original).fetch(request);
    },
  });
  const original = checked(served.sandbox);
  const log: string[] = [];
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [binary, '--rate', '0', '--toolsets', allToolsets.join()],
    env: {
      PATH: process.env.PATH ?? '',
      ICONIK_BASE_URL: served.url,
      ICONIK_APP_ID: served.appId,
      ICONIK_AUTH_TOKEN: served.authToken,
    },
    stderr: 'pipe',
  });
  transport.stderr?.on('data', (chunk) => log.push(String(chunk)));
  const host = new Host({ name: 'test', version: '0' }, { jsonSchemaValidator: schemaValidator });
  await host.connect(transport);
  await host.listTools();
  return {
    host,
    requests,
    log,
    get sandbox() {
      return current ?? original;
    },
    ...callsOf(host),
    renew() {
      current = original.fork();
    },
    async [Symbol.asyncDispose]() {
      await host.close();
      await served.close();
    },
  };
}
