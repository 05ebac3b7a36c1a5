import type { Row } from '../../types.ts';
import { collectionIds } from '../data/collections.ts';
import { who } from '../data/people.ts';
import { addToCollection, stamp } from './archive.ts';
import { PROFILES, type Profile } from './media.ts';
import { addMedia } from './media_rows.ts';
import type { Archive, AssetSpec, Made } from './types.ts';
import { addValues } from './values.ts';

const DAY_MS = 86_400_000;

interface Version extends Row {
  readonly id: string;
  readonly date_created: string;
  readonly created_by_user: string;
}

/** Adds an asset with its versions, media, metadata values and collections. */
export function addAsset(archive: Archive, spec: AssetSpec): Made {
  const { world, random } = archive;
  const profile: Profile | undefined = spec.media && PROFILES[spec.media];
  const id = spec.id ?? random.id();
  const shot = Date.parse(`${spec.shot}T06:00:00Z`) + random.int(0, 36_000_000);
  const versions = versionRows(archive, spec, shot, profile);
  const created = versions[0]?.date_created ?? stamp(shot);
  world.assets.push({ ...assetRow(spec, profile), id, ...datesOf(spec, versions, created), ...spec.row, versions });
  if (profile) addVersionMedia(archive, spec, profile, id, versions);
  if (spec.values) addValues(archive, 'assets', id, created, spec.values);
  for (const key of spec.in ?? []) addToCollection(archive, collectionIds.get(key) ?? key, id, 'assets', created);
  return { id, versions: versions.map((version) => version.id), duration: spec.duration ?? 0 };
}

function statesOf(spec: AssetSpec, profile: Profile | undefined): Row {
  return {
    analyze_status: 'N/A',
    archive_status: spec.archived ? 'ARCHIVED' : 'NOT_ARCHIVED',
    face_recognition_status: 'N/A',
    has_unconfirmed_persons: false,
    is_online: profile !== undefined && !spec.archived && !spec.offline,
  };
}

function versionRows({ random }: Archive, spec: AssetSpec, shot: number, profile: Profile | undefined): Version[] {
  const specs = spec.versions ?? [{ after: 1 }];
  return specs.map(({ id, by, after }, index) => ({
    id: id ?? random.id(),
    version_number: index + 1,
    status: 'ACTIVE',
    ...statesOf(spec, profile),
    transcribe_status: 'N/A',
    transcribed_languages: [],
    created_by_user: who[by ?? spec.by ?? 'rui'],
    date_created: stamp(shot + after * DAY_MS),
  }));
}

function assetRow(spec: AssetSpec, profile: Profile | undefined): Row {
  const author = who[spec.by ?? 'rui'];
  return {
    title: spec.title,
    type: 'ASSET',
    status: 'ACTIVE',
    ...statesOf(spec, profile),
    is_blocked: false,
    category: null,
    external_id: null,
    external_link: null,
    warning: null,
    site_name: null,
    favoured: false,
    custom_keyframe: null,
    custom_poster: null,
    created_by_user: author,
    updated_by_user: author,
    person_ids: [],
  };
}

const datesOf = ({ viewed }: AssetSpec, versions: readonly Version[], created: string): Row => ({
  date_created: created,
  date_imported: created,
  date_modified: versions.at(-1)?.date_created ?? created,
  ...(viewed !== null && { date_viewed: `${viewed ?? '2026-10-02'}T09:12:00.000000+00:00` }),
});

function addVersionMedia(
  archive: Archive,
  spec: AssetSpec,
  profile: Profile,
  assetId: string,
  versions: readonly Version[],
): void {
  for (const [index, version] of versions.entries())
    addMedia(archive, spec, profile, {
      asset: assetId,
      version: version.id,
      number: index + 1,
      of: versions.length,
      date: version.date_created,
      user: version.created_by_user,
      ...(index === versions.length - 1 && spec.fixed && { fixed: spec.fixed }),
    });
}
