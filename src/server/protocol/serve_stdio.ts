import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { MAX_LINE } from '../lines.ts';
import type { Log } from '../log.ts';
import { jsonLines } from '../stdio.ts';
import { readMessage } from './message.ts';

/** Serves one host over stdin and stdout until it closes them. Lines that are no JSON-RPC are answered as such. */
export async function serveStdio(server: Server, log: Log): Promise<void> {
  const wire = jsonLines(process.stdin, process.stdout);
  const refuse = (id: string | number | null, code: number, message: string): void =>
    wire.send({ jsonrpc: '2.0', id, error: { code, message } });
  const transport: Transport = {
    send: async (message) => wire.send(message),
    close: async () => transport.onclose?.(),
    start: async () =>
      wire.read({
        tooLong: () => refuse(null, -32_600, `Invalid Request: a line is longer than ${MAX_LINE} bytes`),
        notJson: () => refuse(null, -32_700, 'Parse error'),
        message(given) {
          const read = readMessage(given);
          if ('message' in read) return transport.onmessage?.(read.message);
          if (read.fault.id === null) log.debug('a line that is no JSON-RPC message');
          refuse(read.fault.id, read.fault.code, read.fault.message);
        },
      }),
  };
  await server.connect(transport);
}
