/** The pages of this server: what a host that shows MCP Apps puts beside an answer. */
export type PageName = 'gallery';

/** What a tool hands to the page of its answer. It travels in the `_meta` of the result, where no model reads it. */
export type PageData = GalleryData | FramesData | PicturesData | ChoiceData;

/** Assets to choose from. */
export interface GalleryData {
  readonly kind: 'assets';
  /** In all, with those that `next` leads to. */
  readonly total: number;
  readonly items: readonly GalleryItem[];
  /** A cursor of find_assets. */
  readonly next?: string;
}

export interface GalleryItem {
  readonly id: string;
  readonly title: string;
  /** `video`, `audio`, `image`, `collection` … */
  readonly type?: string;
  /** As people read it: `1:30`. */
  readonly duration?: string;
  /** What is unusual: `archived`, `offline`, `3 versions`. */
  readonly states: readonly string[];
}

/** The pictures of the answer itself, which are its content blocks. */
export interface FramesData {
  readonly kind: 'frames';
  /** A line a picture or place of a sheet. */
  readonly lines: readonly string[];
}

/** For an answer to `load_pictures`. */
export interface PicturesData {
  readonly kind: 'pictures';
  /** `data:` addresses by id of the asset. */
  readonly pictures: Readonly<Record<string, string>>;
  /** Ids to ask for again: the answer had no room, or no time, for their pictures. */
  readonly later: readonly string[];
}

/** For an answer to `keep_choice`. */
export interface ChoiceData {
  readonly kind: 'choice';
  readonly selection: string;
}
