import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { loadCatalogue } from '../../src/catalogue/index.ts';
import { listed, toolEntries } from '../../src/server/schema.ts';
import { select, withoutPages } from '../../src/server/select.ts';
import { isLocal } from '../../src/tools/define.ts';
import { DELETING } from '../../src/tools/deleting.ts';
import { toolsets } from '../../src/tools/index.ts';
import type { Tool, Toolset } from '../../src/tools/types.ts';
import { documented } from '../support/documented.ts';

const all = toolsets.flatMap((set) => Object.entries(set.tools).map(([name, tool]) => ({ name, tool, set: set.name })));
const shown = all.filter(({ tool }) => tool.listed);
const rows = shown.map(({ name, tool }) => [name, tool, listed(name, tool)] as const);

const tokens = (value: unknown): number => encode(JSON.stringify(value)).length;

/** What a host puts before the model. */
const seen = (one: ReturnType<typeof listed>) => ({
  name: one.name,
  description: one.description,
  inputSchema: one.inputSchema,
});

/** Whether a status that it takes deletes. */
const offersDeletion = ({ effect, input }: Tool): boolean =>
  effect === 'update' &&
  DELETING.some((value) => input.shape.status && z.safeParse(input.shape.status as z.ZodType, value).success);

const catalogue = await loadCatalogue();
/** Whether it may put something into a collection, whose guests then see it. */
const mayPlace = ({ route }: Tool): boolean =>
  (catalogue.row(route?.replace(/\{\?.*\}/, '') ?? '')?.places ?? []).length > 0;

/** They look things up that the server brings along. */
const SENDS_NOTHING = new Set(['find_operations', 'describe_operation']);

const VERBS: Record<string, readonly string[]> = {
  read: 'get list search find show view read describe compare check locate export run report'.split(' '),
  create: [
    'create',
    'add',
    'get',
    'make',
    'collect',
    'copy',
    'save',
    'request',
    'archive',
    'restore',
    'run',
    'share',
    'deliver',
  ],
  update: [
    'update',
    'partial',
    'promote',
    'set',
    'annotate',
    'import',
    'restore',
    'archive',
    'steer',
    'remove',
    'accept',
    'discard',
    'change',
    'edit',
    'name',
    'move',
    'review',
  ],
  delete: ['delete', 'set', 'annotate', 'revoke'],
};

/** What a method does not say: what really happens to the objects. */
const OTHER_EFFECTS: Record<string, string> = {
  delete_objects_bulk: 'delete',
  remove_from_collection: 'update',
  accept_metadata_proposals: 'update',
  discard_metadata_proposals: 'update',
};

/** Writes that are shown first because of what they reach: all objects in collections, an asset that goes to the bin or comes back. */
const ASKS_FIRST = [
  'update_contents_metadata',
  'create_version_from_asset',
  'restore_asset',
  'set_job_state',
  'set_job_priority',
];

type Node = { [key: string]: unknown };

function nodes(value: unknown, path = ''): { readonly path: string; readonly node: Node }[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => nodes(item, `${path}[${index}]`));
  return [
    { path, node: value as Node },
    ...Object.entries(value).flatMap(([key, item]) => nodes(item, `${path}.${key}`)),
  ];
}

describe('the registry', () => {
  test('has every documented operation, and each name once', () => {
    const names = all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(documented.filter((name) => !shown.some((one) => one.name === name))).toEqual([]);
  });

  test('costs a model at most 10,000 tokens, and no tool above 900', () => {
    const costs = rows.map(([name, , one]) => [name, tokens(seen(one))] as const);
    const operations = costs.filter(([name]) => documented.includes(name));
    expect(operations.filter(([, cost]) => cost > 900)).toEqual([]);
    expect(operations.reduce((sum, [, cost]) => sum + cost, 0)).toBeLessThanOrEqual(10_000);
  });

  test('costs at most 23,000 tokens with all that is listed by default, and 10,000 with the tasks alone', () => {
    const cost = (some: readonly (typeof rows)[number][]) =>
      some.reduce((sum, [, , one]) => sum + tokens(seen(one)), 0);
    expect(cost(rows.filter(([, tool]) => tool.listed === true))).toBeLessThanOrEqual(23_000);
    const ofTasks = all.flatMap(({ name, set }) => (set === 'tasks' ? [name] : []));
    const tasks = rows.filter(([name]) => ofTasks.includes(name));
    expect(tasks.length).toBeGreaterThan(10);
    expect(cost(tasks)).toBeLessThanOrEqual(10_000);
  });

  test('has every task in one part of the tasks, which can be listed alone', () => {
    const { groups = {}, tools } = toolsets.find(({ name }) => name === 'tasks') as Toolset;
    expect(Object.keys(groups)).toEqual(['find', 'annotate', 'describe', 'versions', 'review', 'operate']);
    expect(Object.values(groups).flat().sort()).toEqual(Object.keys(tools).sort());
    const offered = select(toolEntries(toolsets), { readOnly: false, toolsets: ['annotate'] });
    const names = withoutPages(offered).keys();
    expect([...names].sort()).toEqual([...(groups.annotate ?? [])].sort());
  });

  test('costs little to call any operation and to run programs', () => {
    const cost = (...names: readonly string[]) =>
      rows.filter(([name]) => names.includes(name)).reduce((sum, [, , one]) => sum + tokens(seen(one)), 0);
    expect(cost('run_query')).toBeLessThanOrEqual(350);
    expect(cost('read_operation', 'change_operation')).toBeLessThanOrEqual(370);
    const catalogue = all.flatMap(({ name, set }) => (set === 'catalogue' ? [name] : []));
    expect(catalogue.length).toBeGreaterThanOrEqual(3);
    expect(cost(...catalogue)).toBeLessThanOrEqual(1_050);
  });

  test('points from operations to the tasks that serve better, where these are offered', () => {
    const pointing = rows.filter(([, tool]) => tool.prefer);
    expect(pointing.length).toBeGreaterThan(5);
    for (const [name, tool, one] of pointing) {
      const [task = ''] = tool.prefer ?? [];
      expect(shown.find((other) => other.name === task)?.tool.kind, name).toBe('task');
      expect(one.description).toContain(`: ${task}.`);
      expect(listed(name, tool, () => false).description).not.toMatch(new RegExp(`\\b${task}\\b`));
    }
  });
});

describe.each(rows)('%s', (name, tool, one) => {
  test('has a name that every host takes, with a verb that fits its effect', () => {
    expect(name).toMatch(/^[a-z][a-z0-9_]{2,35}$/);
    expect(VERBS[tool.effect]).toContain(name.split('_')[0]);
  });

  test('says in a few words what it does', () => {
    expect(tool.title.length).toBeLessThanOrEqual(40);
    expect(one.description.length).toBeGreaterThan(40);
    expect(one.description.length).toBeLessThanOrEqual(300);
    expect(one.description).toMatch(/[.)]$/);
    expect(one.description).not.toMatch(/MUST|CRITICAL|IMPORTANT|NEVER|ALWAYS|!/);
  });

  test('has truthful hints', () => {
    expect(one.annotations).toEqual({
      title: tool.title,
      readOnlyHint: tool.effect === 'read',
      destructiveHint: ['update', 'delete'].includes(tool.effect),
      idempotentHint: tool.idempotent,
      openWorldHint: tool.outbound,
    });
    if (tool.route) {
      const method = tool.route.split(' ')[0];
      const effects = {
        GET: ['read'],
        POST: ['read', 'create'],
        PUT: ['update'],
        PATCH: ['update'],
        DELETE: ['delete'],
      }[method as 'GET'];
      expect(OTHER_EFFECTS[name] ? [OTHER_EFFECTS[name]] : effects).toContain(tool.effect);
    }
  });

  test('shows what would go before it deletes, publishes or gives access', () => {
    const confirmed = tool.effect === 'delete' || tool.outbound || tool.access === true || ASKS_FIRST.includes(name);
    if (tool.kind === 'operation')
      expect(Boolean(tool.preview)).toBe(confirmed || offersDeletion(tool) || mayPlace(tool));
    else if (confirmed) expect(tool.preview).toBeDefined();
    expect('confirm' in tool.input.shape).toBe(Boolean(tool.preview));
  });

  test('hands out no address to write to where it only reads', () => {
    const names = nodes(z.toJSONSchema(tool.output, { io: 'input', unrepresentable: 'any' })).flatMap(({ node }) =>
      Object.keys((node.properties ?? {}) as Node),
    );
    const writing = names.filter((key) =>
      /upload_(url|method|credentials)|session_url|(complete|abort)_url|^parts$/.test(key),
    );
    if (tool.effect === 'read') expect(writing).toEqual([]);
  });

  test('names the roles it needs', () => {
    // Of an operation they are those of the description, which names none for some.
    if (tool.kind === 'task' && !SENDS_NOTHING.has(name)) expect(tool.roles).not.toEqual([]);
    for (const role of tool.roles) expect(role).toMatch(/^can_[a-z_]+$/);
  });

  test('describes every argument', () => {
    const properties = (one.inputSchema.properties ?? {}) as Record<string, Node>;
    const silent = Object.entries(properties).filter(([, schema]) => String(schema.description ?? '').length < 6);
    expect(silent.map(([argument]) => argument)).toEqual([]);
    expect(one.inputSchema.additionalProperties).toBe(false);
  });

  test('has schemas that every host can read', () => {
    for (const schema of [one.inputSchema]) {
      const names = new Set(['oneOf', 'anyOf', 'allOf', '$ref', '$defs', 'pattern', '$schema', 'propertyNames', 'not']);
      const bad = nodes(schema).flatMap(({ path, node }) =>
        path.endsWith('.properties')
          ? []
          : Object.keys(node)
              .filter((key) => names.has(key))
              .map((key) => `${path}.${key}`),
      );
      const lists = nodes(schema).filter(({ path, node }) => !path.endsWith('.properties') && Array.isArray(node.type));
      expect([...bad, ...lists.map(({ path }) => path)]).toEqual([]);
    }
  });

  test('answers with closed types only where it must', () => {
    const closed = nodes(z.toJSONSchema(tool.output, { io: 'input', unrepresentable: 'any' })).filter(
      ({ path, node }) => !path.endsWith('.properties') && (node.enum || node.additionalProperties === false),
    );
    expect(closed.map(({ path }) => path)).toEqual([]);
  });

  test('keeps its own arguments apart from those of Iconik', () => {
    const local = Object.entries(tool.input.shape)
      .filter(([, schema]) => isLocal(schema))
      .map(([argument]) => argument);
    expect(['confirm', 'include_urls', 'clear', 'from_part']).toEqual(expect.arrayContaining(local));
  });
});
