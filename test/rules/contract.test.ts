import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { registry, toolsets } from '../../src/tools/index.ts';
import { ANSWER_EXCEPTIONS, besideOf } from '../contract/answer_exceptions.ts';
import { unknownKeys } from '../contract/answer_keys.ts';
import { argumentsOf, differences, type Routed, vendorRoute } from '../contract/arguments.ts';
import { EXCEPTIONS, exceptionFor, NEW_IN_2026 } from '../contract/exceptions.ts';
import { facts2025, facts2026 } from '../contract/facts.ts';
import { documented } from '../support/documented.ts';

const routed = [...registry.values()].flatMap(({ name, tool }) =>
  tool.route ? [[name, tool as Routed] as const] : [],
);

/** The descriptions that have the operation. */
const describedIn = (name: string) => (NEW_IN_2026.includes(name) ? [facts2026] : [facts2025, facts2026]);

test.each(NEW_IN_2026)('%s is in the description of 2026 alone', (name) => {
  const [, tool] = routed.find(([one]) => one === name) ?? [];
  expect(facts2025.find(vendorRoute(facts2026, tool as Routed))).toBeUndefined();
});

describe.each([
  [2025, facts2025],
  [2026, facts2026],
] as const)('every operation is one of the vendor, as described in %s', (year, facts) => {
  const rows = routed.filter(([name]) => describedIn(name).includes(facts));
  const unexplained = (name: string, tool: Routed, part: 'query' | 'body') =>
    differences(facts, tool, part).filter(({ path }) => !exceptionFor(year, name, path));

  test.each(rows)('%s: method and path', (_, tool) => {
    const route = vendorRoute(facts, tool);
    expect(facts.find(route), route).toBeDefined();
    expect(facts.operation(route).deprecated).toBe(false);
  });

  test.each(rows)('%s: the query', (name, tool) => {
    expect(unexplained(name, tool, 'query')).toEqual([]);
  });

  test.each(rows)('%s: the body', (name, tool) => {
    expect(unexplained(name, tool, 'body')).toEqual([]);
  });

  test.each(rows)('%s: what can be cleared is what may be null', (name, tool) => {
    const { properties } = argumentsOf(tool);
    const clearable = (properties.clear?.items as { enum?: string[] } | undefined)?.enum ?? [];
    const body = facts.body(vendorRoute(facts, tool)) ?? {};
    const nullable = Object.keys(body).filter(
      (field) => body[field]?.nullable && !body[field]?.readOnly && properties[field],
    );
    const known = clearable.filter((field) => !exceptionFor(year, name, field));
    if (properties.clear) expect(known.sort()).toEqual(nullable.sort());
    else if (!tool.route.startsWith('POST ')) expect(nullable).toEqual([]);
  });
});

test.each(routed)('%s names the roles that the vendor asks for', (_, tool) => {
  expect([...tool.roles].sort()).toEqual(facts2026.operation(vendorRoute(facts2026, tool)).roles);
});

test.each(EXCEPTIONS)('an exception is still one: $paths of $of, $because', ({ of, paths }) => {
  const found = routed
    .filter(([name]) => of.includes(name))
    .flatMap(([name, tool]) =>
      describedIn(name).flatMap((facts) => [...differences(facts, tool, 'query'), ...differences(facts, tool, 'body')]),
    );
  expect(paths.filter((path) => !found.some((one) => one.path === path))).toEqual([]);
});

describe('every key of an answer is one of the vendor', () => {
  const unknown = (name: string, tool: Routed) => unknownKeys(describedIn(name), tool, besideOf(name));

  test.each(routed)('%s', (name, tool) => {
    const ours = ANSWER_EXCEPTIONS.filter(({ of }) => (of ? of.includes(name) : tool.effect !== 'read'));
    const explained = ours.flatMap(({ keys }) => keys);
    expect(unknown(name, tool).filter((key) => !explained.includes(key))).toEqual([]);
  });

  test('down to its leaves', () => {
    const [name, tool] = routed.find(([one]) => one === 'search_documents') ?? [];
    const misspelt = z.array(z.looseObject({ versions: z.array(z.looseObject({ id: z.string(), numbre: z.int() })) }));
    const output = z.looseObject({ objects: misspelt }) as unknown as Routed['output'];
    expect(unknown(String(name), { ...(tool as Routed), output })).toEqual(['objects[].versions[].numbre']);
  });

  test.each(ANSWER_EXCEPTIONS)('an exception is still one: $keys of $of, $because', ({ of, keys }) => {
    const found = routed.filter(([name]) => !of || of.includes(name)).flatMap(([name, tool]) => unknown(name, tool));
    expect(keys.filter((key) => !found.includes(key))).toEqual([]);
  });
});

test('each documented operation is either a route of the vendor or a task over such routes', () => {
  const names = toolsets.flatMap(({ tools }) => Object.entries(tools).filter(([, tool]) => tool.listed));
  const direct = names.filter(([name, tool]) => documented.includes(name) && tool.route).map(([name]) => name);
  const tasks = names.filter(([name, tool]) => documented.includes(name) && tool.kind === 'task').map(([name]) => name);
  expect([...direct, ...tasks].sort()).toEqual([...documented].sort());
  expect(tasks).toEqual(['get_upload_id_for_proxy', 'get_s3_presigned_url', 'get_s3_complete_url']);
});
