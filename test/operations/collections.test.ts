import { describe, expect, test } from 'vitest';
import { type Answer, ids, UNKNOWN, type Watched, watched } from '../support/traffic.ts';

const chosen = { toolsets: ['collections', 'assets'] };
const drones = { collection_id: ids.drones2025 };
const heldBy = ({ sandbox }: Watched, id: string) =>
  sandbox.store.contents.where('collection_id', id).map(({ object_id }) => object_id);

test('the size of a collection is that of its files, of one format or with the collections inside', async () => {
  const made = await watched(chosen);
  const bytes = (assets: readonly unknown[], format?: string) =>
    made.sandbox.store.files
      .list(({ asset_id, format_id }) => {
        const name = made.sandbox.store.formats.get(String(format_id))?.name;
        return assets.includes(asset_id) && (format === undefined || name === format);
      })
      .reduce((sum, { size }) => sum + Number(size), 0);
  const held = heldBy(made, ids.drones2025);
  const { size, title } = await made.call('get_collection_size', drones);
  expect({ size, title }).toEqual({ size: bytes(held), title: 'Drone 2025' });
  expect((await made.call('get_collection_size', { ...drones, format_name: 'ORIGINAL' })).size).toBe(
    bytes(held, 'ORIGINAL'),
  );
  const above = {
    collection_id: String(made.sandbox.store.collections.list(({ title }) => title === 'Aerials')[0]?.id),
  };
  const own = await made.call('get_collection_size', above);
  const all = await made.call('get_collection_size', { ...above, include_subcollections: true });
  expect(all.size).toBeGreaterThanOrEqual(own.size + size);
});

describe('a collection', () => {
  test('is renamed and moved with one request, and what is in clear is emptied', async () => {
    const made = await watched(chosen);
    const args = { ...drones, title: 'Aerials 2025', parent_id: ids.football, clear: ['category'] };
    const changed = await made.call('partial_update_collection', args);
    expect(made.last().body).toEqual({ title: 'Aerials 2025', parent_id: ids.football, category: null });
    expect(changed).toMatchObject({ title: 'Aerials 2025', parent_id: ids.football });
    expect(heldBy(made, ids.football)).toContain(ids.drones2025);
  });

  test('cannot be moved into itself, nor changed without its role', async () => {
    const made = await watched(chosen);
    const inside = { collection_id: ids.football, parent_id: ids.season2025 };
    expect(await made.refused('partial_update_collection', inside)).toContain('cannot lie in itself');
    made.sandbox.deny('can_write_collections');
    expect(await made.refused('partial_update_collection', { ...drones, title: 'x' })).toContain(
      'can_write_collections',
    );
  });

  test('gives an asset away, which stays in the library', async () => {
    const made = await watched(chosen);
    const args = { ...drones, object_type: 'assets', object_id: ids.drone };
    expect(heldBy(made, ids.drones2025)).toContain(ids.drone);
    await made.call('remove_from_collection', args);
    expect(heldBy(made, ids.drones2025)).not.toContain(ids.drone);
    expect(made.sandbox.store.assets.get(ids.drone)).toMatchObject({ status: 'ACTIVE' });
    expect(await made.refused('remove_from_collection', args)).toContain('in this collection');
  });

  test('goes to the recycle bin after a preview of what it holds, with a job', async () => {
    const made = await watched(chosen);
    const shown = await made.call('delete_collection', drones);
    const held = heldBy(made, ids.drones2025).length;
    expect(shown.summary).toContain(`the collection "Drone 2025" to the recycle bin. It holds ${held} assets`);
    expect(made.sandbox.store.collections.get(ids.drones2025)?.status).toBe('ACTIVE');
    const { job_id } = await made.call('delete_collection', { ...drones, confirm: shown.confirm });
    expect(made.sandbox.store.jobs.get(job_id)).toMatchObject({ type: 'DELETE' });
    expect(made.sandbox.store.collections.get(ids.drones2025)).toMatchObject({
      status: 'DELETED',
      deleted_by_user: ids.me,
      date_deleted: expect.any(String),
    });
    expect(await made.refused('delete_collection', { collection_id: UNKNOWN })).toContain('does not exist');
  });
});

describe('deleting segments', () => {
  const markers = async (made: Watched): Promise<string[]> =>
    made.sandbox.store.segments
      .where('asset_id', ids.match)
      .filter(({ segment_type: type }) => type === 'MARKER')
      .map(({ id }) => String(id));
  const segments = { toolsets: ['segments'] };

  test('takes one for good, or marks it, after a preview with its text and author', async () => {
    const made = await watched(segments);
    const args = { asset_id: ids.interview, segment_id: ids.comment };
    const shown = await made.call('delete_segment', { ...args, soft_delete: true });
    expect(shown.summary).toMatch(/^Marks the comment ".+" of asset .* as deleted/);
    await made.call('delete_segment', { ...args, soft_delete: true, confirm: shown.confirm });
    expect(made.sandbox.store.segments.get(ids.comment)?.status).toBe('DELETED');
    const last = await made.call('delete_segment', args);
    expect(last.summary).toMatch(/^Removes the comment ".+" of asset .* for good/);
    await made.call('delete_segment', { ...args, confirm: last.confirm });
    expect(made.sandbox.store.segments.get(ids.comment)).toBeUndefined();
    expect(await made.refused('delete_segment', args)).toContain(ids.comment);
  });

  test('also takes it out of lists that still show it', async () => {
    const made = await watched({ toolsets: ['segments', 'tasks'], sandbox: { indexLagMs: 60_000 } });
    const args = { asset_id: ids.interview, segment_id: ids.comment };
    const text = String(made.sandbox.store.segments.get(ids.comment)?.segment_text);
    const read = async () => JSON.stringify(await made.call('read_notes', { asset: ids.interview, state: 'all' }));
    expect(await read()).toContain(text);
    const { confirm } = await made.call('delete_segment', args);
    await made.call('delete_segment', { ...args, confirm });
    expect(await read()).not.toContain(text);
  });

  test('takes many by their ids, with a body, and no other', async () => {
    const made = await watched(segments);
    const [first, second, ...others] = await markers(made);
    const args = { asset_id: ids.match, segment_ids: [first, second], immediately: true };
    const shown = await made.call('delete_segments_bulk', args);
    expect(shown.affected.map(({ id, segment_type }: Answer) => [id, segment_type])).toEqual([
      [first, 'marker'],
      [second, 'marker'],
    ]);
    await made.call('delete_segments_bulk', { ...args, confirm: shown.confirm });
    expect(made.last()).toMatchObject({ query: { immediately: 'true' }, body: { segment_ids: [first, second] } });
    expect(await markers(made)).toEqual(others);
    expect(await made.refused('delete_segments_bulk', { asset_id: ids.match, segment_ids: [] })).toContain(
      'segment_ids',
    );
  });
});

describe('a new version', () => {
  const versions = { toolsets: ['versions', 'assets'] };
  const numbers = (asset: Answer) => asset.versions.map(({ version_number: number }: Answer) => number);

  test('is empty, and takes comments along if it is asked to', async () => {
    const made = await watched(versions);
    const answer = await made.call('create_version', { asset_id: ids.interview, copy_segments: true });
    expect(numbers(answer)).toEqual([1, 2, 3, 4]);
    const made4 = answer.versions.at(-1);
    const copied = made.sandbox.store.segments
      .where('asset_id', ids.interview)
      .filter((one) => one.version_id === made4.id);
    expect(copied.length).toBeGreaterThan(0);
    expect(
      made.sandbox.store.files.where('asset_id', ids.interview).filter((one) => one.version_id === made4.id),
    ).toEqual([]);
  });

  test('from another asset is shown first, then takes its media and bins it', async () => {
    const made = await watched(versions);
    const args = { asset_id: ids.interview, source_asset_id: ids.drone };
    const shown = await made.call('create_version_from_asset', args);
    expect(shown.summary).toMatch(
      / the new version of "Interview Jordan Reyes, Lisbon"; .* goes to the recycle bin\.$/,
    );
    expect(made.sandbox.store.assets.get(ids.drone)?.status).toBe('ACTIVE');
    await made.call('create_version_from_asset', { ...args, confirm: shown.confirm });
    made.sandbox.settle();
    expect(numbers(await made.call('get_asset', { asset_id: ids.interview }))).toEqual([1, 2, 3, 4]);
    expect(made.sandbox.store.assets.get(ids.drone)?.status).toBe('DELETED');
  });

  test('is refused from the asset itself, while the source is transcoded, and without the role', async () => {
    const made = await watched(versions);
    const self = { asset_id: ids.interview, source_asset_id: ids.interview };
    expect(await made.refused('create_version_from_asset', self)).toContain('version of itself');
    expect(made.requests).toEqual([]);
    const busy = { asset_id: ids.interview, source_asset_id: ids.master };
    const { confirm } = await made.call('create_version_from_asset', busy);
    expect(await made.refused('create_version_from_asset', { ...busy, confirm })).toContain('being transcoded');
    made.sandbox.deny('can_write_versions');
    expect(await made.refused('create_version', { asset_id: ids.interview })).toContain('can_write_versions');
  });
});
