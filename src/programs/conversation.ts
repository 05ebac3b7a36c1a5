import type { Worker } from 'node:worker_threads';
import type { Answered, Ending, Fault, FromProgram, Functions, Table } from './messages.ts';

interface Answering {
  readonly functions: Functions;
  /** Milliseconds after which a thread that has work and says nothing is given up: it cannot be interrupted from inside. */
  readonly silence: number;
}

/** Answers the calls of a thread until it says how its program ended. Rejects with the signal's reason. */
export function converse(worker: Worker, { functions, silence }: Answering, signal: AbortSignal): Promise<Ending> {
  let sent = 0;
  let stop: () => void = () => undefined;
  const ended = new Promise<Ending>((resolve, reject) => {
    const watchdog = createWatchdog(silence, () => resolve({ ok: false, fault: { kind: 'cpu' } }));
    stop = () => {
      watchdog.end();
      reject(signal.reason);
    };
    const answer = (answered: Answered): void => {
      sent += 1;
      watchdog.watch();
      worker.postMessage(answered);
    };
    worker.once('online', () => watchdog.watch());
    worker.once('error', (error) => resolve({ ok: false, fault: crashed(error) }));
    worker.once('exit', () => {
      watchdog.end();
      resolve({ ok: false, fault: { kind: 'memory' } });
    });
    worker.on('message', (message: FromProgram) => {
      if (message.kind === 'call') void answerTo(functions, message).then(answer);
      else if (message.kind === 'idle') watchdog.heard(message.answered < sent);
      else resolve(endingOf(message));
    });
  });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return ended.finally(() => signal.removeEventListener('abort', stop));
}

interface Watchdog {
  /** The thread has work. */
  watch(): void;
  /** The thread has said something. */
  heard(hasWork: boolean): void;
  end(): void;
}

function createWatchdog(ms: number, bark: () => void): Watchdog {
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  const dog: Watchdog = {
    watch() {
      if (!over) timer ??= setTimeout(bark, ms);
    },
    heard(hasWork) {
      clearTimeout(timer);
      timer = undefined;
      if (hasWork) dog.watch();
    },
    end() {
      over = true;
      clearTimeout(timer);
    },
  };
  return dog;
}

type Call = Extract<FromProgram, { readonly kind: 'call' }>;

async function answerTo(functions: Functions, { id, name, json }: Call): Promise<Answered> {
  try {
    const call = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!call) return { id, error: `there is no ${name}` };
    return { id, json: JSON.stringify((await call(JSON.parse(json))) ?? null) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

function endingOf(message: Extract<FromProgram, { readonly kind: 'done' | 'failed' }>): Ending {
  if (message.kind === 'failed') return { ok: false, fault: message.fault };
  const value = message.json === undefined ? undefined : JSON.parse(message.json);
  const tables: unknown = JSON.parse(message.tables);
  // A program can change how its objects are written as JSON.
  if (Array.isArray(tables)) return { ok: true, value, tables: tables as Table[] };
  return { ok: false, fault: { kind: 'error', name: 'TypeError', message: 'toJSON spoils the result' } };
}

function crashed(error: unknown): Fault {
  const { code } = Object(error) as { readonly code?: unknown };
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return { kind: 'memory' };
  if (error instanceof RangeError) return { kind: 'stack' };
  return { kind: 'error', name: 'Error', message: 'the thread ended' };
}
