/**
 * What runs in the interpreter before the program: it leaves the given functions, `table`, `now` and a clock that stands
 * still, and hands back how to start the program and how to answer a call. It gets `send`, `done` and `fail` of the thread;
 * the program sees none of them. Whatever the program does to the built-in objects, it does to itself.
 */
export const PRELUDE = `(function (send, done, fail, names, time, most) {
  'use strict';
  const { parse, stringify } = JSON;
  const waiting = new Map();
  let last = 0;
  const call = (name, args) =>
    new Promise((resolve, reject) => {
      if (last === most) throw new Error('a program may ask ' + most + ' times');
      last += 1;
      send(last, name, stringify(args));
      waiting.set(last, { resolve, reject, stack: new Error().stack });
    });
  for (const name of names) globalThis[name] = (...args) => call(name, args);

  const tables = [];
  globalThis.table = (rows, columns) => {
    const isRow = (row) => typeof row === 'object' && row !== null;
    if (!Array.isArray(rows) || !rows.every(isRow)) throw new TypeError('table(rows) takes a list of objects or of lists');
    tables.push({ rows, columns });
    return { table: tables.length, rows: rows.length };
  };

  const Real = Date;
  const Given = function (...args) {
    if (!new.target) return new Real(time).toString();
    return Reflect.construct(Real, args.length > 0 ? args : [time], new.target);
  };
  Given.prototype = Real.prototype;
  Given.prototype.constructor = Given;
  Object.assign(Given, { now: () => time, parse: Real.parse, UTC: Real.UTC });
  globalThis.Date = Given;
  globalThis.now = new Real(time).toISOString();
  Math.random = () => {
    throw new Error('Math.random is not available: the same program gives the same answer');
  };

  const plain = (key, value) => {
    if (typeof value === 'bigint') return value.toString();
    if (value instanceof Map) return Object.fromEntries(value);
    if (value instanceof Set) return [...value];
    return value;
  };
  return {
    start(program) {
      const end = (value) => done(stringify(value, plain), stringify(tables, plain));
      const stop = (error) => {
        const { name, message, stack } = typeof error === 'object' && error !== null ? error : { message: error };
        fail(String(name ?? 'Error'), String(message), String(stack ?? ''));
      };
      Promise.resolve(program()).then(end).catch(stop);
    },
    answer(id, text, isError) {
      const { resolve, reject, stack } = waiting.get(id);
      waiting.delete(id);
      if (!isError) return resolve(parse(text));
      const error = new Error(text);
      error.stack = stack;
      reject(error);
    },
  };
})`;
