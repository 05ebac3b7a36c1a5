import { describe, expect, test } from 'vitest';
import { ids, world } from '../support/world.ts';

describe('prompts', () => {
  test('are listed with their arguments, and worded with what the person gave', async () => {
    const { host } = await world();
    const { prompts } = await host.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(['log_clip', 'review_digest', 'clean_metadata', 'shot_list']);
    for (const { description, arguments: args = [] } of prompts) {
      expect(description?.length).toBeGreaterThan(20);
      expect(args.some(({ required }) => required)).toBe(true);
    }
    const { messages } = await host.getPrompt({
      name: 'log_clip',
      arguments: { asset: 'Drone "x"', view: 'Editorial' },
    });
    expect(messages).toMatchObject([{ role: 'user', content: { type: 'text' } }]);
    const text = JSON.stringify(messages);
    expect(text).toContain('Editorial');
    expect(text).toContain('annotate_asset');
  });

  test('name only tools that this server offers', async () => {
    const { host } = await world();
    const names = new Set((await host.listTools()).tools.map(({ name }) => name));
    for (const { name, arguments: args = [] } of (await host.listPrompts()).prompts) {
      const given = Object.fromEntries(args.map((one) => [one.name, 'x']));
      const text = JSON.stringify((await host.getPrompt({ name, arguments: given })).messages);
      const named = text.match(/\b(find|show|read|set|view|annotate|describe|make|export|collect)_[a-z_]+/g) ?? [];
      expect(named.filter((tool) => !names.has(tool))).toEqual([]);
      expect(named.length).toBeGreaterThan(0);
    }
  });

  test('are not offered where their tools are not', async () => {
    const readOnly = await world({ readOnly: true });
    const { prompts } = await readOnly.host.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(['review_digest', 'shot_list']);
    const few = await world({ toolsets: ['jobs'] });
    expect(few.host.getServerCapabilities()?.prompts).toBeUndefined();
    expect(few.host.getServerCapabilities()?.resources).toBeUndefined();
  });

  test('that are unknown or lack an argument are refused by name', async () => {
    const { host } = await world();
    await expect(host.getPrompt({ name: 'log' })).rejects.toThrow(/"log".*log_clip/);
    await expect(host.getPrompt({ name: 'log_clip' })).rejects.toThrow(/asset is missing/);
  });
});

describe('resources', () => {
  test('an asset, its transcript and the views are read by their address', async () => {
    const { host } = await world();
    expect((await host.listResources()).resources.map(({ uri }) => uri)).toEqual(['iconik://metadata-views']);
    const { resourceTemplates } = await host.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'iconik://asset/{id}',
      'iconik://asset/{id}/transcript',
    ]);
    const read = async (uri: string) => JSON.stringify((await host.readResource({ uri })).contents);
    expect(await read(`iconik://asset/${ids.interview}`)).toContain('Interview Jordan Reyes, Lisbon');
    expect(await read(`iconik://asset/${ids.interview}/transcript`)).toMatch(/10:0\d:\d\d:\d\d/);
    expect(await read('iconik://metadata-views')).toContain('Rights');
  });

  test('that are not there are refused with those that are', async () => {
    const { host } = await world();
    for (const uri of ['iconik://nothing', 'iconik://asset/', 'iconik://asset/a/b', 'file:///etc/passwd']) {
      await expect(host.readResource({ uri })).rejects.toThrow(/There is no resource .*iconik:\/\/asset\/\{id\}/);
    }
    await expect(host.readResource({ uri: `iconik://asset/${ids.hidden}` })).rejects.toThrow(/40[34]/);
  });
});

describe('completion', () => {
  const complete = async (name: string, value: string) => {
    const { host } = await world();
    const { completion } = await host.complete({
      ref: { type: 'ref/prompt', name: 'log_clip' },
      argument: { name, value },
    });
    return completion.values;
  };

  test('finishes titles of assets and names of collections, and ids', async () => {
    expect(await complete('asset', 'Interview Jord')).toContain('Interview Jordan Reyes, Lisbon');
    expect(await complete('collection', 'Matchd')).toContain('Matchday 12 highlights');
    expect(await complete('id', 'Interview Jord')).toContain(ids.interview);
  });

  test('gives a title as it is, whatever signs it holds', async () => {
    const { host, sandbox } = await world();
    const title = 'Crane "A" · odd, north quay';
    sandbox.store.assets.update(ids.drone, { title });
    sandbox.reindex();
    const { completion } = await host.complete({
      ref: { type: 'ref/prompt', name: 'log_clip' },
      argument: { name: 'asset', value: 'Crane "A" · od' },
    });
    expect(completion.values).toEqual([title]);
  });

  test('gives the id where the title cannot be shown as it is, so that what it offers is found', async () => {
    const { host, sandbox, call } = await world();
    sandbox.store.assets.update(ids.drone, { title: 'Crane \u202eodd\u200b quay' });
    sandbox.reindex();
    const { completion } = await host.complete({
      ref: { type: 'ref/prompt', name: 'log_clip' },
      argument: { name: 'asset', value: 'Crane' },
    });
    const offered = completion.values.find((value) => value === ids.drone || value.includes('odd'));
    expect(await call('show_asset', { asset: offered })).toMatchObject({ asset: expect.stringContaining(ids.drone) });
  });

  test('has nothing for other arguments or single letters', async () => {
    expect(await complete('view', 'Edit')).toEqual([]);
    expect(await complete('asset', 'I')).toEqual([]);
  });
});
