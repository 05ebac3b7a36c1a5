import { addAsset } from '../build/asset.ts';
import { largeIds } from '../build/ids.ts';
import type { Archive, AssetSpec, Titled, Values } from '../build/types.ts';
import { deny } from '../data/catalogue/special.ts';

/** Interviews with Jordan Reyes shot in 2025 that are not archived, including those of the story world. */
export const REYES_2025 = 38;
const SMALL_WORLDS = 7;

const THEMES = [
  'the penalty',
  'the sea wall fund',
  'the armband',
  'the youth team',
  'the derby',
  'the new boat',
] as const;
const PLACES = ['Training ground', 'Harbour Arena', 'Cascais', 'Club house', 'Studio 1'] as const;
const two = (number: number): string => String(number).padStart(2, '0');

const interview = (title: string, shot: string, more: Partial<AssetSpec> = {}, values: Values = {}): AssetSpec => ({
  title,
  media: 'interview',
  duration: 90_000 + title.length * 4_000,
  shot,
  in: ['reyes'],
  by: 'lena',
  ...more,
  values: {
    description: `${title}.`,
    content_kind: 'interview',
    people_on_camera: ['Jordan Reyes'],
    shoot_date: shot,
    spoken_language: ['en'],
    rights_clearance: 'cleared',
    ...values,
  },
});

/** An interview that counts. One in three has no expiry; one in five has a second person. */
function wanted(index: number): AssetSpec {
  const shot = `2025-${two(1 + (index % 12))}-${two(2 + ((index * 7) % 26))}`;
  const title = `Jordan Reyes on ${THEMES[index % 6]}, take ${1 + Math.floor(index / 6)}`;
  return interview(title, shot, index === 30 ? { id: largeIds.lockedReyes } : {}, {
    location_name: PLACES[index % 5] ?? '',
    ...(index % 3 > 0 && { rights_expiry_date: index % 2 ? '2026-06-30' : '2026-12-31' }),
    ...(index % 5 === 0 && { people_on_camera: ['Jordan Reyes', 'Milo Hartmann'] }),
  });
}

const archived: Partial<AssetSpec> = { archived: true, viewed: '2025-12-01' };
const late = { versions: [{ after: 20 }] };

/** Assets that resemble them and do not count. */
const decoys: readonly AssetSpec[] = [
  ...[3, 5, 6, 9, 11].map((month) =>
    interview(`Jordan Reyes, archived conversation ${month}`, `2025-${two(month)}-14`, archived),
  ),
  ...[2022, 2023, 2024, 2026].map((year) => interview(`Jordan Reyes, spring talk ${year}`, `${year}-03-09`)),
  // Shot in one year, ingested in another.
  interview('Jordan Reyes, New Year talk', '2024-12-30', late),
  interview('Jordan Reyes, looking back from January', '2026-01-03', {
    row: { date_created: '2025-12-31T10:00:00.000000+00:00' },
  }),
  interview('Jordana Reyes, sailing teacher', '2025-07-19', {}, { people_on_camera: ['Jordana Reyes'] }),
  interview('Milo Hartmann on Jordan Reyes', '2025-08-08', {}, { people_on_camera: ['Milo Hartmann'] }),
  interview('Jordan Reyes signs shirts', '2025-08-09', {}, { content_kind: 'crowd' }),
];

export function addReyes(archive: Archive): Titled[] {
  const specs = [...Array.from({ length: REYES_2025 - SMALL_WORLDS }, (_, index) => wanted(index)), ...decoys];
  const made = specs.map((spec) => ({ title: spec.title, ...addAsset(archive, spec) }));
  deny(archive, 'assets', largeIds.lockedReyes, ['read']);
  return made;
}
