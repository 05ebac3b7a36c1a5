/**
 * How the real service makes clients fail: behaviours that its description does not show, each a switch.
 * All of them are recorded from or noted on live systems.
 */
export interface Hard {
  /**
   * Lists that come from the search index show a write as late as search does: assets, collections, their contents,
   * segments, shares, jobs, history, users, groups and the delete queue. Reads by id and answers of writes do not lag.
   */
  readonly lateLists: boolean;
  /** Lists and search answer at most so many objects a page, whatever `per_page` asks for. */
  readonly maxPerPage: number;
  /** Words of a transcript are timed from the start of their segment, else from the start of the asset. */
  readonly relativeWords: boolean;
  /** Metadata in a view has every field of the view, empty ones and separators too. */
  readonly wholeViews: boolean;
  /** A write of metadata drops fields that are not in the view, else it is refused. */
  readonly dropsUnknownFields: boolean;
  /** PUT and PATCH of a version answer all versions of the asset, else the version. */
  readonly answersAllVersions: boolean;
  /** Segments found by search have no `segment_text`; their words are in `metadata_cache`. */
  readonly textlessSegmentHits: boolean;
  /** `_sort` of a hit is what was asked for, with no id behind it: hits can share one, and `search_after` skips all of them. */
  readonly sharedSortKeys: boolean;
  /** Optional fields without a value are null, else absent. */
  readonly nulls: boolean;
  /** The archive has assets that clients stumble over: two transcriptions of one language, versions without numbers. */
  readonly oddAssets: boolean;
}

export const LENIENT: Hard = {
  lateLists: false,
  maxPerPage: Infinity,
  relativeWords: false,
  wholeViews: false,
  dropsUnknownFields: false,
  answersAllVersions: false,
  textlessSegmentHits: false,
  sharedSortKeys: false,
  nulls: false,
  oddAssets: false,
};

export const HARD: Hard = {
  lateLists: true,
  maxPerPage: 150,
  relativeWords: true,
  wholeViews: true,
  dropsUnknownFields: true,
  answersAllVersions: true,
  textlessSegmentHits: true,
  sharedSortKeys: true,
  nulls: true,
  oddAssets: true,
};

/**
 * What a sandbox does where its options do not say: what was recorded or noted on live systems, and nothing
 * speaks against. The description has larger pages and the text of hits; odd assets would change the archive.
 */
export const DEFAULT: Hard = {
  ...LENIENT,
  relativeWords: true,
  wholeViews: true,
  dropsUnknownFields: true,
  answersAllVersions: true,
  nulls: true,
  lateLists: true,
};
