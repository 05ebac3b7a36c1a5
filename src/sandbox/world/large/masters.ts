import { addToCollection } from '../build/archive.ts';
import { addAsset } from '../build/asset.ts';
import { collectionRow } from '../build/collection.ts';
import { largeIds } from '../build/ids.ts';
import type { ProfileName } from '../build/media.ts';
import type { Archive, AssetSpec } from '../build/types.ts';
import { who } from '../data/people.ts';

/** How many of the last assets of a large world are masters of programmes. */
export const MASTERS = 60;

const PROGRAMMES = ['The Pilots', 'Salt and Rope', 'Nine Lighthouses', 'Tide Tables', 'The Ferry Line'] as const;
/** What the masters really are, in turn. The specification asks for ProRes 422 HQ, 23.976, 24 bit sound. */
const ACTUAL: readonly ProfileName[] = ['master', 'master', 'masterLight', 'master', 'masterPal', 'master', 'promo'];
const DATE = '2026-03-02T09:00:00.000000+00:00';
const two = (number: number): string => String(number).padStart(2, '0');

export function addMastersCollection({ world }: Archive): void {
  world.collections.push(
    collectionRow(largeIds.masters, 'Programme masters', {
      created_by_user: who.tomBecker,
      date_created: DATE,
      date_modified: DATE,
    }),
  );
}

/** Adds the master of an episode, `number` from 0. Some are not what the client asked for. */
export function addMaster(archive: Archive, number: number): void {
  const programme = PROGRAMMES[number % PROGRAMMES.length] ?? '';
  const episode = 1 + Math.floor(number / PROGRAMMES.length);
  const spec: AssetSpec = {
    title: `${programme}, episode ${episode}, master`,
    media: ACTUAL[number % ACTUAL.length] ?? 'master',
    duration: (42 + (number % 9)) * 60_000,
    shot: `2026-${two(1 + (number % 9))}-${two(3 + (number % 24))}`,
    by: 'tomBecker',
    storage: number % 3 === 0 ? 'gateway' : 's3',
    ...(number % 8 === 0 && { copies: ['gcs'] as const }),
    viewed: number % 4 === 0 ? null : `2026-${two(1 + (number % 10))}-20`,
    values: {
      description: `${programme}, episode ${episode}.`,
      content_kind: 'programme',
      rights_clearance: 'cleared',
      house_id: `HM-${programme.replace(/[^A-Z]/g, '')}-${two(episode)}`,
      delivery_client: 'Northern Light Television',
      delivery_spec: 'prores_hq_2398',
      qc_status: 'not_checked',
      is_delivered: number % 5 === 0,
    },
  };
  addToCollection(archive, largeIds.masters, addAsset(archive, spec).id, 'assets', DATE);
}
