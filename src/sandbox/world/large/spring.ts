import { addToCollection } from '../build/archive.ts';
import { addAsset } from '../build/asset.ts';
import { ids, largeIds } from '../build/ids.ts';
import type { ProfileName } from '../build/media.ts';
import type { Archive, AssetSpec, Titled, Values } from '../build/types.ts';
import { deny } from '../data/catalogue/special.ts';
import { collectionIds } from '../data/collections.ts';
import { who } from '../data/people.ts';

/** Assets, collections and pending clearances in and under "Spring Campaign", including those of the story world. */
export const SPRING = { assets: 612, collections: 12, pending: 240 } as const;

const MORE = [
  'Social cut-downs',
  'Behind the scenes',
  'Out of home',
  'Cinema',
  'Key visuals',
  'Music and sound',
] as const;
const KINDS: readonly [media: ProfileName, label: string, milliseconds: number, kind: string][] = [
  ['still', 'still', 0, 'still'],
  ['phone', 'vertical cut', 12_000, 'promo'],
  ['promo', 'landscape cut', 24_000, 'promo'],
  ['interview', 'rushes', 70_000, 'broll'],
  ['wave', 'sound', 31_000, 'audio'],
];
/** Clearances of the assets that are not pending, in turn. */
const SETTLED = ['cleared', 'cleared', 'restricted', 'cleared', 'refused', 'cleared', 'restricted', undefined] as const;
const DATE = '2026-02-20T09:30:00.000000+00:00';

function addCollections(archive: Archive): string[] {
  const made = MORE.map((title, index) => {
    const id = `c01102${String(index).padStart(2, '0')}-5b1c-11ef-9c3a-0a580a3db916`;
    // The last two are one level deeper.
    const parent = index < 4 ? ids.springCampaign : `c0110200-5b1c-11ef-9c3a-0a580a3db916`;
    archive.world.collections.push({
      id,
      title,
      status: 'ACTIVE',
      object_type: 'collections',
      is_root: false,
      parent_id: parent,
      parents: parent === ids.springCampaign ? [parent] : [ids.springCampaign, parent],
      in_collections: [parent],
      category: null,
      external_id: null,
      favoured: false,
      position: index + 3,
      custom_order_status: 'DISABLED',
      storage_id: null,
      created_by_user: who.maria,
      date_created: DATE,
      date_modified: DATE,
    });
    addToCollection(archive, parent, id, 'collections', DATE);
    return id;
  });
  const small = ['spring', 'teasers', 'vertical', 'landscape', 'springStills', 'radio'];
  return [...small.map((key) => collectionIds.get(key) ?? ''), ...made];
}

/** How many different assets these collections contain, and how many of them are pending. */
function count({ world }: Archive, collections: readonly string[]): { assets: number; pending: number } {
  const inside = new Set<unknown>();
  for (const row of world.contents)
    if (row.object_type === 'assets' && collections.includes(String(row.collection_id))) inside.add(row.object_id);
  const pending = world.values.filter(
    (row) => inside.has(row.object_id) && JSON.stringify(row.metadata_values).includes('"pending"'),
  );
  return { assets: inside.size, pending: pending.length };
}

function specOf(index: number, home: string, clearance: string | undefined): AssetSpec {
  const [media, label, duration, kind] = KINDS[index % KINDS.length] ?? ['still', 'still', 0, 'still'];
  const values: Values = {
    description: `Spring campaign, ${label}.`,
    content_kind: kind,
    keywords: ['spring', 'campaign'],
    shoot_date: '2026-02-18',
    rights_holder: 'Harbour Media',
    ...(clearance !== undefined && { rights_clearance: clearance }),
  };
  const title = `Spring ${label} ${String(index + 1).padStart(3, '0')}`;
  return { title, media, shot: '2026-02-18', in: [home], by: 'maria', values, ...(duration > 0 && { duration }) };
}

export function addSpring(archive: Archive): Titled[] {
  const collections = addCollections(archive);
  const there = count(archive, collections);
  const missing = SPRING.assets - there.assets;
  const pending = SPRING.pending - there.pending;
  const made: Titled[] = [];
  for (let index = 0, left = pending; index < missing; index += 1) {
    // Spreads the pending ones evenly.
    const isPending = Math.floor(((index + 1) * pending) / missing) > Math.floor((index * pending) / missing);
    if (isPending) left -= 1;
    const spec = specOf(
      index,
      collections[index % collections.length] ?? '',
      isPending ? 'pending' : SETTLED[index % 8],
    );
    const last = isPending && left === 0 ? { id: largeIds.lockedSpring } : {};
    made.push({ title: spec.title, ...addAsset(archive, { ...spec, ...last }) });
  }
  // Some are in two collections and count once.
  for (const [index, { id }] of made.slice(0, 10).entries())
    addToCollection(archive, collections[(index + 5) % collections.length] ?? '', id, 'assets', DATE);
  deny(archive, 'assets', largeIds.lockedSpring, ['read']);
  return made;
}
