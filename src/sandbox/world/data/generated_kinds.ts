import type { ProfileName } from '../build/media.ts';
import type { Random } from '../build/random.ts';
import type { Values } from '../build/types.ts';
import { TEAMS } from './fields.ts';

type Some<T> = readonly [T, ...T[]];

const PEOPLE: Some<string> = [
  'Jordan Reyes',
  'Milo Hartmann',
  'Davi Sousa',
  'Helena Duarte',
  'Sérgio Valadas',
  'Nadia Brandt',
  'Owen Tallis',
  'Catarina Lobo',
  'Ife Adeyemi',
  'Bruno Sacramento',
  'Marta Quintela',
  'Kasper Holm',
];
export const PLACES: Some<string> = [
  'Lisbon',
  'Porto',
  'Cascais',
  'Harbour Arena',
  'Old Harbour',
  'Training ground',
  'Setúbal',
  'Northgate Park',
  'Fish market',
  'Saltmarsh',
  'Studio 1',
  'Évora',
];
const THEMES: Some<string> = [
  'the derby',
  'the sea wall',
  'the youth team',
  'the new stand',
  'the storm damage',
  'the ferry line',
  'the transfer window',
  'the fishing quotas',
  'the regatta',
  'the cup draw',
];
const SIGHTS: Some<string> = [
  'the breakwater',
  'the container terminal',
  'the arena',
  'the river mouth',
  'the lighthouse',
  'the old quay',
  'the shipyard',
];
const LIGHTS: Some<string> = ['at dawn', 'in fog', 'at noon', 'in the last light', 'by night', 'after rain'];
const DRILLS: Some<string> = ['finishing', 'set pieces', 'sprints', 'recovery', 'rondo', 'penalties'];
const EVENTS: Some<string> = [
  'launch of a ferry',
  'market day',
  'pilgrims on the quay',
  'dredging works',
  'opening of the bridge',
  'carnival',
];

/** An asset of a kind, before its dates and places. */
export interface Draft {
  readonly title: string;
  readonly media: ProfileName;
  readonly duration: number;
  readonly in: string;
  readonly values: Values;
}
type Kind = (random: Random, year: number) => Draft;

const split = (pair: string): [string, string] => {
  const [value = pair, label = value] = pair.split('=');
  return [value, label];
};

/** Makers of made-up assets: matches, interviews, training … */
export const KINDS: Some<Kind> = [
  (random, year) => {
    const home = random.int(0, TEAMS.length - 1);
    const [homeTeam, homeName] = split(TEAMS[home] ?? TEAMS[0]);
    const [awayTeam, awayName] = split(TEAMS[(home + random.int(1, TEAMS.length - 1)) % TEAMS.length] ?? TEAMS[1]);
    const day = random.int(1, 38);
    const score = `${random.int(0, 4)}:${random.int(0, 3)}`;
    return {
      title: `Matchday ${day}, ${homeName} v ${awayName}, ${random.pick(['first half', 'second half', 'camera 3', 'clean feed'])}`,
      media: 'broadcast',
      duration: random.int(46, 58) * 60_000,
      in: year < 2024 ? 'matches2023' : 'matches2025',
      values: {
        content_kind: 'match',
        competition: 'league',
        matchday_number: day,
        home_team: homeTeam,
        away_team: awayTeam,
        final_score: score,
        attendance: random.int(3_000, 24_000),
      },
    };
  },
  (random, year) => {
    const drawn = random.pick(PEOPLE);
    // Stories count the interviews of 2025 with Jordan Reyes.
    const person = drawn === 'Jordan Reyes' && year === 2025 ? 'Milo Hartmann' : drawn;
    return {
      title: `Interview ${person} on ${random.pick(THEMES)}`,
      media: 'interview',
      duration: random.int(90, 2_400) * 1000,
      in: person === 'Jordan Reyes' ? 'reyes' : 'interviews',
      values: {
        content_kind: 'interview',
        people_on_camera: [person],
        spoken_language: [random.pick(['en', 'pt', 'es'])],
      },
    };
  },
  (random) => ({
    title: `Training, ${random.pick(DRILLS)}, ${random.pick(PLACES)}`,
    media: 'interview',
    duration: random.int(60, 1_500) * 1000,
    in: 'training',
    values: {
      content_kind: 'training',
      players_seen: [random.pick(PEOPLE)],
      weather: random.pick(['sun', 'rain', 'fog']),
    },
  }),
  (random) => ({
    title: `Press conference ${random.pick(PEOPLE)}, ${random.pick(THEMES)}`,
    media: 'broadcast',
    duration: random.int(240, 2_700) * 1000,
    in: 'press',
    values: { content_kind: 'press_conference', spoken_language: [random.pick(['en', 'pt'])] },
  }),
  (random) => ({
    title: `Drone over ${random.pick(SIGHTS)} ${random.pick(LIGHTS)}`,
    media: 'drone',
    duration: random.int(15, 260) * 1000,
    in: 'aerials',
    values: { content_kind: 'drone', camera_model: 'DJI Mavic 3 Cine', spoken_language: ['none'] },
  }),
  (random) => ({
    title: `Fans, ${random.pick(['choreography', 'march to the ground', 'away end', 'ferry', 'fan zone'])}, ${random.pick(PLACES)}`,
    media: 'phone',
    duration: random.int(10, 240) * 1000,
    in: 'fans',
    values: { content_kind: 'crowd', release_signed: random.chance(0.5) },
  }),
  (random) => {
    const year = random.int(1958, 1979);
    return {
      title: `16 mm, ${random.pick(EVENTS)}, ${year}`,
      media: 'film',
      duration: random.int(120, 1_300) * 1000,
      in: year < 1970 ? 'sixties' : 'seventies',
      values: {
        content_kind: 'archive_film',
        rights_holder: 'City Archive',
        card_number: `CAN-${year}-${random.int(1, 40)}`,
      },
    };
  },
  (random) => ({
    title: `Still, ${random.pick(SIGHTS)} ${random.pick(LIGHTS)}`,
    media: random.chance(0.8) ? 'still' : 'scan',
    duration: 0,
    in: 'port',
    values: { content_kind: 'still', camera_model: 'Nikon Z8' },
  }),
  (random) => ({
    title: `Audio, ${random.pick(['vox pop', 'atmosphere', 'commentary', 'radio report'])}, ${random.pick(PLACES)}`,
    media: 'wave',
    duration: random.int(30, 3_000) * 1000,
    in: 'news',
    values: { content_kind: 'audio', loudness_lufs: -random.int(180, 260) / 10 },
  }),
];
