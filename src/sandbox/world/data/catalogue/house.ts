import { ids } from '../../build/ids.ts';
import type { ProfileName } from '../../build/media.ts';
import type { AssetSpec, Values } from '../../build/types.ts';

const MINUTE = 60_000;

const spring = (title: string, media: ProfileName, duration: number, key: string, clearance: string): AssetSpec => ({
  title,
  media,
  ...(duration > 0 && { duration }),
  shot: '2026-02-18',
  in: [key],
  by: 'maria',
  values: {
    description: `${title}, for the spring campaign.`,
    content_kind: media === 'still' ? 'still' : media === 'wave' ? 'audio' : 'promo',
    keywords: ['spring', 'campaign'],
    shoot_date: '2026-02-18',
    rights_clearance: clearance,
    rights_holder: 'Harbour Media',
  },
});

const delivery = (houseId: string, more: Values = {}): Values => ({
  house_id: houseId,
  delivery_client: 'Northern Light Television',
  delivery_due: '2026-12-04T16:00:00+00:00',
  delivery_spec: 'prores_hq_2398',
  delivery_contact: 'anna@client.example',
  is_delivered: false,
  content_kind: 'programme',
  rights_clearance: 'cleared',
  qc_status: 'not_checked',
  ...more,
});
const episode = (number: number, media: ProfileName, more: Partial<AssetSpec> = {}): AssetSpec => ({
  title: `The Breakwater, episode ${number}, master`,
  media,
  duration: 44 * MINUTE + number * 7_000,
  shot: `2026-10-1${number}`,
  in: ['deliverables'],
  by: 'tomBecker',
  values: delivery(`HM-BW-00${number}`),
  ...more,
});
const film = (title: string, year: number, minutes: number, more: Partial<AssetSpec> = {}): AssetSpec => ({
  title,
  media: 'film',
  duration: minutes * MINUTE,
  shot: '2024-09-12',
  in: [year < 1970 ? 'sixties' : 'seventies'],
  by: 'grace',
  viewed: '2025-03-01',
  values: {
    description: `16 mm print of ${year}, scanned in 2024.`,
    content_kind: 'archive_film',
    keywords: ['archive', 'film', 'harbour'],
    rights_clearance: 'restricted',
    rights_holder: 'City Archive',
    card_number: `CAN-${year}-3`,
  },
  ...more,
});

/** Campaign, masters, film archive, odds and ends. */
export const house: readonly AssetSpec[] = [
  spring('Spring teaser, vertical, 15 seconds', 'phone', 15_000, 'vertical', 'pending'),
  spring('Spring teaser, vertical, 6 seconds', 'phone', 6_000, 'vertical', 'cleared'),
  spring('Spring teaser, landscape, 30 seconds', 'promo', 30_000, 'landscape', 'pending'),
  spring('Spring still, quay with sails', 'still', 0, 'springStills', 'pending'),
  spring('Spring still, fish market', 'still', 0, 'springStills', 'refused'),
  spring('Spring radio spot, 20 seconds', 'wave', 20_000, 'radio', 'pending'),
  episode(1, 'master', { id: ids.master, keyframesEvery: 60, copies: ['gateway'] }),
  episode(2, 'masterLight'),
  episode(3, 'masterPal'),
  episode(4, 'masterHour', {
    id: ids.hourClip,
    keyframesEvery: 30,
    values: delivery('HM-BW-004', { qc_status: 'failed', qc_note: 'Start is one hour late' }),
  }),
  episode(5, 'master', { values: delivery('HM-BW-005', { qc_status: 'passed', is_delivered: true }) }),
  film('Launch of the ferry Santa Luzia, 1962', 1962, 9),
  film('Fish market at dawn, 1968', 1968, 6, { archived: true }),
  film('Regatta, 1971', 1971, 14, { archived: true }),
  film('The big storm of February 1974', 1974, 12, { archived: true, in: ['seventies', 'storms'] }),
  film('Harbour City, cup final 1977', 1977, 31, { storage: 'gateway', offline: true }),
  {
    title: 'Harbour chart, 1889',
    media: 'scan',
    shot: '2024-09-14',
    in: ['film'],
    by: 'grace',
    values: { content_kind: 'still', keywords: ['map', 'harbour'], rights_clearance: 'cleared' },
  },
  {
    title: 'Storm surge on the promenade, viewer video',
    media: 'phone',
    duration: 74_000,
    shot: '2025-11-19',
    in: ['storms', 'unsorted'],
    by: 'pavel',
    values: { content_kind: 'broll', keywords: ['storm', 'flood'], rights_clearance: 'pending', weather: 'storm' },
  },
];
