import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { template } from '../../src/client/route.ts';
import { isLocal } from '../../src/tools/define.ts';
import { registry, toolsets } from '../../src/tools/index.ts';
import type { Tool } from '../../src/tools/types.ts';
import { type FactField, type FactFields, facts, fieldsOf, resolve } from '../contract/facts.ts';
import { documented } from '../support/documented.ts';

/** Paging that keeps state at the server; `search_after` and pages need none. */
const SCROLL = ['scroll', 'scroll_id'];
/** People are looked up by id, name, address, group or state, not by what else is known of them. */
const PARTICULARS = [
  'date_created',
  'date_modified',
  'hide_email',
  'hide_phone',
  'is_admin',
  'password_changed',
  'phone',
  'photo',
];

/** What the API marks as deprecated or leaves to its own web application; a reason each. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  // Superseded by search_after.
  search: SCROLL,
  search_documents: SCROLL,
  list_segments: SCROLL,
  list_collections: SCROLL,
  // Dates that the server keeps, not marked as read-only.
  create_asset_format: ['date_deleted'],
  create_asset_filesets: ['date_deleted'],
  update_asset_metadata: ['date_created', 'date_modified'],
  // Used within get_asset_metadata only, to see whether the view exists.
  get_metadata_view: ['merge_fields'],
  update_metadata_batch: ['date_created', 'date_modified'],
  // Jobs are looked up by their state, kind, object and date; counts of our own are not needed.
  list_jobs: [...SCROLL, 'aggregations', 'metadata.automation_id'],
  // A share is looked up by its id or its object.
  list_shares: [...SCROLL, '_exists_', 'date_created', 'date_modified', 'expires'],
  get_users_basic: PARTICULARS,
  list_users: PARTICULARS,
  get_groups_basic: ['alias', 'date_created', 'date_modified', 'description', 'roles'],
  // Tasks make plain collections: no place of its own on a storage, no picture chosen, no access taken away.
  create_collection: [
    'restrict_collection_acls',
    'category',
    'custom_keyframe',
    'custom_poster',
    'date_created',
    'is_root',
    'keyframe_asset_ids',
    'status',
    'storage_id',
  ],
};

/** Names of users beside their ids: parts of answers that stand in the bodies, too. */
const isDecoration = (field: string): boolean => /(^|_)user_info$/.test(field);

/** Query arguments that the vendor declares as text and that are a list (joined by commas) or a yes or no. */
const AS_TEXT = new Set([
  'get_storages.ids',
  'update_job.merge_metadata',
  'list_segments.ids',
  'list_segments.includes',
  'list_jobs.ids',
  'list_shares.ids',
  'list_collection_contents.object_types',
  'list_collection_contents.object_ids',
  'get_users_basic.ids',
  'get_users_basic.emails',
  'list_users.ids',
  'get_groups_basic.ids',
]);

/** Optional in the description, needed in fact: the storage signs nothing without it. */
const NEEDED = new Set(['get_proxy_part_urls.upload_id']);

type Node = { readonly [key: string]: unknown };

/** Our route in the vendor's spelling: where the vendor has `{object_type}` we may name the type. */
function vendorRoute(tool: Tool): string {
  const { method, path } = template(tool.route as NonNullable<Tool['route']>);
  const own = path.split('/');
  const fits = (route: string): number => {
    const [vendorMethod, vendorPath = ''] = route.split(' ');
    const parts = vendorPath.split('/');
    if (vendorMethod !== method || parts.length !== own.length) return -1;
    let stoodFor = 0;
    for (const [index, part] of parts.entries()) {
      const mine = own[index] ?? '';
      if (part.startsWith('{') !== mine.startsWith('{')) {
        if (!part.startsWith('{')) return -1;
        stoodFor += 1;
      } else if (!part.startsWith('{') && part !== mine) return -1;
    }
    return stoodFor;
  };
  const found = facts.routes.map((route) => ({ route, stoodFor: fits(route) })).filter(({ stoodFor }) => stoodFor >= 0);
  found.sort((a, b) => a.stoodFor - b.stoodFor);
  return found[0]?.route ?? `not in the description: ${method} ${path}`;
}

function argumentsOf(tool: Tool) {
  const { method, pathNames, queryNames } = template(tool.route as NonNullable<Tool['route']>);
  const schema = z.toJSONSchema(tool.input, { io: 'input', unrepresentable: 'any' }) as Node;
  // What is sent: behind what is listed as a plain object stands its full schema.
  const behind = z.toJSONSchema(tool.input, { io: 'output', unrepresentable: 'any' }) as Node;
  const properties = behind.properties as Record<string, Node>;
  const required = new Set((schema.required as string[] | undefined) ?? []);
  const names = Object.keys(properties).filter((name) => !isLocal(tool.input.shape[name]) && !pathNames.includes(name));
  const inQuery = (name: string) => method === 'GET' || method === 'DELETE' || queryNames.includes(name);
  return {
    properties,
    required,
    query: names.filter(inQuery),
    body: names.filter((name) => !inQuery(name)),
  };
}

/** Everything in which an argument differs from the vendor's field. */
function differences(path: string, ours: Node | undefined, fact: FactField): string[] {
  if (!ours) return [];
  const vendor = resolve(fact);
  if (vendor.readOnly) return [`${path}: read-only`];
  const found: string[] = [];
  const wanted = vendor.type;
  if (wanted && ours.type && ours.type !== wanted) found.push(`${path}: ${ours.type}, the vendor has ${wanted}`);
  if (wanted && !ours.type && wanted !== 'object') found.push(`${path}: no type, the vendor has ${wanted}`);
  if (vendor.enum) {
    const [mine, theirs] = [ours.enum as unknown[] | undefined, vendor.enum].map((list) =>
      [...(list ?? [])].sort().join(),
    );
    if (mine !== theirs) found.push(`${path}: ${mine || 'open'}, the vendor has ${theirs}`);
  }
  const low = ours.minimum as number | undefined;
  const high = ours.maximum as number | undefined;
  if (vendor.minimum !== undefined && low !== undefined && low < vendor.minimum)
    found.push(`${path}: from ${low}, the vendor from ${vendor.minimum}`);
  if (vendor.maximum !== undefined && high !== undefined && high > vendor.maximum && high < Number.MAX_SAFE_INTEGER) {
    found.push(`${path}: to ${high}, the vendor to ${vendor.maximum}`);
  }
  if (vendor.minItems && (ours.minItems as number | undefined) !== vendor.minItems)
    found.push(`${path}: minItems ${vendor.minItems}`);
  if (vendor.items) found.push(...differences(`${path}[]`, ours.items as Node | undefined, vendor.items));
  if (vendor.values) found.push(...differences(`${path}{}`, valuesOf(ours), vendor.values));
  if (vendor.fields && ours.properties) {
    const fields = fieldsOf(vendor);
    for (const [name, inner] of Object.entries(ours.properties as Record<string, Node>)) {
      const field = fields[name];
      found.push(
        ...(field ? differences(`${path}.${name}`, inner, field) : [`${path}.${name}: unknown to the vendor`]),
      );
    }
    const required = new Set(ours.required as string[] | undefined);
    for (const [name, field] of Object.entries(fields)) {
      if (field.required && !field.readOnly && !required.has(name))
        found.push(`${path}.${name}: required by the vendor`);
    }
  }
  return found;
}

const valuesOf = (ours: Node): Node | undefined =>
  typeof ours.additionalProperties === 'object' ? (ours.additionalProperties as Node) : undefined;

/** Differences between arguments and the vendor's query or body as a whole: unknown, missing, not required. */
function compare(name: string, tool: Tool, own: readonly string[], vendor: FactFields): string[] {
  const { properties, required } = argumentsOf(tool);
  const partial = tool.route?.startsWith('PATCH ');
  const found: string[] = [];
  for (const argument of own) {
    const field = vendor[argument];
    if (!field) found.push(`${argument}: unknown to the vendor`);
    else if (!AS_TEXT.has(`${name}.${argument}`)) found.push(...differences(argument, properties[argument], field));
  }
  for (const [argument, fact] of Object.entries(vendor)) {
    const field = resolve(fact);
    if (field.readOnly || isDecoration(argument) || LEFT_OUT[name]?.includes(argument)) continue;
    // Given by the path.
    if (!own.includes(argument) && required.has(argument)) continue;
    if (!own.includes(argument)) found.push(`${argument}: the vendor takes it, we do not`);
    else if (fact.required && !partial && !required.has(argument)) found.push(`${argument}: required by the vendor`);
    else if (!fact.required && required.has(argument) && !NEEDED.has(`${name}.${argument}`))
      found.push(`${argument}: required by us alone`);
  }
  return found;
}

const routed = [...registry.values()].filter(({ tool }) => tool.route).map(({ name, tool }) => [name, tool] as const);

describe('every operation is one of the vendor', () => {
  test.each(routed)('%s: method, path and roles', (_, tool) => {
    const route = vendorRoute(tool);
    expect(facts.find(route), route).toBeDefined();
    expect([...tool.roles].sort()).toEqual([...facts.operation(route).roles].sort());
    expect(facts.operation(route).deprecated).toBe(false);
  });

  test.each(routed)('%s: the query', (name, tool) => {
    expect(compare(name, tool, argumentsOf(tool).query, facts.operation(vendorRoute(tool)).query)).toEqual([]);
  });

  test.each(routed)('%s: the body', (name, tool) => {
    expect(compare(name, tool, argumentsOf(tool).body, facts.body(vendorRoute(tool)) ?? {})).toEqual([]);
  });

  test.each(routed)('%s: what can be cleared is what may be null', (_, tool) => {
    const { properties } = argumentsOf(tool);
    const clearable = (properties.clear?.items as { enum?: string[] } | undefined)?.enum ?? [];
    const body = facts.body(vendorRoute(tool)) ?? {};
    const nullable = Object.keys(body).filter(
      (field) => body[field]?.nullable && !body[field]?.readOnly && properties[field],
    );
    if (properties.clear) expect([...clearable].sort()).toEqual(nullable.sort());
    else if (!tool.route?.startsWith('POST ')) expect(nullable).toEqual([]);
  });

  test.each(routed)('%s: the answer', (_, tool) => {
    const answer = facts.answer(vendorRoute(tool));
    if (!answer) return;
    const known = fieldsOf(answer);
    const own = Object.keys(tool.output.shape);
    const strangers = own.filter((key) => !known[key] && !OURS.has(key));
    expect(strangers).toEqual([]);
  });
});

/** Parts of an answer that are ours: the preview of a deletion, the view that was asked for, who wrote a text. */
const OURS = new Set([
  'view_id',
  'note',
  'notes',
  'author',
  'status',
  'summary',
  'affected',
  'confirm',
  'expires_in_seconds',
]);

test('each documented operation is either a route of the vendor or a task over such routes', () => {
  const names = toolsets.flatMap(({ tools }) => Object.entries(tools).filter(([, tool]) => tool.listed));
  const direct = names.filter(([name, tool]) => documented.includes(name) && tool.route).map(([name]) => name);
  const tasks = names.filter(([name, tool]) => documented.includes(name) && tool.kind === 'task').map(([name]) => name);
  expect([...direct, ...tasks].sort()).toEqual([...documented].sort());
  expect(tasks).toEqual(['get_upload_id_for_proxy', 'get_s3_presigned_url']);
});
