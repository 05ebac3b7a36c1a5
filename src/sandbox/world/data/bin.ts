import type { Row } from '../../types.ts';
import { addAsset } from '../build/asset.ts';
import { collectionRow } from '../build/collection.ts';
import { ids } from '../build/ids.ts';
import type { Archive, AssetSpec } from '../build/types.ts';
import { who } from './people.ts';

interface Deletion {
  readonly by: keyof typeof who;
  /** yyyy-mm-ddThh:mm */
  readonly at: string;
}

const BIN: readonly (readonly [AssetSpec, Deletion])[] = [
  [
    {
      title: 'Matchday 11, camera 3, duplicate ingest',
      id: ids.deleted,
      media: 'broadcast',
      duration: 312_000,
      shot: '2025-04-19',
      in: ['matches2025'],
      by: 'rui',
      viewed: null,
      values: { content_kind: 'match', card_number: 'A014' },
    },
    { by: 'rui', at: '2026-11-02T08:14' },
  ],
  [
    { title: 'Spring teaser, rejected music edit', media: 'promo', duration: 31_000, shot: '2026-02-18', by: 'maria' },
    { by: 'maria', at: '2026-11-10T16:40' },
  ],
  [
    {
      title: 'Colour bars and tone, 10 seconds',
      media: 'promo',
      duration: 10_000,
      shot: '2024-01-08',
      by: 'tomBecker',
    },
    { by: 'ines', at: '2026-11-17T11:05' },
  ],
];

/** Fills the recycle bin: assets and a collection that were deleted and can be restored. */
export function addBin(archive: Archive): void {
  const { world, random } = archive;
  for (const [spec, { by, at }] of BIN) {
    const { id, versions } = addAsset(archive, spec);
    const date = `${at}:00.000000+00:00`;
    const row = world.assets.find((asset) => asset.id === id);
    if (row) Object.assign(row, deletedBy(who[by], date));
    world.history.push({
      id: random.id(),
      asset_id: id,
      version_id: versions.at(-1) ?? null,
      operation_type: 'DELETE',
      operation_description: 'Moved to the recycle bin',
      user_id: who[by],
      date_created: date,
      date_modified: date,
    });
  }
  world.collections.push(oldSelects());
}

const deletedBy = (user: string, date: string): Row => ({
  status: 'DELETED',
  date_deleted: date,
  deleted_by_user: user,
  date_modified: date,
});

const oldSelects = (): Row =>
  collectionRow(ids.deletedCollection, 'Old selects, do not use', {
    created_by_user: who.lena,
    date_created: '2024-06-03T09:30:00.000000+00:00',
    ...deletedBy(who.lena, '2026-10-29T15:20:00.000000+00:00'),
  });
