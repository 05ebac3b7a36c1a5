import { collectionIds } from '../data/collections.ts';
import { type Draft, KINDS, PLACES } from '../data/generated_kinds.ts';
import { remarker } from '../data/remarks.ts';
import { addToCollection } from './archive.ts';
import { addAsset } from './asset.ts';
import type { Random } from './random.ts';
import type { Archive, AssetSpec, Made, Values } from './types.ts';

const two = (number: number): string => String(number).padStart(2, '0');

/** Adds one made-up asset; `number` keeps the file names apart. */
export function addGenerated(archive: Archive, number: number): void {
  const { random } = archive;
  const year = random.int(2021, 2026);
  const draft = random.pick(KINDS)(random, year);
  const spec = specOf(random, draft, year, number);
  const asset = addAsset(archive, spec);
  if (random.chance(0.15)) {
    const date = `${spec.shot}T12:00:00.000000+00:00`;
    addToCollection(archive, collectionIds.get('unsorted') ?? draft.in, asset.id, 'assets', date);
  }
  if (draft.duration > 0) annotate(archive, asset, spec.shot);
}

function specOf(random: Random, draft: Draft, year: number, number: number): AssetSpec {
  const { title, media, duration } = draft;
  const shot = `${year}-${two(random.int(1, year === 2026 ? 10 : 12))}-${two(random.int(1, 28))}`;
  const archived = year < 2024 && random.chance(0.4);
  return {
    title: `${title}, ${shot}`,
    media,
    duration,
    shot,
    in: [draft.in],
    by: random.pick(['rui', 'lena', 'tomOkafor', 'pavel', 'grace']),
    storage: media === 'drone' ? 'gcs' : random.chance(0.3) ? 'gateway' : 's3',
    fileName: `HM_${two(year % 100)}_${String(number).padStart(6, '0')}`,
    archived,
    viewed: random.chance(0.3) ? null : `${random.int(Math.min(year + 1, 2026), 2026)}-${two(random.int(1, 10))}-15`,
    values: valuesOf(random, draft, shot),
  };
}

function valuesOf(random: Random, { title, values }: Draft, shot: string): Values {
  return {
    description: `${title}.`,
    shoot_date: shot,
    location_name: random.pick(PLACES),
    editor_rating: random.int(1, 5),
    keywords: [
      random.pick(['football', 'harbour', 'storm', 'climate', 'sailing']),
      random.pick(['news', 'sport', 'archive']),
    ],
    rights_clearance: random.pick(['cleared', 'cleared', 'cleared', 'pending', 'restricted']),
    rights_expiry_date: `${random.int(2025, 2030)}-${two(random.int(1, 12))}-01`,
    rights_territory: [random.pick(['worldwide', 'eu', 'PT', 'GB'])],
    ...values,
  };
}

function annotate(archive: Archive, asset: Made, day: string): void {
  const { random } = archive;
  const note = remarker(archive, asset, asset.versions[0] ?? '', day);
  const start = random.int(0, Math.floor(asset.duration * 0.8));
  const end = Math.min(asset.duration, start + random.int(1_000, 20_000));
  note('MARKER', start, end, random.pick(['Use this', 'Good sound', 'Wide shot', 'Close-up', 'Reaction']), {
    segment_color: random.pick(['green', 'blue', 'yellow']),
  });
  if (random.chance(0.3))
    note(
      'COMMENT',
      start,
      null,
      random.pick(['Check the rights before use.', 'Horizon is tilted.', 'Nice light here.']),
      {
        segment_checked: random.chance(0.5),
      },
    );
}
