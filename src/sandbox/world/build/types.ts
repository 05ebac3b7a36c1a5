import type { Row, World } from '../../types.ts';
import type { who } from '../data/people.ts';
import type { StorageName } from '../data/storages.ts';
import type { ProfileName } from './media.ts';
import type { Random } from './random.ts';

/** The world while it is built. */
export interface Archive {
  readonly world: World;
  readonly random: Random;
  /** Whether words of a transcript are timed from the start of their segment, else from the start of the asset. */
  readonly relativeWords: boolean;
}

/** Metadata values by field name. */
export type Values = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface VersionSpec {
  readonly id?: string;
  /** Days after the shoot. */
  readonly after: number;
  readonly by?: keyof typeof who;
}

/** Ids of an asset's media that examples and tests name. */
export interface FixedIds {
  readonly format: string;
  readonly fileSet: string;
  readonly file: string;
  readonly proxy: string;
}

/** An asset as the catalogue describes it. */
export interface AssetSpec {
  readonly title: string;
  readonly id?: string;
  readonly media?: ProfileName;
  /** Milliseconds. */
  readonly duration?: number;
  /** yyyy-mm-dd */
  readonly shot: string;
  /** Keys or ids of the collections that contain it. */
  readonly in?: readonly string[];
  readonly by?: keyof typeof who;
  readonly storage?: StorageName;
  readonly values?: Values;
  readonly versions?: readonly VersionSpec[];
  /** For the media of the latest version. */
  readonly fixed?: FixedIds;
  readonly archived?: boolean;
  /** yyyy-mm-dd; null: never. */
  readonly viewed?: string | null;
  readonly offline?: boolean;
  readonly missing?: boolean;
  readonly checksum?: string;
  /** Adds a PPRO_PROXY format. */
  readonly edit?: boolean;
  /** Further storages that hold the original. */
  readonly copies?: readonly StorageName[];
  readonly fileName?: string;
  /** Seconds between keyframes, with a map and a poster; without it there is one keyframe. */
  readonly keyframesEvery?: number;
  /** More columns of the asset's row. */
  readonly row?: Row;
}

/** An asset that was built; versions are ids, oldest first, the duration is in milliseconds. */
export interface Made {
  readonly id: string;
  readonly versions: readonly string[];
  readonly duration: number;
}

/** An asset that a later part of a story refers to by title. */
export interface Titled extends Made {
  readonly title: string;
}
