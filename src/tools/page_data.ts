/** The pages of this server: what a host that shows MCP Apps puts beside an answer. */
export type PageName = 'gallery' | 'player' | 'plan';

/** What a tool hands to the page of its answer. It travels in the `_meta` of the result, where no model reads it. */
export type PageData =
  | GalleryData
  | FramesData
  | PicturesData
  | ChoiceData
  | AssetData
  | PlayerData
  | MediaData
  | OriginsData
  | PlanData;

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

/** An asset that the player is to show; it loads the rest by itself (`load_player`). */
export interface AssetData {
  readonly kind: 'asset';
  readonly id: string;
  /** Its id, where it is not the current version. */
  readonly version?: string;
}

/** What the player shows. Times are milliseconds from the first frame. */
export interface PlayerData {
  readonly kind: 'player';
  readonly id: string;
  readonly title: string;
  /** As people read it: `v3, current`. */
  readonly version: string;
  /** Its id, where it is not the current one. */
  readonly versionId?: string;
  readonly duration?: number;
  /** How the asset counts time (`media/timecode.ts`); absent where its frame rate is not known. */
  readonly clock?: PlayerClock;
  readonly media?: PlayerMedia;
  readonly lines: readonly PlayerLine[];
  /** What could not be read, and what was left out; a sentence each. */
  readonly notes: readonly string[];
}

export interface PlayerClock {
  readonly rate: {
    readonly numerator: number;
    readonly denominator: number;
    readonly nominal: number;
    readonly drop: boolean;
  };
  readonly start: number;
}

export interface PlayerMedia {
  /** Id of the proxy. */
  readonly proxy: string;
  readonly type: 'video' | 'audio' | 'image';
  /** A signed address on the storage, which holds for hours. */
  readonly url: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
}

export type PlayerLane = 'COMMENT' | 'MARKER' | 'TAG' | 'GENERIC' | 'QC' | 'TRANSCRIPT';

/** A note, or a paragraph of the transcript. Without a start it is about the whole asset. */
export interface PlayerLine {
  readonly lane: PlayerLane;
  readonly start?: number;
  readonly end?: number;
  readonly text: string;
  readonly who?: string;
  /** As read_notes numbers it: `4`, `4.1`, `m2`. */
  readonly number?: string;
  readonly done?: boolean;
  /** A reply: it stands under the line before it. */
  readonly isReply?: boolean;
  readonly drawing?: readonly PlayerStroke[];
}

/** A part of a drawing on the frame. */
export interface PlayerStroke {
  readonly type: 'LINE' | 'RECTANGLE' | 'ARROW' | 'ELLIPSE' | 'PENCIL' | 'TEXT';
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly color: string;
  readonly opacity: number;
  readonly width: number;
  readonly text: string;
}

/** For an answer to `load_media`: a `data:` address. */
export interface MediaData {
  readonly kind: 'media';
  readonly address: string;
}

/** For an answer to `find_media_origins`. */
export interface OriginsData {
  readonly kind: 'origins';
  readonly origins: readonly string[];
}

/** A plan for the person to agree to; the words are those of the answer. */
export interface PlanData {
  readonly kind: 'plan';
  readonly tool: string;
  readonly summary: string;
  readonly affected: readonly (string | Readonly<Record<string, unknown>>)[];
  /** Lines that are not among `affected`: there are too many. */
  readonly more: number;
  readonly notes: readonly string[];
  /** The single-use token that carries the yes. */
  readonly confirm: string;
  readonly expiresInSeconds: number;
}
