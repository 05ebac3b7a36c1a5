import * as z from 'zod';
import { template } from '../../src/client/route.ts';
import { isLocal } from '../../src/tools/define.ts';
import { groupBy } from '../../src/tools/run/group_by.ts';
import type { Tool } from '../../src/tools/types.ts';
import type { FactField, FactFields, Facts } from './facts.ts';

type Node = { readonly [key: string]: unknown };
export type Routed = Tool & { readonly route: NonNullable<Tool['route']> };

/** The vendor's routes by method and number of parts, each with its parts. */
const candidates = new WeakMap<
  Facts,
  ReadonlyMap<string, readonly (readonly [route: string, parts: readonly string[]])[]>
>();

function candidatesOf(facts: Facts) {
  const known = candidates.get(facts);
  if (known) return known;
  const split = facts.routes.map((route) => [route, (route.split(' ')[1] ?? '').split('/')] as const);
  const made = groupBy(split, ([route, parts]) => `${route.split(' ')[0]} ${parts.length}`);
  candidates.set(facts, made);
  return made;
}

/** Our route in the vendor's spelling: where the vendor has `{object_type}` we may name the type. */
export function vendorRoute(facts: Facts, { route }: Routed): string {
  const { method, path } = template(route);
  const own = path.split('/');
  const fits = (parts: readonly string[]): number => {
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
  const near = candidatesOf(facts).get(`${method} ${own.length}`) ?? [];
  const found = near.map(([one, parts]) => ({ one, stoodFor: fits(parts) })).filter(({ stoodFor }) => stoodFor >= 0);
  found.sort((a, b) => a.stoodFor - b.stoodFor);
  return found[0]?.one ?? `not in the description: ${method} ${path}`;
}

/** What a tool takes, split by where it is sent. */
export function argumentsOf(tool: Routed) {
  const { method, pathNames, queryNames } = template(tool.route);
  const schema = z.toJSONSchema(tool.input, { io: 'input', unrepresentable: 'any' }) as Node;
  // What is sent: behind what is listed as a plain object stands its full schema.
  const behind = z.toJSONSchema(tool.input, { io: 'output', unrepresentable: 'any', override: withValues }) as Node;
  const properties = behind.properties as Record<string, Node>;
  const required = new Set((schema.required as string[] | undefined) ?? []);
  const names = Object.keys(properties).filter((name) => !isLocal(tool.input.shape[name]) && !pathNames.includes(name));
  const bodiless = method === 'GET' || (method === 'DELETE' && queryNames.length === 0);
  const inQuery = (name: string) => bodiless || queryNames.includes(name);
  return {
    properties,
    required,
    query: names.filter(inQuery),
    body: names.filter((name) => !inQuery(name)),
  };
}

/** What an object with free names holds, which no JSON schema is made of. */
function withValues({
  zodSchema,
  jsonSchema,
}: {
  readonly zodSchema: unknown;
  jsonSchema: Record<string, unknown>;
}): void {
  const holds = (zodSchema as z.ZodType).meta()?.holds as z.ZodType | undefined;
  if (holds) jsonSchema.additionalProperties = z.toJSONSchema(holds, { io: 'output', unrepresentable: 'any' });
}

/** One way in which what a tool takes is not what the vendor takes. */
export interface Difference {
  /** `drawing.primitives[].type`; a value of a closed set behind `=`. */
  readonly path: string;
  readonly what: string;
}

const differs = (path: string, what: string): Difference => ({ path, what });

/** Differences between a tool's query or body and the vendor's; of several bodies, to the one that is nearest. */
export function differences(facts: Facts, tool: Routed, part: 'query' | 'body'): readonly Difference[] {
  const { query, body = {} } = facts.operation(vendorRoute(facts, tool));
  if (part === 'query') return compareAll(facts, tool, part, query);
  const bodies = (body.oneOf ?? [body]).map((one) => compareAll(facts, tool, part, facts.fieldsOf(one)));
  return bodies.sort((a, b) => a.length - b.length)[0] ?? [];
}

function compareAll(facts: Facts, tool: Routed, part: 'query' | 'body', vendor: FactFields): Difference[] {
  const { properties, required, [part]: own } = argumentsOf(tool);
  const partial = tool.route.startsWith('PATCH ');
  const given = own.flatMap((argument) => {
    const field = vendor[argument];
    return field ? compare(facts, argument, properties[argument], field) : [differs(argument, 'unknown to the vendor')];
  });
  const lacking = Object.entries(vendor).flatMap(([argument, fact]) => {
    // What is required and not sent here is given by the path.
    if (facts.resolve(fact).readOnly || (!own.includes(argument) && required.has(argument))) return [];
    if (!own.includes(argument)) return [differs(argument, 'not offered')];
    if (fact.required && !partial && !required.has(argument)) return [differs(argument, 'required by the vendor')];
    return !fact.required && required.has(argument) ? [differs(argument, 'required by us alone')] : [];
  });
  return [...given, ...lacking];
}

/** Everything in which an argument differs from the vendor's field, down to its leaves. */
function compare(facts: Facts, path: string, ours: Node | undefined, fact: FactField): Difference[] {
  if (!ours) return [];
  const vendor = facts.resolve(fact);
  if (vendor.readOnly) return [differs(path, 'read-only')];
  return [
    ...compareType(path, ours, vendor),
    ...compareChoices(path, ours, vendor),
    ...compareLimits(path, ours, vendor),
    ...(vendor.items ? compare(facts, `${path}[]`, ours.items as Node | undefined, vendor.items) : []),
    ...(vendor.values ? compare(facts, `${path}{}`, valuesOf(ours), vendor.values) : []),
    ...compareFields(facts, path, ours, vendor),
  ];
}

const valuesOf = (ours: Node): Node | undefined =>
  typeof ours.additionalProperties === 'object' ? (ours.additionalProperties as Node) : undefined;

function compareType(path: string, ours: Node, { type: wanted }: FactField): Difference[] {
  if (!wanted || ours.type === wanted || (!ours.type && wanted === 'object')) return [];
  return [differs(path, `${ours.type ?? 'no type'}, the vendor has ${wanted}`)];
}

function compareChoices(path: string, ours: Node, { enum: values }: FactField): Difference[] {
  if (!values) return [];
  const own = ours.enum as unknown[] | undefined;
  if (!own) return [differs(path, 'open, the vendor has a closed set')];
  return [
    ...own
      .filter((value) => !values.includes(value))
      .map((value) => differs(`${path}=${value}`, 'unknown to the vendor')),
    ...values.filter((value) => !own.includes(value)).map((value) => differs(`${path}=${value}`, 'not offered')),
  ];
}

function compareLimits(path: string, ours: Node, { minimum, maximum, minItems }: FactField): Difference[] {
  const low = ours.minimum as number | undefined;
  const high = ours.maximum as number | undefined;
  const found: Difference[] = [];
  if (minimum !== undefined && low !== undefined && low < minimum)
    found.push(differs(path, `from ${low}, the vendor from ${minimum}`));
  if (maximum !== undefined && high !== undefined && high > maximum && high < Number.MAX_SAFE_INTEGER)
    found.push(differs(path, `to ${high}, the vendor to ${maximum}`));
  if (minItems && (ours.minItems as number | undefined) !== minItems) found.push(differs(path, `minItems ${minItems}`));
  return found;
}

function compareFields(facts: Facts, path: string, ours: Node, vendor: FactField): Difference[] {
  if (!vendor.fields || !ours.properties) return [];
  const fields = facts.fieldsOf(vendor);
  const required = new Set(ours.required as string[] | undefined);
  const own = Object.entries(ours.properties as Record<string, Node>).flatMap(([name, inner]) => {
    const field = fields[name];
    const at = `${path}.${name}`;
    return field ? compare(facts, at, inner, field) : [differs(at, 'unknown to the vendor')];
  });
  const lacking = Object.entries(fields).filter(
    ([name, field]) => field.required && !field.readOnly && !required.has(name),
  );
  return [...own, ...lacking.map(([name]) => differs(`${path}.${name}`, 'required by the vendor'))];
}
