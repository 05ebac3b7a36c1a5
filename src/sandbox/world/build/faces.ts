import type { Row, World } from '../../types.ts';
import { rowsOf, textsOf } from '../../values.ts';
import { ids } from './ids.ts';
import type { Random } from './random.ts';

const DATE = '2026-04-08T11:20:00.000000+00:00';

export type PersonStatus = 'NEW' | 'UNCONFIRMED' | 'SYSTEM_CONFIRMED' | 'USER_CONFIRMED';

/** A person that face recognition knows, with a name or without. */
export const personRow = (id: string, face: string, name: string | null, status: PersonStatus): Row => ({
  id,
  name,
  status,
  main_face_id: face,
  image_url: null,
  person_version_face_image_url: null,
  has_unconfirmed_instances: false,
  created_by_user: status === 'USER_CONFIRMED' ? ids.me : null,
  system_domain_id: ids.domain,
  date_created: DATE,
  date_modified: DATE,
});

/** The state of face recognition of an asset and its last version. */
export function setFaceState(asset: Row, state: string, more: Row = {}): void {
  const last = rowsOf(asset.versions).at(-1);
  for (const row of last ? [asset, last] : [asset]) Object.assign(row, { face_recognition_status: state, ...more });
}

export interface Appearance {
  readonly person: Row;
  readonly asset: Row;
  readonly face: string;
  readonly isConfirmed: boolean;
  /** Milliseconds from start to end, each a segment; none for a picture without time. */
  readonly spans: readonly (readonly [start: number, end: number])[];
}

/** Adds a person to the last version of an asset: the find itself, and a segment for each time on screen. */
export function addAppearance(world: World, random: Random, found: Appearance): void {
  const { person, asset, face, isConfirmed, spans } = found;
  const version = rowsOf(asset.versions).at(-1)?.id;
  setFaceState(asset, 'DONE', {
    person_ids: [...new Set([...textsOf(asset.person_ids), String(person.id)])],
    ...(!isConfirmed && { has_unconfirmed_persons: true }),
  });
  if (!isConfirmed) person.has_unconfirmed_instances = true;
  world.appearances.push({
    id: `${person.id}/${version}`,
    person_id: person.id,
    asset_id: asset.id,
    version_id: version,
    person_version_face_id: face,
    status: isConfirmed ? person.status : 'UNCONFIRMED',
    date_created: DATE,
    date_modified: DATE,
  });
  const times = spans.length > 0 ? spans : [[null, null] as const];
  for (const [start, end] of times) {
    world.segments.push({
      id: random.id(),
      asset_id: asset.id,
      version_id: version,
      segment_type: 'PERSON',
      segment_text: null,
      person_id: person.id,
      face_bounding_boxes: [
        { person_version_face_id: face, bounding_box: [0.31, 0.12, 0.52, 0.46], timestamp_ms: start ?? 0 },
      ],
      time_start_milliseconds: start,
      time_end_milliseconds: end,
      segment_checked: false,
      status: 'ACTIVE',
      has_drawing: false,
      top_level: true,
      date_created: DATE,
      date_modified: DATE,
    });
  }
}
