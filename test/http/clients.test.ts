import { createMCPClient } from '@ai-sdk/mcp';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { describe, expect, test } from 'vitest';
import { team } from '../support/team.ts';
import { callsOf, ids, type World } from '../support/world.ts';

/** What anybody does with any client. */
async function findLookPlanConfirm({ call, raw }: Pick<World, 'call' | 'raw'>): Promise<void> {
  const { selection, total } = await call('find_assets', { words: 'drone', limit: 3 });
  expect(total).toBeGreaterThan(3);
  const { content } = await raw('view_frame', { asset: ids.match, at: '1:00' });
  expect(content.some(({ type }) => type === 'image')).toBe(true);
  const plan = await call('set_metadata', { selection, values: { Description: 'From above' } });
  expect(plan.status).toBe('preview');
  expect(await call('set_metadata', { confirm: plan.confirm })).toMatchObject({ status: 'done', changed: total });
}

describe('the client of the SDK', () => {
  test('finds, looks, plans and confirms', async () => {
    await using served = await team();
    const { host, call, raw } = await served.host();
    expect((await host.listTools()).tools.length).toBeGreaterThan(40);
    await findLookPlanConfirm({ call, raw });
    await host.close();
  });

  test('reads a document that an answer of another request attached', async () => {
    await using served = await team();
    const { host, raw } = await served.host();
    const { content } = await raw('export_markers', { asset: ids.match, format: 'csv' });
    const document = content.find(({ type }) => type === 'resource');
    if (document?.type !== 'resource') throw new Error('nothing is attached');
    const { contents } = await host.readResource({ uri: document.resource.uri });
    expect(contents[0]).toMatchObject({ uri: document.resource.uri });
    await host.close();
  });
});

describe('the client of the newer SDK, as it comes', () => {
  test('finds, looks, plans and confirms', async () => {
    await using served = await team();
    const host = new Client({ name: 'test', version: '0' });
    await host.connect(new StreamableHTTPClientTransport(new URL(served.url)));
    await findLookPlanConfirm(callsOf(host));
    await host.close();
  });
});

describe('the AI SDK', () => {
  test('finds, looks, plans and confirms', async () => {
    await using served = await team();
    const client = await createMCPClient({ transport: { type: 'http', url: served.url } });
    const tools = await client.tools();
    const calls = callsOf({
      callTool: async ({ name, arguments: args }) => tools[name]?.execute(args, { toolCallId: '1', messages: [] }),
    });
    await findLookPlanConfirm(calls);
    await client.close();
  });
});
