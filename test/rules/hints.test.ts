import { expect, test } from 'vitest';
import { listed } from '../../src/server/schema.ts';
import { registry } from '../../src/tools/index.ts';
import { calls } from '../support/calls_of_tasks.ts';
import { useJumpingClock } from '../support/clock.ts';
import { oursIn, wrongHints } from '../support/hints.ts';
import { world } from '../support/world.ts';

useJumpingClock();

type Args = Readonly<Record<string, unknown>>;

test('every call and argument that an answer of a task, its plan or its error hints at exists and is enough', async () => {
  const wrong: string[] = [];
  for (const [name, args] of calls) {
    const made = await world();
    const ask = async (given: Args) => {
      const result = await made.raw(name, given);
      const text = result.content.map((one) => (one.type === 'text' ? one.text : '')).join('\n');
      wrong.push(...wrongHints(name, text, oursIn(result, text)).map((one) => `${name}: ${one}`));
      return (result.structuredContent ?? {}) as { readonly confirm?: string; readonly next?: string };
    };
    const { confirm } = await ask(args);
    if (confirm) await ask({ confirm });
    if (confirm) await ask({ confirm });
    await ask({});
    if ('asset' in args) await ask({ ...args, asset: 'No such thing' });
    if ('assets' in args) await ask({ ...args, assets: ['No such thing'] });
  }
  expect(wrong).toEqual([]);
});

test('every tool and argument that descriptions name exists', () => {
  const wrong = [...registry].flatMap(([name, { tool }]) => {
    const { inputSchema, description = '' } = listed(name, tool);
    const words = JSON.stringify(inputSchema).match(/"description":"(?:[^"\\]|\\.)*"/g) ?? [];
    const text = [description, ...words.map((one) => JSON.parse(`{${one}}`).description)].join('\n');
    // Values beside a word are examples here, not arguments.
    const plain = text.replace(/: ?(?=true|false|\[)/g, '; ');
    return wrongHints(name, text, plain).map((one) => `${name}: ${one}`);
  });
  expect(wrong).toEqual([]);
});

test.each([
  ['call again with days: 3', 'no argument days'],
  ['read_comments shows them', 'no tool read_comments'],
  ['use read_notes with marks "x"', 'read_notes: no argument marks'],
  ['Undo: set_metadata {"asset":"x"}', 'set_metadata: no argument asset'],
  ['make_subclips {"asset":"x","ranges":["1:00-2:00"]}', 'names is missing'],
  ['revoke_shares with access "x"', 'no argument access'],
  ['read_metadata with proposed: true', ''],
  ['all_languages: true renames them', 'no argument all_languages'],
])('%s is judged', (text, expected) => {
  expect(wrongHints('show_asset', text, text).join()).toContain(expected);
  if (expected === '') expect(wrongHints('show_asset', text, text)).toEqual([]);
});
