import { addAppearance, type PersonStatus, personRow } from '../build/faces.ts';
import { ids } from '../build/ids.ts';
import { createRandom } from '../build/random.ts';
import type { Archive, Made } from '../build/types.ts';

const TAIL = '-5b1c-11ef-9c3a-0a580a3db916';
const idOf = (kind: string, number: number): string => `${kind}${String(number).padStart(4, '0')}${TAIL}`;

type Spans = readonly (readonly [start: number, end: number])[];

/** A person whose face was found; by the titles of the assets, from and to which seconds. */
interface Spec {
  readonly name: string | null;
  readonly status: PersonStatus;
  readonly in: Readonly<Record<string, Spans>>;
  /** How many of the last of these nobody has confirmed. */
  readonly unconfirmed?: number;
}

const INTERVIEW = 'Interview Jordan Reyes, Lisbon';
const SIGNING = 'Jordan Reyes, signing day';
const TRAILER = 'Season trailer 2025';

const PERSONS: readonly Spec[] = [
  {
    name: 'Jordan Reyes',
    status: 'USER_CONFIRMED',
    in: {
      // Its first time on screen is among the remarks.
      [INTERVIEW]: [[420, 900]],
      [SIGNING]: [
        [12, 95],
        [130, 410],
      ],
      [TRAILER]: [[31, 35]],
    },
    unconfirmed: 1,
  },
  {
    name: 'Lena Vogt',
    status: 'USER_CONFIRMED',
    in: {
      [INTERVIEW]: [
        [5, 24],
        [890, 930],
      ],
    },
  },
  { name: 'Helena Duarte', status: 'SYSTEM_CONFIRMED', in: { 'Harbour master on the winter storms': [[8, 590]] } },
  {
    name: null,
    status: 'UNCONFIRMED',
    in: { [TRAILER]: [[33, 36]], [SIGNING]: [[400, 431]] },
    unconfirmed: 2,
  },
  {
    name: null,
    status: 'NEW',
    in: { 'Matchday 12, Harbour City v Northgate, full match': [[61, 64]] },
    unconfirmed: 1,
  },
];

/** Adds what face recognition found in the assets of the story: persons, and where they appear. */
export function addPersons({ world }: Archive, made: ReadonlyMap<string, Made>): void {
  const random = createRandom(0, '11f5');
  const assets = new Map(world.assets.map((asset) => [asset.id, asset]));
  for (const [index, { name, status, in: places, unconfirmed = 0 }] of PERSONS.entries()) {
    const id = index === 0 ? ids.reyes : idOf('fe45', index + 1);
    const person = personRow(id, idOf('face', index + 1), name, status);
    const entries = Object.entries(places);
    for (const [place, [title, spans]] of entries.entries()) {
      const asset = assets.get(made.get(title)?.id);
      if (!asset) throw new Error(`sandbox: no asset "${title}" for a person`);
      const face = idOf('fac0', (index + 1) * 1000 + place);
      const seconds = spans.map(([start, end]) => [start * 1000, end * 1000] as const);
      const isConfirmed = place < entries.length - unconfirmed;
      addAppearance(world, random, { person, asset, face, isConfirmed, spans: seconds });
    }
    world.persons.push(person);
  }
}
