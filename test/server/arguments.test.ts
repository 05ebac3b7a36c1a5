import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ArgumentError, parseArguments, withoutHostArguments } from '../../src/server/arguments.ts';
import { registry } from '../../src/tools/index.ts';
import { world } from '../support/world.ts';

const input = z.strictObject({
  asset_id: z.string().regex(/^a\d$/, 'must be a1').optional(),
  per_page: z.int().min(1).max(100).optional(),
  ready: z.boolean().optional(),
  kind: z.enum(['MARKER', 'COMMENT']).optional(),
  names: z.array(z.string()).optional(),
  box: z.strictObject({ width: z.int(), height: z.int().optional() }).optional(),
  values: z.record(z.string(), z.any()).optional(),
});

const parse = (args: unknown) => parseArguments<Record<string, unknown>>(input, args);
const refusal = (args: unknown): string => {
  try {
    parse(args);
  } catch (error) {
    expect(error).toBeInstanceOf(ArgumentError);
    return (error as Error).message;
  }
  throw new Error('expected a refusal');
};

describe('the forgiving door', () => {
  test.each([
    [null, {}],
    [undefined, {}],
    [{ asset_id: null }, {}],
    [{ per_page: '42' }, { per_page: 42 }],
    [{ ready: 'false' }, { ready: false }],
    [{ kind: 'marker' }, { kind: 'MARKER' }],
    [{ names: 'one' }, { names: ['one'] }],
    [{ names: '["a","b"]' }, { names: ['a', 'b'] }],
    [{ box: '{"width":"7","height":null}' }, { box: { width: 7 } }],
    [{ values: '{"a":1}' }, { values: { a: 1 } }],
    [{ asset_id: '', kind: '', per_page: '', ready: '', names: '', box: '', values: '' }, {}],
    [{ names: [], box: {}, values: {} }, {}],
    [{ names: [''], asset_id: [''], kind: [null], per_page: [{}], values: [{}] }, {}],
    [{ per_page: 'null', ready: 'None' }, {}],
    [{ names: 'None' }, { names: ['None'] }],
    [{ asset_id: '  ', box: { width: 1, height: '' } }, { box: { width: 1 } }],
    // Inside free values, empty is a value.
    [{ values: { a: '', b: [], c: null } }, { values: { a: '', b: [], c: null } }],
  ])('takes %j as %j', (given, meant) => {
    expect(parse(given)).toEqual(meant);
  });

  test('names an unknown argument and the nearest known one', () => {
    expect(refusal({ asset_Id: 'a1' })).toContain('"asset_Id". Did you mean "asset_id"?');
    expect(refusal({ asset: 'a1' })).toContain('"asset". Did you mean "asset_id"?');
    expect(refusal({ zzzzzzzz: 1 })).toMatch(/Unknown argument "zzzzzzzz"\. Known: asset_id, per_page/);
  });

  test.each([
    ['find_people', { face: 'x' }, 'people'],
    ['find_people', { min_seconds: 10 }, 'at_least'],
    ['find_assets', { query: 'x' }, 'words'],
    ['move_in_collections', { collection: 'x', parent: 'y' }, 'under'],
    ['move_in_collections', { collection: 'x', new_name: 'y' }, 'rename'],
    ['move_in_collections', { collection: 'x', thumbnail: 'y' }, 'cover'],
    ['collect_assets', { destination: 'x' }, 'collection" or "into'],
    ['review_proposals', { ids: ['x'], accept: ['all'] }, 'assets'],
    ['review_proposals', { fields: ['x'] }, 'accept" or "discard" or "fill'],
    ['check_jobs', { job_id: 'x' }, 'asset" or "wait_for'],
    ['restore_assets', { selection: 'sel_aaaaaa' }, 'assets'],
    ['read_metadata', { columns: ['Rating'] }, 'labels'],
    ['find_assets', { created: 'October' }, 'where'],
    ['find_assets', { storage: 'SAN' }, 'where'],
  ])('knows other words for the arguments of %s: %j', async (tool, args, meant) => {
    expect(await (await world()).refused(tool, args)).toContain(`. Did you mean "${meant}"?`);
  });

  test('guesses no name where nothing is alike', () => {
    expect(refusal({ colour_space: 'x' })).toBe(
      `Unknown argument "colour_space". Known: ${Object.keys(input.shape).join(', ')}.`,
    );
  });

  test('names what is missing before what is unknown, and lists the known names once', () => {
    const strict = z.strictObject({ asset: z.string(), words: z.string().optional() });
    try {
      parseArguments(strict, { asset_name: 'x', wordz: 'y' });
      throw new Error('expected a refusal');
    } catch (error) {
      expect((error as Error).message).toBe(
        'asset is missing (string). Unknown argument "asset_name". Did you mean "asset"? ' +
          'Unknown argument "wordz". Did you mean "words"? Known: asset, words.',
      );
    }
  });

  test('refuses an empty value where one is required', () => {
    const strict = z.strictObject({ asset: z.string().min(1) });
    expect(() => parseArguments(strict, { asset: '' })).toThrow(/^asset: ""/);
  });

  test.each([
    [
      { toolCallId: '1', tool: 'x', _sessionID: 's', session_id: 's', per_page: 2 },
      ['toolCallId', 'tool', '_sessionID', 'session_id'],
    ],
    [
      { explanation: 'Because …', random_string: 'x', waitForPreviousTools: true, toolAction: 'Look', per_page: 2 },
      ['explanation', 'random_string', 'waitForPreviousTools', 'toolAction'],
    ],
    [{ asset_ids: ['a1'], wordz: 'x' }, []],
    [JSON.parse('{"__proto__":{"polluted":true}}'), []],
  ])('takes out of %j what the host added: %j', (given, ignored) => {
    expect(withoutHostArguments(input, given)).toEqual({
      given: Object.fromEntries(Object.entries(given).filter(([name]) => !(ignored as string[]).includes(name))),
      ignored,
    });
  });

  test('keeps an argument of the tool that a host could add too', () => {
    const own = z.strictObject({ session_id: z.string().optional(), explanation: z.string().optional() });
    expect(withoutHostArguments(own, { session_id: 's', explanation: 'e', tool: 't' })).toEqual({
      given: { session_id: 's', explanation: 'e' },
      ignored: ['tool'],
    });
  });

  test.each([
    [{ per_page: 0 }, /per_page: 0 .*>=1/],
    [{ per_page: 1.5 }, /per_page: 1.5/],
    [{ per_page: 1e9 }, /per_page: 1000000000 .*<=100/],
    [{ per_page: 'ten' }, /per_page: "ten" is not a/],
    [{ kind: 'MARKR' }, /kind: "MARKR" is not allowed. Allowed: MARKER, COMMENT. Nearest: MARKER/],
    [{ asset_id: '../x' }, /asset_id: "..\/x" must be a1/],
    [{ box: { height: 1 } }, /box.width is missing/],
    [{ box: { width: 1, depth: 2 } }, /box: unknown "depth"/],
    [[], /have to be an object/],
    ['x', /have to be an object/],
  ])('refuses %j by name', (given, message) => {
    expect(refusal(given)).toMatch(message);
  });

  test('takes dangerous keys as data only', () => {
    const args = JSON.parse('{"values":{"__proto__":{"polluted":true},"constructor":1}}');
    parse(args);
    expect(refusal(JSON.parse('{"__proto__":{"polluted":true}}'))).toContain('__proto__');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('ends in arguments or in an ArgumentError, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: false, maxDepth: 4 }), (given) => {
        try {
          parse(given);
        } catch (error) {
          expect(error).toBeInstanceOf(ArgumentError);
        }
      }),
    );
  });

  test('refuses what is nested deeper than anything that a tool takes, as JSON in a text, too', () => {
    const text = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    for (const values of [JSON.parse(text), text])
      expect(refusal({ values })).toContain('nested deeper than 50 levels');
    const fine = `${'{"a":'.repeat(20)}1${'}'.repeat(20)}`;
    expect(parse({ values: JSON.parse(fine) })).toEqual({ values: JSON.parse(fine) });
  });

  test('leaves what is right as it is', () => {
    fc.assert(
      fc.property(
        fc.record({ names: fc.array(fc.string(), { minLength: 1 }), per_page: fc.integer({ min: 1, max: 100 }) }),
        (given) => {
          // A list of empty texts is none.
          fc.pre(given.names.some((name) => name.trim()));
          expect(parse(given)).toEqual(given);
        },
      ),
    );
  });
});

test('an object where a text is meant is refused by every tool, never written as a text', () => {
  const isText = (type: z.ZodType): boolean => z.safeParse(type, 'x').success;
  const texts = [...registry].flatMap(([name, { tool }]) =>
    Object.entries(tool.input.shape as Record<string, z.ZodType>)
      .map(([argument, type]) => [name, argument, type instanceof z.ZodOptional ? type.unwrap() : type] as const)
      .filter(
        ([, , type]) => isText(type as z.ZodType) || (type instanceof z.ZodArray && isText(type.element as z.ZodType)),
      ),
  );
  const taken = texts.filter(([, , type]) =>
    [{ note: 'x' }, [{ note: 'x' }], [['a', 'b']]].some((one) => z.safeParse(type as z.ZodType, one).success),
  );
  expect(texts.length).toBeGreaterThan(100);
  // A position in a list is handed back as it came, whatever it is.
  expect(taken.map(([, argument]) => argument).filter((argument) => argument !== 'search_after')).toEqual([]);
});
