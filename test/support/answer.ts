import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import { registry } from '../../src/tools/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever document a tool answers
type Answer = any;

/** What a tool answered: its structured content, or, where it attaches something, the facts that its text holds. */
export function answerOf(name: string, result: CallToolResult): Answer {
  if (result.structuredContent) return result.structuredContent;
  const text = result.content.map((item) => (item.type === 'text' ? item.text : '')).join('\n');
  const lines = text.split('\n').filter((line) => !/^<<(library-data|end) /.test(line));
  return typed(readBlock(lines, ''), registry.get(name)?.tool.output.shape ?? {});
}

/** `key: value`, `key:` with deeper lines or `- item` lines below it. */
function readBlock(lines: readonly string[], indent: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (let n = 0; n < lines.length; n += 1) {
    const [, key, value] = /^(\s*[\p{L}\p{N}_]+):(?: (.*))?$/u.exec(lines[n] ?? '') ?? [];
    if (key === undefined || !key.startsWith(indent) || /^\s/.test(key.slice(indent.length))) continue;
    if (value !== undefined) found[key.trim()] = value;
    else {
      const end = lines.findIndex(
        (line, at) => at > n && !line.startsWith(`${indent}- `) && !line.startsWith(`${indent} `),
      );
      const inner = lines.slice(n + 1, end === -1 ? lines.length : end);
      const items = inner.filter((line) => line.startsWith(`${indent}- `)).map((line) => line.slice(indent.length + 2));
      found[key.trim()] = items.length > 0 ? items : readBlock(inner, `${indent}  `);
    }
  }
  return found;
}

function typed(found: Record<string, unknown>, shape: z.ZodRawShape): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(found).map(([key, value]) => [key, as(shape[key] as z.ZodType | undefined, value)]),
  );
}

function as(schema: z.ZodType | undefined, value: unknown): unknown {
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  if (inner instanceof z.ZodArray && typeof value === 'string') return value === 'none' ? [] : value.split(', ');
  if (inner instanceof z.ZodString || typeof value !== 'string') {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, as(undefined, item)]))
      : value;
  }
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
