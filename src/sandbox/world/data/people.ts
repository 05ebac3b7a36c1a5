import type { Row } from '../../types.ts';
import { ids } from '../build/ids.ts';

const tail = '-5b1c-11ef-9c3a-0a580a3db916';
const group = (number: number, name: string, description: string): Row => ({
  id: `96009${String(number).padStart(3, '0')}${tail}`,
  name,
  description,
  roles: ['can_search', 'can_read_assets', 'can_read_collections', 'can_read_metadata_values'],
  date_created: '2021-03-01T09:00:00.000000+00:00',
  date_modified: '2026-01-12T10:30:00.000000+00:00',
});

export const groups: Row[] = [
  group(1, 'Media managers', 'Ingest, metadata, storages'),
  group(2, 'Editors', 'Cutting rooms Lisbon and Porto'),
  group(3, 'Sports desk', 'Loggers and producers of the football coverage'),
  group(4, 'Freelancers', 'May read and comment'),
];

const user = (number: number, first: string, last: string, groupNumbers: readonly number[], more: Row = {}): Row => ({
  id: `05e4${String(number).padStart(4, '0')}${tail}`,
  email: `${first}.${last}@harbourmedia.example`
    .normalize('NFD')
    .replace(/[^\w.@]/g, '')
    .toLowerCase(),
  first_name: first,
  last_name: last,
  status: 'ACTIVE',
  system_domain_id: ids.domain,
  type: 'POWER',
  is_admin: false,
  groups: groupNumbers.map((wanted) => `96009${String(wanted).padStart(3, '0')}${tail}`),
  date_created: '2021-03-01T09:05:00.000000+00:00',
  date_modified: '2026-02-03T08:00:00.000000+00:00',
  ...more,
});

export const users: Row[] = [
  { ...user(1, 'Ines', 'Carvalho', [1], { is_admin: true }), id: ids.me },
  user(2, 'Maria', 'Almeida', [2]),
  user(3, 'Tom', 'Becker', [2]),
  user(4, 'Tom', 'Okafor', [3]),
  user(5, 'Lena', 'Vogt', [3]),
  user(6, 'Rui', 'Esteves', [1]),
  user(7, 'Aisha', 'Karim', [2, 3]),
  user(8, 'Pavel', 'Novak', [4], { type: 'STANDARD' }),
  user(9, 'Grace', 'Linwood', [2], { type: 'BROWSE_ONLY' }),
  user(10, 'Hugo', 'Mendes', [4], { type: 'STANDARD', status: 'INACTIVE' }),
];

/** User ids by short names. */
export const who = {
  ines: ids.me,
  maria: `05e40002${tail}`,
  tomBecker: `05e40003${tail}`,
  tomOkafor: `05e40004${tail}`,
  lena: `05e40005${tail}`,
  rui: `05e40006${tail}`,
  aisha: `05e40007${tail}`,
  pavel: `05e40008${tail}`,
  grace: `05e40009${tail}`,
} as const;
