import type { Row } from '../../types.ts';
import { ids } from '../build/ids.ts';

const made = { date_created: '2021-03-02T10:00:00.000000+00:00', date_modified: '2026-01-20T14:12:00.000000+00:00' };

const field = (name: string, label: string, type: string, more: Row = {}): Row => ({
  name,
  label,
  field_type: type,
  description: '',
  required: false,
  read_only: false,
  multi: false,
  sortable: type !== 'text' && type !== 'tag_cloud',
  use_as_facet: type === 'drop_down' || type === 'tag_cloud',
  auto_set: false,
  hide_if_not_set: false,
  is_block_field: false,
  is_warning_field: false,
  representative: false,
  ...made,
  ...more,
});

/** Each as `value=Label`, or `value` where the label is the same. */
const options = (...pairs: readonly string[]): Row => ({
  options: pairs.map((pair) => {
    const [value = pair, label = value] = pair.split('=');
    return { value, label };
  }),
});
const multi = { multi: true };
const required = { required: true };
const readOnly = { read_only: true };

export const TERRITORIES = [
  'worldwide=Worldwide',
  'eu=European Union',
  ...'AT=Austria|BE=Belgium|BR=Brazil|CA=Canada|CH=Switzerland|CN=China|CV=Cape Verde|CZ=Czechia|DE=Germany|DK=Denmark'.split(
    '|',
  ),
  ...'ES=Spain|FI=Finland|FR=France|GB=United Kingdom|GR=Greece|HU=Hungary|IE=Ireland|IN=India|IT=Italy|JP=Japan'.split(
    '|',
  ),
  ...'KR=South Korea|LU=Luxembourg|MA=Morocco|MX=Mexico|MZ=Mozambique|NL=Netherlands|NO=Norway|NZ=New Zealand'.split(
    '|',
  ),
  ...'PL=Poland|PT=Portugal|RO=Romania|SE=Sweden|TR=Türkiye|UA=Ukraine|US=United States|ZA=South Africa'.split('|'),
];
export const TEAMS = [
  'harbour_city=Harbour City',
  'northgate=Northgate',
  'estoril_rovers=Estoril Rovers',
  'vale_united=Vale United',
  'porto_leste=Porto Leste',
  'saltmarsh=Saltmarsh Athletic',
  'alvorada=Alvorada FC',
  'ridgeway=Ridgeway Town',
] as const;

const editorial: Row[] = [
  field('description', 'Description', 'text', required),
  field('content_kind', 'Content type', 'drop_down', {
    ...required,
    ...options(
      'interview=Interview',
      'match=Match',
      'highlights=Highlights',
      'training=Training',
      'press_conference=Press conference',
      'drone=Drone shot',
      'crowd=Fans and crowd',
      'archive_film=Archive film',
      'broll=B-roll',
      'still=Still',
      'audio=Audio',
      'promo=Promo',
      'programme=Programme',
      'document=Document',
    ),
  }),
  field('people_on_camera', 'People', 'string', { ...multi, description: 'First and last name, one value each' }),
  field('keywords', 'Keywords', 'tag_cloud', multi),
  field('shoot_date', 'Shoot date', 'date', { description: 'The day of shooting, not of ingest' }),
  field('editor_rating', 'Rating', 'integer', { min_value: 1, max_value: 5 }),
  field('spoken_language', 'Language', 'drop_down', {
    ...multi,
    ...options('en=English', 'pt=Portuguese', 'es=Spanish', 'fr=French', 'none=No speech'),
  }),
  field('location_name', 'Location', 'string'),
  field('reporter_email', 'Reporter', 'email'),
  field('is_exclusive', 'Exclusive', 'boolean'),
];
const rights: Row[] = [
  field('rights_clearance', 'Clearance', 'drop_down', {
    ...required,
    ...options('pending=Pending', 'cleared=Cleared', 'restricted=Restricted', 'refused=Refused'),
  }),
  field('rights_expiry_date', 'Rights expiry', 'date', { description: 'Last day of use' }),
  field('rights_territory', 'Territory', 'drop_down', { ...multi, ...options(...TERRITORIES) }),
  field('rights_holder', 'Rights holder', 'string'),
  field('contract_number', 'Contract no.', 'string_exact'),
  field('contract_url', 'Contract', 'url'),
  field('licence_fee_eur', 'Licence fee (EUR)', 'float', { min_value: 0 }),
  field('release_signed', 'Release form signed', 'boolean'),
];
const technical: Row[] = [
  field('camera_model', 'Camera', 'string'),
  field('card_number', 'Card / roll', 'string_exact'),
  field('ingested_at', 'Ingested at', 'datetime', readOnly),
  field('audio_track_count', 'Audio tracks', 'integer', { ...readOnly, min_value: 0 }),
  field('loudness_lufs', 'Loudness (LUFS)', 'float', { min_value: -70, max_value: 0 }),
  field('qc_status', 'QC status', 'drop_down', options('not_checked=Not checked', 'passed=Passed', 'failed=Failed')),
  field('qc_note', 'QC note', 'text', { hide_if_not_set: true }),
];
const sports: Row[] = [
  field('competition', 'Competition', 'drop_down', {
    ...required,
    ...options('league=Coastal League', 'cup=Atlantic Cup', 'friendly=Friendly'),
  }),
  field('matchday_number', 'Matchday', 'integer', { min_value: 1, max_value: 38 }),
  field('home_team', 'Home', 'drop_down', options(...TEAMS)),
  field('away_team', 'Away', 'drop_down', options(...TEAMS)),
  field('final_score', 'Score', 'string_exact'),
  field('kickoff_at', 'Kick-off', 'datetime'),
  field('attendance', 'Attendance', 'integer', { min_value: 0 }),
  field('players_seen', 'Players', 'string', multi),
  field('weather', 'Weather', 'drop_down', options('sun=Sunny', 'rain=Rain', 'storm=Storm', 'fog=Fog', 'snow=Snow')),
];
const delivery: Row[] = [
  field('house_id', 'House ID', 'string_exact', { ...required, ...readOnly }),
  field('delivery_client', 'Client', 'string', required),
  field('delivery_due', 'Due', 'datetime'),
  field(
    'delivery_spec',
    'Specification',
    'drop_down',
    options('prores_hq_2398=ProRes 422 HQ 23.98p', 'xdcam_5994i=XDCAM HD422 59.94i', 'h264_web=H.264 web'),
  ),
  field('delivery_contact', 'Client contact', 'email'),
  field('delivery_page', 'Delivery page', 'url'),
  field('is_delivered', 'Delivered', 'boolean'),
];

export const fields: Row[] = [...editorial, ...rights, ...technical, ...sports, ...delivery];

/** A view with its fields; `changes` are what the view sets differently, by field name. */
const view = (id: string, name: string, description: string, shown: readonly Row[], changes: Row = {}): Row => ({
  id,
  name,
  description,
  ...made,
  // What a view sets for a field; the rest is the field's own, and changes with it.
  view_fields: shown.map(({ name }) => ({ name, ...(changes[String(name)] ?? {}) })),
});
const some = (...names: readonly string[]): Row[] => fields.filter((row) => names.includes(String(row.name)));

export const views: Row[] = [
  view(ids.editorialView, 'Editorial', 'What is to be seen', editorial, { shoot_date: required }),
  view(ids.rightsView, 'Rights', 'What we may do with it', rights),
  view(ids.technicalView, 'Technical', 'Camera, sound, quality control', technical),
  view(ids.sportsView, 'Sports log', 'For matches and training', [
    ...sports,
    ...some('people_on_camera', 'keywords', 'editor_rating'),
  ]),
  view(
    ids.deliveryView,
    'Delivery',
    'For masters that go out',
    [...delivery, ...some('rights_clearance', 'rights_expiry_date', 'qc_status')],
    { rights_clearance: readOnly, rights_expiry_date: readOnly },
  ),
];
