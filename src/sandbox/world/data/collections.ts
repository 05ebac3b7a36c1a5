import type { Row } from '../../types.ts';
import { collectionRow } from '../build/collection.ts';
import { ids } from '../build/ids.ts';
import { who } from './people.ts';

const root = 'c0110';
const idOf = (number: number): string => `${root}${String(number).padStart(3, '0')}-5b1c-11ef-9c3a-0a580a3db916`;

type Branch = readonly [key: string, title: string, id: string, ...branches: Branch[]];

const TREE: readonly Branch[] = [
  [
    'football',
    'Football',
    ids.football,
    [
      'season2025',
      'Season 2025',
      ids.season2025,
      ['matchday12', 'Matchday 12', idOf(20)],
      ['highlights', 'Matchday 12 highlights', ids.highlights],
      ['matches2025', 'Matches', idOf(21)],
      ['training', 'Training', idOf(22), ['goalkeepers', 'Goalkeepers', idOf(23)]],
      ['press', 'Press conferences', idOf(24)],
      ['fans', 'Fans and crowd', idOf(25)],
    ],
    [
      'season2023',
      '2023 Season',
      ids.season2023,
      ['matches2023', 'Matches 2023', idOf(26)],
      ['training2023', 'Training', idOf(27)],
    ],
  ],
  [
    'news',
    'News',
    idOf(30),
    ['interviews', 'Interviews', idOf(31), ['reyes', 'Jordan Reyes', idOf(32)]],
    ['storms', 'Storms and climate', idOf(33)],
    ['port', 'The port', idOf(34)],
  ],
  [
    'spring',
    'Spring Campaign',
    ids.springCampaign,
    ['teasers', 'Teasers', idOf(40), ['vertical', 'Vertical', idOf(41)], ['landscape', 'Landscape', idOf(42)]],
    ['springStills', 'Stills', idOf(43)],
    ['radio', 'Radio spots', idOf(44)],
  ],
  ['aerials', 'Aerials', idOf(50), ['drone', 'Drone 2025', ids.drones2025]],
  ['deliverables', 'Deliverables Q4', ids.deliverables],
  ['film', 'Film archive', idOf(60), ['sixties', '1960s', idOf(61)], ['seventies', '1970s', idOf(62)]],
  ['incoming', 'Incoming', idOf(70), ['unsorted', 'To be sorted', idOf(71)]],
];

/** Collections by the keys the catalogue uses. */
export const collectionIds = new Map<string, string>();
export const collections: Row[] = [];
/** Pairs of a collection and a collection inside it. */
export const nesting: [parent: string, child: string][] = [];

function grow([key, title, id, ...branches]: Branch, parents: readonly string[], position: number): void {
  const parent = parents.at(-1);
  collectionIds.set(key, id);
  collections.push(
    collectionRow(id, title, {
      is_root: parent === undefined,
      parent_id: parent ?? null,
      parents: [...parents],
      in_collections: parent === undefined ? [] : [parent],
      favoured: key === 'highlights',
      position,
      created_by_user: parents.length > 1 ? who.lena : ids.me,
      date_created: `2025-01-${String(10 + position).padStart(2, '0')}T09:30:00.000000+00:00`,
      date_modified: `2026-10-${String(10 + position).padStart(2, '0')}T16:45:00.000000+00:00`,
    }),
  );
  if (parent !== undefined) nesting.push([parent, id]);
  for (const [index, branch] of branches.entries()) grow(branch, [...parents, id], index);
}
for (const [index, branch] of TREE.entries()) grow(branch, [], index);
