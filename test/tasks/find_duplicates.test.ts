import { describe, expect, test } from 'vitest';
import { type Answer, ids, type World, world } from '../support/world.ts';

const drones = { collection: 'Drone 2025' };

const assetCalled = ({ sandbox }: World, title: string): string =>
  String(sandbox.store.assets.list((one) => one.title === title)[0]?.id);

const filesOf = ({ sandbox }: World, asset: string): readonly Answer[] => sandbox.store.files.where('asset_id', asset);

const change = ({ sandbox }: World, asset: string, to: Record<string, unknown>): void => {
  for (const { id } of sandbox.store.files.where('asset_id', asset)) sandbox.store.files.update(String(id), to);
  sandbox.settle();
};

const COPY = 'Drone, Old Harbour at sunrise (copy)';
const BACKUP = 'Drone, breakwater in the swell, card backup';

describe('find_duplicates', () => {
  test('groups by checksum the assets of a collection that are the same file, and says where each is used', async () => {
    const made = await world();
    const answer = await made.call('find_duplicates', drones);
    expect(answer).toMatchObject({ assets: 5, total: 2 });
    const sunrise = answer.groups.find(({ match }: Answer) => match.includes('9f4c1b70d2a84e6f8c3b5a1e7d60f294'));
    expect(sunrise.match).toMatch(/^same checksum 9f4c\S+ · 2 originals · wasted 1\.8 GB$/);
    expect(sunrise.copies[0]).toMatch(
      /^"Drone, Old Harbour at sunrise" \(.*\) · 1\.8 GB on .*\(GCS\), .*\(B2\) · created 2025-06-22 · in "Drone 2025", "The port"/,
    );
    expect(sunrise.copies[1]).toContain(COPY);
    expect(JSON.stringify(answer.groups)).not.toContain('Harbour Arena by night');
  });

  test('counts as wasted what all but one take up, on every storage, and nothing for what is archived away', async () => {
    const made = await world();
    const bytes = (asset: string): number => filesOf(made, asset).reduce((sum, { size }) => sum + size, 0);
    const [copy, backup] = [assetCalled(made, COPY), assetCalled(made, BACKUP)];
    // The sunrise has a second copy on B2: the asset with more bytes counts as the one that is kept.
    const { wasted } = await made.call('find_duplicates', drones);
    expect(wasted).toContain(`(${bytes(copy) + bytes(backup)} bytes)`);
    change(made, copy, { status: 'ARCHIVED' });
    const later = await made.call('find_duplicates', drones);
    expect(later.wasted).toContain(`(${bytes(backup)} bytes)`);
    expect(JSON.stringify(later.groups)).toMatch(/\(copy\).*archived away or missing/);
  });

  test('goes by size, name and duration where a checksum is missing, and says that this is weaker', async () => {
    const made = await world();
    const [first, copy] = [ids.drone, assetCalled(made, COPY)];
    change(made, first, { checksum: null });
    change(made, copy, { checksum: null, name: 'DJI_0417.MP4', original_name: 'dji_0417.mp4' });
    const answer = await made.call('find_duplicates', drones);
    expect(answer.total).toBe(2);
    expect(answer.groups.map(({ match }: Answer) => match.split(' · ')[0])).toContain(
      'weaker: same size, name and duration',
    );
    expect(answer.notes).toContainEqual(expect.stringMatching(/^2 of 5 originals have no checksum/));
    change(made, copy, { size: 7 });
    expect((await made.call('find_duplicates', drones)).total).toBe(1);
  });

  test('says where two assets are one file on the storage, which wastes nothing', async () => {
    const made = await world();
    const [one] = filesOf(made, assetCalled(made, 'Drone, breakwater in the swell'));
    change(made, assetCalled(made, BACKUP), { name: one.name, directory_path: one.directory_path });
    const { groups } = await made.call('find_duplicates', drones);
    const line = groups.find(({ match }: Answer) => match.includes('SAME FILE')).match;
    expect(line).toContain('wasted 0 B');
  });

  test('two copies of one original on two storages are no duplicates', async () => {
    const made = await world();
    expect(filesOf(made, ids.drone)).toHaveLength(2);
    const answer = await made.call('find_duplicates', { assets: [ids.drone] });
    expect(answer).toMatchObject({ assets: 1, total: 0, groups: [] });
    expect(answer.selection).toBeUndefined();
    expect(JSON.stringify(answer.notes)).toContain('everywhere: true');
  });

  test('finds a copy in the rest of the library where that is asked for', async () => {
    const made = await world();
    const answer = await made.call('find_duplicates', { assets: [ids.drone], everywhere: true });
    expect(answer.total).toBe(1);
    expect(answer.groups[0].copies.join()).toContain(COPY);
  });

  test('names the sub-clips, the share and the comments of a copy', async () => {
    const made = await world();
    const { store } = made.sandbox;
    const clip = store.newId();
    store.assets.insert({
      ...(store.assets.get(ids.drone) as Answer),
      id: clip,
      title: 'cut',
      type: 'SUBCLIP',
      original_asset_id: ids.drone,
    });
    const share = store.shares.list()[0] as Answer;
    store.shares.update(share.id, {
      object_type: 'assets',
      object_id: ids.drone,
      owner_id: made.sandbox.store.users.list()[0]?.id,
      expires: null,
    });
    made.sandbox.settle();
    const { groups } = await made.call('find_duplicates', drones);
    expect(groups[0].copies[0]).toMatch(/"The port" · 1 sub-clip · shared$/);
  });

  test('selects the copies without the oldest of each group, which a plan then deletes, and deletes nothing itself', async () => {
    const made = await world();
    const { selection, notes } = await made.call('find_duplicates', drones);
    const plan = await made.call('delete_assets', { selection });
    expect(plan.affected).toHaveLength(2);
    expect(plan.affected.join()).toContain(COPY);
    // The backup was made first.
    expect(plan.affected.join()).toContain('"Drone, breakwater in the swell"');
    expect(plan.notes.join()).toContain('without the oldest of each group');
    expect(notes.join()).toMatch(/Nothing was deleted\. To move a copy to the recycle bin use delete_assets/);
    expect(made.requests.filter((one) => /^DELETE |delete_queue/.test(one))).toEqual([]);
  });

  test('selects nothing that is alike only', async () => {
    const made = await world();
    const copy = assetCalled(made, COPY);
    change(made, ids.drone, { checksum: null });
    change(made, copy, { checksum: null, name: 'DJI_0417.MP4', original_name: 'dji_0417.mp4' });
    const { selection } = await made.call('find_duplicates', drones);
    const plan = await made.call('delete_assets', { selection });
    expect(plan.affected.join()).not.toContain(COPY);
  });

  test('takes the versions of one asset for no copies', async () => {
    const made = await world();
    const before = await made.call('find_duplicates', { assets: [ids.interview] });
    const [first] = filesOf(made, ids.interview);
    for (const { id } of filesOf(made, ids.interview))
      made.sandbox.store.files.update(String(id), { checksum: first?.checksum ?? 'abc', size: first?.size });
    made.sandbox.settle();
    expect(await made.call('find_duplicates', { assets: [ids.interview] })).toMatchObject({ total: before.total });
    expect(before.total).toBe(0);
  });

  test('says what it could not look at', async () => {
    const fetch =
      (sandbox: World['sandbox']): typeof globalThis.fetch =>
      (input, init) => {
        const url = String(input instanceof Request ? input.url : input);
        return /assets\/[^/]+\/files\//.test(url)
          ? Promise.resolve(Response.json({ errors: ['no'] }, { status: 403 }))
          : sandbox.fetch(input, init);
      };
    const made = await world({ fetch });
    change(made, assetCalled(made, COPY), { checksum: null });
    const { notes } = await made.call('find_duplicates', drones);
    expect(notes.join('\n')).toMatch(/The files of 1 of 5 assets were not read/);
  });
});
