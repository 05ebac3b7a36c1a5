import { describe, expect, test } from 'vitest';
import { toolList } from '../../src/server/listing.ts';
import { listingOf, toolEntries } from '../../src/server/schema.ts';
import { select } from '../../src/server/select.ts';
import { toolsets } from '../../src/tools/index.ts';
import { toGemini } from '../support/dialects/gemini.ts';
import { toOpenAiStrict } from '../support/dialects/openai_strict.ts';

const entries = toolEntries(toolsets);
const listing = listingOf(toolsets);
const listOf = (chosen: readonly string[]) => toolList(select(entries, { readOnly: false, toolsets: chosen }), listing);
const tools = listOf([]);
const rows = listOf(entries.map(({ toolset }) => toolset)).map(({ name, inputSchema }) => [name, inputSchema] as const);

/** Bytes of the whole answer to `tools/list`. */
const MAX_LIST_BYTES = 120_000;

test('the default list is at most 120 kB long', () => {
  const answer = JSON.stringify({ jsonrpc: '2.0', id: 1_000, result: { tools } });
  expect(Buffer.byteLength(answer)).toBeLessThanOrEqual(MAX_LIST_BYTES);
});

describe.each(rows)('the arguments of %s', (_, schema) => {
  test("convert to OpenAI's strict mode", () => {
    const strict = toOpenAiStrict(schema);
    expect(strict.required).toEqual(Object.keys(schema.properties ?? {}));
  });

  test("convert to Gemini's own dialect", () => {
    expect(() => toGemini(schema)).not.toThrow();
  });
});

describe('what no dialect takes', () => {
  const root = (inner: object) => ({
    type: 'object',
    properties: { where: inner },
    additionalProperties: false,
  });

  test.each([
    ['an open object', { type: 'object' }],
    ['an object of free names', { type: 'object', additionalProperties: { type: 'string' } }],
    ['several types', { type: ['string', 'number'] }],
    ['no type', {}],
    ['a list of anything', { type: 'array' }],
    ['a list of open objects', { type: 'array', items: { type: 'object' } }],
    ['oneOf', { oneOf: [{ type: 'string' }, { type: 'number' }] }],
    ['a reference', { $ref: '#/$defs/where' }],
    ['a constant', { type: 'string', const: 'x' }],
    ['a default', { type: 'string', default: 'x' }],
  ])('%s is seen', (_, inner) => {
    expect(() => toOpenAiStrict(root(inner))).toThrow(/^\$\.where/);
    expect(() => toGemini(root(inner))).toThrow(/^\$\.where/);
  });

  test('depth is counted', () => {
    const nested = (levels: number): object =>
      levels === 0 ? { type: 'string' } : { type: 'object', properties: { in: nested(levels - 1) } };
    expect(() => toOpenAiStrict(root(nested(9)))).not.toThrow();
    expect(() => toOpenAiStrict(root(nested(10)))).toThrow(/deeper than 10/);
  });
});
