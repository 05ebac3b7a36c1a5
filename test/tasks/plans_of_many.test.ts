import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, largeIds, world } from '../support/world.ts';

useJumpingClock();

const CLEARED = { Clearance: 'Cleared' };

describe('a plan for many assets', () => {
  test('lists up to fifty, counts the old values of all, and says where Iconik will refuse', async () => {
    const { call, sandbox } = await world({ assets: 3_000 });
    const plan = await call('set_metadata', {
      collection: 'Spring Campaign',
      where: { Clearance: 'not Cleared' },
      values: CLEARED,
    });
    expect(plan.affected.length).toBeGreaterThan(40);
    expect(plan.affected.length).toBeLessThanOrEqual(50);
    const notes = plan.notes.join('\n');
    const counts = /Clearance now: (.*)/.exec(notes)?.[1] ?? '';
    const sum = [...counts.matchAll(/ (\d+)(?=,|$)/g)].reduce((all, [, count]) => all + Number(count), 0);
    expect(plan.summary).toContain(` ${sum} of `);
    const locked = String(sandbox.store.assets.get(largeIds.lockedSpring)?.title);
    expect(notes).toMatch(/Iconik will refuse 1, which you may read but not change/);
    expect(notes).toContain(locked);
  });

  test('says where Iconik will refuse one that was named', async () => {
    const { call } = await world();
    const plan = await call('set_metadata', { assets: [ids.locked, ids.match], values: { Rating: 3 } });
    expect(plan.notes.join()).toContain('Iconik will refuse 1');
    const { failed, notes } = await call('set_metadata', { confirm: plan.confirm });
    expect(failed.join()).toContain('403');
    expect(notes.at(-1)).toMatch(/^403: .*lacks a role \(this needs .*\. An Iconik administrator can grant it\.$/);
  });
});

describe('first: the first of a selection', () => {
  test('are those that find_assets lists first', async () => {
    const { call } = await world({ assets: 3_000 });
    const found = await call('find_assets', { media_type: ['video'], sort: 'longest', limit: 10 });
    const plan = await call('set_metadata', { selection: found.selection, first: 10, values: { Rating: 2 } });
    const titles = (lines: string[]) =>
      lines.map((line) => /^- ?"([^"]+)"|^"([^"]+)"/.exec(line)?.slice(1).join('')).sort();
    expect(titles(plan.affected)).toEqual(titles(found.hits));
    expect(plan.notes.join()).toMatch(/first: 10 → 10 of them, from "/);
    const done = await call('set_metadata', { confirm: plan.confirm });
    expect(done.changed).toBe(10);
  });

  test('are as many as a plan can hold', async () => {
    const { call, refused } = await world({ assets: 3_000 });
    const { selection } = await call('find_assets', { limit: 1 });
    expect(await refused('delete_assets', { selection })).toContain('Take the first 2000 with first');
    const plan = await call('delete_assets', { selection, first: 2_000 });
    expect(plan.summary).toContain('Moves 2000 assets');
    expect(await refused('delete_assets', { selection, first: 20_001 })).toContain(
      'first: 20001 must be at most 20000',
    );
  });

  test('are collected in their order', async () => {
    const { call } = await world();
    const found = await call('find_assets', { media_type: ['video'], sort: 'longest', limit: 3 });
    const plan = await call('collect_assets', {
      selection: found.selection,
      first: 3,
      into: 'Longest',
      create_collection: true,
    });
    const places = found.hits.map((line: string) =>
      plan.affected.findIndex((one: string) => one.includes(line.split('"')[1] ?? '')),
    );
    expect(places).toEqual([0, 1, 2]);
  });

  test('are the first of those that are named, too', async () => {
    const { call } = await world();
    const assets = [ids.match, ids.interview, ids.drone];
    const plan = await call('collect_assets', { assets, first: 2, into: 'Two', create_collection: true });
    expect(plan.affected).toHaveLength(2);
    expect(plan.affected.join()).not.toContain(ids.drone);
  });

  test('are those that match, where there is a condition', async () => {
    const { call } = await world({ assets: 3_000 });
    const { selection } = await call('find_assets', { media_type: ['video'], sort: 'newest', limit: 1 });
    const where = { Clearance: 'Pending' };
    const plan = await call('set_metadata', { selection, where, first: 5, values: CLEARED });
    expect(plan.affected).toHaveLength(5);
    for (const line of plan.affected) expect(line).toContain('Clearance Pending → Cleared');
  });
});
