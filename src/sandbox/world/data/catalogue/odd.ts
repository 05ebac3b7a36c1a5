import { addAsset } from '../../build/asset.ts';
import { oddIds } from '../../build/ids.ts';
import { addSpeech, type Turn } from '../../build/speech.ts';
import type { Archive, AssetSpec } from '../../build/types.ts';

const INTERVIEW: AssetSpec = {
  title: 'Interview Sofia Marques, harbour pilot',
  id: oddIds.transcribedTwice,
  media: 'interview',
  duration: 120_000,
  shot: '2025-09-01',
  in: ['port'],
  by: 'lena',
  values: { content_kind: 'interview', people_on_camera: ['Sofia Marques'], rights_clearance: 'cleared' },
};
/** The first transcription, with words that the speech recognition got wrong. */
const FIRST: readonly Turn[] = [
  [0, 'How do you board a ship in a swell?'],
  [1, 'You weight for the latter and then you go on the rise.'],
  [0, 'And if you miss?'],
  [1, 'Then you get whet.'],
];
/** The second transcription; `<laugh>` stands for what is not speech. */
const SECOND: readonly Turn[] = [
  [0, 'How do you board a ship in a swell?'],
  [1, 'You wait for the ladder, and then you go on the rise.'],
  [0, 'And if you miss?'],
  [1, 'Then you get wet. <laugh>'],
];

const [first, second, third] = oddIds.unnumberedVersions;
const TITLES: AssetSpec = {
  title: 'Regatta opening titles',
  id: oddIds.unnumbered,
  media: 'promo',
  duration: 20_000,
  shot: '2025-07-04',
  in: ['teasers'],
  by: 'maria',
  versions: [
    { id: first, after: 1 },
    { id: second, after: 3 },
    { id: third, after: 8 },
  ],
  values: { content_kind: 'promo', rights_clearance: 'cleared' },
};

/** Adds assets as live archives have them and the description does not show them. */
export function addOddAssets(archive: Archive): void {
  const interview = addAsset(archive, INTERVIEW);
  const [version = ''] = interview.versions;
  const [older, newer] = oddIds.transcriptions;
  const spoken = { version, language: 'en', from: 3_000, to: 60_000 };
  addSpeech(archive, interview, { ...spoken, id: older, turns: FIRST, date: '2025-09-02T09:00:00.000000+00:00' });
  addSpeech(archive, interview, { ...spoken, id: newer, turns: SECOND, date: '2025-09-09T09:00:00.000000+00:00' });
  addAsset(archive, TITLES);
  const row = archive.world.assets.find(({ id }) => id === oddIds.unnumbered);
  const versions = Array.isArray(row?.versions) ? row.versions : [];
  if (row) row.versions = versions.map(({ version_number: _, ...version }) => version).reverse();
}
