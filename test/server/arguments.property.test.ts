import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ArgumentError, parseArguments } from '../../src/server/arguments.ts';
import { toolsets } from '../../src/tools/index.ts';
import { examples } from '../operations/examples.ts';

const inner = z.strictObject({ width: z.int(), label: z.string().optional(), on: z.boolean().optional() });
const input = z.strictObject({
  text: z.string(),
  count: z.int().min(-1_000_000).max(1_000_000).optional(),
  share: z.number().optional(),
  ready: z.boolean().optional(),
  kind: z.enum(['MARKER', 'COMMENT']).optional(),
  names: z.array(z.string()).optional(),
  counts: z.array(z.int()).optional(),
  box: inner.optional(),
  boxes: z.array(inner).optional(),
  values: z.record(z.string(), z.unknown()).optional(),
  size: z.int().default(10),
});

type Args = Record<string, unknown>;
const parse = (args: unknown): Args => parseArguments<Args>(input, args);

function refusal(args: unknown, schema: z.ZodObject = input): string | undefined {
  try {
    parseArguments(schema, args);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ArgumentError);
    return (error as Error).message;
  }
}

const words = fc.string({ unit: 'grapheme' });
/** An empty or blank text, list or object counts as not given where an argument is optional. */
const given = words.filter((text) => text.trim() !== '');
const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
const box = fc.record(
  { width: whole, label: given, on: fc.boolean() },
  { requiredKeys: ['width'], noNullPrototype: true },
);
/** Larger numbers have been rounded on their way here, and are refused. */
const exact = fc.double({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, noNaN: true });
/** What survives JSON as it is: -0 does not. */
const json = fc
  .jsonValue()
  .map(
    (value) =>
      JSON.parse(
        JSON.stringify(value, (_, one) =>
          typeof one === 'number' && Math.abs(one) > Number.MAX_SAFE_INTEGER ? 7 : one,
        ),
      ) as unknown,
  );
/** zod leaves `__proto__` out of a record. */
const plainKey = words.filter((name) => name !== '__proto__');
const right = fc.record(
  {
    text: words,
    count: whole,
    share: exact.map((one) => one + 0),
    ready: fc.boolean(),
    kind: fc.constantFrom('MARKER', 'COMMENT'),
    names: fc.array(given, { minLength: 1, maxLength: 4 }),
    counts: fc.array(whole, { minLength: 1, maxLength: 4 }),
    box,
    boxes: fc.array(box, { minLength: 1, maxLength: 3 }),
    values: fc.dictionary(plainKey, json, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
    size: whole,
  },
  { requiredKeys: ['text'], noNullPrototype: true },
);

/** Whatever JSON can say, keys that mean something to JavaScript included. */
const key = fc.oneof(
  words,
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', ...Object.keys(input.shape)),
);
const { anyJson } = fc.letrec<{ anyJson: unknown }>((tie) => ({
  anyJson: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.constantFrom(
      '42',
      '-0',
      'true',
      '[',
      '{',
      '[1,"x"]',
      '{"width":1}',
      '{"__proto__":{"polluted":1}}',
      '1e999',
      '',
    ),
    fc.array(tie('anyJson'), { maxLength: 4 }),
    // From text, as they come from a host: `__proto__` is a key of its own there.
    fc.array(fc.tuple(key, tie('anyJson')), { maxLength: 5 }).map((pairs) => {
      const members = pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? 'null'}`);
      return JSON.parse(`{${members.join(',')}}`) as unknown;
    }),
  ),
}));

describe('arguments that are right', () => {
  test('come out as they are, with the defaults of what was not given', () => {
    fc.assert(
      fc.property(right, (args) => {
        expect(parse(args)).toEqual(input.parse(args));
        // zod leaves this key out of records.
        fc.pre(!JSON.stringify(args).includes('"__proto__"'));
        expect(parse(args)).toEqual({ size: 10, ...args });
      }),
      { numRuns: 500 },
    );
  });

  test('are not written to', () => {
    fc.assert(
      fc.property(fc.oneof(right, anyJson), (args) => {
        const before = JSON.stringify(args);
        refusal(args);
        expect(JSON.stringify(args)).toBe(before);
      }),
    );
  });
});

describe('arguments that a host has bent', () => {
  const bend: Readonly<Record<string, (value: never) => unknown>> = {
    count: (value: number) => String(value),
    size: (value: number) => ` ${value} `,
    ready: (value: boolean) => String(value),
    names: (value: string[]) => JSON.stringify(value),
    counts: (value: number[]) => JSON.stringify(value.map(String)),
    box: (value: object) => JSON.stringify(value, null, 2),
    boxes: (value: object[]) => value.map((one) => JSON.stringify(one)),
    values: (value: object) => `  ${JSON.stringify(value)}`,
  };
  const absent = ['count', 'share', 'ready', 'kind', 'names', 'counts', 'box', 'boxes', 'values', 'size'];

  test('mean the same: JSON in a text, numbers and truth as text, null or something empty for "not given"', () => {
    const chosen = fc.subarray(Object.keys(bend));
    fc.assert(
      fc.property(
        right,
        chosen,
        fc.subarray(absent),
        fc.constantFrom(null, '', ' ', [], {}),
        (args, bent, absents, nothing) => {
          const given: Args = { ...args };
          for (const name of bent)
            if (name in args) given[name] = bend[name]?.(args[name as keyof typeof args] as never);
          for (const name of absents) if (!(name in args)) given[name] = nothing;
          expect(parse(given)).toEqual(parse(args));
          // The whole of it as one text, too.
          expect(parse(JSON.stringify(given))).toEqual(parse(args));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('mean the same: one value where a list is meant', () => {
    fc.assert(
      fc.property(given, whole, box, (word, number, one) => {
        fc.pre(!word.trimStart().startsWith('['));
        const meant = parse({ text: 'x', names: [word], counts: [number], boxes: [one] });
        expect(parse({ text: 'x', names: word, counts: number, boxes: one })).toEqual(meant);
        expect(parse({ text: 'x', names: word, counts: `${number}`, boxes: JSON.stringify(one) })).toEqual(meant);
      }),
    );
  });

  test('stay as they are where a text is meant, whatever the text looks like', () => {
    const looks = fc.oneof(fc.constantFrom('42', 'true', 'null', '[]', '{}', '["a"]', '{"a":1}'), fc.json());
    fc.assert(
      fc.property(looks, (text) => {
        expect(parse({ text, names: [text], values: { a: text } })).toMatchObject({
          text,
          names: [text],
          values: { a: text },
        });
      }),
    );
  });
});

describe('an unknown argument', () => {
  const strange = key.filter((name) => !Object.hasOwn(input.shape, name));

  test('is refused by its name, whatever it is called and whatever it holds', () => {
    fc.assert(
      fc.property(right, strange, anyJson, (args, name, value) => {
        const given = JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value) ?? 'null'}}`);
        const message = refusal(Object.defineProperties({ ...args }, Object.getOwnPropertyDescriptors(given)));
        expect(message).toContain(`"${name.slice(0, 60)}"`);
        expect(message).toContain('text, count, share');
      }),
      { numRuns: 500 },
    );
  });

  test('is refused by every tool', () => {
    const tools = toolsets
      .flatMap(({ tools }) => Object.entries(tools))
      .filter(([name]) => typeof examples[name]?.args === 'object');
    fc.assert(
      fc.property(fc.constantFrom(...tools), strange, ([tool, { input: schema }], name) => {
        fc.pre(!Object.hasOwn(schema.shape, name));
        const args = { ...(examples[tool]?.args as Args) };
        expect(refusal(args, schema)).toBeUndefined();
        Object.defineProperty(args, name, { value: 'x', enumerable: true });
        expect(refusal(args, schema)).toContain(`"${name.slice(0, 60)}"`);
      }),
      { numRuns: 300 },
    );
  });
});

describe('any JSON', () => {
  const untouched = JSON.stringify(Object.getOwnPropertyNames(Object.prototype).sort());

  test('ends in arguments or in an ArgumentError of readable length, and pollutes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(anyJson, fc.dictionary(fc.constantFrom(...Object.keys(input.shape)), anyJson)), (given) => {
        const message = refusal(given);
        if (message === undefined) expect(plain(parse(given))).toBe(true);
        else expect(message.length).toBeLessThan(2_000);
        expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype).sort())).toBe(untouched);
        expect(({} as Args).polluted).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  test('ends so for every tool, too', () => {
    const tools = toolsets.flatMap(({ tools }) => Object.entries(tools));
    fc.assert(
      fc.property(fc.constantFrom(...tools), anyJson, fc.boolean(), ([tool, { input: schema }], value, all) => {
        const names = Object.keys(schema.shape);
        const example = examples[tool]?.args;
        const spoilt = typeof example === 'object' ? { ...example, [names[0] as string]: value } : {};
        refusal(all ? Object.fromEntries(names.map((name) => [name, value])) : spoilt, schema);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Only plain objects, lists and scalars: a prototype that came from outside would show here. */
function plain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(plain);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(plain);
}
