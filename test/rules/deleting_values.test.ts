import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { registry } from '../../src/tools/index.ts';
import { examples } from '../operations/examples.ts';
import { type Answer, allToolsets, ids, type World, world } from '../support/world.ts';

type Node = { readonly [key: string]: unknown };

/** Values and flags with which Iconik deletes, deletes for good, or lets more people in, whatever the method is. */
const VALUE = /^(DELET|PURG|REMOV|DESTROY)/;
const FLAG =
  /hard_delete|soft_delete|immediately|keep_source|delete_|purge|is_public|_acls?$|acl_template|access|allow_/;

const HARMLESS: Readonly<Record<string, string>> = {
  'create_job.type': 'A job is a record of work: Iconik starts nothing for it.',
  'update_job.type': 'A job is a record of work: Iconik starts nothing for it.',
  'create_asset.apply_default_acls': 'The access that the library gives to new assets; the default.',
  'create_asset.apply_collection_acls': 'A new asset is as open as the collection it is put into.',
  'create_collection.apply_default_acls': 'The access that the library gives to new collections; the default.',
  'create_collection.apply_collection_acls': 'A new collection is as open as the one it is put into.',
};

/** A value that a tool takes, `status` or `objects[].status`. */
type Offer = readonly [tool: string, path: string, value: unknown];

function offersOf(tool: string, node: Node, path = ''): Offer[] {
  const fields = Object.entries((node.properties ?? {}) as Record<string, Node>);
  const values = ((node.enum ?? []) as unknown[]).filter((value) => VALUE.test(String(value)));
  const isFlag = node.type === 'boolean' && FLAG.test(path);
  return [
    ...fields.flatMap(([name, inner]) => offersOf(tool, inner, path ? `${path}.${name}` : name)),
    ...(node.items ? offersOf(tool, node.items as Node, `${path}[]`) : []),
    ...values.map((value) => [tool, path, value] as const),
    ...(isFlag ? [[tool, path, !/soft_delete|keep_source/.test(path)] as const] : []),
  ];
}

const all = [...registry].flatMap(([name, { tool }]) => {
  if (tool.effect === 'read') return [];
  return offersOf(name, z.toJSONSchema(tool.input, { io: 'output', unrepresentable: 'any' }) as Node);
});
const offers = all.filter(([tool, path]) => !HARMLESS[`${tool}.${path}`]);

/** Tasks that take such a value. */
const TASKS: Readonly<Record<string, Record<string, unknown>>> = {
  set_current_version: { asset: ids.interview, version: ids.interviewVersions[0] },
};

async function argumentsFor(made: World, [tool, path, value]: Offer): Promise<Record<string, unknown>> {
  const args = examples[tool]?.args ?? TASKS[tool];
  // The example of a deletion comes with its token.
  const { confirm: _, ...given } = typeof args === 'function' ? await args(made) : (args ?? {});
  const [, list = '', field = ''] = /^(\w+)\[\]\.(\w+)$/.exec(path) ?? [];
  if (list) return { ...given, [list]: [{ ...(given as Answer)[list][0], [field]: value }] };
  return { ...given, [path]: value };
}

const READING = /^GET |^POST \/API\/search\/v1\/search\/\?/;
const writes = (requests: readonly string[]): readonly string[] => requests.filter((one) => !READING.test(one));

describe('a value that deletes', () => {
  test('is found where there is one', () => {
    expect(offers).toContainEqual(['partial_update_version', 'status', 'DELETED']);
    expect(offers).toContainEqual(['delete_version', 'hard_delete', true]);
    expect(offers.length).toBeGreaterThan(7);
  });

  test.each(Object.entries(HARMLESS))('is harmless in %s: %s', (place) => {
    expect(all.map(([tool, path]) => `${tool}.${path}`)).toContain(place);
  });

  test.each(offers)('%s previews %s: %s, and does it when that is confirmed', async (...offer) => {
    const [tool] = offer;
    const made = await world({ toolsets: allToolsets });
    const args = await argumentsFor(made, offer);
    const before = made.requests.length;
    const shown: Answer = await made.call(tool, args);
    expect(shown).toMatchObject({
      status: 'preview',
      summary: expect.stringMatching(/\S/),
      confirm: expect.any(String),
    });
    expect(shown.affected).not.toEqual([]);
    expect(writes(made.requests.slice(before))).toEqual([]);

    await made.call(tool, { ...args, confirm: shown.confirm });
    expect(writes(made.requests.slice(before))).not.toEqual([]);
  });

  test.each([
    'create_asset',
    'create_segment',
    'create_asset_proxy',
    'create_asset_format',
    'create_asset_filesets',
    'create_asset_file',
  ])('is refused by %s', async (tool) => {
    const made = await world();
    const args = await argumentsFor(made, [tool, 'status', 'DELETED']);
    const before = made.requests.length;
    expect(await made.refused(tool, args)).toContain('status');
    expect(made.requests.slice(before)).toEqual([]);
  });
});

describe('a status that deletes nothing', () => {
  test.each([
    ['update_version', 1],
    ['partial_update_version', 1],
    ['update_asset_proxy', 1],
    // A replacement opens an internal segment by leaving is_internal out: it is read before.
    ['update_segment', 2],
    ['partial_update_segment', 1],
  ])('is written by %s at once, with %i requests', async (tool, count) => {
    const made = await world();
    const args = await argumentsFor(made, [tool, 'status', tool === 'update_asset_proxy' ? 'CLOSED' : 'ACTIVE']);
    const before = made.requests.length;
    await made.call(tool, args);
    expect(made.requests.slice(before)).toHaveLength(count);
    expect(writes(made.requests.slice(before))).toHaveLength(1);
  });
});
