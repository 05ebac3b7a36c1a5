import { describe, expect, test } from 'vitest';
import { type Ending, type Program, runProgram } from '../../src/programs/index.ts';

const NOW = Date.UTC(2026, 2, 1, 9, 30);

const run = (source: string, options: Partial<Program> = {}): Promise<Ending> =>
  runProgram({ source, now: NOW, functions: {}, time: 30_000, signal: new AbortController().signal, ...options });

const resultOf = async (source: string, options: Partial<Program> = {}): Promise<unknown> => {
  const ending = await run(source, options);
  if (!ending.ok) throw new Error(JSON.stringify(ending.fault));
  return ending.value;
};

const faultOf = async (source: string, options: Partial<Program> = {}) => {
  const ending = await run(source, options);
  if (ending.ok) throw new Error(`it ended with ${JSON.stringify(ending.value)}`);
  return ending.fault;
};

/** Answers with what it was asked. */
const echo = { read: async (args: readonly unknown[]) => args };

describe('a program', () => {
  test('returns data', async () => {
    expect(await resultOf('return { sum: [1, 2, 3].reduce((a, b) => a + b) };')).toEqual({ sum: 6 });
    expect(await resultOf('return [new Map([["a", 1]]), new Set([2]), 12345678901234567890n];')).toEqual([
      { a: 1 },
      [2],
      '12345678901234567890',
    ]);
    expect(await resultOf('1 + 1')).toBeUndefined();
  });

  test('waits for what it asks, one after the other and all at once', async () => {
    expect(await resultOf('return await read("GET /x/", { path: { id: 1 } });', { functions: echo })).toEqual([
      'GET /x/',
      { path: { id: 1 } },
    ]);
    const source = 'return (await Promise.all([1, 2, 3].map((n) => read(n)))).flat();';
    expect(await resultOf(source, { functions: echo })).toEqual([1, 2, 3]);
  });

  test('hears of a refusal as an error that it can catch', async () => {
    const functions = {
      read: () => Promise.reject(new Error('no such operation')),
    };
    expect(await resultOf('try { await read(1); } catch (e) { return e.message; }', { functions })).toBe(
      'no such operation',
    );
    expect(await faultOf('const x = 1;\nawait read(x);', { functions })).toEqual({
      kind: 'error',
      name: 'Error',
      message: 'no such operation',
      line: 2,
      column: expect.any(Number),
    });
  });

  test('gives tables beside its result', async () => {
    const ending = await run('return table([{ a: 1 }, { a: 2 }], ["a"]);');
    expect(ending).toEqual({
      ok: true,
      value: { table: 1, rows: 2 },
      tables: [{ rows: [{ a: 1 }, { a: 2 }], columns: ['a'] }],
    });
    expect(await faultOf('table({ a: 1 })')).toMatchObject({ name: 'TypeError', line: 1 });
  });

  test('has a clock that stands still, in UTC', async () => {
    expect(
      await resultOf('return [now, Date.now(), new Date().toISOString(), new Date(2026, 0, 1).getTime()];'),
    ).toEqual(['2026-03-01T09:30:00.000Z', NOW, '2026-03-01T09:30:00.000Z', Date.UTC(2026, 0, 1)]);
    expect(
      await resultOf('class D extends Date {} return [new D() instanceof D, new Date("2026-01-02").getDay()];'),
    ).toEqual([true, 5]);
    expect(await faultOf('return Math.random();')).toMatchObject({ message: expect.stringContaining('Math.random') });
  });

  test('that does not compile is told where', async () => {
    expect(await faultOf('const a = 1;\nconst b = ;')).toMatchObject({ name: 'SyntaxError', line: 2, column: 11 });
    expect(await faultOf('const a = 1;\n\n  a.b.c();')).toMatchObject({ name: 'TypeError', line: 3 });
  });

  test('that waits for nothing is ended', async () => {
    expect(await faultOf('await new Promise(() => {});')).toEqual({ kind: 'stuck' });
  });
});

describe('nothing leads out of a program', () => {
  test('it has no names but those that are given', async () => {
    const names = 'return Object.getOwnPropertyNames(globalThis).filter((name) => !/^[A-Z]/.test(name)).sort();';
    expect(await resultOf(names, { functions: echo })).toEqual([
      ...['decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'eval', 'globalThis'],
      ...['isFinite', 'isNaN', 'now', 'parseFloat', 'parseInt', 'read', 'table', 'undefined', 'unescape'],
    ]);
  });

  test.each([
    'process',
    'require',
    'fetch',
    'setTimeout',
    'console',
    'WebAssembly',
    'SharedArrayBuffer',
    'Atomics',
    'postMessage',
    'performance',
    'structuredClone',
    'Proxy',
  ])('%s is unknown, by whatever way it is asked for', async (name) => {
    const ways = [
      `typeof ${name}`,
      `(0, eval)('typeof ${name}')`,
      `Function('return typeof ${name}')()`,
      `read.constructor('return typeof ${name}')()`,
      `(async () => {}).constructor('return typeof ${name}')()`,
      `[].map.constructor.constructor('return typeof ${name}')()`,
      `(() => { try { null.x } catch (e) { return e.constructor.constructor('return typeof ${name}')() } })()`,
    ];
    expect(await resultOf(`return await Promise.all([${ways.join(', ')}]);`, { functions: echo })).toEqual(
      ways.map(() => 'undefined'),
    );
  });

  test('modules cannot be loaded', async () => {
    expect(await resultOf('try { await import("node:fs"); } catch (e) { return "refused"; }')).toBe('refused');
    expect(await faultOf('import fs from "node:fs";')).toMatchObject({ name: 'SyntaxError' });
  });

  test('changed prototypes change the program alone', async () => {
    const source = `
      Object.prototype.error = 'x'; Array.prototype.toJSON = () => 'hijacked';
      Object.defineProperty(Object.prototype, 'then', { get() { return undefined; } });
      JSON.stringify = () => '{"__proto__":{"polluted":1}}';
      return await read('GET /x/', JSON.parse('{"__proto__":{"polluted":1}}'));`;
    await run(source, { functions: echo });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    const forged = 'Promise.prototype.then = function (f) { f("forged"); return { catch() {} } }; return 1;';
    expect(await run(forged)).toMatchObject({ ok: true });
  });

  test('only the given functions can be called, with plain data', async () => {
    const seen: unknown[] = [];
    const functions = { read: async (args: readonly unknown[]) => seen.push(args) };
    await resultOf('const a = [() => 1, Symbol("x"), { toJSON: () => "json" }, undefined]; return read(...a);', {
      functions,
    });
    expect(seen).toEqual([[null, null, 'json', null]]);
  });
});

describe('while a program runs', () => {
  test('cancelling its call ends it', async () => {
    const control = new AbortController();
    const functions = {
      read: async () => {
        control.abort(new Error('cancelled'));
        return 1;
      },
    };
    await expect(run('await read(1); for (;;) {}', { functions, signal: control.signal })).rejects.toThrow('cancelled');
    await expect(run('return 1;', { signal: control.signal })).rejects.toThrow('cancelled');
  });

  test('at most three run, the others wait', async () => {
    let running = 0;
    let most = 0;
    let meet: () => void = () => undefined;
    const three = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const functions = {
      read: async () => {
        running += 1;
        most = Math.max(most, running);
        if (running === 3) meet();
        // Nobody goes on before three are there, however slow the machine is.
        await three;
        await new Promise((done) => setTimeout(done, 30));
        running -= 1;
      },
    };
    await Promise.all(Array.from({ length: 7 }, () => run('await read(1);', { functions })));
    expect(most).toBe(3);
  });
});
