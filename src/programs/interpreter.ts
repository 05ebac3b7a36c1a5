import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from 'quickjs-emscripten-core';
import type { Answered, Fault, FromProgram, Start } from './messages.ts';
import { PRELUDE } from './prelude.ts';

export interface Interpreter {
  /** Starts the program. */
  run(): void;
  /** Hands it the answer to a call, and goes on with it. */
  answer(answered: Answered): void;
}

/** Jobs (continuations of promises) that run between two looks at the time. */
const JOBS_AT_ONCE = 1_000;
const FILE = 'program.js';

/** One program in an interpreter of its own. `post` hears of its calls and, last of all, how it ended. */
export function createInterpreter(
  module: QuickJSWASMModule,
  start: Start,
  post: (message: FromProgram) => void,
): Interpreter {
  const meter = createMeter(start.limits.cpu);
  const runtime = createRuntime(module, start, meter);
  const vm = runtime.newContext({ intrinsics: INTRINSICS });
  const state: State = { asked: 0, answered: 0, ended: false };
  const end = (message: FromProgram): void => {
    if (!state.ended) post(message);
    state.ended = true;
  };

  /** Runs what `work` does in the interpreter and all jobs that follow from it. */
  const advance = (work: () => void): void => {
    if (state.ended) return;
    const fault = faultIn(meter, () => {
      work();
      runJobs(runtime, meter);
    });
    if (fault) end({ kind: 'failed', fault });
    else if (state.asked === state.answered) end({ kind: 'failed', fault: { kind: 'stuck' } });
    else if (!state.ended) post({ kind: 'idle', answered: state.answered });
  };

  let prelude: QuickJSHandle;
  return {
    run: () =>
      advance(() => {
        const exits = createExits(vm, start, { state, post, end });
        prelude = prepared(vm, start, exits);
        // A line of its own, which is taken off again where an error names one.
        const program = handleOf(vm, vm.evalCode(`(async () => {\n${start.source}\n})`, FILE));
        handleOf(vm, vm.callMethod(prelude, 'start', [program])).dispose();
      }),
    answer: ({ id, json, error }) =>
      advance(() => {
        state.answered += 1;
        const text = vm.newString(json ?? error ?? '');
        const isError = json === undefined ? vm.true : vm.false;
        handleOf(vm, vm.callMethod(prelude, 'answer', [vm.newNumber(id), text, isError])).dispose();
        text.dispose();
      }),
  };
}

interface State {
  asked: number;
  answered: number;
  ended: boolean;
}

interface Out {
  readonly state: State;
  readonly post: (message: FromProgram) => void;
  readonly end: (message: FromProgram) => void;
}

/** The three ways out of the interpreter, which the prelude keeps for itself. They take and give nothing but texts. */
function createExits(vm: QuickJSContext, { limits }: Start, { state, post, end }: Out): QuickJSHandle[] {
  const send = vm.newFunction('send', (id, name, json) => {
    const text = vm.getString(json);
    if (text.length > limits.args) throw new Error(`the arguments of a call are longer than ${limits.args} characters`);
    state.asked += 1;
    post({ kind: 'call', id: vm.getNumber(id), name: vm.getString(name), json: text });
  });
  const done = vm.newFunction('done', (value, rows) => {
    const json = vm.typeof(value) === 'string' ? vm.getString(value) : undefined;
    const tables = vm.getString(rows);
    if ((json?.length ?? 0) + tables.length > limits.result) end({ kind: 'failed', fault: { kind: 'result' } });
    else end({ kind: 'done', json, tables });
  });
  const fail = vm.newFunction('fail', (name, message, stack) => {
    end({ kind: 'failed', fault: faultOf(vm.getString(name), vm.getString(message), vm.getString(stack)) });
  });
  return [send, done, fail];
}

/** Runs the prelude; what it hands back starts the program and answers its calls. */
function prepared(vm: QuickJSContext, { functions, now, limits }: Start, exits: QuickJSHandle[]): QuickJSHandle {
  const make = handleOf(vm, vm.evalCode(PRELUDE, 'prelude.js'));
  const names = handleOf(vm, vm.evalCode(JSON.stringify(functions), 'prelude.js'));
  return handleOf(
    vm,
    vm.callFunction(make, vm.undefined, ...exits, names, vm.newNumber(now), vm.newNumber(limits.calls)),
  );
}

function createRuntime(module: QuickJSWASMModule, { limits }: Start, meter: Meter): QuickJSRuntime {
  const runtime = module.newRuntime();
  runtime.setMemoryLimit(limits.memory);
  runtime.setMaxStackSize(limits.stack);
  runtime.setInterruptHandler(() => meter.isOver());
  return runtime;
}

/** What ends a program in the time that `work` takes. */
function faultIn(meter: Meter, work: () => void): Fault | undefined {
  meter.begin();
  try {
    work();
    return meter.isOver() ? { kind: 'cpu' } : undefined;
  } catch (error) {
    // The frames of the interpreter are on the stack of this thread, too.
    return error instanceof RangeError ? { kind: 'stack' } : thrown(error);
  } finally {
    meter.pause();
  }
}

/** No buffers that could be shared or that the limit of memory would not count, and no proxies. */
const INTRINSICS = {
  BaseObjects: true,
  Date: true,
  Eval: true,
  StringNormalize: true,
  RegExpCompiler: true,
  RegExp: true,
  JSON: true,
  MapSet: true,
  Promise: true,
  BigInt: true,
};

interface Meter {
  begin(): void;
  pause(): void;
  isOver(): boolean;
}

/** Counts the milliseconds between `begin` and `pause`. Once over, it stays so. */
function createMeter(limit: number): Meter {
  let used = 0;
  let since: number | undefined;
  const spent = (): number => used + (since === undefined ? 0 : performance.now() - since);
  return {
    begin() {
      since = performance.now();
    },
    pause() {
      used = spent();
      since = undefined;
    },
    isOver: () => spent() > limit,
  };
}

function runJobs(runtime: QuickJSRuntime, meter: Meter): void {
  while (runtime.hasPendingJob() && !meter.isOver()) {
    const result = runtime.executePendingJobs(JOBS_AT_ONCE);
    // A job that throws is one of ours that was interrupted: those of the program reject a promise.
    if (result.error) result.error.dispose();
  }
}

/** A fault that was thrown in the interpreter. */
class Thrown extends Error {
  override readonly name = 'Thrown';
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.kind);
    this.fault = fault;
  }
}

function thrown(error: unknown): Fault {
  if (error instanceof Thrown) return error.fault;
  return { kind: 'error', name: 'InternalError', message: 'the interpreter stopped' };
}

function handleOf(vm: QuickJSContext, result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle {
  if (!result.error) return result.value;
  const { name, message, stack } = Object(vm.dump(result.error)) as Record<string, unknown>;
  result.error.dispose();
  throw new Thrown(faultOf(String(name ?? 'Error'), String(message ?? ''), String(stack ?? '')));
}

/** Characters of a message; a program may throw whatever it read. */
const MAX_MESSAGE = 2_000;

function faultOf(name: string, message: string, stack: string): Fault {
  if (name === 'InternalError' && message === 'out of memory') return { kind: 'memory' };
  if (name === 'InternalError' && message === 'interrupted') return { kind: 'cpu' };
  const isDeep = message === 'stack overflow' || message === 'Maximum call stack size exceeded';
  if (isDeep && name !== 'SyntaxError') return { kind: 'stack' };
  const [, line, column] = /program\.js:(\d+):(\d+)/.exec(stack) ?? [];
  return {
    kind: 'error',
    name: name.slice(0, 60),
    message: message.slice(0, MAX_MESSAGE),
    ...(line && { line: Math.max(1, Number(line) - 1), column: Number(column) }),
  };
}
