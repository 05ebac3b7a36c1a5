import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/server/arguments.ts';
import { registry } from '../../src/tools/index.ts';
import { examples, shapeOf } from '../operations/examples.ts';
import { PLAIN } from '../support/calls_of_tasks.ts';
import { ids, world } from '../support/traffic.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const QUOTES = ['""', '“”', "''", '‘’', '«»', '„“', '``'];

type Args = Readonly<Record<string, unknown>>;

/** The same arguments with quotes around each id, other ones each time. Texts that only hold an id stay. */
function quoted(args: Args): Args {
  let turn = 0;
  const change = (value: unknown): unknown => {
    if (typeof value === 'string' && UUID.test(value)) {
      const [open = '', close = ''] = [...(QUOTES[turn++ % QUOTES.length] ?? '')];
      return `${open}${value}${close}`;
    }
    if (Array.isArray(value)) return value.map(change);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
  };
  return change(args) as Args;
}

const isTouched = (args: Args): boolean => JSON.stringify(quoted(args)) !== JSON.stringify(args);

describe('quotes that were pasted around ids', () => {
  const operations = Object.entries(examples).flatMap(([name, { args }]) =>
    typeof args !== 'function' && isTouched(args) ? [[name, args] as const] : [],
  );
  test.each(operations)('do not matter to %s', (name, args) => {
    const input = registry.get(name)?.tool.input;
    if (!input) throw new Error(`no tool ${name}`);
    expect(parseArguments(input, quoted(args))).toEqual(parseArguments(input, args));
  });

  const tasks = Object.entries(PLAIN).flatMap(([name, calls]) =>
    calls.filter(isTouched).map((args) => [name, args] as const),
  );
  test.each(tasks)('do not matter to %s with %j', async (name, args) => {
    const play = async (given: Args) => {
      const { raw, requests } = await world();
      const { isError, content } = await raw(name, given);
      return { isError: isError ?? false, content, sent: requests.map(shapeOf).sort() };
    };
    const plain = await play(args);
    const { content, ...rest } = await play(quoted(args));
    expect(rest, JSON.stringify(content)).toEqual({ isError: plain.isError, sent: plain.sent });
  });
});

describe('quotes that belong to a text', () => {
  const words = '“Olé” said the fans, “again”';
  test.each([
    ['create_segment', { asset_id: ids.match, segment_type: 'COMMENT', segment_text: words }, 'segment_text'],
    ['partial_update_asset', { asset_id: ids.match, title: words }, 'title'],
    ['partial_update_asset', { asset_id: ids.match, external_id: '"7"' }, 'external_id'],
  ])('stay in %s', (name, args, argument) => {
    const input = registry.get(name)?.tool.input;
    if (!input) throw new Error(`no tool ${name}`);
    expect(parseArguments<Args>(input, args)[argument]).toBe((args as Args)[argument]);
  });
});
