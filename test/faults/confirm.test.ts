import { describe, expect, test } from 'vitest';
import { registry } from '../../src/tools/index.ts';
import type { Script } from '../support/upstream.ts';
import { allToolsets, ids, type World, world } from '../support/world.ts';
import { ASSET, against, json, OLDER, pause, until, VERSION } from './host.ts';

type Args = Readonly<Record<string, unknown>>;

/** Calls that are shown first, and the same with one thing changed. */
const shown: readonly (readonly [string, Args, Args])[] = [
  ['delete_version', { asset_id: ids.trailer, version_id: ids.interviewVersions[0] }, {}],
  ['delete_old_versions', { asset_id: ids.interview }, { asset_id: ids.trailer }],
  ['set_metadata', { assets: [ids.interview, ids.match], values: { Rating: 4 } }, { values: { Rating: 5 } }],
  ['set_metadata', { assets: [ids.interview, ids.match], values: { Rating: 4 } }, { assets: [ids.match, ids.drone] }],
  ['set_current_version', { asset: ids.interview, version: 'v1' }, { version: 'v2' }],
  ['set_current_version', { asset: ids.interview, version: 'v1', delete_old: true }, { delete_old: false }],
  [
    'make_subclips',
    { asset: ids.interview, ranges: ['1:00-2:00', '3:00-4:00'], names: ['A {n}'] },
    { names: ['B {n}'] },
  ],
  ['collect_assets', { assets: [ids.interview, ids.match], into: ids.highlights }, { into: ids.football }],
  ['move_in_collections', { collection: ids.highlights, under: ids.football }, { under: 'top' }],
  ['annotate_asset', { asset: ids.interview, items: ['1:00 x', '2:00 y'] }, { items: ['1:00 x', '2:00 z'] }],
  ['edit_assets', { assets: [ids.interview, ids.match], title: 'A {n}' }, { title: 'B {n}' }],
  ['delete_assets', { assets: [ids.interview] }, { assets: [ids.match] }],
];

const writes = ({ requests }: World): string[] =>
  requests.filter((one) => !/^GET |^POST \/API\/search\/|^POST \/API\/\w+\/v1\/\w+\/(lookup|bulk_get)/.test(one));

/** The previews that a world gives, with their tokens; calls that go straight on give none. */
async function previews(made: World) {
  const all = await Promise.all(
    shown.map(async ([name, args, change]) => {
      const { structuredContent } = await made.raw(name, args);
      const { status, confirm } = (structuredContent ?? {}) as { status?: string; confirm?: string };
      return status === 'preview' && confirm ? [{ name, args, change, confirm }] : [];
    }),
  );
  return all.flat();
}

describe('a confirm token', () => {
  test('comes from every kind of tool that shows first, and showing changes nothing', async () => {
    const made = await world();
    const seen = await previews(made);
    expect(new Set(seen.map(({ name }) => name)).size).toBeGreaterThanOrEqual(4);
    expect(new Set(seen.map(({ confirm }) => confirm)).size).toBe(seen.length);
    expect(writes(made)).toEqual([]);
  });

  test('of any tool is refused by every other tool, and nothing is changed', async () => {
    const made = await world();
    const seen = await previews(made);
    for (const { name, confirm } of seen) {
      for (const other of seen) {
        if (other.name === name) continue;
        const { isError, content } = await made.raw(other.name, { ...other.args, confirm });
        expect(isError, `${other.name} with a token of ${name}`).toBe(true);
        expect(JSON.stringify(content)).toMatch(/confirm token.*Nothing was changed/);
      }
    }
    expect(writes(made)).toEqual([]);
  });

  test('is refused where one argument is another, and by a server that is another', async () => {
    const [made, another] = [await world(), await world()];
    for (const { name, args, change, confirm } of await previews(made)) {
      if (Object.keys(change).length > 0) {
        const { isError, structuredContent } = await made.raw(name, { ...args, ...change, confirm });
        // Nothing to do is no change either.
        const { status } = (structuredContent ?? {}) as { status?: string };
        expect(isError || status === 'done', name).toBe(true);
      }
      expect((await another.raw(name, { ...args, confirm })).isError, name).toBe(true);
    }
    expect(writes(made)).toEqual([]);
    expect(writes(another)).toEqual([]);
  });

  test('is taken by no tool that does not show first: it is an unknown argument there', async () => {
    const made = await world({ toolsets: allToolsets });
    const [first] = await previews(made);
    for (const [name, { tool }] of registry) {
      if (!tool.listed || 'confirm' in tool.input.shape) continue;
      const text = await made.refused(name, { confirm: first?.confirm });
      expect(text, name).toContain('"confirm"');
    }
    expect(writes(made)).toEqual([]);
  });

  test('made up or of another type is refused by every tool that shows first; an empty one is none', async () => {
    const [fresh, made] = [await world(), await world()];
    const seen = await previews(made);
    for (const { name, args } of seen.filter((one, index) => seen.findIndex(({ name }) => name === one.name) === index))
      expect(await fresh.call(name, { ...args, confirm: '' })).toMatchObject({ status: 'preview' });
    for (const { name, args } of seen) {
      // Hosts in strict mode send something empty for what the model did not give.
      for (const confirm of [{}, null])
        expect(await made.call(name, { ...args, confirm })).toMatchObject({ status: 'preview' });
      // Once a plan waits, an empty text may be meant as an answer to it.
      expect(await made.refused(name, { ...args, confirm: '' })).toContain('approves no plan');
      for (const confirm of ['yes', 'true', 'AAAAAAAAAAAAAAAA', '__proto__', true, 1, ['x'], { a: 1 }]) {
        const { isError } = await made.raw(name, { ...args, confirm });
        expect(isError, `${name}, confirm: ${JSON.stringify(confirm)}`).toBe(true);
      }
    }
    expect(writes(made)).toEqual([]);
  });
});

const versioned: Script = ({ method }, response) => {
  if (method === 'DELETE') return response.writeHead(204).end();
  const versions = [OLDER, VERSION].map((id, n) => ({ id, version_number: n + 1, status: 'ACTIVE' }));
  return json(response, 200, { id: ASSET, title: 'Rushes', versions });
};

/** Confirms one deletion on a host that answers the question with `answer`: how the call ended, if it did in time. */
const answered = (answer: object, within = 60_000) =>
  against(
    versioned,
    async (host, up) => {
      const older = { asset_id: ASSET, version_id: OLDER };
      const asked = () => host.messages().filter(({ method }) => method === 'elicitation/create');
      const { confirm } = (await host.call('delete_version', older)).structured;
      const call = host.call('delete_version', { ...older, confirm });
      await until(() => asked().length === 1);
      host.write(JSON.stringify({ jsonrpc: '2.0', id: asked().at(-1).id, ...answer }));
      // An answer that is no JSON-RPC is none: the question stays open, and so does the call.
      const outcome = await Promise.race([call, pause(within)]);
      return { outcome, deletes: up.seen.filter(({ method }) => method === 'DELETE').length };
    },
    { capabilities: { elicitation: {} } },
  );

test.concurrent.each([
  { result: {} },
  { result: { action: 'ACCEPT' } },
  { result: { action: true, content: {} } },
  { result: null },
])('a host that answers the question with nonsense (%j): nothing is deleted', async (answer) => {
  const { outcome, deletes } = await answered(answer, 2_000);
  if (outcome) expect(outcome.isError).toBe(true);
  expect(deletes).toBe(0);
});

test.concurrent.each([
  [-32_602, 'no form here'],
  [-32_601, 'Method not found'],
])(
  'a host that answers the question with the error %i cannot ask: the token alone is enough',
  async (code, message) => {
    const { outcome, deletes } = await answered({ error: { code, message } });
    expect(outcome?.structured).toMatchObject({ status: 'done' });
    expect(deletes).toBe(1);
  },
);

test.concurrent.each([
  [-32_603, 'User rejected the request'],
  [-32_603, ''],
  [-32_000, 'User rejected the request'],
  [4001, 'denied'],
  [0, ''],
])('a host that answers the question with an error of its own (%i) asked and got no yes', async (code, message) => {
  const { outcome, deletes } = await answered({ error: { code, message } });
  expect(outcome?.isError).toBe(true);
  expect(outcome?.text).toContain('the confirm token still holds');
  expect(deletes).toBe(0);
});
