/** What the thread of a program is given when it starts (`workerData`). */
export interface Start {
  readonly source: string;
  /** Milliseconds since 1970 that the program takes for now. */
  readonly now: number;
  /** Names under which the program calls us. */
  readonly functions: readonly string[];
  readonly limits: Limits;
  /** The interpreter, compiled. */
  readonly wasmModule: WebAssembly.Module;
}

export interface Limits {
  /** Milliseconds of computing, waiting not counted. */
  readonly cpu: number;
  /** Bytes of the interpreter. */
  readonly memory: number;
  /** Bytes of its stack. */
  readonly stack: number;
  /** Calls of the given functions. */
  readonly calls: number;
  /** Characters of the result as JSON, all tables included. */
  readonly result: number;
  /** Characters of the arguments of one call as JSON. */
  readonly args: number;
}

/** The answer to a call: `json` where it succeeded, else the message of an error. */
export interface Answered {
  readonly id: number;
  readonly json?: string;
  readonly error?: string;
}

export type Fault =
  /** The program does not compile, or throws. */
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly line?: number;
      readonly column?: number;
    }
  /** A limit ended it. `stuck`: it waits for nothing that could come. */
  | { readonly kind: 'cpu' | 'memory' | 'stack' | 'result' | 'stuck' };

export type FromProgram =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly json: string }
  /** It has taken in so many answers and waits for more. */
  | { readonly kind: 'idle'; readonly answered: number }
  | { readonly kind: 'done'; readonly json: string | undefined; readonly tables: string }
  | { readonly kind: 'failed'; readonly fault: Fault };

/** What a program can call, each with its arguments as plain data; a rejection is an error inside of the program. */
export type Functions = Readonly<Record<string, (args: readonly unknown[]) => Promise<unknown>>>;

export interface Table {
  readonly rows: readonly (readonly unknown[] | Readonly<Record<string, unknown>>)[];
  readonly columns?: unknown;
}

export type Ending =
  | { readonly ok: true; readonly value: unknown; readonly tables: readonly Table[] }
  | { readonly ok: false; readonly fault: Fault | { readonly kind: 'time' } };
