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

describe('a program that takes too much', () => {
  test.each([
    ['a loop', 'for (;;) {}'],
    ['a loop of promises', 'const f = () => Promise.resolve().then(f); await f();'],
    ['an expression that goes back without end', '/(a+)+$/.test("a".repeat(50) + "b");'],
    ['a loop that catches what ends it', 'for (;;) { try { for (;;) {} } catch {} }'],
    ['a getter that never ends', 'return { get a() { for (;;) {} } };'],
  ])('of time is ended: %s', async (_, source) => {
    expect(await faultOf(source, { limits: { cpu: 200 } })).toEqual({ kind: 'cpu' });
  });

  test.each([
    ['objects', 'const all = []; for (;;) all.push({ a: [1, 2, 3] });'],
    [
      'a string',
      'let s = "xxxxxxxx"; for (let n = 0; n < 26; n += 1) s += s; return [s + 1, s + 2, s + 3].map((x) => x.split("")).length;',
    ],
    ['promises', 'return Promise.all(Array.from({ length: 1e6 }, () => new Promise(() => {})));'],
  ])('of memory is ended: %s', async (_, source) => {
    const fault = await faultOf(source);
    expect(['memory', 'cpu']).toContain(fault.kind);
  });

  test('of the stack is ended', async () => {
    expect(await faultOf('const f = (n) => f(n + 1) + 1; return f(0);')).toEqual({ kind: 'stack' });
    expect(
      await faultOf('const a = []; let b = a; for (let n = 0; n < 1e5; n += 1) { b.push([]); b = b[0]; } return a;'),
    ).toMatchObject({
      // A slow machine ends it by its time.
      kind: expect.stringMatching(/stack|error|cpu/),
    });
  });

  test('of requests is told so', async () => {
    let asked = 0;
    const functions = {
      read: async () => {
        asked += 1;
      },
    };
    const fault = await faultOf('return Promise.all(Array.from({ length: 5_000 }, () => read(1)));', { functions });
    expect(fault).toMatchObject({ kind: 'error', message: expect.stringContaining('500') });
    expect(asked).toBe(500);
  });

  test('of the result is told so', async () => {
    expect(await faultOf('return "x".repeat(5e6);')).toEqual({ kind: 'result' });
  });

  test('of the time of its call is ended', async () => {
    const functions = { read: () => new Promise(() => {}) };
    expect(await faultOf('return read(1);', { functions, time: 300 })).toEqual({ kind: 'time' });
  });
});

describe('while a program runs', () => {
  test('another one ends, and so do timers and promises of ours', async () => {
    const order: string[] = [];
    const loop = run('for (;;) {}', { limits: { cpu: 1_000 } }).then(() => order.push('loop'));
    await new Promise((done) => setTimeout(done, 20));
    order.push('timer');
    expect(await resultOf('return 1;')).toBe(1);
    order.push('other');
    await loop;
    expect(order).toEqual(['timer', 'other', 'loop']);
  });
});
