import { addAsset } from '../../build/asset.ts';
import { ids } from '../../build/ids.ts';
import type { Archive, AssetSpec, Made } from '../../build/types.ts';
import { by, checked, remarker } from '../remarks.ts';

const MINUTE = 60_000;

const sunset = (id: string, shot: string, author: 'pavel' | 'lena'): AssetSpec => ({
  title: 'Sunset behind the cranes',
  id,
  media: 'drone',
  duration: 34_000,
  shot,
  in: [author === 'pavel' ? 'aerials' : 'port'],
  by: author,
  values: { content_kind: 'drone', shoot_date: shot, rights_clearance: 'cleared' },
});

/** Two assets with one title, assets with restricted access, and a clip with open comments. */
export const special: readonly AssetSpec[] = [
  sunset(ids.twins[0], '2025-08-02', 'pavel'),
  sunset(ids.twins[1], '2026-08-19', 'lena'),
  {
    title: 'Trophy room, members only',
    id: ids.locked,
    media: 'interview',
    duration: 3 * MINUTE,
    shot: '2025-10-04',
    in: ['fans'],
    by: 'rui',
    values: { content_kind: 'broll', shoot_date: '2025-10-04', rights_clearance: 'restricted' },
  },
  {
    title: 'Board meeting, closed session',
    id: ids.hidden,
    media: 'interview',
    duration: 55 * MINUTE,
    shot: '2026-02-11',
    in: ['press'],
    by: 'rui',
    values: { content_kind: 'broll', shoot_date: '2026-02-11', rights_clearance: 'restricted' },
  },
  {
    title: 'Season film, grade 2',
    id: ids.grade,
    media: 'broadcast',
    duration: 12 * MINUTE,
    shot: '2026-09-30',
    in: ['deliverables'],
    by: 'aisha',
    keyframesEvery: 60,
    values: {
      content_kind: 'programme',
      shoot_date: '2026-09-30',
      rights_clearance: 'cleared',
      qc_status: 'not_checked',
    },
  },
];

export function addSpecial(archive: Archive): void {
  for (const spec of special) {
    const asset = addAsset(archive, spec);
    if (spec.id === ids.grade) addGradeNotes(archive, asset);
  }
  deny(archive, 'assets', ids.locked, ['read']);
  deny(archive, 'assets', ids.hidden, []);
}

/** Limits the caller's permissions on an object to the given ones. */
export function deny({ world }: Archive, objectType: string, objectId: string, permissions: readonly string[]): void {
  const id = `${objectType}/${objectId}`;
  world.acls.push({ id, object_type: objectType, object_id: objectId, permissions: [...permissions] });
}

/** Seven comments: one is checked, one is a reply, one is about the whole asset. */
function addGradeNotes(archive: Archive, asset: Made): void {
  const note = remarker(archive, asset, asset.versions[0] ?? '', '2026-10-06');
  note('COMMENT', 4_004, 7_007, 'Skin is too red here.', by('maria'));
  note('COMMENT', 61_061, null, 'Sky clips, please bring it down.', by('tomBecker'));
  const logo = note('COMMENT', 130_130, 134_134, 'Sponsor logo must keep its own blue.', by('ines'));
  note('COMMENT', 130_130, 134_134, 'Hex value is in the style guide.', { ...by('maria'), parent_id: logo });
  note('COMMENT', 300_300, null, 'Match this to the shot before.', { ...by('maria'), ...checked });
  note('COMMENT', 600_600, 612_612, 'Drop, one minute in: flash frame.', by('tomBecker'));
  note('COMMENT', null, null, 'Overall a bit warmer, please.', by('maria'));
}

/** Comments on the trailer, version by version. */
export function addTrailerNotes(archive: Archive, asset: Made): void {
  const [one = '', two = '', three = '', four = '', five = ''] = asset.versions;
  const on = (version: string, day: number) => remarker(archive, asset, version, `2025-01-${day}`);
  const first = on(one, 21);
  first('COMMENT', 2_000, 4_000, 'Logo comes too early.', { ...by('maria'), ...checked });
  first('COMMENT', 40_000, null, 'Is this our own footage?', by('tomBecker'));
  on(two, 23)('COMMENT', 70_000, 74_000, 'Last shot is too dark.', { ...by('ines'), ...checked });
  const third = on(three, 24);
  const music = third('COMMENT', 0, 90_000, 'This music, please, not the one of version 2.', by('ines'));
  third('COMMENT', 0, 90_000, 'The licence covers it until 2027.', { ...by('maria'), parent_id: music });
  third('COMMENT', 15_000, null, 'We like this one best.', by('grace'));
  on(four, 28)('COMMENT', 0, 90_000, 'Music is wrong again.', by('ines'));
  on(five, 29)('MARKER', 58_000, 62_000, 'Title card', { ...by('aisha'), segment_color: 'blue' });
}

/** Gives some collections a poster. */
export function addPosters({ world, random }: Archive): void {
  for (const collection of [ids.highlights, ids.season2025, ids.springCampaign])
    world.keyframes.push({
      id: random.id(),
      collection_id: collection,
      type: 'POSTER',
      name: 'poster',
      filename: 'poster.jpg',
      format: 'jpg',
      status: 'CLOSED',
      storage_id: ids.keyframeStorage,
      storage_method: 'S3',
      is_public: false,
      is_custom_keyframe: true,
      resolution: { width: 1280, height: 720 },
      rotation: 0,
      date_created: '2026-01-12T09:30:00.000000+00:00',
      date_modified: '2026-01-12T09:30:00.000000+00:00',
    });
}
