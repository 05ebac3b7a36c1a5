import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { converse } from './conversation.ts';
import { MAX_CPU, MAX_MEMORY, MAX_REQUESTS } from './limits.ts';
import type { Ending, Functions, Limits, Start } from './messages.ts';
import { createPlaces } from './places.ts';

export type { Ending, Table } from './messages.ts';

/** Put in by the build and by the tests: where `worker.ts` is as a file that a thread can load, seen from this one. */
declare const __PROGRAM_FILE__: string;
/** Missing from Node's types. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<WebAssembly.Module> };

const LIMITS: Limits = {
  cpu: MAX_CPU,
  memory: MAX_MEMORY << 20,
  stack: 256 << 10,
  calls: MAX_REQUESTS,
  result: 4_000_000,
  args: 100_000,
};

/** Programs that run at a time; the others wait. */
const MAX_PROGRAMS = 3;
/** Milliseconds after which a thread that does not look at the clock itself is ended. */
const GRACE = 1_000;

const FILE = new URL(__PROGRAM_FILE__, import.meta.url);
const places = createPlaces(MAX_PROGRAMS);

export interface Program {
  /** The body of an async function; what it returns is the result. */
  readonly source: string;
  /** Milliseconds since 1970 that the program takes for now. */
  readonly now: number;
  /** What the program can call, each with its arguments as plain data; a rejection is an error inside of the program. */
  readonly functions: Functions;
  /** Milliseconds until it is ended. */
  readonly time: number;
  readonly signal: AbortSignal;
  /** In place of the usual ones. */
  readonly limits?: Partial<Limits>;
}

/**
 * Runs a program in a thread of its own, with nothing but the given functions: no files, network, timers or objects of
 * ours. Rejects with the signal's reason, and with an error where no thread could be started.
 */
export async function runProgram(program: Program): Promise<Ending> {
  const over = AbortSignal.timeout(Math.max(1, Math.floor(program.time)));
  const signal = AbortSignal.any([program.signal, over]);
  try {
    const giveBack = await places.take(signal);
    try {
      return await inThread(program, signal);
    } finally {
      giveBack();
    }
  } catch (error) {
    if (over.aborted && !program.signal.aborted) return { ok: false, fault: { kind: 'time' } };
    throw error;
  }
}

async function inThread(program: Program, signal: AbortSignal): Promise<Ending> {
  const { source, now, functions } = program;
  const limits = { ...LIMITS, ...program.limits };
  const start: Start = { source, now, functions: Object.keys(functions), limits, wasmModule: await interpreter() };
  const worker = new Worker(FILE, {
    workerData: start,
    env: {},
    execArgv: [],
    // stdout belongs to the protocol.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  });
  worker.unref();
  try {
    return await converse(worker, { functions, silence: limits.cpu + GRACE }, signal);
  } finally {
    void worker.terminate();
  }
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiled once for all threads: compiling takes longer than anything else that a thread does to start. */
async function interpreter(): Promise<WebAssembly.Module> {
  compiled ??= readFile(new URL('./quickjs.wasm', FILE)).then((bytes) => WebAssembly.compile(bytes));
  try {
    return await compiled;
  } catch (error) {
    compiled = undefined;
    throw error;
  }
}
