import type { Row } from '../../types.ts';
import { ids } from '../build/ids.ts';
import type { Archive, Made } from '../build/types.ts';

const TAIL = '-5b1c-11ef-9c3a-0a580a3db916';
const idOf = (kind: string, number: number): string => `${kind}${String(number).padStart(4, '0')}${TAIL}`;

/** A person whose face was found, and the titles of the assets in which it was. */
interface Spec {
  readonly name: string | null;
  readonly status: 'NEW' | 'UNCONFIRMED' | 'SYSTEM_CONFIRMED' | 'USER_CONFIRMED';
  readonly in: readonly string[];
  /** How many of the last of these nobody has confirmed. */
  readonly unconfirmed?: number;
}

const PERSONS: readonly Spec[] = [
  {
    name: 'Jordan Reyes',
    status: 'USER_CONFIRMED',
    in: ['Interview Jordan Reyes, Lisbon', 'Jordan Reyes, signing day', 'Season trailer 2025'],
    unconfirmed: 1,
  },
  { name: 'Lena Vogt', status: 'USER_CONFIRMED', in: ['Interview Jordan Reyes, Lisbon'] },
  { name: 'Helena Duarte', status: 'SYSTEM_CONFIRMED', in: ['Harbour master on the winter storms'] },
  { name: null, status: 'UNCONFIRMED', in: ['Season trailer 2025', 'Jordan Reyes, signing day'], unconfirmed: 2 },
  { name: null, status: 'NEW', in: ['Matchday 12, Harbour City v Northgate, full match'], unconfirmed: 1 },
];

const DATE = '2026-04-08T11:20:00.000000+00:00';

/** Adds what face recognition found in the assets of the story: persons, and where they appear. */
export function addPersons({ world }: Archive, made: ReadonlyMap<string, Made>): void {
  const assets = new Map(world.assets.map((asset) => [asset.id, asset]));
  for (const [index, { name, status, in: titles, unconfirmed = 0 }] of PERSONS.entries()) {
    const id = index === 0 ? ids.reyes : idOf('fe45', index + 1);
    const face = idOf('face', index + 1);
    const appearances = titles.map((title, place): Row => {
      const { id: assetId = '', versions = [] } = made.get(title) ?? {};
      const isConfirmed = place < titles.length - unconfirmed;
      const asset = assets.get(assetId);
      if (!asset) throw new Error(`sandbox: no asset "${title}" for a person`);
      const persons = Array.isArray(asset.person_ids) ? asset.person_ids : [];
      asset.person_ids = [...new Set([...persons, id])];
      asset.face_recognition_status = 'DONE';
      if (!isConfirmed) asset.has_unconfirmed_persons = true;
      return {
        id: `${id}/${versions.at(-1)}`,
        person_id: id,
        asset_id: assetId,
        version_id: versions.at(-1),
        person_version_face_id: idOf('fac0', (index + 1) * 1000 + place),
        status: isConfirmed ? status : 'UNCONFIRMED',
        date_created: DATE,
        date_modified: DATE,
      };
    });
    world.appearances.push(...appearances);
    world.persons.push({
      id,
      name,
      status,
      main_face_id: face,
      image_url: null,
      person_version_face_image_url: null,
      has_unconfirmed_instances: unconfirmed > 0,
      created_by_user: status === 'USER_CONFIRMED' ? ids.me : null,
      system_domain_id: ids.domain,
      date_created: DATE,
      date_modified: DATE,
    });
  }
}
