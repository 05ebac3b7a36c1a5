import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createConfirmations } from '../../src/server/confirm.ts';
import { project } from '../../src/server/project.ts';
import { toResult as toMaskedResult } from '../../src/server/result.ts';
import { ids, world } from '../support/world.ts';

const toResult = (value: Record<string, unknown>) => toMaskedResult(value, (text) => text);

const output = z.looseObject({
  id: z.string().optional(),
  size: z.int().optional(),
  online: z.boolean().optional(),
  url: z.string().optional().meta({ signed: true }),
  tags: z.array(z.string()).optional(),
  parts: z.array(z.looseObject({ name: z.string() })).optional(),
  free: z.looseObject({}).optional(),
});
const shown = (value: unknown, signed = false) => project(output, value, { signed });

describe('the projection', () => {
  test('keeps what is named and drops nulls and the rest', () => {
    expect(
      shown({ id: 'a', size: null, secret: 'x', parts: [{ name: 'p', more: 1 }, null], free: { a: 1, b: null } }),
    ).toEqual({
      id: 'a',
      parts: [{ name: 'p' }],
      free: { a: 1 },
    });
  });

  test('shows signed addresses only when asked', () => {
    expect(shown({ url: 'https://x' })).toEqual({});
    expect(shown({ url: 'https://x' }, true)).toEqual({ url: 'https://x' });
  });

  test('brings what has another type into shape, and never fails', () => {
    expect(shown({ id: 7, size: '42', online: 'true', tags: 'no list', parts: {}, free: [] })).toEqual({
      id: '7',
      size: 42,
      online: true,
    });
    for (const odd of [null, 7, 'x', [], [[]]]) expect(shown(odd)).toBeUndefined();
  });
});

describe('a result', () => {
  test('says the same as text and as structure', () => {
    const { text, structured } = toResult({
      title: 'A\nB',
      tags: ['x', 'y'],
      parts: [{ name: 'p', deep: { n: 1 } }],
      none: [],
    });
    expect(structured).toEqual({ title: 'A\nB', tags: ['x', 'y'], parts: [{ name: 'p', deep: { n: 1 } }], none: [] });
    const [start, ...inside] = text.split('\n');
    expect(start).toMatch(/^<<library-data \S{8}>>$/);
    expect(inside.pop()).toBe(start?.replace('library-data', 'end'));
    expect(inside).toEqual(['title: A\\nB', 'tags: x, y', 'parts:', '- name: p · deep: {n: 1}', 'none: none']);
  });

  test('says so where nothing is in it', async () => {
    const { raw } = await world({ fetch: () => async () => Response.json({ unheard_of: 1 }) });
    const { content } = await raw('get_asset', { asset_id: ids.match });
    expect(content).toEqual([{ type: 'text', text: expect.stringContaining('nothing in it') }]);
  });

  test('is cut where it would be too long, and says how much is shown', () => {
    const objects = Array.from({ length: 500 }, (_, n) => ({
      id: `a55e7001-5b1c-11ef-9c3a-${n}`,
      text: 'x '.repeat(100),
    }));
    const { structured, text } = toResult({ objects, total: 500 });
    expect(JSON.stringify(structured).length).toBeLessThan(40_000);
    expect(text.length).toBeLessThan(40_000);
    const remaining = (structured as { objects: unknown[] }).objects.length;
    expect(remaining).toBeGreaterThan(5);
    expect(structured).toMatchObject({
      total: 500,
      cut_to_fit: expect.stringContaining(`objects: ${remaining} of 500 shown`),
    });
  });

  test('shortens one very long text', () => {
    const { structured } = toResult({ text: 'word '.repeat(50_000) });
    expect(JSON.stringify(structured).length).toBeLessThan(3_000);
  });
});

describe('a confirm token', () => {
  test('is good once, for the change that was shown', () => {
    const tokens = createConfirmations();
    const token = tokens.issue('delete_version', { id: 1, hard: true }, { v: 1 });
    expect(tokens.refuse(token, 'delete_version', { id: 2, hard: true }, { v: 1 })).toContain('another change');
    expect(tokens.refuse(token, 'delete_old_versions', { id: 1, hard: true }, { v: 1 })).toContain('another change');
    expect(tokens.refuse(token, 'delete_version', { hard: true, id: 1 }, { v: 1 })).toBeUndefined();
    expect(tokens.use(token)).toBe(true);
    expect(tokens.refuse(token, 'delete_version', { id: 1, hard: true }, { v: 1 })).toContain('used before');
    expect(tokens.refuse('guess', 'delete_version', {}, {})).toContain('unknown');
  });

  test('is void once the object has changed, and after five minutes', () => {
    let now = 0;
    const tokens = createConfirmations(() => now);
    expect(tokens.refuse(tokens.issue('t', 1, { v: 1 }), 't', 1, { v: 2 })).toContain('has changed');
    const token = tokens.issue('t', 1, 1);
    now = 301_000;
    expect(tokens.refuse(token, 't', 1, 1)).toContain('too old');
  });
});
