import { spawn } from 'node:child_process';

export interface Started {
  /** Tools that it lists; `undefined`: it did not get so far. */
  readonly tools?: number;
  /** What it wrote last, or why it could not be started. */
  readonly cause?: string;
}

export interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Milliseconds for the start and the list of tools. */
const MAX_START = 15_000;
/** Characters of what it writes that are kept. */
const MAX_KEPT = 4_000;

const HELLO = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'iconik-mcp doctor', version: '1' },
};

/** Starts a server as its host would, asks for its tools and ends it. Never rejects. */
export function started({ command, args, env }: Start): Promise<Started> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: 'pipe', windowsHide: true });
    let errors = '';
    let rest = '';
    const end = (result: Started): void => {
      clearTimeout(timer);
      // What a starter such as npx has started itself ends with its input.
      child.stdin.end();
      child.kill();
      resolve(result);
    };
    const timer = setTimeout(() => end({ cause: `no answer within ${MAX_START / 1_000} s` }), MAX_START);
    const send = (message: object): void => {
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    };
    child.on('error', (error: NodeJS.ErrnoException) => end({ cause: `${command}: ${error.code ?? error.message}` }));
    child.on('close', (code) => end({ cause: lastLine(errors) ?? `it ends at once (exit code ${code})` }));
    child.stdin.on('error', () => undefined);
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors = (errors + chunk).slice(-MAX_KEPT);
    });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const { id, result } = messageIn(line);
        if (id === 1) {
          send({ method: 'notifications/initialized' });
          send({ id: 2, method: 'tools/list' });
        } else if (id === 2) end({ tools: result?.tools?.length ?? 0 });
      }
    });
    send({ id: 1, method: 'initialize', params: HELLO });
  });
}

interface Message {
  readonly id?: unknown;
  readonly result?: { readonly tools?: readonly unknown[] };
}

function messageIn(line: string): Message {
  try {
    return JSON.parse(line) as Message;
  } catch {
    return {};
  }
}

const lastLine = (text: string): string | undefined => text.trim().split('\n').at(-1) || undefined;
