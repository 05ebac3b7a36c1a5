import * as z from 'zod';
import type { Pairs } from '../tools/params.ts';
import type { Tool, Toolset } from '../tools/types.ts';
import { type JsonSchema, type Listed, type Listing, preferring, type ToolEntry } from './listing.ts';

/** `has`: whether a tool is offered too; no description points to one that is not. */
export function listed(name: string, tool: Tool, has: (name: string) => boolean = () => true): Listed {
  return {
    name,
    title: tool.title,
    description: preferring(tool.description, tool.prefer, has),
    inputSchema: compact(jsonSchema(tool.input)),
    annotations: {
      title: tool.title,
      readOnlyHint: tool.effect === 'read',
      // By the protocol's word only additions are not destructive: an update replaces what was there.
      destructiveHint: tool.effect === 'update' || tool.effect === 'delete',
      idempotentHint: tool.idempotent,
      openWorldHint: tool.outbound,
    },
  };
}

/** The entries of all tools that a host can see, in the order of the toolsets. */
export const toolEntries = (toolsets: readonly Toolset[]): readonly ToolEntry[] =>
  toolsets.flatMap(({ name: toolset, tools, groups = {} }) =>
    Object.entries(tools)
      .filter(([, tool]) => tool.listed || tool.forPages)
      .map(([name, tool]) => ({
        name,
        toolset,
        ...groupOf(groups, name),
        effect: tool.effect,
        ...(tool.listed === 'chosen' && { onlyChosen: true }),
        confirms: Boolean(tool.preview),
        ...(tool.prefer && { prefer: tool.prefer }),
        ...(tool.page && { page: tool.page }),
        ...(tool.forPages && { forPages: tool.forPages }),
      })),
  );

/** What the entries leave out, which is most of what they weigh. */
export const listingOf = (toolsets: readonly Toolset[]): Listing => {
  const offered = new Set(toolEntries(toolsets).map(({ name }) => name));
  const all = toolsets.flatMap(({ tools }) => Object.entries(tools)).filter(([name]) => offered.has(name));
  return Object.fromEntries(all.map(([name, tool]) => [name, listed(name, tool, () => false)]));
};

function groupOf(groups: NonNullable<Toolset['groups']>, name: string): Pick<ToolEntry, 'group'> {
  const [group] = Object.entries(groups).find(([, names]) => names.includes(name)) ?? [];
  return group === undefined ? {} : { group };
}

/** The JSON schema of what a caller sends. Where a schema is listed as something else (`pairs`, `listed`), that. */
function jsonSchema(schema: z.ZodType): object {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema: shown }) {
      const { pairs, listed: as } = (z.globalRegistry.get(zodSchema) ?? {}) as ListedAs;
      const other = pairs ? z.array(pairs.item) : as;
      if (!other) return;
      const { description } = shown;
      for (const key of Object.keys(shown)) delete shown[key];
      Object.assign(shown, jsonSchema(other), description !== undefined && { description });
    },
  });
}

interface ListedAs {
  readonly pairs?: Pairs;
  readonly listed?: z.ZodType;
}

/** What hosts and models pay for and can't use. Validation stays strict: it is done with the zod schema. */
const NOISE = new Set(
  '$schema pattern format minLength default examples propertyNames local signed holds isId'.split(' '),
);

const ROOT = '';

function compact(schema: object): JsonSchema & { type: 'object' } {
  return strip(schema, ROOT) as JsonSchema & { type: 'object' };
}

function strip(value: unknown, parent?: string): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item));
  if (typeof value !== 'object' || value === null) return value;
  const kept: JsonSchema = {};
  for (const [key, item] of Object.entries(value)) {
    // Below `properties` keys are names of arguments: an argument may be called `format`.
    if (parent !== 'properties' && (NOISE.has(key) || isPlainLimit(key, item) || isOpen(key, item, parent))) continue;
    kept[key] = strip(item, key);
  }
  return kept;
}

/** A limit that nobody means to pass. */
const isPlainLimit = (key: string, value: unknown): boolean =>
  (key === 'maximum' && value === Number.MAX_SAFE_INTEGER) ||
  (['minimum', 'minItems'].includes(key) && [0, 1, Number.MIN_SAFE_INTEGER].includes(value as number));

/** An object takes any key unless it is told not to. Only the arguments themselves are told, not what they hold. */
const isOpen = (key: string, value: unknown, parent?: string): boolean =>
  key === 'additionalProperties' && (value !== false || parent !== ROOT);
