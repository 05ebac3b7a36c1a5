import { describe, expect, test } from 'vitest';
import { team } from '../support/team.ts';
import { ids } from '../support/world.ts';

describe('the client of the SDK', () => {
  test('finds, looks, plans and confirms', async () => {
    await using served = await team();
    const { host, call, raw } = await served.host();
    expect((await host.listTools()).tools.length).toBeGreaterThan(40);
    const { selection, total } = await call('find_assets', { words: 'drone', limit: 3 });
    expect(total).toBeGreaterThan(3);
    const { content } = await raw('view_frame', { asset: ids.match, at: '1:00' });
    expect(content.some(({ type }) => type === 'image')).toBe(true);
    const plan = await call('set_metadata', { selection, values: { Description: 'From above' } });
    expect(plan.status).toBe('preview');
    const done = await call('set_metadata', { confirm: plan.confirm });
    expect(done).toMatchObject({ status: 'done' });
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
