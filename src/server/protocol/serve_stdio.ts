import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Core } from '../core.ts';
import { MAX_LINE } from '../lines.ts';
import type { Log } from '../log.ts';
import { jsonLines } from '../stdio.ts';
import { isModern, readMessage } from './message.ts';
import { connectOlder } from './older.ts';

/** Serves one host over stdin and stdout until it closes them. Lines that are no JSON-RPC are answered as such. */
export async function serveStdio(core: Core, log: Log): Promise<void> {
  const wire = jsonLines(process.stdin, process.stdout);
  const refuse = (id: string | number | null, code: number, message: string): void =>
    wire.send({ jsonrpc: '2.0', id, error: { code, message } });
  const older = (message: JSONRPCMessage): void => transport.onmessage?.(message);
  const receive = choice(older, async () => (await import('./modern.ts')).answering(core, wire.send), refuse);
  const transport: Transport = {
    send: async (message) => wire.send(message),
    close: async () => transport.onclose?.(),
    start: async () =>
      wire.read({
        tooLong: () => refuse(null, -32_600, `Invalid Request: a line is longer than ${MAX_LINE} bytes`),
        notJson: () => refuse(null, -32_700, 'Parse error'),
        message(given) {
          const read = readMessage(given);
          if ('message' in read) return receive(read.message);
          if (read.fault.id === null) log.debug('a line that is no JSON-RPC message');
          refuse(read.fault.id, read.fault.code, read.fault.message);
        },
      }),
  };
  await connectOlder(core, transport);
}

type Receive = (message: JSONRPCMessage) => void;

/**
 * Hands messages to the line of the protocol that the host opens with: the newer one, loaded then, or the older one. A
 * host that finds nothing in common with the newer one goes on with `initialize`.
 */
function choice(
  older: Receive,
  loadNewer: () => Promise<Receive>,
  refuse: (id: string | number, code: number, message: string) => void,
): Receive {
  let newer: Promise<Receive> | undefined;
  return (message) => {
    const opensNewer = isModern(message);
    if ('method' in message && message.method === 'initialize' && !opensNewer) newer = undefined;
    if (!newer && !opensNewer) return older(message);
    newer ??= loadNewer();
    newer.then(
      (receive) => receive(message),
      () => 'id' in message && message.id !== undefined && refuse(message.id, -32_603, GONE),
    );
  };
}

/** An update takes the files of the old version away. */
const GONE = 'This revision of the protocol could not be loaded. If this server was updated while it ran, restart it.';
