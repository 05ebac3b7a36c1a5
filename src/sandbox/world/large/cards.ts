import { addToCollection } from '../build/archive.ts';
import { addAsset } from '../build/asset.ts';
import { ids, largeIds } from '../build/ids.ts';
import type { Archive, AssetSpec, Titled } from '../build/types.ts';
import { who } from '../data/people.ts';

/** One row of a log sheet; timecodes are 29.97 drop frame. */
export interface LogRow {
  readonly file: string;
  readonly in: string;
  readonly out: string;
  readonly player: string;
  readonly rating: number;
}

const two = (number: number): string => String(number).padStart(2, '0');
const cardFile = (number: number): string => `A017C0${two(number)}_250511.mxf`;
/** File names that occur twice: action cameras restart numbering on every card. */
const AMBIGUOUS = ['GX010031.MP4', 'GX010032.MP4', 'GX010044.MP4'];
const PLAYERS = ['Jordan Reyes', 'Milo Hartmann', 'Davi Sousa', 'Ivo Marques'] as const;

const rowOf = (file: string, index: number): LogRow => ({
  file,
  in: `01:00:${two(2 + (index % 9))};${two((index * 5) % 28)}`,
  out: `01:00:${two(13 + (index % 7))};00`,
  player: PLAYERS[index % 4] ?? '',
  rating: 1 + ((index * 3) % 5),
});

/** Forty rows: 36 files that exist once, 3 that exist twice, one that does not exist. */
export const logSheet: readonly LogRow[] = [
  ...Array.from({ length: 36 }, (_, index) => cardFile(index + 1)),
  ...AMBIGUOUS,
  'A017C099_250511.mxf',
].map(rowOf);

const clip = (title: string, fileName: string, media: 'broadcast' | 'phone'): AssetSpec => ({
  title,
  media,
  duration: 25_000,
  shot: '2025-05-11',
  in: [largeIds.cards],
  by: 'tomOkafor',
  storage: 'gateway',
  fileName,
  values: {
    content_kind: 'match',
    shoot_date: '2025-05-11',
    competition: 'league',
    matchday_number: 14,
    rights_clearance: 'cleared',
    // Has values that an import would overwrite.
    ...(fileName === cardFile(5) && { editor_rating: 2, players_seen: ['Davi Sousa'] }),
  },
});

export function addCards(archive: Archive): Titled[] {
  const date = '2025-05-11T21:00:00.000000+00:00';
  archive.world.collections.push({
    id: largeIds.cards,
    title: 'Matchday 14, camera cards',
    status: 'ACTIVE',
    object_type: 'collections',
    is_root: false,
    parent_id: ids.season2025,
    parents: [ids.football, ids.season2025],
    in_collections: [ids.season2025],
    category: null,
    external_id: null,
    favoured: false,
    position: 6,
    custom_order_status: 'DISABLED',
    storage_id: null,
    created_by_user: who.tomOkafor,
    date_created: date,
    date_modified: date,
  });
  addToCollection(archive, ids.season2025, largeIds.cards, 'collections', date);
  const specs = [
    ...Array.from({ length: 36 }, (_, index) =>
      clip(`Matchday 14, camera ${1 + (index % 3)}, clip ${two(index + 1)}`, cardFile(index + 1), 'broadcast'),
    ),
    ...AMBIGUOUS.flatMap((file) =>
      ['goal camera', 'bench camera'].map((camera) =>
        clip(`Matchday 14, ${camera}, ${file.slice(4, 8)}`, file, 'phone'),
      ),
    ),
  ];
  return specs.map((spec) => ({ title: spec.title, ...addAsset(archive, spec) }));
}
