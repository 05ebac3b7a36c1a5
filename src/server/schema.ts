import * as z from 'zod';
import type { Tool, Toolset } from '../tools/types.ts';
import { type JsonSchema, type Listed, preferring, type ToolEntry } from './listing.ts';

/** `has`: whether a tool is offered too; no description points to one that is not. */
export function listed(name: string, tool: Tool, has: (name: string) => boolean = () => true): Listed {
  return {
    name,
    title: tool.title,
    description: preferring(tool.description, tool.prefer, has),
    inputSchema: compact(z.toJSONSchema(tool.input, { io: 'input', unrepresentable: 'any' })),
    ...(!tool.attaches && {
      outputSchema: compact(z.toJSONSchema(tool.output, { io: 'input', unrepresentable: 'any' })),
    }),
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

/** The entries of all listed tools, in the order of the toolsets. */
export const toolEntries = (toolsets: readonly Toolset[]): readonly ToolEntry[] =>
  toolsets.flatMap(({ name: toolset, tools }) =>
    Object.entries(tools)
      .filter(([, tool]) => tool.listed)
      .map(([name, tool]) => ({
        name,
        toolset,
        effect: tool.effect,
        confirms: Boolean(tool.preview),
        ...(tool.prefer && { prefer: tool.prefer }),
        listed: listed(name, tool, () => false),
      })),
  );

/** What hosts and models pay for and can't use. Validation stays strict: it is done with the zod schema. */
const NOISE = new Set(['$schema', 'pattern', 'format', 'propertyNames', 'local', 'signed']);

function compact(schema: object): JsonSchema & { type: 'object' } {
  return strip(schema) as JsonSchema & { type: 'object' };
}

function strip(value: unknown, parent = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item));
  if (typeof value !== 'object' || value === null) return value;
  const kept: JsonSchema = {};
  for (const [key, item] of Object.entries(value)) {
    // Below `properties` keys are names of arguments: an argument may be called `format`.
    if (parent !== 'properties' && (NOISE.has(key) || isSafeIntegerBound(key, item) || isOpen(key, item))) continue;
    kept[key] = strip(item, key);
  }
  return kept;
}

const isSafeIntegerBound = (key: string, value: unknown): boolean =>
  (key === 'maximum' || key === 'minimum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER;

/** `additionalProperties: {}` says nothing: an object takes any key unless it is told not to. */
const isOpen = (key: string, value: unknown): boolean =>
  key === 'additionalProperties' && typeof value === 'object' && value !== null && Object.keys(value).length === 0;
