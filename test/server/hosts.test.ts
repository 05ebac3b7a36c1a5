import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { HOSTS, type HostKind, type Shown } from '../support/hosts.ts';
import { ids, type World, type WorldOptions, world } from '../support/world.ts';

useJumpingClock();

/** Hosts wait for 60 s, and as long as they hear of progress. */
const PATIENT = { onprogress: () => undefined, resetTimeoutOnProgress: true };

interface Played extends World {
  /** A call as the host sends it, and what of the answer its model gets. */
  play(name: string, args: Record<string, unknown>): Promise<Shown>;
}

async function played({ elicitation, server, sends, shows }: HostKind, options: WorldOptions = {}): Promise<Played> {
  const made = await world({ ...server, ...options, ...(elicitation && { elicitation }) });
  const { tools } = await made.host.listTools();
  return {
    ...made,
    async play(name, args) {
      const tool = tools.find((one) => one.name === name);
      if (!tool) throw new Error(`${name} is not listed`);
      const call = { name, arguments: { ...sends(args, tool) } };
      return shows((await made.host.callTool(call, undefined, PATIENT)) as CallToolResult);
    },
  };
}

const ASSETS = [ids.interview, ids.match];
const change = { assets: ASSETS, values: [{ label: 'Location', value: ['Harbour Arena'] }] };

const writesOf = ({ requests }: World): string[] =>
  requests.filter((one) => /^(PUT|PATCH|DELETE) /.test(one) || /^POST .*\/(segments|jobs)\//.test(one));

const locationsOf = async ({ call }: World): Promise<unknown[]> =>
  Promise.all(
    ASSETS.map(async (asset_id) => {
      const { metadata_values } = await call('get_asset_metadata', { asset_id, view_id: ids.editorialView });
      return metadata_values.location_name?.field_values[0]?.value;
    }),
  );

describe.each(Object.entries(HOSTS))('a host that %s', (_, kind) => {
  test('gets a plan, and what is confirmed is written once', async () => {
    const host = await played(kind);
    const plan = await host.play('set_metadata', change);
    expect(plan.text).toContain('Harbour Arena');
    expect(writesOf(host)).toEqual([]);
    const confirm = /confirm"?: ?"?([\w-]{10,})/.exec(plan.text)?.[1];
    expect(confirm).toBeDefined();

    const done = await host.play('set_metadata', { ...change, confirm });
    expect(done.text).toMatch(/changed"?: ?2\b/);
    expect(await locationsOf(host)).toEqual(['Harbour Arena', 'Harbour Arena']);
    expect(writesOf(host)).toHaveLength(ASSETS.length);

    await host.play('set_metadata', { ...change, confirm });
    expect(writesOf(host)).toHaveLength(ASSETS.length);
  });

  test('finds by conditions', async () => {
    const host = await played(kind);
    const where = [{ label: 'Content type', value: ['Interview'] }];
    const { text } = await host.play('find_assets', { where });
    expect(Number(/total"?: ?(\d+)/.exec(text)?.[1])).toBeGreaterThan(0);
    expect(text).toMatch(/sel_\w{6}/);
  });

  test('hands the picture of a frame to its model', async () => {
    const host = await played(kind);
    const { images, text } = await host.play('view_frame', { asset: ids.interview, at: ['2:00'] });
    expect(images).toHaveLength(1);
    expect(
      Buffer.from(images[0] ?? '', 'base64')
        .subarray(0, 3)
        .toString('hex'),
    ).toBe('ffd8ff');
    expect(text).toContain('2:00');
  });

  test('hands a marker list to its model, or the address under which it can be read', async () => {
    const host = await played(kind);
    const { documents, text } = await host.play('export_markers', { asset: ids.interview });
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatch(/^TITLE: .*\r?\n/);
    const uri = /uri: (\S+)/.exec(text)?.[1] ?? '';
    const { contents } = await host.host.readResource({ uri });
    expect(contents[0]).toMatchObject({ text: documents[0] });
  });
});

describe('a host that cancels every question at once', () => {
  test('changes nothing, and its model reads how to go on without questions', async () => {
    const { server: _, ...headless } = HOSTS[
      'cancels every question at once, with a server that needs the token alone'
    ] as HostKind;
    const host = await played(headless);
    const plan = await host.play('set_metadata', change);
    const confirm = /confirm: ([\w-]{10,})/.exec(plan.text)?.[1];
    const { text } = await host.play('set_metadata', { ...change, confirm });
    expect(text).toContain('--confirm token');
    expect(text).toContain(confirm);
    expect(writesOf(host)).toEqual([]);
  });
});
