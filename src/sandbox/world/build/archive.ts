import { type Row, TABLES, type World } from '../../types.ts';
import { collectionIds } from '../data/collections.ts';
import { who } from '../data/people.ts';
import type { StorageName } from '../data/storages.ts';
import { PROFILES, type Profile, type ProfileName } from './media.ts';
import { addMedia, type FixedIds } from './media_rows.ts';
import type { Random } from './random.ts';

/** The world while it is made. */
export interface Archive {
  readonly world: World;
  readonly random: Random;
}
export const emptyWorld = (): World => Object.fromEntries(TABLES.map((name) => [name, [] as Row[]])) as World;

export const DAY = 86_400_000;
export const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, -1)}000+00:00`;

export type Values = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface VersionSpec {
  readonly id?: string;
  /** Days after the shoot. */
  readonly after: number;
  readonly by?: keyof typeof who;
}

/** An asset as the catalogue tells it. */
export interface AssetSpec {
  readonly title: string;
  readonly id?: string;
  readonly media?: ProfileName;
  /** Milliseconds. */
  readonly duration?: number;
  /** yyyy-mm-dd */
  readonly shot: string;
  readonly in?: readonly string[];
  readonly by?: keyof typeof who;
  readonly storage?: StorageName;
  readonly values?: Values;
  readonly versions?: readonly VersionSpec[];
  readonly fixed?: FixedIds;
  readonly archived?: boolean;
  /** yyyy-mm-dd, null: never. */
  readonly viewed?: string | null;
  readonly offline?: boolean;
  readonly missing?: boolean;
  readonly checksum?: string;
  /** Has a PPRO_PROXY format too. */
  readonly edit?: boolean;
  readonly copies?: readonly StorageName[];
  readonly fileName?: string;
  /** Seconds between keyframes, with map and poster; else there is one keyframe. */
  readonly keyframesEvery?: number;
  /** More columns of the asset's row. */
  readonly row?: Row;
}
export interface Made {
  readonly id: string;
  readonly versions: readonly string[];
  readonly duration: number;
}

/** Puts an asset with everything that belongs to it into the world. */
export function addAsset(archive: Archive, spec: AssetSpec): Made {
  const { world, random } = archive;
  const profile: Profile | undefined = spec.media && PROFILES[spec.media];
  const id = spec.id ?? random.id();
  const shot = Date.parse(`${spec.shot}T06:00:00Z`) + random.int(0, 36_000_000);
  const versionSpecs: readonly VersionSpec[] = spec.versions ?? [{ after: 1 }];
  const online = profile !== undefined && !spec.archived && !spec.offline;
  const author = who[spec.by ?? 'rui'];
  const states = {
    analyze_status: 'N/A',
    archive_status: spec.archived ? 'ARCHIVED' : 'NOT_ARCHIVED',
    face_recognition_status: 'N/A',
    has_unconfirmed_persons: false,
    is_online: online,
  };
  const versions = versionSpecs.map((version, index) => ({
    id: version.id ?? random.id(),
    version_number: index + 1,
    status: 'ACTIVE',
    ...states,
    transcribe_status: 'N/A',
    transcribed_languages: [] as string[],
    created_by_user: version.by ? who[version.by] : author,
    date_created: stamp(shot + version.after * DAY),
  }));
  const created = versions[0]?.date_created ?? stamp(shot);
  world.assets.push({
    id,
    title: spec.title,
    type: 'ASSET',
    status: 'ACTIVE',
    ...states,
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
    date_created: created,
    date_imported: created,
    date_modified: versions.at(-1)?.date_created ?? created,
    ...(spec.viewed !== null && { date_viewed: `${spec.viewed ?? '2026-10-02'}T09:12:00.000000+00:00` }),
    person_ids: [],
    ...spec.row,
    versions,
  });
  if (profile)
    for (const [index, version] of versions.entries()) {
      const current = index === versions.length - 1;
      addMedia(archive, spec, profile, {
        asset: id,
        version: version.id,
        number: index + 1,
        of: versions.length,
        date: version.date_created,
        user: version.created_by_user,
        ...(current && spec.fixed && { fixed: spec.fixed }),
      });
    }
  if (spec.values) addValues(archive, id, created, spec.values);
  for (const key of spec.in ?? []) addToCollection(archive, collectionIds.get(key) ?? key, id, 'assets', created);
  return { id, versions: versions.map((version) => version.id), duration: spec.duration ?? 0 };
}

export function addToCollection(
  { world, random }: Archive,
  collection: string,
  object: string,
  type: string,
  date: string,
): void {
  world.contents.push({
    id: random.id(),
    collection_id: collection,
    object_id: object,
    object_type: type,
    date_created: date,
  });
}

function addValues({ world }: Archive, id: string, date: string, values: Values): void {
  const metadata: Row = {};
  for (const [name, given] of Object.entries(values))
    metadata[name] = { field_values: (Array.isArray(given) ? given : [given]).map((value) => ({ value })) };
  world.values.push({
    id: `assets/${id}`,
    object_type: 'assets',
    object_id: id,
    date_created: date,
    date_modified: date,
    metadata_values: metadata,
  });
}
