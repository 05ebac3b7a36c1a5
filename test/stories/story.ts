import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { type Row, TABLES } from '../../src/sandbox/types.ts';
import { oursIn, wrongHints } from '../support/hints.ts';
import { type Answer, answerOf, type World, type WorldOptions, world } from '../support/world.ts';
import budgets from './budgets.json' with { type: 'json' };

export { type Answer, ids, largeIds } from '../support/world.ts';

export interface Budget {
  readonly calls: number;
  /** Of the answers, as a host hands them to the model. */
  readonly tokens: number;
}

export interface Story extends World {
  /** Calls a tool as a model would: every argument has to come from the person's words or from an earlier answer. */
  ask(tool: string, args: Record<string, unknown>): Promise<Answer>;
  /** The same for a call that has to fail; answers the text of its error. */
  fail(tool: string, args: Record<string, unknown>): Promise<string>;
  spent(): Budget;
  /** Ids of what is not as it was, by table: `{ values: ['assets/…'] }`, but for the records that Iconik keeps of its work. */
  changed(): Record<string, string[]>;
}

/** A sandbox of 10,000 assets in which one person asks for one thing. `words`: what the person says. */
export async function story(words: string, options: WorldOptions = {}): Promise<Story> {
  // As Iconik is: search is behind, work goes on in the background, and now and then it says "later".
  const sandbox = {
    indexLagMs: 300,
    backgroundMs: 400,
    faults: { refuseEvery: 25, retryAfterSeconds: 1 },
    ...options.sandbox,
  };
  const made = await world({ assets: 10_000, ...options, sandbox });
  const before = snapshot(made.sandbox);
  const { tools } = await made.host.listTools();
  let known = words;
  const spent = { calls: 0, tokens: 0 };
  const call = async (tool: string, args: Record<string, unknown>) => {
    // What the tool's own schema says is known, too: names of arguments, values of enumerations, forms.
    const schema = JSON.stringify(tools.find(({ name }) => name === tool)?.inputSchema ?? '');
    for (const part of parts(args)) {
      expect(isKnown(part, `${known}\n${schema}`), `${tool}: where does "${part}" come from?`).toBe(true);
    }
    const result = await made.raw(tool, args);
    const text = result.content.map((item) => (item.type === 'text' ? item.text : '')).join('\n');
    expect(wrongHints(tool, text, oursIn(result, text)), `hints of ${tool}`).toEqual([]);
    spent.calls += 1;
    // Some hosts show the one form, some the other: the dearer one counts.
    spent.tokens += Math.max(encode(text).length, encode(JSON.stringify(result.structuredContent ?? '')).length);
    known += `\n${text}`;
    return { result, text };
  };
  return {
    ...made,
    async ask(tool, args) {
      const { result, text } = await call(tool, args);
      expect(result.isError, text).toBeFalsy();
      return { ...answerOf(tool, result), text, content: result.content };
    },
    async fail(tool, args) {
      const { result, text } = await call(tool, args);
      expect(result.isError, text).toBe(true);
      return text;
    },
    spent: () => spent,
    changed: () => differences(before, snapshot(made.sandbox)),
  };
}

/** Every text and number that a model has to come up with; keys of free objects, too. */
function parts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(parts);
  if (typeof value === 'boolean' || value === null) return [];
  if (typeof value !== 'object') return [String(value)];
  return Object.entries(value).flatMap(([key, item]) => [key, ...parts(item)]);
}

/** A model may change case, and take a phrase apart; it may not know what nobody said. */
function isKnown(part: string, known: string): boolean {
  const words = fold(part)
    .split(/[^\p{L}\p{N}.:;/_-]+/u)
    .filter(Boolean);
  const heard = fold(known);
  return words.every((word) => heard.includes(word.replace(/s$/, '')));
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const RECORDS = ['jobs', 'history'];

type Snapshot = ReadonlyMap<string, readonly Row[]>;

/** The rows of every table as they are now: a row is never changed in place. */
const snapshot = ({ store }: Sandbox): Snapshot =>
  new Map(TABLES.filter((name) => !RECORDS.includes(name)).map((name) => [name, store[name].list()]));

function differences(before: Snapshot, after: Snapshot): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [name, rows] of after) {
    const old = before.get(name) ?? [];
    if (rows.length === old.length && rows.every((row, index) => row === old[index])) continue;
    const [then, now] = [new Set(old), new Set(rows)];
    const changed = [...rows.filter((row) => !then.has(row)), ...old.filter((row) => !now.has(row))];
    found[name] = [...new Set(changed.map((row) => String(row.id ?? row.name)))];
  }
  return found;
}

/**
 * Holds what a story spent against its budget, which `budgets.json` has by the name of the story's file, and leaves it
 * for the table of `npm run stories`.
 */
export function within({ calls, tokens }: Budget): void {
  const name = basename(expect.getState().testPath ?? '', '.test.ts') as keyof typeof budgets;
  const report = process.env.STORIES_REPORT;
  if (report) appendFileSync(report, `${JSON.stringify({ name, calls, tokens })}\n`);
  expect(calls).toBeLessThanOrEqual(budgets[name].calls);
  expect(tokens).toBeLessThanOrEqual(budgets[name].tokens);
}
