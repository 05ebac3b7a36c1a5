import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { binary } from './binary.ts';

export interface Ended {
  readonly code: number | null;
  /** All that it wrote, on stdout and stderr. */
  readonly text: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of Node.js. */
  readonly node?: readonly string[];
}

/** A home folder of its own, on a machine without any host. */
export interface Home extends Disposable {
  readonly path: string;
  at(name: string): string;
  has(name: string): boolean;
  read(name: string): string;
  mode(name: string): number;
  write(name: string, text: string, mode?: number): void;
  /** Runs the built binary without a terminal. */
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Runs it in a terminal, where a person types each answer once its question is there. */
  inTerminal(
    args: readonly string[],
    answers: readonly (readonly [question: string, answer: string])[],
    options?: RunOptions,
  ): Promise<Ended>;
}

export function newHome(): Home {
  const path = mkdtempSync(join(tmpdir(), 'home-'));
  const at = (name: string): string => join(path, name);
  mkdirSync(at('bin'));
  const environment = ({ env = {} }: RunOptions) => ({ HOME: path, PATH: at('bin'), ...env });
  return {
    path,
    at,
    has: (name) => existsSync(at(name)),
    read: (name) => readFileSync(at(name), 'utf8'),
    mode: (name) => statSync(at(name)).mode & 0o777,
    write(name, text, mode = 0o644) {
      mkdirSync(dirname(at(name)), { recursive: true });
      writeFileSync(at(name), text);
      chmodSync(at(name), mode);
    },
    run: (args, options = {}) =>
      ended(
        spawn(process.execPath, [...(options.node ?? []), binary, ...args], {
          env: environment(options),
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
      ),
    inTerminal(args, answers, options = {}) {
      const command = ['exec', process.execPath, binary, ...args].map((word) => `'${word}'`).join(' ');
      const variables = Object.entries(environment(options)).map(([name, value]) => `${name}='${value}'`);
      const script = `${variables.join(' ')} ${command.replace("'exec' ", '')}`;
      const child = spawn('script', ['-qfec', script, '/dev/null'], {
        env: { PATH: process.env.PATH, SHELL: '/bin/sh' },
      });
      const left = [...answers];
      let heard = '';
      child.stdout.on('data', (chunk) => {
        heard += chunk;
        const [question, answer] = left[0] ?? [];
        if (question === undefined || !heard.includes(question)) return;
        left.shift();
        heard = '';
        child.stdin.write(`${answer}\r`);
      });
      return ended(child);
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      text += chunk;
    });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, text })));
}
