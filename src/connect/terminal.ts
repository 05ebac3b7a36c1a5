import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** The person at the other end. */
export interface Terminal {
  /** Whether somebody can answer. */
  readonly isThere: boolean;
  write(text: string): void;
  /** A line that is typed. Rejects with `Cancelled` where the person leaves (Ctrl-C, Ctrl-D). */
  ask(question: string): Promise<string>;
  /** The same without showing what is typed. */
  askHidden(question: string): Promise<string>;
}

/** The person left. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

export function terminalOf(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Terminal {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const ask = (question: string, shows: boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      const lines = createInterface({ input, output: shows ? output : nowhere, terminal: true, historySize: 0 });
      // Not before the terminal stopped to echo: a question invites to type.
      if (!shows) output.write(question);
      const end = (settle: () => void): void => {
        lines.removeAllListeners('close').close();
        if (!shows) output.write('\n');
        settle();
      };
      lines.on('SIGINT', () => end(() => reject(new Cancelled())));
      lines.on('close', () => end(() => reject(new Cancelled())));
      lines.question(shows ? question : '', (answer) => end(() => resolve(answer)));
    });
  return {
    isThere: input.isTTY === true && output.isTTY === true,
    write: (text) => void output.write(text),
    ask: (question) => ask(question, true),
    askHidden: (question) => ask(question, false),
  };
}
