import type { Hard } from '../hard.ts';
import type { World } from '../types.ts';
import { addToCollection, createArchive } from './build/archive.ts';
import { addAsset } from './build/asset.ts';
import { addGenerated } from './build/generated.ts';
import { ids, LARGE } from './build/ids.ts';
import { createRandom } from './build/random.ts';
import { addSpeech, type Turn } from './build/speech.ts';
import type { Archive, AssetSpec, Made } from './build/types.ts';
import { addValues } from './build/values.ts';
import {
  exportLocations,
  gatewayReports,
  groupAcls,
  savedSearches,
  unscanned,
  webhooks,
} from './data/administration.ts';
import { addBin } from './data/bin.ts';
import { house } from './data/catalogue/house.ts';
import { addOddAssets } from './data/catalogue/odd.ts';
import { people } from './data/catalogue/people.ts';
import { addPosters, addSpecial, addTrailerNotes } from './data/catalogue/special.ts';
import { sport } from './data/catalogue/sport.ts';
import { collections, nesting } from './data/collections.ts';
import { fields, views } from './data/fields.ts';
import { addHistory } from './data/history.ts';
import { conference, english, portuguese, radio } from './data/interview_text.ts';
import { addJobs } from './data/jobs.ts';
import { groups, users } from './data/people.ts';
import { addPersons } from './data/persons.ts';
import { addStoryProposal, customActions, playlists, projects } from './data/planning.ts';
import { addInterviewRemarks, addMatchLog } from './data/remarks.ts';
import { addApprovals, categories, shares, transcoders } from './data/reviews.ts';
import { storages } from './data/storages.ts';
import { addFaces } from './large/faces.ts';
import { varyHoldings } from './large/holdings.ts';
import { addLarge } from './large/index.ts';
import { addMaster, addMastersCollection, MASTERS } from './large/masters.ts';
import { addProposals } from './large/proposals.ts';

export interface WorldOptions extends Partial<Pick<Hard, 'relativeWords' | 'oddAssets'>> {
  readonly seed: number;
  readonly assets?: number | undefined;
}

/**
 * The archive a sandbox starts with: the story world, filled up to `assets` with generated ones.
 * From `LARGE` assets on it has more stories.
 */
export function buildWorld(options: WorldOptions): World {
  const archive = createArchive(options.seed, options.relativeWords);
  const { world } = archive;
  // The store edits its rows in place: rows that worlds share are copied.
  Object.assign(
    world,
    structuredClone({
      ...{ users, groups, collections, fields, views, storages, categories, transcoders, shares, webhooks, unscanned },
      export_locations: exportLocations,
      saved_searches: savedSearches,
      gateway_reports: gatewayReports,
      group_acls: groupAcls,
      custom_actions: customActions,
      ...{ playlists, projects },
    }),
  );
  for (const [parent, child] of nesting)
    addToCollection(archive, parent, child, 'collections', '2025-01-10T09:30:00.000000+00:00');

  const made = new Map<string, Made>();
  for (const spec of [...people, ...sport, ...house])
    made.set(spec.title, addAsset(archive, withOriginalVersion(spec, made)));
  addStory(archive, made);
  addSpecial(archive);
  if (options.oddAssets) addOddAssets({ ...archive, random: createRandom(options.seed, '11f1') });
  if ((options.assets ?? 0) >= LARGE) fillLarge(archive, options);
  for (let number = world.assets.length; number < (options.assets ?? 0); number += 1) addGenerated(archive, number);
  addBin({ ...archive, random: createRandom(options.seed, '11f3') });
  return world;
}

/** Fills the world with more stories, made-up assets and, at last, masters. */
function fillLarge(archive: Archive, { seed, assets = 0 }: WorldOptions): void {
  const { world } = archive;
  const story = world.assets.length;
  addLarge(archive);
  const first = world.assets.length;
  for (let number = first; number < assets - MASTERS; number += 1) addGenerated(archive, number);
  varyHoldings(archive, first, seed);
  addFaces(archive, story, seed);
  addProposals(archive, first, seed);
  addMastersCollection(archive);
  for (let number = 0; world.assets.length < assets; number += 1) addMaster(archive, number);
}

/** Names the version a subclip was cut from, which is known once the original is made. */
function withOriginalVersion(spec: AssetSpec, made: ReadonlyMap<string, Made>): AssetSpec {
  const original = spec.row?.original_asset_id;
  const [version] = [...made.values()].find(({ id }) => id === original)?.versions ?? [];
  return version === undefined ? spec : { ...spec, row: { ...spec.row, original_version_id: version } };
}

/** What happened to the assets of the story: transcripts, comments, approvals, jobs, history. */
function addStory(archive: Archive, made: ReadonlyMap<string, Made>): void {
  const of = (title: string): Made => {
    const asset = made.get(title);
    if (!asset) throw new Error(`sandbox: no asset "${title}"`);
    return asset;
  };
  const interview = of('Interview Jordan Reyes, Lisbon');
  addInterviewTranscripts(archive, interview);
  addShortTranscript(archive, of('Conferência de imprensa, Alvorada FC'), 'pt', conference);
  addShortTranscript(archive, of('Radio: the fog horn, 1974 to today'), 'en', radio);
  addInterviewRemarks(archive, interview);
  addMatchLog(archive, of('Matchday 12, Harbour City v Northgate, full match'));
  addTrailerNotes(archive, of('Season trailer 2025'));
  addPosters(archive);
  addPartValues(archive);
  addApprovals(archive, made);
  addJobs(archive, made);
  addHistory(archive, made);
  addPersons(archive, made);
  addStoryProposal(archive);
}

/** Collections and segments have metadata, too. */
function addPartValues(archive: Archive): void {
  const date = '2026-03-02T10:00:00.000000+00:00';
  const description = 'Flights, by day and pilot.';
  addValues(archive, 'collections', ids.drones2025, date, { description, content_kind: 'drone', editor_rating: 4 });
  addValues(archive, 'segments', ids.marker, date, { competition: 'league', matchday_number: 12, editor_rating: 5 });
}

function addInterviewTranscripts(archive: Archive, interview: Made): void {
  const spoken = { version: ids.interviewVersions[2], speakers: { 0: 'Lena Vogt', 1: 'Jordan Reyes' } };
  addSpeech(archive, interview, {
    ...spoken,
    id: ids.transcription,
    language: 'en',
    from: 26_000,
    to: 1_330_000,
    turns: english,
  });
  addSpeech(archive, interview, {
    ...spoken,
    id: ids.transcriptionPortuguese,
    language: 'pt',
    from: 1_340_000,
    to: 1_500_000,
    turns: portuguese,
  });
}

/** A transcript of the only version, from start to end. */
function addShortTranscript(archive: Archive, asset: Made, language: string, turns: readonly Turn[]): void {
  const [version = ''] = asset.versions;
  const id = archive.random.id();
  addSpeech(archive, asset, { id, version, language, from: 8_000, to: asset.duration - 10_000, turns });
}
