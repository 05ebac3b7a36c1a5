import { Client as Host, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { binary } from './binary.ts';
import { callsOf } from './world.ts';

/** The revision of the protocol that has no `initialize`. */
export const REVISION = '2026-07-28';

export interface ModernOptions {
  /** What the person in front of the host answers; without it the host shows no questions. */
  readonly answer?: (question: string) => 'accept' | 'decline' | 'cancel' | Promise<'accept' | 'decline' | 'cancel'>;
}

export type ModernHost = Awaited<ReturnType<typeof modernHost>>;

/** A host of the newer SDK that speaks nothing older than `REVISION`. */
export async function modernHost(to: URL | 'stdio', { answer }: ModernOptions = {}) {
  const host = new Host(
    { name: 'test', version: '0' },
    {
      versionNegotiation: { mode: { pin: REVISION } },
      ...(answer && { capabilities: { elicitation: { form: {} } } }),
    },
  );
  if (answer)
    host.setRequestHandler('elicitation/create', async ({ params }) => ({ action: await answer(params.message) }));
  const transport =
    to === 'stdio'
      ? new StdioClientTransport({
          command: process.execPath,
          args: [binary, '--sandbox', '--rate', '0'],
          env: { PATH: process.env.PATH ?? '' },
          stderr: 'ignore',
        })
      : new StreamableHTTPClientTransport(to);
  await host.connect(transport);
  return { host, ...callsOf(host), [Symbol.asyncDispose]: () => host.close() };
}

export interface Sender {
  readonly elicitation?: object;
  readonly revision?: string;
}

/** What each message says of whoever sends it. */
export const envelope = ({ elicitation, revision = REVISION }: Sender = {}) => ({
  'io.modelcontextprotocol/protocolVersion': revision,
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '0' },
  'io.modelcontextprotocol/clientCapabilities': { ...(elicitation && { elicitation }) },
});
